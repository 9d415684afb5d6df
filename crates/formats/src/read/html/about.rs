//! Metadata of a page: from JSON-LD, then `meta` and `time` elements, the title and the address.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::{Document, Moment};
use dateline_data::rows;
use dom_query::Document as Tree;

use super::json_ld;
use crate::read::{
    field::{is_address, line},
    published,
};

/// Names of `meta` elements by field, in order of preference.
static META: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows(include_str!("../../../data/html/meta.tsv"))
        .filter_map(|row| row.first_columns().map(|[_rank, field, name]| (field, name)))
        .collect()
});

/// Returns the metadata of the article, without its text. `fetched` is the address the page came from.
pub(super) fn read(page: &Tree, fetched: Option<&str>) -> Document {
    let ld = json_ld::article(page);
    let meta = metas(page);
    let first = |field: &str| {
        let names = META.iter().filter(|(of, _)| *of == field);
        names.filter_map(|(_, name)| meta.get(*name)).find(|value| !value.is_empty()).cloned()
    };
    let url = canonical(page)
        .or_else(|| first("url").filter(|url| is_address(url)))
        .or_else(|| fetched.map(str::to_owned));
    let publisher = ld.publisher.or_else(|| first("publisher"));
    let day = ld
        .published
        .as_deref()
        .and_then(published::moment)
        .or_else(|| dates(&meta).next())
        .or_else(|| time(page))
        .or_else(|| url.as_deref().and_then(in_address))
        .or_else(|| fetched.and_then(in_address));
    let title = ld
        .title
        .or_else(|| first("title"))
        .or_else(|| text_of(page, "h1"))
        .or_else(|| text_of(page, "title"))
        .map(|title| without_outlet(&title, publisher.as_deref()));
    let language = page
        .select_single("html")
        .attr("lang")
        .map(|lang| lang.to_string())
        .or(ld.language)
        .or_else(|| first("language"));
    let mut about = Document::new("");
    about.published = day;
    about.title = title.filter(|title| !title.is_empty());
    about.publisher = publisher;
    about.byline = ld.byline.or_else(|| byline(&meta)).map(|line| without_by(&line));
    about.url = url;
    about.language = language.as_deref().and_then(code);
    about
}

/// Values of `meta` elements by lowercase name. If a name repeats, the first counts.
fn metas(page: &Tree) -> BTreeMap<String, String> {
    let mut metas = BTreeMap::new();
    for node in page.select("meta[content]").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|attribute| node.attr(attribute).filter(|name| !name.is_empty()));
        if let (Some(name), Some(value)) = (name, node.attr("content")) {
            let value = line(&value).unwrap_or_default();
            metas.entry(name.to_lowercase()).or_insert(value);
        }
    }
    metas
}

/// Dates in elements, in order of preference. Invalid dates are skipped.
fn dates(meta: &BTreeMap<String, String>) -> impl Iterator<Item = Moment> + '_ {
    let names = META.iter().filter(|(field, _)| *field == "published");
    names.filter_map(|(_, name)| published::moment(meta.get(*name)?))
}

fn byline(meta: &BTreeMap<String, String>) -> Option<String> {
    let names = META.iter().filter(|(field, _)| *field == "byline");
    // In Open Graph, this is the address of the author's page.
    names
        .filter_map(|(_, name)| meta.get(*name))
        .find(|value| !value.is_empty() && !is_address(value))
        .cloned()
}

/// Returns the first `time` element marked as publication date, or else the only date in the elements of the page.
fn time(page: &Tree) -> Option<Moment> {
    let marked = "time[itemprop=datePublished], time[pubdate], [itemprop=datePublished]";
    for node in page.select(marked).nodes() {
        let value = node.attr("datetime").or_else(|| node.attr("content"));
        let value = value.map_or_else(|| node.text().to_string(), |value| value.to_string());
        if let Some(moment) = published::moment(&value) {
            return Some(moment);
        }
    }
    let mut moments = page
        .select("time[datetime]")
        .nodes()
        .iter()
        .filter_map(|node| published::moment(&node.attr("datetime")?))
        .collect::<Vec<_>>();
    moments.dedup_by_key(|moment| moment.date());
    // Several dates include those of other articles, and nothing tells which is the one of this article.
    match moments[..] {
        [moment] => Some(moment),
        _ => None,
    }
}

