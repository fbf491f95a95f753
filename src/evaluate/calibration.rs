//! Whether confidences mean what they say.
//!
//! In: gold documents with what the export has for each. Out: a table of
//! reliability: of what was stated with a confidence between two bounds, how
//! much was right. Calibration is judged across sites: what the other sites
//! teach about a confidence is tried on the site that is left out.

use std::fmt::Write as _;

use crate::evaluate::Key;
use crate::evaluate::gold::{Found, GoldDocument, Item};
use crate::evaluate::matching::{dates_agree, overlap, pair_up, tokens};

/// Bounds of the rows of the table.
const BOUNDS: [f64; 7] = [0.0, 0.5, 0.65, 0.75, 0.85, 0.95, 1.001];
/// Least overlap of titles that are the same, as the scorer has it.
const SAME_TEXT: f64 = 0.7;
/// How many statements of other sites outweigh what was stated.
const PRIOR: f64 = 8.0;

/// Statements with their confidence, of all sites.
#[derive(Debug, Default)]
pub struct Calibration(Vec<Statement>);

#[derive(Debug)]
struct Statement {
    site: String,
    fact: &'static str,
    stated: f64,
    is_right: bool,
}

impl Calibration {
    /// Adds what the export states of a document.
    pub(super) fn add(&mut self, gold: &GoldDocument, key: &Key<'_>) {
        let Some(found) = key.found(gold) else {
            return;
        };
        let (known, says) = (&gold.says, &found.says);
        let sure = &found.confidence;
        let mut state = |fact, stated: Option<f64>, is_right| {
            if let Some(stated) = stated {
                self.0.push(Statement {
                    site: gold.site.clone(),
                    fact,
                    stated,
                    is_right,
                });
            }
        };
        state("kind", sure.kind, says.kind == known.kind);
        if known.is("other") {
            return;
        }
        let is_type = says.review_type == known.review_type;
        state("review type", sure.review_type, is_type);
        let titles = [known, says].map(|side| tokens(side.title.as_deref()));
        let is_title = overlap(&titles[0], &titles[1]) >= SAME_TEXT;
        state("title", sure.title, is_title);
        if let (Some(date), Some(read)) = (&known.published, &says.published) {
            state("published", sure.published, dates_agree(date, read));
        }
        self.add_lists(gold, found);
        self.add_items(gold, found);
    }

    fn add_lists(&mut self, gold: &GoldDocument, found: &Found) {
        let (known, says, sure) = (&gold.says, &found.says, &found.confidence);
        let is_review = known.is("review");
        let lists = [
            (
                "subjects",
                true,
                &known.subjects,
                &says.subjects,
                &sure.subjects,
            ),
            (
                "criteria",
                is_review,
                &known.criteria,
                &says.criteria,
                &sure.criteria,
            ),
            (
                "age bands",
                is_review,
                &known.age_bands,
                &says.age_bands,
                &sure.age_bands,
            ),
            (
                "themes",
                !known.is("response"),
                &known.themes,
                &says.themes,
                &sure.themes,
            ),
        ];
        for (fact, _, known, says, sure) in lists.into_iter().filter(|list| list.1) {
            for (value, stated) in says.iter().zip(sure) {
                let is_right = known.iter().any(|known| known.eq_ignore_ascii_case(value));
                self.0.push(Statement {
                    site: gold.site.clone(),
                    fact,
                    stated: *stated,
                    is_right,
                });
            }
        }
    }

    fn add_items(&mut self, gold: &GoldDocument, found: &Found) {
        let (known, says) = (&gold.says, &found.says);
        for (fact, known, says) in [
            (
                "recommendations",
                &known.recommendations,
                &says.recommendations,
            ),
            ("lessons", &known.lessons, &says.lessons),
            ("good practice", &known.good_practice, &says.good_practice),
        ] {
            let words = |items: &[Item]| -> Vec<Vec<String>> {
                items
                    .iter()
                    .map(|item| tokens(item.text.as_deref()))
                    .collect()
            };
            let pairs = pair_up(&words(known), &words(says));
            for (index, item) in says.iter().enumerate() {
                if let Some(stated) = item.confidence {
                    self.0.push(Statement {
                        site: gold.site.clone(),
                        fact,
                        stated,
                        is_right: pairs.iter().any(|(_, found)| *found == index),
                    });
                }
            }
        }
    }

