//! Copies of what cannot be rebuilt, and back.
//!
//! In: a data folder. Out: a folder with the archive, its ledger of withdrawals,
//! the catalogue, and a manifest with the digest of each file. And back: what
//! the manifest does not vouch for is not restored, and a restored archive
//! forgets nothing that was withdrawn since the copy was made. The search
//! index is left out; it is made anew from the catalogue.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::archive::{self, ArchiveError};
use crate::catalogue::{Catalogue, CatalogueError};
use crate::pipeline::Stores;

/// Names every file of a copy.
const MANIFEST: &str = "manifest.json";
/// Where the parts of a copy lie in it.
const ARCHIVE: &str = "archive";
const CATALOGUE: &str = "catalogue.sqlite";

/// What a copy holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program that made it.
    pub version: String,
    /// Files by their path in the copy.
    pub files: BTreeMap<String, Copied>,
}

/// One file of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub size_bytes: u64,
}

impl Manifest {
    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("a manifest is plain data")
    }
}

/// Why a copy could not be made or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something already.
    #[error("`{path}` is not empty; a copy goes where nothing is")]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The manifest is missing or is none.
    #[error("`{path}` is no copy made by `lessons backup`, or one that was cut off")]
    NoCopy {
        /// The folder.
        path: PathBuf,
        /// What was wrong.
        source: io::Error,
    },
    /// A file is not as it was when the copy was made.
    #[error("`{path}` is not what the manifest says; nothing was restored")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The disk said no.
    #[error("cannot copy `{path}`")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's account.
        source: io::Error,
    },
    /// The catalogue cannot be copied.
    #[error("the catalogue cannot be copied")]
    Catalogue(#[from] CatalogueError),
    /// The ledger of withdrawals cannot be read or written.
    #[error("the ledger of withdrawals cannot be carried over")]
    Ledger(#[from] ArchiveError),
}

/// Copies a data folder into a folder that is empty or not there yet, whether
/// or not other commands are at work on it. The manifest comes last: a copy
/// without it was cut off.
///
/// # Errors
///
/// Fails when there is something in `to`, or when a file cannot be copied.
pub fn backup(stores: &Stores, to: &Path) -> Result<Manifest, BackupError> {
    must_be_empty(to, &[])?;
    let mut manifest = Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Manifest::default()
    };
    make(&to.join(ARCHIVE))?;
    for name in archive_files(&stores.archive())? {
        let path = format!("{ARCHIVE}/{name}");
        let copied = copy(&stores.archive().join(&name), &to.join(&path))?;
        manifest.files.insert(path, copied);
    }
    if stores.catalogue().exists() {
        let file = to.join(CATALOGUE);
        Catalogue::open_read_only(&stores.catalogue())?.copy_to(&file)?;
        manifest
            .files
            .insert(CATALOGUE.to_owned(), describe(&file)?);
    }
    let text = manifest.to_json();
    let path = to.join(MANIFEST);
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(&text)?;
        file.sync_all()
    });
    written.map_err(failed(&path))?;
    Ok(manifest)
}

/// Restores a copy into a data folder that holds no archive and no catalogue;
/// a ledger of withdrawals that is there is kept, and wins.
///
/// # Errors
///
/// Fails, before anything is written, when the copy is not whole or the data
/// folder is not empty.
pub fn restore(from: &Path, stores: &Stores) -> Result<Manifest, BackupError> {
    let manifest = manifest(from)?;
    must_be_empty(&stores.archive(), &[archive::LEDGER, "lock"])?;
    if stores.catalogue().exists() {
        let path = stores.catalogue();
        return Err(BackupError::NotEmpty { path });
    }
    for (path, copied) in &manifest.files {
        let path = from.join(path);
        if describe(&path)? != *copied {
            return Err(BackupError::Damaged { path });
        }
    }
    make(&stores.archive())?;
    for path in manifest.files.keys() {
        let name = path
            .strip_prefix(ARCHIVE)
            .map(|name| name.trim_start_matches('/'));
        match name {
            Some(archive::LEDGER) => archive::carry_over(&from.join(ARCHIVE), &stores.archive())?,
            Some(name) => drop(copy(&from.join(path), &stores.archive().join(name))?),
            None => drop(copy(&from.join(path), &stores.catalogue())?),
        }
    }
    Ok(manifest)
}

fn manifest(from: &Path) -> Result<Manifest, BackupError> {
    let none = |source| BackupError::NoCopy {
        path: from.to_owned(),
        source,
    };
    let text = fs::read(from.join(MANIFEST)).map_err(none)?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|fault| none(fault.into()))?;
    let is_ours = |path: &String| {
        let name = path.strip_prefix("archive/").unwrap_or(path);
        path == CATALOGUE || (name != path && !name.contains(['/', '\\']) && !name.starts_with('.'))
    };
    match manifest.files.keys().find(|path| !is_ours(path)) {
        Some(odd) => Err(none(io::Error::other(format!("it names `{odd}`")))),
        None => Ok(manifest),
    }
}

/// The files of an archive but for the look-up file, which is made anew. One
/// that is being written is copied with a torn end, which is then cut.
fn archive_files(archive: &Path) -> Result<Vec<String>, BackupError> {
    let entries = match fs::read_dir(archive) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(failed(archive)(fault)),
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_kept = |name: &String| name.ends_with(".warc.gz") || name == archive::LEDGER;
    let mut names: Vec<String> = names.filter(is_kept).collect();
    names.sort();
    Ok(names)
}

fn must_be_empty(folder: &Path, but: &[&str]) -> Result<(), BackupError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
    if names.any(|name| !but.iter().any(|but| name == *but)) {
        let path = folder.to_owned();
        return Err(BackupError::NotEmpty { path });
    }
    Ok(())
}

fn make(folder: &Path) -> Result<(), BackupError> {
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// Copies a file and describes what was written.
fn copy(from: &Path, to: &Path) -> Result<Copied, BackupError> {
    fs::copy(from, to)
        .and_then(|_| File::open(to)?.sync_all())
        .map_err(failed(from))?;
    describe(to)
}

fn describe(path: &Path) -> Result<Copied, BackupError> {
    let mut file = File::open(path).map_err(failed(path))?;
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(failed(path))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        size_bytes += read as u64;
    }
    let hash = hash.finalize();
    let sha256 = hash
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    Ok(Copied { sha256, size_bytes })
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> BackupError + '_ {
    move |source| BackupError::Io {
        path: path.to_owned(),
        source,
    }
}
