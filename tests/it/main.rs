//! The only integration binary. One module per behaviour.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

/// The archive as other web-archive tools see it.
mod archive;
/// The catalogue keeps entries and says what changed.
mod catalogue;
/// The program as a script sees it.
mod cli;
/// A crawl of a site: what it finds, what it leaves alone, how it behaves.
mod crawl;
/// The data compiled into the program is valid.
mod data;
/// The bundled sites and the service over them.
mod demo;
/// The built-in scorer against the reference scorer's figures.
mod evaluate;
/// The public data format.
mod export;
/// What is printed in a file, whatever program made it.
mod extract;
/// People find what they mean.
mod search;
/// What tests stand on: builders of model values, fictional sites, scratch
/// services.
mod support;
/// Who may import whom, sizes, headers.
mod tidy;
/// From a site to the public data format.
mod whole;
