//! The whole service over a bundled, fictional corpus.
//!
//! In: a folder for the stores and an address to listen at. Out: the service,
//! over reviews that were crawled from sites served by this very process. It
//! needs no network, and what it shows is not real.

pub mod corpus;
pub mod server;
