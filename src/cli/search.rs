//! `lessons search`: one question, answered on the terminal.

use std::num::NonZeroU32;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Ended, Globals, ground};
use crate::search::request::List;
use crate::search::results::Hit;
use crate::search::{Names, Reader, SearchRequest};

/// Searches the index.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, "phrases", AND, OR, NOT
    query: String,
    /// What to list
    #[arg(long, value_enum, default_value_t = What::Reviews)]
    list: What,
    /// Results to show
    #[arg(long, value_name = "N", default_value = "10")]
    size: NonZeroU32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Reviews
    Reviews,
    /// Recommendations
    Recommendations,
    /// Lessons, findings and good practice
    Lessons,
    /// Answers
    Answers,
}

impl Search {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let vocabulary = ground::vocabulary()?;
        let registry = ground::registry(globals, &vocabulary)?;
        let names = Names::new(&vocabulary, &registry.partnerships);
        let reader = Reader::open(&ground::stores(globals).search(), &names)?;
        let list = match self.list {
            What::Reviews => List::Reviews,
            What::Recommendations => List::Recommendations,
            What::Lessons => List::Lessons,
            What::Answers => List::Answers,
        };
        let results = reader.search(&SearchRequest {
            text: self.query.clone(),
            size: self.size,
            ..SearchRequest::new(list)
        })?;
        for note in &results.notes {
            eprintln!("note: {note}");
        }
        for hit in &results.hits {
            show(hit, globals.json);
        }
        if !globals.json {
            println!("{} in all", results.total);
        }
        Ok(Ended::Well)
    }
}

fn show(hit: &Hit, as_json: bool) {
    let card = &hit.card;
    let snippet = hit.snippet.as_ref().map(|snippet| snippet.text.as_str());
    if as_json {
        let found =
            json!({"id": card.id(), "title": card.title, "page": card.page, "snippet": snippet});
        println!("{found}");
        return;
    }
    let page = card
        .page
        .map(|page| format!(", page {page}"))
        .unwrap_or_default();
    println!("{}  {}{page}", card.id(), card.title);
    if let Some(snippet) = snippet {
        println!("    {snippet}");
    }
}
