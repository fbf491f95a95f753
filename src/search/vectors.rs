//! Keeps the meanings of units at hand and finds the nearest.
//!
//! In: a searcher; then a [`Meaning`]. Out: the units nearest to it. Meanings
//! stand in the index itself, so that they are committed, merged, deleted and
//! copied with their units; each segment's are read once, before it is first
//! searched.
//!
//! The scan is flat: first by the signs of the numbers, 256 bits a unit, then
//! by the numbers of those that came nearest.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::{DocAddress, DocId, Searcher, SearcherGeneration, SegmentReader, Warmer};

use crate::search::meaning::{DIMENSIONS, Meaning, likeness};
use crate::search::unit::Part;

/// A meaning in whole numbers of the index.
const WORDS: usize = DIMENSIONS / 8;
/// Its signs.
const SIGN_WORDS: usize = DIMENSIONS / 64;
/// Units whose numbers are compared, for each one wanted.
const SHORTLIST: usize = 10;
/// Fewest units whose numbers are compared.
const LEAST_SHORTLIST: usize = 500;

/// The field that holds meanings.
pub(super) const FIELD: &str = "meaning";

/// The meanings of the segments in use.
#[derive(Default)]
pub(super) struct Vectors {
    segments: Mutex<HashMap<SegmentId, Arc<SegmentVectors>>>,
}

/// The meanings of one segment, by kind of unit.
#[derive(Default)]
struct SegmentVectors {
    parts: HashMap<Part, Rows>,
}

/// The meanings of units of one kind.
#[derive(Default)]
struct Rows {
    docs: Vec<DocId>,
    signs: Vec<[u64; SIGN_WORDS]>,
    meanings: Vec<Meaning>,
}

/// A unit near a meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Neighbour {
    /// How near: 1 for the same.
    pub likeness: f32,
    /// Where it is stored.
    pub address: DocAddress,
}

/// The numbers in which a meaning is kept.
pub(super) fn packed(meaning: &Meaning) -> [u64; WORDS] {
    std::array::from_fn(|word| {
        let bytes: [u8; 8] = std::array::from_fn(|byte| meaning[word * 8 + byte].cast_unsigned());
        u64::from_le_bytes(bytes)
    })
}

