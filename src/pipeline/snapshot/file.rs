//! Files that are whole or not there.
//!
//! In: paths. Out: copies with their digests, written beside their place and
//! moved there once they are on the disk.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{PART, SnapshotError};
use crate::pipeline::backup::Copied;

/// Copies what can be read and says what it was. At most one byte more than
/// `limit` is copied.
pub(super) fn copy(from: impl Read, mut to: impl Write, limit: u64) -> io::Result<Copied> {
    let mut from = from.take(limit.saturating_add(1));
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        size_bytes += read as u64;
    }
    let hash = hash.finalize();
    let sha256 = hash
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    Ok(Copied { sha256, size_bytes })
}

/// What a file holds.
pub(super) fn describe(path: &Path) -> io::Result<Copied> {
    copy(File::open(path)?, io::sink(), u64::MAX)
}

/// Copies one file to a new one and waits until it is on the disk.
pub(super) fn copy_file(from: &Path, to: &Path, limit: u64) -> io::Result<Copied> {
    let mut file = File::create(to)?;
    let copied = copy(File::open(from)?, &mut file, limit)?;
    file.sync_all()?;
    Ok(copied)
}

/// Writes a file at once or not at all.
pub(super) fn write(folder: &Path, name: &str, content: &[u8]) -> Result<(), SnapshotError> {
    let part = folder.join(format!("{PART}{name}"));
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&part, folder.join(name))?;
        sync(folder)
    });
    written.map_err(SnapshotError::io(&part))
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn make(folder: &Path) -> Result<(), SnapshotError> {
    fs::create_dir_all(folder).map_err(SnapshotError::io(folder))
}

/// What lies in a folder; nothing when there is none.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, SnapshotError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(SnapshotError::io(folder)(fault)),
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.collect())
}

/// Removes a file or a folder, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), SnapshotError> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => {
            Err(SnapshotError::io(path)(fault))
        }
        _ => Ok(()),
    }
}
