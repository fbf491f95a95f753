//! How the program is set: defaults, then the settings file, then the
//! environment; the command line has the last word.
//!
//! In: a file (`lessons.toml`, or another named with `--config`) and the
//! variables `LESSONS_…`. Out: [`Settings`], or every fault with its place.
//! Unknown keys and variables are refused, so that a misspelt limit is never
//! silently ignored. What a setting does is for the module that uses it.

mod environment;
mod serve;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde::{Deserialize, Serialize};

use crate::crawl::{CrawlSettings, ScheduleSettings};
use crate::model::load_error::LoadError;
use crate::telemetry::LogSettings;

pub use serve::ServeSettings;

/// The settings file that is read when none is named, if it is there.
const USUAL_FILE: &str = "lessons.toml";

/// Every setting. `lessons.example.toml` states them with their defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder that holds archive, catalogue and search index.
    pub data: PathBuf,
    /// Folder with `partnerships.csv` and `sites/`; `None` for the compiled-in
    /// registry.
    pub crawl_config: Option<PathBuf>,
    /// Folder in which states of catalogue and index are published after each
    /// change; `None` for none.
    pub snapshots: Option<PathBuf>,
    /// How the crawler behaves.
    pub crawl: CrawlSettings,
    /// How often sites are crawled.
    pub schedule: ScheduleSettings,
    /// How the program is served.
    pub serve: ServeSettings,
    /// What is logged, and how.
    pub log: LogSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("./data"),
            crawl_config: None,
            snapshots: None,
            crawl: CrawlSettings::default(),
            schedule: ScheduleSettings::default(),
            serve: ServeSettings::default(),
            log: LogSettings::default(),
        }
    }
}

impl Settings {
    /// The settings of this process: those of `file`, or of `lessons.toml` in
    /// the current folder where there is one, under those of the environment.
    ///
    /// # Errors
    ///
    /// When a named file cannot be read, or with every fault of the file and
    /// the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, Vec<LoadError>> {
        let usual = || Some(Path::new(USUAL_FILE)).filter(|path| path.exists());
        let text = match file.or_else(usual) {
            Some(path) => Some((path, read(path).map_err(|fault| vec![fault])?)),
            None => None,
        };
        let file = text.as_ref().map(|(path, text)| (*path, text.as_str()));
        Self::from_layers(
            file,
            env::vars_os().filter_map(|(name, value)| {
                Some((name.into_string().ok()?, value.into_string().ok()?))
            }),
        )
    }

    /// The settings of these layers: a file's name and text, and variables.
    fn from_layers(
        file: Option<(&Path, &str)>,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Vec<LoadError>> {
        let mut faults = Vec::new();
        let settings = match file {
            Some((path, text)) => toml::from_str(text).unwrap_or_else(|error| {
                faults.push(fault_of(path, text, &error));
                Self::default()
            }),
            None => Self::default(),
        };
        let settings = environment::apply(settings, variables, &mut faults);
        if faults.is_empty() {
            Ok(settings)
        } else {
            Err(faults)
        }
    }
}

fn read(path: &Path) -> Result<String, LoadError> {
    fs::read_to_string(path).map_err(|error| LoadError::file(path, error))
}

fn fault_of(path: &Path, text: &str, error: &toml::de::Error) -> LoadError {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or(text);
        1 + before.matches('\n').count() as u64
    });
    LoadError::key(path, line, "", error.message())
}

/// The file of this program, to start another process of it.
///
/// # Errors
///
/// When the system does not say.
pub fn program() -> io::Result<PathBuf> {
    env::current_exe()
}

/// `PATH` as set.
#[must_use]
pub fn path_variable() -> Option<OsString> {
    env::var_os("PATH")
}

/// The folders in which other programs are looked for, in order.
#[must_use]
pub fn search_path() -> Vec<PathBuf> {
    path_variable()
        .map(|path| env::split_paths(&path).collect())
        .unwrap_or_default()
}
