//! Items as they go into the analysis: each with whom it addresses and what it
//! is about.
//!
//! In: printed items and the document's outline. Out: [`Item`]s, and for each
//! its themes with their evidence, from which the document's themes follow.

use crate::analyse::agencies::{self, Asked, LocalNames};
use crate::analyse::items::{Items, Printed};
use crate::analyse::outline::Outline;
use crate::analyse::themes::{self, ItemTheme, Weighed};
use crate::model::analysis::{Cited, Item};
use crate::model::ids::TermId;
use crate::vocabulary::Vocabulary;

/// The items of a document, read for agencies and themes.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// What has to be done.
    pub(super) recommendations: Vec<Item>,
    /// What was learnt.
    pub(super) lessons: Vec<Item>,
    /// What was done well.
    pub(super) good_practice: Vec<Item>,
    /// What the document is about, weightiest first.
    pub(super) themes: Vec<Cited<TermId>>,
}

/// Reads the items of a document for agencies and themes.
pub(super) fn read(outline: &Outline<'_>, items: &Items, vocabulary: &Vocabulary) -> Read {
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
    let address = |printed: &Printed| addressed(printed, &local, vocabulary);
    Read {
        recommendations: finish(recommendations, address),
        lessons: finish(lessons, |_| Vec::new()),
        good_practice: finish(good_practice, |_| Vec::new()),
        themes,
    }
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
