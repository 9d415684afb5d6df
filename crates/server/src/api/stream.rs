//! `/stream`: what comes in, as it comes, as server-sent events (WHATWG HTML, 9.2).
//!
//! Each message is a document with the events it reports as they stand when it is sent; its id is the number of the document in this
//! ledger. A reader that comes back with the last id it has seen is sent all that came after.

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

/// What it does, in a line.
pub(super) const ABOUT: &str = "Documents as they come in, each with the events it reports, as server-sent events. Without `since_id` or \
                                `Last-Event-ID` it begins with what comes next.";
/// What a message is numbered by.
pub(super) const NUMBER: Kind = Kind::Number { least: 0, most: u32::MAX as u64, usual: 0 };
/// What it is asked with.
pub(super) const PARAMETERS: &[Parameter] = &[Parameter {
    name: "since_id",
    about: "What came after the message of this id is sent first; 0 is all there is. `Last-Event-ID` goes before it.",
    kind: NUMBER,
}];

/// The header by which a reader says where it was.
const LAST: &str = "last-event-id";
/// Documents that are asked for at once.
const PART: usize = 100;
/// A word is sent to say that the connection is alive.
const ALIVE: Duration = Duration::from_secs(15);

/// A reader: what it has seen, and what tells it of more.
struct Reader {
    app: Shared,
    seen: u64,
    changes: watch::Receiver<u64>,
    shutdown: watch::Receiver<bool>,
    /// Counted as long as it is there.
    _counted: Counted,
}

struct Counted(Shared);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics.streams.dec();
    }
}

/// Answers the route.
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

/// What a reader has seen already.
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
    /// What has come since, once something has; none when the server ends.
    async fn next(&mut self) -> Option<Vec<ArrivedDocument>> {
        loop {
            if *self.shutdown.borrow() {
                return None;
            }
            // Seen before it is asked, so that a change in between is not missed.
            self.changes.borrow_and_update();
            let seen = self.seen;
            // The log says what went wrong; the reader comes back with what it has seen.
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
