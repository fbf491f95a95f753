//! The only integration binary. One module per behaviour.
