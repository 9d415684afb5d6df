//! Article metadata in JSON-LD, in the vocabulary of schema.org.

use dom_query::Document as Tree;
use serde_json::Value;

use crate::read::field::line;

/// Metadata of the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) language: Option<String>,
}

/// Endings of schema.org types of articles: `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `Report`.
const ENDINGS: [&str; 3] = ["Article", "Posting", "Report"];
/// Maximum number of objects examined in a page.
const MOST: usize = 2_000;

/// Returns the first article a page describes; empty if there is none. Invalid JSON is skipped.
pub(super) fn article(page: &Tree) -> Article {
    for node in page.select("script[type=\"application/ld+json\"]").nodes() {
        let text = node.text();
        // Some pages wrap it in a comment, once meant for old browsers.
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        // `serde_json` limits the depth, and thus that of the walk.
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        let mut left = vec![&value];
        let mut seen = 0;
        while let Some(value) = left.pop() {
            seen += 1;
            if seen > MOST {
                break;
            }
            match value {
                Value::Array(items) => left.extend(items.iter().rev()),
                Value::Object(fields) => {
                    if types(value).any(|kind| ENDINGS.iter().any(|end| kind.ends_with(end))) {
                        return read(value);
                    }
                    left.extend(fields.get("mainEntity"));
                    left.extend(fields.get("@graph"));
                }
                _ => {}
            }
        }
    }
    Article::default()
}

fn read(value: &Value) -> Article {
    let text = |name: &str| words(&value[name]);
    Article {
        title: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        publisher: names(&value["publisher"]).into_iter().next(),
        byline: Some(names(&value["author"]).join(", ")).filter(|names| !names.is_empty()),
        language: text("inLanguage"),
    }
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let (one, several) = match &value["@type"] {
        Value::String(one) => (Some(one.as_str()), None),
        Value::Array(several) => (None, Some(several)),
        _ => (None, None),
    };
    one.into_iter().chain(several.into_iter().flatten().filter_map(Value::as_str))
}

fn words(value: &Value) -> Option<String> {
    value.as_str().and_then(line)
}

/// Returns names of people and organizations: a name, an object with a name, or a list.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

fn name(value: &Value) -> Option<String> {
    words(value).or_else(|| words(&value["name"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &Article) {
        let page = format!("<script type=\"application/ld+json\">{json}</script>");
        assert_eq!(article(&Tree::from(page)), *expected);
    }

    #[test]
    fn an_article_is_found_among_other_things() {
        check(
            r#"{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Dam talks resume",
                "datePublished":"2021-05-08","publisher":{"name":"Harbor Post"},"author":[{"name":"Ana Ruiz"},"Per Holm"]}]}"#,
            &Article {
                title: Some("Dam talks resume".to_owned()),
                published: Some("2021-05-08".to_owned()),
                publisher: Some("Harbor Post".to_owned()),
                byline: Some("Ana Ruiz, Per Holm".to_owned()),
                language: None,
            },
        );
        check("{\"@type\":\"WebSite\"}", &Article::default());
        check("not json", &Article::default());
        check(&"[".repeat(5000), &Article::default());
    }
}
