//! The fields of the index.
//!
//! `index/SCHEMA.md` explains them to people and is held equal to [`FIELDS`] by
//! a test. The index is disposable: where its [`version`] is not that of this
//! program it is made anew from the catalogue.

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::search::analyser;
use crate::search::request::Facet;

/// Raised with every change of fields, units or what is stored of them.
const SCHEMA: u32 = 3;

/// Names the form of the index: fields and analysers together.
pub(super) fn version() -> String {
    format!("schema-{SCHEMA} analyser-{}", analyser::VERSION)
}

/// How a field is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// English words with their places.
    English,
    /// Unstemmed words with their places.
    Plain,
    /// Unstemmed words, without places.
    PlainWords,
    /// One word as it is, to look up by.
    Id,
    /// One word as it is, to look up and to count by.
    Term,
    /// A number to compare.
    Number,
    /// Several numbers, in order.
    Numbers,
    /// Kept, not searched.
    Stored,
}

/// Every field: name, form, and why it is there.
#[rustfmt::skip]
pub(super) const FIELDS: [(&str, Form, &str); 29] = [
    ("id", Form::Id, "names the unit, e.g. `oakmoor/3f9c2a71/4.2`"),
    ("entry", Form::Id, "the entry a unit comes from: its units are replaced together"),
    ("case", Form::Id, "the case a unit belongs to: finds its passages and items"),
    ("part", Form::Term, "review, recommendation, lesson, good-practice, answer or passage"),
    ("case_key", Form::Number, "head of the digest of `case`: joins passages to their case without reading either"),
    ("order", Form::Number, "head of the digest of `entry`, then the place of the unit in it: one order for equal scores and dates"),
    ("meaning", Form::Numbers, "what the text is about, as 256 signed bytes in 32 numbers: finds texts that say the same in other words"),
    ("from", Form::Number, "first day of the date of publication, as 20210301; absent when undated"),
    ("until", Form::Number, "last day of it: 20210331 for March 2021"),
    ("theme", Form::Term, "ids of themes and of their families"),
    ("agency", Form::Term, "ids of agencies addressed"),
    ("partnership", Form::Term, "the publisher"),
    ("nation", Form::Term, "where the publisher is"),
    ("region", Form::Term, "where in the nation"),
    ("type", Form::Term, "kind of review"),
    ("criterion", Form::Term, "why the review was held"),
    ("age", Form::Term, "age bands of its subjects"),
    ("status", Form::Term, "what answers come to"),
    ("answered", Form::Term, "yes or no: whether a response was found"),
    ("year", Form::Term, "year of publication, for its counts; `from` and `until` narrow"),
    ("title", Form::English, "cases: title and subjects"),
    ("items", Form::English, "cases: recommendations, lessons and good practice"),
    ("body", Form::English, "cases: all that is printed, a block to a value"),
    ("facts", Form::English, "cases: labels of terms, name of the publisher, author"),
    ("text", Form::English, "recommendations, lessons, good practice, answers: their own text"),
    ("about", Form::English, "the same: title of the case, labels of terms, name of the publisher"),
    ("passage", Form::English, "passages: heading and text"),
    ("welsh", Form::Plain, "all text of Welsh documents, unstemmed: a query's words are expanded by their mutations instead"),
    ("plain", Form::PlainWords, "all text but that of passages, for wildcards and spelling"),
];

/// The one field that is stored: what a result shows, as JSON.
pub(super) const CARD: (&str, Form, &str) = (
    "card",
    Form::Stored,
    "what a result shows, as JSON, so that a list needs no other store",
);

/// The fields of a schema, which [`FIELDS`] explains.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub id: Field,
    pub entry: Field,
    pub case: Field,
    pub part: Field,
    pub case_key: Field,
    pub order: Field,
    pub meaning: Field,
    pub from: Field,
    pub until: Field,
    pub facets: [Field; Facet::ALL.len()],
    pub title: Field,
    pub items: Field,
    pub body: Field,
    pub facts: Field,
    pub text: Field,
    pub about: Field,
    pub passage: Field,
    pub welsh: Field,
    pub plain: Field,
    pub card: Field,
}

impl Fields {
    /// The field that counts a facet.
    pub(super) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet.place()]
    }

    fn of(schema: &Schema) -> Self {
        let field = |name: &str| schema.get_field(name).expect("the field is in `FIELDS`");
        Self {
            id: field("id"),
            entry: field("entry"),
            case: field("case"),
            part: field("part"),
            case_key: field("case_key"),
            order: field("order"),
            meaning: field(crate::search::vectors::FIELD),
            from: field("from"),
            until: field("until"),
            facets: Facet::ALL.map(|facet| field(facet.id())),
            title: field("title"),
            items: field("items"),
            body: field("body"),
            facts: field("facts"),
            text: field("text"),
            about: field("about"),
            passage: field("passage"),
            welsh: field("welsh"),
            plain: field("plain"),
            card: field("card"),
        }
    }
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    for (name, form, _) in FIELDS.into_iter().chain([CARD]) {
        match form {
            Form::English => {
                builder.add_text_field(name, words(analyser::ENGLISH, true));
            }
            Form::Plain => {
                builder.add_text_field(name, words(analyser::PLAIN, true));
            }
            Form::PlainWords => {
                builder.add_text_field(name, words(analyser::PLAIN, false));
            }
            Form::Id => {
                builder.add_text_field(name, raw());
            }
            Form::Term => {
                builder.add_text_field(name, raw().set_fast("raw"));
            }
            Form::Number | Form::Numbers => {
                builder.add_u64_field(name, NumericOptions::default().set_fast());
            }
            Form::Stored => {
                builder.add_text_field(name, TextOptions::default().set_stored());
            }
        }
    }
    let schema = builder.build();
    let fields = Fields::of(&schema);
    (schema, fields)
}

fn words(tokenizer: &str, with_places: bool) -> TextOptions {
    let option = if with_places {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::Basic
    };
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

fn raw() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file is made by this function, so that it cannot drift; a person
    /// who changes a field copies what the failure shows.
    #[test]
    fn schema_file_lists_every_field() {
        let expected: String = FIELDS.into_iter().chain([CARD]).map(row).collect();
        let file = include_str!("../../index/SCHEMA.md");
        let listed: String = file
            .split_inclusive('\n')
            .filter(|line| line.starts_with("| `"))
            .collect();
        assert_eq!(listed, expected, "index/SCHEMA.md must list:\n{expected}");
    }

    fn row((name, form, why): (&str, Form, &str)) -> String {
        let (tokenizer, kept) = match form {
            Form::English => ("English", "words, counts, places"),
            Form::Plain => ("plain", "words, counts, places"),
            Form::PlainWords => ("plain", "words"),
            Form::Id => ("whole", "words"),
            Form::Term => ("whole", "words, fast column"),
            Form::Number | Form::Numbers => ("–", "fast column"),
            Form::Stored => ("–", "stored"),
        };
        format!("| `{name}` | {tokenizer} | {kept} | {why} |\n")
    }
}
