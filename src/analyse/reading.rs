//! A document with what every rule about it as a whole asks for: its shape,
//! how it was found, and its front.
//!
//! In: a [`Document`], its [`Outline`] and how it was [`Found`]. Out: the
//! [`Front`]: the lines of its title page, or of the head of a document that
//! has none, each with the part it plays. Which of them make the title, name
//! the author or give a date is for the rules that read them.

use std::sync::LazyLock;

use regex::Regex;

use crate::analyse::Found;
use crate::analyse::outline::{Outline, Placed};
use crate::analyse::text;
use crate::model::analysis::Source;
use crate::model::date;
use crate::model::document::{Block, BlockKind, Document, Locator};

/// A document and what is known of it before its meaning is judged.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// What is printed.
    pub(super) document: &'a Document,
    /// Its sections and tables.
    pub(super) outline: &'a Outline<'a>,
    /// How it was found.
    pub(super) found: &'a Found<'a>,
    /// Its title page or head.
    pub(super) front: Front<'a>,
}

/// The lines before the body begins.
#[derive(Debug)]
pub(super) struct Front<'a> {
    /// In order.
    pub(super) lines: Vec<Line<'a>>,
}

/// A line of the front. Readers sometimes join several printed lines.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Where it stands.
    pub(super) at: Locator,
    /// As printed.
    pub(super) text: &'a str,
    /// The form in which rules compare it.
    pub(super) folded: String,
    /// Its level, when it is a heading.
    pub(super) level: Option<u8>,
    /// Text size in points; 0 when not known.
    pub(super) size: f32,
    /// The part it plays.
    pub(super) role: Role,
}

/// The part that a line of the front plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Title or a part of it.
    Title,
    /// Who publishes.
    Organisation,
    /// Who wrote, chaired or led.
    Person,
    /// A date and what it is the date of.
    Date,
    /// Everything else: notes to the reader, references, markings.
    Note,
}

/// A paragraph of more words belongs to the body.
const LONGEST_LINE: usize = 45;
/// A line of more words is a sentence, not part of a title.
const LONGEST_TITLE: usize = 32;
/// A document of fewer words says nothing of itself.
const FEWEST_WORDS: usize = 40;
/// A front that runs over more blocks is a body without a title page.
const MOST_LINES: usize = 25;

impl<'a> Reading<'a> {
    /// Puts together what the rules ask for.
    pub(super) fn of(
        document: &'a Document,
        outline: &'a Outline<'a>,
        found: &'a Found<'a>,
    ) -> Self {
        Self {
            document,
            outline,
            found,
            front: Front::of(outline, &found.partnership.name),
        }
    }

    /// The beginning, as the source of what the whole text says.
    pub(super) fn start(&self) -> Source {
        let first = self.outline.blocks.first();
        first.map_or(Source::File, |placed| Source::Text(placed.at))
    }

    /// Whether it is a picture without text, or next to it.
    pub(super) fn is_blank(&self) -> bool {
        let words = self
            .outline
            .blocks
            .iter()
            .map(|placed| text::word_count(&placed.block.text));
        words.sum::<usize>() < FEWEST_WORDS
    }

    /// Whether it is a page of a site rather than a file.
    pub(super) fn is_page(&self) -> bool {
        self.document.media_type.contains("html")
    }

    /// The sentences of the first blocks, up to so many words, those in the
    /// cells of tables included.
    pub(super) fn sentences(&self, words: usize) -> Vec<(Locator, &'a str)> {
        let mut sentences = Vec::new();
        for placed in self.head(words) {
            let block: &'a Block = &placed.block;
            let mut add = |text: &'a str| {
                sentences.extend(text::sentences(text).into_iter().map(|s| (placed.at, s)));
            };
            match &block.kind {
                BlockKind::Row { cells, .. } => {
                    for line in cells.iter().flat_map(|cell| cell.text.split('\n')) {
                        add(line);
                    }
                }
                _ => add(&block.text),
            }
        }
        sentences
    }

    /// The first blocks, title page included, up to so many words.
    pub(super) fn head(&self, words: usize) -> impl Iterator<Item = &'a Placed<'a>> + use<'a> {
        let mut seen = 0;
        let outline = self.outline;
        outline.blocks.iter().take_while(move |placed| {
            let goes_on = seen < words;
            seen += text::word_count(&placed.block.text);
            goes_on
        })
    }
}

