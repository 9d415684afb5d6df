//! Tests of the server without a socket: requests go to the router, over a ledger of the Geneva story or of a test's own documents.

mod guard;
mod intake;
mod lists;
mod page;
mod question;
mod serve;

use std::{fs, path::Path, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use dateline_extract::{Extractor, read_document};
use dateline_store::{IncomingDocument, Ledger};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::{Settings, Shared, app::App, route};

/// A server over a ledger of its own.
struct Server {
    app: Shared,
    router: Router,
    folder: TempDir,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Server {
    /// Over the story of the fixtures.
    fn story() -> Self {
        Self::with(&story(), |_| {})
    }

    fn with(documents: &[IncomingDocument], change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("a.db");
        Ledger::open_for_writing(&db, "test", Duration::ZERO)
            .unwrap()
            .ingest(documents, "test")
            .unwrap();
        let mut settings = Settings { rate: None, build: "test".to_owned(), ..Settings::default() };
        change(&mut settings);
        let app = App::new(db, settings, Extractor::new()).unwrap();
        Self { router: route::router(&app), app, folder }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header("host", "localhost").body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header("host", "localhost").header("content-type", kind);
        self.send(request.body(body.into()).unwrap()).await
    }
}

/// The texts of the story with their records.
fn story() -> Vec<IncomingDocument> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/geneva-2021");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let extractor = Extractor::new();
    let read = |path: &std::path::PathBuf| {
        let mut document = read_document(&fs::read_to_string(path).unwrap());
        document.id = Some(path.file_name().unwrap().to_string_lossy().into_owned());
        extractor.extract(&document).into()
    };
    files.iter().map(read).collect()
}

/// What a document says, with a record of its own.
fn incoming(text: &str) -> IncomingDocument {
    Extractor::new().extract(&read_document(text)).into()
}
