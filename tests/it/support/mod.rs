//! What tests stand on: builders of model values and scratch services.

pub(crate) mod entries;
pub(crate) mod index;