impl<'a> Front<'a> {
    /// Reads the lines before the body begins.
    fn of(outline: &'a Outline<'a>, publisher: &str) -> Self {
        let mut lines: Vec<Line<'a>> = Vec::new();
        let mut page = None;
        let mut body_follows = false;
        let publisher = text::tokens(publisher);
        for placed in outline.blocks.iter().take(MOST_LINES) {
            let has_title = lines.iter().any(|line| line.role == Role::Title);
            let turns_page = page.is_some_and(|page| page != placed.at.page);
            if has_title && (turns_page || opens_body(placed)) {
                break;
            }
            page = Some(placed.at.page);
            if text::word_count(&placed.block.text) > LONGEST_LINE {
                body_follows = true;
                break;
            }
            lines.push(Line::of(placed, &publisher));
        }
        if body_follows && heads_body(&lines) {
            lines.pop();
        }
        Self { lines }
    }
}

/// Whether the last line is the heading of the first paragraph rather than a
/// part of the title: something above it is as high or names the document.
fn heads_body(lines: &[Line<'_>]) -> bool {
    let Some((last, above)) = lines.split_last() else {
        return false;
    };
    let Some(level) = last.level else {
        return false;
    };
    let is_title = |line: &&Line<'_>| {
        line.role == Role::Title
            && (line.level.is_some_and(|above| above <= level)
                || TITLE_WORD.is_match(&line.folded) && !TITLE_WORD.is_match(&last.folded))
    };
    above.iter().any(|line| is_title(&line))
}

impl<'a> Line<'a> {
    fn of(placed: &'a Placed<'_>, publisher: &[String]) -> Self {
        let text = placed.block.text.trim();
        let folded = text::fold(text);
        let is_publisher = text::tokens(text)
            .iter()
            .all(|word| publisher.contains(word));
        let role = match role_of(text, &folded, &placed.block.kind) {
            Role::Title if is_publisher => Role::Organisation,
            role => role,
        };
        Self {
            at: placed.at,
            text,
            folded,
            level: match placed.block.kind {
                BlockKind::Heading { level } => Some(level),
                _ => None,
            },
            size: placed.block.style.size,
            role,
        }
    }
}

static ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^(?:the\s)?[\w\s,&'./-]*(?:safeguarding|child\sprotection|community\ssafety|public\sprotection)[\w\s,&'/-]*
            (?:board|partnership|committee|partners|executive)(?:\s\(\w+\))?$
        | ^bwrdd\sdiogelu | ^[\w\s,&'-]*\bcouncil$ | ^safer\s[\w\s]*partnership$
        | ^(?:in\spartnership\swith|on\sbehalf\sof|with)\s[\w\s,&'-]+(?:partnership|board|council|police)$",
    )
    .expect("the pattern of publishers' names compiles")
});

static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:reviewers?|authors?|chair(?:ed|person|man|woman)?|rapporteur|facilitators?|consultant)\b
        | ^(?:written|prepared|compiled|conducted|undertaken|led|produced)\s+(?:and\s\w+\s)?by\b | ^by\s
        | \badolygwyr\b | \badolygydd\b | \bawdur\b",
    )
    .expect("the pattern of people's lines compiles")
});

