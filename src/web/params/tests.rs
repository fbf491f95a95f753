use super::*;
use crate::vocabulary::Vocabulary;

fn names() -> Names {
    let vocabulary = Vocabulary::load().expect("the vocabularies are valid");
    Names::new(&vocabulary, &[])
}

fn request(query: &str) -> SearchRequest {
    let parsed = parse(Some(query), List::Reviews, &names());
    assert_eq!(parsed.faults, [], "{query}");
    parsed.request
}

#[test]
fn values_of_one_parameter_gather_and_repeats_are_dropped() {
    let request = request("theme=neglect&q=late+booking&theme=escalation&theme=neglect");
    assert_eq!(request.text, "late booking");
    assert_eq!(
        request.filters.chosen[&Facet::Theme],
        ["neglect", "escalation"]
    );
}

#[test]
fn empty_values_say_nothing() {
    assert_eq!(
        request("q=&from=&to=&theme=&sort=&page="),
        SearchRequest::new(List::Reviews)
    );
}

#[test]
fn a_request_survives_being_written_and_read() {
    for query in [
        "",
        "q=%22was+not+brought%22+-dentist",
        "q=a&theme=neglect&agency=police&from=2014&to=2021-03&sort=newest&size=50&page=3",
    ] {
        let first = request(query);
        assert_eq!(request(&query_string(&first)), first, "{query}");
    }
}

#[test]
fn faults_name_the_parameter_and_what_it_takes() {
    for (query, parameter, takes) in [
        ("colour=red", "colour", "`q`, `theme`"),
        ("year=2020", "year", "`from`"),
        ("theme=nonsense", "theme", "/api/v1/themes"),
        ("nation=france", "nation", "`wales`"),
        ("answered=maybe", "answered", "`yes`"),
        ("from=21", "from", "a year, a month or a day"),
        ("to=2021-13", "to", "2021-03"),
        ("from=2020&to=2019", "to", "before"),
        ("sort=best", "sort", "`newest`"),
        ("page=0", "page", "from 1"),
        ("size=101", "size", "from 1 to 100"),
        ("size=-1", "size", "from 1 to 100"),
    ] {
        let faults = parse(Some(query), List::Reviews, &names()).faults;
        let [fault] = &faults[..] else {
            panic!("{query}: {faults:?}")
        };
        assert_eq!(fault.parameter, parameter, "{query}");
        assert!(fault.detail.contains(takes), "{query}: {}", fault.detail);
    }
}

#[test]
fn a_month_may_end_in_the_year_it_began() {
    assert!(request("from=2021-03&to=2021").filters.to.is_some());
}

#[test]
fn parameters_of_an_endpoint_are_set_apart_from_those_of_the_search() {
    let query = "q=a+b&format=csv&theme=neglect&list=&by=theme&by=agency";
    let (apart, rest) = set_apart(Some(query), &["format", "list", "by"]);
    assert_eq!(rest, "q=a+b&theme=neglect");
    assert_eq!(apart["format"], ["csv"]);
    assert_eq!(apart["by"], ["theme", "agency"]);
    assert!(!apart.contains_key("list"));
}

#[test]
fn a_parameter_of_few_values_names_them() {
    let values = [("csv", 1), ("ris", 2)];
    let (apart, _) = set_apart(Some("format=ris"), &["format"]);
    assert_eq!(one_of(&apart, "format", &values), Ok(2));
    assert_eq!(one_of(&Apart::new(), "format", &values), Ok(1));
    let (apart, _) = set_apart(Some("format=xls"), &["format"]);
    let fault = one_of(&apart, "format", &values).unwrap_err();
    assert_eq!(
        fault.detail,
        "`xls` is not a value of `format`, which takes `csv`, `ris`"
    );
}
