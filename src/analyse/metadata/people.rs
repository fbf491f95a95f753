//! Which capitalised words of a text are people.
//!
//! In: the text of a document. Out: how often a name occurs, and whether what
//! stands beside it shows that it is somebody's. No list of first names: a
//! pseudonym may be a tree, a bird or a colour.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::outline::Outline;

/// The capitalised words of a document.
#[derive(Debug, Default)]
pub(super) struct People {
    /// By word: how often it stands there, and how often as a person would.
    words: HashMap<String, (u32, u32)>,
    /// By pseudonym of several words.
    text: String,
}

/// What follows a person's name and seldom a place's or a body's.
const AFTER: [&str; 62] = [
    "was",
    "had",
    "is",
    "has",
    "who",
    "said",
    "told",
    "died",
    "lived",
    "went",
    "would",
    "did",
    "could",
    "needed",
    "wanted",
    "felt",
    "asked",
    "came",
    "saw",
    "mother",
    "mum",
    "father",
    "dad",
    "parents",
    "family",
    "brother",
    "sister",
    "siblings",
    "death",
    "life",
    "school",
    "case",
    "teacher",
    "story",
    "experience",
    "home",
    "gp",
    "body",
    "and",
    "did",
    "does",
    "might",
    "began",
    "left",
    "stayed",
    "started",
    "became",
    "attended",
    "moved",
    "took",
    "got",
    "made",
    "health",
    "needs",
    "behaviour",
    "injuries",
    "pregnancy",
    "foster",
    "social",
    "oedd",
    "yn",
    "wedi",
];
/// What stands before a place or body and seldom before a person.
const BEFORE_PLACE: [&str; 8] = [
    "in", "at", "near", "from", "across", "the", "around", "outside",
];

impl People {
    /// Counts the capitalised words of a document.
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let mut people = Self::default();
        for placed in &outline.blocks {
            people.count(&placed.block.text);
            people.text.push_str(&placed.block.text);
            people.text.push('\n');
        }
        people
    }

    fn count(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        for (index, word) in words.iter().enumerate() {
            let bare = bare(word);
            if bare.len() < 2 || !bare.starts_with(char::is_uppercase) {
                continue;
            }
            let before = index
                .checked_sub(1)
                .map_or("", |at| words[at])
                .to_lowercase();
            let after = words.get(index + 1).map_or("", |next| next).to_lowercase();
            let after = after.trim_matches(|c: char| !c.is_alphanumeric());
            let is_possessive = word.ends_with("'s") || word.ends_with("’s");
            let acts =
                AFTER.contains(&after) && (!word.ends_with(',') || after == "who") || is_possessive;
            let is_place = BEFORE_PLACE.contains(&before.as_str()) && !is_possessive;
            let entry = self.words.entry(bare.to_owned()).or_default();
            entry.0 += 1;
            entry.1 += u32::from(acts && !is_place);
        }
    }

    /// How often a name or pseudonym occurs.
    pub(super) fn mentions(&self, name: &str) -> u32 {
        if name.contains(' ') {
            let count = self.text.matches(name).count();
            return u32::try_from(count).unwrap_or(u32::MAX);
        }
        self.words.get(name).map_or(0, |(all, _)| *all)
    }

    /// Whether a word is used as a person's name: at least twice, and in one
    /// of five places or more.
    pub(super) fn is_person(&self, name: &str) -> bool {
        self.words
            .get(name)
            .is_some_and(|(all, acts)| *acts >= 2 && acts * 5 >= *all)
    }
}

impl People {
    /// Whoever is named far more often than anybody else.
    pub(super) fn most_mentioned(&self) -> Option<String> {
        let mut people: Vec<(&String, u32)> = self
            .words
            .iter()
            .filter(|(name, _)| {
                name.len() > 2 && !is_common(name) && !is_of_calendar(name) && self.is_person(name)
            })
            .map(|(name, (all, _))| (name, *all))
            .collect();
        people.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let (first, mentions) = people.first()?;
        let next = people.get(1).map_or(0, |(_, mentions)| *mentions);
        (*mentions >= 10 && *mentions >= 2 * next).then(|| (*first).clone())
    }
}

/// The word without punctuation and possessive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.trim_end_matches("'s").trim_end_matches("’s")
}

