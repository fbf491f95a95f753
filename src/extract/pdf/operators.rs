//! Walks the operators of a page that paint or colour.
//!
//! In: a content stream. Out: the operators that `fills` asks for. Most of a
//! page is text; it is passed over without being taken apart, which is left
//! to the library for what is asked for.

use pdfboss_core::content::{ContentOps, Op};

/// The operators of interest, and inline images, whose bytes look like
/// anything.
const WANTED: &[&[u8]] = &[
    b"q", b"Q", b"cm", b"gs", b"re", b"m", b"l", b"c", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*",
    b"S", b"s", b"n", b"g", b"rg", b"k", b"cs", b"sc", b"scn", b"Do", b"BI",
];
/// Length of the longest.
const LONGEST: usize = 3;

/// A content stream being walked.
pub(super) struct Operators<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Operators<'a> {
    pub(super) fn of(content: &'a [u8]) -> Self {
        Self { content, at: 0 }
    }

    /// The next operator of interest; `None` at the end, or where the stream
    /// is no content.
    pub(super) fn next(&mut self) -> Option<Op> {
        // Where the operands of the next operator begin.
        let mut operands = None;
        // In how many arrays and dictionaries we are.
        let mut depth = 0_usize;
        while let Some((from, token)) = self.token() {
            match token {
                Token::Open => depth += 1,
                Token::Close if depth == 0 => {
                    operands = None;
                    continue;
                }
                Token::Close => depth -= 1,
                Token::Word if depth == 0 && !is_operand(&self.content[from..self.at]) => {
                    let operator = &self.content[from..self.at];
                    let start = operands.take().unwrap_or(from);
                    if operator.len() <= LONGEST && WANTED.contains(&operator) {
                        let mut found = ContentOps::at(self.content, start);
                        let (operator, _) = found.next_op().ok()??;
                        self.at = found.pos();
                        return Some(operator);
                    }
                    continue;
                }
                Token::Word | Token::Other => {}
            }
            operands.get_or_insert(from);
        }
        None
    }

    /// Passes over the next token; gives where it begins.
    fn token(&mut self) -> Option<(usize, Token)> {
        self.skip_blanks();
        let from = self.at;
        let rest = &self.content[from..];
        let (length, token) = match rest {
            [] => return None,
            [b'<', b'<', ..] => (2, Token::Open),
            [b'>', b'>', ..] => (2, Token::Close),
            [b'[', ..] => (1, Token::Open),
            [b']', ..] => (1, Token::Close),
            [b'<', ..] => (until(rest, b'>'), Token::Other),
            [b'(', ..] => (string(rest), Token::Other),
            [b'/', name @ ..] => (1 + regular(name), Token::Other),
            _ => (regular(rest).max(1), Token::Word),
        };
        self.at += length;
        Some((from, token))
    }

    /// Passes over white space and comments.
    fn skip_blanks(&mut self) {
        while let Some(byte) = self.content.get(self.at) {
            match byte {
                b'%' => {
                    let rest = self.content[self.at..].iter();
                    self.at += rest.take_while(|b| !matches!(b, b'\r' | b'\n')).count();
                }
                byte if is_blank(*byte) => self.at += 1,
                _ => return,
            }
        }
    }
}

enum Token {
    /// Begins an array or dictionary.
    Open,
    Close,
    /// A number or an operator.
    Word,
    /// A string or a name.
    Other,
}

/// Whether a word is a number or constant rather than an operator.
fn is_operand(word: &[u8]) -> bool {
    let is_number = |word: &[u8]| {
        word.iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'))
    };
    is_number(word) || matches!(word, b"true" | b"false" | b"null")
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    let is_bracket = matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}');
    !is_blank(byte) && !is_bracket && !matches!(byte, b'/' | b'%')
}

/// How many regular characters open this.
fn regular(rest: &[u8]) -> usize {
    rest.iter().take_while(|byte| is_regular(**byte)).count()
}

/// Length up to and with the byte, or of all.
fn until(rest: &[u8], end: u8) -> usize {
    let found = rest.iter().position(|byte| *byte == end);
    found.map_or(rest.len(), |at| at + 1)
}

/// Length of the literal string that opens this, its brackets included.
fn string(rest: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = rest.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: &[Op]) {
        let mut operators = Operators::of(content.as_bytes());
        let found: Vec<Op> = std::iter::from_fn(|| operators.next()).collect();
        assert_eq!(found, expected, "{content}");
    }

    #[test]
    fn what_paints_or_colours_is_found_between_text() {
        let red = || Op::SetFillRGB(1.0, 0.0, 0.0);
        let box_ = || Op::Rect(1.0, 2.0, 3.0, 4.0);
        check("1 0 0 rg 1 2 3 4 re f", &[red(), box_(), Op::Fill]);
        check(
            "BT (1 2 3 4 re) Tj 1 0 0 rg <66> Tj ET f*",
            &[red(), Op::FillEvenOdd],
        );
        check("(a \\) b (c) re) Tj 1 2 3 4 re", &[box_()]);
        check("[(f) -20 (n)] TJ /f 12 Tf n", &[Op::EndPath]);
        check(
            "/Span <</MCID 0 /Lang (en)>> BDC q EMC Q",
            &[Op::Save, Op::Restore],
        );
        check("% re f\n1 2 3 4 re%f\rf", &[box_(), Op::Fill]);
        check("] 9 1 2 3 4 re", &[box_()]);
    }

    #[test]
    fn a_picture_in_the_stream_is_passed_over_whole() {
        let mut operators = Operators::of(b"BI /W 1 /H 1 ID f n (\nEI f");
        assert!(matches!(operators.next(), Some(Op::InlineImage(_))));
        assert_eq!(operators.next(), Some(Op::Fill));
        assert_eq!(operators.next(), None);
    }

    #[test]
    fn damaged_streams_end() {
        for content in [
            "(", "<", "<<", "[", "1 2 re (", "\\", "BI", "BI ID", "{ } ) >",
        ] {
            let mut operators = Operators::of(content.as_bytes());
            while operators.next().is_some() {}
        }
    }
}
