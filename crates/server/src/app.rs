//! What all requests share.

use std::sync::{Arc, PoisonError, RwLock};

use dateline_extract::Extractor;
use dateline_store::{FacetIndex, Facets, Ledger, SearchFilter, StoreError};
use jiff::civil::Date;
use quick_cache::{Weighter, sync::Cache};
use tokio::sync::{Semaphore, watch};

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

/// Bytes of answers that are kept.
const KEPT: u64 = 48 << 20;
/// Answers that are kept, about.
const ANSWERS: usize = 4096;
/// Bodies that are held at once.
const BODIES: usize = 16;
/// Connections to the ledger beyond one a processor: for those that wait for the disk. More would only share the processors among
/// them, and leave less to what comes in.
const SPARE: usize = 1;

/// An answer is kept under the state of the ledger it was made of and the address it answers.
pub(crate) type Kept = Cache<(u64, String), Arc<Reply>, Bytes>;

/// Counts an answer by its bytes.
#[derive(Debug, Clone)]
pub(crate) struct Bytes;

impl Weighter<(u64, String), Arc<Reply>> for Bytes {
    fn weight(&self, key: &(u64, String), reply: &Arc<Reply>) -> u64 {
        (key.1.len() + reply.body().len() + 256) as u64
    }
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) guard: Guard,
    pub(crate) readers: Arc<Readers>,
    /// The one connection that is asked whether the file has changed.
    pub(crate) lookout: Arc<Readers>,
    pub(crate) writer: Writer,
    pub(crate) watch: Arc<Watch>,
    pub(crate) extractor: Extractor,
    /// As many texts are read at once as there are processors.
    pub(crate) extractions: Arc<Semaphore>,
    /// Bodies that are being read or worked on: memory holds so many and no more.
    pub(crate) bodies: Arc<Semaphore>,
    pub(crate) kept: Kept,
    pub(crate) metrics: Metrics,
    pub(crate) assets: Assets,
    /// Turns true when the server is told to end.
    pub(crate) ending: watch::Sender<bool>,
    facets: RwLock<FacetIndex>,
}

/// A question, with what it is answered from.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) asked: &'a Asked,
    pub(crate) app: &'a App,
}

impl App {
    /// # Errors
    ///
    /// If the ledger is not there or cannot be read.
    pub(crate) fn new(settings: Settings, extractor: Extractor) -> Result<Arc<Self>, StoreError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let open = |n| Readers::open(settings.db.clone(), n, settings.deadline).map(Arc::new);
        let watch = Arc::new(Watch::new());
        Ok(Arc::new(Self {
            guard: Guard::new(&settings),
            readers: open(processors + SPARE)?,
            lookout: open(1)?,
            writer: Writer::start(settings.db.clone(), settings.build.clone(), Arc::clone(&watch)),
            watch,
            extractor,
            extractions: Arc::new(Semaphore::new(processors)),
            bodies: Arc::new(Semaphore::new(BODIES)),
            kept: Cache::with_weighter(ANSWERS, KEPT, Bytes),
            metrics: Metrics::new(&settings.build),
            assets: Assets::new(),
            ending: watch::Sender::new(false),
            facets: RwLock::default(),
            settings,
        }))
    }

    /// Answers a question from what is kept, or asks the ledger; of many who ask the same at once, one asks for all.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        path: &str,
        asked: Asked,
        work: fn(&Question<'_>) -> Result<Reply, Problem>,
    ) -> Result<Arc<Reply>, Problem> {
        let key = (self.watch.generation(), format!("{path}?{}", asked.with("", None)));
        let app = Arc::clone(self);
        self.kept
            .get_or_insert_async(&key, async {
                self.metrics.questions.inc();
                self.ask(move |ledger| work(&Question { ledger, asked: &asked, app: &app }))
                    .await
                    .map(Arc::new)
            })
            .await
    }

    /// Asks the ledger.
    ///
    /// # Errors
    ///
    /// What the question ends in.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.readers.ask(question).await
    }
}

impl Question<'_> {
    /// The last day on which anything was published: the only today a ledger knows.
    pub(crate) fn last_day(&self) -> Result<Option<Date>, Problem> {
        Ok(self.ledger.last_day()?)
    }

    /// What documents have in common.
    pub(crate) fn facets(&self, asked: &SearchFilter) -> Result<Facets, Problem> {
        let facets = &self.app.facets;
        facets.write().unwrap_or_else(PoisonError::into_inner).refresh(self.ledger)?;
        let index = facets.read().unwrap_or_else(PoisonError::into_inner);
        Ok(self.ledger.facets(asked, &index)?)
    }
}
