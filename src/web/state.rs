//! What every request is answered from: the stores, opened for reading, and
//! what ids are called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sha2::{Digest as _, Sha256};
use tokio::task::JoinError;

use crate::catalogue::{Catalogue, CatalogueError};
use crate::config::ServeSettings;
use crate::model::entry::EntryId;
use crate::model::ids::PartnershipId;
use crate::model::partnership::Partnership;
use crate::search::similar::{SimilarCases, SimilarRequest};
use crate::search::{IndexError, Names, Reader, SearchRequest, SearchResults};
use crate::telemetry;
use crate::vocabulary::Vocabulary;
use crate::web::error::WebError;
use crate::web::guard::Limits;
use crate::web::metrics::Metrics;

/// Read-only connections kept open between requests.
const IDLE_CONNECTIONS: usize = 16;

/// What an operator may say about the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Shown at the top of every page, e.g. that all data is fictional.
    pub notice: Option<String>,
    /// To whom it is served, and how much of it to one at a time.
    pub serve: ServeSettings,
}

/// What a service is made of.
#[derive(Debug)]
pub struct Sources<'a> {
    /// The catalogue file.
    pub catalogue: &'a Path,
    /// The folder of the search index.
    pub search: &'a Path,
    /// What terms are called.
    pub vocabulary: &'a Vocabulary,
    /// Every publisher in the registry.
    pub partnerships: &'a [Partnership],
    /// What the operator says.
    pub settings: Settings,
}

/// Why a service could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The catalogue cannot be read.
    #[error("the catalogue cannot be served")]
    Catalogue(#[from] CatalogueError),
    /// The search index cannot be read.
    #[error("the search index cannot be served")]
    Index(#[from] IndexError),
}

/// The service: stores, names and settings. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    data: RwLock<Arc<Data>>,
    names: Names,
    vocabulary: Vocabulary,
    partnerships: BTreeMap<PartnershipId, Partnership>,
    settings: Settings,
    limits: Limits,
    metrics: Metrics,
    /// Stands for everything that is fixed while the process runs.
    fixed: String,
}

/// The stores that are served at present.
struct Data {
    catalogue: PathBuf,
    idle: Mutex<Vec<Catalogue>>,
    reader: Reader,
    /// Why no newer ones are, when they should be.
    lag: Mutex<Option<&'static str>>,
}

impl Data {
    fn open(catalogue: &Path, search: &Path, names: &Names) -> Result<Self, OpenError> {
        Ok(Self {
            idle: Mutex::new(vec![Catalogue::open_read_only(catalogue)?]),
            catalogue: catalogue.to_owned(),
            reader: Reader::open_sound(search, names)?,
            lag: Mutex::new(None),
        })
    }

    fn connection(&self) -> Result<Catalogue, WebError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(catalogue) => Ok(catalogue),
            None => Catalogue::open_read_only(&self.catalogue).map_err(WebError::internal),
        }
    }

    fn put_back(&self, catalogue: Catalogue) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_CONNECTIONS {
            idle.push(catalogue);
        }
    }
}

impl App {
    /// Opens the stores for reading. Changes that others make to them later are
    /// seen without a restart.
    ///
    /// # Errors
    ///
    /// Fails when a store is missing, damaged or of another version.
    pub fn open(sources: Sources<'_>) -> Result<Self, OpenError> {
        let names = Names::new(sources.vocabulary, sources.partnerships);
        let version = env!("CARGO_PKG_VERSION");
        let (settings, partnerships) = (&sources.settings, sources.partnerships);
        Ok(Self(Arc::new(Inner {
            data: RwLock::new(Arc::new(Data::open(
                sources.catalogue,
                sources.search,
                &names,
            )?)),
            names,
            vocabulary: sources.vocabulary.clone(),
            fixed: format!("{version} {settings:?} {partnerships:?}"),
            partnerships: partnerships
                .iter()
                .map(|partnership| (partnership.id.clone(), partnership.clone()))
                .collect(),
            limits: Limits::new(sources.settings.serve.clone()),
            metrics: Metrics::default(),
            settings: sources.settings,
        })))
    }

