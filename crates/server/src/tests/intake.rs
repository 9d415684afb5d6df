//! Posted documents, texts extracted without storing them, and the stream of new documents.

use std::time::Duration;

use axum::{body::Body, http::Request};
use http_body_util::BodyExt as _;
use insta::assert_snapshot;
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Server, incoming, story};
use crate::api::BASE;

const TEXT: &str = "date 2021-05-08\n\nJapan expelled two Norwegian diplomats on Wednesday.\n";

const LINES: &str = concat!(
    r#"{"text":"Japan expelled two Norwegian diplomats on Wednesday.","published":"2021-05-08","url":"https://a.example/1"}"#,
    "\n",
    r#"{"text":"Japan expelled three Norwegian diplomats on Wednesday.","published":"2021-05-08","url":"https://a.example/1"}"#,
    "\n",
    r#"{"text":"Japan expelled two Norwegian diplomats on Wednesday.","published":"2021-05-08","url":"https://a.example/1"}"#,
    "\n{\"text\":\n",
    r#"{"text":"Die Minister haben am Montag lange mit den Gesandten aus beiden Ländern gesprochen.","published":"2021-05-08"}"#,
    "\n",
    r#"{"text":"Kari Lund met Ana Ito in Oslo."}"#,
    "\n",
);

#[tokio::test]
async fn each_document_is_told_what_became_of_it() {
    let server = Server::with(&[], |_| {});
    let path = format!("{BASE}/documents");
    let first = server.post(&path, "application/x-ndjson", LINES).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_snapshot!(serde_json::to_string_pretty(&first.json()).unwrap());
    let again = server.post(&path, "application/x-ndjson", LINES).await.json();
    let counts =
        ["new", "duplicate", "changed", "failed", "set_aside"].map(|it| again[it].as_u64());
    assert_eq!(counts, [0, 4, 0, 1, 1].map(Some));
    let events = server.get(&format!("{BASE}/events")).await.json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1, "{events}");
}

#[tokio::test]
async fn a_text_is_read_and_not_kept() {
    let server = Server::with(&[], |_| {});
    let path = format!("{BASE}/extract");
    let plain = server.post(&path, "text/plain", TEXT).await.json();
    assert_eq!(plain["schema"], "dateline/1");
    assert_eq!(plain["events"][0]["type"], "SANCTION");
    assert!(plain.get("explanations").is_none());
    let body =
        serde_json::json!({ "text": "Japan expelled two diplomats on Wednesday." }).to_string();
    let explained = server
        .post(&format!("{path}?date=2021-05-08&explain=true"), "application/json", body)
        .await
        .json();
    assert_eq!(explained["times"][0]["value"], "2021-05-05");
    assert!(!explained["explanations"].as_array().unwrap().is_empty());
    assert_eq!(
        server.get(&format!("{BASE}/documents")).await.json()["items"],
        Value::Array(vec![])
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_said() {
    let server = Server::with(&[], |settings| settings.body = 300);
    let long = "a".repeat(301);
    let cases: [(&str, &str, &str, u16); 7] = [
        ("/extract", "application/json", "{", 422),
        ("/extract", "application/json", "", 422),
        ("/extract", "application/x-ndjson", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n", 422),
        ("/extract", "image/png", "a", 415),
        ("/extract", "text/plain", &long, 413),
        ("/documents", "text/plain", &long, 413),
        ("/documents?date=now", "text/plain", "a", 400),
    ];
    for (path, kind, body, status) in cases {
        let answer = server.post(&format!("{BASE}{path}"), kind, body.to_owned()).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {kind} {body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    // Bytes that are no text, empty ones and endless depth are answered, whatever the answer.
    for body in [vec![0xff; 200], vec![0; 200], b"[".repeat(200), b"<a>".repeat(60), Vec::new()] {
        for path in ["/extract", "/documents"] {
            let answer = server.post(&format!("{BASE}{path}"), "text/plain", body.clone()).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.body);
            let answer = server.post(&format!("{BASE}{path}"), "", body.clone()).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.body);
        }
    }
}

/// The messages of a stream until `n` have come.
async fn messages(server: &Server, last: Option<&str>, query: &str, n: usize) -> Vec<String> {
    let mut request = Request::get(format!("{BASE}/stream{query}")).header("host", "localhost");
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = server.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (mut body, mut text) = (response.into_body(), String::new());
    let read = async {
        while text.matches("\n\n").count() < n {
            let Some(frame) = body.frame().await else { break };
            text.push_str(std::str::from_utf8(frame.unwrap().data_ref().unwrap()).unwrap());
        }
    };
    tokio::time::timeout(Duration::from_secs(20), read).await.expect("messages come");
    text.split("\n\n").filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// A field of a message.
fn field<'m>(message: &'m str, name: &str) -> &'m str {
    let mut lines = message.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    lines.next_back().unwrap_or_default()
}

#[tokio::test]
async fn a_reader_of_the_stream_goes_on_where_it_was() {
    let server = Server::with(&story()[..3], |_| {});
    let all = messages(&server, None, "?since_id=0", 3).await;
    assert_eq!(all.len(), 3);
    assert_eq!(field(&all[0], "event"), "document");
    let told: Value = serde_json::from_str(field(&all[0], "data")).unwrap();
    assert!(told["document"]["id"].as_str().unwrap().starts_with('d'));
    assert!(!told["events"].as_array().unwrap().is_empty());
    let last = field(&all[1], "id");
    let rest = messages(&server, Some(last), "?since_id=0", 1).await;
    assert_eq!(rest, all[2..]);
    // Without a word of where it was, a reader is told of what comes next.
    let (next, _) = tokio::join!(messages(&server, None, "", 1), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        server.post(&format!("{BASE}/documents"), "text/plain", TEXT).await
    });
    assert!(field(&next[0], "data").contains("\"SANCTION\""), "{next:?}");
}

#[tokio::test]
async fn the_stream_ends_with_the_server() {
    let server = Server::with(&story()[..1], |_| {});
    let reading = messages(&server, None, "", 1);
    let ending = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        server.app.shutdown.send_replace(true);
    };
    let (read, ()) = tokio::join!(reading, ending);
    assert!(read.is_empty(), "{read:?}");
}

#[tokio::test]
async fn what_another_program_writes_is_seen() {
    let server = Server::with(&story()[..1], |_| {});
    let path = format!("{BASE}/documents");
    assert_eq!(server.get(&path).await.json()["items"].as_array().unwrap().len(), 1);
    tokio::time::sleep(Duration::from_millis(700)).await;
    let db = server.folder.path().join("a.db");
    dateline_store::Ledger::open_for_writing(&db, "other", Duration::ZERO)
        .unwrap()
        .ingest(&[incoming(TEXT)], "other")
        .unwrap();
    for _ in 0..50 {
        if server.get(&path).await.json()["items"].as_array().unwrap().len() == 2 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the document is not seen");
}
