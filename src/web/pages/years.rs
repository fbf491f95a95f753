//! Counts by year as a chart and as a table.

use crate::web::language::{Language, grouped};
use crate::web::pages::chart::Chart;
use crate::web::views::trends::TrendsView;

/// Counts by year, ready to be shown.
pub(super) struct Years {
    pub caption: String,
    pub chart: Option<Chart>,
    /// What each column counts; the first is everything.
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub undated: Option<String>,
    pub caveats: [&'static str; 3],
}

/// One year.
pub(super) struct Row {
    pub year: i16,
    pub total: String,
    pub cells: Vec<Cell>,
}

/// How many of a year, and what share of it.
pub(super) struct Cell {
    pub count: String,
    pub share: Option<String>,
}

impl Years {
    pub(super) fn new(t: Language, caption: String, view: &TrendsView) -> Self {
        let rows = view.years.iter().enumerate().map(|(place, year)| Row {
            year: year.year,
            total: grouped(year.total),
            cells: view
                .series
                .iter()
                .map(|series| cell(series.counts[place], year.total))
                .collect(),
        });
        let undated = (view.undated > 0).then(|| {
            t.count(
                view.undated,
                "{} without a date is in no year.",
                "{} without a date are in no year.",
            )
        });
        Self {
            chart: Chart::new(t, caption.clone(), view),
            caption,
            columns: view
                .series
                .iter()
                .map(|series| series.label.clone())
                .collect(),
            rows: rows.collect(),
            undated,
            caveats: view.caveats,
        }
    }
}

fn cell(count: usize, total: usize) -> Cell {
    Cell {
        count: grouped(count),
        share: (total > 0 && count > 0)
            .then(|| format!("{:.0}%", count as f64 * 100.0 / total as f64)),
    }
}
