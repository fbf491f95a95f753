//! `lessons export`: the public data format, for everyone.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Ended, Globals, ground};
use crate::export;

/// Writes one line for every document in the catalogue.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The form of the data
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// File to write [default: stdout]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object on each line
    Jsonl,
}

impl Export {
    pub(super) fn run(&self, globals: &Globals) -> anyhow::Result<Ended> {
        let entries = ground::catalogue(globals)?.entries()?;
        match (&self.output, self.format) {
            (None, Format::Jsonl) => export::write_jsonl(&entries, &mut io::stdout().lock())?,
            (Some(path), Format::Jsonl) => {
                let file = File::create(path)
                    .with_context(|| format!("cannot write `{}`", path.display()))?;
                let mut out = BufWriter::new(file);
                export::write_jsonl(&entries, &mut out)?;
                out.flush()
                    .with_context(|| format!("cannot write `{}`", path.display()))?;
            }
        }
        Ok(Ended::Well)
    }
}
