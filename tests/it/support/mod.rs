//! What several tests stand on.

pub mod test_site;
