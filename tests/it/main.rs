//! The only integration binary. One module per behaviour.

/// The archive as other web-archive tools see it.
mod archive;
/// A crawl of a site: what it finds, what it leaves alone, how it behaves.
mod crawl;
/// The data compiled into the program is valid.
mod data;
/// What several tests stand on.
mod support;
