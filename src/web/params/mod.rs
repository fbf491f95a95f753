//! The parameters that pages, API, feeds and exports share.
//!
//! In: a query string. Out: a [`SearchRequest`], and a [`Fault`] for each
//! parameter that could not be used, so that a program can be told off and a
//! person be shown what is left. And back: [`query_string`] writes a request
//! as the shortest query string that gives it.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use url::form_urlencoded;

use crate::model::date::PartialDate;
use crate::search::request::{Facet, List, Sort};
use crate::search::{Names, SearchRequest};
use crate::web::error::{Fault, WebError};

/// Most results on a page.
pub(super) const MAX_SIZE: u32 = 100;
/// Most characters of a query.
pub(super) const MAX_QUERY: usize = 2000;

/// What a query string came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    /// The request, without what could not be used.
    pub request: SearchRequest,
    /// What could not be used.
    pub faults: Vec<Fault>,
}

impl Parsed {
    /// The request, when all of it could be used: for programs, which want to be
    /// told.
    pub(super) fn usable(self) -> Result<SearchRequest, WebError> {
        if self.faults.is_empty() {
            Ok(self.request)
        } else {
            Err(WebError::BadRequest(self.faults))
        }
    }
}

/// Reads a query string. Empty values, as a form sends them, say nothing.
pub(super) fn parse(query: Option<&str>, list: List, names: &Names) -> Parsed {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    of_pairs(pairs.into_owned(), list, names)
}

/// Reads what narrows a list that is not asked for in words: filters and size.
pub(super) fn narrowing(pairs: impl Iterator<Item = (String, String)>, names: &Names) -> Parsed {
    let of_words = |name: &str| matches!(name, "q" | "strict" | "sort" | "page");
    let (others, pairs): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| of_words(name));
    let mut parsed = of_pairs(pairs.into_iter(), List::Reviews, names);
    parsed
        .faults
        .extend(others.into_iter().map(|(name, _)| Fault {
            detail: format!("`{name}` is not taken here"),
            parameter: name,
        }));
    parsed
}

fn of_pairs(pairs: impl Iterator<Item = (String, String)>, list: List, names: &Names) -> Parsed {
    let mut parsed = Parsed {
        request: SearchRequest::new(list),
        faults: Vec::new(),
    };
    for (name, value) in pairs {
        let value = value.trim();
        if let Err(detail) = take(&mut parsed.request, &name, value, names) {
            parsed.faults.push(Fault {
                parameter: name,
                detail,
            });
        }
    }
    let filters = &parsed.request.filters;
    if let (Some(from), Some(to)) = (filters.from, filters.to)
        && to < from
        && !from.agrees_with(to)
    {
        parsed.faults.push(Fault {
            parameter: "to".to_owned(),
            detail: format!("`to` ({to}) is before `from` ({from})"),
        });
    }
    parsed
}

/// Parameters by name, each with its values in order.
pub(super) type Apart<'a> = BTreeMap<&'a str, Vec<String>>;

/// Sets the parameters of these names apart: those that an endpoint has beside
/// the parameters of a search. Empty values say nothing. What is left is a
/// query string again.
pub(super) fn set_apart<'a>(query: Option<&str>, names: &[&'a str]) -> (Apart<'a>, String) {
    let mut apart = Apart::new();
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match names.iter().find(|one| **one == name) {
            Some(_) if value.trim().is_empty() => {}
            Some(one) => apart.entry(one).or_default().push(value.trim().to_owned()),
            None => {
                rest.append_pair(&name, &value);
            }
        }
    }
    (apart, rest.finish())
}

/// The one value of a parameter that takes one of a few; the first of these
/// when it is not given.
pub(super) fn one_of<T: Copy>(
    apart: &Apart<'_>,
    name: &str,
    values: &[(&str, T)],
) -> Result<T, Fault> {
    let given = apart.get(name).and_then(|values| values.last());
    let Some(given) = given else {
        return Ok(values[0].1);
    };
    let found = values.iter().find(|(id, _)| id == given);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let takes: Vec<String> = values.iter().map(|(id, _)| format!("`{id}`")).collect();
        let takes = takes.join(", ");
        Fault {
            parameter: name.to_owned(),
            detail: format!("`{given}` is not a value of `{name}`, which takes {takes}"),
        }
    })
}

/// The lists by the ids that `list` takes.
pub(super) fn lists() -> [(&'static str, List); 4] {
    List::ALL.map(|list| (list.id(), list))
}

/// What to say of the first parameter of a query string that an endpoint with
/// only these takes.
pub(super) fn unknown_beside(query: &str, known: &[&str]) -> Fault {
    let first = form_urlencoded::parse(query.as_bytes()).next();
    let parameter = first.map_or(String::new(), |(name, _)| name.into_owned());
    Fault {
        detail: no_such(&parameter, known),
        parameter,
    }
}

fn no_such(name: &str, known: &[&str]) -> String {
    let known = known.join("`, `");
    format!("there is no parameter `{name}`; there are `{known}`")
}

/// Every parameter of a search, for messages.
pub(super) fn all() -> Vec<&'static str> {
    let facets = filterable().map(Facet::id);
    let others = ["strict", "from", "to", "sort", "page", "size"];
    std::iter::once("q").chain(facets).chain(others).collect()
}

