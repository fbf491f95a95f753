//! Reads one section that lists items: which of its lines begin an item, which
//! go on with it, which stand beside it.
//!
//! In: the lines of a section and what it lists. Out: drafts. A section is read
//! in one mode, decided by looking over all of it first: labelled after a word
//! ("Recommendation 3:"), labelled by number or code, bulleted, or in plain
//! paragraphs.

use std::collections::HashMap;

use crate::analyse::items::cues::{self, Role};
use crate::analyse::items::draft::Draft;
use crate::analyse::items::line::{Line, Shape};
use crate::analyse::label::Keyword;
use crate::analyse::text;

/// How the items of a section are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Each opens with a word and a label: `Recommendation 3:`.
    Called,
    /// Each opens with a label of this shape.
    Labelled(Shape),
    /// Each is a bullet.
    Bulleted,
    /// Each is a paragraph.
    Plain,
    /// The whole section is one item.
    One,
}

/// Reads the lines of a section.
pub(super) struct Region<'a, 'b> {
    role: Role,
    mode: Mode,
    lines: &'b [Line<'a>],
    open: Option<Draft>,
    /// Nesting of the line that began the open draft.
    depth: u8,
    /// No paragraph goes on with the open draft any more.
    is_closed: bool,
    stem: Option<String>,
    done: Vec<Draft>,
}

