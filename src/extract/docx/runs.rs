//! Collects the text of one paragraph from its runs.
//!
//! In: a `w:p`. Out: [`Inline`]: the text with its weight, and what hangs on
//! it: page breaks, notes, text boxes. Deleted and hidden text is left out,
//! inserted text is kept.

use super::styles::{Look, Styles, run_look};
use crate::extract::text::fold;
use crate::extract::xml::{Element, Node};

/// A paragraph's text and what hangs on it.
#[derive(Debug, Default)]
pub(super) struct Inline<'a> {
    /// Text by weight; tabs are kept as such.
    parts: Vec<(String, bool)>,
    /// Letters by size in half points.
    sizes: Vec<(i32, usize)>,
    /// Page breaks before and after its first letter.
    pub(super) breaks_before: usize,
    pub(super) breaks_after: usize,
    /// Ids of footnotes and endnotes.
    pub(super) footnotes: Vec<&'a str>,
    pub(super) endnotes: Vec<&'a str>,
    /// Contents of text boxes.
    pub(super) boxes: Vec<&'a Element>,
}

/// How runs are read.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    /// Whether Word's own page breaks count, not the author's.
    pub(super) has_layout: bool,
}

/// All text below an element, without the codes of its fields.
pub(super) fn plain(element: &Element) -> String {
    let mut text = String::new();
    for child in element.elements() {
        match child.name.as_str() {
            "t" => text.push_str(&child.text()),
            "tab" | "br" => text.push(' '),
            "p" => {
                text.push(' ');
                text.push_str(&plain(child));
            }
            "instrText" | "del" | "Fallback" | "pPr" => {}
            _ => text.push_str(&plain(child)),
        }
    }
    text
}

impl<'a> Inline<'a> {
    /// Reads all runs of a paragraph that has this look.
    pub(super) fn of(paragraph: &'a Element, look: &Look, context: Context<'_>) -> Self {
        let mut inline = Self::default();
        inline.walk(paragraph, look, context);
        inline
    }

    /// The text, white space folded, and the length in bytes of the bold run
    /// that opens it.
    pub(super) fn text(&self) -> (String, usize) {
        let mut all = String::new();
        let mut bold = 0;
        let mut is_open = true;
        for (text, is_bold) in &self.parts {
            all.push_str(text);
            is_open &= *is_bold || text.trim().is_empty();
            if is_open {
                bold = all.len();
            }
        }
        let lead = fold(&all[..bold]).len();
        (fold(&all), lead)
    }

    /// Whether a tab follows its first word.
    pub(super) fn has_tab(&self) -> bool {
        let all: String = self.parts.iter().map(|(text, _)| text.as_str()).collect();
        let all = all.trim_start();
        all.find(char::is_whitespace)
            .is_some_and(|at| all[at..].starts_with('\t'))
    }

    /// Size of most letters, in points.
    pub(super) fn size(&self) -> f32 {
        let most = self.sizes.iter().max_by_key(|(_, letters)| *letters);
        most.map_or(0.0, |(half_points, _)| *half_points as f32 / 2.0)
    }

    fn walk(&mut self, element: &'a Element, look: &Look, context: Context<'_>) {
        for child in element.elements() {
            match child.name.as_str() {
                "r" => self.run(child, look, context),
                "del" | "moveFrom" | "pPr" | "rPr" | "instrText" => {}
                "AlternateContent" => {
                    let chosen = child.child("Choice").or_else(|| child.child("Fallback"));
                    if let Some(chosen) = chosen {
                        self.walk(chosen, look, context);
                    }
                }
                "txbxContent" => self.boxes.push(child),
                // Equations.
                "t" => self.push(&child.text(), look),
                _ => self.walk(child, look, context),
            }
        }
    }

    fn run(&mut self, run: &'a Element, paragraph: &Look, context: Context<'_>) {
        let own = run.child("rPr").map(run_look).unwrap_or_default();
        let of_style = run
            .at(&["rPr", "rStyle"])
            .and_then(|style| style.attr("val"))
            .map(|style| context.styles.run(style))
            .unwrap_or_default();
        let look = own.or(of_style).or(paragraph.clone());
        for node in &run.children {
            let Node::Element(child) = node else {
                continue;
            };
            self.run_child(child, &look, context);
        }
    }

    fn run_child(&mut self, child: &'a Element, look: &Look, context: Context<'_>) {
        match child.name.as_str() {
            "t" if look.is_hidden != Some(true) => self.push(&child.text(), look),
            "tab" | "ptab" => self.push("\t", look),
            "br" if child.attr("type") == Some("page") && context.has_layout => {}
            "br" if child.attr("type") == Some("page") => self.push(" ", look),
            "br" | "cr" => self.push("\n", look),
            "noBreakHyphen" => self.push("-", look),
            "sym" => self.push("•", look),
            "lastRenderedPageBreak" if self.is_blank() => self.breaks_before += 1,
            "lastRenderedPageBreak" => self.breaks_after += 1,
            "footnoteReference" => self.footnotes.extend(child.attr("id")),
            "endnoteReference" => self.endnotes.extend(child.attr("id")),
            "drawing" | "pict" | "object" | "AlternateContent" => {
                let chosen = match child.name.as_str() {
                    "AlternateContent" => child.child("Choice").or_else(|| child.child("Fallback")),
                    _ => Some(child),
                };
                if let Some(chosen) = chosen {
                    self.find_boxes(chosen);
                }
            }
            _ => {}
        }
    }

    fn find_boxes(&mut self, element: &'a Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "txbxContent" => self.boxes.push(child),
                "Fallback" => {}
                _ => self.find_boxes(child),
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.parts.iter().all(|(text, _)| text.trim().is_empty())
    }

    fn push(&mut self, text: &str, look: &Look) {
        let is_bold = look.bold == Some(true);
        let size = (look.size.unwrap_or(0.0) * 2.0).round() as i32;
        let letters = text.trim().len();
        match self.sizes.iter_mut().find(|(known, _)| *known == size) {
            Some((_, count)) => *count += letters,
            None => self.sizes.push((size, letters)),
        }
        match self.parts.last_mut() {
            Some((last, bold)) if *bold == is_bold || text.trim().is_empty() => last.push_str(text),
            _ => self.parts.push((text.to_owned(), is_bold)),
        }
    }
}
