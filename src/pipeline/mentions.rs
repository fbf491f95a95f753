//! Where else a publication is linked to.
//!
//! In: [`Publication`]s and the pages among them. Out: the same publications,
//! each knowing also the links to it that the crawl had no need to follow,
//! because it knew their target already. A dated post that announces a report,
//! or a page that lists a response beside its review, is often one of these.

use std::collections::HashMap;

use url::Url;

use crate::archive::Archive;
use crate::crawl;
use crate::model::capture::LinkContext;
use crate::model::ids::PartnershipId;
use crate::pipeline::publications::{self, Publication};

/// Adds the links found in all captured pages, menus left out. A page that
/// cannot be read is passed over: its own entry says so.
pub(super) fn add(archive: &Archive, publications: &mut [Publication]) {
    let mut found = Vec::new();
    for publication in publications.iter() {
        let Ok(payload) = archive.payload(&publication.newest) else {
            continue;
        };
        let partnership = publication.id.partnership();
        let links = crawl::mentions(&payload);
        found.extend(links.into_iter().map(|link| (partnership.clone(), link)));
    }
    place(publications, found);
}

/// Gives each link to the publication it leads to.
fn place(publications: &mut [Publication], links: Vec<(PartnershipId, (Url, LinkContext))>) {
    let index = Index::of(publications);
    for (partnership, (url, context)) in links {
        let Some(publication) = index.find(&partnership, &url) else {
            continue;
        };
        let publication = &mut publications[publication];
        let is_own = context
            .page
            .as_ref()
            .is_some_and(|page| publication.is_at(page));
        if !is_own && !publication.found.contains(&context) {
            publication.found.push(context);
        }
    }
    for publication in publications {
        publications::keep_most_telling(&mut publication.found);
    }
}

/// Publications by address, and by the end of their path where no other ends
/// alike: sites give one page several paths.
struct Index {
    by_url: HashMap<(PartnershipId, Url), usize>,
    by_ending: HashMap<(PartnershipId, String), Option<usize>>,
}

impl Index {
    fn of(publications: &[Publication]) -> Self {
        let mut index = Self {
            by_url: HashMap::new(),
            by_ending: HashMap::new(),
        };
        for (place, publication) in publications.iter().enumerate() {
            let partnership = publication.id.partnership();
            for url in publication.addresses() {
                index
                    .by_url
                    .insert((partnership.clone(), url.clone()), place);
                let Some(ending) = ending(url) else {
                    continue;
                };
                index
                    .by_ending
                    .entry((partnership.clone(), ending))
                    .and_modify(|known| *known = known.filter(|known| *known == place))
                    .or_insert(Some(place));
            }
        }
        index
    }

    fn find(&self, partnership: &PartnershipId, url: &Url) -> Option<usize> {
        let exact = self.by_url.get(&(partnership.clone(), url.clone()));
        exact.copied().or_else(|| {
            let key = (partnership.clone(), ending(url)?);
            self.by_ending.get(&key).copied().flatten()
        })
    }
}

/// The last two segments of a path without a query.
fn ending(url: &Url) -> Option<String> {
    let segments: Vec<&str> = url
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .collect();
    let [.., parent, last] = segments.as_slice() else {
        return None;
    };
    url.query().is_none().then(|| format!("{parent}/{last}"))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::capture::{Candidate, Capture};
    use crate::model::digest::Digest;

    #[test]
    fn a_link_is_placed_by_address_or_by_the_end_of_its_path() {
        let mut publications = publications::gather([
            capture("/reviews/child-k"),
            capture("/news/report"),
            capture("/old/report"),
        ]);
        let links = [
            "/reviews/child-k",
            "/p/reviews/child-k",
            "/other/child-k",
            "/report",
        ];
        let links = links.map(|path| (partnership(), (url(path), context(path))));
        place(&mut publications, links.to_vec());
        let found: Vec<usize> = publications.iter().map(|known| known.found.len()).collect();
        let of_child = publications
            .iter()
            .position(|known| known.url == url("/reviews/child-k"));
        let expected = |place: usize| if Some(place) == of_child { 2 } else { 0 };
        assert_eq!(found, (0..3).map(expected).collect::<Vec<_>>());
    }

    fn partnership() -> PartnershipId {
        "north".parse().expect("an id")
    }

    fn url(path: &str) -> Url {
        format!("http://north.example{path}")
            .parse()
            .expect("a URL")
    }

    fn context(path: &str) -> LinkContext {
        LinkContext {
            page: Some(url("/news")),
            link_text: Some(path.to_owned()),
            ..LinkContext::default()
        }
    }

    fn capture(path: &str) -> Capture {
        Capture {
            candidate: Candidate {
                partnership: partnership(),
                url: url(path),
                context: LinkContext::default(),
                depth: 0,
            },
            final_url: url(path),
            status: 200,
            media_type: String::new(),
            charset: None,
            file_name: None,
            digest: Digest::of(path.as_bytes()),
            length: 1,
            received_at: Timestamp::UNIX_EPOCH,
        }
    }
}
