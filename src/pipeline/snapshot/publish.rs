//! Publishes the present state of catalogue and index.
//!
//! In: the stores of a data folder, which may be written meanwhile. Out: one
//! more list in the published folder, with the objects it names that were not
//! there or were damaged; the lists before the last few, and what only they
//! named, are removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::{CATALOGUE, Manifest, Name, OBJECTS, PART, SEARCH, SNAPSHOTS, SnapshotError};
use super::{file, listed, read};
use crate::catalogue::Catalogue;
use crate::pipeline::Stores;
use crate::pipeline::backup::Copied;
use crate::search;

/// How often a state is looked for that is not being changed.
const ATTEMPTS: usize = 5;

/// What [`publish`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Number of the newest state.
    pub number: u64,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Objects written.
    pub objects: usize,
    /// Lists removed.
    pub removed: usize,
}

/// Publishes the state of `stores` in `folder`, unless the newest there is the
/// same, and keeps the `kept` newest states. Killed half-way, it leaves what was
/// published as it was, and the next run tidies up.
///
/// # Errors
///
/// Fails when another command publishes there, the index is behind the
/// catalogue, or a file cannot be read or written.
pub fn publish(stores: &Stores, folder: &Path, kept: usize) -> Result<Published, SnapshotError> {
    file::make(&folder.join(OBJECTS))?;
    file::make(&folder.join(SNAPSHOTS))?;
    let _lock = lock(folder)?;
    remove_parts(folder)?;
    let names = listed(folder)?;
    let newest = names.last();
    let before = newest.and_then(|name| read(&folder.join(SNAPSHOTS), name).ok());
    let publisher = Publisher {
        stores,
        folder,
        before: before.as_ref(),
    };
    let (mark, files, objects) = publisher.state()?;
    let mut manifest = Manifest {
        number: newest.map_or(0, |name| name.number),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        mark,
        files,
    };
    let is_new = before.as_ref() != Some(&manifest);
    if is_new {
        manifest.number += 1;
        let json = manifest.to_json();
        let name = Name::of(manifest.number, &json);
        file::write(&folder.join(SNAPSHOTS), &name.file(), &json)?;
    }
    Ok(Published {
        number: manifest.number,
        is_new,
        objects,
        removed: tidy(folder, kept)?,
    })
}

/// Held until the end of a run, and let go of by a kill.
fn lock(folder: &Path) -> Result<File, SnapshotError> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(SnapshotError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SnapshotError::InUse {
            path: folder.to_owned(),
        }),
        Err(TryLockError::Error(fault)) => Err(SnapshotError::io(&path)(fault)),
    }
}

/// Removes what a killed run left.
fn remove_parts(folder: &Path) -> Result<(), SnapshotError> {
    for inner in [OBJECTS, SNAPSHOTS].map(|inner| folder.join(inner)) {
        let names = file::names(&inner)?;
        for part in names.iter().filter(|name| name.starts_with(PART)) {
            file::remove(&inner.join(part))?;
        }
    }
    Ok(())
}

/// Removes all lists but the newest, and the objects that only they name.
fn tidy(folder: &Path, kept: usize) -> Result<usize, SnapshotError> {
    let names = listed(folder)?;
    let (old, kept) = names.split_at(names.len().saturating_sub(kept.max(1)));
    for name in old {
        file::remove(&folder.join(SNAPSHOTS).join(name.file()))?;
    }
    let mut named = BTreeSet::new();
    for name in kept {
        // One that does not read is not served either.
        if let Ok(manifest) = read(&folder.join(SNAPSHOTS), name) {
            named.extend(manifest.files.into_values().map(|file| file.sha256));
        }
    }
    let objects = folder.join(OBJECTS);
    for name in file::names(&objects)? {
        if !named.contains(&name) {
            file::remove(&objects.join(name))?;
        }
    }
    Ok(old.len())
}

struct Publisher<'a> {
    stores: &'a Stores,
    folder: &'a Path,
    /// The newest state that is published.
    before: Option<&'a Manifest>,
}

type State = (String, BTreeMap<String, Copied>, usize);

