//! The two kinds of figure.
//!
//! In: pairs of what was known and what was found. Out: precision, recall and
//! F1, or a rate, each with the counts it comes from. What is compared with
//! what is for `tally`.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

/// How a search for things went: some right, some wrong, some missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) missed: usize,
}

/// How often something came out right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) right: usize,
    pub(super) of: usize,
}

/// A figure as printed and as serialised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Figure {
    /// Of a [`Count`].
    Found {
        precision: f64,
        recall: f64,
        f1: f64,
        found_right: usize,
        found_wrong: usize,
        missed: usize,
    },
    /// Of a [`Rate`].
    Rate { rate: f64, right: usize, of: usize },
}

impl Count {
    /// Counts two sets; what stands twice in one counts once.
    pub(super) fn add<T: Ord>(
        &mut self,
        gold: impl IntoIterator<Item = T>,
        found: impl IntoIterator<Item = T>,
    ) {
        let gold: BTreeSet<T> = gold.into_iter().collect();
        let found: BTreeSet<T> = found.into_iter().collect();
        let right = gold.intersection(&found).count();
        self.right += right;
        self.wrong += found.len() - right;
        self.missed += gold.len() - right;
    }

    pub(super) fn figure(self) -> Figure {
        let precision = share(self.right, self.right + self.wrong);
        let recall = share(self.right, self.right + self.missed);
        let sum = precision + recall;
        Figure::Found {
            precision,
            recall,
            f1: if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
            found_right: self.right,
            found_wrong: self.wrong,
            missed: self.missed,
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl Rate {
    pub(super) fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.of += 1;
    }

    pub(super) fn figure(self) -> Figure {
        Figure::Rate {
            rate: share(self.right, self.of),
            right: self.right,
            of: self.of,
        }
    }
}

/// 0 where there was nothing to find.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found {
                precision,
                recall,
                f1,
                found_right,
                found_wrong,
                missed,
            } => write!(
                f,
                "F1 {f1:.3}  P {precision:.3}  R {recall:.3}  \
                 ({found_right} right, {found_wrong} wrong, {missed} missed)"
            ),
            Self::Rate { rate, right, of } => write!(f, "{rate:.3}  ({right} of {of})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_print_with_their_counts() {
        let mut count = Count::default();
        count.add(["a", "b", "c"], ["b", "c", "c", "d"]);
        assert_eq!(
            count.figure().to_string(),
            "F1 0.667  P 0.667  R 0.667  (2 right, 1 wrong, 1 missed)"
        );
        let mut rate = Rate::default();
        for is_right in [true, false, true, true] {
            rate.add(is_right);
        }
        assert_eq!(rate.figure().to_string(), "0.750  (3 of 4)");
    }

    #[test]
    fn nothing_to_find_is_nought() {
        let nothing = "F1 0.000  P 0.000  R 0.000  (0 right, 0 wrong, 0 missed)";
        assert_eq!(Count::default().figure().to_string(), nothing);
        assert_eq!(Rate::default().figure().to_string(), "0.000  (0 of 0)");
    }

    /// 1/16 and 3/16 lie exactly between two printed values; the reference
    /// scorer rounds to the even one.
    #[test]
    fn halves_round_to_even() {
        let printed = |right| Rate { right, of: 16 }.figure().to_string();
        assert_eq!(printed(1), "0.062  (1 of 16)");
        assert_eq!(printed(3), "0.188  (3 of 16)");
    }
}
