//! How long questions take.
//!
//! In: questions and who answers them. Out: [`Times`], and a row of the table.

use std::time::{Duration, Instant};

use crate::peers::Question;

/// How long a peer may take over one class. What it was not asked by then is
/// left out of its figures, and of ours where the two are compared.
const PATIENCE: Duration = Duration::from_secs(45);

/// How long questions of a class may take together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Budget {
    /// As long as they take.
    None,
    /// [`PATIENCE`].
    Peer,
}

/// Times by question, in the order asked.
pub(crate) struct Times {
    milliseconds: Vec<f64>,
    matches: usize,
}

impl Times {
    /// Asks each question once to warm up and once to measure. The answer is how
    /// many matches there are.
    pub(crate) fn of(
        questions: &[Question],
        budget: Budget,
        mut ask: impl FnMut(&Question) -> usize,
    ) -> Self {
        let (begun, mut times) = (Instant::now(), Vec::with_capacity(questions.len()));
        let mut matches = 0;
        for question in questions {
            ask(question);
            let started = Instant::now();
            matches += ask(question);
            times.push(started.elapsed().as_secs_f64() * 1e3);
            if budget == Budget::Peer && begun.elapsed() > PATIENCE {
                break;
            }
        }
        Self {
            matches: matches / times.len(),
            milliseconds: times,
        }
    }

    /// So many of a hundred questions took no longer, in milliseconds.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        percentile(&self.milliseconds, percent)
    }

    /// A row of the table; how much slower than `others`, over the questions
    /// that both were asked.
    pub(crate) fn print(&self, class: &str, by: &str, others: Option<&Self>) {
        let asked = self.milliseconds.len();
        let slower = others.map(|others| {
            let others = &others.milliseconds[..asked];
            let ratio = |percent| self.percentile(percent) / percentile(others, percent);
            format!("   {:>8.1}x {:>8.1}x", ratio(50), ratio(95))
        });
        println!(
            "{class:<10} {by:<9} {asked:>7} {:>8} {:>8.2} {:>8.2} {:>8.2}{}",
            self.matches,
            self.percentile(50),
            self.percentile(95),
            self.percentile(99),
            slower.unwrap_or_default()
        );
    }
}

fn percentile(milliseconds: &[f64], percent: usize) -> f64 {
    let mut sorted = milliseconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() - 1) * percent / 100]
}
