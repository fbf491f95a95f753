//! What is drawn on one page, in reading direction: runs of text, ruling
//! lines, filled rectangles.
//!
//! In: a page of the PDF library. Out: its [`Ink`]. Everything that knows the
//! library's page model stays in this file and in `fills`, so that the
//! library can be exchanged; what the ink means is left to the others.

use pdfboss_core::structure::{StandardType, StructureElement, StructureTree};
use pdfboss_core::{Document, Immediate, ObjRef, OcState, Page, block_on};
use pdfboss_text::{
    ExtractReport, FontCache, ReadingOrder, Ruling, TextSpan,
    extract_spans_and_rulings_reporting_cached_with,
};

use super::area::{Area, Frame};
use super::{fills, scan};

/// A run of text on one baseline: from a single glyph to a whole line.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    /// Advance box, from about the ascender to about the descender.
    pub(super) area: Area,
    /// Distance of the baseline from the top of the page.
    pub(super) base: f32,
    /// Font size in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Marked by the producer as not the author's text.
    pub(super) is_artifact: bool,
    /// Elements of the structure tree around it, outermost first.
    pub(super) tags: Vec<Tag>,
}

/// An element of the structure tree; `id` is the same on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) kind: StandardType,
    pub(super) id: ObjRef,
}

/// A drawn straight line: horizontal when `y0 == y1`, else vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) area: Area,
    pub(super) is_horizontal: bool,
}

/// A filled rectangle of some height and width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fill {
    pub(super) area: Area,
    /// `0xRRGGBB`.
    pub(super) colour: u32,
}

/// Everything on one page that matters for its text.
#[derive(Debug, Clone, Default)]
pub(super) struct Ink {
    pub(super) width: f32,
    pub(super) height: f32,
    /// In content order, or in the order of the structure tree if it has one.
    pub(super) runs: Vec<Run>,
    pub(super) rules: Vec<Rule>,
    /// In painting order.
    pub(super) fills: Vec<Fill>,
    /// Share of the page that pictures cover, from 0 to 1; looked at only where
    /// there are few letters.
    pub(super) pictured: f32,
    /// Pixels per point of the largest picture; 0 if there is none, or it was
    /// not looked at.
    pub(super) resolution: f32,
    /// How sure the OCR engine was of the text, if it comes from one.
    pub(super) ocr: Option<f32>,
    /// Share of the characters that are there but not painted, as in the text
    /// layer under a scan.
    pub(super) invisible: f32,
    /// What could not be read.
    pub(super) skipped: Vec<String>,
}

/// Text thinner than this is a rule, not a background.
const THIN: f32 = 2.5;

/// A file and what its pages share, which is read once.
pub(super) struct Pages<'a> {
    pdf: &'a Document,
    fonts: FontCache,
    layers: Option<OcState>,
    tree: Option<StructureTree>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(pdf: &'a Document) -> Self {
        Self {
            pdf,
            fonts: FontCache::default(),
            layers: pdf.oc_state(),
            tree: pdfboss_text::structure_for(pdf, ReadingOrder::StructureTree),
        }
    }

    /// Reads one page.
    pub(super) fn read(&self, page: &Page) -> Ink {
        let (spans, rulings, report) = match self.spans(page) {
            Ok(read) => read,
            Err(error) => {
                return Ink {
                    skipped: vec![error.to_string()],
                    ..Ink::default()
                };
            }
        };
        let frame = Frame::new(page.crop_box, turn(&spans, page.rotate));
        let (width, height) = frame.size();
        let invisible = invisible(&spans);
        let runs = runs(spans, &frame);
        let (pictured, resolution) = if scan::has_few_letters(&runs) {
            self.pictures(page)
        } else {
            (0.0, 0.0)
        };
        Ink {
            width,
            height,
            rules: rulings.iter().map(|ruling| rule(ruling, &frame)).collect(),
            fills: backgrounds(self.pdf, page, &frame),
            pictured,
            resolution,
            ocr: None,
            invisible,
            skipped: report
                .skipped
                .iter()
                .map(|skipped| format!("{}: {}", skipped.kind, skipped.cause))
                .collect(),
            runs,
        }
    }

    fn spans(
        &self,
        page: &Page,
    ) -> pdfboss_core::Result<(Vec<TextSpan>, Vec<Ruling>, ExtractReport)> {
        block_on(extract_spans_and_rulings_reporting_cached_with(
            Immediate(self.pdf),
            page,
            &self.fonts,
            self.layers.as_ref(),
            self.tree.as_ref(),
            ReadingOrder::StructureTree,
        ))
    }

    /// Share of the page that pictures cover, and the pixels per point of the
    /// largest.
    fn pictures(&self, page: &Page) -> (f32, f32) {
        let placed = pdfboss_text::placed_images_reporting_cached(self.pdf, page, &self.fonts);
        let images = placed.map(|(images, _)| images).unwrap_or_default();
        let whole = page.crop_box.normalize();
        let mut covered = 0.0;
        let mut largest = (0.0, 0.0);
        for image in images {
            let Some(seen) = image.bbox.normalize().intersect(whole) else {
                continue;
            };
            let area = seen.width() * seen.height();
            covered += area;
            if area > largest.0 {
                let (long, native) = (image.bbox.width().abs(), image.width as f32);
                largest = (area, native / long.max(1.0));
            }
        }
        let share = covered / (whole.width() * whole.height()).max(1.0);
        (share.min(1.0), largest.1)
    }
}

