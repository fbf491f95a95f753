//! Keeps the index in step with the catalogue.
//!
//! In: [`Publication`]s to take over and names of entries to drop. Out: a
//! commit that says which state of the catalogue it holds. A kill before the
//! commit leaves the index as it was; the next run asks the catalogue again for
//! what changed since.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tantivy::merge_policy::NoMergePolicy;
use tantivy::schema::Field;
use tantivy::{Index, IndexSettings, IndexWriter, SegmentMeta, TantivyDocument, Term};

use crate::meaning::table;
use crate::model::entry::EntryId;
use crate::search::IndexError;
use crate::search::analyser;
use crate::search::collect::{first_day, last_day};
use crate::search::folder::Folder;
use crate::search::names::Names;
use crate::search::schema::{self, Fields};
use crate::search::unit::{Part, Unit};
use crate::search::units::{Publication, units};
use crate::search::vectors::packed;

/// Memory for units not yet written, in bytes.
const BUFFER: usize = 64 * 1024 * 1024;
/// Threads that write. Two keep up with any catalogue, and more make more,
/// smaller segments.
const THREADS: usize = 2;

/// What a commit says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// [`schema::version`] of the program that wrote it.
    pub version: String,
    /// [`Names::fingerprint`] at that time.
    pub names: String,
    /// State of the catalogue that it holds.
    pub mark: String,
}

impl Stamp {
    /// What the newest commit says; `None` when it says nothing we understand.
    pub(super) fn of(index: &Index) -> Option<Self> {
        let payload = index.load_metas().ok()?.payload?;
        serde_json::from_str(&payload).ok()
    }
}

/// An index open for writing. Only one may be at a time.
pub struct Writer {
    index: IndexWriter,
    fields: Fields,
    names: Names,
    mark: Option<String>,
}

impl Writer {
    /// Opens the index in a folder that is its own. One that is missing,
    /// damaged, or written by another version or with other names is begun
    /// anew: [`Writer::mark`] is then `None`.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written or another writer has it.
    pub fn open(folder: &Path, names: &Names) -> Result<Self, IndexError> {
        let at = |source| IndexError::Open {
            path: folder.to_owned(),
            source,
        };
        let usable = open_index(folder).and_then(|index| {
            let stamp = Stamp::of(&index)?;
            let is_current =
                stamp.version == schema::version() && stamp.names == names.fingerprint();
            (is_current && is_sound(&index)).then_some((index, stamp.mark))
        });
        let (index, mark) = match usable {
            Some((index, mark)) => (index, Some(mark)),
            None => (begin_anew(folder)?, None),
        };
        let writer = index.writer_with_num_threads(THREADS, BUFFER).map_err(at)?;
        let (_, fields) = schema::schema();
        Ok(Self {
            index: writer,
            fields,
            names: names.clone(),
            mark,
        })
    }

    /// The state of the catalogue that the index holds, as given to
    /// [`Writer::commit`]; `None` when it holds nothing.
    #[must_use]
    pub fn mark(&self) -> Option<&str> {
        self.mark.as_deref()
    }

