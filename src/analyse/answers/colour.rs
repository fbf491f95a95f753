//! The colours of a traffic light and its neighbours, as a status names or
//! shows them.
//!
//! In: a word, a sign or a background. Out: a [`Colour`], whatever it means;
//! that is for [`key`](super::key).

/// A colour of the traffic light and its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Completed, where it is used beside green.
    Blue,
    /// Completed or on track.
    Green,
    /// Begun; yellow and orange are read as amber.
    Amber,
    /// Late or not begun.
    Red,
    /// Anything its key says.
    Purple,
    /// Anything its key says.
    Grey,
}

impl Colour {
    /// Every name under which a key may explain it, folded, the fullest first.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Blue => &["blue", "b", "glas"],
            Self::Green => &["green", "g", "gwyrdd"],
            Self::Amber => &[
                "amber", "a", "yellow", "y", "orange", "o", "ambr", "oren", "melyn",
            ],
            Self::Red => &["red", "r", "coch"],
            Self::Purple => &["purple", "p"],
            Self::Grey => &["grey", "gray", "llwyd"],
        }
    }

    /// The colour of a cell that holds nothing but a coloured sign.
    pub(super) fn of_sign(printed: &str) -> Option<Self> {
        let mut signs = printed.trim().chars();
        let sign = signs
            .next()
            .filter(|_| signs.as_str().trim_end_matches('\u{fe0f}').is_empty())?;
        match sign {
            '🔵' | '🟦' => Some(Self::Blue),
            '🟢' | '🟩' => Some(Self::Green),
            '🟡' | '🟨' | '🟠' | '🟧' => Some(Self::Amber),
            '🔴' | '🟥' => Some(Self::Red),
            '🟣' | '🟪' => Some(Self::Purple),
            '⚪' | '⚫' => Some(Self::Grey),
            _ => None,
        }
    }

    /// The last colour that a status cell names, in letters only when it holds
    /// nothing else.
    pub(super) fn last_named(folded: &str) -> Option<Self> {
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let is_letter = folded.chars().count() == 1;
        words.rev().find_map(|word| {
            ALL.into_iter()
                .find(|colour| colour.names().contains(&word) && (word.len() > 1 || is_letter))
        })
    }

    /// A status without the colours it names: "green - complete".
    pub(super) fn without_names(folded: &str) -> String {
        let is_name =
            |word: &str| word.len() > 1 && ALL.iter().any(|colour| colour.names().contains(&word));
        let kept: Vec<&str> = folded
            .split(' ')
            .filter(|word| !is_name(word.trim_matches(|c: char| !c.is_alphanumeric())))
            .collect();
        kept.join(" ")
    }

    /// The colour of a background; `None` for white, pale and dark ones, which
    /// decorate.
    #[expect(
        clippy::float_cmp,
        reason = "one of the three is the greatest, bit for bit"
    )]
    pub(super) fn of_shade(shade: u32) -> Option<Self> {
        let [_, red, green, blue] = shade.to_be_bytes().map(f32::from);
        let high = red.max(green).max(blue);
        let low = red.min(green).min(blue);
        if high < 90.0 || (high - low) / high < 0.25 {
            return None;
        }
        let spread = high - low;
        let hue = if high == red {
            60.0 * ((green - blue) / spread).rem_euclid(6.0)
        } else if high == green {
            60.0 * ((blue - red) / spread + 2.0)
        } else {
            60.0 * ((red - green) / spread + 4.0)
        };
        match hue {
            h if !(20.0..335.0).contains(&h) => Some(Self::Red),
            h if h < 66.0 => Some(Self::Amber),
            h if h < 170.0 => Some(Self::Green),
            h if h < 255.0 => Some(Self::Blue),
            _ => Some(Self::Purple),
        }
    }
}

const ALL: [Colour; 6] = [
    Colour::Blue,
    Colour::Green,
    Colour::Amber,
    Colour::Red,
    Colour::Purple,
    Colour::Grey,
];
