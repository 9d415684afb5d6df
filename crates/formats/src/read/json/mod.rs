//! JSON: objects with text and metadata in fields, one per line, concatenated or in an array; and JSON Feed.

mod literal;
mod object;
mod stream;

use std::collections::BTreeMap;

use dateline_core::SourceMap;
use serde_json::value::RawValue;

use super::{Cut, Field, FieldNames, OpenedDocument, field, html};
use object::Object;

pub(super) use stream::{lines, values};

/// Names of the list of documents in the response of a news service: `{"status": "ok", "articles": [...]}`.
const LISTS: [&str; 7] = ["articles", "documents", "docs", "items", "results", "data", "stories"];

/// Returns the documents of an object: the object itself, or those in a list.
pub(super) fn documents(cut: &Cut, names: &FieldNames) -> Vec<Result<OpenedDocument, String>> {
    let object = match Object::read(&cut.bytes) {
        Ok(object) => object,
        Err(why) => return vec![Err(why)],
    };
    // A record of Dateline contains its document.
    if object.has("schema")
        && let Some(inner) = object.object("document")
    {
        return vec![document(&inner, names)];
    }
    let is_document = FieldNames::has_text(object.names()) || !names.said.is_empty();
    if !is_document && let Some(items) = LISTS.iter().find_map(|list| object.list(list)) {
        return items.into_iter().map(|item| document(&item?, names)).collect();
    }
    vec![document(&object, names)]
}

/// Returns the items of a JSON Feed (version 1.1, jsonfeed.org).
pub(super) fn feed(cut: &Cut) -> Vec<Result<OpenedDocument, String>> {
    let object = match Object::read(&cut.bytes) {
        Ok(object) => object,
        Err(why) => return vec![Err(why)],
    };
    let Some(items) = object.list("items") else {
        return vec![Err("no `items`; a JSON Feed has a list of them".to_owned())];
    };
    let (publisher, language) = (object.words("title"), object.words("language"));
    items
        .into_iter()
        .map(|item| {
            let mut found = document(&item?, &FieldNames { said: feed_names() })?;
            let document = &mut found.document;
            document.publisher = document.publisher.take().or_else(|| publisher.clone());
            document.language = document.language.take().or_else(|| language.clone());
            Ok(found)
        })
        .collect()
}

fn feed_names() -> Vec<(String, Field)> {
    [
        ("content_text", Field::Text),
        ("content_html", Field::Html),
        ("summary", Field::Text),
        ("title", Field::Title),
        ("date_published", Field::Published),
        ("date_modified", Field::Published),
        ("authors", Field::Byline),
        ("author", Field::Byline),
        ("url", Field::Url),
        ("external_url", Field::Url),
        ("language", Field::Language),
        ("id", Field::Id),
    ]
    .map(|(name, field)| (name.to_owned(), field))
    .to_vec()
}

/// Returns the document of an object.
fn document(object: &Object<'_>, names: &FieldNames) -> Result<OpenedDocument, String> {
    let chosen = names.choose(object.names());
    let of = |field: Field| chosen.fields.get(&field).into_iter().flatten();
    let words = |field: Field| -> Option<String> { of(field).find_map(|name| object.words(name)) };
    let mut published = None;
    for name in of(Field::Published) {
        if published.is_none() {
            published = object.moment(name)?;
        }
    }
    let (text, map) = body(object, &chosen.fields)?;
    let used = |(name, _): &(&String, &Field)| object.value(name).is_some();
    Ok(OpenedDocument {
        document: field::document(text, published, words),
        map,
        encoding: "UTF-8",
        guessed: chosen
            .guessed
            .iter()
            .filter(used)
            .map(|(name, field)| (name.clone(), *field))
            .collect(),
        note: None,
    })
}

