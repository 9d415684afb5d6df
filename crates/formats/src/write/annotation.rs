//! Writer of W3C Web Annotations (Web Annotation Data Model, 2017): one page per document, with an annotation for each mention, time,
//! trigger and part of a statement.
//!
//! Each annotation selects its span twice: by a quotation with some context, and by code points. It also gives the BLAKE3 hash of
//! the text, so a reader can detect that the text has changed. The body has a description in words and that part of the record as
//! a JSON literal. Sentences and relations are left out, because they do not describe a span of text.

use std::fmt::Write as _;

use dateline_core::TextSpan;
use serde_json::{Value, json};

use super::Article;

/// Number of code points of context on either side of a quote.
const AROUND: u32 = 32;

/// Returns the annotation page of a document.
pub fn page(article: &Article<'_>) -> Value {
    let record = article.record();
    let urn = format!("urn:dateline:{}", encoded(article.id()));
    let url = record.document.url.as_deref().filter(|url| is_address(url));
    let mut page = AnnotationPage {
        article,
        source: url.unwrap_or(&urn).to_owned(),
        urn,
        hash: blake3::hash(record.document.text.as_bytes()).to_hex().to_string(),
        items: Vec::new(),
    };
    for entity in &record.entities {
        let said = match &entity.code {
            Some(code) => format!("{}: {} ({code})", entity.kind, entity.name),
            None => format!("{}: {}", entity.kind, entity.name),
        };
        for (nth, mention) in (1..).zip(&entity.mentions) {
            let part = json!({
                "id": entity.id, "name": entity.name, "kind": entity.kind, "code": entity.code,
                "form": mention.form, "link": entity.link,
            });
            page.add(&format!("{}-{nth}", entity.id), "tagging", &mention.span, &said, &part);
        }
    }
    for time in &record.times {
        page.add(
            &time.id.to_string(),
            "classifying",
            &time.span,
            &format!("{} {}", time.kind, time.value),
            &json!(time),
        );
    }
    for statement in &record.statements {
        let speaker =
            statement.speaker.and_then(|id| article.entity(id)).map(|entity| entity.name.as_str());
        let said = speaker.unwrap_or("somebody");
        let own = |role: &str| json!({ "id": statement.id, "role": role, "kind": statement.kind, "speaker": statement.speaker });
        let id = statement.id;
        if let Some(source) = &statement.source {
            page.add(
                &format!("{id}-source"),
                "tagging",
                source,
                &format!("source: {said}"),
                &own("source"),
            );
        }
        if let Some(cue) = &statement.cue {
            page.add(
                &format!("{id}-cue"),
                "tagging",
                &cue.span,
                &format!("cue: {}", cue.lemma),
                &own("cue"),
            );
        }
        for (nth, content) in (1..).zip(&statement.content) {
            page.add(
                &format!("{id}-content-{nth}"),
                "classifying",
                content,
                &format!("content: said by {said}"),
                &own("content"),
            );
        }
    }
    for event in &record.events {
        let said = format!("{} {}", event.kind, event.status);
        page.add(&event.id.to_string(), "classifying", &event.trigger.span, &said, &json!(event));
    }
    json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {
                // JSON literals are part of JSON-LD 1.1.
                "@version": 1.1,
                "dateline": "urn:dateline:",
                "part": { "@id": "dateline:part", "@type": "@json" },
                "blake3": "dateline:blake3",
            },
        ],
        "id": format!("{}:annotations", page.urn),
        "type": "AnnotationPage",
        "items": page.items,
    })
}

struct AnnotationPage<'a> {
    article: &'a Article<'a>,
    /// Identifier of the document.
    urn: String,
    /// Address of the document, or its name if it has no address other programs can use.
    source: String,
    hash: String,
    items: Vec<Value>,
}

impl AnnotationPage<'_> {
    fn add(&mut self, id: &str, motivation: &str, span: &TextSpan, said: &str, part: &Value) {
        let (start, end) = (span.start, span.end);
        self.items.push(json!({
            "id": format!("{}:{id}", self.urn),
            "type": "Annotation",
            "motivation": motivation,
            "body": { "type": "TextualBody", "purpose": motivation, "value": said, "format": "text/plain", "part": part },
            "target": {
                "source": self.source,
                "blake3": self.hash,
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": span.text,
                        "prefix": self.article.text(start.saturating_sub(AROUND), start),
                        "suffix": self.article.text(end, end.saturating_add(AROUND)),
                    },
                    { "type": "TextPositionSelector", "start": start, "end": end },
                ],
            },
        }));
    }
}

/// Returns true if an address can be used unchanged: it has a scheme and no characters that must be encoded.
fn is_address(url: &str) -> bool {
    let is_allowed = |c: char| !c.is_control() && !c.is_whitespace() && !"<>\"{}|\\^`".contains(c);
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && url.chars().all(is_allowed)
}

/// Encodes a name as part of a URN (RFC 8141): characters other than letters, digits and `-._~` become `%` and hexadecimal
/// digits. Document ids of the ledger stay unchanged; a record outside a ledger has the name of its file.
fn encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::article::tests::record, *};

    #[test]
    fn every_annotation_quotes_its_span() {
        let record = record(
            "date 2021-05-08\n\n\"We will meet on Friday 🙂,\" Norwegian Prime Minister Kari Lund told reporters in São Paulo.\n",
        );
        let page = page(&Article::new("d0123456789abcdef", &record, &[]));
        let text: Vec<char> = record.document.text.chars().collect();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() > 6, "{page}");
        let mut ids = BTreeSet::new();
        for item in items {
            let [quote, position] = item["target"]["selector"].as_array().unwrap().as_slice()
            else {
                panic!("two selectors")
            };
            let place = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
            let exact: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(quote["exact"], exact);
            let before: String = text[..place("start")].iter().collect();
            assert!(before.ends_with(quote["prefix"].as_str().unwrap()));
            assert!(ids.insert(item["id"].to_string()), "{item}");
        }
    }

    #[test]
    fn names_and_addresses_are_valid_for_other_programs() {
        let mut record = record("date 2021-05-08\n\nKenya expelled two diplomats.\n");
        record.document.url = Some("https://example.org/a b".to_owned());
        let of = |record: &dateline_core::Record| {
            let page = page(&Article::new("news/a b.txt", record, &[]));
            page["items"][0]["target"]["source"].as_str().unwrap().to_owned()
        };
        assert_eq!(of(&record), "urn:dateline:news%2Fa%20b.txt");
        record.document.url = Some("https://example.org/a?b=1".to_owned());
        assert_eq!(of(&record), "https://example.org/a?b=1");
    }
}
