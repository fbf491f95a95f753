//! What tests stand on: builders of model values, fictional sites and scratch
//! services.

pub(crate) mod entries;
pub(crate) mod index;
pub(crate) mod program;
pub(crate) mod service;
pub(crate) mod test_site;
