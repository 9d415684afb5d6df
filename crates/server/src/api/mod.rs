//! The API under `/api/v1`: a table of endpoints, and the routes that accept documents.
//!
//! A row of the table gives the path, parameters and response of an endpoint. Routes, CSV and NDJSON versions of lists, the OpenAPI
//! document and the page `/api` are all made from these rows.

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
pub(crate) use list::{Listing, Part, WholeList, items};
pub(crate) use openapi::document as openapi;
pub(crate) use schema::Schemas;
pub(crate) use search::{Search, filter as search_filter};

/// Base path of the API.
pub(crate) const BASE: &str = "/api/v1";

/// A GET endpoint that queries the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Endpoint {
    /// Path under [`BASE`], with parameters in braces.
    pub(crate) path: &'static str,
    /// Operation id.
    pub(crate) name: &'static str,
    /// Summary, one line.
    pub(crate) about: &'static str,
    /// Parameters, those of the path first.
    pub(crate) parameters: &'static [Parameter],
    /// Reference to the schema of the response; empty for text.
    pub(crate) answer: fn(&mut Schemas) -> String,
    /// Media type of the response.
    pub(crate) kind: &'static str,
    pub(crate) work: fn(&Question<'_>) -> Result<Reply, Problem>,
    /// Writer of the whole list as CSV or NDJSON.
    pub(crate) whole: Option<WholeList>,
}

/// All endpoints, in the order of the documentation.
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

/// Media type of JSON.
pub(crate) const JSON: &str = "application/json";

/// Builds the routes that need the scope `read`.
pub(crate) fn questions() -> Router<Shared> {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        router = router.route(&format!("{BASE}{}", endpoint.path), ask(endpoint));
        if let Some(whole) = endpoint.whole {
            for (ending, shape) in list::SHAPES {
                let path = format!("{BASE}{}.{ending}", endpoint.path);
                router = router.route(&path, list::whole(endpoint, whole, *shape));
            }
        }
    }
    router
        .route(&format!("{BASE}/stream"), get(stream::stream))
        .route(&format!("{BASE}/openapi.json"), get(openapi::answer))
        .route(&format!("{BASE}/extract"), post(extract::extract))
}

/// Builds the routes that need the scope `ingest`.
pub(crate) fn intake() -> Router<Shared> {
    Router::new().route(&format!("{BASE}/documents"), post(ingest::ingest))
}

/// Builds the handler of an endpoint.
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

/// Reads the parameters of a request.
///
/// # Errors
///
/// The first faulty parameter.
pub(crate) fn asked(
    parameters: &[Parameter],
    path: &RawPathParams,
    uri: &Uri,
) -> Result<Asked, Problem> {
    Asked::read(parameters, in_path(path), uri.query().unwrap_or_default())
}

/// Returns the parameters in the path.
pub(crate) fn in_path(path: &RawPathParams) -> impl Iterator<Item = (String, String)> {
    path.iter().map(|(name, value)| (name.to_owned(), value.to_owned()))
}
