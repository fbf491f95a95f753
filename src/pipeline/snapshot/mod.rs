//! Numbered states of catalogue and index, for more readers than one machine
//! serves.
//!
//! In: the stores of a data folder ([`publish()`]). Out: a folder that may lie on a
//! shared disk or be copied by any tool: `objects/`, each named by its SHA-256,
//! and `snapshots/`, one list of objects for each state. And back: [`Follower`]
//! brings the newest state that is whole into a folder of its own. Serving it
//! is for `web`, when to look again for the caller.
//!
//! Nothing there is ever changed under its name. A list is written after all it
//! names, and its name holds a part of its own digest, so that a state that has
//! come over in part is told from one that is whole.

pub mod check;
mod file;
mod follow;
mod publish;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::catalogue::CatalogueError;
use crate::pipeline::backup::Copied;
use crate::search::IndexError;

pub use follow::{Followed, Follower};
pub use publish::{Published, publish};

/// States kept when nobody says how many: a follower may still be fetching the
/// one before the newest.
pub const KEPT: usize = 3;

/// Folder of the files of all states.
const OBJECTS: &str = "objects";
/// Folder of the lists.
const SNAPSHOTS: &str = "snapshots";
/// The catalogue's name in a state.
const CATALOGUE: &str = "catalogue.sqlite";
/// Folder of the index in a state.
const SEARCH: &str = "search";
/// What the names of files begin with that are not whole yet.
const PART: &str = ".part-";
/// Characters of its digest in the name of a list.
const HEAD: usize = 16;

/// One state of catalogue and index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Grows by one with each state.
    pub number: u64,
    /// Version of the program that published it.
    pub version: String,
    /// Names the state of the catalogue.
    pub mark: String,
    /// Its files, by their path in the state.
    pub files: BTreeMap<String, Copied>,
}

/// The name of a list: its number and the head of its digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    number: u64,
    head: String,
}

/// Why a state could not be published or followed.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The index is not in step with the catalogue.
    #[error("the search index is behind the catalogue; run `lessons reindex`, then again")]
    Behind,
    /// Somebody else publishes there.
    #[error("`{path}` is in use by another command that publishes; try again when it has ended")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// A list cannot be read, or names what none of ours names.
    #[error("`{path}` is no list of a snapshot, or not all of it")]
    NoList {
        /// The file.
        path: PathBuf,
    },
    /// A file of a state is not what its list says.
    #[error("`{path}` is not what its snapshot says; it is damaged or not all of it is there yet")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing to follow yet.
    #[error("no snapshot in `{path}`; `lessons snapshot` publishes one")]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
    /// The disk said no.
    #[error("`{path}` cannot be read or written")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's account.
        source: io::Error,
    },
    /// The catalogue cannot be copied.
    #[error("the catalogue cannot be published")]
    Catalogue(#[from] CatalogueError),
    /// The index cannot be read.
    #[error("the search index cannot be published")]
    Index(#[from] IndexError),
}

impl SnapshotError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

impl Manifest {
    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("a list is plain data")
    }

    /// Whether it names only what a state of ours consists of, so that nothing
    /// is written elsewhere.
    fn is_ours(&self) -> bool {
        let is_plain = |name: &str| {
            let is_fit = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            !name.is_empty() && !name.starts_with('.') && name.chars().all(is_fit)
        };
        let is_file = |path: &str| match path.split_once('/') {
            Some((folder, name)) => folder == SEARCH && is_plain(name),
            None => path == CATALOGUE,
        };
        let is_digest = |text: &str| text.len() == 64 && text.chars().all(is_hex);
        self.files.contains_key(CATALOGUE)
            && self
                .files
                .iter()
                .all(|(path, file)| is_file(path) && is_digest(&file.sha256))
    }
}

impl Name {
    fn of(number: u64, json: &[u8]) -> Self {
        let hash = Sha256::digest(json);
        let hex = hash
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        Self {
            number,
            head: hex[..HEAD].to_owned(),
        }
    }

    fn folder(&self) -> String {
        format!("{:08}-{}", self.number, self.head)
    }

    fn file(&self) -> String {
        format!("{}.json", self.folder())
    }

    fn parse(text: &str) -> Option<Self> {
        let (number, head) = text.split_once('-')?;
        let name = Self {
            number: number.parse().ok()?,
            head: head.to_owned(),
        };
        (head.len() == HEAD && head.chars().all(is_hex) && name.folder() == text).then_some(name)
    }
}

fn is_hex(c: char) -> bool {
    c.is_ascii_digit() || ('a'..='f').contains(&c)
}

/// The states listed in a published folder, oldest first.
fn listed(folder: &Path) -> Result<Vec<Name>, SnapshotError> {
    let folder = folder.join(SNAPSHOTS);
    let names = file::names(&folder)?;
    let mut names: Vec<Name> = names
        .iter()
        .filter_map(|name| Name::parse(name.strip_suffix(".json")?))
        .collect();
    names.sort();
    Ok(names)
}

/// The list of that name in this folder.
fn read(folder: &Path, name: &Name) -> Result<Manifest, SnapshotError> {
    let path = folder.join(name.file());
    let text = std::fs::read(&path).map_err(SnapshotError::io(&path))?;
    let manifest = serde_json::from_slice::<Manifest>(&text)
        .ok()
        .filter(|manifest| Name::of(manifest.number, &text) == *name && manifest.is_ours());
    manifest.ok_or(SnapshotError::NoList { path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_nothing_outside_its_state() {
        let check = |path: &str, is_ours: bool| {
            let file = Copied {
                sha256: "0".repeat(64),
                size_bytes: 1,
            };
            let paths = [CATALOGUE, path];
            let manifest = Manifest {
                number: 1,
                version: String::new(),
                mark: String::new(),
                files: paths.map(|path| (path.to_owned(), file.clone())).into(),
            };
            assert_eq!(manifest.is_ours(), is_ours, "{path}");
        };
        check("search/meta.json", true);
        check("search/0a.12.del", true);
        for path in [
            "search/../x",
            "../x",
            "/x",
            "search/.x",
            "search/",
            "other/x",
            "x",
        ] {
            check(path, false);
        }
    }

    #[test]
    fn a_name_is_a_number_and_the_head_of_a_digest() {
        let name = Name::of(7, b"{}");
        assert_eq!(Name::parse(&name.folder()), Some(name));
        for text in [
            "00000007",
            "7-44136fa355b3678a",
            "00000007-44136fa355b3678",
            "",
        ] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }
}
