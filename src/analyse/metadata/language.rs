//! The language a document is written in.
//!
//! In: a [`Reading`]. Out: `en` or `cy`, or nothing when there is too little
//! text to tell. Welsh reports carry English names and addresses, and English
//! ones a Welsh title, so more than the first page is asked.

use whatlang::{Detector, Lang};

use crate::analyse::reading::Reading;

/// Bytes looked at: plenty to tell two languages apart.
const ENOUGH: usize = 6_000;
/// Fewer letters than this do not tell.
const TOO_FEW: usize = 60;

/// Tells the language.
pub(super) fn read(reading: &Reading<'_>) -> Option<String> {
    let mut text = String::new();
    for placed in &reading.outline.blocks {
        text.push_str(&placed.block.text);
        text.push(' ');
        if text.len() > ENOUGH {
            break;
        }
    }
    tell(&text).map(str::to_owned)
}

fn tell(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < TOO_FEW {
        return None;
    }
    let detector = Detector::with_allowlist(vec![Lang::Eng, Lang::Cym]);
    match detector.detect_lang(text)? {
        Lang::Cym => Some("cy"),
        _ => Some("en"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_is_told_from_english() {
        let welsh =
            "Comisiynwyd yr adolygiad gan y Bwrdd wedi i'r plentyn farw yn yr ysbyty ym mis Medi.";
        let english = "The review was held by Bwrdd Diogelu after the child had died in a hospital in September.";
        assert_eq!(tell(welsh), Some("cy"));
        assert_eq!(tell(english), Some("en"));
        assert_eq!(tell("Plentyn T"), None);
    }
}
