//! The types that travel between stages: what we agreed about a publisher,
//! what was fetched, what is printed in it, what that says, and the entry all
//! of it becomes.
//!
//! In: nothing. Out: nothing. This module holds and checks values; it does no
//! I/O, knows no other module of ours, and derives `Serialize` for our own
//! stores and worker pipes only. The public API and the public export have
//! bodies of their own.

pub mod analysis;
pub mod capture;
pub mod coverage;
pub mod date;
pub mod digest;
pub mod document;
pub mod entry;
pub mod ids;
pub mod load_error;
pub mod partnership;
pub mod recurrence;
pub mod withdrawal;
