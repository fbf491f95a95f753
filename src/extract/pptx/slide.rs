//! Reads one slide: its shapes with text, its tables.
//!
//! In: the XML of a slide. Out: blocks, the title first, the rest in the order
//! of the file, which is that of assistive technology.

use std::collections::HashMap;

use crate::extract::flow::{self, Flow, cell_text};
use crate::extract::kind::{Printed, kind};
use crate::extract::label::{letters, roman};
use crate::extract::weighted::Weighted;
use crate::extract::xml::Element;
use crate::model::document::{Block, Cell, Style};

/// What all slides share.
pub(super) struct Slides {
    /// Levels at which the master puts bullets before text.
    bulleted: Vec<bool>,
}

/// What a shape is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Body,
    Furniture,
    /// A text box: nothing comes from the master.
    Loose,
}

impl Slides {
    pub(super) fn new(master: &Element) -> Self {
        let levels = master.at(&["txStyles", "bodyStyle"]);
        Self {
            bulleted: levels
                .into_iter()
                .flat_map(Element::elements)
                .map(|level| level.child("buChar").is_some() || level.child("buBlip").is_some())
                .collect(),
        }
    }

    pub(super) fn read(&mut self, slide: &Element, flow: &mut Flow) {
        let Some(tree) = slide.at(&["cSld", "spTree"]) else {
            return;
        };
        let mut shapes = Vec::new();
        collect(tree, &mut shapes);
        shapes.sort_by_key(|shape| role(shape) != Role::Title);
        for shape in shapes {
            if let Some(table) = shape.at(&["graphic", "graphicData", "tbl"]) {
                self.table(table, flow);
            } else if let Some(body) = shape.child("txBody") {
                for block in self.blocks(body, role(shape)) {
                    flow.push(block);
                }
            }
        }
    }

    fn blocks(&self, body: &Element, role: Role) -> Vec<Block> {
        let mut counts = HashMap::new();
        let paragraphs = body.elements().filter(|child| child.name == "p");
        paragraphs
            .filter_map(|paragraph| self.block(paragraph, role, &mut counts))
            .collect()
    }

    fn block(
        &self,
        paragraph: &Element,
        role: Role,
        counts: &mut HashMap<usize, u32>,
    ) -> Option<Block> {
        let words = words(paragraph);
        let (text, bold) = words.text();
        if text.is_empty() {
            return None;
        }
        if role == Role::Furniture {
            return Some(flow::furniture(text));
        }
        let heading = (role == Role::Title).then_some(1);
        let printed = self.printed(paragraph, role, counts);
        let (kind, text, bold) = kind(heading, printed, false, text, bold, words.has_tab());
        let style = Style {
            bold_lead: u32::try_from(bold).unwrap_or(u32::MAX),
            size: words.size(),
            boxed: None,
        };
        Some(Block { kind, text, style })
    }

    /// What is printed before a paragraph, with its level.
    fn printed(
        &self,
        paragraph: &Element,
        role: Role,
        counts: &mut HashMap<usize, u32>,
    ) -> Option<(Printed, usize)> {
        let properties = paragraph.child("pPr");
        let level = properties
            .and_then(|own| own.attr("lvl")?.parse().ok())
            .unwrap_or(0);
        let has = |name: &str| properties.is_some_and(|own| own.child(name).is_some());
        if let Some(auto) = properties.and_then(|own| own.child("buAutoNum")) {
            counts.retain(|other, _| *other <= level);
            let start = auto
                .attr("startAt")
                .and_then(|start| start.parse().ok())
                .unwrap_or(1);
            let count = counts
                .entry(level)
                .and_modify(|count| *count += 1)
                .or_insert(start);
            let number = formatted(*count, auto.attr("type").unwrap_or_default());
            return Some((Printed::Number(number), level));
        }
        counts.retain(|other, _| *other < level);
        let by_master = role == Role::Body && self.bulleted.get(level) == Some(&true);
        let is_bullet = has("buChar") || has("buBlip") || (by_master && !has("buNone"));
        is_bullet.then_some((Printed::Bullet, level))
    }

