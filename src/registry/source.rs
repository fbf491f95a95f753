//! Where the files of the registry come from: a folder or this program.

use std::path::Path;

use rust_embed::Embed;

use crate::model::load_error::LoadError;

#[derive(Embed)]
#[folder = "crawl-config/"]
struct CompiledIn;

/// Where the files come from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// The files of `crawl-config/` when this program was built.
    CompiledIn,
    /// A folder laid out like `crawl-config/`.
    Folder(&'a Path),
}

impl Source<'_> {
    /// The text of a file named relative to the folder.
    pub(super) fn read(&self, file: &str) -> Result<String, LoadError> {
        match self {
            Self::CompiledIn => {
                let found = CompiledIn::get(file)
                    .ok_or_else(|| LoadError::file(file, "is not compiled in"))?;
                String::from_utf8(found.data.into_owned())
                    .map_err(|fault| LoadError::file(file, fault))
            }
            Self::Folder(dir) => {
                let path = dir.join(file);
                std::fs::read_to_string(&path).map_err(|fault| LoadError::file(path, fault))
            }
        }
    }

    /// The stems of the files in `sites/`, in order.
    pub(super) fn site_files(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::CompiledIn => CompiledIn::iter()
                .filter_map(|path| stem(path.strip_prefix("sites/")?))
                .collect(),
            Self::Folder(dir) => std::fs::read_dir(dir.join("sites"))
                .into_iter()
                .flatten()
                .filter_map(|entry| stem(entry.ok()?.file_name().to_str()?))
                .collect(),
        };
        names.sort();
        names
    }
}

fn stem(file: &str) -> Option<String> {
    file.strip_suffix(".toml").map(str::to_owned)
}
