//! `lessons similar`: cases like one that is described in a file.

use std::io::Read as _;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use super::{Ended, Globals, ground};
use crate::search::request::{Facet, Filters};
use crate::search::similar::{SimilarCase, SimilarRequest, Subject};
use crate::search::{Names, Reader};

/// Finds cases like a description, with the reason for each.
#[derive(Debug, Args)]
pub(super) struct Similar {
    /// File with the description, as plain text; `-` for standard input
    file: PathBuf,
    /// Cases to show
    #[arg(long, value_name = "N", default_value = "10")]
    size: NonZeroU32,
}

impl Similar {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let names = Names::new(&vocabulary, &registry.partnerships);
        let reader = Reader::open(&ground::stores(globals).search(), &names)?;
        let text = text_of(&self.file)?;
        let request = SimilarRequest {
            subject: Subject::Text(&text),
            filters: Filters::default(),
            size: self.size,
        };
        let similar = reader.similar(&request)?.unwrap_or_default();
        if !similar.is_by_meaning {
            eprintln!("note: found by words, themes and ages alone: there is no table of meanings");
        }
        for case in &similar.cases {
            show(case, &names, globals.json);
        }
        Ok(Ended::Well)
    }
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        read.context("cannot read the description from standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))
}

fn show(case: &SimilarCase, names: &Names, as_json: bool) {
    let (card, why) = (&case.card, &case.why);
    let passages = why.passages.iter().map(|passage| {
        let text = passage.snippet.as_ref().map(|snippet| &*snippet.text);
        (passage.card.page, text.unwrap_or_default())
    });
    if as_json {
        let passages: Vec<_> = passages
            .map(|(page, text)| json!({"page": page, "snippet": text}))
            .collect();
        let why = json!({"themes": why.themes, "age_bands": why.ages, "passages": passages});
        let found = json!({"id": card.id(), "title": card.title, "score": case.score, "why": why});
        println!("{found}");
        return;
    }
    println!("{}  {}", card.id(), card.title);
    let themes = why.themes.iter().map(|id| names.label(Facet::Theme, id));
    let ages = why.ages.iter().map(|id| names.label(Facet::Age, id));
    let both: Vec<&str> = themes.chain(ages).collect();
    if !both.is_empty() {
        println!("    both: {}", both.join(", "));
    }
    for (page, text) in passages {
        let page = page.map_or(String::new(), |page| format!("page {page}: "));
        println!("    {page}{text}");
    }
}
