//! What tests stand on: builders of model values, fixture sites, scratch services.

pub(crate) mod entries;
pub(crate) mod index;
pub(crate) mod test_site;
