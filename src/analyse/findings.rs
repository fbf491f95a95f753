//! What is printed in a document, by its kind: the items of a review, each with
//! whom it addresses and what it is about; the answers of a response.
//!
//! In: the document's outline and kind. Out: [`Findings`] and the themes of the
//! document that follow from its items.

use crate::analyse::agencies::{self, Asked, LocalNames};
use crate::analyse::answers;
use crate::analyse::items::{self, Printed};
use crate::analyse::outline::Outline;
use crate::analyse::themes::{self, ItemTheme, Weighed};
use crate::model::analysis::{Cited, Findings, Item, Kind};
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// What is printed in a document of this kind, and what that is about,
/// weightiest first.
///
/// Reviews and summaries have items, responses have answers: the items that a
/// response prints are those of the review it answers. Other documents have
/// neither, however much they list.
pub(super) fn read(
    outline: &Outline<'_>,
    kind: Kind,
    vocabulary: &Vocabulary,
) -> (Findings, Vec<Cited<TermId>>) {
    match kind {
        Kind::Review | Kind::Summary => from_review(outline, vocabulary),
        Kind::Response => {
            let answers = answers::read(outline, &[]);
            (
                Findings {
                    answers,
                    ..Findings::default()
                },
                Vec::new(),
            )
        }
        Kind::Other => Default::default(),
    }
}

fn from_review(outline: &Outline<'_>, vocabulary: &Vocabulary) -> (Findings, Vec<Cited<TermId>>) {
    let items = items::read(outline);
    let local = LocalNames::of(&outline.full_text(), vocabulary);
    let recommendations = themed(&items.recommendations, vocabulary);
    let lessons = themed(&items.lessons, vocabulary);
    let good_practice = themed(&items.good_practice, vocabulary);
    let weighed: Vec<Weighed<'_>> = recommendations
        .iter()
        .chain(&lessons)
        .map(|(printed, themes)| Weighed {
            at: printed.at,
            themes,
        })
        .collect();
    let themes = themes::of_document(outline, &weighed, vocabulary);
    let findings = Findings {
        recommendations: finish(recommendations, |item| addressed(item, &local, vocabulary)),
        lessons: finish(lessons, |_| Vec::new()),
        good_practice: finish(good_practice, |_| Vec::new()),
        answers: Vec::new(),
    };
    (findings, themes)
}

type Themed<'a> = (&'a Printed, Vec<ItemTheme>);

fn themed<'a>(items: &'a [Printed], vocabulary: &Vocabulary) -> Vec<Themed<'a>> {
    let read = |item: &'a Printed| {
        let headings: Vec<&str> = item.governed_by.iter().map(String::as_str).collect();
        (item, themes::of_item(&item.text, &headings, vocabulary))
    };
    items.iter().map(read).collect()
}

fn addressed(item: &Printed, local: &LocalNames, vocabulary: &Vocabulary) -> Vec<TermId> {
    let headings: Vec<&str> = item.governed_by.iter().map(String::as_str).collect();
    let asked = Asked {
        text: &item.text,
        headings: &headings,
        responsibility: item.owner.as_deref(),
    };
    let found = agencies::addressed(&asked, local, vocabulary);
    found.into_iter().map(|(agency, _)| agency).collect()
}

/// The themes of a recommendation and whom it addresses, by its text alone.
pub(super) fn terms_of(
    recommendation: &str,
    vocabulary: &Vocabulary,
) -> (Vec<TermId>, Vec<TermId>) {
    let themes = themes::of_item(recommendation, &[], vocabulary);
    let asked = Asked {
        text: recommendation,
        headings: &[],
        responsibility: None,
    };
    let local = LocalNames::of(recommendation, vocabulary);
    let to = agencies::addressed(&asked, &local, vocabulary);
    (
        themes.into_iter().map(|found| found.theme).collect(),
        to.into_iter().map(|(agency, _)| agency).collect(),
    )
}

fn finish(items: Vec<Themed<'_>>, address: impl Fn(&Printed) -> Vec<TermId>) -> Vec<Item> {
    let finish = |(printed, themes): Themed<'_>| Item {
        id: printed.id.clone(),
        text: printed.text.clone(),
        at: printed.at,
        to: address(printed),
        themes: themes.into_iter().map(|found| found.theme).collect(),
        confidence: printed.confidence,
    };
    items.into_iter().map(finish).collect()
}
