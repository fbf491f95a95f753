//! What can be asked of the index.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use crate::model::date::PartialDate;

/// What a search lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Cases: a review, or a summary of one that is not to be had.
    Reviews,
    /// What has to be done.
    Recommendations,
    /// What was learnt, and good practice.
    Lessons,
    /// What responses say was done.
    Answers,
}

impl List {
    /// Every list, in the order people read them.
    pub const ALL: [Self; 4] = [
        Self::Reviews,
        Self::Recommendations,
        Self::Lessons,
        Self::Answers,
    ];

    /// The word used in URLs.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Reviews => "reviews",
            Self::Recommendations => "recommendations",
            Self::Lessons => "lessons",
            Self::Answers => "answers",
        }
    }
}

/// A way to narrow a search, with a count for each of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Terms of `index/themes.toml`, and their families.
    Theme,
    /// Terms of `index/agencies.toml`.
    Agency,
    /// Publishers in `crawl-config/`.
    Partnership,
    /// `nations` of `index/facets.toml`.
    Nation,
    /// `regions` of `index/facets.toml`.
    Region,
    /// Terms of `index/review-types.toml`.
    Type,
    /// Terms of `index/criteria.toml`.
    Criterion,
    /// `age_bands` of `index/facets.toml`.
    Age,
    /// `statuses` of `index/facets.toml`.
    Status,
    /// `yes` or `no`: whether a response was found.
    Answered,
    /// Year of publication. Narrowed by [`Filters::from`] and [`Filters::to`].
    Year,
}

impl Facet {
    /// Every facet, in the order people read them.
    pub const ALL: [Self; 11] = [
        Self::Theme,
        Self::Agency,
        Self::Partnership,
        Self::Nation,
        Self::Region,
        Self::Type,
        Self::Criterion,
        Self::Age,
        Self::Status,
        Self::Answered,
        Self::Year,
    ];

    /// The name of its parameter, and of its field in the index.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Agency => "agency",
            Self::Partnership => "partnership",
            Self::Nation => "nation",
            Self::Region => "region",
            Self::Type => "type",
            Self::Criterion => "criterion",
            Self::Age => "age",
            Self::Status => "status",
            Self::Answered => "answered",
            Self::Year => "year",
        }
    }

    /// Its place in [`Facet::ALL`].
    pub(super) fn place(self) -> usize {
        self as usize
    }
}

/// How results are ordered. Equals keep one order from page to page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first; newest first where nothing was asked in words.
    #[default]
    Relevance,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
}

/// What results must be: values of one facet are alternatives, facets all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Ids by facet. [`Facet::Year`] is narrowed by `from` and `to` instead.
    pub chosen: BTreeMap<Facet, Vec<String>>,
    /// Published then or later, as far as the date is known.
    pub from: Option<PartialDate>,
    /// Published then or earlier, as far as the date is known.
    pub to: Option<PartialDate>,
}

impl Filters {
    /// Whether nothing is narrowed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.values().all(Vec::is_empty) && self.from.is_none() && self.to.is_none()
    }
}

/// Results on a page, unless asked otherwise.
const PAGE: NonZeroU32 = NonZeroU32::new(20).expect("20 is not 0");

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// What to list.
    pub list: List,
    /// Words, phrases and operators as typed; empty lists everything.
    pub text: String,
    /// Whether a text that does not parse is an error, and words are all
    /// required, rather than made the best of.
    pub is_strict: bool,
    /// What results must be.
    pub filters: Filters,
    /// Their order.
    pub sort: Sort,
    /// From 1.
    pub page: NonZeroU32,
    /// Results on a page.
    pub size: NonZeroU32,
}

impl SearchRequest {
    /// The first page of everything in a list, twenty to a page.
    #[must_use]
    pub fn new(list: List) -> Self {
        Self {
            list,
            text: String::new(),
            is_strict: false,
            filters: Filters::default(),
            sort: Sort::default(),
            page: NonZeroU32::MIN,
            size: PAGE,
        }
    }
}
