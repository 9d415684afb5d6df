//! The ledger over HTTP: an API for programs, and pages for people that read without a script.
//!
//! [`run`] serves a ledger until the process is told to end. What is behind every route:
//!
//! - [`Settings`] say who may come, how often, and how long anything may take.
//! - Questions go to connections of their own, on threads that may wait, and end at a deadline; one thread writes.
//! - An answer is kept as long as the ledger does not change, and made once for all who ask for it at one time.
//!
//! Only this crate knows of sockets and of tasks that wait; all that reads and writes is below it.

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
mod settings;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

pub use connection::{ServeError, run};
pub use guard::{Scope, TokenError, Tokens};
pub use settings::Settings;
pub use written::{WrittenError, article, world};

/// What all requests share.
type Shared = Arc<app::App>;

/// The OpenAPI 3.1 document of the API, as `/api/v1/openapi.json` gives it.
pub fn openapi() -> serde_json::Value {
    api::openapi()
}
