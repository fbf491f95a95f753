//! Looks up in the structure tree where the cells of a table stand: the text
//! of a page does not tell about empty and spanning cells.
//!
//! In: elements of the tree. Out: the [`Place`] of each cell in its row.

use std::collections::HashMap;

use pdfboss_core::structure::StructureTree;
use pdfboss_core::{Dict, Document, ObjRef, Object};

/// Most rows looked at in one table, and deepest nesting of row groups.
const MAX_ROWS: usize = 20_000;
const MAX_DEPTH: usize = 6;

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) column: usize,
    pub(super) span: usize,
    /// It is a heading cell, or stands in the table's head.
    pub(super) is_header: bool,
}

/// One table of the tree.
#[derive(Debug, Default)]
pub(super) struct Table {
    places: HashMap<ObjRef, Place>,
    /// For each row, the places that cells from above cover.
    covered: HashMap<ObjRef, Vec<Place>>,
}

impl Table {
    /// Reads the table that an element holds.
    pub(super) fn read(pdf: &Document, tree: Option<&StructureTree>, element: ObjRef) -> Self {
        let mut walk = Walk {
            pdf,
            tree,
            rows: Vec::new(),
        };
        walk.rows_of(element, false, 0);
        laid_out(walk.rows)
    }

    /// Where a cell stands; the first column when the tree does not say.
    pub(super) fn place(&self, cell: ObjRef) -> Place {
        self.places.get(&cell).copied().unwrap_or(Place {
            span: 1,
            ..Place::default()
        })
    }

    /// The places in a row that cells from above cover.
    pub(super) fn covered(&self, row: ObjRef) -> &[Place] {
        self.covered.get(&row).map_or(&[], Vec::as_slice)
    }
}

struct TreeCell {
    element: ObjRef,
    span: usize,
    row_span: usize,
    is_header: bool,
}

struct Walk<'a> {
    pdf: &'a Document,
    tree: Option<&'a StructureTree>,
    rows: Vec<(ObjRef, Vec<TreeCell>)>,
}

impl Walk<'_> {
    fn rows_of(&mut self, element: ObjRef, in_head: bool, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for (child, dict) in self.children(element) {
            if self.rows.len() >= MAX_ROWS {
                return;
            }
            match self.kind(&dict).as_str() {
                "TR" => {
                    let cells = self.cells_of(child, in_head);
                    self.rows.push((child, cells));
                }
                "Caption" | "P" => {}
                kind => self.rows_of(child, in_head || kind == "THead", depth + 1),
            }
        }
    }

    fn cells_of(&self, row: ObjRef, in_head: bool) -> Vec<TreeCell> {
        self.children(row)
            .into_iter()
            .filter_map(|(element, dict)| {
                let kind = self.kind(&dict);
                let is_cell = kind == "TD" || kind == "TH";
                is_cell.then(|| TreeCell {
                    element,
                    span: self.attribute(&dict, "ColSpan"),
                    row_span: self.attribute(&dict, "RowSpan"),
                    is_header: in_head || kind == "TH",
                })
            })
            .collect()
    }

    /// Child elements; pieces of content are left out.
    fn children(&self, element: ObjRef) -> Vec<(ObjRef, Dict)> {
        let Some(dict) = self
            .pdf
            .get(element)
            .ok()
            .and_then(|object| object.as_dict().cloned())
        else {
            return Vec::new();
        };
        let kids = match dict.get("K") {
            Some(Object::Array(kids)) => kids.clone(),
            Some(Object::Ref(kid)) => match self.pdf.get(*kid) {
                Ok(Object::Array(kids)) => kids,
                _ => vec![Object::Ref(*kid)],
            },
            _ => Vec::new(),
        };
        kids.iter()
            .filter_map(Object::as_ref)
            .filter_map(|kid| {
                let dict = self.pdf.get(kid).ok()?.as_dict()?.clone();
                dict.get("S").is_some().then_some((kid, dict))
            })
            .collect()
    }

    fn kind(&self, dict: &Dict) -> String {
        let name = dict.get_name("S").map_or("", |name| name.0.as_str());
        self.tree
            .map_or_else(|| name.to_owned(), |tree| tree.mapped_type(name))
    }

    fn attribute(&self, dict: &Dict, key: &str) -> usize {
        let resolved = dict
            .get("A")
            .and_then(|object| self.pdf.resolve(object).ok());
        let objects = match resolved {
            Some(Object::Array(objects)) => objects,
            Some(object) => vec![object],
            None => return 1,
        };
        objects
            .iter()
            .filter_map(|object| self.pdf.resolve(object).ok())
            .find_map(|object| object.as_dict()?.get_int(key))
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(1)
            .clamp(1, 100)
    }
}

fn laid_out(rows: Vec<(ObjRef, Vec<TreeCell>)>) -> Table {
    let mut table = Table::default();
    // Per column: how many further rows a cell from above covers, and the
    // place of that cell.
    let mut above: Vec<(usize, Place)> = Vec::new();
    for (row, cells) in rows {
        let mut covered: Vec<Place> = Vec::new();
        for (left, place) in &mut above {
            if *left > 0 {
                *left -= 1;
                if !covered.contains(place) {
                    covered.push(*place);
                }
            }
        }
        let is_covered = |column: usize| {
            covered
                .iter()
                .any(|place| (place.column..place.column + place.span).contains(&column))
        };
        let mut column = 0;
        for cell in cells {
            while is_covered(column) {
                column += 1;
            }
            let place = Place {
                column,
                span: cell.span,
                is_header: cell.is_header,
            };
            table.places.insert(cell.element, place);
            above.resize(above.len().max(column + cell.span), (0, Place::default()));
            if cell.row_span > 1 {
                above[column..column + cell.span].fill((cell.row_span - 1, place));
            }
            column += cell.span;
        }
        table.covered.insert(row, covered);
    }
    table
}
