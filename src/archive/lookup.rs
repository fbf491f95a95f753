//! The look-up file: one JSON line per event, append-only.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::archive::error::ArchiveError;
use crate::archive::event::Line;

/// The lines of a look-up file in order. A last line without its line end is
/// passed over: it is being written, or was torn.
#[derive(Debug)]
pub(super) struct Lines {
    path: PathBuf,
    /// `None` when there is no look-up file yet.
    reader: Option<BufReader<File>>,
    /// First byte of the next line.
    pub(super) position: u64,
}

impl Lines {
    /// The lines from byte `position` on, which must begin a line. A file that
    /// does not exist has none.
    pub(super) fn open(path: &Path, position: u64) -> Result<Self, ArchiveError> {
        let mut reader = match File::open(path) {
            Ok(file) => Some(BufReader::new(file)),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => None,
            Err(fault) => return Err(ArchiveError::io("open", path)(fault)),
        };
        if let Some(reader) = &mut reader {
            let start = reader.seek(SeekFrom::Start(position));
            start.map_err(ArchiveError::io("read", path))?;
        }
        Ok(Self {
            path: path.to_owned(),
            reader,
            position,
        })
    }
}

impl Iterator for Lines {
    type Item = Result<Line, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        let mut text = Vec::new();
        if let Err(fault) = reader.read_until(b'\n', &mut text) {
            self.reader = None;
            return Some(Err(ArchiveError::io("read", &self.path)(fault)));
        }
        if text.last() != Some(&b'\n') {
            return None;
        }
        let offset = self.position;
        self.position += text.len() as u64;
        Some(
            serde_json::from_slice(&text).map_err(|fault| ArchiveError::Damaged {
                path: self.path.clone(),
                offset,
                reason: fault.to_string(),
            }),
        )
    }
}
