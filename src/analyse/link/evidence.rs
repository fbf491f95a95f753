//! What speaks for and against a document belonging to a review.
//!
//! In: two [`Case`]s. Out: the weighed [`Evidence`] with its sentences.

use crate::analyse::link::case::Case;
use crate::analyse::text;
use crate::model::analysis::Kind;
use crate::model::date::PartialDate;

/// Reasons, each with its weight; those against weigh less than 0.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    reasons: Vec<(f32, String)>,
    names_the_case: bool,
}

impl Evidence {
    /// Weighs what a document and a review have in common.
    pub(super) fn between(case: &Case<'_>, review: &Case<'_>) -> Self {
        let mut evidence = Self::default();
        evidence.publisher(case, review);
        evidence.subjects(case, review);
        evidence.codes(case, review);
        evidence.titles(case, review);
        evidence.places(case, review);
        evidence.dates(case, review);
        evidence.recommendations(case, review);
        evidence.law_and_language(case, review);
        evidence
    }

    /// The sum of all reasons.
    pub(super) fn weight(&self) -> f32 {
        self.reasons.iter().map(|(weight, _)| weight).sum()
    }

    /// Whether a pseudonym, code or title of the review is in the document.
    pub(super) fn names_the_case(&self) -> bool {
        self.names_the_case
    }

    /// The reasons for the link, weightiest first.
    pub(super) fn because(&self) -> Vec<String> {
        let mut reasons: Vec<&(f32, String)> = self
            .reasons
            .iter()
            .filter(|(weight, _)| *weight > 0.0)
            .collect();
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        reasons
            .into_iter()
            .map(|(_, because)| because.clone())
            .collect()
    }

    /// How often a link with so much evidence is right.
    pub(super) fn confidence(&self) -> f32 {
        (0.55 + 0.04 * self.weight()).clamp(0.5, 0.98)
    }

    fn add(&mut self, weight: f32, because: String) {
        self.reasons.push((weight, because));
    }

    fn publisher(&mut self, case: &Case<'_>, review: &Case<'_>) {
        if case.entry.id.partnership() == review.entry.id.partnership() {
            self.add(
                0.5,
                "Both were published by the same partnership.".to_owned(),
            );
        } else {
            self.add(
                -5.0,
                "They were published by different partnerships.".to_owned(),
            );
        }
    }

    fn subjects(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let shared = case.shared_subjects(review);
        if !shared.is_empty() {
            let is_whole = shared.len() == review.subjects.len().min(case.subjects.len());
            let names = shared.join(", ");
            self.names_the_case = true;
            self.add(
                if is_whole { 5.0 } else { 3.0 },
                format!("Both are about the same subject, “{names}”."),
            );
        } else if !case.subjects.is_empty() && !review.subjects.is_empty() {
            self.add(-6.0, "They name different subjects.".to_owned());
        }
    }

    fn codes(&mut self, case: &Case<'_>, review: &Case<'_>) {
        if let Some(code) = case.codes.intersection(&review.codes).next() {
            self.names_the_case = true;
            let code = code.to_uppercase();
            self.add(6.0, format!("Both carry the case code {code}."));
        } else if !case.codes.is_empty() && !review.codes.is_empty() {
            self.add(-5.0, "They carry different case codes.".to_owned());
        }
    }

    fn titles(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let shared = case.title.intersection(&review.title).count();
        if shared >= 2 && shared * 3 >= review.title.len() * 2 {
            self.names_the_case = true;
            self.add(
                4.0,
                "The document's title repeats that of the review.".to_owned(),
            );
        } else if shared >= 1 {
            self.add(
                0.5,
                "Their titles share a word that few titles have.".to_owned(),
            );
        }
    }

    fn places(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let same_page = |a: &str| review.places.iter().any(|place| place.page == a);
        let links_to = |from: &Case<'_>, to: &Case<'_>| {
            to.places
                .iter()
                .any(|place| from.addresses.contains(&place.page))
        };
        let shared = case.places.iter().find(|place| {
            let is_twin = |other: &&super::case::Place| {
                other.page == place.page
                    && other.heading == place.heading
                    && !place.heading.is_empty()
            };
            review.places.iter().find(is_twin).is_some()
        });
        let same_block = case.places.iter().any(|place| {
            place.block.len() > 12
                && review
                    .places
                    .iter()
                    .any(|other| other.page == place.page && other.block == place.block)
        });
        if same_block {
            self.add(
                3.5,
                "Links to both stand in the same block of a page.".to_owned(),
            );
        } else if let Some(place) = shared {
            let heading = &place.heading;
            self.add(
                2.5,
                format!("Links to both stand under the heading “{heading}”."),
            );
        } else if case.places.iter().any(|place| same_page(&place.page)) {
            self.add(1.0, "Links to both stand on the same page.".to_owned());
        }
        if links_to(case, review) {
            self.add(
                2.0,
                "The document is a page that links to the review.".to_owned(),
            );
        }
    }

    fn dates(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let date = |case: &Case<'_>| {
            let published = case.entry.analysis.metadata.published.as_ref();
            published
                .filter(|date| date.confidence >= 0.5)
                .map(|date| date.value)
        };
        let (Some(own), Some(of_review)) = (date(case), date(review)) else {
            return;
        };
        let months = months(own) - months(of_review);
        if months < -2 {
            let weight = if case.entry.analysis.kind == Kind::Response {
                -4.0
            } else {
                -2.0
            };
            self.add(weight, "The document is older than the review.".to_owned());
        } else if months <= 36 {
            self.add(
                1.0,
                "The document followed the review within three years.".to_owned(),
            );
        }
    }

    fn recommendations(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let (own, of_review) = (&case.recommendations, &review.recommendations);
        if own.is_empty() || of_review.is_empty() {
            return;
        }
        let known = own
            .iter()
            .filter(|words| {
                of_review.iter().any(|other| {
                    text::containment(words, other) >= 0.6 || text::overlap(words, other) >= 0.5
                })
            })
            .count();
        if known * 2 >= own.len() && known > 0 {
            self.add(
                3.0,
                format!(
                    "{known} of the {} recommendations it prints are in the review.",
                    own.len()
                ),
            );
        } else if own.len() == of_review.len() {
            self.add(
                0.5,
                "Both have the same number of recommendations.".to_owned(),
            );
        }
    }

    fn law_and_language(&mut self, case: &Case<'_>, review: &Case<'_>) {
        let (own, of_review) = (
            &case.entry.analysis.metadata,
            &review.entry.analysis.metadata,
        );
        if let (Some(a), Some(b)) = (&own.review_type, &of_review.review_type) {
            if a.value == b.value {
                self.add(0.5, "Both speak of the same kind of review.".to_owned());
            } else {
                self.add(-1.0, "They speak of different kinds of review.".to_owned());
            }
        }
        if let (Some(a), Some(b)) = (&own.language, &of_review.language)
            && a != b
        {
            self.add(-1.0, "They are written in different languages.".to_owned());
        }
    }
}

/// Months since the year 0. A year alone counts as its end.
fn months(date: PartialDate) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month().unwrap_or(12))
}
