//! Reads PDF: pages of blocks from text that has only places.
//!
//! In: bytes. Out: a [`Document`], or why there is none. `ink` holds what is
//! drawn; pages with a structure tree go through `tagged`, others through
//! `parts`, `columns`, `paragraphs` and `layout`; `furniture`, `continued`
//! and `headings` then look at the document as a whole.

mod area;
mod columns;
mod continued;
mod draft;
mod fills;
mod finish;
mod footnotes;
mod furniture;
mod grid;
mod headings;
mod ink;
mod join;
mod layout;
mod line;
mod margin;
mod marks;
mod operators;
mod paragraphs;
mod parts;
mod scan;
mod style;
mod tagged;
mod tree;

use std::collections::HashMap;

use pdfboss_core::Document as Pdf;

use crate::extract::ocr::Ocr;
use crate::extract::{ExtractError, MAX_PAGES, looks};
use crate::model::digest::Digest;
use crate::model::document::{Declared, Document, Warning};

use draft::{Draft, Kind};
use ink::Ink;
use layout::{Counters, Reader};
use line::Line;
use parts::{Form, Parts};
use style::Style;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], engine: Option<&dyn Ocr>) -> Result<Document, ExtractError> {
    let pdf = Pdf::load(bytes.to_vec()).map_err(|error| refused(&error))?;
    let found = pdf.page_count();
    if found > MAX_PAGES {
        return Err(ExtractError::TooManyPages { found });
    }
    let reader = ink::Pages::of(&pdf);
    let mut objects = HashMap::new();
    let mut warnings = Vec::new();
    let mut lost = 0;
    let mut pages: Vec<Ink> = Vec::with_capacity(found);
    for index in 0..found {
        match pdf.page(index) {
            Ok(page) => {
                objects.extend(page.object_ref().map(|object| (object, index)));
                let mut ink = reader.read(&page);
                if let Some(engine) = engine.filter(|_| scan::is_picture(&ink)) {
                    match scan::read(&pdf, &page, &mut ink, engine) {
                        Ok(confidence) => ink.ocr = Some(confidence),
                        Err(error) => warnings.push(page_lost(index, &error.to_string())),
                    }
                }
                pages.push(ink);
            }
            Err(error) => {
                lost += 1;
                warnings.push(page_lost(index, &error.to_string()));
                pages.push(Ink::default());
            }
        }
    }
    if lost == pages.len() {
        return Err(ExtractError::NoPages);
    }
    let outline = headings::outline(&pdf, &objects);
    let (mut drafts, words, style) = drafts(&pdf, &pages);
    footnotes::mark(&mut drafts, &pages, &style);
    let mut drafts = continued::join(drafts);
    headings::mark(&mut drafts, &outline);
    warnings.extend(finish::warnings(&pages));
    let mut blocks = finish::pages(drafts, &pages, &words, style.body, |index| {
        pdf.page_label(index)
    });
    looks::mark_headings(&mut blocks);
    Ok(Document {
        digest: Digest::of(bytes),
        media_type: "application/pdf".to_owned(),
        declared: declared(&pdf),
        pages: blocks,
        warnings,
    })
}

fn refused(error: &pdfboss_core::Error) -> ExtractError {
    let reason = error.to_string();
    if reason.contains("encrypt") || reason.contains("password") {
        return ExtractError::Encrypted;
    }
    ExtractError::Damaged {
        format: "PDF",
        reason,
    }
}

fn page_lost(index: usize, reason: &str) -> Warning {
    Warning {
        at: None,
        what: format!("page {} cannot be read: {reason}", index + 1),
    }
}

