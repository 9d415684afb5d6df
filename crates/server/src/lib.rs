#![doc = include_str!("../README.md")]

mod api;
mod app;
mod asset;
mod body;
mod connection;
mod guard;
mod ledger;
mod metrics;
mod pages;
mod parameter;
mod problem;
mod reply;
mod route;
mod server;
mod settings;
mod signal;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

/// The version of axum in this crate's API.
pub use axum;
/// The version of tokio in this crate's API.
pub use tokio;

pub use guard::{Scope, TokenError, Tokens};
pub use server::{Builder, Handle, ServeError, Server};
pub use settings::Settings;
pub use written::{WrittenError, article, world};

/// State shared by all requests.
type Shared = Arc<app::App>;

/// Returns the OpenAPI 3.1 document of the API, the same as `/api/v1/openapi.json`.
///
/// ```
/// let document = dateline_server::openapi();
/// assert!(document["paths"]["/api/v1/events"]["get"].is_object());
/// ```
pub fn openapi() -> serde_json::Value {
    api::openapi()
}
