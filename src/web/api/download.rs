//! `GET /export` and `/feed.atom`: any search as a file or a feed.

use std::num::NonZeroU32;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt as _};

use crate::model::entry::EntryId;
use crate::search::SearchRequest;
use crate::search::request::{List, Sort};
use crate::web::error::{ApiError, WebError};
use crate::web::formats::citation::Citation;
use crate::web::formats::{atom, csv, ris};
use crate::web::params::{self, query_string};
use crate::web::state::{App, Stores};
use crate::web::views::hits::HitView;
use crate::web::views::lists;

/// Results read at a time; a download is never whole in memory.
const BATCH: NonZeroU32 = NonZeroU32::new(500).expect("500 is not 0");
/// Entries of a feed.
const FEED: NonZeroU32 = NonZeroU32::new(50).expect("50 is not 0");

/// What an export may be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Jsonl,
    Ris,
}

impl Format {
    const ALL: [(&'static str, Self); 3] = [
        ("csv", Self::Csv),
        ("jsonl", Self::Jsonl),
        ("ris", Self::Ris),
    ];

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => csv::MEDIA_TYPE,
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Ris => ris::MEDIA_TYPE,
        }
    }

    fn id(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, format)| *format == self);
        found.map_or("", |(id, _)| id)
    }

    fn head(self, list: List) -> String {
        match self {
            Self::Csv => csv::header(list),
            Self::Jsonl | Self::Ris => String::new(),
        }
    }

    fn write(self, hit: &HitView) -> Result<String, WebError> {
        Ok(match self {
            Self::Csv => csv::row(hit),
            Self::Jsonl => format!(
                "{}\n",
                serde_json::to_string(hit).map_err(WebError::internal)?
            ),
            Self::Ris => ris::record(&Citation::of_hit(hit)),
        })
    }
}

/// Everything that a search finds, streamed. `page` and `size` have no effect.
pub(super) async fn export(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let (apart, rest) = params::set_apart(query.as_deref(), &["list", "format"]);
    let format = params::one_of(&apart, "format", &Format::ALL).map_err(WebError::fault)?;
    let list = params::one_of(&apart, "list", &params::lists()).map_err(WebError::fault)?;
    let mut request = params::parse(Some(&rest), list, app.names()).usable()?;
    (request.page, request.size) = (NonZeroU32::MIN, BATCH);
    let mut download = Download {
        app,
        request,
        format,
        revision: None,
        is_done: false,
    };
    // The first batch decides whether there is a download at all.
    let head = format.head(list) + &download.batch().await?;
    let rest = stream::unfold(download, |mut download| async move {
        if download.is_done {
            return None;
        }
        let batch = download.batch().await;
        download.is_done |= batch.is_err();
        Some((batch, download))
    });
    let first = stream::once(std::future::ready(Ok::<_, WebError>(head)));
    // Whoever compresses the body asks once more after its end.
    let body = Body::from_stream(first.chain(rest).fuse());
    let name = format!("attachment; filename=\"{}.{}\"", list.id(), format.id());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}

/// A download under way.
struct Download {
    app: App,
    request: SearchRequest,
    format: Format,
    /// Of the data that the first batch came from.
    revision: Option<String>,
    is_done: bool,
}

impl Download {
    /// The next results, written. Fails when the data changed since the first
    /// batch: the reader's file then ends early and visibly, rather than
    /// holding some results twice and others not at all.
    async fn batch(&mut self) -> Result<String, WebError> {
        let request = self.request.clone();
        let list = self.app.read(move |stores| lists::list(stores, &request));
        let list = list.await?;
        if *self.revision.get_or_insert_with(|| list.revision.clone()) != list.revision {
            return Err(WebError::internal(anyhow::anyhow!(
                "the data changed during a download"
            )));
        }
        let read = u64::from(list.page) * u64::from(list.size);
        self.is_done = read >= list.total as u64;
        self.request.page = self.request.page.saturating_add(1);
        list.results
            .iter()
            .map(|hit| self.format.write(hit))
            .collect()
    }
}

/// The newest results of a search, for feed readers.
pub(super) async fn feed(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let (apart, rest) = params::set_apart(query.as_deref(), &["list"]);
    let list = params::one_of(&apart, "list", &params::lists()).map_err(WebError::fault)?;
    let request = SearchRequest {
        page: NonZeroU32::MIN,
        size: FEED,
        sort: Sort::Newest,
        ..params::parse(Some(&rest), list, app.names()).usable()?
    };
    let feed = app.read(move |stores| feed_of(stores, &request)).await?;
    let headers = [(header::CONTENT_TYPE, atom::MEDIA_TYPE)];
    Ok((headers, atom::document(&feed)).into_response())
}

fn feed_of(stores: &Stores<'_>, request: &SearchRequest) -> Result<atom::Feed, WebError> {
    let results = lists::list(stores, request)?.results;
    let asked = query_string(&SearchRequest {
        sort: Sort::default(),
        size: SearchRequest::new(request.list).size,
        ..request.clone()
    });
    let list = request.list.id();
    let entries = results.iter().map(|hit| feed_entry(stores, hit));
    Ok(atom::Feed {
        title: format!("Lessons Index: {list}"),
        url: format!("/api/v1/feed.atom?list={list}{}{asked}", mark(&asked, "&")),
        page: format!("/{list}{}{asked}", mark(&asked, "?")),
        entries: entries.collect::<Result<_, _>>()?,
    })
}

fn feed_entry(stores: &Stores<'_>, hit: &HitView) -> Result<atom::Entry, WebError> {
    let common = hit.common();
    let citation = Citation::of_hit(hit);
    // An id of a passage is that of its document with a name behind it.
    let document: Vec<&str> = common.id.splitn(3, '/').take(2).collect();
    let id: EntryId = document.join("/").parse().map_err(WebError::internal)?;
    let entry = stores.catalogue.entry(&id)?;
    Ok(atom::Entry {
        citation,
        url: common.url.clone(),
        seen: entry.map_or(jiff::Timestamp::UNIX_EPOCH, |entry| entry.first_seen),
    })
}

fn mark(query: &str, mark: &'static str) -> &'static str {
    if query.is_empty() { "" } else { mark }
}
