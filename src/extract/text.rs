//! Small rules about characters: what is folded, what is a bullet, what is a
//! printed label.
//!
//! In: text as a file gives it. Out: text as we keep it.

use unicode_normalization::UnicodeNormalization as _;

/// White space folded to single blanks, ligatures and compatibility forms of
/// letters opened, soft hyphens and zero-width characters dropped.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\0' => {}
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            'ﬀ' => folded.push_str("ff"),
            'ﬁ' => folded.push_str("fi"),
            'ﬂ' => folded.push_str("fl"),
            'ﬃ' => folded.push_str("ffi"),
            'ﬄ' => folded.push_str("ffl"),
            'ﬅ' | 'ﬆ' => folded.push_str("st"),
            c if c.is_whitespace() || c.is_control() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
