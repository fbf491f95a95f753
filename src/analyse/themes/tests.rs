use super::*;

#[test]
fn items_have_the_themes_that_weigh_most() {
    check(
        "Share what you know. The Board should revise its safer sleeping guidance on co-sleeping.",
        "safer-sleeping",
        "The Board",
    );
    check(
        "The school had the father's name. Nobody listened to what the child said, or saw her alone.",
        "voice-of-the-child",
        "Nobody",
    );
}

#[test]
fn an_item_is_understood_by_its_document() {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let text = "He was moved again and nobody asked him why.";
    let about = |background: &str| {
        let leaning = Leaning::of_text(background, &vocabulary);
        let place = vocabulary
            .themes
            .iter()
            .position(|theme| theme.id.as_str() == "looked-after-children");
        of_item(text, &leaning, &vocabulary).likely[place.expect("a theme")]
    };
    let in_care = about("His foster placement ended. The children's home was a placement too.");
    let at_home = about("The baby had a bruise. The injury was unexplained.");
    assert!(in_care > at_home, "{in_care} and {at_home}");
}

#[test]
fn a_document_has_three_to_nine_themes() {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let leaning = Leaning::of_text("Neglect of the children, seen by all.", &vocabulary);
    let logits = document_logits("A review of neglect", &leaning, &[], &vocabulary);
    let themes = chosen(&logits, f32::MAX, OF_DOCUMENT, &vocabulary);
    assert_eq!(themes.len(), 3);
    assert_eq!(vocabulary.themes[themes[0]].id.as_str(), "neglect");
    let themes = chosen(&logits, f32::MIN, OF_DOCUMENT, &vocabulary);
    assert_eq!(themes.len(), 9);
}

#[test]
fn the_program_judges_as_the_training_did() {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let probes = include_str!("../../../tests/fixtures/theme-probes.tsv");
    let probes = probes.lines().filter(|line| !line.starts_with('#'));
    for line in probes {
        let fields: Vec<&str> = line.split('\t').collect();
        let [theme, expected, text] = fields[..] else {
            panic!("not a probe: {line}");
        };
        let leaning = Leaning::of_text(text, &vocabulary);
        let ids = vocabulary.themes.iter().map(|theme| theme.id.as_str());
        let place = ids.into_iter().position(|id| id == theme);
        let found = item_logits(text, &leaning, &vocabulary)[place.expect("a theme")];
        let expected: f32 = expected.parse().expect("a number");
        assert!((found - expected).abs() < 0.1, "{line}: {found}");
    }
}

/// The first theme of an item, and how its evidence begins.
#[track_caller]
fn check(text: &str, theme: &str, evidence: &str) {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let leaning = Leaning::of_text(text, &vocabulary);
    let about = of_item(text, &leaning, &vocabulary);
    let first = about.themes.first().expect("at least one theme");
    assert_eq!(first.theme.as_str(), theme, "text: {text:?}");
    assert!(
        first.evidence.starts_with(evidence),
        "got {:?}",
        first.evidence
    );
}
