//! Recommendations, lessons and good practice.
//!
//! In: the [`Outline`] of a document. Out: for each role its items in the order
//! printed, repeats merged, with their printed labels. Whom an item addresses
//! and what it is about is for `agencies` and `themes`.

mod cues;
mod draft;
mod line;
mod mode;
mod passages;
mod praise;
mod region;
mod table;
#[cfg(test)]
mod tests;
mod told;
mod topics;

use self::cues::Role;
use self::draft::Draft;
use self::line::Line;
use self::mode::Mode;
use crate::analyse::label::Keyword;
use crate::analyse::outline::Outline;
use crate::analyse::text;
use crate::model::document::Locator;

/// An item as printed, before anyone asks what it is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Printed {
    /// The printed number, or `u1`, `u2` …
    pub(super) id: String,
    /// Its text.
    pub(super) text: String,
    /// Where it begins.
    pub(super) at: Locator,
    /// The headings and stem that govern it, outermost first.
    pub(super) governed_by: Vec<String>,
    /// Its own column or line naming who is responsible.
    pub(super) owner: Option<String>,
    /// From 0 to 1.
    pub(super) confidence: f32,
}

/// The items of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Items {
    /// What has to be done.
    pub(super) recommendations: Vec<Printed>,
    /// What was learnt.
    pub(super) lessons: Vec<Printed>,
    /// What was done well.
    pub(super) good_practice: Vec<Printed>,
}

/// Whether a short line announces items by its words alone.
pub(super) fn announces(line: &str) -> bool {
    let role = cues::role_of_heading(line);
    role.is_some_and(|role| !matches!(role, Role::Chapter | Role::Apart)) && !cues::is_beside(line)
}

/// Reads the items of a document.
pub(super) fn read(outline: &Outline<'_>) -> Items {
    let lines = line::lines(outline);
    let roles = roles(outline);
    let recommendations = recommendations(outline, &lines, &roles);
    let mut lessons = role_items(outline, &lines, &roles, Role::Lessons);
    if lessons.is_empty() {
        lessons = topics::read(outline);
    }
    if lessons.is_empty() {
        lessons = draft::merge_repeats(passages::told(&lines, &roles));
    }
    let good_practice = good_practice(outline, &lines, &roles);
    Items {
        recommendations: finish(outline, recommendations),
        lessons: finish(outline, lessons),
        good_practice: finish(outline, good_practice),
    }
}

/// What each section is for: its own heading's word, else its parent's. A title
/// ("Learning from the case of Child K") says nothing of the sections under it
/// where one of them says the same of itself.
fn roles(outline: &Outline<'_>) -> Vec<Option<Role>> {
    let own = |heading: &str| cues::role_of_heading(heading);
    let is_title = |index: usize| {
        let title = &outline.sections[index];
        let is_whole = title.blocks.len() * 4 > outline.blocks.len() * 3;
        let mut inner = outline.sections[index + 1..].iter();
        is_whole
            && inner.any(|inner| {
                title.blocks.contains(&inner.blocks.start)
                    && own(&inner.heading) == own(&title.heading)
            })
    };
    let mut roles: Vec<Option<Role>> = Vec::new();
    // The last numbered heading: its parent, and what it announces.
    let mut chapter: (Option<usize>, Option<Role>) = (None, None);
    for (index, section) in outline.sections.iter().enumerate() {
        let inherited = section
            .parent
            .and_then(|parent| roles.get(parent).copied().flatten());
        let mut role = own(&section.heading).filter(|_| !is_title(index));
        if cues::is_numbered(&section.heading) {
            chapter = (section.parent, role);
        } else if chapter == (section.parent, Some(Role::Recommendations)) {
            // "10. Recommendations", and then those for each agency.
            role = role.or(Some(Role::Recommendations));
        }
        roles.push(role.or(inherited));
    }
    roles
}

fn recommendations(
    outline: &Outline<'_>,
    lines: &[Line<'_>],
    roles: &[Option<Role>],
) -> Vec<Draft> {
    let mut drafts = role_items(outline, lines, roles, Role::Recommendations);
    if drafts.is_empty() {
        drafts = passages::actions(lines, roles);
    }
    if drafts.is_empty() {
        drafts = passages::performatives(lines, roles);
    }
    if drafts.len() < 2 {
        drafts.extend(unannounced(outline, lines, roles));
        drafts = draft::merge_repeats(drafts);
    }
    drafts
}

/// Labelled lists of obligations under headings that announce nothing, for
/// reviews whose heading was lost or says something of its own.
fn unannounced(outline: &Outline<'_>, lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (index, section) in outline.sections.iter().enumerate() {
        let own: Vec<Line<'_>> = lines
            .iter()
            .filter(|line| line.section == index && !line.is_heading)
            .cloned()
            .collect();
        let around = roles.get(index).copied().flatten();
        let is_free = !matches!(around, Some(Role::Apart | Role::Recommendations));
        let is_list = matches!(
            mode::of(&own, Role::Recommendations, ""),
            Some(Mode::Labelled(_))
        );
        if is_free && is_list {
            let found = region::read(&own, Role::Recommendations, &section.heading, false);
            let asks = found
                .iter()
                .filter(|draft| text::is_obligation(&draft.text()))
                .count();
            drafts.extend(found.into_iter().filter(|_| asks >= 2).map(|draft| Draft {
                confidence: 0.5,
                ..draft
            }));
        }
    }
    for table in outline.tables() {
        if roles.get(table.section).copied().flatten() != Some(Role::Apart) {
            drafts.extend(table::unannounced(outline, &table));
        }
    }
    draft::merge_repeats(drafts)
}

