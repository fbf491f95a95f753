use super::*;

#[test]
fn the_compiled_in_vocabularies_are_whole() {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    assert!(vocabulary.themes.len() > 50);
    let police: TermId = "police".parse().expect("an id");
    assert_eq!(
        vocabulary.agency(&police).map(|term| term.label.as_str()),
        Some("Police")
    );
}

#[test]
fn a_fault_names_file_line_key_and_reason() {
    check(
        "[[theme]]\nid = \"Bad Id\"\nlabel = \"x\"\n",
        "index/themes.toml:2: `Bad Id` must be lower-case letters, digits and single hyphens, e.g. `derby-derbyshire`",
    );
    check(
        "[[theme]]\nid = \"a\"\nlabel = \"x\"\n[[theme]]\nid = \"a\"\nlabel = \"y\"\n",
        "index/themes.toml:2: `a`: stands twice",
    );
    check(
        "[[theme]]\nid = \"a\"\nlabel = \"x\"\nfamily = \"odd\"\n",
        "index/themes.toml:2: `a`: has family `odd`, not one of practice, harm, context",
    );
    check(
        "[[agency]]\nid = \"a\"\nlabel = \"x\"\n",
        "index/themes.toml: `theme`: holds no term",
    );
}

/// The first fault that `themes.toml` with this text gives.
#[track_caller]
fn check(themes: &str, expected: &str) {
    let mut files: HashMap<&str, &str> = FILES.into_iter().collect();
    files.insert("index/themes.toml", themes);
    let faults = Vocabulary::from_files(&files).expect_err("a fault");
    assert!(
        faults[0].to_string().contains(expected),
        "got {}, not {expected}",
        faults[0]
    );
}
