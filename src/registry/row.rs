//! One row of `partnerships.csv`: text in, a partnership or its faults out.

use csv::StringRecord;
use serde::Deserialize;
use url::Url;

use crate::model::ids::{PartnershipId, TermId};
use crate::model::load_error::LoadError;
use crate::model::partnership::{Partnership, PublisherKind};
use crate::registry::{Known, PARTNERSHIPS};

/// The columns in their order.
const COLUMNS: [&str; 12] = [
    "slug",
    "name",
    "nation",
    "region",
    "local_authorities",
    "kind",
    "website",
    "reviews_page",
    "responses_page",
    "evidence",
    "cms_hint",
    "notes",
];

/// A row as written; empty cells are `None`.
#[derive(Debug, Deserialize)]
struct Row {
    slug: String,
    name: String,
    nation: String,
    region: Option<String>,
    local_authorities: String,
    kind: String,
    website: Option<String>,
    reviews_page: Option<String>,
    responses_page: Option<String>,
    evidence: Option<String>,
    cms_hint: Option<String>,
    notes: String,
}

/// Reads every row that can be read, with its line; faults are added.
pub(super) fn read(
    text: &str,
    known: &Known<'_>,
    faults: &mut Vec<LoadError>,
) -> Vec<(Option<u64>, Partnership)> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    if headers.iter().ne(COLUMNS) {
        let reason = format!("the columns must be {}", COLUMNS.join(", "));
        faults.push(LoadError::key(PARTNERSHIPS, Some(1), "", reason));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => rows.extend(one(&record, &headers, known, faults)),
            Err(fault) => {
                let line = fault.position().map(csv::Position::line);
                faults.push(LoadError::key(PARTNERSHIPS, line, "", &fault));
            }
        }
    }
    rows
}

fn one(
    record: &StringRecord,
    headers: &StringRecord,
    known: &Known<'_>,
    faults: &mut Vec<LoadError>,
) -> Option<(Option<u64>, Partnership)> {
    let line = record.position().map(csv::Position::line);
    let row: Row = match record.deserialize(Some(headers)) {
        Ok(row) => row,
        Err(fault) => {
            faults.push(LoadError::key(PARTNERSHIPS, line, "", fault));
            return None;
        }
    };
    let mut cells = Cells { line, faults };
    let partnership = partnership(&row, known, &mut cells)?;
    Some((line, partnership))
}

/// Reads each cell before giving up, so that all faults of a row are told.
fn partnership(row: &Row, known: &Known<'_>, cells: &mut Cells<'_>) -> Option<Partnership> {
    let id = cells.parse::<PartnershipId>("slug", &row.slug);
    let name = cells.filled("name", &row.name);
    let nation = cells.term("nation", &row.nation, known.nations);
    let region = match &row.region {
        Some(region) => cells.term("region", region, known.regions).map(Some),
        None => Some(None),
    };
    let kind = cells.kind(&row.kind);
    let website = cells.url("website", row.website.as_deref());
    let reviews_page = cells.url("reviews_page", row.reviews_page.as_deref());
    let responses_page = cells.url("responses_page", row.responses_page.as_deref());
    if row.website.is_none() && row.reviews_page.is_none() {
        cells.fault("website", "give a website or a reviews_page to start from");
    }
    Some(Partnership {
        id: id?,
        name: name?,
        nation: nation?,
        region: region?,
        local_authorities: codes(&row.local_authorities),
        kind: kind?,
        website: website?,
        reviews_page: reviews_page?,
        responses_page: responses_page?,
        evidence: row.evidence.clone().filter(|seen| seen != "none"),
        cms_hint: row.cms_hint.clone().filter(|hint| hint != "unknown"),
        notes: row.notes.clone(),
    })
}

fn codes(cell: &str) -> Vec<String> {
    let codes = cell.split(';').map(str::trim);
    codes
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads the cells of one row and remembers what is wrong with them.
struct Cells<'a> {
    line: Option<u64>,
    faults: &'a mut Vec<LoadError>,
}

impl Cells<'_> {
    fn fault(&mut self, column: &str, reason: impl std::fmt::Display) {
        self.faults
            .push(LoadError::key(PARTNERSHIPS, self.line, column, reason));
    }

    fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(
        &mut self,
        column: &str,
        cell: &str,
    ) -> Option<T> {
        cell.parse()
            .map_err(|fault: T::Err| self.fault(column, fault))
            .ok()
    }

    fn filled(&mut self, column: &str, cell: &str) -> Option<String> {
        if cell.is_empty() {
            self.fault(column, "must not be empty");
            return None;
        }
        Some(cell.to_owned())
    }

    fn term(&mut self, column: &str, cell: &str, known: &[TermId]) -> Option<TermId> {
        let id: TermId = self.parse(column, cell)?;
        if known.contains(&id) {
            return Some(id);
        }
        let ids: Vec<_> = known.iter().map(TermId::as_str).collect();
        self.fault(column, format!("`{id}` is none of {}", ids.join(", ")));
        None
    }

    fn kind(&mut self, cell: &str) -> Option<PublisherKind> {
        let kind = serde_json::from_value(cell.into());
        let expected = "children, adults, joint, cpc, regional_board, national";
        kind.map_err(|_| self.fault("kind", format!("`{cell}` is none of {expected}")))
            .ok()
    }

    /// `Some(None)` for an empty cell, `None` for a faulty one.
    #[expect(
        clippy::option_option,
        reason = "an empty cell is a value, a faulty one is not"
    )]
    fn url(&mut self, column: &str, cell: Option<&str>) -> Option<Option<Url>> {
        let Some(cell) = cell else {
            return Some(None);
        };
        let url: Url = self.parse(column, cell)?;
        if matches!(url.scheme(), "http" | "https") && url.has_host() {
            return Some(Some(url));
        }
        self.fault(column, format!("`{cell}` must be an http or https address"));
        None
    }
}