    /// Serves other stores from the next request on. Requests under way are
    /// answered from those they began with.
    ///
    /// # Errors
    ///
    /// Fails when one of them cannot be opened; what was served goes on being
    /// served.
    pub fn switch(&self, catalogue: &Path, search: &Path) -> Result<(), OpenError> {
        let data = Arc::new(Data::open(catalogue, search, &self.0.names)?);
        let mut served = self.0.data.write().unwrap_or_else(PoisonError::into_inner);
        *served = data;
        Ok(())
    }

    /// Tells operators why no newer stores are served than these; `None` when
    /// all is well.
    pub fn lags(&self, reason: Option<&'static str>) {
        let data = self.data();
        *data.lag.lock().unwrap_or_else(PoisonError::into_inner) = reason;
    }

    fn data(&self) -> Arc<Data> {
        let data = self.0.data.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&data)
    }

    /// Reads the stores for one request, on a thread that may wait for them.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Stores<'_>) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        let app = self.clone();
        let task = telemetry::spawn_blocking(move || {
            let data = app.data();
            let stores = Stores {
                app: &app,
                catalogue: data.connection()?,
                data: &data,
            };
            let outcome = work(&stores);
            data.put_back(stores.catalogue);
            outcome
        });
        task.await.map_err(|fault| self.fault(&fault))?
    }

    /// A panic is counted. What it says may hold a document's text, so it is
    /// not passed on.
    fn fault(&self, fault: &JoinError) -> WebError {
        if fault.is_panic() {
            self.metrics().panicked();
        }
        WebError::internal(anyhow::anyhow!("reading the stores broke off"))
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(super) fn names(&self) -> &Names {
        &self.0.names
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.0.vocabulary
    }

    /// Every publisher in the registry, by id.
    pub(super) fn partnerships(&self) -> impl Iterator<Item = &Partnership> {
        self.0.partnerships.values()
    }

    pub(super) fn partnership(&self, id: &PartnershipId) -> Option<&Partnership> {
        self.0.partnerships.get(id)
    }
}

/// The stores, for the time of one request.
pub(super) struct Stores<'a> {
    /// The service they belong to.
    pub app: &'a App,
    /// A connection of the request's own.
    pub catalogue: Catalogue,
    data: &'a Data,
}

impl Stores<'_> {
    /// Names what is served now: equal as long as nothing a response is made of
    /// changes.
    pub(super) fn revision(&self) -> Result<String, WebError> {
        let mut hash = Sha256::new();
        hash.update(&self.app.0.fixed);
        hash.update(self.catalogue.mark().map_err(WebError::internal)?);
        hash.update(self.data.reader.revision());
        let hash = hash.finalize();
        Ok(hash[..6]
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")))
    }

    /// Why there is nothing under this id: it was withdrawn, or never there.
    pub(super) fn missing(&self, what: &'static str, id: &EntryId) -> WebError {
        let name = id.to_string();
        match self.catalogue.withdrawn_at(id) {
            Ok(Some(at)) => WebError::Withdrawn { what, name, at },
            Ok(None) => WebError::NotFound { what, name },
            Err(fault) => fault.into(),
        }
    }

    /// Whether the index holds what the catalogue holds.
    pub(super) fn is_current(&self) -> Result<bool, WebError> {
        Ok(self.data.reader.mark() == Some(self.catalogue.mark()?))
    }

    /// Why no newer stores are served, when they should be.
    pub(super) fn lag(&self) -> Option<&'static str> {
        *self.data.lag.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds cases like a case; `None` when the index has no such case.
    pub(super) fn similar(
        &self,
        request: &SimilarRequest<'_>,
    ) -> Result<Option<SimilarCases>, WebError> {
        let found = self.data.reader.similar(request);
        found.map_err(WebError::internal)
    }

    /// Answers a question from the index.
    pub(super) fn search(&self, request: &SearchRequest) -> Result<SearchResults, WebError> {
        Ok(self.data.reader.search(request)?)
    }
}
