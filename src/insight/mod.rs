//! What follows from the data without reading any document again: whether the
//! duty to publish was kept, what is overdue, how often something was
//! recommended.
//!
//! In: values of the model, and the time as an argument. Out: values. Pure: no
//! clock, no store; who asks brings both.

pub mod duty;
pub mod progress;
pub mod recurring;
