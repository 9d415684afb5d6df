//! State shared by all requests.

use std::{
    path::PathBuf,
    sync::{Arc, Once, PoisonError, RwLock},
    time::Duration,
};

use dateline_extract::Extractor;
use dateline_store::{FacetIndex, Facets, Ledger, SearchFilter, StoreError};
use jiff::civil::Date;
use quick_cache::{Weighter, sync::Cache};
use tokio::{
    sync::{Semaphore, watch},
    time,
};

use crate::{
    asset::Assets,
    guard::Guard,
    ledger::{Readers, Watch, Writer},
    metrics::Metrics,
    parameter::Asked,
    problem::Problem,
    reply::Reply,
    settings::Settings,
};

/// Maximum size of the reply cache, in bytes.
const CACHE_BYTES: u64 = 48 << 20;
/// Expected number of cached replies.
const CACHE_REPLIES: usize = 4096;
/// Maximum number of request bodies in memory.
const BODIES: usize = 16;
/// Connections to the ledger beyond one per processor, for queries that wait for the disk. More would only share the processors,
/// and leave less to ingestion.
const SPARE: usize = 1;
/// Interval at which the rate limiter forgets idle addresses.
const FORGET: Duration = Duration::from_mins(1);

/// Reply cache, keyed by the generation of the ledger and the address of the request.
pub(crate) type ReplyCache = Cache<(u64, String), Arc<Reply>, ReplyWeight>;

/// Weighs a cached reply by its bytes.
#[derive(Debug, Clone)]
pub(crate) struct ReplyWeight;

impl Weighter<(u64, String), Arc<Reply>> for ReplyWeight {
    fn weight(&self, key: &(u64, String), reply: &Arc<Reply>) -> u64 {
        (key.1.len() + reply.body().len() + 256) as u64
    }
}

/// State shared by all requests.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) guard: Guard,
    pub(crate) readers: Arc<Readers>,
    /// Connection of its own that polls the ledger file for changes.
    pub(crate) poller: Arc<Readers>,
    pub(crate) writer: Writer,
    pub(crate) watch: Arc<Watch>,
    pub(crate) extractor: Extractor,
    /// Permits for extraction, one per processor.
    pub(crate) extractions: Arc<Semaphore>,
    /// Permits for request bodies, which bound the memory they take.
    pub(crate) bodies: Arc<Semaphore>,
    pub(crate) cache: ReplyCache,
    pub(crate) metrics: Metrics,
    pub(crate) assets: Assets,
    /// Turns true when the server shuts down.
    pub(crate) shutdown: watch::Sender<bool>,
    background: Once,
    facets: RwLock<FacetIndex>,
}

/// A query, with the ledger it reads and the parameters of its request.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) asked: &'a Asked,
    pub(crate) app: &'a App,
}

impl App {
    /// Opens the ledger and starts the writer's thread.
    ///
    /// # Errors
    ///
    /// If the ledger does not exist or cannot be read.
    pub(crate) fn new(
        ledger: PathBuf,
        settings: Settings,
        extractor: Extractor,
    ) -> Result<Arc<Self>, StoreError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let open = |n| Readers::open(ledger.clone(), n, settings.deadline).map(Arc::new);
        let watch = Arc::new(Watch::new());
        Ok(Arc::new(Self {
            guard: Guard::new(&settings),
            readers: open(processors + SPARE)?,
            poller: open(1)?,
            writer: Writer::start(ledger, settings.build.clone(), Arc::clone(&watch)),
            watch,
            extractor,
            extractions: Arc::new(Semaphore::new(processors)),
            bodies: Arc::new(Semaphore::new(BODIES)),
            cache: Cache::with_weighter(CACHE_REPLIES, CACHE_BYTES, ReplyWeight),
            metrics: Metrics::new(&settings.build),
            assets: Assets::new(),
            shutdown: watch::Sender::new(false),
            background: Once::new(),
            facets: RwLock::default(),
            settings,
        }))
    }

    /// Starts the tasks that notice changes by other programs and forget idle addresses, once. They end when the app is dropped.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime.
    pub(crate) fn start_background_tasks(self: &Arc<Self>) {
        self.background.call_once(|| {
            tokio::spawn(Watch::poll(Arc::downgrade(&self.watch), Arc::clone(&self.poller)));
            let app = Arc::downgrade(self);
            tokio::spawn(async move {
                let mut pauses = time::interval(FORGET);
                loop {
                    pauses.tick().await;
                    let Some(app) = app.upgrade() else { break };
                    app.guard.rate.forget();
                }
            });
        });
    }

    /// Answers a query from the cache or from the ledger. Equal requests that arrive together share one query.
    ///
    /// # Errors
    ///
    /// The problem to send in place of an answer.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        path: &str,
        asked: Asked,
        work: fn(&Question<'_>) -> Result<Reply, Problem>,
    ) -> Result<Arc<Reply>, Problem> {
        let key = (self.watch.generation(), format!("{path}?{}", asked.with("", None)));
        let app = Arc::clone(self);
        self.cache
            .get_or_insert_async(&key, async {
                self.metrics.questions.inc();
                self.ask(move |ledger| work(&Question { ledger, asked: &asked, app: &app }))
                    .await
                    .map(Arc::new)
            })
            .await
    }

    /// Queries the ledger, bypassing the cache.
    ///
    /// # Errors
    ///
    /// The error of the query, or that it took too long.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.readers.ask(question).await
    }
}

impl Question<'_> {
    /// Date of the newest document, which serves as "today".
    pub(crate) fn last_day(&self) -> Result<Option<Date>, Problem> {
        Ok(self.ledger.last_publication_date()?)
    }

    /// Counts of the documents that match, by facet.
    pub(crate) fn facets(&self, asked: &SearchFilter) -> Result<Facets, Problem> {
        let facets = &self.app.facets;
        facets.write().unwrap_or_else(PoisonError::into_inner).refresh(self.ledger)?;
        let index = facets.read().unwrap_or_else(PoisonError::into_inner);
        Ok(self.ledger.facets(asked, &index)?)
    }
}