    /// The table, as text.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = String::from("confidence     stated   right  statements\n");
        for bounds in BOUNDS.windows(2) {
            let row: Vec<&Statement> = self.within(bounds).collect();
            if !row.is_empty() {
                let name = format!("{:.2} to {:.2}", bounds[0], bounds[1].min(1.0));
                line(&mut text, &name, &row);
            }
        }
        text.push_str("\nfact           stated   right  statements\n");
        let mut facts: Vec<&'static str> = Vec::new();
        for statement in &self.0 {
            if !facts.contains(&statement.fact) {
                facts.push(statement.fact);
            }
        }
        for fact in facts {
            let row: Vec<&Statement> = self.0.iter().filter(|one| one.fact == fact).collect();
            line(&mut text, fact, &row);
        }
        let stated = self.errors(|one| one.stated);
        let taught = self.errors(|one| self.taught(one));
        for (name, (gap, brier)) in [("as stated", stated), ("as the other sites teach", taught)] {
            let _ = write!(
                text,
                "\n{name:26} mean gap {gap:.3}  Brier score {brier:.3}"
            );
        }
        text
    }

    fn within<'a>(&'a self, bounds: &'a [f64]) -> impl Iterator<Item = &'a Statement> {
        self.0
            .iter()
            .filter(|one| one.stated >= bounds[0] && one.stated < bounds[1])
    }

    /// The confidence that statements of this fact, stated about as surely on
    /// other sites, deserve.
    fn taught(&self, one: &Statement) -> f64 {
        let row = BOUNDS.windows(2);
        let mut row = row.filter(|bounds| one.stated >= bounds[0] && one.stated < bounds[1]);
        let Some(bounds) = row.next() else {
            return one.stated;
        };
        let others: Vec<&Statement> = self
            .within(bounds)
            .filter(|other| other.site != one.site && other.fact == one.fact)
            .collect();
        let right = others.iter().filter(|other| other.is_right).count() as f64;
        (right + PRIOR * one.stated) / (others.len() as f64 + PRIOR)
    }

    /// Mean distance between confidence and share right over the rows of the
    /// table, weighed by their statements; and the Brier score.
    fn errors(&self, confidence: impl Fn(&Statement) -> f64) -> (f64, f64) {
        let all: Vec<(f64, f64)> = self
            .0
            .iter()
            .map(|one| (confidence(one), f64::from(u8::from(one.is_right))))
            .collect();
        let number = (all.len() as f64).max(1.0);
        let gap: f64 = BOUNDS
            .windows(2)
            .map(|bounds| {
                let row = all
                    .iter()
                    .filter(|(c, _)| *c >= bounds[0] && *c < bounds[1]);
                row.map(|(c, right)| c - right).sum::<f64>().abs()
            })
            .sum();
        let brier: f64 = all.iter().map(|(c, right)| (c - right).powi(2)).sum();
        (gap / number, brier / number)
    }
}

fn line(text: &mut String, name: &str, row: &[&Statement]) {
    let number = row.len() as f64;
    let stated = row.iter().map(|one| one.stated).sum::<f64>() / number;
    let right = row.iter().filter(|one| one.is_right).count() as f64 / number;
    let _ = writeln!(text, "{name:15}{stated:6.2}  {right:6.2}  {:10}", row.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(site: &str, stated: f64, is_right: bool) -> Statement {
        Statement {
            site: site.to_owned(),
            fact: "title",
            stated,
            is_right,
        }
    }

    #[test]
    fn a_site_is_judged_by_what_the_others_teach() {
        let mut statements = vec![statement("alder", 0.9, true)];
        statements.extend((0..8).map(|_| statement("birch", 0.9, false)));
        let calibration = Calibration(statements);
        let taught = calibration.taught(&calibration.0[0]);
        assert!((taught - 0.45).abs() < 1e-9, "{taught}");
        let taught = calibration.taught(&calibration.0[1]);
        assert!((taught - 8.2 / 9.0).abs() < 1e-9, "{taught}");
    }

    #[test]
    fn the_table_tells_stated_from_right() {
        let calibration = Calibration(vec![
            statement("alder", 0.9, true),
            statement("alder", 0.9, false),
        ]);
        let table = calibration.table();
        assert!(
            table.contains("0.85 to 0.95     0.90    0.50           2"),
            "{table}"
        );
        assert!(
            table.contains("mean gap 0.400  Brier score 0.410"),
            "{table}"
        );
    }
}
