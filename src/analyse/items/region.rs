//! Reads one section that lists items: which of its lines begin an item, which
//! go on with it, which stand beside it.
//!
//! In: the lines of a section and what it lists. Out: drafts. A section is read
//! in one mode, decided by looking over all of it first: labelled after a word
//! ("Recommendation 3:"), labelled by number or code, bulleted, or in plain
//! paragraphs.

use crate::analyse::items::cues::{self, Role};
use crate::analyse::items::draft::Draft;
use crate::analyse::items::line::{Line, Shape};
use crate::analyse::items::mode::{self, Mode};
use crate::analyse::items::praise;
use crate::analyse::items::told;
use crate::analyse::label::Keyword;
use crate::analyse::text;

/// A longer paragraph under a lesson's heading tells the story behind it.
const MAX_HEADED_WORDS: usize = 70;

/// Reads the lines of a section.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of where the reading stands, in any combination"
)]
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
    /// The last heading only names the subject of what stands under it.
    is_under_title: bool,
    /// The open lesson stands under such a heading.
    is_titled: bool,
    /// The line before asks what was learnt.
    is_asked: bool,
    done: Vec<Draft>,
}

/// The drafts of a section that has this role. Rows are for the table reader.
///
/// `has_table` says that a table of the section lists the items already: then
/// no plain paragraph is one.
pub(super) fn read(lines: &[Line<'_>], role: Role, heading: &str, has_table: bool) -> Vec<Draft> {
    let Some(mode) = mode::of(lines, role, heading) else {
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
        is_under_title: false,
        is_titled: false,
        is_asked: false,
        done: Vec::new(),
    };
    region.walk();
    region.done
}

impl<'a> Region<'a, '_> {
    fn walk(&mut self) {
        for line in self.lines {
            if std::mem::take(&mut self.is_asked) && self.reopen(line) {
                self.push(line);
            } else if self.role == Role::Lessons && told::asks_what_was_learnt(line.full) {
                self.is_asked = true;
            } else if line.is_row {
                self.close();
            } else if self.begins(line) {
                self.begin(line);
            } else if line.is_heading {
                self.heading(line);
            } else if cues::is_beside(line.full) {
                self.beside(line);
            } else if self.goes_on(line) {
                self.push(line);
            } else {
                self.close();
                self.stem = cues::is_stem(line.full).then(|| line.full.to_owned());
            }
        }
        self.close();
    }

    /// Opens the last lesson again, if none is open, for a line that goes on with it.
    fn reopen(&mut self, line: &Line<'a>) -> bool {
        if self.open.is_none() {
            self.open = self.done.pop();
        }
        self.open.is_some() && !line.is_heading && !line.is_row
    }

    /// Takes the owner from a line beside an item; no paragraph after it goes on
    /// with the item.
    fn beside(&mut self, line: &Line<'a>) {
        if let Some(owner) = cues::owner(line.full) {
            let last = self.done.last_mut();
            let last = last.filter(|draft| draft.section == line.section);
            if let Some(draft) = self.open.as_mut().or(last) {
                draft.owner.get_or_insert_with(|| owner.to_owned());
            }
        }
        self.is_closed = self
            .open
            .as_ref()
            .is_some_and(|draft| !draft.pieces.is_empty());
    }

    fn begins(&self, line: &Line<'a>) -> bool {
        if self.role == Role::Recommendations && cues::asks_reader(line.text) {
            return false;
        }
        match self.mode {
            Mode::Called => line.is_called(mode::keyword_of(self.role)),
            Mode::Labelled(shape) => self.begins_labelled(line, shape),
            Mode::Bulleted => line.is_bullet && line.depth == 0 && !self.is_list_of_open(line),
            Mode::Listed => !line.is_heading && !line.text.trim_end().ends_with(':'),
            Mode::Plain => {
                mode::is_plain_item(line, self.role)
                    && !cues::is_stem(line.full)
                    && !self.same_box(line)
            }
            Mode::One => {
                self.open.is_none() && self.done.is_empty() && mode::is_plain_item(line, self.role)
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
        if self.role == Role::Lessons && cues::is_introduction(line.text) {
            return false;
        }
        let follows = |last: &Draft| {
            let next = line.label.as_deref().unwrap_or_default();
            last.label
                .as_deref()
                .is_some_and(|label| mode::is_next_letter(label, next))
        };
        // `i`, `v` and `x` are letters and Roman numbers both.
        let is_roman =
            shape == Shape::Roman && matches!(line.label.as_deref(), Some("i" | "v" | "x"));
        let is_series = found == shape
            || is_roman
            || self.open.as_ref().or(self.done.last()).is_some_and(follows);
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
        // Each lesson of a box opens with a statement in bold type.
        line.boxed.is_some()
            && (line.bold == 0 || self.role != Role::Lessons)
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
        self.is_under_title = !told::states(line.text);
    }

    fn begin(&mut self, line: &Line<'a>) {
        self.close();
        let is_title = line.is_heading && self.mode == Mode::Called && !self.heading_is_text(line);
        let pieces = if is_title || line.text.trim().is_empty() {
            Vec::new()
        } else if self.role == Role::Lessons && line.bold > 0 {
            vec![told::stated(line.text, line.bold).to_owned()]
        } else {
            vec![line.text.to_owned()]
        };
        self.depth = line.depth;
        self.is_titled = is_title || self.is_under_title && self.mode == Mode::Plain;
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
            Role::Lessons => told::states(line.text),
            _ => true,
        }
    }

    /// Whether a line that begins nothing belongs to the open draft.
    fn goes_on(&self, line: &Line<'a>) -> bool {
        let Some(open) = &self.open else { return false };
        if open.pieces.is_empty() {
            return !cues::is_introduction(line.full);
        }
        let is_action = self.role == Role::Lessons && line.is_called(Keyword::Action);
        let is_to_reader = self.role == Role::Recommendations && cues::asks_reader(line.text);
        if self.is_closed || is_action || is_to_reader || cues::is_introduction(line.full) {
            return false;
        }
        if self.is_only_body(line) {
            return true;
        }
        let is_point = line.is_bullet || line.shape().is_some_and(|shape| self.is_sub_point(shape));
        // The paragraphs behind a lesson go on with the numbers of their chapter.
        if self.role == Role::Lessons && matches!(line.shape(), Some(Shape::Dotted(_))) {
            return false;
        }
        let is_mid_sentence = open.is_unfinished()
            && (line.text.starts_with(char::is_lowercase) || self.is_cut_off(open, line));
        let is_more = self.role == Role::Recommendations
            && line.label.is_none()
            && text::is_obligation(line.text);
        is_point || is_mid_sentence || self.same_box(line) || (is_more && !cues::is_stem(line.full))
    }

    /// Whether an item breaks off within a sentence and this next paragraph, which
    /// begins nothing, ends it: "… and the National" "Probation Service ask …".
    fn is_cut_off(&self, open: &Draft, line: &Line<'a>) -> bool {
        let last = open.pieces.last().map_or("", |piece| piece.trim_end());
        let is_next = line.index == open.start + 1 && line.label.is_none() && !line.is_bullet;
        self.mode == Mode::Called
            && self.role == Role::Recommendations
            && is_next
            && last.ends_with(char::is_alphanumeric)
            && line.text.trim_end().ends_with('.')
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
        let is_short = text::word_count(line.text) <= MAX_HEADED_WORDS;
        self.role == Role::Lessons
            && is_headed
            && is_short
            && line.section == open.section
            && body.count() == 1
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
        let Some(mut draft) = self.open.take() else {
            return;
        };
        if self.role == Role::Lessons {
            if let [only] = draft.pieces.as_mut_slice()
                && self.is_titled
            {
                *only = told::without_story(only).to_owned();
            }
            told::drop_praise(&mut draft.pieces);
        }
        let is_paragraph = matches!(self.mode, Mode::Plain | Mode::Labelled(Shape::Dotted(_)));
        if draft.words() < 3 {
            return;
        }
        if self.role == Role::GoodPractice && is_paragraph {
            self.done.extend(praise::by_deed(draft));
        } else {
            self.done.push(draft);
        }
    }

    fn confidence(&self) -> f32 {
        match self.mode {
            Mode::Called => 0.95,
            Mode::Labelled(_) => 0.9,
            Mode::One => 0.85,
            Mode::Bulleted | Mode::Listed => 0.75,
            Mode::Plain => 0.6,
        }
    }
}