impl Vectors {
    /// The units of these kinds nearest to a meaning, nearest first.
    pub(super) fn nearest(
        &self,
        searcher: &Searcher,
        meaning: &Meaning,
        parts: &[Part],
        wanted: usize,
    ) -> tantivy::Result<Vec<Neighbour>> {
        let signs = signs(meaning);
        let mut found = Vec::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let vectors = self.of(reader)?;
            for rows in parts.iter().filter_map(|part| vectors.parts.get(part)) {
                for row in rows.shortlist(&signs, wanted) {
                    let doc = rows.docs[row];
                    if !reader.is_deleted(doc) {
                        let likeness = likeness(meaning, &rows.meanings[row]);
                        found.push(Neighbour {
                            likeness,
                            address: DocAddress::new(segment, doc),
                        });
                    }
                }
            }
        }
        found.sort_by(|a, b| {
            b.likeness
                .total_cmp(&a.likeness)
                .then(a.address.cmp(&b.address))
        });
        found.truncate(wanted);
        Ok(found)
    }

    fn of(&self, reader: &SegmentReader) -> tantivy::Result<Arc<SegmentVectors>> {
        let known = self.lock().get(&reader.segment_id()).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = Arc::new(SegmentVectors::read(reader)?);
        self.lock().insert(reader.segment_id(), Arc::clone(&read));
        Ok(read)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SegmentId, Arc<SegmentVectors>>> {
        self.segments.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Warmer for Vectors {
    fn warm(&self, searcher: &Searcher) -> tantivy::Result<()> {
        for reader in searcher.segment_readers() {
            self.of(reader)?;
        }
        Ok(())
    }

    fn garbage_collect(&self, live: &[&SearcherGeneration]) {
        let live: HashSet<&SegmentId> = live
            .iter()
            .flat_map(|generation| generation.segments().keys())
            .collect();
        self.lock().retain(|segment, _| live.contains(segment));
    }
}

impl SegmentVectors {
    fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut vectors = Self::default();
        let columns = reader.fast_fields();
        let (Some(parts), meanings) = (columns.str("part")?, columns.u64(FIELD)?) else {
            return Ok(vectors);
        };
        let mut kinds: HashMap<u64, Option<Part>> = HashMap::new();
        for doc in 0..reader.max_doc() {
            let words: Vec<u64> = meanings.values_for_doc(doc).collect();
            let Some(ord) = parts.term_ords(doc).next().filter(|_| words.len() == WORDS) else {
                continue;
            };
            let kind = kinds.entry(ord).or_insert_with(|| {
                let mut id = String::new();
                parts.ord_to_str(ord, &mut id).ok()?;
                Part::of(&id)
            });
            if let Some(part) = *kind {
                vectors.parts.entry(part).or_default().push(doc, &words);
            }
        }
        Ok(vectors)
    }
}

impl Rows {
    fn push(&mut self, doc: DocId, words: &[u64]) {
        let mut meaning = [0; DIMENSIONS];
        for (bytes, word) in meaning.chunks_exact_mut(8).zip(words) {
            for (value, byte) in bytes.iter_mut().zip(word.to_le_bytes()) {
                *value = byte.cast_signed();
            }
        }
        self.docs.push(doc);
        self.signs.push(signs(&meaning));
        self.meanings.push(meaning);
    }

    /// Rows whose signs come nearest to these; all of them, when they are few.
    fn shortlist(&self, wanted_signs: &[u64; SIGN_WORDS], wanted: usize) -> Vec<usize> {
        let length = (wanted * SHORTLIST).max(LEAST_SHORTLIST);
        if self.docs.len() <= length {
            return (0..self.docs.len()).collect();
        }
        let distance = |row: &[u64; SIGN_WORDS]| -> usize {
            let differing = row
                .iter()
                .zip(wanted_signs)
                .map(|(a, b)| (a ^ b).count_ones());
            differing.sum::<u32>() as usize
        };
        let mut at_distance = [0_usize; DIMENSIONS + 1];
        let distances: Vec<u16> = self
            .signs
            .iter()
            .map(|row| {
                let distance = distance(row);
                at_distance[distance] += 1;
                distance as u16
            })
            .collect();
        let mut within = 0;
        let farthest = at_distance.iter().position(|&count| {
            within += count;
            within >= length
        });
        let farthest = farthest.unwrap_or(DIMENSIONS) as u16;
        let near = distances
            .into_iter()
            .enumerate()
            .filter(|&(_, distance)| distance <= farthest);
        near.map(|(row, _)| row).collect()
    }
}

/// One bit for each number: whether it is above 0.
fn signs(meaning: &Meaning) -> [u64; SIGN_WORDS] {
    std::array::from_fn(|word| {
        let values = &meaning[word * 64..(word + 1) * 64];
        values
            .iter()
            .rev()
            .fold(0, |bits, &value| bits << 1 | u64::from(value > 0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A meaning that leans on one number.
    fn leaning(on: usize) -> Meaning {
        std::array::from_fn(|at| if at == on { 120 } else { (at % 7) as i8 - 3 })
    }

    #[test]
    fn what_is_kept_is_what_was_given() {
        let mut rows = Rows::default();
        let meaning = leaning(17);
        rows.push(4, &packed(&meaning));
        assert_eq!(rows.meanings, [meaning]);
        assert_eq!(rows.docs, [4]);
    }

    #[test]
    fn the_shortlist_holds_the_nearest() {
        let mut rows = Rows::default();
        for doc in 0..2000 {
            let sign = |at: usize| {
                if (at * 31 + doc as usize * 17) % 11 > 5 {
                    40
                } else {
                    -40
                }
            };
            let mut meaning: Meaning = std::array::from_fn(sign);
            meaning[doc as usize % DIMENSIONS] = 127;
            rows.push(doc, &packed(&meaning));
        }
        let wanted = rows.meanings[1234];
        let shortlist = rows.shortlist(&signs(&wanted), 10);
        assert!(shortlist.len() < 2000);
        assert!(shortlist.contains(&1234));
    }
}
