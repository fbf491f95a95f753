//! Settings from the environment: `LESSONS_` and the key, with its table
//! before it. `LESSONS_DATA` is `data`; `LESSONS_SERVE_LISTEN` is `listen` of
//! `[serve]`.
//!
//! In: settings and variables. Out: the settings with the variables applied.
//! A list is written with commas; a duration as in the file, `2s`.

use serde_json::{Map, Value};

use super::Settings;
use crate::model::load_error::LoadError;

/// What every variable of ours begins with.
const PREFIX: &str = "LESSONS_";

/// Named as the file at fault, since a variable has none.
const ENVIRONMENT: &str = "environment";

/// Puts the variables that begin with `LESSONS_` over the settings. Each one
/// that names no setting, or does not fit it, becomes a fault.
pub(super) fn apply(
    settings: Settings,
    variables: impl Iterator<Item = (String, String)>,
    faults: &mut Vec<LoadError>,
) -> Settings {
    let mut ours: Vec<(String, String)> = variables
        .filter(|(name, _)| name.starts_with(PREFIX))
        .collect();
    ours.sort();
    ours.into_iter().fold(settings, |settings, (name, value)| {
        match apply_one(&settings, &name, &value) {
            Ok(changed) => changed,
            Err(reason) => {
                faults.push(LoadError::key(ENVIRONMENT, None, name, reason));
                settings
            }
        }
    })
}

fn apply_one(settings: &Settings, name: &str, text: &str) -> Result<Settings, String> {
    let mut tree = serde_json::to_value(settings).expect("settings are plain data");
    let root = tree.as_object_mut().expect("settings are a table");
    let place = find(root, name).ok_or("names no setting; lessons.example.toml lists them")?;
    *place = match place {
        Value::Number(_) => text
            .parse::<u64>()
            .map_err(|_| format!("`{text}` is not a whole number"))?
            .into(),
        Value::Bool(_) => text
            .parse::<bool>()
            .map_err(|_| format!("`{text}` is neither `true` nor `false`"))?
            .into(),
        Value::Array(_) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect(),
        _ => text.into(),
    };
    serde_json::from_value(tree).map_err(|error| error.to_string())
}

/// The value that a variable names: a key of the root, or of one of its tables.
fn find<'a>(root: &'a mut Map<String, Value>, name: &str) -> Option<&'a mut Value> {
    root.iter_mut().find_map(|(key, value)| match value {
        Value::Object(table) => table
            .iter_mut()
            .find(|(inner, _)| variable(&format!("{key}_{inner}")) == name)
            .map(|(_, value)| value),
        value => (variable(key) == name).then_some(value),
    })
}

fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase())
}
