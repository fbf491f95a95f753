//! Finds the filled rectangles of a page: backgrounds of table cells and
//! panels, which the text reader does not report.
//!
//! In: a page. Out: rectangles in the page's own coordinates with the colour
//! they show, in painting order. Clipping and patterns are left aside.

use pdfboss_core::content::Op;
use pdfboss_core::geom::{Matrix, Rect};
use pdfboss_core::{Dict, Document, Object, Page};

use super::operators::Operators;

/// Deepest nesting of forms that is followed.
const MAX_FORM_DEPTH: usize = 4;
/// Most operators looked at for one page; a page drawn by more is a map or chart.
const MAX_OPERATORS: usize = 400_000;

/// A filled rectangle, or the box around a filled shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Filled {
    pub(super) rect: Rect,
    /// `0xRRGGBB`.
    pub(super) colour: u32,
}

/// All fills of a page in painting order.
pub(super) fn fills(pdf: &Document, page: &Page) -> Vec<Filled> {
    let Ok(content) = page.content(pdf) else {
        return Vec::new();
    };
    let mut walk = Walk {
        pdf,
        found: Vec::new(),
        operators: 0,
    };
    walk.run(&content, &page.resources, State::default(), 0);
    walk.found
}

#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    colour: Option<[f32; 3]>,
    opacity: f32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: Matrix::identity(),
            colour: Some([0.0; 3]),
            opacity: 1.0,
        }
    }
}

struct Walk<'a> {
    pdf: &'a Document,
    found: Vec<Filled>,
    operators: usize,
}

impl Walk<'_> {
    fn run(&mut self, content: &[u8], resources: &Dict, start: State, depth: usize) {
        let mut operators = Operators::of(content);
        let mut state = start;
        let mut saved = Vec::new();
        let mut path: Vec<Rect> = Vec::new();
        while let Some(operator) = operators.next() {
            self.operators += 1;
            if self.operators > MAX_OPERATORS {
                return;
            }
            match operator {
                Op::Save if saved.len() < 256 => saved.push(state),
                Op::Restore => state = saved.pop().unwrap_or(state),
                Op::Concat(matrix) => state.matrix = matrix.concat(state.matrix),
                Op::SetExtGState(name) => {
                    if let Some(opacity) = self.opacity(resources, &name.0) {
                        state.opacity = opacity;
                    }
                }
                Op::Rect(x, y, width, height) => {
                    path.push(Rect::new(x, y, x + width, y + height).transform(state.matrix));
                }
                Op::MoveTo(x, y) => path.push(Rect::new(x, y, x, y).transform(state.matrix)),
                Op::LineTo(x, y) | Op::CurveTo(_, _, _, _, x, y) => {
                    let point = Rect::new(x, y, x, y).transform(state.matrix);
                    if let Some(last) = path.last_mut() {
                        *last = last.union(point);
                    }
                }
                Op::Fill
                | Op::FillEvenOdd
                | Op::FillStroke
                | Op::FillStrokeEvenOdd
                | Op::CloseFillStroke
                | Op::CloseFillStrokeEvenOdd => self.fill(&mut path, &state),
                Op::Stroke | Op::CloseStroke | Op::EndPath => path.clear(),
                Op::XObject(name) if depth < MAX_FORM_DEPTH => {
                    self.form(resources, &name.0, state, depth);
                }
                other => set_colour(&mut state, &other),
            }
        }
    }

    fn fill(&mut self, path: &mut Vec<Rect>, state: &State) {
        if let Some(colour) = state.colour {
            let colour = packed(colour, state.opacity);
            self.found
                .extend(path.iter().map(|&rect| Filled { rect, colour }));
        }
        path.clear();
    }

    fn form(&mut self, resources: &Dict, name: &str, mut state: State, depth: usize) {
        let Some(object) = self.entry(resources, "XObject", name) else {
            return;
        };
        let Some(stream) = object.as_stream() else {
            return;
        };
        if stream
            .dict
            .get_name("Subtype")
            .is_none_or(|kind| kind.0 != "Form")
        {
            return;
        }
        let Ok(content) = self.pdf.stream_data(stream) else {
            return;
        };
        if let Some(matrix) = stream.dict.get_array("Matrix").and_then(matrix) {
            state.matrix = matrix.concat(state.matrix);
        }
        let own = stream
            .dict
            .get("Resources")
            .and_then(|object| self.pdf.resolve(object).ok())
            .and_then(|object| object.as_dict().cloned());
        self.run(
            &content,
            own.as_ref().unwrap_or(resources),
            state,
            depth + 1,
        );
    }

    fn opacity(&self, resources: &Dict, name: &str) -> Option<f32> {
        let state = self.entry(resources, "ExtGState", name)?;
        state.as_dict()?.get_f64("ca").map(|opacity| opacity as f32)
    }

    fn entry(&self, resources: &Dict, kind: &str, name: &str) -> Option<Object> {
        let kinds = self.pdf.resolve(resources.get(kind)?).ok()?;
        self.pdf.resolve(kinds.as_dict()?.get(name)?).ok()
    }
}

fn set_colour(state: &mut State, operator: &Op) {
    state.colour = match operator {
        Op::SetFillGray(gray) => Some([*gray; 3]),
        Op::SetFillRGB(red, green, blue) => Some([*red, *green, *blue]),
        Op::SetFillCMYK(cyan, magenta, yellow, black) => {
            Some(from_cmyk([*cyan, *magenta, *yellow, *black]))
        }
        Op::SetFillColorSpace(_) => Some([0.0; 3]),
        Op::SetFillColor(parts) | Op::SetFillColorN(parts, None) => match parts[..] {
            [gray] => Some([gray; 3]),
            [red, green, blue] => Some([red, green, blue]),
            [cyan, magenta, yellow, black] => Some(from_cmyk([cyan, magenta, yellow, black])),
            _ => None,
        },
        Op::SetFillColorN(_, Some(_)) => None,
        _ => return,
    };
}

fn from_cmyk([cyan, magenta, yellow, black]: [f32; 4]) -> [f32; 3] {
    [cyan, magenta, yellow].map(|ink| (1.0 - ink) * (1.0 - black))
}

/// The colour as it shows on white paper.
fn packed(colour: [f32; 3], opacity: f32) -> u32 {
    colour.iter().fold(0, |packed, part| {
        let shown = part.clamp(0.0, 1.0) * opacity + (1.0 - opacity);
        #[expect(clippy::cast_sign_loss, reason = "clamped to 0..=1 above")]
        let byte = (shown.clamp(0.0, 1.0) * 255.0).round() as u32;
        packed << 8 | byte
    })
}

fn matrix(parts: &[Object]) -> Option<Matrix> {
    let parts: Vec<f32> = parts
        .iter()
        .filter_map(|part| part.as_f64().map(|part| part as f32))
        .collect();
    let parts: [f32; 6] = parts.try_into().ok()?;
    let [a, b, c, d, ..] = parts;
    Some(Matrix {
        a,
        b,
        c,
        d,
        e: parts[4],
        f: parts[5],
    })
}
