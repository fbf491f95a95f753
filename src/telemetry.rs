//! What the program says about itself while it runs.
//!
//! In: [`LogSettings`]. Out: log lines on stderr, one event a line, for people
//! or as JSON. Every module logs with `tracing`; only this one decides what
//! becomes of it. No line may hold a query, a document's text or a pseudonym:
//! that is for whoever writes the event.

use std::io::{self, IsTerminal as _};
use std::panic;

use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use tracing::Span;
use tracing_subscriber::EnvFilter;

/// What is logged, and how: the `[log]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// Least level by module: `warn`, or `info,lessons::crawl=debug`.
    pub filter: String,
    /// For people or for programs.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people to read.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            filter: "warn".to_owned(),
            format: LogFormat::Text,
        }
    }
}

/// Why logging could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one.
    #[error(
        "`{filter}` is not a log filter such as `warn` or `info,lessons::crawl=debug` (`log.filter`)"
    )]
    Filter {
        /// As set.
        filter: String,
        /// The parser's own account.
        #[source]
        source: tracing_subscriber::filter::ParseError,
    },
    /// Something has set up logging before.
    #[error("logging is set up already")]
    SetUpAlready,
}

/// Sends log lines to stderr from now on. Once per process.
///
/// # Errors
///
/// When the filter does not parse, or logging is set up already.
pub fn init(settings: &LogSettings) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(&settings.filter).map_err(|source| TelemetryError::Filter {
        filter: settings.filter.clone(),
        source,
    })?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let done = match settings.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    done.map_err(|_| TelemetryError::SetUpAlready)?;
    panic::set_hook(Box::new(tell_place));
    Ok(())
}

/// Says where the program is at fault. What a panic says of why may hold the
/// text that it failed on.
fn tell_place(fault: &panic::PanicHookInfo<'_>) {
    let place = fault.location().map(ToString::to_string);
    tracing::error!(
        code.place = place.unwrap_or_default(),
        "The program is at fault here"
    );
}

/// [`tokio::task::spawn_blocking`] whose events stay in the caller's span.
pub fn spawn_blocking<F, T>(work: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let span = Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_none_is_named() {
        let settings = LogSettings {
            filter: "lessons=loud".to_owned(),
            ..LogSettings::default()
        };
        let error = init(&settings).unwrap_err().to_string();
        assert!(
            error.starts_with("`lessons=loud` is not a log filter"),
            "{error}"
        );
    }
}
