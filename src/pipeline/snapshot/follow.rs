//! Brings the newest published state to where it is served.
//!
//! In: a published folder, perhaps half copied or damaged, and a folder of this
//! reader's own. Out: the stores of the newest state that is whole. What is here
//! already is not fetched again, and what does not match its digest is never
//! served.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Manifest, Name, OBJECTS, PART, SEARCH, SNAPSHOTS, SnapshotError};
use super::{file, listed, read};
use crate::pipeline::Stores;
use crate::pipeline::backup::Copied;

/// A state that is here and whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its number.
    pub number: u64,
    /// Its catalogue and its index; there is no archive.
    pub stores: Stores,
    name: Name,
}

/// Follows a published folder.
#[derive(Debug)]
pub struct Follower {
    from: PathBuf,
    home: PathBuf,
    current: Option<Name>,
}

impl Follower {
    /// Follows what is published in `from`; states are kept in `home`, a folder
    /// of this reader's own.
    #[must_use]
    pub fn new(from: &Path, home: &Path) -> Self {
        Self {
            from: from.to_owned(),
            home: home.to_owned(),
            current: None,
        }
    }

    /// The state to begin with: the newest that is published and whole or else,
    /// when nothing can be fetched, the newest that is here and whole. Say with
    /// [`Follower::serves`] that it is served.
    ///
    /// # Errors
    ///
    /// Fails when there is neither.
    pub fn begin(&self) -> Result<Followed, SnapshotError> {
        file::make(&self.home)?;
        let fault = match self.newer() {
            Ok(Some(followed)) => return Ok(followed),
            Ok(None) => SnapshotError::Nothing {
                path: self.from.clone(),
            },
            Err(fault) => fault,
        };
        for name in self.here()?.into_iter().rev() {
            if self.is_whole(&name) {
                tracing::warn!(
                    snapshot.number = name.number,
                    error = %fault,
                    "Nothing can be fetched: the snapshot that is here is served"
                );
                return Ok(self.followed(name));
            }
        }
        Err(fault)
    }

    /// Looks for a state that is newer than the one served, and fetches it; `None`
    /// when there is none.
    ///
    /// # Errors
    ///
    /// Fails when there are newer states and none of them is whole; what was
    /// fetched of them is kept.
    pub fn newer(&self) -> Result<Option<Followed>, SnapshotError> {
        let current = self.current.as_ref().map(|name| name.number);
        let newer = listed(&self.from)?.into_iter().rev();
        let newer = newer.filter(|name| current.is_none_or(|current| name.number > current));
        let mut first_fault = None;
        for name in newer {
            match self.fetch(&name) {
                Ok(()) => return Ok(Some(self.followed(name))),
                Err(fault) => {
                    first_fault.get_or_insert(fault);
                }
            }
        }
        first_fault.map_or(Ok(None), Err)
    }

    /// From now on this state is served.
    pub fn serves(&mut self, followed: &Followed) {
        self.current = Some(followed.name.clone());
    }

    /// Removes every state but the one that is served.
    ///
    /// # Errors
    ///
    /// Fails when a folder cannot be removed.
    pub fn tidy(&self) -> Result<(), SnapshotError> {
        let current = self.current.as_ref().map(Name::folder);
        for name in file::names(&self.home)? {
            let is_ours = name.starts_with(PART) || Name::parse(&name).is_some();
            if is_ours && Some(&name) != current.as_ref() {
                file::remove(&self.home.join(name))?;
            }
        }
        Ok(())
    }

    fn followed(&self, name: Name) -> Followed {
        Followed {
            number: name.number,
            stores: Stores::in_folder(&self.home.join(name.folder())),
            name,
        }
    }

    /// The states that are here, oldest first.
    fn here(&self) -> Result<Vec<Name>, SnapshotError> {
        let names = file::names(&self.home)?;
        let mut names: Vec<Name> = names.iter().filter_map(|name| Name::parse(name)).collect();
        names.sort();
        Ok(names)
    }

    /// Whether every file of a state is here as it should be.
    fn is_whole(&self, name: &Name) -> bool {
        let folder = self.home.join(name.folder());
        read(&folder, name).is_ok_and(|manifest| {
            let is_whole = |(path, copied): (&String, &Copied)| {
                file::describe(&folder.join(path)).is_ok_and(|there| there == *copied)
            };
            manifest.files.iter().all(is_whole)
        })
    }

    /// Makes a state, whole or not at all.
    fn fetch(&self, name: &Name) -> Result<(), SnapshotError> {
        if self.is_whole(name) {
            return Ok(());
        }
        let manifest = read(&self.from.join(SNAPSHOTS), name)?;
        let part = self.home.join(format!("{PART}{}", name.folder()));
        file::make(&part.join(SEARCH))?;
        for (path, copied) in &manifest.files {
            self.fetch_file(&part, path, copied)?;
        }
        file::write(&part, &name.file(), &Manifest::to_json(&manifest))?;
        let folder = self.home.join(name.folder());
        file::remove(&folder)?;
        fs::rename(&part, &folder)
            .and_then(|()| file::sync(&self.home))
            .map_err(SnapshotError::io(&folder))
    }

    /// Takes a file from the state before, or copies it.
    fn fetch_file(&self, part: &Path, path: &str, wanted: &Copied) -> Result<(), SnapshotError> {
        let to = part.join(path);
        let is_right = |path: &Path| file::describe(path).is_ok_and(|there| there == *wanted);
        if is_right(&to) {
            return Ok(());
        }
        file::remove(&to)?;
        if let Some(current) = &self.current {
            let before = self.home.join(current.folder()).join(path);
            if is_right(&before) && fs::hard_link(&before, &to).is_ok() {
                return Ok(());
            }
        }
        let object = self.from.join(OBJECTS).join(&wanted.sha256);
        let copied =
            file::copy_file(&object, &to, wanted.size_bytes).map_err(SnapshotError::io(&object))?;
        if copied != *wanted {
            file::remove(&to)?;
            return Err(SnapshotError::Damaged { path: object });
        }
        Ok(())
    }
}
