//! The folder of an index, as the process that writes it and those that only
//! read it both need it.
//!
//! In: a path. Out: the engine's own folder, but that what it writes at once is
//! left as readable as every other file, and that whoever may not write there
//! reads without the engine's lock. The lock keeps files from being removed
//! while a commit is opened; without it opening may fail, and is tried again
//! with the next look.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory,
    WatchCallback, WatchHandle, WritePtr,
};

/// The folder of an index.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    files: MmapDirectory,
    path: PathBuf,
}

impl Folder {
    /// The folder at a path; `None` when there is none.
    pub(super) fn open(path: &Path) -> Option<Self> {
        Some(Self {
            files: MmapDirectory::open(path).ok()?,
            path: path.to_owned(),
        })
    }

    /// As open to others as the writer's lock, which is made as the system makes
    /// files. What is written at once comes out as a private file.
    fn share(&self, path: &Path) -> io::Result<()> {
        match fs::metadata(self.path.join(&INDEX_WRITER_LOCK.filepath)) {
            Ok(usual) => fs::set_permissions(self.path.join(path), usual.permissions()),
            // Nobody writes yet; the first commit writes this file again.
            Err(_) => Ok(()),
        }
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)?;
        self.share(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(fault))
                if lock.filepath == META_LOCK.filepath && is_for_reading(&fault) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            other => other,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_for_reading(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}
