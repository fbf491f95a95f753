//! Lessons Index: a searchable index of what safeguarding reviews have taught,
//! and of what was done about it.
//!
//! The modules in reading order: `model` holds the types that travel;
//! `registry` and `vocabulary` read what we agreed; `meaning` knows texts that say the same; `crawl` fetches into the
//! `archive`; `extract` reads a payload into a document; `analyse` reads a
//! document into what it says; `catalogue` keeps that; `search` finds it;
//! `insight` says what follows from it; `pipeline` orders the stages; `web` and `cli` are the two front doors.
//! ARCHITECTURE.md tells the whole.

pub mod analyse;
pub mod archive;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod corrections;
pub mod crawl;
pub mod demo;
pub mod evaluate;
pub mod export;
pub mod extract;
pub mod insight;
pub mod meaning;
pub mod model;
pub mod pipeline;
pub mod registry;
pub mod search;
pub mod telemetry;
pub mod vocabulary;
pub mod web;
