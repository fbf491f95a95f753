//! The measures of a document's running text: size, distance of lines, edges.
//!
//! In: the lines of all pages outside tables. Out: a [`Style`].

use std::cmp::Reverse;

use super::line::Line;

/// What running text looks like in this document.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// Size of most letters.
    pub(super) body: f32,
    /// Usual right end of full lines.
    pub(super) right: f32,
    /// Distance of baselines within paragraphs, as a multiple of the size, by
    /// size.
    leading: Vec<(f32, f32)>,
}

/// Distance of baselines when nothing is known: a little above single space.
const LEADING: f32 = 1.25;

impl Style {
    /// Measures the lines of each page.
    pub(super) fn of(pages: &[Vec<&Line>]) -> Self {
        let mut sizes = Histogram::new(0.25);
        let mut rights = Histogram::new(2.0);
        for line in pages.iter().flatten() {
            sizes.add(line.size, line.text().len());
        }
        let body = sizes.mode().unwrap_or(11.0);
        for line in pages.iter().flatten() {
            if (line.size - body).abs() < 0.5 {
                rights.add(line.area.x1, 1);
            }
        }
        Self {
            body,
            right: rights.upper(0.97).unwrap_or(0.0),
            leading: leadings(pages),
        }
    }

    /// Distance of baselines within a paragraph of this size, as a multiple
    /// of the size.
    pub(super) fn leading(&self, size: f32) -> f32 {
        let known = |size: f32| {
            let near = self
                .leading
                .iter()
                .find(|(known, _)| (known - size).abs() < 0.3);
            near.map(|&(_, leading)| leading)
        };
        known(size).or_else(|| known(self.body)).unwrap_or(LEADING)
    }
}

/// The commonest distance of neighbouring lines of one size and left edge.
fn leadings(pages: &[Vec<&Line>]) -> Vec<(f32, f32)> {
    let mut found: Vec<(f32, Histogram)> = Vec::new();
    for page in pages {
        let mut lines = page.clone();
        lines.sort_by(|a, b| a.base.total_cmp(&b.base));
        for pair in lines.windows(2) {
            let (upper, lower) = (pair[0], pair[1]);
            let pitch = (lower.base - upper.base) / upper.size.max(1.0);
            let is_flow = (upper.area.x0 - lower.area.x0).abs() < 1.0
                && (upper.size - lower.size).abs() < 0.1
                && lower.area.width() > 0.2 * upper.area.width()
                && (0.95..2.2).contains(&pitch);
            if !is_flow {
                continue;
            }
            let size = upper.size;
            let known = found
                .iter()
                .position(|(known, _)| (known - size).abs() < 0.3);
            let place = known.unwrap_or_else(|| {
                found.push((size, Histogram::new(0.03)));
                found.len() - 1
            });
            found[place].1.add(pitch, 1);
        }
    }
    found
        .into_iter()
        .filter(|(_, pitches)| pitches.total() >= 5)
        .filter_map(|(size, pitches)| pitches.mode().map(|leading| (size, leading)))
        .collect()
}

/// Counts values in steps of equal width.
struct Histogram {
    step: f32,
    counts: Vec<(i32, usize)>,
}

impl Histogram {
    fn new(step: f32) -> Self {
        Self {
            step,
            counts: Vec::new(),
        }
    }

    fn add(&mut self, value: f32, count: usize) {
        let slot = (value / self.step).round() as i32;
        match self.counts.iter_mut().find(|(known, _)| *known == slot) {
            Some((_, total)) => *total += count,
            None => self.counts.push((slot, count)),
        }
    }

    fn total(&self) -> usize {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    fn mode(&self) -> Option<f32> {
        let most = self
            .counts
            .iter()
            .max_by_key(|(slot, count)| (*count, Reverse(*slot)))?;
        Some(most.0 as f32 * self.step)
    }

    /// The value below which this share of the counts lies.
    fn upper(&self, share: f32) -> Option<f32> {
        let mut counts = self.counts.clone();
        counts.sort_unstable();
        let wanted = self.total() as f32 * share;
        let mut seen = 0;
        counts.into_iter().find_map(|(slot, count)| {
            seen += count;
            (seen as f32 >= wanted).then_some(slot as f32 * self.step)
        })
    }
}
