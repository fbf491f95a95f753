//! Makes of an entry the units it is found by.
//!
//! In: a [`Publication`]. Out: its [`Unit`]s. Pure.
//!
//! A case is a review, or a summary or response whose review is not to be had.
//! The recommendations and lessons of a summary are those of its review in
//! other words, so they count only where the review has none.

use crate::model::analysis::{Answer, Item, Kind, Metadata};
use crate::model::document::Document;
use crate::model::entry::Entry;
use crate::model::ids::TermId;
use crate::search::case::{Case, belongs_to};
use crate::search::names::Names;
use crate::search::passages::passages;
use crate::search::printed::{answer_text, body, shorten, statuses, union};
use crate::search::request::Facet;
use crate::search::unit::{Card, Part, Texts, Unit};

/// An entry, with all that its units depend on.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Entries that link to it or that it links to.
    pub linked: &'a [Entry],
    /// What is printed in it, when that is at hand.
    pub document: Option<&'a Document>,
}

/// The units of a publication: none for one that is neither review, summary nor
/// response.
#[must_use]
pub fn units(publication: Publication<'_>, names: &Names) -> Vec<Unit> {
    let entry = publication.entry;
    if entry.analysis.kind == Kind::Other {
        return Vec::new();
    }
    let owner = belongs_to(entry)
        .and_then(|owner| publication.linked.iter().find(|linked| linked.id == *owner));
    let maker = Maker {
        names,
        entry,
        case: Case {
            entry: owner.unwrap_or(entry),
            linked: publication.linked,
        },
        is_welsh: entry.analysis.metadata.language.as_deref() == Some("cy"),
    };
    let mut units = Vec::new();
    if owner.is_none() {
        units.push(maker.case_unit(publication.document));
    }
    units.extend(maker.items());
    units.extend(maker.answers());
    units.extend(
        publication
            .document
            .map(|document| maker.passages(document))
            .into_iter()
            .flatten(),
    );
    tell_apart(&mut units);
    units
}

/// What is the same for all units of one entry.
struct Maker<'a> {
    names: &'a Names,
    entry: &'a Entry,
    case: Case<'a>,
    is_welsh: bool,
}

