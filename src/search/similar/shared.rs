//! Which of some values of a facet units have.
//!
//! In: a facet and ids. Out: [`SharedValues`], which say of a unit which of them
//! it has. Ids are looked up once a segment, so that thousands of units can be
//! asked about.

use tantivy::DocAddress;
use tantivy::columnar::StrColumn;

use crate::search::request::Facet;
use crate::search::session::Session;

/// Ids of one facet, ready to be looked for in units.
pub(super) struct SharedValues<'a> {
    /// By segment; `None` where no unit has the facet.
    segments: Vec<Option<Known<'a>>>,
}

/// The facet in one segment, and its number of each id.
struct Known<'a> {
    column: StrColumn,
    ords: Vec<(u64, &'a str)>,
}

impl<'a> SharedValues<'a> {
    /// Looks these ids up.
    pub(super) fn new(
        session: &Session<'_>,
        facet: Facet,
        ids: &'a [String],
    ) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        for reader in session.searcher.segment_readers() {
            let Some(column) = reader.fast_fields().str(facet.id())? else {
                segments.push(None);
                continue;
            };
            let mut ords = Vec::new();
            for id in ids {
                let ord = column.dictionary().term_ord(id.as_bytes())?;
                ords.extend(ord.map(|ord| (ord, &**id)));
            }
            segments.push(Some(Known { column, ords }));
        }
        Ok(Self { segments })
    }

    /// Those of the ids that a unit has.
    pub(super) fn of(&self, address: DocAddress) -> Vec<String> {
        let Some(Known { column, ords }) = &self.segments[address.segment_ord as usize] else {
            return Vec::new();
        };
        let known = |ord| ords.iter().find(|&&(known, _)| known == ord);
        let ids = column.term_ords(address.doc_id).filter_map(known);
        ids.map(|&(_, id)| id.to_owned()).collect()
    }
}
