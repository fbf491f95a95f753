//! What clients search for.

use crate::clients::Asked;

/// Words, several words, a phrase, a misspelling, a prefix, Welsh, a question in
/// a sentence.
const QUESTIONS: &[&str] = &[
    "neglect",
    "domestic+abuse",
    "information+sharing",
    "%22professional+curiosity%22",
    "neglekt",
    "safeguard*",
    "esgeulustod",
    "agencies+did+not+share+what+they+knew+about+the+baby",
];

/// Words that such questions are made of.
const WORDS: &[&str] = &[
    "abuse",
    "adult",
    "alcohol",
    "assessment",
    "baby",
    "bruising",
    "child",
    "conference",
    "court",
    "curiosity",
    "death",
    "disability",
    "domestic",
    "drugs",
    "family",
    "father",
    "harm",
    "health",
    "history",
    "home",
    "hospital",
    "housing",
    "information",
    "injury",
    "mental",
    "midwife",
    "mother",
    "multi-agency",
    "neglect",
    "nurse",
    "plan",
    "police",
    "professional",
    "record",
    "referral",
    "risk",
    "safeguarding",
    "school",
    "sharing",
    "siblings",
    "social",
    "suicide",
    "supervision",
    "support",
    "thresholds",
    "training",
    "violence",
    "visit",
    "worker",
    "young",
];

/// Where it is searched for.
const LISTS: &[&str] = &["reviews", "recommendations", "lessons", "answers"];

/// The same few searches again and again, as a public service is asked.
pub(crate) struct Repeated;

impl Asked for Repeated {
    fn path(&self, client: usize, turn: usize) -> String {
        let number = client + turn;
        let question = QUESTIONS[number / LISTS.len() % QUESTIONS.len()];
        let list = LISTS[number % LISTS.len()];
        format!("/api/v1/{list}?q={question}")
    }
}

/// Searches of one to three words, no two of them the same.
pub(crate) struct Distinct {
    pub n_clients: usize,
}

impl Asked for Distinct {
    fn path(&self, client: usize, turn: usize) -> String {
        let number = turn * self.n_clients + client;
        let list = LISTS[number % LISTS.len()];
        let mut rest = number / LISTS.len();
        let mut question = String::new();
        // A number in digits, written as words, the lowest first.
        while rest > 0 || question.is_empty() {
            question.push_str(if question.is_empty() { "" } else { "+" });
            question.push_str(WORDS[rest % WORDS.len()]);
            rest /= WORDS.len();
        }
        format!("/api/v1/{list}?q={question}")
    }
}
