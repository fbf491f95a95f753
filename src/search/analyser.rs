//! Turns text into the words that the index holds.
//!
//! In: text. Out: tokens. Four analysers share one idea of a word, so that a
//! query, a document and a highlight always agree on where words begin.
//!
//! A word is a run of letters and digits. Apostrophes inside it do not end it
//! (`children's` is one word) and `&` between single letters does not either
//! (`A&E`). Words are folded: lower case, no accents, no possessive `'s`,
//! `-ise` for `-ize`, since UK bodies print both.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{
    Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Changes whenever the same text would give other tokens.
pub(super) const VERSION: &str = "1";

/// Folded and stemmed as English; an acronym stands beside itself in capitals.
pub(super) const ENGLISH: &str = "lessons_english";
/// Folded, not stemmed.
pub(super) const PLAIN: &str = "lessons_plain";

/// Longest acronym whose capitals are kept, in letters.
const LONGEST_ACRONYM: usize = 6;
/// Longest word worth a place in the index, in bytes.
const LONGEST_WORD: usize = 64;
/// Stems that each thread remembers; more words than one review has.
const MOST_STEMS: usize = 10_000;

thread_local! {
    static STEMS: RefCell<Stems> = RefCell::new(Stems::new());
}

/// The analysers by the names that the schema uses.
pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    let english = TextAnalyzer::builder(Words { is_english: true })
        .filter(Stemmer::new(Language::English))
        .build();
    manager.register(ENGLISH, english);
    manager.register(PLAIN, Words { is_english: false });
    manager
}

/// A word as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte in the text.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// Folded, not stemmed.
    pub folded: String,
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = next_word(text, at) {
        let folded = fold(&text[start..end]);
        if is_word(&folded) {
            words.push(Word { start, end, folded });
        }
        at = end;
    }
    words
}

/// The English stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    STEMS.with_borrow_mut(|stems| stems.work_out(folded))
}

/// The English stem of a folded word of a published text. It is remembered,
/// since every word of what is shown may be stemmed, and most are the same few;
/// words of a question are not.
pub(super) fn stem_of_published(folded: &str) -> String {
    STEMS.with_borrow_mut(|stems| stems.remember(folded).to_owned())
}

/// First bytes of the words of a text whose stem may be this one, folded.
pub(super) fn initials(stem: &str) -> impl Iterator<Item = u8> + use<> {
    let first = stem.bytes().next();
    let irregular = IRREGULAR
        .iter()
        .filter(move |(_, regular)| regular.bytes().next() == first)
        .filter_map(|(form, _)| form.bytes().next());
    first.into_iter().chain(irregular)
}

/// Bytes of the words of a text in order, those that [`words`] gives.
pub(super) fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = next_word(text, at) {
        // Short words in plain letters are words as they stand.
        let is_plain = end - start <= LONGEST_WORD && text.as_bytes()[start].is_ascii();
        if is_plain || is_word(&fold(&text[start..end])) {
            spans.push((start, end));
        }
        at = end;
    }
    spans
}

fn is_word(folded: &str) -> bool {
    !folded.is_empty() && folded.len() <= LONGEST_WORD
}

/// Stems words.
struct Stems {
    analyser: TextAnalyzer,
    known: HashMap<Box<str>, Box<str>>,
}

impl Stems {
    fn new() -> Self {
        let words = TextAnalyzer::builder(Words { is_english: false });
        Self {
            analyser: words.filter(Stemmer::new(Language::English)).build(),
            known: HashMap::new(),
        }
    }

    fn work_out(&mut self, folded: &str) -> String {
        let mut stream = self.analyser.token_stream(regular(folded));
        let stem = stream.next().map_or(folded, |token| &token.text);
        stem.to_owned()
    }

    fn remember(&mut self, folded: &str) -> &str {
        if !self.known.contains_key(folded) {
            if self.known.len() >= MOST_STEMS {
                self.known.clear();
            }
            let stem = self.work_out(folded);
            self.known.insert(folded.into(), stem.into());
        }
        &self.known[folded]
    }
}

