//! Which headings govern a place in a page.

/// Level of what acts as a heading without being one: the label of a fold-out,
/// the term of a definition, a paragraph that is bold throughout.
pub(super) const PSEUDO_LEVEL: u8 = 7;

/// The headings in force, outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Headings {
    stack: Vec<(u8, String)>,
}

impl Headings {
    /// A heading closes those of its own level and below.
    pub(super) fn enter(&mut self, level: u8, text: String) {
        self.stack.retain(|(above, _)| *above < level);
        if !text.is_empty() {
            self.stack.push((level, text));
        }
    }

    /// The texts, outermost first.
    pub(super) fn texts(&self) -> Vec<String> {
        self.stack.iter().map(|(_, text)| text.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_closes_those_of_its_level_and_below() {
        let mut headings = Headings::default();
        for (level, text) in [
            (1, "Reviews"),
            (2, "2020"),
            (3, "Child A"),
            (2, "2021"),
            (4, "B"),
        ] {
            headings.enter(level, text.to_owned());
        }
        assert_eq!(headings.texts(), ["Reviews", "2021", "B"]);
    }
}