/// Good practice where it is announced; in reviews that announce none, where
/// it is praised in passing.
fn good_practice(outline: &Outline<'_>, lines: &[Line<'_>], roles: &[Option<Role>]) -> Vec<Draft> {
    let drafts = role_items(outline, lines, roles, Role::GoodPractice);
    let mut drafts: Vec<Draft> = drafts.into_iter().flat_map(Draft::taken_apart).collect();
    if drafts.is_empty() {
        drafts = draft::merge_repeats(praise::passages(lines, roles));
    }
    drafts
}

/// The items of one role: in the sections that announce them, in tables, and
/// wherever a line calls itself one.
fn role_items(
    outline: &Outline<'_>,
    lines: &[Line<'_>],
    roles: &[Option<Role>],
    role: Role,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for table in outline.tables() {
        let around = roles.get(table.section).copied().flatten();
        if around != Some(Role::Apart) {
            drafts.extend(table::read(outline, &table, role, around));
        }
    }
    for (heading, lines) in regions(outline, lines, roles, role) {
        let is_inside = |draft: &Draft| {
            lines
                .iter()
                .any(|line| line.is_row && line.index == draft.start)
        };
        let has_table = drafts.iter().any(is_inside);
        drafts.extend(region::read(&lines, role, heading, has_table));
    }
    drafts.extend(called_elsewhere(lines, roles, role));
    drafts.extend(passages::announced(lines, roles, role));
    draft::merge_repeats(draft::drop_digests(drafts))
}

/// The outermost sections of a role, each with its lines; sections inside it
/// that have another role are left out, and those that are one lesson each.
fn regions<'a, 'o>(
    outline: &'o Outline<'a>,
    lines: &[Line<'a>],
    roles: &[Option<Role>],
    role: Role,
) -> Vec<(&'o str, Vec<Line<'a>>)> {
    let is_role = |section: usize| roles.get(section).copied().flatten() == Some(role);
    // "Finding 1: Services built a picture of a mother", "Learning box 1": what
    // stands under it is that one lesson and the story behind it.
    let is_lesson = |start: usize| {
        let mut heading = lines.iter().filter(|line| line.index == start);
        let is_stated = |line: &Line<'_>| {
            line.is_called(Keyword::Lesson) && (line.text.is_empty() || told::states(line.text))
        };
        role == Role::Lessons && heading.any(is_stated)
    };
    let mut regions = Vec::new();
    for (index, section) in outline.sections.iter().enumerate() {
        let is_outermost = is_role(index) && !section.parent.is_some_and(is_role);
        if is_outermost && !is_lesson(section.blocks.start) {
            let is_body = |line: &&Line<'_>| {
                line.index > section.blocks.start
                    && section.blocks.contains(&line.index)
                    && is_role(line.section)
            };
            let body = lines.iter().filter(is_body);
            regions.push((section.heading.as_str(), body.cloned().collect()));
        }
    }
    regions
}

/// Lines that call themselves an item (`Recommendation 3: …`) outside the
/// sections that announce items.
fn called_elsewhere(lines: &[Line<'_>], roles: &[Option<Role>], role: Role) -> Vec<Draft> {
    let keyword = mode::keyword_of(role);
    let mut drafts = Vec::new();
    let mut start = 0;
    while let Some(offset) = lines[start..]
        .iter()
        .position(|line| line.is_called(keyword) && !line.is_row)
    {
        let first = start + offset;
        let section = lines[first].section;
        let run = lines[first..]
            .iter()
            .skip(1)
            .position(|line| line.is_called(keyword) || ends_run(line, section));
        let end = run.map_or(lines.len(), |length| first + 1 + length);
        let is_apart = roles.get(section).copied().flatten() == Some(Role::Apart);
        let is_elsewhere =
            lines[first].is_heading || roles.get(section).copied().flatten() != Some(role);
        if is_elsewhere && !is_apart {
            drafts.extend(region::read(&lines[first..end], role, "", false));
        }
        start = end.max(first + 1);
    }
    drafts
}

/// Whether an item that began in a section cannot reach this line.
fn ends_run(line: &Line<'_>, section: usize) -> bool {
    let ends = line.is_heading && line.section != section;
    ends && !told::asks_what_was_learnt(line.full)
        || line.keyword.is_some_and(|word| word != Keyword::Action) && line.label.is_some()
}

/// The headings that can govern an item: those from the one that announces the
/// list inwards. Chapters and the document's title stand above that.
fn governing(path: &[&str]) -> Vec<String> {
    let announcing = path.iter().position(|heading| announces(heading));
    let from = announcing.unwrap_or(path.len().saturating_sub(2));
    path[from..]
        .iter()
        .map(|&heading| heading.to_owned())
        .collect()
}

fn finish(outline: &Outline<'_>, drafts: Vec<Draft>) -> Vec<Printed> {
    let ids = draft::ids(&drafts);
    let finished = drafts.into_iter().zip(ids).map(|(draft, id)| {
        let mut governed_by = governing(&outline.path(draft.section));
        if let Some(stem) = &draft.stem
            && !governed_by.contains(stem)
        {
            governed_by.push(stem.clone());
        }
        Printed {
            id,
            text: draft.text(),
            at: draft.at,
            governed_by,
            owner: draft.owner.clone(),
            confidence: draft.confidence,
        }
    });
    finished
        .filter(|item| text::word_count(&item.text) >= 3)
        .collect()
}
