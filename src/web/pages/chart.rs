//! A line chart of shares by year, drawn as SVG: a line for each series, told
//! apart by number and dashes as well as by colour. The same figures always
//! stand in a table beneath it.

use crate::web::language::Language;
use crate::web::views::trends::TrendsView;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
/// Room for the labels of the axes: left, right, top, bottom.
const MARGINS: (f64, f64, f64, f64) = (48.0, 28.0, 12.0, 30.0);
/// Height of a number at the end of a line.
const NUMBER: f64 = 15.0;
/// Most years that are written under the axis.
const YEARS: usize = 9;
/// Where the axis of shares may end, in per cent.
const TOPS: [f64; 6] = [5.0, 10.0, 25.0, 50.0, 75.0, 100.0];

/// What the template draws. Places are in units of the picture.
pub(super) struct Chart {
    pub width: f64,
    pub height: f64,
    pub title: String,
    pub description: String,
    pub left: f64,
    pub right: f64,
    pub shares: Vec<Tick>,
    pub years: Vec<Tick>,
    pub lines: Vec<Line>,
}

/// A label of an axis.
pub(super) struct Tick {
    pub at: f64,
    pub text: String,
}

/// One series.
pub(super) struct Line {
    /// From 1: written at its end, and in the key.
    pub number: usize,
    /// `x,y x,y …`.
    pub points: String,
    pub dots: Vec<(f64, f64)>,
    /// Where its number stands.
    pub end: (f64, f64),
    pub label: String,
}

impl Chart {
    /// `None` when there are fewer than two years to draw a line between.
    pub(super) fn new(t: Language, title: String, view: &TrendsView) -> Option<Self> {
        let (first, last) = (view.years.first()?, view.years.last()?);
        if first.year == last.year || view.series.is_empty() {
            return None;
        }
        let (left, right, top, bottom) = MARGINS;
        let steps = view.years.len() - 1;
        let x = |place: usize| left + (WIDTH - left - right) * place as f64 / steps as f64;
        let highest = view
            .series
            .iter()
            .flat_map(|series| shares(view, &series.counts))
            .flatten()
            .fold(0.0, f64::max);
        let end = TOPS.into_iter().find(|end| *end >= highest);
        let end = end.unwrap_or(100.0);
        let y = |share: f64| HEIGHT - bottom - (HEIGHT - top - bottom) * share / end;
        let lines = view.series.iter().zip(1..).map(|(series, number)| {
            let share = shares(view, &series.counts);
            let dots = share
                .enumerate()
                .filter_map(|(place, share)| Some((rounded(x(place)), rounded(y(share?)))));
            Line::new(number, series.label.clone(), dots.collect())
        });
        let mut lines: Vec<Line> = lines.collect();
        set_numbers_apart(&mut lines);
        let every = view.years.len().div_ceil(YEARS);
        let years = view.years.iter().enumerate().step_by(every);
        Some(Self {
            width: WIDTH,
            height: HEIGHT,
            title,
            description: t.fill(
                "Share of what was published each year from {} to {}, in per cent. The same figures are in the table below.",
                &[&first.year, &last.year],
            ),
            left,
            right: WIDTH - right,
            shares: [0.0, end / 2.0, end]
                .map(|share| Tick {
                    at: rounded(y(share)),
                    text: format!("{share}%"),
                })
                .into(),
            years: years
                .map(|(place, year)| Tick {
                    at: rounded(x(place)),
                    text: year.year.to_string(),
                })
                .collect(),
            lines,
        })
    }
}

impl Line {
    fn new(number: usize, label: String, dots: Vec<(f64, f64)>) -> Self {
        let points: Vec<String> = dots.iter().map(|(x, y)| format!("{x},{y}")).collect();
        Self {
            number,
            label,
            points: points.join(" "),
            end: dots.last().copied().unwrap_or_default(),
            dots,
        }
    }
}

/// Moves the numbers at the ends of lines apart, so that each can be read where
/// lines end together.
fn set_numbers_apart(lines: &mut [Line]) {
    let mut from_below: Vec<&mut Line> = lines.iter_mut().collect();
    from_below.sort_by(|a, b| b.end.1.total_cmp(&a.end.1));
    let mut lowest = f64::INFINITY;
    for line in from_below {
        line.end.1 = line.end.1.min(lowest);
        lowest = line.end.1 - NUMBER;
    }
}

/// Per cent of each year's total; `None` where nothing was published.
fn shares<'a>(
    view: &'a TrendsView,
    counts: &'a [usize],
) -> impl Iterator<Item = Option<f64>> + use<'a> {
    let years = view.years.iter().zip(counts);
    years.map(|(year, count)| (year.total > 0).then(|| *count as f64 * 100.0 / year.total as f64))
}

fn rounded(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::views::trends::{CAVEATS, Series, YearTotal};

    fn view(years: &[(i16, usize, usize)]) -> TrendsView {
        TrendsView {
            list: "reviews",
            by: "theme",
            per: "year",
            revision: String::new(),
            years: years
                .iter()
                .map(|(year, total, _)| YearTotal {
                    year: *year,
                    total: *total,
                })
                .collect(),
            undated: 0,
            series: vec![Series {
                id: "neglect".to_owned(),
                label: "Neglect".to_owned(),
                total: years.iter().map(|(_, _, count)| count).sum(),
                counts: years.iter().map(|(_, _, count)| *count).collect(),
            }],
            caveats: CAVEATS,
        }
    }

    #[test]
    fn shares_are_of_each_years_total() {
        let view = view(&[(2019, 4, 1), (2020, 0, 0), (2021, 2, 1)]);
        let chart = Chart::new(Language::English, String::new(), &view).unwrap();
        // Highest share 50 %: the axis ends there; a year without reports has no dot.
        assert_eq!(chart.shares[2].text, "50%");
        let line = &chart.lines[0];
        assert_eq!(line.dots, [(48.0, 141.0), (692.0, 12.0)]);
        assert_eq!(line.points, "48,141 692,12");
    }

    #[test]
    fn one_year_is_no_line() {
        let view = view(&[(2019, 4, 1)]);
        assert!(Chart::new(Language::English, String::new(), &view).is_none());
    }
}
