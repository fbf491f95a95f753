//! Counts the items of an ordered list the way a browser prints them.
//!
//! In: a list and its items. Out: the label of each.

use scraper::ElementRef;

use crate::extract::label;

/// The numbers of an ordered list.
pub(super) struct Counter {
    next: i64,
    step: i64,
    form: Option<char>,
}

impl Counter {
    pub(super) fn of(list: ElementRef<'_>) -> Self {
        let style = list.attr("style").unwrap_or_default().replace(' ', "");
        let is_bare = list.value().name() != "ol"
            || style.contains("list-style:none")
            || style.contains("list-style-type:none");
        let form = match list.attr("type").and_then(|form| form.chars().next()) {
            _ if is_bare => None,
            Some(form @ ('a' | 'A' | 'i' | 'I')) => Some(form),
            _ if style.contains("lower-alpha") => Some('a'),
            _ if style.contains("lower-roman") => Some('i'),
            _ => Some('1'),
        };
        let is_reversed = list.attr("reversed").is_some();
        let items = list
            .child_elements()
            .filter(|child| child.value().name() == "li")
            .count();
        let start = list
            .attr("start")
            .and_then(|start| start.trim().parse().ok());
        Self {
            next: start.unwrap_or(if is_reversed {
                i64::try_from(items).unwrap_or(1)
            } else {
                1
            }),
            step: if is_reversed { -1 } else { 1 },
            form,
        }
    }

    /// The label of the next item; `None` where none is printed.
    pub(super) fn next(&mut self, item: ElementRef<'_>) -> Option<String> {
        let form = self.form?;
        if let Some(value) = item
            .attr("value")
            .and_then(|value| value.trim().parse().ok())
        {
            self.next = value;
        }
        let number = self.next;
        self.next += self.step;
        let count = u32::try_from(number).ok().filter(|count| *count > 0);
        Some(match (form, count) {
            ('a', Some(count)) => label::letters(count).to_lowercase(),
            ('A', Some(count)) => label::letters(count),
            ('i', Some(count)) => label::roman(count).to_lowercase(),
            ('I', Some(count)) => label::roman(count),
            _ => number.to_string(),
        })
    }
}