/// Share of the characters that are not painted.
fn invisible(spans: &[TextSpan]) -> f32 {
    let characters = spans.iter().map(|span| span.text.len()).sum::<usize>();
    let hidden = spans.iter().filter(|span| span.invisible);
    let hidden = hidden.map(|span| span.text.len()).sum::<usize>();
    hidden as f32 / characters.max(1) as f32
}

/// The turn that makes most of the text upright; the page's own when it has
/// none.
fn turn(spans: &[TextSpan], of_page: i32) -> i32 {
    [0, 90, 180, 270]
        .into_iter()
        .map(|turn| {
            let turned = spans.iter().filter(|span| span.rotate == turn);
            (
                turned.map(|span| span.text.trim().len()).sum::<usize>(),
                turn,
            )
        })
        .max_by_key(|&(letters, turn)| (letters, turn == of_page.rem_euclid(360)))
        .map_or(of_page, |(_, turn)| turn)
}

fn runs(spans: Vec<TextSpan>, frame: &Frame) -> Vec<Run> {
    let (width, height) = frame.size();
    let page = Area {
        x0: 0.0,
        y0: 0.0,
        x1: width,
        y1: height,
    };
    let mut runs: Vec<Run> = Vec::with_capacity(spans.len());
    let mut last_turn = frame.turn();
    for span in spans {
        let turn = span.rotate;
        let run = run(span, frame);
        let goes_on = turn != frame.turn() && turn == last_turn;
        last_turn = turn;
        if !page.holds(run.area.centre(), 1.0) {
            continue;
        }
        match runs.last_mut() {
            // Text turned against the page is kept as one piece.
            Some(last) if goes_on && beside(&last.area, &run.area, run.size) => {
                last.text.push_str(&run.text);
                last.area = last.area.union(&run.area);
                last.base = last.area.y1;
            }
            _ => runs.push(run),
        }
    }
    runs
}

fn beside(one: &Area, other: &Area, size: f32) -> bool {
    let grown = Area {
        x0: one.x0 - size,
        y0: one.y0 - size,
        x1: one.x1 + size,
        y1: one.y1 + size,
    };
    grown.holds(other.centre(), size)
}

fn run(span: TextSpan, frame: &Frame) -> Run {
    let upright = span.rotate == frame.turn();
    let (x, base) = frame.point(span.x, span.y);
    let (end, _) = frame.point(span.end_x, span.end_y);
    let size = span.size.abs();
    let area = if upright {
        Area {
            x0: x.min(end),
            y0: base - 0.75 * size,
            x1: x.max(end),
            y1: base + 0.22 * size,
        }
    } else {
        frame.area(span.bbox)
    };
    let tags = span.structure.iter().flat_map(|structure| &structure.path);
    Run {
        area,
        base: if upright { base } else { area.y1 },
        size,
        bold: span.bold || span.font_name.contains("Black") || span.font_name.contains("Heavy"),
        is_artifact: span.artifact.is_some() || is_oblique(&span),
        tags: tags.map(tag).collect(),
        text: span.text,
    }
}

/// Whether text runs across the page at an angle: a watermark.
fn is_oblique(span: &TextSpan) -> bool {
    let (across, up) = ((span.end_x - span.x).abs(), (span.end_y - span.y).abs());
    across.min(up) > 0.15 * across.max(up)
}

fn tag(element: &StructureElement) -> Tag {
    Tag {
        kind: element.standard_type,
        id: element.object,
    }
}

fn rule(ruling: &Ruling, frame: &Frame) -> Rule {
    let (ax, ay) = frame.point(ruling.start.x, ruling.start.y);
    let (bx, by) = frame.point(ruling.end.x, ruling.end.y);
    let area = Area {
        x0: ax.min(bx),
        y0: ay.min(by),
        x1: ax.max(bx),
        y1: ay.max(by),
    };
    Rule {
        area,
        is_horizontal: area.width() >= area.height(),
    }
}

fn backgrounds(pdf: &Document, page: &Page, frame: &Frame) -> Vec<Fill> {
    fills::fills(pdf, page)
        .into_iter()
        .map(|filled| Fill {
            area: frame.area(filled.rect),
            colour: filled.colour,
        })
        .filter(|fill| fill.area.width() > THIN && fill.area.height() > THIN)
        .collect()
}