    /// Drops everything, from the next commit on.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be written.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.index.delete_all_documents()?;
        Ok(())
    }

    /// Puts the units of a publication in place of those it had.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be written.
    pub fn replace(&mut self, publication: Publication<'_>) -> Result<(), IndexError> {
        self.remove(&publication.entry.id);
        for (unit, place) in units(publication, &self.names).iter().zip(0..) {
            self.index.add_document(self.document(unit, place)?)?;
        }
        Ok(())
    }

    /// Drops the units of an entry.
    pub fn remove(&mut self, entry: &EntryId) {
        let term = Term::from_field_text(self.fields.entry, &entry.to_string());
        self.index.delete_term(term);
    }

    /// Makes all changes since the last commit visible at once. `mark` names
    /// the state of the catalogue that the index then holds.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be written; it is then as before.
    pub fn commit(&mut self, mark: &str) -> Result<(), IndexError> {
        let stamp = Stamp {
            version: schema::version(),
            names: self.names.fingerprint(),
            mark: mark.to_owned(),
        };
        let payload = serde_json::to_string(&stamp).map_err(IndexError::card)?;
        let mut prepared = self.index.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.mark = Some(stamp.mark);
        Ok(())
    }

    /// Writes every committed segment anew that holds something dropped, and
    /// removes the old ones, so that nothing of what was dropped is left on
    /// disk; then closes the index.
    ///
    /// # Errors
    ///
    /// Fails when the index cannot be written; it is then as before.
    pub fn purge(mut self) -> Result<(), IndexError> {
        // Merges that begin by themselves would take segments away from ours.
        self.index.set_merge_policy(Box::new(NoMergePolicy));
        let segments = self.index.index().searchable_segment_metas()?;
        let stale = segments.iter().filter(|one| one.num_deleted_docs() > 0);
        let stale: Vec<_> = stale.map(SegmentMeta::id).collect();
        if !stale.is_empty() {
            self.index.merge(&stale).wait()?;
        }
        self.index.garbage_collect_files().wait()?;
        self.close()
    }

    /// Waits until segments have been merged and closes the index. Without it,
    /// merges under way are given up, which costs time later and nothing else.
    ///
    /// # Errors
    ///
    /// Fails when a merge failed.
    pub fn close(self) -> Result<(), IndexError> {
        self.index.wait_merging_threads()?;
        Ok(())
    }

    fn document(&self, unit: &Unit, place: u32) -> Result<TantivyDocument, IndexError> {
        let (fields, card) = (&self.fields, &unit.card);
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, card.id());
        document.add_text(fields.entry, card.entry.to_string());
        document.add_text(fields.case, card.case.to_string());
        document.add_text(fields.part, card.part.id());
        document.add_u64(fields.case_key, key(&card.case));
        document.add_u64(fields.order, order(&card.entry, place));
        let meaning = table()
            .filter(|_| has_meaning(unit))
            .and_then(|table| table.meaning(&card.text));
        for word in meaning.iter().flat_map(packed) {
            document.add_u64(fields.meaning, word);
        }
        if let Some(date) = card.published {
            document.add_u64(fields.from, first_day(date));
            document.add_u64(fields.until, last_day(date));
        }
        for (facet, id) in &unit.facets {
            document.add_text(fields.facet(*facet), id);
        }
        self.add_texts(&mut document, unit);
        let stored = serde_json::to_string(card).map_err(IndexError::card)?;
        document.add_text(fields.card, stored);
        Ok(document)
    }

    fn add_texts(&self, document: &mut TantivyDocument, unit: &Unit) {
        let (fields, card, texts) = (&self.fields, &unit.card, &unit.texts);
        // Of Welsh text only the field without English stems is of use.
        let mut add = |field: Field, text: &str| {
            document.add_text(if texts.is_welsh { fields.welsh } else { field }, text);
            if card.part != Part::Passage {
                document.add_text(fields.plain, text);
            }
        };
        match card.part {
            Part::Review => {
                add(fields.title, &card.title);
                card.subjects
                    .iter()
                    .for_each(|subject| add(fields.title, subject));
                texts.items.iter().for_each(|item| add(fields.items, item));
                texts.body.iter().for_each(|block| add(fields.body, block));
                document.add_text(fields.facts, texts.facts.join("\n"));
            }
            Part::Passage => {
                card.heading
                    .iter()
                    .for_each(|heading| add(fields.passage, heading));
                add(fields.passage, &card.text);
            }
            _ => {
                add(fields.text, &card.text);
                document.add_text(
                    fields.about,
                    format!("{}\n{}", card.title, texts.facts.join("\n")),
                );
            }
        }
    }
}

/// What an index holds on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The state of the catalogue that it holds.
    pub mark: String,
    /// The names of its files. None but the last is ever changed: that one says
    /// which others belong to the index.
    pub files: Vec<String>,
}

/// What the newest commit in a folder consists of.
///
/// # Errors
///
/// Fails when there is no index there that this program can read.
pub fn committed(folder: &Path) -> Result<Committed, IndexError> {
    let unusable = || IndexError::Unusable {
        path: folder.to_owned(),
    };
    let index = open_index(folder).ok_or_else(unusable)?;
    let stamp = Stamp::of(&index).ok_or_else(unusable)?;
    let files = index.load_metas()?.list_segment_files().into_iter();
    // The engine lists what a segment may consist of.
    let files = files.filter(|file| folder.join(file).exists());
    let mut files: Vec<String> = files
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    files.sort();
    files.push("meta.json".to_owned());
    Ok(Committed {
        mark: stamp.mark,
        files,
    })
}

/// Whether a unit is found by meaning. A case is found by its passages; of
/// Welsh the table knows nothing.
fn has_meaning(unit: &Unit) -> bool {
    unit.card.part != Part::Review && !unit.texts.is_welsh
}

/// Head of the digest of a case's name, by which passages join their case.
pub(super) fn key(case: &EntryId) -> u64 {
    let hash = Sha256::digest(case.to_string().as_bytes());
    hash[..8]
        .iter()
        .fold(0, |key, &byte| key << 8 | u64::from(byte))
}

/// Units of one entry stand together in the order printed; entries in an order
/// that favours none.
fn order(entry: &EntryId, place: u32) -> u64 {
    (key(entry) >> 20 << 20) | u64::from(place.min((1 << 20) - 1))
}

/// The index in a folder, when there is one that opens.
pub(super) fn open_index(folder: &Path) -> Option<Index> {
    let mut index = Index::open(Folder::open(folder)?).ok()?;
    index.set_tokenizers(analyser::manager());
    (index.schema() == schema::schema().0).then_some(index)
}

/// Whether every file of an index holds what was written.
pub(super) fn is_sound(index: &Index) -> bool {
    let damaged = index.validate_checksum();
    damaged.is_ok_and(|damaged| damaged.is_empty())
}

fn begin_anew(folder: &Path) -> Result<Index, IndexError> {
    let io = |source| IndexError::Folder {
        path: folder.to_owned(),
        source,
    };
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(io)?;
    }
    std::fs::create_dir_all(folder).map_err(io)?;
    let at = |source| IndexError::Open {
        path: PathBuf::from(folder),
        source,
    };
    let files = Folder::open(folder).ok_or_else(|| IndexError::Unusable {
        path: folder.to_owned(),
    })?;
    let settings = IndexSettings::default();
    let mut index = Index::create(files, schema::schema().0, settings).map_err(at)?;
    index.set_tokenizers(analyser::manager());
    Ok(index)
}
