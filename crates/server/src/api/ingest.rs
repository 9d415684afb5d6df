//! `POST /documents`: documents into the ledger.
//!
//! What is there already is passed over, so a request that was cut off is simply sent again.

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

/// What it does, in a line.
pub(super) const ABOUT: &str = "Stores documents with their records, and joins their reports into events. When the answer is there they \
                                are safe on disk. Documents that are there already change nothing.";
/// What it is asked with.
pub(super) const PARAMETERS: &[Parameter] = &[DATE];

/// Documents in one transaction.
const BATCH: usize = 100;

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Became {
    /// It was not there before.
    New,
    /// It was there already; nothing changed.
    Duplicate,
    /// It is another version of a document with the same URL. Both are kept.
    Changed,
    /// Nothing could be made of it.
    Failed,
    /// It is in another language than English.
    SetAside,
}

impl Became {
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

/// One document of the body.
#[derive(Debug, Serialize, JsonSchema)]
struct Came {
    /// What became of it.
    outcome: Became,
    /// The id of the document, where it is in the ledger.
    id: Option<String>,
    /// The earliest document with nearly the same words.
    copy_of: Option<String>,
    /// It has no date of publication: it is kept and found, but tells no events.
    undated: bool,
    /// Why nothing could be made of it, or the language it is in.
    reason: Option<String>,
}

impl Came {
    /// A document of which nothing is in the ledger by this request.
    fn none(outcome: Became, reason: Option<String>) -> Self {
        Self { outcome, id: None, copy_of: None, undated: false, reason }
    }
}

/// What became of all of them.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Taken {
    /// A row a document, in the order of the body.
    documents: Vec<Came>,
    /// How many are new.
    new: u32,
    /// How many were there already.
    duplicate: u32,
    /// How many are other versions of documents that were there.
    changed: u32,
    /// Of how many nothing could be made.
    failed: u32,
    /// How many are in another language than English.
    set_aside: u32,
}

impl Taken {
    fn put(&mut self, app: &Shared, came: Came) {
        *match came.outcome {
            Became::New => &mut self.new,
            Became::Duplicate => &mut self.duplicate,
            Became::Changed => &mut self.changed,
            Became::Failed => &mut self.failed,
            Became::SetAside => &mut self.set_aside,
        } += 1;
        app.metrics.document(came.outcome.as_str());
        self.documents.push(came);
    }
}

/// Answers the route.
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
    // It is carried out to its end even if who asked has gone: half of a body would be harder to explain than all of it.
    let work = move || -> Result<Taken, Problem> {
        let _place = place;
        let mut intake =
            Intake { app: &app, waiting: Vec::new(), taken: Taken::default(), failed: None };
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

/// Documents on their way.
struct Intake<'a> {
    app: &'a Shared,
    /// Those that wait for their transaction, with their places in the answer.
    waiting: Vec<(usize, IncomingDocument)>,
    taken: Taken,
    failed: Option<Problem>,
}

impl Intake<'_> {
    /// Takes in a document; whether to go on.
    fn take(&mut self, found: Result<Document, String>) -> bool {
        match found {
            Err(why) => self.taken.put(self.app, Came::none(Became::Failed, Some(why))),
            Ok(document) => self.take_document(&document),
        }
        if self.waiting.len() >= BATCH {
            self.store();
        }
        self.failed.is_none()
    }

    fn take_document(&mut self, document: &Document) {
        if let Some(language) = read::foreign(document, dateline_extract::reads_as_english) {
            self.taken.put(self.app, Came::none(Became::SetAside, Some(language)));
            return;
        }
        // A ledger that cannot be asked will say why when it is written.
        let known = self.app.readers.ask_here(|ledger| Ok(ledger.find_document(document)?));
        if let Ok(Some(id)) = known {
            let undated = document.published.is_none();
            let came = Came { id: Some(id), undated, ..Came::none(Became::Duplicate, None) };
            self.taken.put(self.app, came);
            return;
        }
        let record = self.app.extractor.extract(document);
        self.waiting.push((self.taken.documents.len(), record.into()));
        // It is known what became of it when it is stored.
        self.taken.documents.push(Came::none(Became::New, None));
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
                        IngestOutcome::New => (Became::New, &mut self.taken.new),
                        IngestOutcome::Duplicate => (Became::Duplicate, &mut self.taken.duplicate),
                        IngestOutcome::Changed => (Became::Changed, &mut self.taken.changed),
                    };
                    *count += 1;
                    self.app.metrics.document(outcome.as_str());
                    self.taken.documents[place] =
                        Came { outcome, id: Some(id), copy_of, undated, reason: None };
                }
            }
        }
    }
}
