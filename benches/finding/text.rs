//! Makes up passages that read like the corpus without being it.
//!
//! In: a seed. Out: words drawn by which word follows which in the bundled
//! corpus' lessons and recommendations, with a tail of rare made-up words, so
//! that the vocabulary grows as it does in real text. The same seed gives the
//! same text.

use std::collections::HashMap;

/// One word in so many is a rare one.
const RARE: u64 = 40;
/// Syllables of made-up words.
const SYLLABLES: [&str; 16] = [
    "bar", "den", "fel", "gor", "hal", "kin", "lor", "mar", "nes", "pol", "rin", "sta", "tor",
    "ven", "wick", "ton",
];

/// Makes text.
pub(crate) struct TextMaker {
    words: Vec<String>,
    /// By word, the words that follow it, as often as they do.
    next: Vec<Vec<u32>>,
    state: u64,
}

impl TextMaker {
    /// Learns from the bundled corpus.
    pub(crate) fn new(seed: u64) -> Self {
        let gold: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/fixtures/sites-gold.json"))
                .expect("the bundled gold is JSON");
        let mut texts = Vec::new();
        gather(&gold, &mut texts);
        let mut maker = Self {
            words: Vec::new(),
            next: Vec::new(),
            state: seed | 1,
        };
        let mut places: HashMap<String, u32> = HashMap::new();
        for text in texts {
            let mut before: Option<u32> = None;
            for word in text.split_whitespace() {
                let place = *places.entry(word.to_owned()).or_insert_with(|| {
                    maker.words.push(word.to_owned());
                    maker.next.push(Vec::new());
                    maker.words.len() as u32 - 1
                });
                if let Some(before) = before {
                    maker.next[before as usize].push(place);
                }
                before = Some(place);
            }
        }
        maker
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % end
    }

    /// So many words.
    pub(crate) fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        let mut at = self.below(self.words.len() as u64) as usize;
        for _ in 0..words {
            if self.below(RARE) == 0 {
                let rare = self.rare();
                text.push_str(&rare);
            } else {
                text.push_str(&self.words[at]);
            }
            text.push(' ');
            let followers = self.next[at].len() as u64;
            at = if followers == 0 || self.below(12) == 0 {
                self.below(self.words.len() as u64) as usize
            } else {
                let chosen = self.below(followers) as usize;
                self.next[at][chosen] as usize
            };
        }
        text
    }

    /// A word that few other texts hold.
    fn rare(&mut self) -> String {
        let syllables = 2 + self.below(3);
        let syllables = (0..syllables).map(|_| SYLLABLES[self.below(16) as usize]);
        syllables.collect()
    }
}

/// Every `text` in the gold.
fn gather(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(text) = fields.get("text").and_then(|text| text.as_str()) {
                texts.push(text.to_owned());
            }
            fields.values().for_each(|field| gather(field, texts));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, texts)),
        _ => {}
    }
}
