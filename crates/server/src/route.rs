//! All routes, and the middleware in front of them.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use axum::{
    Router,
    extract::{MatchedPath, Path, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
};

use crate::{
    Shared, api,
    guard::{Connection, Scope},
    pages,
    problem::Problem,
};

/// Header with the id of a request, which the log has as well.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Security headers of every response: only our own files run or are shown, pages cannot be framed, and addresses are not passed on
/// as referrers.
const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Builds the router of all pages and the API.
pub(crate) fn router(app: &Shared) -> Router {
    let asking = |router| scoped(router, app, Scope::Read);
    let api = asking(api::questions())
        .merge(scoped(api::intake(), app, Scope::Ingest))
        .layer(cors(&app.settings.origins));
    let pages = asking(pages::router());
    let figures = Router::new().route("/metrics", get(metrics));
    let open =
        Router::new().route("/healthz", get(health)).route("/assets/{version}/{name}", get(asset));
    api.merge(pages)
        .merge(scoped(figures, app, Scope::Admin))
        .merge(open)
        .fallback(unknown_address)
        .method_not_allowed_fallback(other_method)
        .layer(CatchPanicLayer::custom(|_| {
            Problem::internal(&"a request panicked").into_response()
        }))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(Shared::clone(app), observe))
        .with_state(Shared::clone(app))
}

/// Requires a token with a scope on all routes of a router, if the server has tokens.
fn scoped(router: Router<Shared>, app: &Shared, scope: Scope) -> Router<Shared> {
    router.route_layer(middleware::from_fn_with_state(
        Shared::clone(app),
        move |State(app): State<Shared>, request: Request, next: Next| async move {
            match app.guard.allow(request.headers(), scope) {
                Ok(()) => next.run(request).await,
                Err(problem) => problem.into_response(),
            }
        },
    ))
}

/// Lets pages of the configured origins call the API.
fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([header::ETAG, header::LINK, REQUEST_ID])
}

/// Gives a request an id, checks whether it is admitted, then counts and logs its response.
async fn observe(State(app): State<Shared>, request: Request, next: Next) -> Response {
    app.start_background_tasks();
    let began = Instant::now();
    let id = request_id(&request);
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "none".to_owned());
    let path = request.uri().path().to_owned();
    let connection = Connection::of(&request);
    let (parts, body) = request.into_parts();
    let admitted = app.guard.admit(&parts, connection);
    let mut response = match admitted {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    };
    let took = began.elapsed();
    let status = response.status().as_u16();
    app.metrics.request(&route, method, status, took);
    // Search terms are private, so the query is not logged.
    tracing::info!(
        id = id.to_str().unwrap_or_default(),
        peer = %connection.peer,
        method,
        path,
        status,
        ms = took.as_secs_f64() * 1e3,
        "answered"
    );
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Returns the id sent by the client, if it is short and plain, or else the next number.
fn request_id(request: &Request) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let is_plain = |id: &&HeaderValue| {
        id.len() <= 64
            && id.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte))
    };
    let given = request.headers().get(REQUEST_ID).filter(is_plain).cloned();
    given.unwrap_or_else(|| HeaderValue::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// Returns the name of the method, or `other`, so that made-up methods cannot fill the metrics.
fn known_method(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"];
    known.into_iter().find(|known| method.as_str() == *known).unwrap_or("other")
}

async fn health(State(app): State<Shared>) -> Response {
    match app.ask(|ledger| Ok(ledger.generation()?)).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn metrics(State(app): State<Shared>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], app.metrics.text())
        .into_response()
}

async fn asset(
    State(app): State<Shared>,
    Path((version, name)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    app.assets.file(&version, &name).unwrap_or_else(|| not_found(&app, &uri))
}

async fn unknown_address(State(app): State<Shared>, uri: Uri) -> Response {
    not_found(&app, &uri)
}

async fn other_method(method: Method) -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("this address does not support {method}"))
        .into_response()
}

/// Builds the 404 response: a problem under `/api/`, else a page.
fn not_found(app: &Shared, uri: &Uri) -> Response {
    let path = uri.path();
    let problem = Problem::new(StatusCode::NOT_FOUND, format!("no page or resource at {path}"));
    if path.starts_with("/api/") { problem.into_response() } else { pages::problem(app, &problem) }
}