/// Finds a date in an address: `/2021/05/08/`, `/2021-05-08-`, `/20210508/`.
fn in_address(url: &str) -> Option<Moment> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for start in 0..bytes.len() {
        if is_digit(start.wrapping_sub(1)) || !(0..4).all(|at| is_digit(start + at)) {
            continue;
        }
        let Some(rest) = path.get(start..) else { continue };
        let forms = [10, 8];
        for length in forms {
            let Some(day) = rest.get(..length) else { continue };
            if is_digit(start + length) {
                continue;
            }
            let day = day.replace('/', "-");
            if let Some(Moment::Day(day)) = published::moment(&day)
                && (1990..2100).contains(&day.year())
            {
                return Some(Moment::Day(day));
            }
        }
    }
    None
}

fn canonical(page: &Tree) -> Option<String> {
    let href = page.select_single("link[rel=canonical][href]").attr("href")?;
    Some(href.trim().to_owned()).filter(|url| is_address(url))
}

fn text_of(page: &Tree, selector: &str) -> Option<String> {
    let found = page.select_single(selector);
    line(&found.nodes().first()?.text())
}

/// Removes the outlet after a bar or dash in a title: *Dam talks resume | Harbor Post*.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let title = line(title).unwrap_or_default();
    let Some(outlet) = outlet else { return title };
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && tail.trim().eq_ignore_ascii_case(outlet.trim())
        {
            return head.trim().to_owned();
        }
    }
    title
}

fn without_by(line: &str) -> String {
    let bare = line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).unwrap_or(line);
    bare.trim().to_owned()
}

/// Returns the two-letter code of a language tag: `en-US`, `en_GB`.
pub(super) fn code(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_an_order_of_preference() {
        let page = Tree::from(
            "<html lang=en-GB><head><title>Dam talks resume - Harbor Post</title><meta name=date content=2021-05-09>\
             <meta property=article:published_time content='2021-05-08T23:30:00+02:00'>\
             <meta property=og:site_name content='Harbor Post'><meta name=author content='By Ana Ruiz'>\
             <link rel=canonical href=https://post.example/dam></head><body></body></html>",
        );
        let about = read(&page, Some("https://m.post.example/dam"));
        assert_eq!(about.published.unwrap().to_string(), "2021-05-08T23:30");
        assert_eq!(about.title.as_deref(), Some("Dam talks resume"));
        assert_eq!(about.publisher.as_deref(), Some("Harbor Post"));
        assert_eq!(about.byline.as_deref(), Some("Ana Ruiz"));
        assert_eq!(about.url.as_deref(), Some("https://post.example/dam"));
        assert_eq!(about.language.as_deref(), Some("en"));
    }

    #[test]
    fn ambiguous_dates_of_a_page_are_ignored() {
        let one = Tree::from("<time datetime=2021-05-08>Saturday</time>");
        assert_eq!(read(&one, None).published.unwrap().to_string(), "2021-05-08");
        let two =
            Tree::from("<time datetime=2021-05-08>a</time><time datetime=2021-05-07>b</time>");
        assert_eq!(read(&two, None).published, None);
    }

    #[test]
    fn an_address_may_contain_the_date() {
        let day = |url: &str| in_address(url).map(|day| day.to_string());
        assert_eq!(day("https://a.example/2021/05/08/dam").as_deref(), Some("2021-05-08"));
        assert_eq!(day("https://a.example/world/dam-20210508.html").as_deref(), Some("2021-05-08"));
        assert_eq!(day("https://a.example/2021-05-08-dam").as_deref(), Some("2021-05-08"));
        assert_eq!(day("https://a.example/id/4202105081"), None);
        assert_eq!(day("https://a.example/1234/56/78/dam"), None);
    }
}
