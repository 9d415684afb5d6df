//! Pages: every link works, and the text of documents is never interpreted as markup.

use std::collections::{BTreeMap, BTreeSet};

use dateline_core::Document;
use dateline_extract::Extractor;
use dateline_store::IncomingDocument;

use super::Server;

/// Strings that would do something if they were not only shown.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "\u{202e}gnp.evil\u{202c}\u{0}\u{1b}[31m",
    "<!--<svg/onload=alert(1)>-->&lt;script&gt;",
];

/// The values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn every_link_of_every_page_leads_somewhere() {
    let server = Server::story();
    let (mut open, mut seen) =
        (vec!["/".to_owned(), "/search?q=summit".to_owned()], BTreeSet::new());
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) || seen.len() > 600 {
            continue;
        }
        let answer = server.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let kind = path.split(['/', '?']).nth(1).unwrap_or_default().to_owned();
        *kinds.entry(kind).or_default() += 1;
        let ids: BTreeSet<&str> = attributes(&answer.body, "id").into_iter().collect();
        assert_eq!(ids.len(), attributes(&answer.body, "id").len(), "{path} has an id twice");
        for link in attributes(&answer.body, "href") {
            let link = link.replace("&amp;", "&");
            if let Some(place) = link.strip_prefix('#') {
                assert!(ids.contains(place), "{path} leads to #{place}, which is not there");
            } else if link.starts_with('/') {
                open.push(link.split('#').next().unwrap_or_default().to_owned());
            } else {
                assert!(link.starts_with("https://"), "{path} leads to {link}");
            }
        }
    }
    for kind in ["", "documents", "events", "agenda", "actors", "pairs", "search", "api"] {
        assert!(kinds.contains_key(kind), "{kind:?} was not reached: {kinds:?}");
    }
}

#[tokio::test]
async fn links_into_a_document_find_their_part() {
    let server = Server::story();
    let event = server.get("/events/wfadce1c8bbb5").await;
    let mut n_checked = 0;
    for link in attributes(&event.body, "href") {
        let Some((path, place)) =
            link.split_once('#').filter(|(path, _)| path.starts_with("/documents/"))
        else {
            continue;
        };
        let page = server.get(path).await;
        assert!(page.body.contains(&format!(" id=\"{place}\"")), "{link}");
        n_checked += 1;
    }
    assert!(n_checked > 10, "{n_checked}");
}

/// Parties of a text each, so that no two tell of one event.
const PARTIES: [(&str, &str); 8] = [
    ("Norway", "Japan"),
    ("Kenya", "Ghana"),
    ("Peru", "Chile"),
    ("Poland", "Serbia"),
    ("India", "Vietnam"),
    ("Canada", "Mexico"),
    ("Egypt", "Jordan"),
    ("Sweden", "Finland"),
];

fn hostile() -> Vec<IncomingDocument> {
    let extractor = Extractor::new();
    let document = |(n, bad): (usize, &&str)| {
        let (one, other) = PARTIES[n];
        let text = format!(
            "{one} expelled two diplomats of {other} on Friday, {bad} said.\n\n\"We {bad} agreed,\" the foreign minister of {one} told \
             {bad}.\n\n{one} will sanction {other} in June, {bad}.\n"
        );
        let mut document = Document::new(text);
        document.id = Some(format!("{bad}.txt"));
        document.published = format!("2021-05-{:02}", n + 1).parse().ok();
        for field in [
            &mut document.title,
            &mut document.publisher,
            &mut document.agency,
            &mut document.byline,
            &mut document.url,
        ] {
            *field = Some((*bad).to_owned());
        }
        let mut record = extractor.extract(&document);
        // Names and titles that no text would give, too.
        for entity in &mut record.entities {
            entity.name = format!("{} {bad}", entity.name);
            entity.titles.push((*bad).to_owned());
        }
        record.into()
    };
    HOSTILE.iter().enumerate().map(document).collect()
}

/// A page without what is ours: tags that templates write have only attributes that templates write.
fn check_tags(path: &str, page: &str) {
    let known = [
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "nav",
        "form",
        "label",
        "input",
        "button",
        "main",
        "footer",
        "p",
        "h1",
        "h2",
        "h3",
        "section",
        "ul",
        "ol",
        "li",
        "span",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "svg",
        "g",
        "rect",
        "line",
        "polyline",
        "text",
        "path",
        "circle",
        "figcaption",
        "details",
        "summary",
        "article",
        "fieldset",
        "legend",
        "aside",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "strong",
        "br",
        "code",
        "mark",
        "select",
        "option",
        "time",
    ];
    for tag in page.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap_or_else(|| panic!("{path}: <{tag}"));
        let name = inside.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        assert!(known.contains(&name), "{path}: a tag <{name}");
        let (mut rest, mut bare) = (inside, String::new());
        while let Some((before, value)) = rest.split_once("=\"") {
            bare.push_str(before);
            rest = value.split_once('"').unwrap_or_else(|| panic!("{path}: <{inside}")).1;
        }
        bare.push_str(rest);
        assert!(!bare.contains(" on"), "{path}: <{inside}");
        assert!(name != "script" || inside.starts_with('/') || inside.contains("src=\"/assets/"));
    }
    assert!(
        !page.contains('\u{202e}') && !page.contains('\0') && !page.contains('\u{1b}'),
        "{path}"
    );
    for link in attributes(page, "href") {
        let is_ours = link.starts_with(['/', '#', '?']) || link.starts_with("https://");
        assert!(is_ours, "{path}: a link to {link}");
    }
}

#[tokio::test]
async fn nothing_a_text_says_is_more_than_text() {
    let server = Server::with(&hostile(), |_| {});
    let mut paths: Vec<String> = [
        "/",
        "/events",
        "/agenda?month=2021-05",
        "/agenda?month=2021-06",
        "/documents",
        "/actors",
        "/api",
    ]
    .map(str::to_owned)
    .into();
    for (list, page) in [("documents", "documents"), ("events", "events"), ("actors", "actors")] {
        let items = server.get(&format!("/api/v1/{list}?limit=1000")).await.json();
        let items = items["items"].as_array().unwrap().clone();
        assert!(items.len() >= HOSTILE.len(), "{list}: {}", items.len());
        paths.extend(items.iter().map(|it| format!("/{page}/{}", it["id"].as_str().unwrap())));
    }
    for bad in HOSTILE {
        let encoded: String = form_urlencoded::byte_serialize(bad.as_bytes()).collect();
        for query in ["search?q=", "events?actor=", "documents?publisher=", "actors?name="] {
            paths.push(format!("/{query}{encoded}"));
        }
    }
    for path in paths {
        let answer = server.get(&path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.body);
        check_tags(&path, &answer.body);
    }
}

#[tokio::test]
async fn an_event_is_shown_as_of_a_day() {
    let server = Server::story();
    let now = server.get("/events/wfadce1c8bbb5").await.body;
    assert!(now.contains("occurred"));
    let then = server.get("/events/wfadce1c8bbb5?as_of=2021-06-02").await.body;
    assert!(then.contains("cancelled") && !then.contains("occurred"), "{then}");
    let before = server.get("/events/wfadce1c8bbb5?as_of=2021-04-01").await;
    assert_eq!(before.status, 404);
    assert!(before.body.contains("first reported on 2021-04-13"), "{}", before.body);
}