/// Facets with a parameter of their own; years are narrowed by `from` and `to`.
pub(super) fn filterable() -> impl Iterator<Item = Facet> {
    Facet::ALL.into_iter().filter(|facet| *facet != Facet::Year)
}

fn take(request: &mut SearchRequest, name: &str, value: &str, names: &Names) -> Result<(), String> {
    if let Some(facet) = filterable().find(|facet| facet.id() == name) {
        return choose(request, facet, value, names);
    }
    match name {
        "q" if value.chars().count() > MAX_QUERY => {
            return Err(format!("`q` takes at most {MAX_QUERY} characters"));
        }
        "q" => value.clone_into(&mut request.text),
        "strict" => request.is_strict = yes(name, value)?,
        "from" => request.filters.from = date(name, value)?,
        "to" => request.filters.to = date(name, value)?,
        "sort" => request.sort = sort(value)?,
        "page" => request.page = number(name, value, u32::MAX)?.unwrap_or(request.page),
        "size" => request.size = number(name, value, MAX_SIZE)?.unwrap_or(request.size),
        _ => return Err(no_such(name, &all())),
    }
    Ok(())
}

fn choose(
    request: &mut SearchRequest,
    facet: Facet,
    value: &str,
    names: &Names,
) -> Result<(), String> {
    if value.is_empty() {
        return Ok(());
    }
    if !names.knows(facet, value) {
        return Err(unknown(facet, value, names));
    }
    let chosen = request.filters.chosen.entry(facet).or_default();
    if !chosen.iter().any(|id| id == value) {
        chosen.push(value.to_owned());
    }
    Ok(())
}

/// Names every value where they are few, and says where to look otherwise.
fn unknown(facet: Facet, value: &str, names: &Names) -> String {
    let name = facet.id();
    let list = match facet {
        Facet::Theme => Some("themes"),
        Facet::Agency => Some("agencies"),
        Facet::Partnership => Some("partnerships"),
        _ => None,
    };
    let takes = match list {
        Some(list) => format!("an id from /api/v1/{list}"),
        None => {
            let ids: Vec<String> = names
                .values(facet)
                .map(|(id, _)| format!("`{id}`"))
                .collect();
            ids.join(", ")
        }
    };
    format!("`{value}` is not a value of `{name}`, which takes {takes}")
}

fn date(name: &str, value: &str) -> Result<Option<PartialDate>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let takes = |fault| format!("{fault}; `{name}` takes a year, a month or a day");
    value.parse().map(Some).map_err(takes)
}

fn yes(name: &str, value: &str) -> Result<bool, String> {
    match value {
        "" | "no" => Ok(false),
        "yes" => Ok(true),
        _ => Err(format!(
            "`{value}` is not a value of `{name}`, which takes `yes`, `no`"
        )),
    }
}

fn sort(value: &str) -> Result<Sort, String> {
    match value {
        "" | "relevance" => Ok(Sort::Relevance),
        "newest" => Ok(Sort::Newest),
        "oldest" => Ok(Sort::Oldest),
        _ => Err(format!(
            "`{value}` is not a value of `sort`, which takes `relevance`, `newest`, `oldest`"
        )),
    }
}

fn number(name: &str, value: &str, most: u32) -> Result<Option<NonZeroU32>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let number = value
        .parse()
        .ok()
        .filter(|number: &NonZeroU32| number.get() <= most);
    let takes =
        || format!("`{value}` is not a value of `{name}`, which takes a number from 1 to {most}");
    number.map(Some).ok_or_else(takes)
}

/// How a sort is written.
pub(super) fn sort_id(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "relevance",
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
    }
}

/// The shortest query string that gives this request; empty for the default.
pub(super) fn query_string(request: &SearchRequest) -> String {
    let default = SearchRequest::new(request.list);
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !request.text.is_empty() {
        query.append_pair("q", &request.text);
    }
    if request.is_strict {
        query.append_pair("strict", "yes");
    }
    for (facet, ids) in &request.filters.chosen {
        for id in ids {
            query.append_pair(facet.id(), id);
        }
    }
    for (name, date) in [("from", request.filters.from), ("to", request.filters.to)] {
        if let Some(date) = date {
            query.append_pair(name, &date.to_string());
        }
    }
    if request.sort != default.sort {
        query.append_pair("sort", sort_id(request.sort));
    }
    for (name, number, usual) in [
        ("size", request.size, default.size),
        ("page", request.page, default.page),
    ] {
        if number != usual {
            query.append_pair(name, &number.to_string());
        }
    }
    query.finish()
}

#[cfg(test)]
mod tests;
