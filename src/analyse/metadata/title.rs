//! The title as printed on the first page.
//!
//! In: a [`Reading`]. Out: the line of its front that names the document, with
//! the lines beside it that complete the name; else what the file or its link
//! calls it. Not the running head, not the publisher, not "Contents".

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::metadata::pseudonym;
use crate::analyse::metadata::review_type;
use crate::analyse::reading::{Line, Reading, Role};
use crate::analyse::text;
use crate::model::analysis::{Cited, Source};

/// Longer than any title printed as one.
const MOST_WORDS: usize = 40;
/// A name of so few words that names no document is gone on with.
const SHORT: usize = 4;
/// A line this much larger than the text is part of a display title.
const DISPLAY: f32 = 1.3;

/// Reads the title.
pub(in crate::analyse) fn read(reading: &Reading<'_>) -> Option<Cited<String>> {
    page_heading(reading)
        .or_else(|| printed(reading))
        .or_else(|| declared(reading))
        .or_else(|| linked(reading))
}

/// The heading of a page of a site: its first of the highest level.
fn page_heading(reading: &Reading<'_>) -> Option<Cited<String>> {
    if !reading.is_page() {
        return None;
    }
    let headings = reading.outline.sections.iter().skip(1);
    let section = headings
        .filter(|section| section.level <= 2)
        .min_by_key(|section| section.level)?;
    let at = reading.outline.blocks.get(section.blocks.start)?.at;
    Some(Cited {
        value: section.heading.clone(),
        source: Source::Text(at),
        confidence: 0.95,
    })
}

/// The best line of the front and those that complete it.
fn printed(reading: &Reading<'_>) -> Option<Cited<String>> {
    let declared = reading
        .document
        .declared
        .title
        .as_deref()
        .unwrap_or_default();
    let declared = text::tokens(declared);
    let lines = without_file_name(&reading.front.lines, &declared);
    let mut anchor: Option<(usize, i32)> = None;
    for (index, line) in lines.iter().enumerate() {
        if line.role == Role::Title {
            let score = score(line, lines, &declared);
            if anchor.is_none_or(|(_, best)| score > best) {
                anchor = Some((index, score));
            }
        }
    }
    let (anchor, score) = anchor?;
    let mut title = String::new();
    for line in extend(lines, anchor) {
        join(&mut title, line.text);
    }
    Some(Cited {
        value: tidy(&title),
        source: Source::Text(lines[anchor].at),
        confidence: if score >= 4 { 0.95 } else { 0.8 },
    })
}

/// The lines after one that only repeats what the file is called, as
/// converters set it above the text: "Child W SCR" over "Serious Case Review:
/// Child W". A line that says more than the next is the title itself.
fn without_file_name<'l, 'a>(lines: &'l [Line<'a>], declared: &[String]) -> &'l [Line<'a>] {
    /// What a file is called that says nothing of what is in it.
    const BARE: [&str; 8] = [
        "response",
        "letter",
        "report",
        "document",
        "final",
        "statement",
        "reply",
        "version",
    ];
    let mut titles = lines.iter().enumerate();
    let mut titles = titles.by_ref().filter(|(_, line)| line.role == Role::Title);
    let (Some((place, first)), Some((_, second))) = (titles.next(), titles.next()) else {
        return lines;
    };
    let own = text::tokens(first.text);
    let next = text::tokens(second.text);
    let is_spelt_out =
        |line: &Line<'_>| line.folded.contains("review") || line.folded.contains("adolygiad");
    let is_bare = own.iter().all(|word| BARE.contains(&word.as_str()));
    let shared = own.iter().filter(|word| next.contains(word)).count();
    let is_said_again = shared > 0 && (names_document(second) || names_subject(second));
    let says_more = is_spelt_out(first) && (names_subject(first) || !is_spelt_out(second));
    if own == declared && own != next && !says_more && (is_bare || is_said_again) {
        &lines[place + 1..]
    } else {
        lines
    }
}

