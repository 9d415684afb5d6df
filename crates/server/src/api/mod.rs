//! The API: questions and lists under `/api/v1`, each a row of a table, and what takes documents in.
//!
//! A row says what an address is asked with, what it answers and how. The routes, the twins of lists in CSV and NDJSON, the OpenAPI
//! document and the page that shows it to people are all made of these rows.

mod actor;
mod agenda;
mod document;
mod event;
mod extract;
mod facet;
mod ingest;
mod list;
mod openapi;
mod place;
mod schema;
mod search;
mod statement;
mod stream;
mod timeline;

use axum::{
    Router,
    extract::{RawPathParams, State},
    http::{HeaderMap, Uri},
    response::IntoResponse as _,
    routing::{MethodRouter, get, post},
};

use crate::{
    Shared,
    app::Question,
    parameter::{Asked, Parameter},
    problem::Problem,
    reply::Reply,
};

pub(crate) use actor::{Actors, read as read_actor};
pub(crate) use agenda::Agenda;
pub(crate) use document::Documents;
pub(crate) use event::Events;
pub(crate) use list::{Listing, Part, Twin, items};
pub(crate) use openapi::document as openapi;
pub(crate) use schema::Schemas;
pub(crate) use search::{Search, filter as search_filter};

/// Where the API begins.
pub(crate) const BASE: &str = "/api/v1";

/// An address that is asked with GET and answers from the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Endpoint {
    /// Its path under [`BASE`], parameters in braces.
    pub(crate) path: &'static str,
    /// What it is called among operations.
    pub(crate) name: &'static str,
    /// What it answers, in a line.
    pub(crate) about: &'static str,
    /// What it is asked with; those of the path first.
    pub(crate) parameters: &'static [Parameter],
    /// The shape of its answer.
    pub(crate) answer: fn(&mut Schemas) -> String,
    /// What the answer is sent as.
    pub(crate) kind: &'static str,
    pub(crate) work: fn(&Question<'_>) -> Result<Reply, Problem>,
    /// The same list whole, as a table or as lines.
    pub(crate) twin: Option<Twin>,
}

/// Every address that is asked, in the order they are shown.
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    list::endpoint::<document::Documents>(),
    document::ONE,
    list::endpoint::<event::Events>(),
    event::ONE,
    list::endpoint::<agenda::Agenda>(),
    agenda::CALENDAR,
    list::endpoint::<statement::Statements>(),
    list::endpoint::<actor::Actors>(),
    actor::ONE,
    list::endpoint::<place::Places>(),
    list::endpoint::<timeline::Timeline>(),
    list::endpoint::<facet::Facets>(),
    list::endpoint::<search::Search>(),
];

/// What an endpoint answers as JSON.
pub(crate) const JSON: &str = "application/json";

/// The routes of those who ask.
pub(crate) fn questions() -> Router<Shared> {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        router = router.route(&format!("{BASE}{}", endpoint.path), ask(endpoint));
        if let Some(twin) = endpoint.twin {
            for (ending, shape) in list::SHAPES {
                let path = format!("{BASE}{}.{ending}", endpoint.path);
                router = router.route(&path, list::whole(endpoint, twin, *shape));
            }
        }
    }
    router
        .route(&format!("{BASE}/stream"), get(stream::stream))
        .route(&format!("{BASE}/openapi.json"), get(openapi::answer))
        .route(&format!("{BASE}/extract"), post(extract::extract))
}

/// The routes of those who bring something in.
pub(crate) fn intake() -> Router<Shared> {
    Router::new().route(&format!("{BASE}/documents"), post(ingest::ingest))
}

/// What answers an endpoint.
fn ask(endpoint: &'static Endpoint) -> MethodRouter<Shared> {
    get(
        move |State(app): State<Shared>, path: RawPathParams, uri: Uri, headers: HeaderMap| async move {
            let reply = match asked(endpoint.parameters, &path, &uri) {
                Ok(asked) => app.answer(uri.path(), asked, endpoint.work).await,
                Err(problem) => Err(problem),
            };
            match reply {
                Ok(reply) => reply.response(&headers),
                Err(problem) => problem.into_response(),
            }
        },
    )
}

/// What a request asks, by its path and query.
///
/// # Errors
///
/// The first parameter that is wrong.
pub(crate) fn asked(
    parameters: &[Parameter],
    path: &RawPathParams,
    uri: &Uri,
) -> Result<Asked, Problem> {
    Asked::read(parameters, in_path(path), uri.query().unwrap_or_default())
}

/// The parameters of a path.
pub(crate) fn in_path(path: &RawPathParams) -> impl Iterator<Item = (String, String)> {
    path.iter().map(|(name, value)| (name.to_owned(), value.to_owned()))
}
