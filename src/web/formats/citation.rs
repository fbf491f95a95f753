//! What is needed to cite a review or a passage of one.

use crate::model::date::PartialDate;
use crate::web::views::case::{CaseView, RecommendationRecord};
use crate::web::views::hits::{Common, HitView, ReviewLink};

/// What is needed to cite a review, or a passage of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Citation {
    /// Permanent id here.
    pub id: String,
    /// The review's title.
    pub title: String,
    /// The passage, when one is cited: `Recommendation 3`.
    pub part: Option<String>,
    /// As printed, when known.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: String,
    /// As precise as its source.
    pub published: Option<PartialDate>,
    /// Physical page of the passage.
    pub page: Option<u32>,
    /// Where it was published.
    pub url: String,
    /// The passage's own words.
    pub quoted: Option<String>,
    /// What it is about.
    pub keywords: Vec<String>,
}

impl Citation {
    /// Of a whole case.
    pub(in crate::web) fn of_case(case: &CaseView) -> Self {
        Self {
            id: case.id.clone(),
            title: case.title.clone(),
            part: None,
            author: case.author.clone(),
            publisher: case.partnership.name.clone(),
            published: case.published,
            page: None,
            url: case.documents[0].source_url.clone(),
            quoted: None,
            keywords: case.themes.iter().map(|term| term.label.clone()).collect(),
        }
    }

    /// Of one recommendation.
    pub(in crate::web) fn of_recommendation(record: &RecommendationRecord) -> Self {
        let recommendation = &record.recommendation;
        Self {
            id: recommendation.id.clone(),
            title: record.review.title.clone(),
            part: Some(part("Recommendation", recommendation.label.as_deref())),
            author: None,
            publisher: record.partnership.name.clone(),
            published: record.published,
            page: Some(recommendation.page),
            url: recommendation.source_url.clone(),
            quoted: Some(recommendation.text.clone()),
            keywords: recommendation
                .themes
                .iter()
                .map(|term| term.label.clone())
                .collect(),
        }
    }

    /// Of one result of a list.
    pub(in crate::web) fn of_hit(hit: &HitView) -> Self {
        match hit {
            HitView::Review(hit) => Self {
                page: None,
                title: hit.title.clone(),
                ..Self::of_common(&hit.common)
            },
            HitView::Recommendation(hit) => Self::of_passage(
                &hit.common,
                &hit.review,
                part("Recommendation", hit.label.as_deref()),
                &hit.text,
            ),
            HitView::Lesson(hit) => {
                let kind = match hit.kind {
                    "good-practice" => "Good practice",
                    _ => "Lesson",
                };
                Self::of_passage(&hit.common, &hit.review, kind.to_owned(), &hit.text)
            }
            HitView::Answer(hit) => Self::of_passage(
                &hit.common,
                &hit.review,
                format!("Answer to recommendation {}", hit.recommendation),
                &hit.text,
            ),
        }
    }

    fn of_passage(common: &Common, review: &ReviewLink, part: String, text: &str) -> Self {
        Self {
            title: review.title.clone(),
            part: Some(part),
            quoted: Some(text.to_owned()),
            ..Self::of_common(common)
        }
    }

    fn of_common(common: &Common) -> Self {
        Self {
            id: common.id.clone(),
            title: String::new(),
            part: None,
            author: None,
            publisher: common.partnership.name.clone(),
            published: common.published,
            page: common.page,
            url: common.source_url.clone(),
            quoted: None,
            keywords: common
                .themes
                .iter()
                .map(|term| term.label.clone())
                .collect(),
        }
    }

    /// The title with the passage before it.
    pub(in crate::web) fn full_title(&self) -> String {
        match &self.part {
            Some(part) => format!("{part}. {}", self.title),
            None => self.title.clone(),
        }
    }

    /// The author as printed, or else the publisher.
    pub(in crate::web) fn author_or_publisher(&self) -> &str {
        self.author.as_deref().unwrap_or(&self.publisher)
    }

    /// What the record was made by and under which name it is found here.
    pub(in crate::web) fn provenance(&self) -> String {
        format!("Indexed by machine in Lessons Index as {}", self.id)
    }
}

fn part(kind: &str, label: Option<&str>) -> String {
    match label {
        Some(label) => format!("{kind} {label}"),
        None => kind.to_owned(),
    }
}

/// One citation as the tests of formats use it.
#[cfg(test)]
pub(super) fn example() -> Citation {
    Citation {
        id: "oakmoor/3f9c2a71/4.2".to_owned(),
        title: "Serious Case Review: Child K {2014} & family".to_owned(),
        part: Some("Recommendation 4.2".to_owned()),
        author: Some("Jan Oake".to_owned()),
        publisher: "Oakmoor Safeguarding Children Partnership".to_owned(),
        published: "2021-03".parse().ok(),
        page: Some(28),
        url: "https://oakmoor.example/k.pdf#page=28".to_owned(),
        quoted: Some("The police should share\nwhat they know.".to_owned()),
        keywords: vec!["Information sharing".to_owned()],
    }
}
