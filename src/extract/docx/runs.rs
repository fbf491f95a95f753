//! Collects the text of one paragraph from its runs.
//!
//! In: a `w:p`. Out: [`Inline`]: the text with its weight, and what hangs on
//! it: page breaks, notes, text boxes. Deleted and hidden text is left out,
//! inserted text is kept.

use super::styles::{Look, Styles, run_look};
use crate::extract::weighted::Weighted;
use crate::extract::xml::{Element, Node};

/// A paragraph's text and what hangs on it.
#[derive(Debug, Default)]
pub(super) struct Inline<'a> {
    pub(super) words: Weighted,
    /// Page breaks before and after its first letter.
    pub(super) breaks_before: usize,
    pub(super) breaks_after: usize,
    /// Ids of footnotes and endnotes.
    pub(super) footnotes: Vec<&'a str>,
    pub(super) endnotes: Vec<&'a str>,
    /// Contents of text boxes.
    pub(super) boxes: Vec<&'a Element>,
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
    pub(super) fn of(paragraph: &'a Element, look: &Look, styles: &Styles) -> Self {
        let mut inline = Self::default();
        inline.walk(paragraph, look, styles);
        inline
    }

    fn walk(&mut self, element: &'a Element, look: &Look, styles: &Styles) {
        for child in element.elements() {
            match child.name.as_str() {
                "r" => self.run(child, look, styles),
                "del" | "moveFrom" | "pPr" | "rPr" | "instrText" => {}
                "AlternateContent" => {
                    let chosen = child.child("Choice").or_else(|| child.child("Fallback"));
                    if let Some(chosen) = chosen {
                        self.walk(chosen, look, styles);
                    }
                }
                "txbxContent" => self.boxes.push(child),
                // Equations.
                "t" => self.push(&child.text(), look),
                _ => self.walk(child, look, styles),
            }
        }
    }

    fn run(&mut self, run: &'a Element, paragraph: &Look, styles: &Styles) {
        let own = run.child("rPr").map(run_look).unwrap_or_default();
        let of_style = run
            .at(&["rPr", "rStyle"])
            .and_then(|style| style.attr("val"))
            .map(|style| styles.run(style))
            .unwrap_or_default();
        let look = own.or(of_style).or(paragraph.clone());
        for node in &run.children {
            let Node::Element(child) = node else {
                continue;
            };
            self.run_child(child, &look);
        }
    }

    fn run_child(&mut self, child: &'a Element, look: &Look) {
        match child.name.as_str() {
            "t" if look.is_hidden != Some(true) => self.push(&child.text(), look),
            "tab" | "ptab" => self.push("\t", look),
            "br" | "cr" => self.push("\n", look),
            "noBreakHyphen" => self.push("-", look),
            "sym" => self.push("•", look),
            "lastRenderedPageBreak" if self.words.is_blank() => self.breaks_before += 1,
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

    fn push(&mut self, text: &str, look: &Look) {
        let is_bold = look.bold == Some(true);
        self.words.push(text, is_bold, look.size.unwrap_or(0.0));
    }
}