/// The drafts of a section that has this role. Rows are for the table reader.
///
/// `has_table` says that a table of the section lists the items already: then
/// no plain paragraph is one.
pub(super) fn read(lines: &[Line<'_>], role: Role, heading: &str, has_table: bool) -> Vec<Draft> {
    let Some(mode) = mode_of(lines, role, heading) else {
        return Vec::new();
    };
    if has_table && matches!(mode, Mode::Plain | Mode::One) {
        return Vec::new();
    }
    let mut region = Region {
        role,
        mode,
        lines,
        open: None,
        depth: 0,
        is_closed: false,
        stem: cues::is_stem(heading).then(|| heading.to_owned()),
        done: Vec::new(),
    };
    region.walk();
    region.done
}

/// How the items of a section are set; `None` when it seems to list none.
pub(super) fn mode_of(lines: &[Line<'_>], role: Role, heading: &str) -> Option<Mode> {
    let keyword = keyword_of(role);
    if lines.iter().any(|line| line.is_called(keyword)) {
        return Some(Mode::Called);
    }
    if let Some(shape) = best_shape(lines, role) {
        return Some(Mode::Labelled(shape));
    }
    if role == Role::Recommendations && cues::announces_one(heading) {
        return Some(Mode::One);
    }
    let bullets = lines
        .iter()
        .filter(|line| line.is_bullet && line.depth == 0)
        .count();
    let plain = lines
        .iter()
        .filter(|line| is_plain_item(line, role))
        .count();
    if bullets >= 2 && (role != Role::Recommendations || bullets >= plain) {
        return Some(Mode::Bulleted);
    }
    let is_short = lines.len() <= 14;
    (plain > 0 && (role == Role::Recommendations || is_short)).then_some(Mode::Plain)
}

/// The word that labels items of this role.
pub(super) fn keyword_of(role: Role) -> Keyword {
    match role {
        Role::Recommendations | Role::Apart => Keyword::Recommendation,
        Role::Lessons => Keyword::Lesson,
        Role::GoodPractice => Keyword::GoodPractice,
    }
}

/// The shape of label that most lines which read like items carry.
fn best_shape(lines: &[Line<'_>], role: Role) -> Option<Shape> {
    let mut counts: HashMap<Shape, (usize, usize)> = HashMap::new();
    let mut order = Vec::new();
    let mut after_stem = false;
    for line in lines.iter().filter(|line| !line.is_row) {
        if let Some(shape) = line.shape() {
            let is_item = after_stem || reads_like_item(line, role);
            let count = counts.entry(shape).or_default();
            count.0 += usize::from(
                is_item && !line.is_heading || is_item && text::word_count(line.text) > 8,
            );
            count.1 += 1;
            order.push(shape);
        } else if !line.is_bullet {
            after_stem = cues::is_stem(line.full);
        }
    }
    // A list numbered from one in a section that announces items is the list,
    // whatever words its language asks in.
    if let Some(shape) = runs_from_one(lines) {
        let count = counts.entry(shape).or_default();
        count.0 = count.0.max(count.1);
    }
    let is_majority = |(good, all): &(usize, usize)| *good > 0 && *good * 2 >= *all;
    let best = counts
        .iter()
        .filter(|(_, count)| is_majority(count))
        .max_by_key(|(shape, count)| {
            let first = order
                .iter()
                .position(|other| other == *shape)
                .unwrap_or(usize::MAX);
            (count.0, std::cmp::Reverse(first))
        })?;
    let is_list = best.1.0 >= 2 || lines.len() <= 6;
    is_list.then_some(*best.0)
}

/// The shape of labels that count up from the first number or letter without a
/// gap, at least three of them and each with a line of text.
fn runs_from_one(lines: &[Line<'_>]) -> Option<Shape> {
    let labelled = || {
        lines
            .iter()
            .filter(|line| line.depth == 0 && text::word_count(line.text) >= 5)
    };
    [
        (Shape::Number, "1"),
        (Shape::Capital, "A"),
        (Shape::Letter, "a"),
    ]
    .into_iter()
    .find_map(|(shape, first)| {
        let labels: Vec<&str> = labelled()
            .filter(|line| line.shape() == Some(shape))
            .filter_map(|line| line.label.as_deref())
            .collect();
        let follows =
            |pair: &[&str]| is_next_letter(pair[0], pair[1]) || is_next_number(pair[0], pair[1]);
        (labels.len() >= 3 && labels[0] == first && labels.windows(2).all(follows)).then_some(shape)
    })
}

/// Whether a labelled line reads like an item of this role.
fn reads_like_item(line: &Line<'_>, role: Role) -> bool {
    if line.text.trim().is_empty() {
        return true;
    }
    if cues::is_beside(line.full) || cues::is_introduction(line.full) {
        return false;
    }
    match role {
        Role::Recommendations => text::asks(line.text) || line.text.trim_end().ends_with('?'),
        _ => text::word_count(line.text) >= 4,
    }
}

/// Whether a line without label or bullet can be an item by itself.
fn is_plain_item(line: &Line<'_>, role: Role) -> bool {
    if line.is_row
        || line.is_bullet
        || line.is_heading
        || cues::is_beside(line.full)
        || cues::is_introduction(line.full)
    {
        return false;
    }
    match role {
        Role::Recommendations => text::asks(line.text),
        Role::Lessons => {
            (6..=120).contains(&text::word_count(line.text)) && !line.text.ends_with(':')
        }
        Role::GoodPractice => text::word_count(line.text) >= 8 && !line.text.ends_with(':'),
        Role::Apart => false,
    }
}

impl<'a> Region<'a, '_> {
    fn walk(&mut self) {
        for line in self.lines {
            if line.is_row {
                self.close();
            } else if self.begins(line) {
                self.begin(line);
            } else if line.is_heading {
                self.heading(line);
            } else if cues::is_beside(line.full) {
                self.is_closed = self
                    .open
                    .as_ref()
                    .is_some_and(|draft| !draft.pieces.is_empty());
            } else if self.goes_on(line) {
                self.push(line);
            } else {
                self.close();
                self.stem = cues::is_stem(line.full).then(|| line.full.to_owned());
            }
        }
        self.close();
    }

    fn begins(&self, line: &Line<'a>) -> bool {
        match self.mode {
            Mode::Called => line.is_called(keyword_of(self.role)),
            Mode::Labelled(shape) => self.begins_labelled(line, shape),
            Mode::Bulleted => line.is_bullet && line.depth == 0 && !self.is_list_of_open(line),
            Mode::Plain => {
                is_plain_item(line, self.role) && !cues::is_stem(line.full) && !self.same_box(line)
            }
            Mode::One => {
                self.open.is_none() && self.done.is_empty() && is_plain_item(line, self.role)
            }
        }
    }

    fn begins_labelled(&self, line: &Line<'a>, shape: Shape) -> bool {
        let Some(found) = line.shape() else {
            return false;
        };
        if self.open.is_some() && line.depth > self.depth {
            return false;
        }
        let follows = |last: &Draft| {
            let next = line.label.as_deref().unwrap_or_default();
            last.label
                .as_deref()
                .is_some_and(|label| is_next_letter(label, next))
        };
        let is_series =
            found == shape || self.open.as_ref().or(self.done.last()).is_some_and(follows);
        is_series && !cues::is_beside(line.full)
    }

    /// Whether a bullet completes a sentence that the open draft began.
    fn is_list_of_open(&self, line: &Line<'a>) -> bool {
        let Some(open) = &self.open else { return false };
        let is_fragment = line.text.starts_with(char::is_lowercase);
        open.is_unfinished()
            && (is_fragment && open.pieces.len() > 1
                || open.pieces.last().is_some_and(|p| p.ends_with(':')))
    }

    fn same_box(&self, line: &Line<'a>) -> bool {
        let Some(open) = &self.open else { return false };
        line.boxed.is_some()
            && self
                .lines
                .iter()
                .any(|other| other.index == open.start && other.boxed == line.boxed)
    }

    fn heading(&mut self, line: &Line<'a>) {
        let is_waiting = self
            .open
            .as_ref()
            .is_some_and(|draft| draft.pieces.is_empty());
        if is_waiting {
            return;
        }
        self.close();
        self.stem = Some(line.full.to_owned());
    }

    fn begin(&mut self, line: &Line<'a>) {
        self.close();
        let is_title = line.is_heading && self.mode == Mode::Called && !self.heading_is_text(line);
        let pieces = if is_title || line.text.trim().is_empty() {
            Vec::new()
        } else {
            vec![line.text.to_owned()]
        };
        self.depth = line.depth;
        self.open = Some(Draft {
            label: line.label.clone().filter(|_| self.mode != Mode::Bulleted),
            pieces,
            at: line.at,
            start: line.index,
            section: line.section,
            stem: self.stem.clone(),
            owner: None,
            confidence: self.confidence(),
        });
    }

    /// Whether the words after a label in a heading are the item, not its title.
    fn heading_is_text(&self, line: &Line<'a>) -> bool {
        match self.role {
            Role::Recommendations => {
                text::is_obligation(line.text) || text::word_count(line.text) > 14
            }
            _ => true,
        }
    }

    /// Whether a line that begins nothing belongs to the open draft.
    fn goes_on(&self, line: &Line<'a>) -> bool {
        let Some(open) = &self.open else { return false };
        if open.pieces.is_empty() {
            return !cues::is_introduction(line.full);
        }
        if self.is_closed || cues::is_introduction(line.full) {
            return false;
        }
        if self.is_only_body(line) {
            return true;
        }
        let is_point = line.is_bullet || line.shape().is_some_and(|shape| self.is_sub_point(shape));
        let is_mid_sentence = open.is_unfinished() && line.text.starts_with(char::is_lowercase);
        let is_more = self.role == Role::Recommendations
            && line.label.is_none()
            && text::is_obligation(line.text);
        is_point || is_mid_sentence || self.same_box(line) || (is_more && !cues::is_stem(line.full))
    }

    /// Whether a line is all there is under the heading that is the open lesson:
    /// the heading is then the first half of it. A heading above a chapter of
    /// analysis is the lesson by itself.
    fn is_only_body(&self, line: &Line<'a>) -> bool {
        let Some(open) = &self.open else { return false };
        let is_headed = self
            .lines
            .iter()
            .any(|head| head.is_heading && head.index == open.start);
        let body = self
            .lines
            .iter()
            .filter(|other| other.section == open.section && !other.is_heading);
        self.role == Role::Lessons && is_headed && line.section == open.section && body.count() == 1
    }

    fn is_sub_point(&self, shape: Shape) -> bool {
        match self.mode {
            Mode::Labelled(above) => shape.is_below(above),
            _ => true,
        }
    }

    fn push(&mut self, line: &Line<'a>) {
        let is_first = self
            .open
            .as_ref()
            .is_some_and(|draft| draft.pieces.is_empty());
        if let Some(open) = &mut self.open {
            if is_first {
                open.at = line.at;
            }
            // Sub-points are text of the item; a printed number in front of a
            // paragraph is not.
            let is_point = line.label.is_some() && !is_first;
            open.pieces.push(if is_point {
                line.text.to_owned()
            } else {
                line.text.trim().to_owned()
            });
        }
    }

    fn close(&mut self) {
        self.is_closed = false;
        if let Some(draft) = self.open.take()
            && draft.words() >= 3
        {
            self.done.push(draft);
        }
    }

    fn confidence(&self) -> f32 {
        match self.mode {
            Mode::Called => 0.95,
            Mode::Labelled(_) => 0.9,
            Mode::One => 0.85,
            Mode::Bulleted => 0.75,
            Mode::Plain => 0.6,
        }
    }
}

fn is_next_number(last: &str, next: &str) -> bool {
    match (last.parse::<u32>(), next.parse::<u32>()) {
        (Ok(last), Ok(next)) => next == last + 1,
        _ => false,
    }
}

/// Whether one single letter follows another in the alphabet: after `h)` comes
/// the letter `i)`, not the Roman number.
fn is_next_letter(last: &str, next: &str) -> bool {
    match (last.as_bytes(), next.as_bytes()) {
        ([a], [b]) => a.is_ascii_alphabetic() && *b == a + 1,
        _ => false,
    }
}
