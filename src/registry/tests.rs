//! What the registry accepts and how it says what it does not.

use std::fs;

use super::*;

const HEADER: &str = "slug,name,nation,region,local_authorities,kind,website,reviews_page,\
                      responses_page,evidence,cms_hint,notes\n";
const GOOD: &str =
    "oakmoor,Oakmoor,england,,E1;E2,children,http://n.example/,,,none,unknown,a note\n";

#[test]
fn a_good_row_becomes_a_partnership() {
    let registry = read(&[(PARTNERSHIPS, &format!("{HEADER}{GOOD}"))]).expect("a good registry");
    let row = &registry.partnerships[0];
    assert_eq!(row.id.as_str(), "oakmoor");
    assert_eq!(row.region, None);
    assert_eq!(row.local_authorities, ["E1", "E2"]);
    assert_eq!((&row.evidence, &row.cms_hint), (&None, &None));
    assert_eq!(registry.rules(&row.id), SiteRules::default());
}

#[test]
fn all_faults_are_told_at_once_each_with_its_place() {
    let rows = "Bad Slug,,atlantis,nowhere,,kids,ftp://x/,not a url,,,,\n";
    check(
        &[(PARTNERSHIPS, &format!("{HEADER}{GOOD}{rows}{GOOD}"))],
        &[
            "partnerships.csv:3: `slug`: `Bad Slug` must be lower-case letters",
            "partnerships.csv:3: `name`: must not be empty",
            "partnerships.csv:3: `nation`: `atlantis` is none of england, wales",
            "partnerships.csv:3: `region`: `nowhere` is none of london",
            "partnerships.csv:3: `kind`: `kids` is none of children",
            "partnerships.csv:3: `website`: `ftp://x/` must be an http or https",
            "partnerships.csv:3: `reviews_page`: relative URL without a base",
            "partnerships.csv:4: `slug`: `oakmoor` stands in an earlier row too",
        ],
    );
}

#[test]
fn files_must_have_the_right_shape() {
    check(&[], &["partnerships.csv: No such file"]);
    check(
        &[(PARTNERSHIPS, "slug,name\n")],
        &["partnerships.csv:1: the columns must be slug, name, nation"],
    );
    check(
        &[(PARTNERSHIPS, &format!("{HEADER}oakmoor,too,short\n"))],
        &["partnerships.csv:2: CSV error"],
    );
}

#[test]
fn a_site_may_have_rules_of_its_own() {
    let rules = "reason = \"a calendar without end\"\nskip = [\"/events/\"]\ndelay_ms = 5000\n";
    let rows = format!("{HEADER}{GOOD}");
    let files = [(PARTNERSHIPS, rows.as_str()), ("sites/oakmoor.toml", rules)];
    let registry = read(&files).expect("a good registry");
    let rules = registry.rules(&registry.partnerships[0].id);
    assert_eq!(
        (rules.skip, rules.delay_ms),
        (vec!["/events/".to_owned()], Some(5000))
    );
}

#[test]
fn rules_of_a_site_are_checked_too() {
    let rows = format!("{HEADER}{GOOD}");
    let cases = [
        (
            "sites/oakmoor.toml",
            "reason = \"x\"\nskips = []\n",
            "oakmoor.toml:2: unknown field `skips`",
        ),
        (
            "sites/oakmoor.toml",
            "delay_ms = 1\n",
            "oakmoor.toml: `reason`: say in a sentence",
        ),
        (
            "sites/elsewhere.toml",
            "reason = \"x\"\n",
            "elsewhere.toml: no row of partnerships.csv",
        ),
        (
            "sites/Else where.toml",
            "reason = \"x\"\n",
            "Else where.toml: `Else where` must be",
        ),
    ];
    for (file, text, expected) in cases {
        check(&[(PARTNERSHIPS, rows.as_str()), (file, text)], &[expected]);
    }
}

/// Each fault must contain the expected text of the same place.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let faults = read(files).expect_err("faults");
    let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert!(
            fault.contains(expected),
            "{fault}\nshould contain\n{expected}"
        );
    }
}

fn read(files: &[(&str, &str)]) -> Result<Registry, Vec<LoadError>> {
    let dir = tempfile::tempdir().expect("a scratch folder");
    fs::create_dir(dir.path().join("sites")).expect("a folder");
    for (file, text) in files {
        fs::write(dir.path().join(file), text).expect("a file");
    }
    let ids = |names: &[&str]| -> Vec<TermId> {
        names
            .iter()
            .map(|name| name.parse().expect("an id"))
            .collect()
    };
    let (nations, regions) = (ids(&["england", "wales"]), ids(&["london"]));
    load(
        Some(dir.path()),
        &Known {
            nations: &nations,
            regions: &regions,
        },
    )
}
