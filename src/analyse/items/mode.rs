//! How a section sets its items: labelled after a word ("Recommendation 3:"),
//! labelled by number or code, bulleted, or in plain paragraphs.
//!
//! In: all lines of a section and what it lists. Out: one mode. Which line
//! begins an item and which goes on with it is for `region`.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::analyse::items::cues::{self, Role};
use crate::analyse::items::line::{Line, Shape};
use crate::analyse::items::told;
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
    /// Each is a line after one that ends in a colon.
    Listed,
    /// Each is a paragraph.
    Plain,
    /// The whole section is one item.
    One,
}

/// How the items of a section are set; `None` when it seems to list none.
pub(super) fn of(lines: &[Line<'_>], role: Role, heading: &str) -> Option<Mode> {
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
    let is_one_bullet = bullets == 1 && lines.len() == 1;
    if is_one_bullet || bullets >= 2 && (role != Role::Recommendations || bullets >= plain) {
        return Some(Mode::Bulleted);
    }
    if is_listed(lines) {
        return Some(Mode::Listed);
    }
    let is_short = lines.len() <= 14 && !cues::may_be_analysis(heading);
    (plain > 0 && (role == Role::Recommendations || is_short)).then_some(Mode::Plain)
}

/// Whether a section is one line that ends in a colon and, after it, at least
/// three short paragraphs: a list whose bullets are not in the file.
fn is_listed(lines: &[Line<'_>]) -> bool {
    let Some((first, rest)) = lines.split_first() else {
        return false;
    };
    let is_item = |line: &Line<'_>| {
        !line.is_row
            && !line.is_heading
            && (4..=60).contains(&text::word_count(line.text))
            && !line.text.ends_with(':')
    };
    first.text.trim_end().ends_with(':')
        && text::word_count(first.text) <= 25
        && rest.len() >= 3
        && rest.iter().all(is_item)
}

/// The word that labels items of this role.
pub(super) fn keyword_of(role: Role) -> Keyword {
    match role {
        Role::Recommendations | Role::Chapter | Role::Apart => Keyword::Recommendation,
        Role::Lessons => Keyword::Lesson,
        Role::GoodPractice => Keyword::GoodPractice,
    }
}

/// The shape of label that most lines which read like items carry.
fn best_shape(lines: &[Line<'_>], role: Role) -> Option<Shape> {
    let mut counts: HashMap<Shape, (usize, usize)> = HashMap::new();
    let mut order = Vec::new();
    let mut after_stem = false;
    let has_roman = lines.iter().any(|line| line.shape() == Some(Shape::Roman));
    for line in lines.iter().filter(|line| !line.is_row) {
        if let Some(shape) = line.shape().map(|shape| among(line, shape, has_roman)) {
            let is_item = after_stem || reads_like_item(line, role);
            let count = counts.entry(shape).or_default();
            count.0 += usize::from(is_item && (!line.is_heading || is_text_or_label(line)));
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
    let first_of = |shape: &Shape| {
        order
            .iter()
            .position(|other| other == shape)
            .unwrap_or(usize::MAX)
    };
    let likely = || counts.iter().filter(|(_, count)| is_majority(count));
    let best = likely().max_by_key(|(shape, count)| (count.0, Reverse(first_of(shape))))?;
    // Sub-points may outnumber the items that they belong to.
    let above = likely().find(|(shape, count)| {
        count.0 >= 2 && best.0.is_below(**shape) && first_of(shape) < first_of(best.0)
    });
    let best = above.unwrap_or(best);
    let is_list = best.1.0 >= 2 || lines.len() <= 6;
    is_list.then_some(*best.0)
}

/// The shape of a label in its list: "i", "v" and "x" are Roman beside "ii".
fn among(line: &Line<'_>, shape: Shape, has_roman: bool) -> Shape {
    let may_be_roman = matches!(line.label.as_deref(), Some("i" | "v" | "x"));
    if has_roman && may_be_roman {
        Shape::Roman
    } else {
        shape
    }
}

/// Whether a heading is an item or nothing but its label, and not a title.
fn is_text_or_label(heading: &Line<'_>) -> bool {
    let words = text::word_count(heading.text);
    words == 0 || words > 8
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
        Role::Recommendations if line.keyword == Some(Keyword::Action) => true,
        Role::Recommendations => {
            let is_asked = line.text.trim_end().ends_with('?');
            text::asks(line.text) || is_asked || text::lays_down(line.text)
        }
        _ => text::word_count(line.text) >= 4,
    }
}

/// Whether a line without label or bullet can be an item by itself.
pub(super) fn is_plain_item(line: &Line<'_>, role: Role) -> bool {
    if line.is_row
        || line.is_bullet
        || line.is_heading
        || cues::is_beside(line.full)
        || cues::is_introduction(line.full)
    {
        return false;
    }
    match role {
        Role::Recommendations => text::asks(line.text) || text::undertakes(line.text),
        Role::Lessons => {
            let is_sentence = line
                .text
                .ends_with(['.', '!', '?', '"', '”', '’', ')', ';']);
            (6..=120).contains(&text::word_count(line.text))
                && !line.text.ends_with(':')
                && (is_sentence || told::states(line.text))
        }
        Role::GoodPractice => text::word_count(line.text) >= 8 && !line.text.ends_with(':'),
        Role::Chapter | Role::Apart => false,
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
pub(super) fn is_next_letter(last: &str, next: &str) -> bool {
    match (last.as_bytes(), next.as_bytes()) {
        ([a], [b]) => a.is_ascii_alphabetic() && *b == a + 1,
        _ => false,
    }
}
