//! Reads what the styles of a Word document say about paragraphs and runs.
//!
//! In: `styles.xml`. Out: the [`Styles`], each resolved over what it is based
//! on.

use std::collections::HashMap;

use crate::extract::xml::Element;

/// Longest chain of styles based on each other.
const MAX_CHAIN: usize = 20;

/// What a style, or a paragraph or run itself, says; `None` is silence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    /// In points.
    pub(super) size: Option<f32>,
    pub(super) is_hidden: Option<bool>,
    /// 1 for the highest; 0 says that it is no heading.
    pub(super) heading: Option<u8>,
    /// The list, and the level if it is given.
    pub(super) list: Option<(String, Option<usize>)>,
}

impl Look {
    /// Its own word where it has one, else the other's.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            size: self.size.or(other.size),
            is_hidden: self.is_hidden.or(other.is_hidden),
            heading: self.heading.or(other.heading),
            list: self.list.or(other.list),
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    look: Look,
    has_first_row: bool,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
    defaults: Look,
}

impl Styles {
    pub(super) fn read(root: &Element) -> Self {
        let mut styles = Self {
            defaults: root
                .at(&["docDefaults", "rPrDefault", "rPr"])
                .map(run_look)
                .unwrap_or_default(),
            ..Self::default()
        };
        for element in root.elements().filter(|element| element.name == "style") {
            let id = element.attr("styleId").unwrap_or_default().to_owned();
            let is_default = element
                .attr("default")
                .is_some_and(|value| value == "1" || value == "true");
            if is_default && element.attr("type") == Some("paragraph") {
                styles.default_paragraph = Some(id.clone());
            }
            styles.by_id.insert(id, style(element));
        }
        styles
    }

    /// What a paragraph's style says, down to the document's defaults.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        let id = id.or(self.default_paragraph.as_deref());
        id.map(|id| self.resolved(id))
            .unwrap_or_default()
            .or(self.defaults.clone())
    }

    /// What a run's style says.
    pub(super) fn run(&self, id: &str) -> Look {
        self.resolved(id)
    }

    /// Lower-case name of a style, e.g. `toc 1`.
    pub(super) fn name(&self, id: &str) -> &str {
        self.by_id.get(id).map_or("", |style| style.name.as_str())
    }

    /// Whether a table style sets the first row apart.
    pub(super) fn has_first_row(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.has_first_row)
    }

    fn resolved(&self, id: &str) -> Look {
        self.chain(id)
            .fold(Look::default(), |look, style| look.or(style.look.clone()))
    }

    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let first = self.by_id.get(id);
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?))
            .take(MAX_CHAIN)
    }
}

fn style(element: &Element) -> Style {
    let value = |name: &str| element.child(name).and_then(|child| child.attr("val"));
    let name = value("name").unwrap_or_default().to_lowercase();
    let mut look = element.child("rPr").map(run_look).unwrap_or_default();
    if let Some(properties) = element.child("pPr") {
        look = paragraph_look(properties).or(look);
    }
    let by_name = name
        .strip_prefix("heading ")
        .and_then(|level| level.parse().ok());
    look.heading = look.heading.or(by_name).or((name == "title").then_some(1));
    Style {
        has_first_row: element
            .elements()
            .any(|child| child.name == "tblStylePr" && child.attr("type") == Some("firstRow")),
        based_on: value("basedOn").map(str::to_owned),
        name,
        look,
    }
}

/// What `w:rPr` says.
pub(super) fn run_look(properties: &Element) -> Look {
    Look {
        bold: flag(properties, "b"),
        size: properties
            .child("sz")
            .and_then(|size| size.attr("val"))
            .and_then(|size| size.parse::<f32>().ok())
            .map(|half_points| half_points / 2.0),
        is_hidden: flag(properties, "vanish"),
        ..Look::default()
    }
}

/// What `w:pPr` says about heading and list.
pub(super) fn paragraph_look(properties: &Element) -> Look {
    let value = |element: &Element| element.attr("val").map(str::to_owned);
    let level = properties
        .child("outlineLvl")
        .and_then(|level| level.attr("val"))
        .and_then(|level| level.parse::<u8>().ok());
    let list = properties.child("numPr").map(|list| {
        let level = list
            .child("ilvl")
            .and_then(value)
            .and_then(|level| level.parse().ok());
        (
            list.child("numId").and_then(value).unwrap_or_default(),
            level,
        )
    });
    Look {
        heading: level.map(|level| if level < 9 { (level + 1).min(6) } else { 0 }),
        list,
        ..Look::default()
    }
}

fn flag(properties: &Element, name: &str) -> Option<bool> {
    let value = properties.child(name)?.attr("val");
    Some(!matches!(value, Some("0" | "false" | "off" | "none")))
}
