//! Finds running heads and feet that the producer did not mark.
//!
//! In: the parts of all pages. Out: the same, with such lines moved to the
//! artifacts. A line is furniture when the same words stand at the same height
//! near the edge of several pages, its digits counting the pages or staying
//! the same; or when it is nothing but a page number at the edge.

use std::collections::{HashMap, HashSet};

use super::line::Line;
use super::parts::{Form, Parts};

/// Share of the page's height, at the top and at the bottom, where running
/// heads and feet stand.
const MARGIN: f32 = 0.14;
/// On so many pages words must repeat; on half of the pages of a short file.
const REPEATS: usize = 3;

/// Moves running heads and feet to each page's artifacts.
pub(super) fn set_apart(pages: &mut [Parts], heights: &[f32]) {
    let mut seen: HashMap<(String, i32), Vec<Sighting>> = HashMap::new();
    for (page, (parts, height)) in (0..).zip(pages.iter().zip(heights)) {
        for line in edge_lines(parts, *height) {
            let text = line.text();
            let slot = (line.base / 3.0).round() as i32;
            let sighting = Sighting {
                page,
                numbers: numbers(&text),
            };
            seen.entry((masked(&text), slot))
                .or_default()
                .push(sighting);
        }
    }
    let count = pages.len();
    let heads = Heads::of(pages);
    for (page, (parts, height)) in (0..).zip(pages.iter_mut().zip(heights)) {
        let ends = outermost(parts);
        let is_one = |line: &Line| {
            let key = masked(&line.text());
            if !is_at_edge(line, *height) {
                return ends.contains(&line.base) && is_page_number(&key, &line.text(), page);
            }
            let slot = (line.base / 3.0).round() as i32;
            // A height on the border of two slots may fall into either.
            let sightings: Vec<&Sighting> = (slot.saturating_sub(1)..=slot.saturating_add(1))
                .filter_map(|slot| seen.get(&(key.clone(), slot)))
                .flatten()
                .collect();
            is_page_number(&key, &line.text(), page) || repeats(&key, &sightings, count)
        };
        let of_tables: Vec<f32> = rows(parts)
            .into_iter()
            .filter(|row| heads.contains(row) || !row.lines.iter().all(is_one))
            .map(|row| row.lines[0].base)
            .collect();
        let is_furniture =
            |line: &Line| is_one(line) && !of_tables.iter().any(|base| is_level(*base, line.base));
        take(&mut parts.lines, &mut parts.artifacts, &is_furniture);
        for enclosed in &mut parts.enclosed {
            if let Form::Box(lines) = &mut enclosed.form {
                take(lines, &mut parts.artifacts, &is_furniture);
            }
        }
    }
}

/// Three and more texts on one baseline, from left to right: a row of a table
/// without lines, or a running head in several parts.
struct Row {
    lines: Vec<Line>,
}

impl Row {
    fn texts(&self) -> Vec<String> {
        let lines = self.lines.iter();
        lines.map(|line| line.text().trim().to_owned()).collect()
    }
}

fn rows(parts: &Parts) -> Vec<Row> {
    let mut lines: Vec<&Line> = parts.lines.iter().chain(boxed(parts)).collect();
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    lines
        .chunk_by(|a, b| is_level(a.base, b.base))
        .filter(|row| row.len() >= 3)
        .map(|row| {
            let mut lines: Vec<Line> = row.iter().map(|line| (*line).clone()).collect();
            lines.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
            Row { lines }
        })
        .collect()
}

/// Rows that occur at different heights: the headings of a table's columns,
/// printed again on each page.
struct Heads(HashSet<Vec<String>>);

impl Heads {
    fn of(pages: &[Parts]) -> Self {
        let mut known: HashMap<Vec<String>, f32> = HashMap::new();
        let mut heads = HashSet::new();
        for row in pages.iter().flat_map(rows) {
            let base = row.lines[0].base;
            let first = *known.entry(row.texts()).or_insert(base);
            if (first - base).abs() > 30.0 {
                heads.insert(row.texts());
            }
        }
        Self(heads)
    }

