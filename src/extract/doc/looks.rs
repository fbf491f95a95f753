//! Reads what a Word 97 file says of its paragraphs and runs: pages of 512
//! bytes that map places in the file to changes of look.
//!
//! In: the main and the table stream. Out: look-ups by place ([MS-DOC] 2.8.5,
//! 2.8.6, 2.9.174).

use super::storage::{u16_at, u32_at};

const PAGE: usize = 512;

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Number of its style: 1 to 9 are the headings.
    pub(super) style: u16,
    pub(super) is_in_table: bool,
    /// Whether its mark ends a row.
    pub(super) ends_row: bool,
    pub(super) is_in_list: bool,
    pub(super) level: u8,
    /// Level of a heading from 0; 9 is running text.
    pub(super) outline: Option<u8>,
}

/// What is known of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) is_bold: bool,
    pub(super) is_hidden: bool,
    pub(super) half_points: Option<u16>,
}

/// Looks by the places where they begin, in order.
pub(super) struct Looks<T>(Vec<(u32, T)>);

impl<T: Copy + Default> Looks<T> {
    /// The look of what stands at a place.
    pub(super) fn at(&self, place: u32) -> T {
        let after = self.0.partition_point(|(start, _)| *start <= place);
        after
            .checked_sub(1)
            .map(|index| self.0[index].1)
            .unwrap_or_default()
    }

    /// Reads all pages that a table lists.
    fn read(main: &[u8], listed: &[u8], page: impl Fn(&[u8]) -> Vec<(u32, T)>) -> Self {
        // So many places and one more, then as many page numbers.
        let count = listed.len().saturating_sub(4) / 8;
        let mut looks: Vec<(u32, T)> = (0..count)
            .filter_map(|index| u32_at(listed, 4 * (count + 1 + index)))
            .filter_map(|number| {
                let start = (number & 0x003f_ffff) as usize * PAGE;
                main.get(start..start + PAGE)
            })
            .flat_map(page)
            .collect();
        looks.sort_by_key(|(start, _)| *start);
        Self(looks)
    }
}

/// The looks of paragraphs.
pub(super) fn paragraphs(main: &[u8], listed: &[u8]) -> Looks<Paragraph> {
    Looks::read(main, listed, |page| {
        entries(page, 13)
            .map(|(place, at)| {
                let words = usize::from(page.get(at).copied().unwrap_or(0));
                let (start, length) = match words {
                    0 => (
                        at + 2,
                        2 * usize::from(page.get(at + 1).copied().unwrap_or(0)),
                    ),
                    words => (at + 1, 2 * words - 1),
                };
                let look = page
                    .get(start..(start + length).min(PAGE))
                    .unwrap_or_default();
                (place, paragraph(look))
            })
            .collect()
    })
}

/// The looks of runs.
pub(super) fn runs(main: &[u8], listed: &[u8]) -> Looks<Run> {
    Looks::read(main, listed, |page| {
        entries(page, 1)
            .map(|(place, at)| {
                let length = usize::from(page.get(at).copied().unwrap_or(0));
                let changes = page
                    .get(at + 1..(at + 1 + length).min(PAGE))
                    .unwrap_or_default();
                (
                    place,
                    if at == 0 {
                        Run::default()
                    } else {
                        run(changes)
                    },
                )
            })
            .collect()
    })
}

/// Of each entry of a page: where in the file it begins, and where in the page
/// its look stands.
fn entries(page: &[u8], width: usize) -> impl Iterator<Item = (u32, usize)> {
    let count = usize::from(page[PAGE - 1]);
    (0..count).filter_map(move |index| {
        let place = u32_at(page, 4 * index)?;
        let word = page.get(4 * (count + 1) + width * index)?;
        Some((place, 2 * usize::from(*word)))
    })
}

fn paragraph(look: &[u8]) -> Paragraph {
    let mut paragraph = Paragraph {
        style: u16_at(look, 0).unwrap_or(0),
        ..Paragraph::default()
    };
    for (code, operand) in changes(look.get(2..).unwrap_or_default()) {
        let value = operand.first().copied().unwrap_or(0);
        match code {
            0x2416 => paragraph.is_in_table = value != 0,
            0x2417 => paragraph.ends_row = value != 0,
            0x260a => paragraph.level = value,
            0x460b => paragraph.is_in_list = u16_at(operand, 0).is_some_and(|list| list != 0),
            0x2640 => paragraph.outline = Some(value),
            _ => {}
        }
    }
    paragraph
}

fn run(all: &[u8]) -> Run {
    let mut run = Run::default();
    for (code, operand) in changes(all) {
        let value = operand.first().copied().unwrap_or(0);
        match code {
            0x0835 => run.is_bold = matches!(value, 1 | 129),
            0x0800 | 0x083c => run.is_hidden = value == 1,
            0x4a43 => run.half_points = u16_at(operand, 0),
            _ => {}
        }
    }
    run
}

/// Each change: its code and its operand, whose length the code tells.
fn changes(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let code = u16_at(rest, 0)?;
        let after = &rest[2..];
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xd608 => usize::from(u16_at(after, 0)?) + 1,
            _ => usize::from(*after.first()?) + 1,
        };
        let operand = after.get(..length)?;
        rest = &after[length..];
        Some((code, operand))
    })
}