/// How much a line looks like the name of the document.
fn score(line: &Line<'_>, lines: &[Line<'_>], declared: &[String]) -> i32 {
    let largest = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let tokens = text::tokens(line.text);
    let mut score = match line.level {
        Some(1) => 4,
        Some(2) => 3,
        Some(_) => 2,
        None => 0,
    };
    score += 3 * i32::from(line.size > 0.0 && line.size >= largest);
    score += 3 * i32::from(names_document(line));
    score += 2 * i32::from(names_subject(line));
    score += 4 * i32::from(text::containment(&tokens, declared) > 0.8);
    score
}

/// The best line with those beside it that belong to the title.
fn extend<'l, 'a>(lines: &'l [Line<'a>], anchor: usize) -> Vec<&'l Line<'a>> {
    let mut has = Has::default();
    has.add(&lines[anchor]);
    let mut title = vec![&lines[anchor]];
    for line in lines[..anchor].iter().rev() {
        let heads = heads(line, title[0]);
        let says_more = text::containment(&text::tokens(line.text), &has.tokens) < 1.0;
        if line.role != Role::Title || !says_more || !(has.gains(line) || heads) {
            break;
        }
        has.add(line);
        title.insert(0, line);
    }
    let mut skipped = 0;
    for line in &lines[anchor + 1..] {
        let is_too_long = has.words + text::word_count(line.text) > MOST_WORDS;
        if line.role == Role::Person || is_too_long || skipped > 1 {
            break;
        }
        let last = title[title.len() - 1];
        let belongs = match line.role {
            // A title printed again in other letters.
            Role::Title if has.says(line) => false,
            Role::Title => {
                has.is_completed_by(line) || runs_on(last, line) || is_same_display(last, line)
            }
            // Plans come in versions.
            Role::Date => skipped == 0 && VERSION.is_match(&line.folded),
            _ => false,
        };
        if belongs {
            has.add(line);
            title.push(line);
        } else if line.role == Role::Title {
            break;
        } else {
            skipped += 1;
        }
    }
    title
}

/// Whether a line is set above a title as its first part: "Lost in plain sight"
/// over "A review concerning Child M".
fn heads(line: &Line<'_>, title: &Line<'_>) -> bool {
    let is_higher = match (line.level, title.level) {
        (Some(line), Some(title)) => line <= title,
        (Some(_), None) => true,
        _ => false,
    };
    is_higher || is_same_display(line, title)
}

/// What a title has so far.
#[derive(Debug, Default)]
struct Has {
    law: bool,
    document: bool,
    subject: bool,
    words: usize,
    tokens: Vec<String>,
}

impl Has {
    fn add(&mut self, line: &Line<'_>) {
        self.law |= review_type::is_named_in(&line.folded);
        self.document |= DOCUMENT.is_match(&line.folded);
        self.subject |= names_subject(line);
        self.words += text::word_count(line.text);
        self.tokens.extend(text::tokens(line.text));
    }

    /// Whether a line goes on with a title: it brings what is missing, or the
    /// title is no more than a name so far.
    fn is_completed_by(&self, line: &Line<'_>) -> bool {
        let is_name = self.words <= SHORT && !self.document && !self.law;
        is_name || self.gains(line)
    }

    /// Whether a line of several words has none that is new.
    fn says(&self, line: &Line<'_>) -> bool {
        let words = text::tokens(line.text);
        words.len() > 2 && text::containment(&words, &self.tokens) >= 1.0
    }

    /// Whether a line brings what is missing.
    fn gains(&self, line: &Line<'_>) -> bool {
        !self.law && review_type::is_named_in(&line.folded)
            || !self.document && DOCUMENT.is_match(&line.folded)
            || !self.subject && names_subject(line)
    }
}

/// What a document is called besides the kind of review.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:report|response|answer|plan|summary|brief(?:ing)?|on a page|strategy|policy|protocol|newsletter|minutes|statement|progress|position|version|adroddiad|crynodeb|cynllun)\b",
    )
    .expect("the pattern of documents compiles")
});

