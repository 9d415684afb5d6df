//! `/stream`: new documents as server-sent events (WHATWG HTML, 9.2).
//!
//! Each message is a document with the current state of the events it reports. Its id is the number of the document in the ledger. A
//! client that reconnects with the last id it has seen gets all later documents.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{
        IntoResponse as _, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use dateline_store::ArrivedDocument;
use futures_util::{StreamExt as _, stream};
use tokio::sync::watch;

use crate::{
    Shared,
    parameter::{Asked, Kind, Parameter},
    problem::Problem,
};

/// Summary of the endpoint.
pub(super) const ABOUT: &str = "New documents as they arrive, each with the events it reports, as server-sent events. Without `since_id` \
                                or `Last-Event-ID`, the stream begins with the next document.";
/// Range of message ids.
pub(super) const NUMBER: Kind = Kind::Number { least: 0, most: u32::MAX as u64, usual: 0 };
/// Parameters of the endpoint.
pub(super) const PARAMETERS: &[Parameter] = &[Parameter {
    name: "since_id",
    about: "Id of a message; later messages are sent first. 0 sends all documents. `Last-Event-ID` takes precedence.",
    kind: NUMBER,
}];

/// Header with the id of the last message a client has seen.
const LAST: &str = "last-event-id";
/// Documents per query.
const PART: usize = 100;
/// Interval of keep-alive comments.
const ALIVE: Duration = Duration::from_secs(15);

/// A client: its position, and the signals that wake it.
struct Reader {
    app: Shared,
    seen: u64,
    changes: watch::Receiver<u64>,
    shutdown: watch::Receiver<bool>,
    /// Keeps the client counted.
    _counted: Counted,
}

struct Counted(Shared);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics.streams.dec();
    }
}

/// Handles the request.
pub(super) async fn stream(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    let seen = match seen(&app, &uri, &headers).await {
        Ok(seen) => seen,
        Err(problem) => return problem.into_response(),
    };
    app.metrics.streams.inc();
    let reader = Reader {
        seen,
        changes: app.watch.subscribe(),
        shutdown: app.shutdown.subscribe(),
        _counted: Counted(Shared::clone(&app)),
        app,
    };
    let parts = stream::unfold(reader, |mut reader| async move {
        let arrived = reader.next().await?;
        Some((stream::iter(arrived), reader))
    });
    let messages = parts.flatten().map(|arrived: ArrivedDocument| {
        let message = Event::default().id(arrived.number.to_string()).event("document");
        let message = message.json_data(&arrived);
        Ok::<_, Infallible>(message.unwrap_or_default())
    });
    Sse::new(messages).keep_alive(KeepAlive::new().interval(ALIVE)).into_response()
}

/// Returns the id of the last message the client has seen.
async fn seen(app: &Shared, uri: &Uri, headers: &HeaderMap) -> Result<u64, Problem> {
    let asked = Asked::read(PARAMETERS, [], uri.query().unwrap_or_default())?;
    let last = headers.get(LAST);
    if let Some(last) = last {
        let number = last.to_str().ok().and_then(|last| last.trim().parse::<u32>().ok());
        return number.map(u64::from).ok_or_else(|| {
            Problem::parameter("Last-Event-ID", "expected the id of a message of this stream")
        });
    }
    match asked.get("since_id") {
        Some(number) => Ok(number),
        None => app.ask(|ledger| Ok(ledger.last_arrival()?)).await,
    }
}

impl Reader {
    /// Waits for the next documents; returns `None` when the server shuts down.
    async fn next(&mut self) -> Option<Vec<ArrivedDocument>> {
        loop {
            if *self.shutdown.borrow() {
                return None;
            }
            // Marked as seen before the query, so that a change in between is not missed.
            self.changes.borrow_and_update();
            let seen = self.seen;
            // The error is logged; the client reconnects with its last id.
            let arrived =
                self.app.ask(move |ledger| Ok(ledger.arrivals_after(seen, PART)?)).await.ok()?;
            if let Some(last) = arrived.last() {
                self.seen = last.number;
                return Some(arrived);
            }
            tokio::select! {
                changed = self.changes.changed() => changed.ok()?,
                ended = self.shutdown.changed() => ended.ok()?,
            }
        }
    }
}
