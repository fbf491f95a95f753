//! Cuts RTF into tokens.
//!
//! In: bytes. Out: [`Token`]s. Pictures given as raw bytes are skipped.

/// What RTF is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\word` or `\word-12`.
    Word(&'a str, Option<i32>),
    /// `\'e9`, or a byte as it stands.
    Byte(u8),
}

/// Longest control word there is.
const MAX_WORD: usize = 32;

/// All tokens of a file.
pub(super) fn tokens(bytes: &[u8]) -> impl Iterator<Item = Token<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let (&first, after) = rest.split_first()?;
            rest = after;
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => {
                    let (token, after) = control(rest);
                    rest = after;
                    if token.is_some() {
                        return token;
                    }
                }
                byte => return Some(Token::Byte(byte)),
            }
        }
    })
}

/// What a backslash begins, and what follows it.
fn control(rest: &[u8]) -> (Option<Token<'_>>, &[u8]) {
    let Some((&first, after)) = rest.split_first() else {
        return (None, rest);
    };
    match first {
        b'\'' => {
            let digits = after
                .get(..2)
                .and_then(|pair| std::str::from_utf8(pair).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            let length = if byte.is_some() { 2 } else { 0 };
            (byte.map(Token::Byte), &after[length..])
        }
        b'a'..=b'z' | b'A'..=b'Z' => word(rest),
        b'\\' | b'{' | b'}' => (Some(Token::Byte(first)), after),
        b'~' => (Some(Token::Byte(b' ')), after),
        b'_' => (Some(Token::Byte(b'-')), after),
        b'\r' | b'\n' => (Some(Token::Word("par", None)), after),
        b'\t' => (Some(Token::Word("tab", None)), after),
        b'*' => (Some(Token::Word("*", None)), after),
        _ => (None, after),
    }
}

fn word(rest: &[u8]) -> (Option<Token<'_>>, &[u8]) {
    let length =
        |bytes: &[u8], is: fn(&u8) -> bool| bytes.iter().take_while(|byte| is(byte)).count();
    let letters = length(rest, u8::is_ascii_alphabetic);
    let (name, after) = rest.split_at(letters);
    let sign = usize::from(after.first() == Some(&b'-'));
    let digits = length(&after[sign..], u8::is_ascii_digit);
    let end = if digits == 0 { 0 } else { sign + digits };
    let (number, after) = after.split_at(end);
    let number = std::str::from_utf8(number)
        .ok()
        .and_then(|number| number.parse::<i32>().ok());
    let after = after.strip_prefix(b" ").unwrap_or(after);
    // What follows `\bin` is so many raw bytes.
    let raw = match (name, number) {
        (b"bin", Some(count)) => usize::try_from(count).unwrap_or(0).min(after.len()),
        _ => 0,
    };
    let name = std::str::from_utf8(name)
        .ok()
        .filter(|name| name.len() <= MAX_WORD);
    (name.map(|name| Token::Word(name, number)), &after[raw..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_bytes_and_groups() {
        let found: Vec<Token<'_>> = tokens(b"{\\b1 a\\'e9\\~\\u-10 ?\\par\n\\bin3 }}}x}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", Some(1)),
            Token::Byte(b'a'),
            Token::Byte(0xe9),
            Token::Byte(b' '),
            Token::Word("u", Some(-10)),
            Token::Byte(b'?'),
            Token::Word("par", None),
            Token::Word("bin", Some(3)),
            Token::Byte(b'x'),
            Token::Close,
        ];
        assert_eq!(found, expected);
    }
}
