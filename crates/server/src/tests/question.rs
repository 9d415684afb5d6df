//! Requests to the API and their responses.

use std::fmt::Write as _;

use axum::{body::Body, http::Request};
use insta::{assert_json_snapshot, assert_snapshot};

use super::{Server, story};
use crate::api::BASE;

#[test]
fn the_openapi_document() {
    assert_json_snapshot!(crate::openapi());
}

#[tokio::test]
async fn answers_to_some_questions() {
    let server = Server::story();
    let mut shown = String::new();
    for path in [
        "/events?type=CONSULT&actor=Putin&with=Biden&limit=1&order=latest",
        "/events/wfadce1c8bbb5?as_of=2021-04-14",
        "/agenda?as_of=2021-05-26&limit=2",
        "/statements?speaker=Putin&limit=2",
        "/actors?name=Lavrov",
        "/places?name=Geneva",
        "/timeline?unit=month&since=2021-05-01",
        "/facets?q=ambassadors",
        "/search?q=ambassadors&limit=1",
        "/documents?publisher=Lakeside%20Tribune&limit=1",
    ] {
        let answer = server.get(&format!("{BASE}{path}")).await;
        let body = serde_json::to_string_pretty(&answer.json()).unwrap();
        writeln!(shown, "GET {path}\n{}\n{body}\n", answer.status).unwrap();
    }
    assert_snapshot!(shown);
}

#[tokio::test]
async fn errors_name_the_parameter() {
    let server = Server::story();
    let mut shown = String::new();
    for path in [
        "/events?typ=CONSULT",
        "/events?type=TALK",
        "/events?since=June",
        "/events?limit=0",
        "/events?limit=1&limit=2",
        "/events?actor=Nobody",
        "/events?after=%27",
        "/events?after=2021-06-16",
        "/events?q=a",
        "/events/w12",
        "/events/w000000000000",
        "/events/wfadce1c8bbb5?as_of=2021-01-01",
        "/documents/d0000000000000000",
        "/actors/a000000000000",
        "/search?q=%22",
        "/search?q=a%00b",
        "/openapi.json?pretty=1",
        "/stream?since_id=-1",
        "/nothing",
    ] {
        let answer = server.get(&format!("{BASE}{path}")).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        writeln!(shown, "GET {path}\n{} {}\n", answer.status, answer.json()["detail"]).unwrap();
    }
    assert_snapshot!(shown);
}

#[tokio::test]
async fn an_answer_a_client_has_is_not_sent_again() {
    let server = Server::story();
    let path = format!("{BASE}/events?limit=2");
    let first = server.get(&path).await;
    let tag = first.header("etag").to_owned();
    let ask = |tag: &str| {
        let request = Request::get(&path).header("host", "localhost").header("if-none-match", tag);
        request.body(Body::empty()).unwrap()
    };
    let again = server.send(ask(&tag)).await;
    assert_eq!((again.status.as_u16(), again.body.as_str()), (304, ""));
    assert_eq!(server.send(ask("W/\"other\"")).await.status, 200);
    // What has come in makes another answer.
    let text = "date 2020-01-01\n\nJapan expelled two Norwegian diplomats on Monday.\n";
    server.post(&format!("{BASE}/documents"), "text/plain", text).await;
    let answer = server.send(ask(&tag)).await;
    assert_eq!(answer.status, 200);
    assert_ne!(answer.header("etag"), tag);
}

#[tokio::test]
async fn a_question_that_takes_too_long_is_ended() {
    const FOREVER: &str =
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c";
    let server = Server::with(&story(), |settings| {
        settings.deadline = std::time::Duration::from_millis(100);
    });
    let problem = server.app.ask(|ledger| Ok(ledger.sql(FOREVER)?)).await.unwrap_err();
    assert_eq!(problem.status().as_u16(), 503);
    // One whose asker has gone is ended, too: all places are free again, or this would wait for one.
    for _ in 0..50 {
        let asking = server.app.ask(|ledger| Ok(ledger.sql(FOREVER)?));
        drop(tokio::time::timeout(std::time::Duration::from_millis(2), asking).await);
    }
    let mut tries = 0;
    while server.app.ask(|ledger| Ok(ledger.size()?)).await.is_err() {
        tries += 1;
        assert!(tries < 100, "the connections are not given back");
    }
}

#[tokio::test]
async fn the_calendar_has_what_was_ahead() {
    let answer = Server::story().get(&format!("{BASE}/agenda.ics?as_of=2021-06-02")).await;
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        answer.body.starts_with("BEGIN:VCALENDAR\r\n")
            && answer.body.ends_with("END:VCALENDAR\r\n")
    );
    assert!(answer.body.contains("STATUS:CANCELLED"), "{}", answer.body);
}

#[tokio::test]
async fn figures_count_requests_by_their_routes() {
    let server = Server::story();
    server.get(&format!("{BASE}/events/wfadce1c8bbb5")).await;
    server.get("/nowhere").await;
    let figures = server.get("/metrics").await.body;
    let line =
        "dateline_requests_total{route=\"/api/v1/events/{id}\",method=\"GET\",status=\"200\"} 1";
    assert!(figures.contains(line), "{figures}");
    assert!(figures.contains("route=\"none\",method=\"GET\",status=\"404\"} 1"), "{figures}");
    assert!(figures.ends_with("# EOF\n"));
    assert_eq!(server.get("/healthz").await.body, "ok\n");
}
