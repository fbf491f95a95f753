//! Reads pages that are pictures, through an OCR engine given by the caller.
//!
//! In: a page, its ink and an engine. Out: the ink with the words as runs, so
//! that a scanned page is laid out like any other; and the engine's
//! confidence. Weight is judged by how much ink a line takes.

use pdfboss_core::{Document, Page};

use super::area::Area;
use super::ink::{Ink, Run};
use crate::extract::ocr::{Ocr, OcrError, OcrWord, Picture};

/// Fewer letters than this on a page that is mostly a picture: a scan.
const FEW_LETTERS: usize = 20;
/// Width in pixels at which a page is read: less loses letters, more takes
/// time and reads no better.
const WIDTHS: (f32, f32) = (1_600.0, 2_500.0);
/// A line with this much more ink than most is bold.
const BOLD: f32 = 1.25;

/// Whether a page is a picture without text.
pub(super) fn is_picture(ink: &Ink) -> bool {
    ink.pictured > 0.5 && has_few_letters(&ink.runs)
}

/// Whether there is so little text that the page may be a picture.
pub(super) fn has_few_letters(runs: &[Run]) -> bool {
    let letters = runs.iter().flat_map(|run| run.text.trim().chars());
    letters.take(FEW_LETTERS).count() < FEW_LETTERS
}

/// Reads the words of a pictured page into its ink; gives the mean confidence.
///
/// # Errors
///
/// Fails when the page cannot be drawn or the engine fails.
pub(super) fn read(
    pdf: &Document,
    page: &Page,
    ink: &mut Ink,
    engine: &dyn Ocr,
) -> Result<f32, OcrError> {
    let (picture, scale) = picture(pdf, page, ink)?;
    let words = engine.words(&picture)?;
    let letters: usize = words.iter().map(|word| word.text.len()).sum();
    let sure: f32 = words
        .iter()
        .map(|word| word.confidence * word.text.len() as f32)
        .sum();
    ink.runs = runs(&words, &picture, scale);
    ink.fills.clear();
    ink.rules.clear();
    Ok(sure / letters.max(1) as f32)
}

/// The page drawn in grey, and its pixels per point.
fn picture(pdf: &Document, page: &Page, ink: &Ink) -> Result<(Picture, f32), OcrError> {
    let failed = |error: pdfboss_core::Error| OcrError::Failed(error.to_string());
    let (width, _) = page.size();
    let native = ink
        .resolution
        .clamp(WIDTHS.0 / width.max(1.0), WIDTHS.1 / width.max(1.0));
    let pixels = pdfboss_render::render_page(pdf, page, native).map_err(failed)?;
    let grey = pixels
        .data
        .chunks_exact(4)
        .map(|rgba| {
            let [red, green, blue] = [rgba[0], rgba[1], rgba[2]].map(u32::from);
            u8::try_from((red * 77 + green * 151 + blue * 28) >> 8).unwrap_or(u8::MAX)
        })
        .collect();
    let picture = Picture {
        width: pixels.width,
        height: pixels.height,
        grey,
    };
    Ok((picture, native))
}

/// Words as runs, a line's words on one baseline and of one size.
fn runs(words: &[OcrWord], picture: &Picture, scale: f32) -> Vec<Run> {
    let lines: Vec<&[OcrWord]> = words.chunk_by(|a, b| a.line == b.line).collect();
    let heights: Vec<f32> = lines.iter().map(|line| height(line)).collect();
    let usual = median(&heights);
    let inks: Vec<f32> = lines.iter().map(|line| ink(line, picture)).collect();
    let usual_ink = median(&inks);
    let mut runs = Vec::with_capacity(words.len());
    for ((line, height), ink) in lines.iter().zip(&heights).zip(&inks) {
        // Heights of lines scatter; only clear steps are another size.
        let slack = if line.iter().filter(|word| has_tall(&word.text)).count() >= 2 {
            0.22
        } else {
            0.6
        };
        let height = if (height / usual - 1.0).abs() < slack {
            usual
        } else {
            *height
        };
        let size = height / scale / CAPITAL;
        let base = base(line) / scale;
        for (place, word) in line.iter().enumerate() {
            let is_line_bold = *ink > BOLD * usual_ink;
            runs.push(Run {
                text: format!(
                    "{} ",
                    if place == 0 {
                        mended(&word.text)
                    } else {
                        word.text.clone()
                    }
                ),
                area: Area {
                    x0: word.left / scale,
                    y0: base - 0.75 * size,
                    x1: (word.left + word.width) / scale,
                    y1: base + 0.22 * size,
                },
                base,
                size,
                bold: is_line_bold || word_ink(word, picture) > BOLD * 1.15 * usual_ink,
                is_artifact: false,
                tags: Vec::new(),
            });
        }
    }
    runs
}

/// A number at the beginning of a line ends in a full stop, which is easily
/// read as a comma.
fn mended(word: &str) -> String {
    match word.strip_suffix(',') {
        Some(number) if number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit()) => {
            format!("{number}.")
        }
        _ => word.to_owned(),
    }
}

/// Height of capitals and tall letters as a share of the size.
const CAPITAL: f32 = 0.72;

/// Height of a line's tall letters: of its words that have some.
fn height(line: &[OcrWord]) -> f32 {
    let tall: Vec<f32> = line
        .iter()
        .filter(|word| has_tall(&word.text) && !has_tail(&word.text))
        .map(|word| word.height)
        .collect();
    if tall.is_empty() {
        let all: Vec<f32> = line.iter().map(|word| word.height).collect();
        median(&all)
            * if line.iter().any(|word| has_tall(&word.text)) {
                0.78
            } else {
                1.3
            }
    } else {
        median(&tall)
    }
}

/// Where a line's letters stand.
fn base(line: &[OcrWord]) -> f32 {
    let standing: Vec<f32> = line
        .iter()
        .filter(|word| !has_tail(&word.text))
        .map(|word| word.top + word.height)
        .collect();
    if standing.is_empty() {
        let all: Vec<f32> = line
            .iter()
            .map(|word| word.top + 0.8 * word.height)
            .collect();
        median(&all)
    } else {
        median(&standing)
    }
}

fn has_tall(text: &str) -> bool {
    text.chars()
        .any(|c| c.is_uppercase() || c.is_ascii_digit() || "bdfhklt".contains(c))
}

fn has_tail(text: &str) -> bool {
    text.chars().any(|c| "gjpqyQ,;()[]".contains(c))
}

/// Ink per area of a line's letters.
fn ink(line: &[OcrWord], picture: &Picture) -> f32 {
    let inks: Vec<f32> = line.iter().map(|word| word_ink(word, picture)).collect();
    median(&inks)
}

fn word_ink(word: &OcrWord, picture: &Picture) -> f32 {
    picture.ink(word.left, word.top, word.width, word.height)
}

fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}
