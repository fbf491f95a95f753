//! The only integration binary. One module per behaviour.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

/// What is said of what was done.
mod answers;
/// The HTTP API: lists, facets, cases, mistakes, revisions.
mod api;
/// The archive as other web-archive tools see it.
mod archive;
/// Copies of a data folder, and back.
mod backup;
/// The catalogue keeps entries and says what changed.
mod catalogue;
/// The program from outside: exit codes, streams, settings.
mod cli;
/// A crawl of a site: what it finds, what it leaves alone, how it behaves.
mod crawl;
/// The data compiled into the program is valid.
mod data;
/// The bundled sites and their server.
mod demo;
/// Folders that may not be written, disks that are full, clocks that jump.
mod disks;
/// The built-in scorer against the reference scorer's figures.
mod evaluate;
/// The public data format.
mod export;
/// What is printed in a file, whatever program made it.
mod extract;
/// Kills, damage, full disks.
mod faults;
/// What requests may cost, what is counted of them, what the API says of itself.
mod guard;
/// Finished answers given again.
mod kept;
/// Planning, importing, checking, and running as a service.
mod operate;
/// The same outcome in whatever order.
mod order;
/// The pages: what they show, and what they never let through.
mod pages;
/// No query is left anywhere.
mod privacy;
/// Which recommendations ask for the same.
mod recurrence;
/// Searching: what is found, counts, pages of results.
mod search;
mod similar;
/// Snapshots, and those who follow them.
mod snapshot;
/// Builders of model values, fictional sites, scratch services.
mod support;
/// Who may import whom, sizes, headers.
mod tidy;
/// Everything that pages say is there in Welsh too.
mod welsh;
/// The whole way, from site to export.
mod whole;
/// Withdrawal: gone from everything, for good.
mod withdrawal;
