//! The only integration binary. One module per behaviour.

/// The built-in scorer against the reference scorer's figures.
mod evaluate;
/// The public data format.
mod export;
