//! What most subcommands stand on: vocabularies, registry and stores, each
//! checked before anything starts.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::Globals;
use crate::catalogue::Catalogue;
use crate::corrections::{self, Corrections};
use crate::model::load_error::LoadError;
use crate::pipeline::Stores;
use crate::registry::{self, Known, Registry};
use crate::vocabulary::Vocabulary;

/// The controlled vocabularies.
pub(super) fn vocabulary() -> anyhow::Result<Vocabulary> {
    Vocabulary::load().or_else(|faults| refuse(&faults))
}

/// The publishers, checked against the vocabularies.
pub(super) fn registry(globals: &Globals, vocabulary: &Vocabulary) -> anyhow::Result<Registry> {
    let known = Known {
        nations: &vocabulary.facets.nations,
        regions: &vocabulary.facets.regions,
    };
    registry::load(globals.settings.crawl_config.as_deref(), &known)
        .or_else(|faults| refuse(&faults))
}

/// Where the stores lie.
pub(super) fn stores(globals: &Globals) -> Stores {
    Stores::in_folder(&globals.settings.data)
}

/// The folder of corrections that is read when none is named, if it is there.
pub(super) fn usual_corrections(globals: &Globals) -> Option<PathBuf> {
    let folder = stores(globals).corrections();
    folder.is_dir().then_some(folder)
}

/// What curators set right: compiled in, and in this folder.
pub(super) fn corrections(
    folder: Option<&Path>,
    vocabulary: &Vocabulary,
) -> anyhow::Result<Corrections> {
    corrections::load(folder, vocabulary).or_else(|faults| refuse(&faults))
}

/// The catalogue, to read.
pub(super) fn catalogue(globals: &Globals) -> anyhow::Result<Catalogue> {
    Ok(Catalogue::open_read_only(&stores(globals).catalogue())?)
}

/// Ends the program with every fault of the files it is set by.
pub(super) fn refuse<T>(faults: &[LoadError]) -> anyhow::Result<T> {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    bail!(
        "nothing starts while these are wrong:\n  {}",
        faults.join("\n  ")
    )
}
