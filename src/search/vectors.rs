//! Keeps the meanings of units at hand and finds the nearest.
//!
//! In: a searcher; then a [`Meaning`]. Out: the units nearest to it. Meanings
//! stand in the index itself, so that they are committed, merged, deleted and
//! copied with their units; of each segment's the signs are read once, before
//! it is first searched.
//!
//! The scan is flat: first by the signs of the numbers, 256 bits a unit, then
//! by the numbers of those that came nearest, which are read as they stand in
//! the index.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::{DocAddress, DocId, Searcher, SearcherGeneration, SegmentReader};

use crate::meaning::{DIMENSIONS, Meaning, likeness};
use crate::search::unit::Part;

/// A meaning in whole numbers of the index.
const WORDS: usize = DIMENSIONS / 8;
/// Its signs.
const SIGN_WORDS: usize = DIMENSIONS / 64;
/// Units whose numbers are compared, for each one wanted.
const SHORTLIST: usize = 10;
/// Fewest units whose numbers are compared.
const LEAST_SHORTLIST: usize = 3000;

/// The field that holds meanings.
pub(super) const FIELD: &str = "meaning";

/// The meanings of the segments in use.
#[derive(Default)]
pub(super) struct Vectors {
    segments: Mutex<HashMap<SegmentId, Arc<SegmentVectors>>>,
}

/// The meanings of one segment.
struct SegmentVectors {
    /// Signs by kind of unit.
    parts: HashMap<Part, Rows>,
    /// The numbers.
    numbers: Column<u64>,
}

/// The signs of the meanings of units of one kind.
#[derive(Default)]
struct Rows {
    docs: Vec<DocId>,
    signs: Vec<Signs>,
}

/// One bit for each number of a meaning.
type Signs = [u64; SIGN_WORDS];

/// How many signs of units differ from those wanted, by unit, and how many
/// units differ in so many.
struct Distances {
    by_row: Vec<u16>,
    units: [usize; DIMENSIONS + 1],
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
        let executor = searcher.index().search_executor();
        let segments = searcher.segment_readers().iter();
        let segments: tantivy::Result<Vec<_>> = segments.map(|reader| self.of(reader)).collect();
        let segments = segments?;
        let rows: Vec<(u32, &Rows)> = (0..)
            .zip(&segments)
            .flat_map(|(segment, vectors)| {
                let rows = parts.iter().filter_map(|part| vectors.parts.get(part));
                rows.map(move |rows| (segment, rows))
            })
            .collect();
        let signs = signs(meaning);
        let measure = |(_, rows): &(u32, &Rows)| Ok(rows.distances(&signs));
        let distances = executor.map(measure, rows.iter())?;
        let farthest = farthest(&distances, (wanted * SHORTLIST).max(LEAST_SHORTLIST));
        let mut found = Vec::new();
        for ((segment, rows), distances) in rows.into_iter().zip(distances) {
            let reader = searcher.segment_reader(segment);
            let numbers = &segments[segment as usize].numbers;
            let near = rows.docs.iter().zip(distances.by_row);
            for (&doc, _) in near.filter(|&(_, distance)| distance <= farthest) {
                if !reader.is_deleted(doc) {
                    found.push(Neighbour {
                        likeness: likeness(meaning, &unpacked(numbers.values_for_doc(doc))),
                        address: DocAddress::new(segment, doc),
                    });
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

    /// Reads what is not yet known of the segments of a searcher.
    pub(super) fn read(&self, searcher: &Searcher) -> tantivy::Result<()> {
        for reader in searcher.segment_readers() {
            self.of(reader)?;
        }
        Ok(())
    }

    /// Forgets the segments that nobody searches any more.
    pub(super) fn keep(&self, live: &[&SearcherGeneration]) {
        let live: HashSet<&SegmentId> = live
            .iter()
            .flat_map(|generation| generation.segments().keys())
            .collect();
        self.lock().retain(|segment, _| live.contains(segment));
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

impl SegmentVectors {
    fn read(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let mut vectors = Self {
            parts: HashMap::new(),
            numbers: columns.u64(FIELD)?,
        };
        let Some(parts) = columns.str("part")? else {
            return Ok(vectors);
        };
        let mut kinds: HashMap<u64, Option<Part>> = HashMap::new();
        for doc in 0..reader.max_doc() {
            let words: Vec<u64> = vectors.numbers.values_for_doc(doc).collect();
            let Some(ord) = parts.term_ords(doc).next().filter(|_| words.len() == WORDS) else {
                continue;
            };
            let kind = kinds.entry(ord).or_insert_with(|| {
                let mut id = String::new();
                parts.ord_to_str(ord, &mut id).ok()?;
                Part::of(&id)
            });
            if let Some(part) = *kind {
                let rows = vectors.parts.entry(part).or_default();
                rows.push(doc, &unpacked(words.into_iter()));
            }
        }
        Ok(vectors)
    }
}

impl Rows {
    fn push(&mut self, doc: DocId, meaning: &Meaning) {
        self.docs.push(doc);
        self.signs.push(signs(meaning));
    }

    fn distances(&self, wanted: &Signs) -> Distances {
        let mut units = [0_usize; DIMENSIONS + 1];
        let by_row = self.signs.iter().map(|row| {
            let differing = row.iter().zip(wanted).map(|(a, b)| (a ^ b).count_ones());
            let distance = differing.sum::<u32>();
            units[distance as usize] += 1;
            distance as u16
        });
        let by_row = by_row.collect();
        Distances { by_row, units }
    }
}

/// The distance within which so many units are, or all of them.
fn farthest(distances: &[Distances], wanted: usize) -> u16 {
    let mut within = 0;
    let farthest = (0..=DIMENSIONS).find(|&distance| {
        within += distances
            .iter()
            .map(|one| one.units[distance])
            .sum::<usize>();
        within >= wanted
    });
    farthest.unwrap_or(DIMENSIONS) as u16
}

/// The meaning that [`packed`] made these numbers of.
fn unpacked(words: impl Iterator<Item = u64>) -> Meaning {
    let mut meaning = [0; DIMENSIONS];
    for (bytes, word) in meaning.chunks_exact_mut(8).zip(words) {
        for (value, byte) in bytes.iter_mut().zip(word.to_le_bytes()) {
            *value = byte.cast_signed();
        }
    }
    meaning
}

/// One bit for each number: whether it is above 0.
fn signs(meaning: &Meaning) -> Signs {
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
        let meaning = leaning(17);
        assert_eq!(unpacked(packed(&meaning).into_iter()), meaning);
    }

    #[test]
    fn the_nearest_signs_are_within_the_farthest_distance() {
        let meanings: Vec<Meaning> = (0..DIMENSIONS)
            .map(|turned| std::array::from_fn(|at| if at < turned { -40 } else { 40 }))
            .collect();
        let mut rows = Rows::default();
        for (doc, meaning) in (0..).zip(&meanings) {
            rows.push(doc, meaning);
        }
        let distances = rows.distances(&signs(&meanings[100]));
        assert_eq!(distances.by_row[100], 0);
        assert_eq!(distances.by_row[90], 10);
        let (distances, few, all) = ([distances], 21, 1000);
        assert_eq!(farthest(&distances, few), 10);
        assert_eq!(farthest(&distances, all), DIMENSIONS as u16);
    }
}
