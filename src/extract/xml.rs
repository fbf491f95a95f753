//! A small tree of an XML part, for the office formats.
//!
//! In: bytes of one part. Out: its root [`Element`], names without prefix.
//! DTDs are ignored, entities other than the five of XML are dropped, and
//! depth and size are limited, so a hostile part cannot grow without bound.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting that is kept; real documents stay below 60.
const MAX_DEPTH: usize = 400;

/// An element with what it holds, in document order.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Element {
    /// Local name, e.g. `tbl`.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The attribute of this local name, whatever its prefix.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All attributes of this local name: one for each prefix.
    pub(super) fn attrs(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.attributes.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Child elements in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// All text below, concatenated.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        text
    }

    fn push_text(&self, into: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.push_text(into),
                Node::Text(text) => into.push_str(text),
            }
        }
    }
}

/// Reads a part as far as it is well formed; what follows a fault is lost,
/// and the second value says so.
pub(super) fn parse(bytes: &[u8]) -> (Element, Option<String>) {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    let mut fault = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() <= MAX_DEPTH => open.push(element(&start)),
            Ok(Event::Start(_)) => {
                fault = Some(format!("nested deeper than {MAX_DEPTH}"));
                break;
            }
            Ok(Event::Empty(start)) => attach(&mut open, Node::Element(element(&start))),
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(text)) => {
                attach(
                    &mut open,
                    Node::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned()),
                );
            }
            Ok(Event::CData(text)) => attach(&mut open, Node::Text(text.into_inner().into_owned())),
            Ok(Event::GeneralRef(reference)) => {
                attach(&mut open, Node::Text(resolve(&reference)));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                fault = Some(error.to_string());
                break;
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    let holder = open.pop().unwrap_or_default();
    let root = holder.elements().next().cloned().unwrap_or_default();
    (root, fault)
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
            (attribute.key.local_name().as_ref().to_owned(), value)
        })
        .collect();
    Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
        children: Vec::new(),
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(done) = open.pop()
    {
        attach(open, Node::Element(done));
    }
}

fn attach(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match reference.clone().into_inner().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
