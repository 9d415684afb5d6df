//! Dateline inside a program of your own: two articles become a ledger, and its pages and API share a router with your routes.
//!
//! ```sh
//! cargo run -p dateline-server --example embedded
//! ```

use std::time::Duration;

use dateline_extract::{Extractor, read_document};
use dateline_server::{
    Server,
    axum::{
        Router,
        body::{Body, to_bytes},
        http::Request,
        routing::get,
    },
    tokio,
};
use dateline_store::{IncomingDocument, Ledger};
use tower::ServiceExt as _;

const ARTICLES: [&str; 2] = [
    "date 2021-05-06\n\nJapan will expel two Norwegian diplomats, Foreign Minister Ana Ito said on Thursday.\n",
    "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Friday.\n",
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Read the articles and store their records.
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("news.db");
    let extractor = Extractor::new();
    let records: Vec<IncomingDocument> =
        ARTICLES.iter().map(|text| extractor.extract(&read_document(text)).into()).collect();
    let build = "embedded 1.0";
    Ledger::open_for_writing(&path, "embedded", Duration::ZERO)?.ingest(&records, build)?;

    // Your own routes come first; Dateline answers all other addresses.
    let dateline = Server::builder(&path).extractor(extractor).build()?;
    let app = Router::new()
        .route("/hello", get(|| async { "hello\n" }))
        .fallback_service(dateline.router());

    // Ask both without a socket. A program that serves for real hands `app` to `axum::serve`.
    for address in ["/hello", "/api/v1/events?type=SANCTION"] {
        let request = Request::get(address).header("host", "localhost").body(Body::empty())?;
        let response = app.clone().oneshot(request).await?;
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await?;
        println!("{status} {address}\n{}", String::from_utf8_lossy(&body));
    }
    Ok(())
}
