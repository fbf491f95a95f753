use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::Settings;

const EXAMPLE: &str = include_str!("../../lessons.example.toml");

#[test]
fn the_example_file_states_the_defaults() {
    let example: Settings = toml::from_str(EXAMPLE).unwrap();
    assert_eq!(example, Settings::default());
}

#[test]
fn the_example_file_explains_every_setting() {
    let defaults = serde_json::to_value(Settings::default()).unwrap();
    for (key, value) in defaults.as_object().unwrap() {
        let section = format!("[{key}]");
        match value {
            Value::Object(table) => {
                let text = EXAMPLE.split_once(&section).map(|(_, rest)| rest);
                let text = text.unwrap_or_else(|| panic!("no `{section}`"));
                let text = text.split("\n[").next().unwrap();
                for key in table.keys() {
                    assert!(explains(text, key), "no `{key}` under `{section}`");
                }
            }
            _ => assert!(explains(EXAMPLE, key), "no `{key}`"),
        }
    }
}

/// A line sets the key, or shows it commented out, below a comment.
fn explains(text: &str, key: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let sets = |line: &str| {
        line.trim_start_matches("# ")
            .starts_with(&format!("{key} = "))
    };
    lines
        .windows(2)
        .any(|pair| pair[0].starts_with('#') && sets(pair[1]))
}

#[test]
fn the_environment_goes_over_the_file_and_the_file_over_the_defaults() {
    let settings = layers(
        "data = \"/srv/a\"\n[serve]\nlisten = \"127.0.0.1:1\"\n",
        &[
            ("LESSONS_SERVE_LISTEN", "127.0.0.1:2"),
            ("PATH", "/bin"),
            ("LESSONS_CRAWL_CONFIG", "cc"),
        ],
    );
    let settings = settings.unwrap();
    assert_eq!(settings.data, Path::new("/srv/a"));
    assert_eq!(settings.serve.listen.port(), 2);
    assert_eq!(settings.crawl_config.as_deref(), Some(Path::new("cc")));
    assert_eq!(settings.log, Settings::default().log);
}

#[test]
fn numbers_lists_and_times_are_read_from_the_environment() {
    let settings = layers(
        "",
        &[
            ("LESSONS_CRAWL_DELAY", "500ms"),
            ("LESSONS_CRAWL_MAX_DEPTH", "3"),
            ("LESSONS_CRAWL_ALLOW_PRIVATE", "a.example, b.example"),
            ("LESSONS_CRAWL_PROXY", "http://127.0.0.1:3128"),
        ],
    );
    let crawl = settings.unwrap().crawl;
    assert_eq!(crawl.delay, Duration::from_millis(500));
    assert_eq!(crawl.max_depth, 3);
    assert_eq!(crawl.allow_private, ["a.example", "b.example"]);
    assert_eq!(crawl.proxy.unwrap().port(), Some(3128));
    let faults = layers("", &[("LESSONS_CRAWL_MAX_DEPTH", "deep")]).unwrap_err();
    assert!(
        faults[0].ends_with("`deep` is not a whole number"),
        "{faults:?}"
    );
}

#[test]
fn what_is_misspelt_is_refused_with_its_place() {
    let faults = layers(
        "data = \"a\"\n[serve]\nlisen = \"127.0.0.1:1\"\n",
        &[("LESSONS_DTA", "b"), ("LESSONS_SERVE_LISTEN", "here")],
    );
    let faults = faults.unwrap_err();
    assert!(
        faults[0].starts_with("lessons.toml:3: unknown field `lisen`"),
        "{faults:?}"
    );
    assert!(
        faults[1].starts_with("environment: `LESSONS_DTA`: names no setting"),
        "{faults:?}"
    );
    assert!(
        faults[2].starts_with("environment: `LESSONS_SERVE_LISTEN`: invalid"),
        "{faults:?}"
    );
}

fn layers(file: &str, variables: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::from_layers(Some((Path::new("lessons.toml"), file)), variables)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}
