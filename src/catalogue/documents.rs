//! What was printed in each payload, kept so that a change of the analysing
//! rules or of the index needs no second reading.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::{OptionalExtension as _, params};

use super::{Catalogue, CatalogueError};
use crate::model::digest::Digest;
use crate::model::document::Document;

impl Catalogue {
    /// Keeps a document in place of an earlier reading of the same bytes.
    /// `rules` is the version of the reading rules that made it.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be written.
    pub fn put_document(&mut self, document: &Document, rules: &str) -> Result<(), CatalogueError> {
        let digest = &document.digest;
        let body =
            pack(document).map_err(|source| CatalogueError::damaged(digest.as_str(), source))?;
        self.change(|transaction, revision| {
            transaction.execute(
                "INSERT OR REPLACE INTO documents (digest, rules, media_type, pages, body)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    digest.as_str(),
                    rules,
                    document.media_type,
                    document.page_count(),
                    body
                ],
            )?;
            transaction.execute(
                "UPDATE entries SET changed = ?2 WHERE digest = ?1",
                params![digest.as_str(), revision],
            )?;
            Ok(())
        })
    }

    /// The document read from these bytes; `None` when they were not read, or
    /// could not be.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read or the row is damaged.
    pub fn document(&self, digest: &Digest) -> Result<Option<Document>, CatalogueError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT body FROM documents WHERE digest = ?1")?;
        let body: Option<Vec<u8>> = select
            .query_row([digest.as_str()], |row| row.get(0))
            .optional()?;
        body.map(|body| unpack(&body))
            .transpose()
            .map_err(|source| CatalogueError::damaged(digest.as_str(), source))
    }

    /// Version of the rules by which these bytes were read; `None` when they
    /// were not.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn document_rules(&self, digest: &Digest) -> Result<Option<String>, CatalogueError> {
        let mut select = self
            .connection
            .prepare_cached("SELECT rules FROM documents WHERE digest = ?1")?;
        Ok(select
            .query_row([digest.as_str()], |row| row.get(0))
            .optional()?)
    }

    /// Whether these bytes were read by these rules, so that reading them again
    /// would give the same.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read.
    pub fn is_processed(&self, digest: &Digest, rules: &str) -> Result<bool, CatalogueError> {
        Ok(self.document_rules(digest)?.as_deref() == Some(rules))
    }
}

fn pack(document: &Document) -> std::io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&serde_json::to_vec(document)?)?;
    packed.finish()
}

fn unpack(body: &[u8]) -> std::io::Result<Document> {
    let mut json = Vec::new();
    GzDecoder::new(body).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