/// Names that stand beside an age of less than eighteen: "Natan was nine",
/// "Feven (6)", "Child A, aged seven".
pub(super) fn children_named(text: &str) -> Vec<String> {
    static AGED: LazyLock<Regex> = LazyLock::new(|| {
        let number = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|1[0-7]|[0-9])\b";
        Regex::new(&format!(
            r"\b(?P<name>(?:Child\s)?[A-Z][a-z]+|(?:Child\s)?[A-Z]\d?)\b(?:,?\s(?:who\s)?(?:was|is)\s(?:then\s|now\s|just\s)?|,\s(?:then\s)?(?:aged\s)?|\s\((?:aged\s)?)(?:aged\s)?{number}(?:\s(?:years?|months?|weeks?)|\W|$)"
        ))
        .expect("the pattern of names with ages compiles")
    });
    AGED.captures_iter(text)
        .filter_map(|hit| Some(hit.name("name")?.as_str().to_owned()))
        .collect()
}

/// Words in capitals as if they were printed in small letters; codes of one to
/// three letters stay.
pub(super) fn title_case(text: &str) -> String {
    let is_shouted = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let words = text.split(' ').map(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let is_upper = !word.chars().any(char::is_lowercase);
        let is_word =
            letters > 3 || (is_shouted && letters > 2 && !word.chars().any(|c| c.is_ascii_digit()));
        if is_upper && is_word {
            let mut chars = word.chars();
            let mut cased = String::new();
            for c in chars.by_ref() {
                cased.push(c);
                if c.is_alphabetic() {
                    break;
                }
            }
            cased.extend(chars.flat_map(char::to_lowercase));
            cased
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Words that are capitalised in titles and headings and are nobody's name.
const COMMON: &str = "\
a a'r al am as do go he if it me oh or so up us abbreviations about abuse accident accommodation across action adolygiad adroddiad adult \
adults affairs after age aged agencies agency agreed all allegation an analysis and annex annual \
answer any appendix approach arrangements assessment at audit authorities authority baby background \
became because before behaviour being benefit best between board bodies body boy boys brief briefing \
briefly briff brother bulletin but bwrdd by cafcass camau can care carer carers case cases cause \
centre chair chapter child children chronology circumstances college commission committee community \
complete concern concerned concerning concerns concise conclusion conference confidential \
constabulary contact contents context control council county court courts crime criminal criteria \
cryno crynodeb custody cymraeg date day days death deaths decision design development diogelu \
director disability discharge domestic download dr draft drug early easy education eight elective \
eleven emergency england english ensuring estynedig every everyone evidence exclusion executive \
experience experiences exploitation extended extra familial family father female final finding \
findings first five following focus for foreword foster four framework from full further general girl \
girls good government gp guidance guide gweithredol gweithredu harm have he health help her here \
hidden his history home homicide hospital house housing how i identifying impact implementation \
improvement improving in incident independent infant information initial injuries injury inquiry \
interim into introduction is issue it its joint journey justice key knife know known lead leaflet \
learned learning learnt left lessons letter life list lived living local lone looked lost love male \
management media meeting member men mental minute minutes missing mock model month months mother mr \
mrs ms multi multiagency murder my name national neglect new news nhs no non not note notice now \
nurse nursery o of office officer old on one only or order organisation other our out over overview \
page panel parent parental parents park part partners partnership past pathway pdf people person \
personal persons physical plain plan planning plant plentyn police policy post practice practitioner \
practitioners pregnancy prevention primary principal private procedure proceedings process \
professional professionals professor programme progress project protection protocol psychology \
public publication published question questions rapid read reading recommendation recommendations \
record recruitment reference referral reflections regarding regional register relating report \
reporting reports respect response responses review reviewer reviewers reviews risk road role \
saesneg safe safeguarding safer school schools scrutiny second section seen self serious service \
services seven sex sexual she sibling siblings sight significant single sister six sleep sleeping \
social some staff stage statement status statutory step story strategy street sub subject suicide \
summary supervision support systems team teenage template ten term terms the thematic theme themes there \
these they thirteen this three through time timeline title to together too toolkit town training \
transition twelve twenty two unborn under unified university unknown unseen until update use using \
version victim violence voice volume wales warning was way we week weeks welfare welsh were what \
when where which who why with women word work worker workers working world y year years ymarfer yn \
you young your youth yr action actions clinic did do done drug drugs early friendly group groups hub \
hubs intervention line link links matters nursing resilience rights said solutions wellbeing";

/// Words of the calendar: in a title mostly a date, sometimes a pseudonym.
const CALENDAR: &str = "\
january february march april may june july august september october november december monday tuesday \
wednesday thursday friday saturday sunday spring summer autumn winter christmas easter";

/// Whether a word is capitalised for other reasons than naming somebody.
pub(super) fn is_common(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| COMMON.split_whitespace().collect());
    WORDS.contains(word.to_lowercase().as_str())
}

/// Whether a word belongs to the calendar.
pub(super) fn is_of_calendar(word: &str) -> bool {
    let word = word.to_lowercase();
    CALENDAR.split_whitespace().any(|known| known == word)
}
