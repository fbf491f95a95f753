//! Opens the zip archive that an office document is.
//!
//! In: bytes. Out: its parts, each and all of them limited in size, so that a
//! small file cannot unfold without bound.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::extract::ExtractError;
use crate::extract::xml::{self, Element};

/// Largest part that is read, and the most that is read in all, in bytes.
const MAX_PART_BYTES: u64 = 64 << 20;
const MAX_TOTAL_BYTES: u64 = 160 << 20;

/// An opened archive.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, ExtractError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| ExtractError::Damaged {
                format,
                reason: error.to_string(),
            })?;
        Ok(Self {
            archive,
            format,
            left: MAX_TOTAL_BYTES,
        })
    }

    /// A part's XML; `None` when there is no such part.
    ///
    /// # Errors
    ///
    /// Fails when the part will not unpack or is larger than what is read.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Element>, ExtractError> {
        let damaged = |reason: String| ExtractError::Damaged {
            format: self.format,
            reason,
        };
        let limit = MAX_PART_BYTES.min(self.left);
        let Ok(file) = self.archive.by_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(format!("part `{name}`: {error}")))?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(damaged(format!(
                "part `{name}` unfolds to more than {limit} bytes"
            )));
        }
        self.left -= length;
        Ok(Some(xml::parse(&bytes).0))
    }

    /// The part, or an empty element when it is missing or will not open: for
    /// parts that a document can do without.
    pub(super) fn optional(&mut self, name: &str) -> Element {
        self.part(name).ok().flatten().unwrap_or_default()
    }

    /// Targets of a part's relationships as full part names, by type.
    pub(super) fn relationships(&mut self, part: &str) -> Vec<Relationship> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let rels = self.optional(&format!("{folder}{slash}_rels/{file}.rels"));
        rels.elements()
            .filter_map(|element| {
                let target = element.attr("Target")?;
                Some(Relationship {
                    id: element.attr("Id").unwrap_or_default().to_owned(),
                    kind: element.attr("Type")?.rsplit('/').next()?.to_owned(),
                    part: resolved(folder, target),
                })
            })
            .collect()
    }
}

/// What a part points to.
pub(super) struct Relationship {
    /// Its name within the part.
    pub(super) id: String,
    /// Last word of its type, e.g. `footnotes`.
    pub(super) kind: String,
    pub(super) part: String,
}

fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            name => path.push(name),
        }
    }
    path.join("/")
}
