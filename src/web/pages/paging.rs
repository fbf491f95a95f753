//! Steps from page to page of a list.

use std::num::NonZeroU32;

use crate::search::SearchRequest;
use crate::web::pages::facets::url;

/// A step.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A page: its number, its address, and whether it is this one.
    Page(u32, String, bool),
    /// Pages left out.
    Gap,
}

/// First, last, and those around this one.
pub(super) fn steps(request: &SearchRequest, total: usize) -> Vec<Step> {
    let last = last(request, total);
    let this = request.page.get();
    let mut steps = Vec::new();
    let mut before = 0;
    for number in 1..=last {
        if number != 1 && number != last && number.abs_diff(this) > 1 {
            continue;
        }
        if number > before + 1 {
            steps.push(Step::Gap);
        }
        steps.push(Step::Page(number, at(request, number), number == this));
        before = number;
    }
    steps
}

/// The address of the page before this one.
pub(super) fn previous(request: &SearchRequest, total: usize) -> Option<String> {
    let number = request.page.get() - 1;
    (number >= 1).then(|| at(request, number.min(last(request, total).max(1))))
}

/// The address of the page after this one.
pub(super) fn next(request: &SearchRequest, total: usize) -> Option<String> {
    let number = request.page.get().saturating_add(1);
    (number <= last(request, total)).then(|| at(request, number))
}

fn last(request: &SearchRequest, total: usize) -> u32 {
    let size = request.size.get() as usize;
    u32::try_from(total.div_ceil(size)).unwrap_or(u32::MAX)
}

fn at(request: &SearchRequest, number: u32) -> String {
    let page = NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
    url(&SearchRequest {
        page,
        ..request.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::request::List;

    fn shown(page: u32, total: usize) -> String {
        let page = NonZeroU32::new(page).unwrap();
        let request = SearchRequest {
            page,
            ..SearchRequest::new(List::Reviews)
        };
        let steps = steps(&request, total).into_iter().map(|step| match step {
            Step::Gap => "…".to_owned(),
            Step::Page(number, _, true) => format!("[{number}]"),
            Step::Page(number, _, false) => number.to_string(),
        });
        steps.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn steps_lead_to_the_ends_and_the_neighbours() {
        assert_eq!(shown(1, 0), "");
        assert_eq!(shown(1, 20), "[1]");
        assert_eq!(shown(1, 21), "[1] 2");
        assert_eq!(shown(5, 200), "1 … 4 [5] 6 … 10");
        assert_eq!(shown(2, 80), "1 [2] 3 4");
    }
}
