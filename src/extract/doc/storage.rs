//! Opens the compound file that an old office document is: a small file
//! system of sectors.
//!
//! In: bytes. Out: its streams by name. A chain of sectors is never followed
//! further than the file is long.

/// Marks the end of a chain; sector numbers stay below.
const LAST_SECTOR: u32 = 0xffff_fffa;
/// Bytes of a directory entry.
const ENTRY: usize = 128;

/// An opened compound file.
pub(in crate::extract) struct Storage<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    /// Where streams shorter than `cutoff` lie, in sectors of `small` bytes.
    small_stream: Vec<u8>,
    small: usize,
    cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    is_root: bool,
    start: u32,
    size: usize,
}

impl<'a> Storage<'a> {
    /// `None` when the bytes are no compound file.
    pub(in crate::extract) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = |at| u16_at(bytes, at).filter(|shift| (6..=12).contains(shift));
        let mut storage = Self {
            bytes,
            sector: 1 << shift(30)?,
            table: Vec::new(),
            small_table: Vec::new(),
            small_stream: Vec::new(),
            small: 1 << shift(32)?,
            cutoff: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        storage.table = storage.sector_table();
        storage.small_table = numbers(&storage.chain(u32_at(bytes, 60)?));
        let directory = storage.chain(u32_at(bytes, 48)?);
        storage.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        let root = storage.entries.iter().find(|entry| entry.is_root)?;
        storage.small_stream = storage.chain(root.start);
        Some(storage)
    }

    /// Whether there is a stream of this name.
    pub(in crate::extract) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// A stream's bytes.
    pub(in crate::extract) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        let mut stream = if entry.size < self.cutoff {
            follow(&self.small_table, entry.start, |sector| {
                let at = sector.checked_mul(self.small)?;
                self.small_stream.get(at..at.checked_add(self.small)?)
            })
        } else {
            self.chain(entry.start)
        };
        stream.truncate(entry.size);
        Some(stream)
    }

    /// The table that says which sector follows which.
    fn sector_table(&self) -> Vec<u32> {
        let mut places: Vec<u32> = (0..109)
            .filter_map(|n| u32_at(self.bytes, 76 + 4 * n))
            .collect();
        let mut more = u32_at(self.bytes, 68).unwrap_or(LAST_SECTOR);
        // Tables too long for the header go on in sectors of their own.
        for _ in 0..self.bytes.len() / self.sector {
            let Some(sector) = self.at(more as usize).filter(|_| more < LAST_SECTOR) else {
                break;
            };
            let mut listed = numbers(sector);
            more = listed.pop().unwrap_or(LAST_SECTOR);
            places.extend(listed);
        }
        places
            .into_iter()
            .filter(|place| *place < LAST_SECTOR)
            .filter_map(|place| self.at(place as usize))
            .flat_map(numbers)
            .collect()
    }

    fn at(&self, sector: usize) -> Option<&'a [u8]> {
        let start = sector.checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        follow(&self.table, start, |sector| self.at(sector))
    }
}

/// The bytes of a chain of sectors, each at most once.
fn follow<'a>(table: &[u32], start: u32, at: impl Fn(usize) -> Option<&'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut sector = start;
    for _ in 0..=table.len() {
        let Some(piece) = at(sector as usize).filter(|_| sector < LAST_SECTOR) else {
            break;
        };
        bytes.extend_from_slice(piece);
        sector = table.get(sector as usize).copied().unwrap_or(LAST_SECTOR);
    }
    bytes
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> = bytes[..length]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        is_root: bytes[66] == 5,
        start: u32_at(bytes, 116)?,
        size: u32_at(bytes, 120)? as usize,
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.chunks_exact(4);
    fours
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect()
}

/// A little-endian number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

/// A little-endian number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
