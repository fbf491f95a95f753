//! Works out the numbers that Word prints before paragraphs: they are not in
//! the text.
//!
//! In: `numbering.xml` and, in order, which list and level each paragraph
//! belongs to. Out: each paragraph's [`Printed`] number.

use std::collections::{HashMap, HashSet};

use crate::extract::kind::Printed;
use crate::extract::label::{letters, roman};
use crate::extract::xml::Element;

/// Word knows nine levels.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    style: Option<String>,
    /// Counts go on below this level; `None` for the level just above.
    restart: Option<usize>,
    is_legal: bool,
}

#[derive(Debug, Default)]
struct Num {
    base: String,
    /// First number at a level, for this list only.
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    bases: HashMap<String, Vec<Level>>,
    nums: HashMap<String, Num>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`. Lists that only name a style are resolved
    /// through `list_of_style`.
    pub(super) fn read(root: &Element, list_of_style: impl Fn(&str) -> Option<String>) -> Self {
        let mut numbering = Self::default();
        let mut links: Vec<(String, String)> = Vec::new();
        for element in root.elements() {
            match element.name.as_str() {
                "abstractNum" => {
                    let id = element.attr("abstractNumId").unwrap_or_default().to_owned();
                    if let Some(style) = element
                        .child("numStyleLink")
                        .and_then(|link| link.attr("val"))
                    {
                        links.push((id.clone(), style.to_owned()));
                    }
                    numbering.bases.insert(id, levels(element));
                }
                "num" => {
                    let id = element.attr("numId").unwrap_or_default().to_owned();
                    numbering.nums.insert(id, num(element));
                }
                _ => {}
            }
        }
        for (id, style) in links {
            let base = list_of_style(&style)
                .and_then(|list| numbering.nums.get(&list))
                .and_then(|num| numbering.bases.get(&num.base))
                .cloned();
            if let Some(levels) = base {
                numbering.bases.insert(id, levels);
            }
        }
        numbering
    }

    /// The level of a list that a paragraph style is bound to.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let base = &self.nums.get(list)?.base;
        let levels = self.bases.get(base)?;
        levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts one more paragraph and says what is printed before it; `None`
    /// when there is no such list.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<Printed> {
        let num = self.nums.get(list)?;
        let levels = self.bases.get(&num.base)?;
        let level = level.min(LEVELS - 1);
        let at = |index: usize| {
            num.levels
                .get(&index)
                .or_else(|| levels.get(index))
                .cloned()
                .unwrap_or_default()
        };
        let counts = self.counts.entry(num.base.clone()).or_default();
        let is_first = self.begun.insert((list.to_owned(), level));
        counts[level] = Some(match (num.starts.get(&level), counts[level]) {
            (Some(start), _) if is_first => *start,
            (_, Some(count)) => count.saturating_add(1),
            (start, None) => start.copied().unwrap_or(at(level).start),
        });
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert(at(above).start);
        }
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = at(below).restart.is_none_or(|after| after > level);
            if restarts {
                *count = None;
            }
        }
        let own = at(level);
        Some(match own.format.as_str() {
            "bullet" => Printed::Bullet,
            _ if own.text.trim().is_empty() => Printed::Nothing,
            _ => match filled(&own, counts, at) {
                number if number.is_empty() => Printed::Nothing,
                number => Printed::Number(number),
            },
        })
    }
}

/// The level's pattern with its counts put in.
fn filled(own: &Level, counts: &[Option<u32>; LEVELS], at: impl Fn(usize) -> Level) -> String {
    let mut text = String::new();
    let mut rest = own.text.as_str();
    while let Some(place) = rest.find('%') {
        text.push_str(&rest[..place]);
        let after = &rest[place + 1..];
        if let Some(digit @ 1..=9) = after.chars().next().and_then(|digit| digit.to_digit(10)) {
            let index = digit as usize - 1;
            let level = at(index);
            let format = if own.is_legal {
                "decimal"
            } else {
                level.format.as_str()
            };
            text.push_str(&formatted(counts[index].unwrap_or(level.start), format));
            rest = &after[1..];
        } else {
            text.push('%');
            rest = after;
        }
    }
    text.push_str(rest);
    text.trim().to_owned()
}

fn levels(element: &Element) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for child in element.elements().filter(|child| child.name == "lvl") {
        let index = number(child.attr("ilvl")).unwrap_or(0) as usize;
        if index < LEVELS {
            levels[index] = level(child);
        }
    }
    levels
}

fn level(element: &Element) -> Level {
    let value = |name: &str| element.child(name).and_then(|child| child.attr("val"));
    Level {
        start: number(value("start")).unwrap_or(1),
        format: value("numFmt").unwrap_or("decimal").to_owned(),
        text: value("lvlText").unwrap_or_default().to_owned(),
        style: value("pStyle").map(str::to_owned),
        restart: number(value("lvlRestart")).map(|level| level as usize),
        is_legal: element.child("isLgl").is_some(),
    }
}

fn num(element: &Element) -> Num {
    let mut num = Num {
        base: element
            .child("abstractNumId")
            .and_then(|child| child.attr("val"))
            .unwrap_or_default()
            .to_owned(),
        ..Num::default()
    };
    for child in element
        .elements()
        .filter(|child| child.name == "lvlOverride")
    {
        let index = number(child.attr("ilvl")).unwrap_or(0) as usize;
        if let Some(start) = number(
            child
                .child("startOverride")
                .and_then(|start| start.attr("val")),
        ) {
            num.starts.insert(index, start);
        }
        if let Some(own) = child.child("lvl") {
            num.levels.insert(index, level(own));
        }
    }
    num
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.trim().parse().ok()
}

/// A count as Word writes it.
fn formatted(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count).to_lowercase(),
        "upperLetter" => letters(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::xml;

    const LISTS: &str = r#"<w:numbering>
      <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
      </w:abstractNum>
      <w:abstractNum w:abstractNumId="1">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1:"/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="6"><w:abstractNumId w:val="0"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
      <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
    </w:numbering>"#;

    #[track_caller]
    fn check(paragraphs: &[(&str, usize)], expected: &[&str]) {
        let mut numbering = Numbering::read(&xml::parse(LISTS.as_bytes()).0, |_| None);
        let printed: Vec<String> = paragraphs
            .iter()
            .map(|(list, level)| match numbering.next(list, *level) {
                Some(Printed::Number(number)) => number,
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(printed, expected);
    }

    #[test]
    fn deeper_levels_begin_again() {
        check(
            &[
                ("5", 0),
                ("5", 1),
                ("5", 1),
                ("5", 0),
                ("5", 1),
                ("5", 2),
                ("5", 2),
            ],
            &["1.", "1.1", "1.2", "2.", "2.1", "(i)", "(ii)"],
        );
    }

    #[test]
    fn a_list_of_the_same_base_goes_on_unless_it_starts_anew() {
        check(
            &[("5", 0), ("5", 0), ("6", 0), ("6", 0), ("5", 0)],
            &["1.", "2.", "1.", "2.", "3."],
        );
    }

    #[test]
    fn words_are_printed_with_the_number() {
        check(
            &[("7", 0), ("7", 0)],
            &["Recommendation 1:", "Recommendation 2:"],
        );
    }

    #[test]
    fn letters_and_roman_numbers() {
        assert_eq!(formatted(28, "lowerLetter"), "bb");
        assert_eq!(formatted(14, "upperRoman"), "XIV");
    }
}