impl Publisher<'_> {
    /// Puts the present state among the objects: its mark, its files, and how
    /// many objects were written. A state that is changed meanwhile is looked at
    /// again.
    fn state(&self) -> Result<State, SnapshotError> {
        let mut fault = SnapshotError::Behind;
        for _ in 0..ATTEMPTS {
            match self.try_state() {
                Ok(Some(state)) => return Ok(state),
                Ok(None) => fault = SnapshotError::Behind,
                // A merge of the index removes what it has merged.
                Err(SnapshotError::Io { path, source })
                    if source.kind() == std::io::ErrorKind::NotFound =>
                {
                    fault = SnapshotError::Io { path, source };
                }
                Err(other) => return Err(other),
            }
        }
        Err(fault)
    }

    fn try_state(&self) -> Result<Option<State>, SnapshotError> {
        let mark = Catalogue::open_read_only(&self.stores.catalogue())?.mark()?;
        let committed = search::committed(&self.stores.search())?;
        if committed.mark != mark {
            return Ok(None);
        }
        let mut files = BTreeMap::new();
        let mut written = 0;
        let mut keep = |path: String, (copied, is_written): (Copied, bool)| {
            files.insert(path, copied);
            written += usize::from(is_written);
        };
        // Equal marks mean equal contents.
        let is_same = self.before.is_some_and(|before| before.mark == mark);
        let there = if is_same { self.there(CATALOGUE) } else { None };
        match there {
            Some(copied) => keep(CATALOGUE.to_owned(), (copied, false)),
            None => match self.catalogue(&mark)? {
                Some(object) => keep(CATALOGUE.to_owned(), object),
                None => return Ok(None),
            },
        }
        for name in &committed.files {
            let path = format!("{SEARCH}/{name}");
            // But for the list of them, no file of an index is changed under its name.
            let is_fixed = name != "meta.json";
            let object = match self.there(&path).filter(|_| is_fixed) {
                Some(copied) => (copied, false),
                None => self.copied(name)?,
            };
            keep(path, object);
        }
        let is_unchanged = search::committed(&self.stores.search())? == committed;
        Ok(is_unchanged.then_some((mark, files, written)))
    }

    /// A file of the state before, when it is among the objects and whole.
    fn there(&self, path: &str) -> Option<Copied> {
        let copied = self.before?.files.get(path)?;
        let object = self.folder.join(OBJECTS).join(&copied.sha256);
        let is_whole = file::describe(&object).is_ok_and(|there| there == *copied);
        is_whole.then(|| copied.clone())
    }

    /// The catalogue as an object, when it is still that of this mark.
    fn catalogue(&self, mark: &str) -> Result<Option<(Copied, bool)>, SnapshotError> {
        let part = self.part(CATALOGUE);
        file::remove(&part)?;
        Catalogue::open_read_only(&self.stores.catalogue())?.copy_to(&part)?;
        if Catalogue::open_read_only(&part)?.mark()? != mark {
            return Ok(None);
        }
        self.object(&part).map(Some)
    }

    /// A file of the index as an object.
    fn copied(&self, name: &str) -> Result<(Copied, bool), SnapshotError> {
        let from = self.stores.search().join(name);
        let part = self.part(name);
        file::copy_file(&from, &part, u64::MAX).map_err(SnapshotError::io(&from))?;
        self.object(&part)
    }

    fn part(&self, name: &str) -> PathBuf {
        self.folder.join(OBJECTS).join(format!("{PART}{name}"))
    }

    /// Moves a file to its name among the objects, unless it is there and whole.
    fn object(&self, part: &Path) -> Result<(Copied, bool), SnapshotError> {
        let failed = || SnapshotError::io(part);
        let copied = file::describe(part).map_err(failed())?;
        let objects = self.folder.join(OBJECTS);
        let object = objects.join(&copied.sha256);
        if file::describe(&object).is_ok_and(|there| there == copied) {
            file::remove(part)?;
            return Ok((copied, false));
        }
        let moved = File::open(part)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(part, &object))
            .and_then(|()| file::sync(&objects));
        moved.map_err(failed())?;
        Ok((copied, true))
    }
}