/// Returns the first text that is not empty, or else the first HTML.
fn body(
    object: &Object<'_>,
    fields: &BTreeMap<Field, Vec<String>>,
) -> Result<(String, SourceMap), String> {
    let mut names = Vec::new();
    // Names given by the user are tried in their order. Otherwise, a summary comes after the full text as HTML.
    for field in [Field::Text, Field::Html] {
        names.extend(fields.get(&field).into_iter().flatten().map(|name| (name.as_str(), field)));
    }
    names.sort_by_key(|(name, _)| *name == "summary");
    for &(name, field) in &names {
        let Some(raw) = object.value(name) else { continue };
        let Some((words, map)) = literal::read(raw.get(), object.place(raw)) else {
            return Err(format!("read `{name}` as {}, expected words in quotes", clipped(raw)));
        };
        let (words, map) =
            if field == Field::Html { html::words(&words, &map) } else { (words, map) };
        if !words.trim().is_empty() {
            return Ok((words, map));
        }
    }
    if let Some((name, _)) = names.first() {
        return Err(format!("no text in `{name}`"));
    }
    let names: Vec<&str> = object.names().take(12).collect();
    Err(format!("no `text` among `{}`; say which it is with --map text=NAME", names.join("`, `")))
}

/// Shortens a value for a message.
fn clipped(raw: &RawValue) -> String {
    let text = raw.get();
    let end = text.floor_char_boundary(40);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{About, Format};

    fn read(json: &str, names: &[(&str, Field)]) -> Vec<Result<OpenedDocument, String>> {
        let said = names.iter().map(|(name, field)| ((*name).to_owned(), *field)).collect();
        let cut = Cut {
            at: 0,
            number: None,
            format: Format::Json,
            about: About::default(),
            bytes: json.as_bytes().to_vec(),
        };
        documents(&cut, &FieldNames { said })
    }

    #[test]
    fn usual_names_are_guessed_and_reported() {
        let found = read(
            r#"{"headline":"Dam","body":"Talks \u2014 \"resumed\".","pubDate":"Sat, 08 May 2021 09:30:00 GMT","source":{"id":null,"name":"Post"},"authors":["A","B"]}"#,
            &[],
        );
        let found = found[0].as_ref().unwrap();
        assert_eq!(found.document.text, "Talks — \"resumed\".");
        assert_eq!(found.document.published.unwrap().to_string(), "2021-05-08T09:30");
        assert_eq!(found.document.publisher.as_deref(), Some("Post"));
        assert_eq!(found.document.byline.as_deref(), Some("A, B"));
        let guessed: Vec<&str> = found.guessed.keys().map(String::as_str).collect();
        assert_eq!(guessed, ["authors", "body", "headline", "pubDate", "source"]);
        assert_eq!(found.map.source(6..9), Some(32..38));
    }

    #[test]
    fn names_may_lead_into_objects() {
        let json = r#"{"fields":{"bodyText":"Talks resumed.","when":20210508}}"#;
        let names = [("fields.bodyText", Field::Text), ("fields.when", Field::Published)];
        let found = read(json, &names);
        let found = found[0].as_ref().unwrap();
        assert_eq!(found.document.text, "Talks resumed.");
        assert_eq!(found.document.published.unwrap().to_string(), "2021-05-08");
    }

    #[test]
    fn a_response_of_a_service_has_several_documents() {
        let json = r#"{"status":"ok","articles":[{"title":"A","content":"One."},{"title":"B"},7]}"#;
        let found = read(json, &[]);
        assert_eq!(found[0].as_ref().unwrap().document.text, "One.");
        assert!(found[1].as_ref().unwrap_err().contains("--map"));
        assert!(found[2].as_ref().unwrap_err().contains("expected a JSON object"));
    }

    #[test]
    fn invalid_documents_are_explained() {
        let why = |json: &str| read(json, &[]).remove(0).unwrap_err();
        assert!(why(r#"{"text":7}"#).contains("read `text` as 7"));
        assert!(why(r#"{"text":" "}"#).contains("no text in `text`"));
        assert!(why(r#"{"text":"One.","date":"tomorrow"}"#).contains("tomorrow"));
        assert!(why("rubbish").contains("no JSON"));
        assert!(why("{\"text\":\"\u{1}\"}").contains("no JSON"));
    }
}
