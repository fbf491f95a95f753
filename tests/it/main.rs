//! The only integration binary. One module per behaviour.

/// The archive as other web-archive tools see it.
mod archive;
/// The data compiled into the program is valid.
mod data;
