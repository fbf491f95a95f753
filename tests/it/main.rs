//! The only integration binary. One module per behaviour.

/// The archive as other web-archive tools see it.
mod archive;
/// The catalogue keeps entries and says what changed.
mod catalogue;
/// The data compiled into the program is valid.
mod data;
/// The built-in scorer against the reference scorer's figures.
mod evaluate;
/// The public data format.
mod export;
/// People find what they mean.
mod search;
/// Builders of model values and scratch services.
mod support;
/// Who may import whom, sizes, headers.
mod tidy;