    fn contains(&self, row: &Row) -> bool {
        self.0.contains(&row.texts())
    }
}

fn is_level(one: f32, other: f32) -> bool {
    (one - other).abs() < 1.5
}

struct Sighting {
    page: u32,
    numbers: Vec<u32>,
}

fn take(lines: &mut Vec<Line>, artifacts: &mut Vec<Line>, is_furniture: &impl Fn(&Line) -> bool) {
    let (furniture, rest) = std::mem::take(lines).into_iter().partition(is_furniture);
    *lines = rest;
    let furniture: Vec<Line> = furniture;
    artifacts.extend(furniture);
}

/// Baselines of the first and last line of a page: a number there alone is
/// the page's, however wide the margin.
fn outermost(parts: &Parts) -> [f32; 2] {
    let bases = parts.lines.iter().map(|line| line.base);
    bases.fold([f32::INFINITY, f32::NEG_INFINITY], |[first, last], base| {
        [first.min(base), last.max(base)]
    })
}

fn edge_lines(parts: &Parts, height: f32) -> impl Iterator<Item = &Line> {
    parts
        .lines
        .iter()
        .chain(boxed(parts))
        .filter(move |line| is_at_edge(line, height))
}

fn boxed(parts: &Parts) -> impl Iterator<Item = &Line> {
    parts
        .enclosed
        .iter()
        .flat_map(|enclosed| match &enclosed.form {
            Form::Box(lines) => lines.as_slice(),
            Form::Table(_) => &[],
        })
}

fn is_at_edge(line: &Line, height: f32) -> bool {
    line.area.y1 < MARGIN * height || line.area.y0 > (1.0 - MARGIN) * height
}

fn repeats(key: &str, sightings: &[&Sighting], pages: usize) -> bool {
    let half = pages.div_ceil(2).max(2);
    let distinct = {
        let mut pages: Vec<u32> = sightings.iter().map(|sighting| sighting.page).collect();
        pages.sort_unstable();
        pages.dedup();
        pages.len()
    };
    let same = sightings
        .windows(2)
        .all(|pair| pair[0].numbers == pair[1].numbers);
    if same {
        return distinct >= REPEATS.min(half);
    }
    let counts_pages = (0..sightings[0].numbers.len()).any(|place| {
        sightings.windows(2).all(|pair| {
            let number = |sighting: &Sighting| sighting.numbers.get(place).map(|n| i64::from(*n));
            let offset =
                |sighting: &Sighting| number(sighting).map(|n| n - i64::from(sighting.page));
            offset(pair[0]).is_some() && offset(pair[0]) == offset(pair[1])
        })
    });
    counts_pages && (distinct >= half || (key.len() < 12 && distinct >= 2))
}

/// Nothing but this page's number, with or without "page" and a total.
fn is_page_number(key: &str, text: &str, page: u32) -> bool {
    let is_form = matches!(
        key,
        "#" | "page #"
            | "page # of #"
            | "- # -"
            | "– # –"
            | "| #"
            | "# | page"
            | "# of #"
            | "#/#"
            | "[#]"
            | "p. #"
            | "p.#"
    );
    let shown = numbers(text);
    let near = |number: u32| (i64::from(number) - (i64::from(page) + 1)).abs() <= 4;
    is_form && shown.first().is_some_and(|number| near(*number))
}

/// The text with its digits and spacing evened out.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for character in text.to_lowercase().chars() {
        if character.is_ascii_digit() {
            if !masked.ends_with('#') {
                masked.push('#');
            }
        } else if character.is_whitespace() {
            if !masked.ends_with(' ') && !masked.is_empty() {
                masked.push(' ');
            }
        } else {
            masked.push(character);
        }
    }
    masked.trim_end().to_owned()
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}
