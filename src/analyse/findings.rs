//! What is printed in a document, by its kind: the items of a review, each with
//! whom it addresses and what it is about; the answers of a response.
//!
//! In: the document's outline and kind. Out: [`Findings`] and the themes of the
//! document that follow from its items.

use crate::analyse::agencies::{self, Asked, LocalNames};
use crate::analyse::answers;
use crate::analyse::items::{self, Printed};
use crate::analyse::outline::Outline;
use crate::analyse::themes::{self, ItemThemes, Leaning, Weighed};
use crate::model::analysis::{Cited, Findings, Item, Kind};
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// What is printed in a document of this kind, and what that is about,
/// weightiest first. `title` is the document's, empty when it has none.
///
/// Reviews and summaries have items, and answers where they print a response to
/// themselves; responses have answers: the items that a response prints are
/// those of the review it answers. Other documents have
/// neither, however much they list.
pub(super) fn read(
    outline: &Outline<'_>,
    kind: Kind,
    title: &str,
    vocabulary: &Vocabulary,
) -> (Findings, Vec<Cited<TermId>>) {
    match kind {
        Kind::Review | Kind::Summary => from_review(outline, title, vocabulary),
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

fn from_review(
    outline: &Outline<'_>,
    title: &str,
    vocabulary: &Vocabulary,
) -> (Findings, Vec<Cited<TermId>>) {
    let items = items::read(outline);
    let local = LocalNames::of(&outline.full_text(), vocabulary);
    let leaning = Leaning::of(outline, vocabulary);
    let themed = |items| themed(items, &leaning, vocabulary);
    let recommendations = themed(&items.recommendations);
    let lessons = themed(&items.lessons);
    let good_practice = themed(&items.good_practice);
    let weighed: Vec<Weighed<'_>> = recommendations
        .iter()
        .chain(&lessons)
        .map(|(printed, about)| Weighed {
            at: printed.at,
            about,
        })
        .collect();
    let themes = themes::of_document(title, &leaning, &weighed, vocabulary);
    let recommendations = finish(recommendations, |item| addressed(item, &local, vocabulary));
    let findings = Findings {
        answers: answers::within_review(outline, &recommendations),
        recommendations,
        lessons: finish(lessons, |_| Vec::new()),
        good_practice: finish(good_practice, |_| Vec::new()),
    };
    (findings, themes)
}

type Themed<'a> = (&'a Printed, ItemThemes);

fn themed<'a>(items: &'a [Printed], leaning: &Leaning, vocabulary: &Vocabulary) -> Vec<Themed<'a>> {
    let read = |item: &'a Printed| (item, themes::of_item(&item.text, leaning, vocabulary));
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

/// Whom a recommendation addresses, by its text alone.
pub(super) fn addressees_of(recommendation: &str, vocabulary: &Vocabulary) -> Vec<TermId> {
    let asked = Asked {
        text: recommendation,
        headings: &[],
        responsibility: None,
    };
    let local = LocalNames::of(recommendation, vocabulary);
    let to = agencies::addressed(&asked, &local, vocabulary);
    to.into_iter().map(|(agency, _)| agency).collect()
}

fn finish(items: Vec<Themed<'_>>, address: impl Fn(&Printed) -> Vec<TermId>) -> Vec<Item> {
    let finish = |(printed, about): Themed<'_>| Item {
        id: printed.id.clone(),
        text: printed.text.clone(),
        at: printed.at,
        to: address(printed),
        themes: about.themes.into_iter().map(|found| found.theme).collect(),
        confidence: printed.confidence,
    };
    items.into_iter().map(finish).collect()
}
