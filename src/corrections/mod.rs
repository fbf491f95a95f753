//! What curators set right: values of a document that the rules read wrongly.
//!
//! In: the files of `index/corrections/` (compiled in) or of a folder, checked
//! as a whole against the vocabulary, as `index/corrections/README.md`
//! describes them. Out: [`Corrections`], which change an [`Analysis`] and say in
//! it what they changed. They are laid over what the rules read each time it is
//! read, so that they survive new rules and can be taken back. When that is
//! done is for `pipeline`.

mod apply;
mod file;
#[cfg(test)]
mod tests;

use std::path::Path;

use rust_embed::Embed;

use self::file::Correction;
use crate::model::analysis::{Analysis, Kind};
use crate::model::digest::Digest;
use crate::model::entry::{Entry, EntryId};
use crate::model::load_error::LoadError;
use crate::vocabulary::Vocabulary;

#[derive(Embed)]
#[folder = "index/corrections/"]
struct CompiledIn;

/// Every correction, in the order of their files.
#[derive(Debug, Default)]
pub struct Corrections(Vec<Correction>);

/// A document as corrections name it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The entry's id.
    pub id: &'a EntryId,
    /// Names its newest bytes.
    pub digest: &'a Digest,
    /// Its address as found.
    pub url: &'a str,
}

impl<'a> From<&'a Entry> for Named<'a> {
    fn from(entry: &'a Entry) -> Self {
        Self {
            id: &entry.id,
            digest: &entry.digest,
            url: entry.url.as_str(),
        }
    }
}

/// What a curator says of the review that a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs<'a> {
    /// To this one.
    To(&'a EntryId, &'a str),
    /// To none.
    ToNone,
}

/// Reads and checks the compiled-in corrections, and after them those of a
/// folder: of two for one value the later holds.
///
/// # Errors
///
/// Every fault found, each with file, line where known, key and reason.
pub fn load(folder: Option<&Path>, vocabulary: &Vocabulary) -> Result<Corrections, Vec<LoadError>> {
    let mut faults = Vec::new();
    let mut all = Vec::new();
    let mut texts = compiled_in();
    texts.extend(in_folder(folder, &mut faults));
    for (name, text) in texts {
        all.extend(file::read(&name, &text, vocabulary, &mut faults));
    }
    if faults.is_empty() {
        Ok(Corrections(all))
    } else {
        Err(faults)
    }
}

fn compiled_in() -> Vec<(String, String)> {
    let mut names: Vec<_> = CompiledIn::iter()
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let texts = names.into_iter().filter_map(|name| {
        let found = CompiledIn::get(&name)?;
        let text = String::from_utf8_lossy(&found.data).into_owned();
        Some((format!("index/corrections/{name}"), text))
    });
    texts.collect()
}

fn in_folder(folder: Option<&Path>, faults: &mut Vec<LoadError>) -> Vec<(String, String)> {
    let Some(folder) = folder else {
        return Vec::new();
    };
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(fault) => {
            faults.push(LoadError::file(folder, fault));
            return Vec::new();
        }
    };
    let mut paths: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    let texts = paths.into_iter().filter_map(|path| {
        let name = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => Some((name, text)),
            Err(fault) => {
                faults.push(LoadError::file(path, fault));
                None
            }
        }
    });
    texts.collect()
}

impl Corrections {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kind that a document is, whatever the rules take it for.
    #[must_use]
    pub fn kind(&self, named: Named<'_>) -> Option<Kind> {
        self.of(named)
            .filter_map(|correction| correction.kind)
            .last()
    }

    /// The review that a document belongs to, whatever the rules find.
    #[must_use]
    pub fn belongs(&self, named: Named<'_>) -> Option<Belongs<'_>> {
        self.of(named).filter_map(Correction::belongs).last()
    }

    /// Sets right what a document says, and notes what was set; its answers
    /// excepted.
    pub fn apply_facts(&self, named: Named<'_>, analysis: &mut Analysis) {
        for correction in self.of(named) {
            apply::facts(correction, analysis);
        }
    }

    /// Sets right the answers of a document once they are tied to the review's
    /// recommendations, whose labels they then carry.
    pub fn apply_answers(&self, named: Named<'_>, analysis: &mut Analysis) {
        for correction in self.of(named) {
            apply::answers(correction, analysis);
        }
    }

    /// Those that name no document of these: file, line and name.
    #[must_use]
    pub fn without_document(&self, entries: &[Entry]) -> Vec<String> {
        let is_unused =
            |correction: &&Correction| !entries.iter().any(|entry| correction.names(entry.into()));
        let unused = self.0.iter().filter(is_unused);
        unused.map(file::Correction::place).collect()
    }

    fn of<'a>(&'a self, named: Named<'_>) -> impl Iterator<Item = &'a Correction> {
        self.0
            .iter()
            .filter(move |correction| correction.names(named))
    }
}
