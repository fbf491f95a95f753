//! Tantivy alone with its default analysis: the floor.

use std::path::{Path, PathBuf};

use tantivy::collector::{Count, TopDocs};
use tantivy::directory::MmapDirectory;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument};

use super::{Peer, Question, TOP, bytes_of};

/// Memory for documents not yet written, in bytes.
const BUFFER: usize = 128 << 20;

pub(crate) struct Plain {
    folder: PathBuf,
    index: Index,
    writer: Option<IndexWriter>,
    text: Field,
    reader: Option<IndexReader>,
}

impl Plain {
    pub(crate) fn new(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let files = MmapDirectory::open(folder).expect("a folder");
        let index = Index::open_or_create(files, schema.build()).expect("an index");
        Self {
            folder: folder.to_owned(),
            writer: None,
            reader: index.reader().ok(),
            index,
            text,
        }
    }
}

impl Peer for Plain {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn begin(&mut self) {
        let writer = self.index.writer_with_num_threads(2, BUFFER);
        let writer = self.writer.insert(writer.expect("a writer"));
        writer.delete_all_documents().expect("an empty index");
    }

    fn add(&mut self, text: &str) {
        let mut document = TantivyDocument::new();
        document.add_text(self.text, text);
        let writer = self.writer.as_ref().expect("begun");
        writer.add_document(document).expect("a document");
    }

    fn finish(&mut self) {
        let mut writer = self.writer.take().expect("finished once");
        writer.commit().expect("a commit");
        writer.wait_merging_threads().expect("merged segments");
        self.reader = self.index.reader().ok();
    }

    fn ask(&mut self, question: &Question) -> usize {
        let parser = QueryParser::for_index(&self.index, vec![self.text]);
        let (query, _) = parser.parse_query_lenient(&question.typed());
        let searcher = self.reader.as_ref().expect("finished").searcher();
        let collector = (TopDocs::with_limit(TOP).order_by_score(), Count);
        searcher.search(&query, &collector).expect("results").1
    }

    fn size_bytes(&self) -> u64 {
        bytes_of(&self.folder)
    }
}
