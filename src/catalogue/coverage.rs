//! How far each publisher's site is covered, as the last processing left it.

use super::{Catalogue, CatalogueError};
use crate::model::coverage::Coverage;
use crate::model::ids::PartnershipId;

impl Catalogue {
    /// Keeps how far a site is covered, in place of what was kept before.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn put_coverage(&mut self, coverage: &Coverage) -> Result<(), CatalogueError> {
        let key = key(&coverage.partnership);
        let text = serde_json::to_string(coverage)
            .map_err(|source| CatalogueError::damaged(&*key, source))?;
        self.set_meta(&key, &text)
    }

    /// How far a site is covered; `None` when nothing was ever processed since
    /// it is in the registry.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn coverage(
        &self,
        partnership: &PartnershipId,
    ) -> Result<Option<Coverage>, CatalogueError> {
        let key = key(partnership);
        let text = self.meta(&key)?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|source| CatalogueError::damaged(&*key, source))
    }
}

fn key(partnership: &PartnershipId) -> String {
    format!("coverage.{partnership}")
}
