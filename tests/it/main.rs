//! The only integration binary. One module per behaviour.

/// The data compiled into the program is valid.
mod data;