    fn table(&self, table: &Element, flow: &mut Flow) {
        let number = flow.next_table();
        let sets_first_apart =
            table.child("tblPr").and_then(|own| own.attr("firstRow")) == Some("1");
        let mut above: Vec<Cell> = Vec::new();
        for (index, row) in table
            .elements()
            .filter(|child| child.name == "tr")
            .enumerate()
        {
            let cells = row.elements().filter(|child| child.name == "tc");
            above = cells
                .zip(0..)
                .filter_map(|(cell, column)| self.cell(cell, column, &above))
                .collect();
            flow.row(
                number,
                index == 0 && sets_first_apart,
                above.clone(),
                Style::default(),
            );
        }
    }

    /// A cell; `None` for one that another of its row covers.
    fn cell(&self, cell: &Element, column: u16, above: &[Cell]) -> Option<Cell> {
        let is_set = |name: &str| matches!(cell.attr(name), Some("1" | "true"));
        if is_set("hMerge") {
            return None;
        }
        let origin = above.iter().find(|other| other.column == column);
        if let Some(origin) = origin.filter(|_| is_set("vMerge")) {
            return Some(Cell {
                is_merged: true,
                ..origin.clone()
            });
        }
        let body = cell.child("txBody");
        let colour = cell
            .at(&["tcPr", "solidFill", "srgbClr"])
            .and_then(|colour| colour.attr("val"));
        Some(Cell {
            text: body
                .map(|body| cell_text(&self.blocks(body, Role::Loose)))
                .unwrap_or_default(),
            column,
            span: cell
                .attr("gridSpan")
                .and_then(|span| span.parse().ok())
                .unwrap_or(1)
                .clamp(1, 200),
            shade: colour
                .and_then(|colour| u32::from_str_radix(colour, 16).ok())
                .filter(|colour| *colour != 0x00ff_ffff),
            is_merged: false,
        })
    }
}

/// All shapes, those of groups included.
fn collect<'a>(tree: &'a Element, into: &mut Vec<&'a Element>) {
    for child in tree.elements() {
        match child.name.as_str() {
            "sp" | "graphicFrame" => into.push(child),
            "grpSp" => collect(child, into),
            "AlternateContent" => {
                let chosen = child.child("Choice").or_else(|| child.child("Fallback"));
                if let Some(chosen) = chosen {
                    collect(chosen, into);
                }
            }
            _ => {}
        }
    }
}

fn role(shape: &Element) -> Role {
    let Some(place) = shape.at(&["nvSpPr", "nvPr", "ph"]) else {
        return Role::Loose;
    };
    match place.attr("type") {
        Some("title" | "ctrTitle") => Role::Title,
        Some("dt" | "ftr" | "sldNum" | "hdr") => Role::Furniture,
        Some("subTitle") => Role::Loose,
        _ => Role::Body,
    }
}

fn words(paragraph: &Element) -> Weighted {
    let mut words = Weighted::default();
    for child in paragraph.elements() {
        let own = child.child("rPr");
        let is_bold = own.and_then(|own| own.attr("b")) == Some("1");
        let size = own.and_then(|own| own.attr("sz")?.parse::<f32>().ok());
        match child.name.as_str() {
            "r" | "fld" => {
                let text = child.child("t").map(Element::text).unwrap_or_default();
                words.push(&text, is_bold, size.unwrap_or(0.0) / 100.0);
            }
            "br" => words.push("\n", is_bold, 0.0),
            _ => {}
        }
    }
    words
}

/// A count as PowerPoint writes it, e.g. for `alphaLcParenR`.
fn formatted(count: u32, form: &str) -> String {
    let number = match form {
        _ if form.starts_with("alphaLc") => letters(count).to_lowercase(),
        _ if form.starts_with("alphaUc") => letters(count),
        _ if form.starts_with("romanLc") => roman(count).to_lowercase(),
        _ if form.starts_with("romanUc") => roman(count),
        _ => count.to_string(),
    };
    match form {
        _ if form.ends_with("ParenBoth") => format!("({number})"),
        _ if form.ends_with("ParenR") => format!("{number})"),
        _ => format!("{number}."),
    }
}
