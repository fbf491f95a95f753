//! Reads what the styles of an OpenDocument file say.
//!
//! In: `styles.xml` and the automatic styles of `content.xml`. Out: the
//! [`Styles`], each resolved over its parents.

use std::collections::HashMap;

use crate::extract::xml::Element;

/// Longest chain of parents.
const MAX_CHAIN: usize = 20;

/// What a style says; `None` is silence.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    /// In points.
    pub(super) size: Option<f32>,
    pub(super) is_hidden: Option<bool>,
    pub(super) list: Option<String>,
    /// Background of a cell or paragraph as `0xRRGGBB`; white is none.
    pub(super) shade: Option<u32>,
    /// Whether lines are drawn around it.
    pub(super) is_framed: Option<bool>,
    /// Level of a heading made by style alone.
    pub(super) outline: Option<u8>,
    /// Whether a new page begins before it, and after it.
    pub(super) breaks_before: Option<bool>,
    pub(super) breaks_after: Option<bool>,
}

impl Look {
    fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            size: self.size.or(other.size),
            is_hidden: self.is_hidden.or(other.is_hidden),
            list: self.list.or(other.list),
            shade: self.shade.or(other.shade),
            is_framed: self.is_framed.or(other.is_framed),
            outline: self.outline.or(other.outline),
            breaks_before: self.breaks_before.or(other.breaks_before),
            breaks_after: self.breaks_after.or(other.breaks_after),
        }
    }
}

/// All styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: HashMap<(String, String), (Look, Option<String>)>,
    defaults: HashMap<String, Look>,
}

impl Styles {
    /// Reads the styles of both parts.
    pub(super) fn read(parts: [&Element; 2]) -> Self {
        let mut styles = Self::default();
        let groups = parts.into_iter().flat_map(Element::elements);
        for element in groups.flat_map(Element::elements) {
            let family = element.attr("family").unwrap_or_default().to_owned();
            match element.name.as_str() {
                "style" => {
                    let name = element.attr("name").unwrap_or_default().to_owned();
                    let parent = element.attr("parent-style-name").map(str::to_owned);
                    let entry = (look(element), parent);
                    styles.known.insert((family, name), entry);
                }
                "default-style" => {
                    styles.defaults.insert(family, look(element));
                }
                _ => {}
            }
        }
        styles
    }

    /// What a style of a family says, down to the family's defaults.
    pub(super) fn look(&self, family: &str, name: Option<&str>) -> Look {
        let mut all = Look::default();
        let mut next = name.map(str::to_owned);
        for _ in 0..MAX_CHAIN {
            let key = next.take().map(|name| (family.to_owned(), name));
            let Some((look, parent)) = key.and_then(|key| self.known.get(&key)) else {
                break;
            };
            all = all.or(look.clone());
            next.clone_from(parent);
        }
        let defaults = self.defaults.get(family).cloned();
        all.or(defaults.unwrap_or_default())
    }

    /// Whether the style, or one it is made from, has a name with this in it.
    pub(super) fn is_made_from(&self, name: Option<&str>, wanted: &str) -> bool {
        let mut next = name.map(str::to_owned);
        for _ in 0..MAX_CHAIN {
            let Some(name) = next else { return false };
            if name.starts_with(wanted) {
                return true;
            }
            let key = ("paragraph".to_owned(), name);
            next = self.known.get(&key).and_then(|(_, parent)| parent.clone());
        }
        false
    }
}

fn look(style: &Element) -> Look {
    let of = |part: &str, name: &str| style.child(part).and_then(|part| part.attr(name));
    let text = |name: &str| of("text-properties", name);
    let on_block =
        |name: &str| of("table-cell-properties", name).or_else(|| of("paragraph-properties", name));
    let level = style.attr("default-outline-level");
    let breaks = |name: &str| of("paragraph-properties", name).map(|value| value == "page");
    let begins_section = style
        .attr("master-page-name")
        .is_some_and(|name| !name.is_empty());
    Look {
        bold: text("font-weight")
            .map(|weight| matches!(weight, "bold" | "600" | "700" | "800" | "900")),
        size: text("font-size").and_then(|size| size.strip_suffix("pt")?.parse().ok()),
        is_hidden: text("display").map(|display| display == "none"),
        list: style
            .attr("list-style-name")
            .map(str::to_owned)
            .filter(|name| !name.is_empty()),
        shade: on_block("background-color").and_then(colour),
        is_framed: on_block("border").map(|border| border != "none"),
        outline: level
            .and_then(|level| level.parse().ok())
            .filter(|level| *level > 0),
        breaks_before: begins_section.then_some(true).or(breaks("break-before")),
        breaks_after: breaks("break-after"),
    }
}

/// `#rrggbb` unless it is white.
fn colour(value: &str) -> Option<u32> {
    let colour = u32::from_str_radix(value.strip_prefix('#')?, 16).ok()?;
    (colour != 0x00ff_ffff).then_some(colour)
}
