//! The files of the archive's folder: their names, the lock, and cutting a
//! torn end.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use crate::archive::error::ArchiveError;

/// Locks the folder for writing, as long as the file is open.
pub(super) fn lock(dir: &Path) -> Result<File, ArchiveError> {
    let path = dir.join("lock");
    let file = File::create(&path).map_err(ArchiveError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(ArchiveError::Locked { path }),
        Err(fs::TryLockError::Error(fault)) => Err(ArchiveError::io("lock", &path)(fault)),
    }
}

/// Opens a file to add to its end, and makes it if there is none.
pub(super) fn append_to(path: &Path) -> Result<File, ArchiveError> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(ArchiveError::io("open", path))
}

/// Cuts a file that is longer; one that does not exist stays so.
pub(super) fn cut(path: &Path, length: u64) -> Result<(), ArchiveError> {
    let Ok(found) = fs::metadata(path) else {
        return Ok(());
    };
    if found.len() <= length {
        return Ok(());
    }
    tracing::warn!(
        file.path = %path.display(),
        size_bytes = found.len() - length,
        "Cut a torn end that a killed writer left"
    );
    let file = OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(ArchiveError::io("open", path))?;
    file.set_len(length)
        .map_err(ArchiveError::io("write to", path))
}

/// Our WARC files in order.
pub(super) fn warc_files(dir: &Path) -> Result<Vec<String>, ArchiveError> {
    let entries = fs::read_dir(dir).map_err(ArchiveError::io("read", dir))?;
    let mut files: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| number_of(name).is_some())
        .collect();
    files.sort();
    Ok(files)
}

pub(super) fn file_name_of(number: u32) -> String {
    format!("lessons-{number:05}.warc.gz")
}

pub(super) fn number_of(name: &str) -> Option<u32> {
    let number = name.strip_prefix("lessons-")?.strip_suffix(".warc.gz")?;
    number.parse().ok()
}
