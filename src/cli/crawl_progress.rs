//! Progress of crawls: a line a site on a terminal; elsewhere nothing but what
//! the crawl itself prints when a site is done.

use std::collections::HashMap;
use std::io::{IsTerminal as _, stderr};
use std::sync::Mutex;

use indicatif::{MultiProgress, ProgressBar};

use crate::crawl::{News, Progress};
use crate::model::ids::PartnershipId;

/// One line a site on a terminal; elsewhere a line when a site is done.
pub(super) struct Shown {
    bars: Option<MultiProgress>,
    lines: Mutex<HashMap<PartnershipId, ProgressBar>>,
}

impl Shown {
    pub(super) fn new() -> Self {
        Self {
            bars: stderr().is_terminal().then(MultiProgress::new),
            lines: Mutex::default(),
        }
    }

    fn line(&self, partnership: &PartnershipId, text: String) {
        let Some(bars) = &self.bars else { return };
        let Ok(mut lines) = self.lines.lock() else {
            return;
        };
        let line = lines
            .entry(partnership.clone())
            .or_insert_with(|| bars.add(ProgressBar::new_spinner()));
        line.set_message(format!("{partnership}: {text}"));
        line.inc(1);
    }
}

impl Progress for Shown {
    fn tell(&self, news: &News<'_>) {
        match news {
            News::Started {
                partnership,
                resumed,
            } if *resumed > 0 => {
                self.line(
                    partnership,
                    format!("taken up again after {resumed} captures"),
                );
            }
            News::Started { partnership, .. } => self.line(partnership, "started".to_owned()),
            News::Fetched {
                partnership,
                url,
                status,
                waiting,
                ..
            } => {
                self.line(
                    partnership,
                    format!("{status} {} ({waiting} waiting)", url.path()),
                );
            }
            News::Failed {
                partnership,
                url,
                detail,
                ..
            } => {
                self.line(partnership, format!("{}: {detail}", url.path()));
            }
            News::Finished { report } => self.line(
                &report.partnership,
                format!("done, {} requests", report.requests),
            ),
        }
    }
}
