//! Where else a publication is linked to.
//!
//! In: [`Publication`]s and the pages among them. Out: the same publications,
//! each knowing also the links to it that the crawl had no need to follow,
//! because it knew their target already. A dated post that announces a report,
//! or a page that lists a response beside its review, is often one of these.

use std::collections::HashMap;
use std::hash::Hash;

use url::Url;

use crate::archive::{Archive, ArchiveError, Event};
use crate::crawl;
use crate::model::capture::LinkContext;
use crate::model::ids::PartnershipId;
use crate::pipeline::publications::{self, Publication};

/// Adds the links found in all captured pages, menus left out. A page that
/// cannot be read is passed over: its own entry says so.
///
/// # Errors
///
/// Fails when the archive's look-up cannot be read.
pub(super) fn add(archive: &Archive, publications: &mut [Publication]) -> Result<(), ArchiveError> {
    let mut links = Vec::new();
    for publication in publications.iter() {
        let Ok(payload) = archive.payload(&publication.newest) else {
            continue;
        };
        let partnership = publication.id.partnership();
        let found = crawl::mentions(&payload);
        links.extend(found.into_iter().map(|link| (partnership.clone(), link)));
    }
    let mut index = Index::of(publications);
    for event in archive.events()? {
        index.learn(&event?);
    }
    place(publications, &index, links);
    inherit(publications, &index);
    for publication in publications {
        publications::keep_most_telling(&mut publication.found);
    }
    Ok(())
}

/// Gives each link to the publication it leads to.
fn place(
    publications: &mut [Publication],
    index: &Index,
    links: Vec<(PartnershipId, (Url, LinkContext))>,
) {
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
}

/// Whether the words in and around a link only say that it leads to a file.
fn says_nothing(words: &str) -> bool {
    const SAID_OF_ANY: &str = "download view open read see get click here now the a an this full complete report review document \
        file attachment pdf doc docx word kb mb size bytes in new window tab opens";
    let mut words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| {
        let folded = word.to_lowercase();
        SAID_OF_ANY.split_whitespace().any(|known| known == folded)
            || word.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Gives a file that stands alone on its page what is said where that page is
/// linked: a listing or post names and dates the report, the landing page
/// between them only says "Download now".
fn inherit(publications: &mut [Publication], index: &Index) {
    let is_bare = |context: &LinkContext| {
        let said = [&context.link_text, &context.nearby];
        said.into_iter().flatten().all(|text| says_nothing(text))
    };
    let is_page = |publication: &Publication| publication.newest.media_type.contains("html");
    let mut files_on: HashMap<usize, Vec<usize>> = HashMap::new();
    for (file, publication) in publications.iter().enumerate() {
        let contexts = publication.found.iter().filter(|_| !is_page(publication));
        for page in contexts.filter_map(|context| context.page.as_ref()) {
            let files = index.find(publication.id.partnership(), page);
            let files = files_on.entry(files.unwrap_or(file)).or_default();
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    for (page, files) in files_on {
        let [file] = files[..] else { continue };
        if page == file || !is_page(&publications[page]) {
            continue;
        }
        let on_page = |context: &&LinkContext| {
            let at = context.page.as_ref();
            at.is_some_and(|at| publications[page].is_at(at))
        };
        let mut own = publications[file].found.iter().filter(on_page);
        if !own.all(is_bare) {
            continue;
        }
        let above = publications[page].found.clone();
        let known = &mut publications[file].found;
        for context in above {
            if !known.contains(&context) {
                known.push(context);
            }
        }
    }
}

/// Publications by address, and where no other is alike by what twins have in
/// common and by the end of the path: sites give one page several paths.
#[derive(Default)]
struct Index {
    exact: HashMap<(PartnershipId, Url), usize>,
    twins: HashMap<(PartnershipId, String), Option<usize>>,
    endings: HashMap<(PartnershipId, String), Option<usize>>,
}

impl Index {
    fn of(publications: &[Publication]) -> Self {
        let mut index = Self::default();
        for (place, publication) in publications.iter().enumerate() {
            let partnership = publication.id.partnership();
            for url in publication.addresses() {
                index.add(partnership, url, place);
                if let Some(ending) = ending(url) {
                    only(&mut index.endings, (partnership.clone(), ending), place);
                }
            }
        }
        index
    }

    fn add(&mut self, partnership: &PartnershipId, url: &Url, place: usize) {
        let key = (partnership.clone(), crawl::page_key(url));
        only(&mut self.twins, key, place);
        self.exact
            .entry((partnership.clone(), url.clone()))
            .or_insert(place);
    }

    /// Takes in the addresses that only led to another.
    fn learn(&mut self, event: &Event) {
        let partnership = event.partnership();
        let (from, to) = match event {
            Event::Aliased(alias) => (vec![&alias.candidate.url], &alias.to),
            Event::Captured(kept) => (kept.redirected_by.iter().collect(), &kept.capture.final_url),
            Event::Failed(_) | Event::RunStarted(_) | Event::RunFinished(_) => return,
        };
        if let Some(place) = self.find(partnership, to) {
            for url in from {
                self.add(partnership, url, place);
            }
        }
    }

    fn find(&self, partnership: &PartnershipId, url: &Url) -> Option<usize> {
        let same = self.exact.get(&(partnership.clone(), url.clone()));
        let twin = || {
            let key = (partnership.clone(), crawl::page_key(url));
            self.twins.get(&key).copied().flatten()
        };
        same.copied().or_else(twin).or_else(|| {
            let key = (partnership.clone(), ending(url)?);
            self.endings.get(&key).copied().flatten()
        })
    }
}

/// Remembers a place under a name until another claims the same name.
fn only<K: Eq + Hash>(index: &mut HashMap<K, Option<usize>>, name: K, place: usize) {
    index
        .entry(name)
        .and_modify(|known| *known = known.filter(|known| *known == place))
        .or_insert(Some(place));
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
        let index = Index::of(&publications);
        place(&mut publications, &index, links.to_vec());
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
