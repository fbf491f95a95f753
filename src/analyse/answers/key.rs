//! What the colours, letters and words of a plan mean: its own key.
//!
//! In: the outline of a document. Out: a [`Key`], which answers what a status
//! cell comes to by its words, its letter or its colour. "Green = on track" is
//! in progress, whatever green means elsewhere.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::answers::colour::Colour;
use crate::analyse::answers::status::{self, Meaning, Reading};
use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::analysis::Status;
use crate::model::document::{BlockKind, Cell};

/// What the signs of a document mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Key {
    /// Folded terms ("green", "g", "on track") and what they stand for.
    terms: Vec<(String, Reading)>,
    /// Blocks that make the key, indices into the outline.
    pub(super) blocks: Vec<usize>,
    /// Whether plans of this document use blue.
    has_blue: bool,
}

/// Confidence of a colour that the document's key explains.
const BY_KEY: f32 = 0.95;
/// Confidence of a colour without a key.
const BY_CUSTOM: f32 = 0.6;
/// Most words of a term that a key explains.
const MAX_TERM_WORDS: usize = 4;
/// Most words that explain a term.
const MAX_DEFINITION_WORDS: usize = 45;

impl Key {
    /// Collects what the document says about its own signs.
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let mut key = Self::default();
        for (index, placed) in outline.blocks.iter().enumerate() {
            let before = index
                .checked_sub(1)
                .map(|before| &outline.blocks[before].block.kind);
            let found = match (&placed.block.kind, before) {
                (BlockKind::Row { cells, .. }, Some(BlockKind::Row { cells: above, .. })) => {
                    let columns = key_columns(above, cells);
                    if columns.is_empty() {
                        key_row(cells)
                    } else {
                        columns
                    }
                }
                (BlockKind::Row { cells, .. }, _) => key_row(cells),
                _ => key_text(&placed.block.text),
            };
            if !found.is_empty() {
                key.blocks.push(index);
            }
            key.learn(found);
            if let BlockKind::Row { cells, .. } = &placed.block.kind {
                key.learn(cells.iter().flat_map(|cell| key_in_header(&cell.text)));
            }
        }
        key.has_blue = uses_blue(outline);
        key.drop_chance_finds();
        key
    }

    /// Takes in entries; the first that explains a term is believed.
    fn learn(&mut self, entries: impl IntoIterator<Item = (String, Reading)>) {
        for (term, reading) in entries {
            if !self.terms.iter().any(|(known, _)| *known == term) {
                self.terms.push((term, reading));
            }
        }
    }

    /// One explained term is a sentence, not a key.
    fn drop_chance_finds(&mut self) {
        if self.terms.len() < 2 {
            self.terms.clear();
            self.blocks.clear();
        }
    }

    /// What a status cell comes to: its words by the key, its words as such,
    /// its letter or colour name, its background.
    pub(super) fn read(&self, text: &str, shade: Option<u32>) -> Option<Reading> {
        self.by_words(text).or_else(|| {
            shade
                .and_then(Colour::of_shade)
                .and_then(|colour| self.by_colour(colour))
        })
    }

    /// What a status cell comes to; where it goes on to tell more, its first
    /// sentence.
    pub(super) fn read_opening(&self, text: &str, shade: Option<u32>) -> Option<Reading> {
        let first = text::sentences(text).first().copied().unwrap_or_default();
        self.read(text, shade).or_else(|| self.read(first, shade))
    }

    /// What the words of a status cell come to.
    fn by_words(&self, printed: &str) -> Option<Reading> {
        let folded = text::fold(printed);
        let folded = match Colour::of_sign(printed) {
            Some(_) => printed.trim(),
            None => status::trim_signs(&folded),
        };
        if folded.is_empty() || text::word_count(folded) > status::MAX_PHRASE_WORDS {
            return None;
        }
        if let Some(reading) = self.explained(folded) {
            return Some(reading);
        }
        if let Some(colour) = Colour::of_sign(folded) {
            return self.by_colour(colour);
        }
        // The last of several is the newest: "Amber, now Green".
        let colour = Colour::last_named(folded);
        let without = Colour::without_names(folded);
        status::of_phrase(&without).or_else(|| colour.and_then(|colour| self.by_colour(colour)))
    }

    fn explained(&self, folded: &str) -> Option<Reading> {
        self.terms
            .iter()
            .find(|(term, _)| term == folded)
            .map(|(_, reading)| *reading)
    }

    fn by_colour(&self, colour: Colour) -> Option<Reading> {
        let names = colour.names();
        let explained = names.iter().find_map(|name| self.explained(name));
        explained.or_else(|| self.by_custom(colour))
    }

    /// What a colour means where no key explains it.
    fn by_custom(&self, colour: Colour) -> Option<Reading> {
        let meaning = match colour {
            Colour::Blue => Meaning::Is(Status::Completed),
            Colour::Green if self.has_blue => Meaning::Is(Status::InProgress),
            Colour::Green => Meaning::Is(Status::Completed),
            Colour::Amber => Meaning::Is(Status::InProgress),
            Colour::Red => Meaning::Unfinished,
            Colour::Purple | Colour::Grey => return None,
        };
        Some(Reading {
            meaning,
            confidence: BY_CUSTOM,
        })
    }
}

/// A row of a key: each short term beside what it stands for. The term may be
/// a background alone, or a background beside its name.
fn key_row(cells: &[Cell]) -> Vec<(String, Reading)> {
    let cells: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_merged).collect();
    if let [sign, name, definition] = cells.as_slice()
        && sign.text.trim().is_empty()
    {
        return entry(name, definition).into_iter().collect();
    }
    if cells.len() < 2 || cells.len() > 12 || cells.len() % 2 == 1 {
        return Vec::new();
    }
    let entries: Option<Vec<_>> = cells
        .chunks(2)
        .map(|pair| entry(pair[0], pair[1]))
        .collect();
    entries.unwrap_or_default()
}