/// "Overview report author: ...", "Report by ...": a person, though a document
/// is named.
static PERSON_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:reviewers?|authors?|chair)\b[^:]{0,30}:|^(?:a )?(?:report|review) (?:by|prepared by|written by)\b|, (?:independent |lead )+(?:reviewer|author)",
    )
    .expect("the pattern of people's labels compiles")
});

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        ^["(*] | ^(?:to:|from:|dear\s|cc:|this\s(?:report|document|summary|review|page|plan|response)|please|note\b|content\s|warning|it\sis\s|all\s|for\s|if\syou|read\s|not\s)
        | ^(?:ref(?:erence)?|status|draft|copy|official|restricted|confidential|embargo|owner|classification|file|page|contents|isbn|tel|email|www|conducted|undertaken|commissioned|reject|accept|skip|home|cookies?|menu|search)\b
        | \bpage\s\d+(?:\sof\s\d+)?$ | ^(?:\w+\s){0,3}v(?:ersion)?\.?\s?\d+(?:\.\d+)*\b[\w\s]{0,12}$
        | \b(?:confidential|not\sprotectively\smarked|embargoed|all\srights\sreserved|available\sin\s(?:welsh|english)|ar\sgael\syn)\b
        | ^\d+$ | ^[a-z]$ | https?://"#,
    )
    .expect("the pattern of notes compiles")
});

static TITLE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:review|report|response|action plan|summary|briefing?|minutes|plan|strategy|policy|newsletter|statement|adolygiad|adroddiad|crynodeb|l?cspr|s[ac]r|c[mp]r|dhr|susr)\b",
    )
    .expect("the pattern of title words compiles")
});

fn role_of(text: &str, folded: &str, kind: &BlockKind) -> Role {
    let words = text::word_count(text);
    let names_document = TITLE_WORD.is_match(folded);
    if matches!(kind, BlockKind::Row { .. } | BlockKind::ListItem { .. }) {
        return if PERSON.is_match(folded) {
            Role::Person
        } else {
            Role::Note
        };
    }
    if ORGANISATION.is_match(folded) && !names_document {
        return Role::Organisation;
    }
    if is_date_line(text, folded) {
        return Role::Date;
    }
    if PERSON.is_match(folded) && (!names_document || PERSON_LABEL.is_match(folded)) {
        return Role::Person;
    }
    let is_sentence = folded.ends_with('.') && words > 8;
    if words > LONGEST_TITLE || is_sentence || NOTE.is_match(folded) {
        return Role::Note;
    }
    Role::Title
}

/// Whether little but a date and its caption stands on a line.
fn is_date_line(text: &str, folded: &str) -> bool {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:19|20)\d\d(?:\s?[-/]\s?(?:19|20)?\d\d)?$")
            .expect("the pattern of bare years compiles")
    });
    if YEAR.is_match(folded) {
        return true;
    }
    let dates = date::find_dates(text);
    let Some((last, _)) = dates.last() else {
        return false;
    };
    let in_dates: usize = dates
        .iter()
        .map(|(range, _)| text::word_count(&text[range.clone()]))
        .sum();
    let others = text::word_count(text).saturating_sub(in_dates);
    let ends_in_date = text[last.end..].chars().all(|c| !c.is_alphanumeric());
    let is_plain = (others <= 4 * dates.len() || ends_in_date) && !TITLE_WORD.is_match(folded);
    is_plain || others <= 3 * dates.len() && CAPTION.is_match(folded)
}

static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:first )?publi|report (?:date|completed|published)|date|completed|review completed)")
        .expect("the pattern of captions compiles")
});

/// Whether a block opens the body: a list of contents, an introduction, a
/// numbered chapter.
fn opens_body(placed: &Placed<'_>) -> bool {
    static OPENER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)
            ^(?:(?:\d{1,2}|[ivx]+|chapter\s\w+|section\s\w+|part\s\w+)[.:)]?\s)?
            (?:(?:table\sof\s)?contents|introduction|foreword|preface|background|acknowledge?ments?|glossary|summary$|in\sbrief
               |cynnwys|cyflwyniad|rhagair|overview$|purpose|about\sthis|why\s|what\sthis|statement\sby|start\shere|context)\b
            | ^(?:1|1\.0|chapter\s(?:1|one)|part\s(?:1|one)|section\s(?:1|one))[.:)]?\s+\w",
        )
        .expect("the pattern of openings compiles")
    });
    let folded = text::fold(&placed.block.text);
    placed.is_heading && OPENER.is_match(&folded)
}