/// Whether a word is written as an acronym: two to six letters, all capitals.
pub(super) fn is_acronym(word: &str) -> bool {
    (2..=LONGEST_ACRONYM).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_shouted(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Bytes of the first word at or after `from`.
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((offset, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        let continues = next.is_some_and(char::is_alphanumeric);
        let is_single = offset <= 1;
        match c {
            _ if c.is_alphanumeric() || is_combining_mark(c) => end = start + offset + c.len_utf8(),
            '\'' | '\u{2019}' if continues => {}
            '&' if continues && is_single => {}
            // A soft hyphen is a place where a line might have ended.
            '\u{ad}' => {}
            _ => break,
        }
    }
    Some((start, end))
}

/// Lower case without accents, possessive or American `z`.
pub(super) fn fold(word: &str) -> String {
    let mut folded: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfkd()
            .filter(|&c| !is_combining_mark(c) && c != '\u{ad}')
            .map(|c| if c == '\u{2019}' { '\'' } else { c })
            .flat_map(char::to_lowercase)
            .collect()
    };
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    folded.retain(|c| c != '\'');
    british(&mut folded);
    folded
}

/// Writes `-ise`, `-isation` for `-ize`, `-ization`. Words of which the `z` is
/// part of the root (`prize`, `seize`, `size`) are too short to be meant.
fn british(word: &mut String) {
    const ENDINGS: [&str; 8] = [
        "ize", "ized", "izes", "izing", "izer", "izers", "ization", "izations",
    ];
    const ROOTS: [&str; 2] = ["caps", "down"];
    for ending in ENDINGS {
        let Some(root) = word.strip_suffix(ending) else {
            continue;
        };
        if root.len() >= 4 && !ROOTS.contains(&root) {
            let z = root.len() + 1;
            word.replace_range(z..=z, "s");
        }
        return;
    }
}

/// Forms that the stemmer does not bring together, and the form to stem. Words
/// of the trade's own prose; a form that is often another word (`left`, `lives`)
/// stays.
#[rustfmt::skip]
const IRREGULAR: [(&str, &str); 38] = [
    ("bitten", "bite"), ("broke", "break"), ("broken", "break"), ("brought", "bring"), ("came", "come"),
    ("children", "child"), ("drank", "drink"), ("drunk", "drink"), ("fed", "feed"), ("felt", "feel"),
    ("forgotten", "forget"), ("gave", "give"), ("given", "give"), ("gone", "go"), ("hidden", "hide"),
    ("kept", "keep"), ("knew", "know"), ("known", "know"), ("lost", "lose"), ("men", "man"), ("met", "meet"),
    ("midwives", "midwife"), ("saw", "see"), ("seen", "see"), ("slept", "sleep"),
    ("sought", "seek"), ("spoke", "speak"), ("spoken", "speak"),
    ("taken", "take"), ("taught", "teach"), ("thought", "think"), ("told", "tell"), ("took", "take"),
    ("understood", "understand"), ("went", "go"), ("women", "woman"), ("written", "write"), ("wrote", "write"),
];

/// The form of an English word that is stemmed.
fn regular(folded: &str) -> &str {
    let place = IRREGULAR.binary_search_by_key(&folded, |&(form, _)| form);
    place.map_or(folded, |place| IRREGULAR[place].1)
}

/// Cuts a text into folded words. As English, it makes irregular forms regular
/// and adds acronyms in capitals.
#[derive(Debug, Clone)]
struct Words {
    is_english: bool,
}

/// The tokens of one text, made before the first is asked for.
struct WordStream {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        let words = words(text);
        let written = |word: &Word| &text[word.start..word.end];
        // A line all in capitals shouts; it abbreviates nothing.
        let shouted = words
            .iter()
            .filter(|word| is_shouted(written(word)))
            .count();
        let with_acronyms = self.is_english && (shouted * 2 <= words.len() || words.len() == 1);
        let mut tokens = Vec::with_capacity(words.len());
        for (position, word) in words.iter().enumerate() {
            let token = |text: String| Token {
                offset_from: word.start,
                offset_to: word.end,
                position,
                text,
                position_length: 1,
            };
            if with_acronyms && is_acronym(written(word)) {
                tokens.push(token(written(word).to_owned()));
            }
            let folded = if self.is_english {
                regular(&word.folded)
            } else {
                &word.folded
            };
            tokens.push(token(folded.to_owned()));
        }
        WordStream {
            tokens: tokens.into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_keep_their_places() {
        check("The children’s lives", &["the", "children", "lives"]);
        check("A&E and P&L", &["a&e", "and", "p&l"]);
        check("co-sleeping (7-minute)", &["co", "sleeping", "7", "minute"]);
        check("Tŷ Gwyn, cáfodd", &["ty", "gwyn", "cafodd"]);
        check("O'Neil didn't", &["oneil", "didnt"]);
        check("care\u{ad}giver", &["caregiver"]);
        check("", &[]);
        check("… — !", &[]);
    }

    #[test]
    fn american_and_oxford_endings_are_read_as_british() {
        check(
            "organization recognized criticizing",
            &["organisation", "recognised", "criticising"],
        );
        check(
            "size prize seized capsize",
            &["size", "prize", "seized", "capsize"],
        );
    }

    #[test]
    fn english_stems_and_keeps_acronyms_beside_themselves() {
        check_english(
            "The MASH was sharing",
            &["the", "MASH", "mash", "was", "share"],
        );
        check_english("KEY FINDINGS", &["key", "find"]);
        check_english("neglected", &["neglect"]);
        assert_eq!(stem("organisation"), stem("organised"));
        assert_eq!(stem("midwives"), stem("midwife"));
        assert!(IRREGULAR.is_sorted());
        for (form, _) in IRREGULAR {
            let mut letters = initials(&stem_of_published(form));
            assert!(letters.any(|letter| letter == form.as_bytes()[0]), "{form}");
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = words(text);
        let folded: Vec<&str> = words.iter().map(|word| &*word.folded).collect();
        assert_eq!(folded, expected, "text: {text:?}");
        for word in &words {
            assert_eq!(fold(&text[word.start..word.end]), word.folded);
            let stem = stem_of_published(&word.folded);
            let is_first = |letter| text[word.start..].to_lowercase().as_bytes()[0] == letter;
            let is_plain = text.as_bytes()[word.start].is_ascii();
            assert!(!is_plain || initials(&stem).any(is_first), "{stem}");
        }
        let places = words.iter().map(|word| (word.start, word.end));
        assert_eq!(spans(text), places.collect::<Vec<_>>(), "text: {text:?}");
    }

    #[track_caller]
    fn check_english(text: &str, expected: &[&str]) {
        let mut analyser = manager().get(ENGLISH).unwrap();
        let mut stream = analyser.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push(token.text.clone());
        }
        assert_eq!(tokens, expected, "text: {text:?}");
    }
}
