//! What every request is answered from: the stores, opened for reading, and
//! what ids are called.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::available_parallelism;

use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
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
use crate::web::kept::Kept;
use crate::web::metrics::Metrics;

/// Read-only connections kept open between requests.
const IDLE_CONNECTIONS: usize = 16;
/// Requests for each core that read the stores at once; more wait their turn,
/// since all would only be slower for it.
const READS_PER_CORE: usize = 2;

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
    kept: Kept,
    reads: Arc<Semaphore>,
    /// Digest of everything that is fixed while the process runs.
    fixed: [u8; 32],
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

    /// Names the state that is served, in which the catalogue has this mark.
    fn revision(&self, fixed: &[u8], mark: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(fixed);
        hash.update(mark);
        hash.update(self.reader.revision());
        let hash = hash.finalize();
        hash[..6]
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// The same without waiting for anything; `None` where one would have to.
    fn revision_at_once(&self, fixed: &[u8]) -> Option<String> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let catalogue = idle?;
        let mark = catalogue.mark_at_once();
        self.put_back(catalogue);
        Some(self.revision(fixed, &mark.ok()?))
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
        let fixed = format!("{version} {settings:?} {partnerships:?}");
        let cores = available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(Self(Arc::new(Inner {
            data: RwLock::new(Arc::new(Data::open(
                sources.catalogue,
                sources.search,
                &names,
            )?)),
            names,
            vocabulary: sources.vocabulary.clone(),
            fixed: Sha256::digest(fixed).into(),
            kept: Kept::new(settings.serve.cache_bytes, settings.serve.cache_time),
            reads: Arc::new(Semaphore::new(cores * READS_PER_CORE)),
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
        let permit = Arc::clone(&self.0.reads).acquire_owned().await;
        let permit = permit.map_err(WebError::internal)?;
        let task = telemetry::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _permit = permit;
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

    /// Names what is served now, as [`Stores::revision`] does.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the path of the method would fix the lifetime of the stores"
    )]
    pub(super) async fn revision(&self) -> Result<String, WebError> {
        match self.data().revision_at_once(&self.0.fixed) {
            Some(revision) => Ok(revision),
            None => self.read(|stores| stores.revision()).await,
        }
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

    /// Answers kept for whoever asks the same next.
    pub(super) fn kept(&self) -> &Kept {
        &self.0.kept
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
        let mark = self.catalogue.mark().map_err(WebError::internal)?;
        Ok(self.data.revision(&self.app.0.fixed, &mark))
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