fn names_document(line: &Line<'_>) -> bool {
    review_type::is_named_in(&line.folded)
        || DOCUMENT.is_match(&line.folded)
        || line.folded.contains("review")
}

static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:version [\w.]+,? )?(?:position|progress) (?:at|as at|to)\b")
        .expect("the pattern of versions compiles")
});

/// A coded pseudonym, a case's number, or a line of nothing but one or two
/// names.
fn names_subject(line: &Line<'_>) -> bool {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[A-Z][\w'’-]+(?:(?:,| and| &) [A-Z][\w'’-]+){0,3}$")
            .expect("the pattern of lone names compiles")
    });
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:case )?(?:[a-z]{2,6}[ /-]?){1,2}(?:n|no\.? ?)?\d{1,3}[ /-](?:19|20)?\d\d$")
            .expect("the pattern of case numbers compiles")
    });
    let names_review = review_type::is_named_in(&line.folded) || DOCUMENT.is_match(&line.folded);
    let text = pseudonym::without_note(line.text);
    !pseudonym::find(text).is_empty()
        || !names_review && ALONE.is_match(text.trim_matches(['"', '\'', '‘', '’', '“', '”']))
        || NUMBER.is_match(&line.folded)
}

/// Whether the sentence runs on from one line to the next.
fn runs_on(last: &Line<'_>, line: &Line<'_>) -> bool {
    let word = last.folded.rsplit(' ').next().unwrap_or_default();
    let first = line.folded.split(' ').next().unwrap_or_default();
    LINKING.contains(&word)
        || ["the", "a", "an"].contains(&word)
        || last.folded.ends_with([':', ',', '-', '/'])
        || LINKING.contains(&first)
        || line.text.starts_with(char::is_lowercase)
}

/// Words by which a title goes on.
const LINKING: [&str; 10] = [
    "of",
    "in",
    "on",
    "and",
    "for",
    "to",
    "into",
    "concerning",
    "regarding",
    "about",
];

/// Whether both lines are set in one large size.
fn is_same_display(last: &Line<'_>, line: &Line<'_>) -> bool {
    line.size > 0.0
        && (last.size - line.size).abs() < 0.2
        && line.level == last.level
        && line.size > 10.0 * DISPLAY
}

/// Adds a line to a title: with a colon, unless the sentence runs on.
fn join(title: &mut String, line: &str) {
    let last = text::fold(title);
    let last = last.rsplit(' ').next().unwrap_or_default();
    let runs_on = LINKING.contains(&last)
        || ["the", "a", "an"].contains(&last)
        || last.ends_with([':', ',', '-', '/'])
        || line.starts_with(char::is_lowercase);
    if !title.is_empty() {
        title.push_str(if runs_on { " " } else { ": " });
    }
    title.push_str(line);
}

fn tidy(title: &str) -> String {
    title
        .trim()
        .trim_end_matches([':', '-', '–', '|', ',', '.'])
        .trim()
        .to_owned()
}

/// What the file calls itself, unless that is a file name or a program's
/// default.
fn declared(reading: &Reading<'_>) -> Option<Cited<String>> {
    let title = reading.document.declared.title.as_deref()?.trim();
    let folded = text::fold(title);
    let is_default = [
        "microsoft",
        "untitled",
        "document",
        "slide",
        "layout",
        "powerpoint",
    ]
    .iter()
    .any(|word| folded.starts_with(word));
    let is_file_name = title.contains('_') || folded.contains(".doc") || folded.contains(".pdf");
    (!is_default && !is_file_name && text::word_count(title) > 1).then(|| Cited {
        value: title.to_owned(),
        source: Source::File,
        confidence: 0.6,
    })
}

/// What the link calls it.
fn linked(reading: &Reading<'_>) -> Option<Cited<String>> {
    let contexts = reading.found.contexts.iter();
    contexts
        .filter_map(|context| context.link_text.as_deref())
        .map(str::trim)
        .filter(|text| text::word_count(text) > 2)
        .max_by_key(|text| text.len())
        .map(|text| Cited {
            value: text.to_owned(),
            source: Source::Link,
            confidence: 0.5,
        })
}
