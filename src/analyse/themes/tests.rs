use super::*;

#[test]
fn items_have_the_themes_that_weigh_most() {
    let vocabulary = Vocabulary::load().expect("index/ is valid");
    let text =
        "Share what you know. The Board should revise its safer sleeping guidance on co-sleeping.";
    let themes = of_item(text, &[], &vocabulary);
    let ids: Vec<&str> = themes.iter().map(|theme| theme.theme.as_str()).collect();
    assert_eq!(ids.first(), Some(&"safer-sleeping"));
    assert!(themes[0].evidence.starts_with("The Board"));
}
