//! `POST /documents`: adds documents to the ledger.
//!
//! Documents already in the ledger are skipped, so a request that was cut off can simply be repeated.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use dateline_core::{Document, Moment};
use dateline_formats::read;
use dateline_store::{IncomingDocument, IngestOutcome, IngestedDocument};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::task;

use super::extract::{documents_of, format};
use crate::{
    Shared, body,
    parameter::{Asked, DATE, Parameter},
    problem::Problem,
    reply::Reply,
};

/// Summary of the endpoint.
pub(super) const ABOUT: &str = "Extracts and stores documents, and joins their reports into events. They are safe on disk when the \
                                response arrives. Documents already in the ledger are skipped.";
/// Parameters of the endpoint.
pub(super) const PARAMETERS: &[Parameter] = &[DATE];

/// Documents per transaction.
const BATCH: usize = 100;

/// Outcome of a posted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum DocumentOutcome {
    /// Added to the ledger.
    New,
    /// Already in the ledger; nothing changed.
    Duplicate,
    /// Added as a new version of a document with the same URL.
    Changed,
    /// Could not be read.
    Failed,
    /// Skipped, because it is not in English.
    SetAside,
}

impl DocumentOutcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Duplicate => "duplicate",
            Self::Changed => "changed",
            Self::Failed => "failed",
            Self::SetAside => "set_aside",
        }
    }
}

/// Report on one document of the body.
#[derive(Debug, Serialize, JsonSchema)]
struct DocumentReport {
    /// Outcome.
    outcome: DocumentOutcome,
    /// Id of the document, if it is in the ledger.
    id: Option<String>,
    /// Id of the earliest document with nearly the same words.
    copy_of: Option<String>,
    /// `true` if it has no publication date: it is stored and can be found, but reports no events.
    undated: bool,
    /// Reason for a failure, or the language of a skipped document.
    reason: Option<String>,
}

impl DocumentReport {
    /// Report on a document that was not added.
    fn none(outcome: DocumentOutcome, reason: Option<String>) -> Self {
        Self { outcome, id: None, copy_of: None, undated: false, reason }
    }
}

/// Report on all documents of a request.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct IngestReport {
    /// One report per document, in the order of the body.
    documents: Vec<DocumentReport>,
    /// Number of new documents.
    new: u32,
    /// Number of duplicates.
    duplicate: u32,
    /// Number of new versions of known documents.
    changed: u32,
    /// Number of documents that could not be read.
    failed: u32,
    /// Number of documents skipped because of their language.
    set_aside: u32,
}

impl IngestReport {
    fn put(&mut self, app: &Shared, came: DocumentReport) {
        *match came.outcome {
            DocumentOutcome::New => &mut self.new,
            DocumentOutcome::Duplicate => &mut self.duplicate,
            DocumentOutcome::Changed => &mut self.changed,
            DocumentOutcome::Failed => &mut self.failed,
            DocumentOutcome::SetAside => &mut self.set_aside,
        } += 1;
        app.metrics.document(came.outcome.as_str());
        self.documents.push(came);
    }
}

/// Handles the request.
pub(super) async fn ingest(
    State(app): State<Shared>,
    request: Request,
) -> Result<Response, Problem> {
    let asked = Asked::read(PARAMETERS, [], request.uri().query().unwrap_or_default())?;
    let format = format(request.headers())?;
    let body = body::read(&app, request.into_body()).await?;
    if body.bytes.is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "the body is empty"));
    }
    let date: Option<Moment> = asked.get(DATE.name);
    let place = app.extractions.clone().acquire_owned().await;
    let place = place.map_err(|closed| Problem::internal(&closed))?;
    // Runs to its end even if the client disconnects, so that a body is never stored by half.
    let work = move || -> Result<IngestReport, Problem> {
        let _place = place;
        let mut intake =
            Intake { app: &app, waiting: Vec::new(), taken: IngestReport::default(), failed: None };
        documents_of(&body.bytes, format, date, &mut |found| intake.take(found))?;
        intake.store();
        match intake.failed {
            Some(problem) => Err(problem),
            None => Ok(intake.taken),
        }
    };
    let taken =
        task::spawn_blocking(work).await.map_err(|panicked| Problem::internal(&panicked))??;
    Ok(Reply::json(&taken)?.response(&HeaderMap::new()))
}

/// Documents of a request while they are processed.
struct Intake<'a> {
    app: &'a Shared,
    /// Documents waiting for a transaction, with their index in the report.
    waiting: Vec<(usize, IncomingDocument)>,
    taken: IngestReport,
    failed: Option<Problem>,
}

impl Intake<'_> {
    /// Processes a document; returns `false` to stop.
    fn take(&mut self, found: Result<Document, String>) -> bool {
        match found {
            Err(why) => {
                self.taken.put(self.app, DocumentReport::none(DocumentOutcome::Failed, Some(why)));
            }
            Ok(document) => self.take_document(&document),
        }
        if self.waiting.len() >= BATCH {
            self.store();
        }
        self.failed.is_none()
    }

    fn take_document(&mut self, document: &Document) {
        if let Some(language) = read::foreign(document, dateline_extract::reads_as_english) {
            self.taken
                .put(self.app, DocumentReport::none(DocumentOutcome::SetAside, Some(language)));
            return;
        }
        // If the ledger cannot be read, writing to it reports why.
        let known = self.app.readers.ask_here(|ledger| Ok(ledger.find_document(document)?));
        if let Ok(Some(id)) = known {
            let undated = document.published.is_none();
            let came = DocumentReport {
                id: Some(id),
                undated,
                ..DocumentReport::none(DocumentOutcome::Duplicate, None)
            };
            self.taken.put(self.app, came);
            return;
        }
        let record = self.app.extractor.extract(document);
        self.waiting.push((self.taken.documents.len(), record.into()));
        // Replaced by the real outcome once the document is stored.
        self.taken.documents.push(DocumentReport::none(DocumentOutcome::New, None));
    }

    fn store(&mut self) {
        if self.waiting.is_empty() || self.failed.is_some() {
            return;
        }
        let (places, incoming): (Vec<usize>, Vec<IncomingDocument>) =
            self.waiting.drain(..).unzip();
        match self.app.writer.store(incoming) {
            Err(problem) => self.failed = Some(problem),
            Ok(arrivals) => {
                for (place, arrival) in places.into_iter().zip(arrivals) {
                    let IngestedDocument { id, outcome, copy_of, undated, .. } = arrival;
                    let (outcome, count) = match outcome {
                        IngestOutcome::New => (DocumentOutcome::New, &mut self.taken.new),
                        IngestOutcome::Duplicate => {
                            (DocumentOutcome::Duplicate, &mut self.taken.duplicate)
                        }
                        IngestOutcome::Changed => {
                            (DocumentOutcome::Changed, &mut self.taken.changed)
                        }
                    };
                    *count += 1;
                    self.app.metrics.document(outcome.as_str());
                    self.taken.documents[place] =
                        DocumentReport { outcome, id: Some(id), copy_of, undated, reason: None };
                }
            }
        }
    }
}
