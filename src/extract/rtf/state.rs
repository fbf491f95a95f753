//! What a group of RTF changes and its end takes back.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Into {
    /// The running text.
    Body,
    /// What is printed before a list item.
    Label,
    Footnote,
    /// Running heads and feet.
    Furniture,
    /// The table of colours.
    Colours,
    /// The table of styles.
    Styles,
    /// Nowhere.
    Nothing,
}

/// How text looks, and where it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) into: Into,
    pub(super) is_bold: bool,
    pub(super) is_hidden: bool,
    /// In half points.
    pub(super) half_points: i32,
    /// Bytes to skip after a character given by its number.
    pub(super) skip: i32,
}

impl Default for State {
    fn default() -> Self {
        Self {
            into: Into::Body,
            is_bold: false,
            is_hidden: false,
            half_points: 24,
            skip: 1,
        }
    }
}

impl State {
    /// Back to the look that paragraphs begin with.
    pub(super) fn plain(&mut self) {
        self.is_bold = false;
        self.is_hidden = false;
        self.half_points = 24;
    }

    pub(super) fn size(self) -> f32 {
        self.half_points as f32 / 2.0
    }
}

/// What holds for a paragraph until `\pard`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    pub(super) is_in_table: bool,
    /// Level of a heading, from 1.
    pub(super) outline: Option<u8>,
    pub(super) style: Option<i32>,
    pub(super) level: usize,
    /// Whether lines are drawn around it.
    pub(super) is_framed: bool,
}

/// Whether a group that begins with this word goes on where it stands, though
/// it is marked as one that may be left out.
pub(super) fn goes_on(word: &str) -> bool {
    matches!(word, "shpinst" | "shptxt" | "fldrslt")
}

/// Where the text of a group goes that begins with this word; `None` when the
/// word says nothing about it.
pub(super) fn destination(word: &str) -> Option<Into> {
    Some(match word {
        "listtext" | "pntext" => Into::Label,
        "footnote" => Into::Footnote,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => Into::Furniture,
        "colortbl" => Into::Colours,
        "stylesheet" => Into::Styles,
        "fonttbl" | "fldinst" | "pict" | "object" | "info" | "listtable" | "listoverridetable"
        | "rsidtbl" | "generator" | "themedata" | "datastore" | "latentstyles" | "xmlnstbl"
        | "annotation" | "atnid" | "atnauthor" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep"
        | "aftnsepc" | "aftncn" | "pnseclvl" | "bkmkstart" | "bkmkend" | "sp" | "tc" | "xe"
        | "revtbl" | "filetbl" | "shprslt" | "nonshppict" => Into::Nothing,
        _ => return None,
    })
}
