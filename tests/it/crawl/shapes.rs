//! The shapes in which content management systems serve lists of reviews.
//! Each is crawled whole, and without asking for anything twice.

use std::collections::BTreeSet;

use super::crawl;
use crate::support::test_site::{Answer, TestSite};

/// A small site of one shape.
struct Shape {
    name: &'static str,
    /// Pages, the seed first.
    pages: &'static [(&'static str, &'static str)],
    /// Addresses that give a file, whatever they look like. No two are one.
    files: &'static [&'static str],
    /// Addresses that must not be asked for.
    never: &'static [&'static str],
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "a download manager that marks each link with the moment",
        pages: &[
            (
                "/reviews/",
                "<h1>Case reviews</h1><a href='/download/child-a/'>Child A</a>
                 <a href='/news/'>News</a>",
            ),
            (
                "/download/child-a/",
                "<h1>Child A</h1><a class='wpdm-download-link' href='#'
                 data-downloadurl='/download/child-a/?wpdmdl=291&amp;refresh=65f0c1a2b3'>Download</a>",
            ),
            (
                "/news/",
                "<h1>News</h1><p>Report published:
                 <a href='/download/child-a/?wpdmdl=291&amp;refresh=77aa0c1a2b'>Child A report</a>",
            ),
        ],
        files: &["/download/child-a/?wpdmdl=291&refresh=65f0c1a2b3"],
        never: &[],
    },
    Shape {
        name: "a portal's document library, whose files end in an id and a time",
        pages: &[(
            "/web/partnership/reviews",
            "<h1>Practice reviews</h1><table>
             <tr><td><a href='/documents/20142/0/Child+B.pdf/6a1f-22?t=1617000000000'>Child B</a></td></tr>
             <tr><td><a href='/documents/20142/0/Child+B.pdf/6a1f-22?t=1617999999999'>Child B, report</a></td></tr>
             <tr><td><a href='/c/document_library/get_file?uuid=9c-1&amp;groupId=20142'>Child C</a></td></tr>
             </table>",
        )],
        files: &[
            "/documents/20142/0/Child+B.pdf/6a1f-22?t=1617000000000",
            "/c/document_library/get_file?uuid=9c-1&groupId=20142",
        ],
        never: &[],
    },
    Shape {
        name: "downloads by category page, landing page and numbered file",
        pages: &[
            (
                "/info/15/for-professionals/49/case-reviews",
                "<h1>Case reviews</h1><ul><li><a href='/downloads/download/61/serious-case-reviews'>
                 Serious case reviews</a></ul>",
            ),
            (
                "/downloads/download/61/serious-case-reviews",
                "<h1>Serious case reviews</h1><ul class='downloads'>
                 <li><a href='/downloads/file/118/child-d-overview'>Child D overview report</a> PDF, 812 KB
                 <li><a href='/downloads/file/119/child-d-action-plan'>Child D action plan</a> PDF, 90 KB</ul>",
            ),
        ],
        files: &[
            "/downloads/file/118/child-d-overview",
            "/downloads/file/119/child-d-action-plan",
        ],
        never: &[],
    },
    Shape {
        name: "media entities with and without a flag, and an unmarked node",
        pages: &[
            (
                "/node/12",
                "<h1>Learning from reviews</h1>
                 <article><h3>Child E</h3><a href='/media/77/download?inline'>View report</a>
                 <a href='/media/77/download?attachment'>Download report</a></article>
                 <article><h3>Child F</h3><a href='/node/31'>Read more</a></article>",
            ),
            (
                "/node/31",
                "<h1>Child F</h1><a href='/sites/default/files/2021-03/Child%20F%20%28final%29.pdf'>Report</a>",
            ),
        ],
        files: &[
            "/media/77/download?inline",
            "/sites/default/files/2021-03/Child%20F%20%28final%29.pdf",
        ],
        never: &[],
    },
    Shape {
        name: "folders of files chosen by a parameter",
        pages: &[
            (
                "/documents.php",
                "<h1>Case review documents</h1><a href='?dir=reviews/2019'>2019</a>
                 <a href='?dir=reviews/2020'>2020</a>",
            ),
            (
                "/documents.php?dir=reviews/2019",
                "<h1>2019 case reviews</h1><a href='documents.php?get=41'>Child G report (PDF)</a>
                 <a href='?dir=reviews/2019&amp;sort=name'>By name</a>",
            ),
            (
                "/documents.php?dir=reviews/2020",
                "<h1>2020 case reviews</h1><a href='documents.php?get=42'>Child H report (PDF)</a>",
            ),
        ],
        files: &["/documents.php?get=41", "/documents.php?get=42"],
        never: &["/documents.php?dir=reviews/2019&sort=name"],
    },
    Shape {
        name: "news articles addressed by bracketed parameters, over several pages",
        pages: &[
            (
                "/news",
                "<h1>News</h1><a href='/news?tx_news[action]=detail&amp;tx_news[news]=8'>Child I review published</a>
                 <a rel='next' href='/news?page=2'>Older</a>",
            ),
            (
                "/news?page=2",
                "<h1>News</h1><a href='/news'>Newer</a>
                 <a href='/news?tx_news[action]=detail&amp;tx_news[news]=5'>Child J review published</a>",
            ),
            (
                "/news?tx_news[action]=detail&tx_news[news]=8",
                "<h1>Child I</h1><a href='/fileadmin/child-i.pdf'>Report</a>",
            ),
            (
                "/news?tx_news[action]=detail&tx_news[news]=5",
                "<h1>Child J</h1><a href='/fileadmin/child-j.pdf'>Report</a>",
            ),
        ],
        files: &["/fileadmin/child-i.pdf", "/fileadmin/child-j.pdf"],
        never: &[],
    },
    Shape {
        name: "a resource kept under training, by number",
        pages: &[
            (
                "/practice-reviews",
                "<h1>Practice reviews</h1><a href='/training/resources/4417/child-k'>Child K: practice review</a>
                 <a href='/training/calendar/2024-05'>Calendar</a>",
            ),
            (
                "/training/resources/4417/child-k",
                "<h1>Child K</h1><a href='/training/resources/4417/file/9001'>Overview report</a>",
            ),
        ],
        files: &["/training/resources/4417/file/9001"],
        never: &["/training/calendar/2024-05"],
    },
    Shape {
        name: "tabs and accordions in one page, the files behind a handler",
        pages: &[(
            "/CaseReviews.aspx",
            "<h1>Case reviews</h1><ul role='tablist'><li><a href='#tab1'>2019</a><li><a href='#tab2'>2020</a></ul>
             <div id='tab1' hidden><h2>Child L</h2><a href='/Handlers/Download.ashx?IDMF=5c1f-8'>Report</a></div>
             <div id='tab2' style='display:none'><h2>Child M</h2>
             <a href='/_layouts/15/download.aspx?SourceUrl=/Docs/Child%20M.pdf'>Report</a></div>",
        )],
        files: &[
            "/Handlers/Download.ashx?IDMF=5c1f-8",
            "/_layouts/15/download.aspx?SourceUrl=/Docs/Child%20M.pdf",
        ],
        never: &[],
    },
];

#[tokio::test]
async fn every_shape_of_site_is_crawled_whole_and_once() {
    for shape in SHAPES {
        let mut site = TestSite::default();
        for (path, html) in shape.pages {
            site = site.page(path, &format!("<html><body><main>{html}</main>"));
        }
        for path in shape.files {
            site = site.route(path, Answer::pdf(path));
        }
        let site = site.serve().await;
        let (seed, _) = shape.pages[0];
        let found: BTreeSet<_> = crawl(&site, seed).await.documents().into_iter().collect();
        let expected: BTreeSet<_> = shape.files.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{}", shape.name);
        let asked = site.paths();
        let useful = shape.pages.len() + shape.files.len();
        // Besides what is useful: robots.txt and a sitemap that is not there.
        assert!(asked.len() <= useful + 2, "{}: {asked:?}", shape.name);
        for path in shape.never {
            assert!(
                !asked.iter().any(|one| one == path),
                "{}: {path}",
                shape.name
            );
        }
    }
}
