//! Looks whether states are whole, without changing anything.
//!
//! In: a published folder, or the folder of whoever follows one. Out: each
//! state, and which of its files are missing or damaged.

use std::path::{Path, PathBuf};

use super::{Manifest, Name, OBJECTS, SNAPSHOTS, SnapshotError};
use super::{file, listed, read};
use crate::pipeline::backup::Copied;

/// A state as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its number.
    pub number: u64,
    /// Its list or its files, where they are not what they should be.
    pub damaged: Vec<PathBuf>,
}

/// The states in a published folder, oldest first.
///
/// # Errors
///
/// Fails when the folder cannot be read.
pub fn published(folder: &Path) -> Result<Vec<Checked>, SnapshotError> {
    let object = |_: &str, copied: &Copied| folder.join(OBJECTS).join(&copied.sha256);
    let names = listed(folder)?.into_iter();
    Ok(names
        .map(|name| checked(&folder.join(SNAPSHOTS), &name, object))
        .collect())
}

/// The states in the folder of a follower, oldest first.
///
/// # Errors
///
/// Fails when the folder cannot be read.
pub fn followed(home: &Path) -> Result<Vec<Checked>, SnapshotError> {
    let names = file::names(home)?;
    let mut names: Vec<Name> = names.iter().filter_map(|name| Name::parse(name)).collect();
    names.sort();
    let checked = names.into_iter().map(|name| {
        let folder = home.join(name.folder());
        checked(&folder, &name, |path, _| folder.join(path))
    });
    Ok(checked.collect())
}

fn checked(lists: &Path, name: &Name, place: impl Fn(&str, &Copied) -> PathBuf) -> Checked {
    let damaged = match read(lists, name) {
        Err(_) => vec![lists.join(name.file())],
        Ok(Manifest { files, .. }) => files
            .iter()
            .map(|(path, copied)| (place(path, copied), copied))
            .filter(|(path, copied)| file::describe(path).ok().as_ref() != Some(*copied))
            .map(|(path, _)| path)
            .collect(),
    };
    Checked {
        number: name.number,
        damaged,
    }
}