/// The drafts of every page, before anything is known across pages.
fn drafts(pdf: &Pdf, pages: &[Ink]) -> (Vec<Vec<Draft>>, join::Words, Style) {
    let is_tagged = tagged::is_tagged(pages);
    let admits = |run: &ink::Run| !is_tagged || !tagged::is_reached(run);
    let mut parts: Vec<Parts> = pages.iter().map(|ink| parts::parts(ink, admits)).collect();
    let heights: Vec<f32> = pages.iter().map(|ink| ink.height).collect();
    furniture::set_apart(&mut parts, &heights);
    let reached: Vec<Vec<Line>> = if is_tagged {
        pages.iter().map(tagged_lines).collect()
    } else {
        Vec::new()
    };
    let measured: Vec<Vec<&Line>> = if is_tagged {
        reached.iter().map(|lines| lines.iter().collect()).collect()
    } else {
        parts
            .iter()
            .map(|parts| parts.lines.iter().collect())
            .collect()
    };
    let style = Style::of(&measured);
    let words = join::Words::of(
        measured
            .into_iter()
            .flatten()
            .chain(parts.iter().flat_map(enclosed_lines)),
    );
    let mut counters = Counters::default();
    let mut drafts = if is_tagged {
        tagged::read(pdf, pages, &style, &mut counters)
    } else {
        pages.iter().map(|_| Vec::new()).collect()
    };
    for (page, (drafts, parts)) in drafts.iter_mut().zip(parts).enumerate() {
        let mut reader = Reader {
            style: &style,
            counters: &mut counters,
            page,
            height: heights[page],
        };
        let loose = reader.read(parts);
        if is_tagged {
            mark_boxes(drafts, &pages[page], &mut counters);
            insert(drafts, loose);
        } else {
            *drafts = loose;
        }
    }
    (drafts, words, style)
}

fn tagged_lines(ink: &Ink) -> Vec<Line> {
    let runs: Vec<&ink::Run> = ink
        .runs
        .iter()
        .filter(|run| tagged::is_reached(run))
        .collect();
    line::lines(&runs, &ink.rules)
}

fn enclosed_lines(parts: &Parts) -> impl Iterator<Item = &Line> {
    parts.enclosed.iter().flat_map(|enclosed| -> Vec<&Line> {
        match &enclosed.form {
            Form::Box(lines) => lines.iter().collect(),
            Form::Table(cells) => cells.iter().flat_map(|cell| &cell.lines).collect(),
        }
    })
}

/// Says which tagged blocks stand in a box: tags do not tell. Smaller boxes
/// come last and win.
fn mark_boxes(drafts: &mut [Draft], ink: &Ink, counters: &mut Counters) {
    for area in parts::boxes(ink) {
        let number = counters.next_box();
        for draft in drafts.iter_mut() {
            let can_be = !matches!(draft.kind, Kind::Row(_) | Kind::Furniture);
            if can_be && area.covers(&draft.area, 3.0) {
                draft.boxed = Some(number);
            }
        }
    }
}

/// Puts text that the structure tree does not reach among the rest by height.
/// Above or below everything else it is furniture: margins are not tagged.
fn insert(drafts: &mut Vec<Draft>, loose: Vec<Draft>) {
    let around = area::around(drafts.iter().map(|draft| draft.area));
    for mut draft in loose {
        let is_outside =
            around.is_none_or(|all| draft.area.y0 >= all.y1 - 1.0 || draft.area.y1 <= all.y0 + 1.0);
        if is_outside && around.is_some() && matches!(draft.kind, Kind::Text) {
            draft.kind = Kind::Furniture;
        }
        let after = drafts.iter().position(|other| {
            !matches!(other.kind, Kind::Furniture) && other.area.y0 > draft.area.y0
        });
        drafts.insert(after.unwrap_or(drafts.len()), draft);
    }
}

fn declared(pdf: &Pdf) -> Declared {
    let kept = |text: Option<String>| {
        text.map(|text| super::text::fold(&text))
            .filter(|text| !text.is_empty())
    };
    let metadata = pdf.metadata();
    Declared {
        created: metadata
            .creation_date
            .as_deref()
            .and_then(super::text::iso_date),
        title: kept(metadata.title),
        author: kept(metadata.author),
        language: kept(pdf.language()),
    }
}
