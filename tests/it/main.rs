//! The only integration binary. One module per behaviour.

/// The archive as other web-archive tools see it.
mod archive;
/// The data compiled into the program is valid.
mod data;
/// The built-in scorer against the reference scorer's figures.
mod evaluate;
/// Who may import whom, sizes, headers.
mod tidy;
