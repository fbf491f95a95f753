//! Gathers the text of each element of the tree, over pages.
//!
//! In: the ink of all pages. Out: [`Leaf`]s in the tree's order.

use std::collections::HashMap;

use super::home::{Home, Sort, home};
use super::is_reached;
use crate::extract::pdf::ink::{Ink, Run};
use crate::extract::pdf::join::text;
use crate::extract::pdf::line::{Line, lines};
use crate::extract::pdf::paragraphs::in_order;

/// Text of one home, by page.
pub(super) struct Leaf {
    pub(super) home: Home,
    pub(super) chunks: Vec<(usize, Vec<Line>)>,
}

/// The text of all pages by home, in the order of the tree.
pub(super) fn leaves(pages: &[Ink]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut known: HashMap<Home, usize> = HashMap::new();
    for (page, ink) in pages.iter().enumerate() {
        let runs: Vec<&Run> = ink.runs.iter().filter(|run| is_reached(run)).collect();
        let homes: Vec<Home> = runs.iter().map(|run| home(&run.tags)).collect();
        let mut from = 0;
        while from < runs.len() {
            let home = &homes[from];
            let same = homes[from..]
                .iter()
                .take_while(|other| *other == home)
                .count();
            let lines = in_order(lines(&runs[from..from + same], &ink.rules));
            from += same;
            if lines.is_empty() {
                continue;
            }
            let last = leaves.len().wrapping_sub(1);
            let is_repeated = known
                .get(home)
                .is_some_and(|at| repeats(&leaves[*at], page, &lines));
            let at = known
                .get(home)
                .copied()
                .filter(|at| home.sort != Sort::Loose || *at == last);
            match at {
                _ if is_repeated => {}
                Some(at) if is_lone_label(&leaves[at], page, &lines) => leaves.push(Leaf {
                    home: home.clone(),
                    chunks: vec![(page, lines)],
                }),
                Some(at) => add(&mut leaves[at].chunks, page, lines),
                None => {
                    known.insert(home.clone(), leaves.len());
                    leaves.push(Leaf {
                        home: home.clone(),
                        chunks: vec![(page, lines)],
                    });
                }
            }
        }
    }
    leaves
}

fn add(chunks: &mut Vec<(usize, Vec<Line>)>, page: usize, lines: Vec<Line>) {
    match chunks.last_mut() {
        Some((last, known)) if *last == page => known.extend(lines),
        _ => chunks.push((page, lines)),
    }
}

/// Whether only a short line was left at the foot of the page before, such as
/// the label of what follows: it stays there, and what follows stands on its
/// own page.
fn is_lone_label(leaf: &Leaf, page: usize, lines: &[Line]) -> bool {
    let [(first, label)] = leaf.chunks.as_slice() else {
        return false;
    };
    let [label] = label.as_slice() else {
        return false;
    };
    let widest = lines
        .iter()
        .map(|line| line.area.width())
        .fold(0.0, f32::max);
    *first != page
        && leaf.home.cell.is_none()
        && label.area.width() + lines[0].first_word < 0.6 * widest
}

/// Whether a later page only prints a cell again, as heads of tables are.
fn repeats(leaf: &Leaf, page: usize, lines: &[Line]) -> bool {
    leaf.home.cell.is_some()
        && leaf
            .chunks
            .iter()
            .any(|(first, known)| *first != page && text(known) == text(lines))
}
