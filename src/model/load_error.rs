//! What is wrong with a file of ours that is read at start.

use std::fmt;
use std::path::PathBuf;

/// A file of `index/`, `crawl-config/` or the settings that cannot be used.
///
/// Nothing starts while there is one: an unknown id in data would otherwise
/// become a silent gap in what people find.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadError {
    /// The file, relative to its folder when it is one of ours.
    pub file: PathBuf,
    /// Line in the file, from 1; `None` when the fault has no single line.
    pub line: Option<u64>,
    /// The key, column or id at fault; empty when the whole file is.
    pub key: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl LoadError {
    /// A fault of the whole file.
    pub fn file(file: impl Into<PathBuf>, reason: impl fmt::Display) -> Self {
        Self {
            file: file.into(),
            line: None,
            key: String::new(),
            reason: reason.to_string(),
        }
    }

    /// A fault of one key, at a line when that is known.
    pub fn key(
        file: impl Into<PathBuf>,
        line: Option<u64>,
        key: impl Into<String>,
        reason: impl fmt::Display,
    ) -> Self {
        Self {
            file: file.into(),
            line,
            key: key.into(),
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": `{}`", self.key)?;
        }
        write!(f, ": {}", self.reason)
    }
}