/// A key in two rows: terms above, what they stand for below.
fn key_columns(terms: &[Cell], definitions: &[Cell]) -> Vec<(String, Reading)> {
    if terms.len() < 2 || terms.len() != definitions.len() {
        return Vec::new();
    }
    let entries: Option<Vec<_>> = terms
        .iter()
        .zip(definitions)
        .map(|(term, definition)| entry(term, definition))
        .collect();
    entries.unwrap_or_default()
}

fn entry(term: &Cell, definition: &Cell) -> Option<(String, Reading)> {
    let definition = definition.text.replace('\n', " ");
    let is_short = text::word_count(&definition) <= MAX_DEFINITION_WORDS;
    let reading = status::of_definition(&definition).filter(|_| is_short)?;
    Some((term_of(term)?, by_key(reading)))
}

/// The term that a cell of a key holds: a colour, a letter, a status phrase, or
/// the name of its background.
fn term_of(cell: &Cell) -> Option<String> {
    let folded = text::fold(&cell.text);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if folded.is_empty() {
        let colour = cell.shade.and_then(Colour::of_shade)?;
        return Some(colour.names()[0].to_owned());
    }
    let is_short = text::word_count(folded) <= MAX_TERM_WORDS;
    let is_sign = Colour::last_named(folded).is_some()
        || status::of_phrase(folded).is_some()
        || (folded.chars().count() == 1 && cell.shade.is_some());
    (is_short && is_sign).then(|| folded.to_owned())
}

static TERM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?xi)
        (?: ^ | [\s(\[,;:.|"“‘'•] )
        (?P<term> blue|green|amber|yellow|orange|red|purple|gr[ea]y|glas|gwyrdd|ambr|oren|melyn|coch|llwyd
            | (?-i:[BGARY])
            | complete[d]?|closed|on\strack|in\sprogress|under\s?way|delayed|overdue|at\srisk|not\sstarted|off\strack|ongoing|embedded )
        ["”’']? \s*
        (?: \([^)]{1,30}\) \s* )?
        (?: = | : | \s[-–—]\s | –|—|-\s | \| | \bmeans\b | \bmeaning\b | \bindicates\b | \bdenotes\b | \bshows\b | \bsignifies\b | \brepresents\b
            | \bis\sused\s(?:for|where|when|to\smean)\b | \bis\sfor\b | \bstands\sfor\b | \bis\b | \bare\b )
        \s* (?:that\s)?
        "#,
    )
    .expect("the pattern of key entries compiles")
});

/// A letter of a key of its own: "C = complete, O = ongoing".
static LETTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?:^|[\s(\[,;:.|])["“]?(?P<term>[A-Z]{1,4}|[A-Z]/[A-Z])["”]?\s*(?:=|means|-|–)\s*"#,
    )
    .expect("the pattern of lettered keys compiles")
});

/// The entries of a key that is printed as text: "GREEN means that the action
/// has been completed. AMBER means …", "B = complete; G = on track".
fn key_text(printed: &str) -> Vec<(String, Reading)> {
    let entries = entries_of(&TERM, printed);
    let is_key = entries.len() > 1 || opens_with_term(printed);
    if is_key && !entries.is_empty() {
        return entries;
    }
    let lettered = entries_of(&LETTER, printed);
    if lettered.len() > 1 {
        lettered
    } else {
        Vec::new()
    }
}

/// What stands between the heads of entries and the next.
fn entries_of(head: &Regex, printed: &str) -> Vec<(String, Reading)> {
    let heads: Vec<_> = head.captures_iter(printed).collect();
    let mut entries = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let (Some(whole), Some(term)) = (head.get(0), head.name("term")) else {
            continue;
        };
        let end = heads
            .get(index + 1)
            .and_then(|next| next.get(0))
            .map_or(printed.len(), |next| next.start());
        let definition = printed[whole.end()..end].trim();
        // Only a key's last entry can run on into ordinary text.
        let definition = text::sentences(definition)
            .first()
            .copied()
            .unwrap_or_default();
        if text::word_count(definition) > MAX_DEFINITION_WORDS {
            continue;
        }
        if let Some(reading) = status::of_definition(definition) {
            entries.push((text::fold(term.as_str()), by_key(reading)));
        }
    }
    entries
}

/// A key in the brackets of a column heading: `BRAG (B = closed, G = on
/// target)`.
fn key_in_header(cell: &str) -> Vec<(String, Reading)> {
    match cell.split_once('(') {
        Some((head, key)) if text::word_count(head) <= MAX_TERM_WORDS => key_text(key),
        _ => Vec::new(),
    }
}

/// A key printed as a list has one entry in each item.
fn opens_with_term(printed: &str) -> bool {
    TERM.find(printed).is_some_and(|found| found.start() == 0)
        && text::word_count(printed) <= MAX_DEFINITION_WORDS
}

fn by_key(reading: Reading) -> Reading {
    Reading {
        confidence: reading.confidence.min(BY_KEY),
        ..reading
    }
}

/// Whether any plan marks rows in blue: where it does, green is not the end.
fn uses_blue(outline: &Outline<'_>) -> bool {
    outline
        .blocks
        .iter()
        .any(|placed| match &placed.block.kind {
            BlockKind::Row {
                cells,
                is_header: false,
                ..
            } => cells
                .iter()
                .any(|cell| ["blue", "b"].contains(&text::fold(cell.text.trim()).as_str())),
            _ => false,
        })
}
