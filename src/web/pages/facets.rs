//! The filters beside a list, and the filters in use above it.

use crate::search::request::{Facet, List};
use crate::search::results::SearchResults;
use crate::search::{Names, SearchRequest};
use crate::web::language::{Language, grouped};
use crate::web::params::{filterable, query_string, sort_id};

/// Values of a facet shown before "more".
const SHOWN: usize = 8;
/// Groups that are open before anything is chosen.
const OPEN: usize = 3;

/// A facet with its values.
pub(super) struct Group {
    pub id: &'static str,
    pub label: &'static str,
    pub first: Vec<Value>,
    pub more: Vec<Value>,
    /// How many values are chosen.
    pub chosen: usize,
    pub is_open: bool,
}

/// A value of a facet.
pub(super) struct Value {
    pub id: String,
    pub label: String,
    pub number: String,
    pub is_chosen: bool,
}

/// A filter in use.
pub(super) struct Chip {
    pub text: String,
    /// The search without it.
    pub url: String,
}

/// What people read for a facet.
pub(super) fn label(facet: Facet) -> &'static str {
    match facet {
        Facet::Theme => "Theme",
        Facet::Agency => "Addressed to",
        Facet::Partnership => "Partnership",
        Facet::Nation => "Nation",
        Facet::Region => "Region",
        Facet::Type => "Kind of review",
        Facet::Criterion => "Why it was held",
        Facet::Age => "Age at the time",
        Facet::Status => "Reported status",
        Facet::Answered => "Response",
        Facet::Year => "Published",
    }
}

/// What readers of a list narrow by, the likeliest first.
fn order(list: List) -> [Facet; 10] {
    use Facet::{
        Age, Agency, Answered, Criterion, Nation, Partnership, Region, Status, Theme, Type,
    };
    match list {
        List::Reviews | List::Lessons => [
            Theme,
            Age,
            Type,
            Answered,
            Agency,
            Criterion,
            Nation,
            Region,
            Partnership,
            Status,
        ],
        List::Recommendations | List::Answers => [
            Agency,
            Theme,
            Status,
            Answered,
            Age,
            Type,
            Criterion,
            Nation,
            Region,
            Partnership,
        ],
    }
}

/// Facets that some result has.
pub(super) fn groups(
    request: &SearchRequest,
    results: &SearchResults,
    names: &Names,
) -> Vec<Group> {
    let mut groups: Vec<Group> = order(request.list)
        .into_iter()
        .map(|facet| group(facet, request, results, names))
        .filter(|group| group.first.len() + group.more.len() > 1 || group.chosen > 0)
        .collect();
    for (place, group) in groups.iter_mut().enumerate() {
        group.is_open = place < OPEN || group.chosen > 0;
    }
    groups
}

fn group(facet: Facet, request: &SearchRequest, results: &SearchResults, names: &Names) -> Group {
    let chosen = request
        .filters
        .chosen
        .get(&facet)
        .map_or(&[][..], Vec::as_slice);
    let is_chosen = |id: &str| chosen.iter().any(|one| one == id);
    let value = |id: &str, count: usize| Value {
        id: id.to_owned(),
        label: names.label(facet, id).to_owned(),
        number: grouped(count),
        is_chosen: is_chosen(id),
    };
    let counts = results.counts.get(&facet).map_or(&[][..], Vec::as_slice);
    let is_counted = |id: &str| counts.iter().any(|count| count.id == id);
    let without = chosen
        .iter()
        .filter(|id| !is_counted(id))
        .map(|id| value(id, 0));
    // Families stand above themes and are told apart on the page of themes.
    let is_shown = |id: &str| is_chosen(id) || !(facet == Facet::Theme && names.is_family(id));
    let counted = counts.iter().filter(|count| is_shown(&count.id));
    let values = without.chain(counted.map(|count| value(&count.id, count.count)));
    let (mut first, mut more) = (Vec::new(), Vec::new());
    for value in values {
        let is_first = value.is_chosen || first.len() < SHOWN;
        if is_first { &mut first } else { &mut more }.push(value);
    }
    Group {
        id: facet.id(),
        label: label(facet),
        first,
        more,
        chosen: chosen.len(),
        is_open: false,
    }
}

/// Each filter in use, with the search without it.
pub(super) fn chips(t: Language, request: &SearchRequest, names: &Names) -> Vec<Chip> {
    let mut chips = Vec::new();
    for facet in filterable() {
        for id in request.filters.chosen.get(&facet).into_iter().flatten() {
            let mut without = request.clone();
            without
                .filters
                .chosen
                .entry(facet)
                .or_default()
                .retain(|one| one != id);
            let value = t.say(names.label(facet, id)).to_owned();
            chips.push(chip(format!("{}: {value}", t.say(label(facet))), without));
        }
    }
    if let Some(from) = request.filters.from {
        let mut without = request.clone();
        without.filters.from = None;
        chips.push(chip(t.fill("Published from {}", &[&t.date(from)]), without));
    }
    if let Some(to) = request.filters.to {
        let mut without = request.clone();
        without.filters.to = None;
        chips.push(chip(t.fill("Published to {}", &[&t.date(to)]), without));
    }
    chips
}

fn chip(text: String, mut without: SearchRequest) -> Chip {
    without.page = std::num::NonZeroU32::MIN;
    Chip {
        text,
        url: url(&without),
    }
}

/// The address of a search.
pub(super) fn url(request: &SearchRequest) -> String {
    let query = query_string(request);
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/{}{mark}{query}", request.list.id())
}

/// What the form must carry along beside its own fields.
pub(super) fn hidden(request: &SearchRequest) -> Vec<(&'static str, String)> {
    let default = SearchRequest::new(request.list);
    let mut hidden = Vec::new();
    if request.sort != default.sort {
        hidden.push(("sort", sort_id(request.sort).to_owned()));
    }
    if request.size != default.size {
        hidden.push(("size", request.size.to_string()));
    }
    hidden
}
