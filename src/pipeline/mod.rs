//! The order of the stages, over many items.
//!
//! In: the stores of a data folder and what was agreed about publishers and
//! terms. Out: the same stores, further along, and a report of what was done
//! and what failed. What each stage does is its own affair; here is only which
//! comes after which, on how many cores, and what needs doing again.
//!
//! Every step may be run twice, or killed half-way, without harm.

pub mod backup;
pub mod coverage;
pub mod crawl;
mod keep;
pub mod keep_up;
mod mentions;
pub mod process;
pub mod publications;
pub mod recurrence;
pub mod reindex;
mod relink;
pub mod snapshot;
pub mod withdraw;

use std::path::{Path, PathBuf};

/// Where the stores of a data folder lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stores {
    root: PathBuf,
}

impl Stores {
    /// The stores of this folder, which need not exist yet.
    #[must_use]
    pub fn in_folder(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Every capture, for good.
    #[must_use]
    pub fn archive(&self) -> PathBuf {
        self.root.join("archive")
    }

    /// What is known of every publication; rebuildable from the archive.
    #[must_use]
    pub fn catalogue(&self) -> PathBuf {
        self.root.join("catalogue.sqlite")
    }

    /// What curators of this folder set right; need not exist.
    #[must_use]
    pub fn corrections(&self) -> PathBuf {
        self.root.join("corrections")
    }

    /// The search index; rebuildable from the catalogue.
    #[must_use]
    pub fn search(&self) -> PathBuf {
        self.root.join("search")
    }
}
