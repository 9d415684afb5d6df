//! Lists, in pages and whole.

use serde_json::Value;

use super::{Server, incoming, story};
use crate::api::{BASE, ENDPOINTS};

/// Every list, with a question where it needs one.
fn lists() -> Vec<String> {
    let path = |path: &str| match path {
        "/search" => "/search?q=summit".to_owned(),
        other => format!("{other}?"),
    };
    ENDPOINTS.iter().filter(|it| it.whole.is_some()).map(|it| path(it.path)).collect()
}

/// The story, with some documents of no date among them.
fn server() -> Server {
    let mut documents = story();
    for name in ["Ana Ito", "Kari Lund", "Omar Rao", "Lea Berg", "Jan Silva"] {
        let text = format!(
            "\"We will meet again,\" {name} said. \"It was a good day,\" {name} told reporters in Oslo.\n"
        );
        documents.push(incoming(&text));
    }
    Server::with(&documents, |_| {})
}

#[tokio::test]
async fn pages_make_up_the_list_that_is_given_whole() {
    let server = server();
    for list in lists() {
        let (path, query) = list.split_once('?').unwrap();
        let whole = server.get(&format!("{BASE}{path}.ndjson?{query}")).await;
        assert_eq!(whole.status, 200, "{list}: {}", whole.body);
        let lines: Vec<Value> =
            whole.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(!lines.is_empty(), "{list}");
        let (mut items, mut after) = (Vec::new(), String::new());
        loop {
            let page = server.get(&format!("{BASE}{path}?{query}&limit=3{after}")).await;
            assert_eq!(page.status, 200, "{list}{after}: {}", page.body);
            let page_json = page.json();
            let of_page = page_json["items"].as_array().unwrap();
            assert!((1..=3).contains(&of_page.len()), "{list}{after}");
            items.extend(of_page.iter().cloned());
            let Some(next) = page_json["next"].as_str() else {
                assert_eq!(page.header("link"), "");
                break;
            };
            let link = page.header("link").replace("%3A", ":");
            assert!(link.contains(next), "{link}");
            after = format!("&after={next}");
        }
        assert_eq!(items, lines, "{list}");
        let table = server.get(&format!("{BASE}{path}.csv?{query}")).await;
        let rows = csv_rows(&table.body);
        assert_eq!(rows.len(), lines.len() + 1, "{list}: {}", table.body);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{list}");
    }
}

/// The cells of a table, as far as the quotes of these tests need it.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) =
        (Vec::new(), Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[tokio::test]
async fn the_latest_first_is_the_earliest_first_turned_around() {
    let server = server();
    for path in ["/documents", "/events", "/statements"] {
        let ids = |body: &str| -> Vec<String> {
            let lines = body.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines
                .map(|it| it["id"].as_str().or(it["document"].as_str()).unwrap().to_owned())
                .collect()
        };
        let earliest = ids(&server.get(&format!("{BASE}{path}.ndjson")).await.body);
        let mut latest = ids(&server.get(&format!("{BASE}{path}.ndjson?order=latest")).await.body);
        latest.reverse();
        assert_eq!(earliest, latest, "{path}");
        // By pages, too.
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page =
                server.get(&format!("{BASE}{path}?order=latest&limit=4{after}")).await.json();
            let items = page["items"].as_array().unwrap();
            all.extend(
                items
                    .iter()
                    .map(|it| it["id"].as_str().or(it["document"].as_str()).unwrap().to_owned()),
            );
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        all.reverse();
        assert_eq!(earliest, all, "{path}");
    }
}

#[tokio::test]
async fn a_limit_holds_for_the_whole_list_where_it_is_given() {
    let server = Server::story();
    let lines = server.get(&format!("{BASE}/events.ndjson?limit=2")).await.body;
    assert_eq!(lines.lines().count(), 2);
}

#[tokio::test]
async fn facets_are_counts_of_what_their_filters_find() {
    let server = Server::story();
    let facets = server.get(&format!("{BASE}/facets?q=summit&limit=1000")).await.json();
    let mut n_checked = 0;
    for row in facets["items"].as_array().unwrap() {
        let (facet, value) = (row["facet"].as_str().unwrap(), row["value"].as_str().unwrap());
        let value = value.replace(' ', "%20");
        let filter = match facet {
            "documents" => String::new(),
            "month" => continue,
            facet => format!("&{facet}={value}"),
        };
        let found = server.get(&format!("{BASE}/search.ndjson?q=summit{filter}")).await.body;
        assert_eq!(found.lines().count() as u64, row["documents"].as_u64().unwrap(), "{row}");
        n_checked += 1;
    }
    assert!(n_checked > 20, "{n_checked}");
}
