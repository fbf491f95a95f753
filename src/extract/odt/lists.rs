//! Works out the numbers that are printed before the items of lists and
//! before headings: they are not in the text.
//!
//! In: the list styles, and which style and level each item has. Out: what is
//! [`Printed`] before it.

use std::collections::HashMap;

use crate::extract::kind::Printed;
use crate::extract::label::{letters, roman};
use crate::extract::xml::Element;

/// OpenDocument knows ten levels.
const LEVELS: usize = 10;
/// Name of the style that numbers headings.
pub(super) const OUTLINE: &str = "\0outline";

#[derive(Debug, Clone, Default)]
struct Level {
    is_bullet: bool,
    format: String,
    /// E.g. `Recommendation %1%:`.
    pattern: String,
    start: u32,
}

/// All list styles, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    styles: HashMap<String, Vec<Level>>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Lists {
    /// Reads the list styles of both parts.
    pub(super) fn read(parts: [&Element; 2]) -> Self {
        let mut lists = Self::default();
        let groups = parts.into_iter().flat_map(Element::elements);
        for element in groups.flat_map(Element::elements) {
            let name = match element.name.as_str() {
                "list-style" => element.attr("name").unwrap_or_default(),
                "outline-style" => OUTLINE,
                _ => continue,
            };
            lists.styles.insert(name.to_owned(), levels(element));
        }
        lists
    }

    /// Begins a list of this style anew at a level and below.
    pub(super) fn restart(&mut self, style: &str, level: usize) {
        if let Some(counts) = self.counts.get_mut(style) {
            counts
                .iter_mut()
                .skip(level)
                .for_each(|count| *count = None);
        }
    }

    /// Counts one more item, from `start` if it says so itself, and says what
    /// is printed before it.
    pub(super) fn next(&mut self, style: &str, level: usize, start: Option<u32>) -> Printed {
        let level = level.min(LEVELS - 1);
        let Some(levels) = self.styles.get(style) else {
            return Printed::Bullet;
        };
        let counts = self.counts.entry(style.to_owned()).or_default();
        let following = counts[level].map(|count| count.saturating_add(1));
        counts[level] = start.or(following).or(Some(levels[level].start));
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert(levels[above].start);
        }
        counts
            .iter_mut()
            .skip(level + 1)
            .for_each(|count| *count = None);
        let own = &levels[level];
        if own.is_bullet {
            return Printed::Bullet;
        }
        let number = filled(&own.pattern, counts, levels);
        if own.format.is_empty() || number.is_empty() {
            return Printed::Nothing;
        }
        Printed::Number(number)
    }
}

fn levels(style: &Element) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for element in style.elements() {
        let number = |name: &str| {
            element
                .attr(name)
                .and_then(|value| value.parse::<u32>().ok())
        };
        let index = number("level").unwrap_or(1).clamp(1, LEVELS as u32) as usize - 1;
        levels[index] = Level {
            is_bullet: element.name.ends_with("-bullet") || element.name.ends_with("-image"),
            format: element.attr("num-format").unwrap_or_default().to_owned(),
            pattern: pattern(
                element,
                index,
                number("display-levels").unwrap_or(1) as usize,
            ),
            start: number("start-value").unwrap_or(1),
        };
    }
    levels
}

/// The pattern as newer programs write it, or put together from its parts.
fn pattern(level: &Element, index: usize, shown: usize) -> String {
    if let Some(pattern) = level.attr("num-list-format") {
        return pattern.to_owned();
    }
    let first = (index + 1).saturating_sub(shown.max(1));
    let numbers: Vec<String> = (first..=index)
        .map(|index| format!("%{}%", index + 1))
        .collect();
    let around = |name: &str| level.attr(name).unwrap_or_default();
    format!(
        "{}{}{}",
        around("num-prefix"),
        numbers.join("."),
        around("num-suffix")
    )
}

/// The pattern with its counts put in.
fn filled(pattern: &str, counts: &[Option<u32>; LEVELS], levels: &[Level]) -> String {
    let pieces = pattern.split('%').enumerate();
    let texts = pieces.map(|(place, piece)| match piece.parse::<usize>() {
        Ok(level @ 1..=LEVELS) if place % 2 == 1 => {
            formatted(counts[level - 1].unwrap_or(1), &levels[level - 1].format)
        }
        _ => piece.to_owned(),
    });
    texts.collect::<String>().trim().to_owned()
}

fn formatted(count: u32, format: &str) -> String {
    match format {
        "a" => letters(count).to_lowercase(),
        "A" => letters(count),
        "i" => roman(count).to_lowercase(),
        "I" => roman(count),
        "" => String::new(),
        _ => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::xml;

    const STYLES: &str = r#"<s><automatic-styles>
      <text:list-style style:name="L">
        <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
        <text:list-level-style-number text:level="3" style:num-format="i" style:num-prefix="(" style:num-suffix=")"/>
      </text:list-style>
      <text:list-style style:name="R">
        <text:list-level-style-number text:level="1" loext:num-list-format="Recommendation %1%:" style:num-format="1"/>
        <text:list-level-style-bullet text:level="2" text:bullet-char="-"/>
      </text:list-style></automatic-styles></s>"#;

    #[track_caller]
    fn check(items: &[(&str, usize, Option<u32>)], expected: &[&str]) {
        let styles = xml::parse(STYLES.as_bytes()).0;
        let mut lists = Lists::read([&styles, &Element::default()]);
        let printed =
            items.iter().map(
                |(style, level, start)| match lists.next(style, *level, *start) {
                    Printed::Number(number) => number,
                    other => format!("{other:?}"),
                },
            );
        assert_eq!(printed.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn numbers_are_counted_by_level() {
        check(
            &[
                ("L", 0, None),
                ("L", 1, None),
                ("L", 1, None),
                ("L", 2, None),
                ("L", 0, None),
                ("L", 1, None),
            ],
            &["1.", "1.1", "1.2", "(i)", "2.", "2.1"],
        );
        check(&[("L", 0, Some(4)), ("L", 0, None)], &["4.", "5."]);
        check(
            &[("R", 0, None), ("R", 1, None), ("R", 0, None)],
            &["Recommendation 1:", "Bullet", "Recommendation 2:"],
        );
    }
}
