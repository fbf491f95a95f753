//! Says where in the structure tree a run of text stands.
//!
//! In: the tags around a run. Out: its [`Home`].

use pdfboss_core::ObjRef;
use pdfboss_core::structure::StandardType as T;

use crate::extract::pdf::ink::Tag;

/// Where in the tree a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Home {
    /// The element that holds the text.
    pub(super) block: Option<ObjRef>,
    pub(super) sort: Sort,
    /// The innermost list item around it, and how deep lists are nested.
    pub(super) item: Option<(ObjRef, u8)>,
    pub(super) cell: Option<CellOf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CellOf {
    pub(super) table: ObjRef,
    pub(super) row: ObjRef,
    pub(super) cell: ObjRef,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Heading(u8),
    /// One element is one paragraph.
    Paragraph,
    /// A container with text of its own, split by looks.
    Loose,
    Label,
    Contents,
    Note,
}

/// Walks the tags around a run, outermost first.
pub(super) fn home(tags: &[Tag]) -> Home {
    let mut home = Home {
        block: None,
        sort: Sort::Loose,
        item: None,
        cell: None,
    };
    let (mut depth, mut table, mut row) = (0, None, None);
    for tag in tags {
        let Some(sort) = sort(tag.kind, &home) else {
            match tag.kind {
                T::L => depth += 1,
                T::Table if home.cell.is_none() => table = Some(tag.id),
                T::TR if home.cell.is_none() => row = Some(tag.id),
                _ => {}
            }
            continue;
        };
        match tag.kind {
            T::LI => home.item = Some((tag.id, depth.max(1) - 1)),
            T::TD | T::TH => {
                if let (Some(table), Some(row), None) = (table, row, home.cell) {
                    home.cell = Some(CellOf {
                        table,
                        row,
                        cell: tag.id,
                    });
                    home.item = None;
                    depth = 0;
                }
            }
            _ => {}
        }
        // A note or a line of contents stays one, whatever stands in it.
        if !matches!(home.sort, Sort::Note | Sort::Contents) {
            home.sort = sort;
            home.block = Some(tag.id);
        }
    }
    home
}

/// What an element makes of the text in it; `None` if it is no block.
fn sort(kind: T, home: &Home) -> Option<Sort> {
    Some(match kind {
        T::H | T::H1 => Sort::Heading(1),
        T::H2 => Sort::Heading(2),
        T::H3 => Sort::Heading(3),
        T::H4 => Sort::Heading(4),
        T::H5 => Sort::Heading(5),
        T::H6 => Sort::Heading(6),
        T::P | T::LBody | T::LI => Sort::Paragraph,
        T::Lbl if home.item.is_some() && home.sort != Sort::Note => Sort::Label,
        T::TOCI => Sort::Contents,
        T::Note => Sort::Note,
        T::Document
        | T::Part
        | T::Art
        | T::Sect
        | T::Div
        | T::BlockQuote
        | T::Caption
        | T::TD
        | T::TH => Sort::Loose,
        _ => return None,
    })
}