impl Maker<'_> {
    fn metadata(&self) -> &Metadata {
        &self.case.entry.analysis.metadata
    }

    fn card(&self, part: Part) -> Card {
        let metadata = self.metadata();
        Card {
            part,
            entry: self.entry.id.clone(),
            case: self.case.entry.id.clone(),
            item: String::new(),
            title: title(self.case.entry),
            url: self.entry.url.clone(),
            media_type: self.entry.media_type.clone(),
            kind: self.entry.analysis.kind,
            review_type: metadata
                .review_type
                .as_ref()
                .map(|cited| cited.value.clone()),
            published: metadata.published.as_ref().map(|cited| cited.value),
            subjects: metadata
                .subjects
                .iter()
                .map(|cited| cited.value.clone())
                .collect(),
            text: String::new(),
            page: None,
            heading: None,
            to: Vec::new(),
            themes: Vec::new(),
            answered: None,
            statuses: Vec::new(),
            recommendation: None,
            answers: None,
            recommendations: 0,
        }
    }

    fn case_unit(&self, document: Option<&Document>) -> Unit {
        let findings = &self.entry.analysis.findings;
        let mut card = self.card(Part::Review);
        if let Some(first) = findings
            .lessons
            .first()
            .or(findings.recommendations.first())
        {
            card.text = shorten(&first.text);
            card.page = Some(first.at.page);
        }
        card.themes = self
            .metadata()
            .themes
            .iter()
            .map(|cited| cited.value.clone())
            .collect();
        card.to = union(findings.recommendations.iter().flat_map(|item| &item.to));
        card.answered = Some(self.case.is_answered());
        card.statuses = statuses(
            self.case
                .answers()
                .into_iter()
                .map(|answered| answered.answer),
        );
        card.recommendations = findings.recommendations.len();
        let items = [
            &findings.recommendations,
            &findings.lessons,
            &findings.good_practice,
        ];
        let texts = Texts {
            items: items
                .into_iter()
                .flatten()
                .map(|item| item.text.clone())
                .collect(),
            body: document.map(body).unwrap_or_default(),
            ..Texts::default()
        };
        self.unit(card, texts)
    }

    fn items(&self) -> Vec<Unit> {
        let own = &self.entry.analysis.findings;
        let review = &self.case.entry.analysis.findings;
        let is_case = self.entry.id == self.case.entry.id;
        let is_counted = |of_case: &[Item]| is_case || of_case.is_empty();
        let mut units = Vec::new();
        if is_counted(&review.recommendations) {
            units.extend(
                own.recommendations
                    .iter()
                    .map(|item| self.recommendation(item)),
            );
        }
        if is_counted(&review.lessons) {
            units.extend(own.lessons.iter().map(|item| self.item(Part::Lesson, item)));
        }
        if is_counted(&review.good_practice) {
            units.extend(
                own.good_practice
                    .iter()
                    .map(|item| self.item(Part::GoodPractice, item)),
            );
        }
        units
    }

    fn recommendation(&self, item: &Item) -> Unit {
        let mut unit = self.item(Part::Recommendation, item);
        let answers = self.case.answers_to(item);
        unit.card.answered = Some(!answers.is_empty());
        unit.card.statuses = statuses(answers.into_iter().map(|answered| answered.answer));
        let Unit { card, texts, .. } = unit;
        self.unit(card, texts)
    }

    fn item(&self, part: Part, item: &Item) -> Unit {
        let mut card = self.card(part);
        card.item = match part {
            Part::Lesson => format!("lesson-{}", item.id),
            Part::GoodPractice => format!("good-practice-{}", item.id),
            _ => item.id.clone(),
        };
        card.text.clone_from(&item.text);
        card.page = Some(item.at.page);
        card.to.clone_from(&item.to);
        card.themes.clone_from(&item.themes);
        self.unit(card, Texts::default())
    }

    fn answers(&self) -> Vec<Unit> {
        let answers = &self.entry.analysis.findings.answers;
        answers.iter().map(|answer| self.answer(answer)).collect()
    }

    fn answer(&self, answer: &Answer) -> Unit {
        let mut card = self.card(Part::Answer);
        card.item = format!("answer-{}", answer.recommendation);
        card.text = answer_text(answer);
        card.page = Some(answer.at.page);
        card.statuses = vec![answer.status];
        card.recommendation = Some(answer.recommendation.clone());
        if let Some(item) = self.case.recommendation(answer) {
            card.answers = Some(item.id.clone());
            card.to.clone_from(&item.to);
            card.themes.clone_from(&item.themes);
        }
        self.unit(card, Texts::default())
    }

    fn passages(&self, document: &Document) -> Vec<Unit> {
        let passages = (1..).zip(passages(document));
        let unit = |(number, passage): (u32, _)| {
            let crate::search::passages::Passage {
                page,
                heading,
                text,
            } = passage;
            let mut card = self.card(Part::Passage);
            card.item = format!("passage-{number}");
            card.page = Some(page);
            card.heading = heading;
            card.text = text;
            self.unit(card, Texts::default())
        };
        passages.map(unit).collect()
    }

    fn unit(&self, card: Card, mut texts: Texts) -> Unit {
        let facets = self.facets(&card);
        let named = [
            Facet::Partnership,
            Facet::Agency,
            Facet::Theme,
            Facet::Type,
            Facet::Criterion,
        ];
        texts.facts = facets
            .iter()
            .filter(|(facet, _)| named.contains(facet))
            .map(|(facet, id)| self.names.label(*facet, id).to_owned())
            .collect();
        if card.part == Part::Review {
            texts.facts.extend(
                self.metadata()
                    .author
                    .iter()
                    .map(|cited| cited.value.clone()),
            );
        }
        texts.is_welsh = self.is_welsh;
        Unit {
            card,
            texts,
            facets,
        }
    }

    fn facets(&self, card: &Card) -> Vec<(Facet, String)> {
        if card.part == Part::Passage {
            return Vec::new();
        }
        let metadata = self.metadata();
        let partnership = self.case.entry.id.partnership();
        let mut facets = vec![(Facet::Partnership, partnership.to_string())];
        let mut add = |facet, id: &str| facets.push((facet, id.to_owned()));
        if let Some((nation, region)) = self.names.place(partnership) {
            add(Facet::Nation, nation.as_str());
            if let Some(region) = region {
                add(Facet::Region, region.as_str());
            }
        }
        for theme in &card.themes {
            add(Facet::Theme, theme.as_str());
        }
        for family in self.families(&card.themes) {
            add(Facet::Theme, family);
        }
        card.to
            .iter()
            .for_each(|agency| add(Facet::Agency, agency.as_str()));
        card.review_type
            .iter()
            .for_each(|id| add(Facet::Type, id.as_str()));
        metadata
            .criteria
            .iter()
            .for_each(|cited| add(Facet::Criterion, cited.value.as_str()));
        metadata
            .age_bands
            .iter()
            .for_each(|cited| add(Facet::Age, cited.value.as_str()));
        card.statuses
            .iter()
            .for_each(|status| add(Facet::Status, status.id()));
        if let Some(answered) = card.answered {
            add(Facet::Answered, if answered { "yes" } else { "no" });
        }
        if let Some(published) = card.published {
            add(Facet::Year, &published.year().to_string());
        }
        facets
    }

    fn families(&self, themes: &[TermId]) -> Vec<&str> {
        let mut families: Vec<&str> = themes
            .iter()
            .filter_map(|theme| self.names.family(theme.as_str()))
            .collect();
        families.sort_unstable();
        families.dedup();
        families
    }
}

/// How a case is known: its title, else its subjects, else its file name.
#[must_use]
pub fn title(entry: &Entry) -> String {
    let metadata = &entry.analysis.metadata;
    if let Some(title) = &metadata.title {
        return title.value.clone();
    }
    if !metadata.subjects.is_empty() {
        let subjects = metadata.subjects.iter().map(|cited| &*cited.value);
        return subjects.collect::<Vec<_>>().join(", ");
    }
    let link_text = entry
        .found
        .iter()
        .find_map(|context| context.link_text.clone());
    link_text.unwrap_or_else(|| {
        let last = entry
            .url
            .path_segments()
            .and_then(|mut segments| segments.next_back());
        last.filter(|last| !last.is_empty())
            .unwrap_or(entry.url.as_str())
            .to_owned()
    })
}

/// Gives units of one name (a label printed twice) names of their own: the
/// second `3` becomes `3~2`.
fn tell_apart(units: &mut [Unit]) {
    let mut seen = std::collections::HashMap::<String, usize>::new();
    for unit in units {
        let times = seen.entry(unit.card.item.clone()).or_default();
        *times += 1;
        if *times > 1 {
            unit.card.item = format!("{}~{times}", unit.card.item);
        }
    }
}
