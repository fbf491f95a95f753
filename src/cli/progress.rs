//! How far long work has come: a bar on a terminal, a plain line now and then
//! elsewhere.

use std::io::{IsTerminal as _, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// Without a terminal, one line for this many steps.
const STEPS_A_LINE: usize = 50;

/// Progress of a count whose end may become known later.
#[derive(Debug)]
pub(super) struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Progress of this work, named by what it counts ("documents").
    pub(super) fn of(what: &'static str) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} {msg}");
            let bar = ProgressBar::new(0).with_message(what);
            if let Ok(style) = style {
                bar.with_style(style)
            } else {
                bar
            }
        });
        Self { what, bar }
    }

    /// Shows that so many of so many are done.
    pub(super) fn set(&self, done: usize, all: usize) {
        match &self.bar {
            Some(bar) => {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
            }
            None if done.is_multiple_of(STEPS_A_LINE) || done == all => {
                eprintln!("{done} of {all} {}", self.what);
            }
            None => {}
        }
    }

    /// Takes the bar off the terminal.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
