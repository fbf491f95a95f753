//! The only integration binary. One module per behaviour.

mod catalogue;
mod support;
