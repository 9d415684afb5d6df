//! `/search`: full-text search with facets.

use askama::Template;
use dateline_store::{FacetCount, SearchHit};

use super::{PageRoute, PageShell, next_page, words};
use crate::{
    api::{Part, Search, items, search_filter},
    app::Question,
    parameter::{ACTOR, AFTER, Asked, COUNTRY, PUBLISHER, REPORTED, SINCE, TYPE, UNTIL, WORDS},
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: PageRoute = PageRoute {
    path: "/search",
    parameters: &[WORDS, TYPE, REPORTED, ACTOR, COUNTRY, PUBLISHER, SINCE, UNTIL, AFTER],
    work,
};

/// Documents per page.
const ROWS: usize = 20;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    shell: PageShell,
    words: String,
    found: u32,
    facets: Vec<Facet>,
    hits: Vec<SearchResult>,
    /// Other parameters, which the form keeps as hidden fields.
    kept: Vec<(String, String)>,
    since: String,
    until: String,
    next: Option<String>,
}

/// A facet: values that narrow the search.
struct Facet {
    label: &'static str,
    values: Vec<FacetValue>,
}

/// A value of a facet.
struct FacetValue {
    name: String,
    documents: u32,
    address: String,
    /// `true` if the search has it already; its link then removes it.
    is_asked: bool,
}

/// A search result.
struct SearchResult {
    hit: SearchHit,
    /// Pieces of the snippet, each with `true` if it is highlighted.
    pieces: Vec<(String, bool)>,
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    let asked = question.asked;
    let facets = question.facets(&search_filter(asked))?;
    let page = items::<Search>(question, Part { after: asked.get(AFTER.name), limit: ROWS })?;
    let of = |label, name, tallies: Vec<FacetCount>| facet(asked, label, name, tallies);
    let mut all = vec![
        of("Type", TYPE.name, facets.kind),
        of("Status", REPORTED.name, facets.status),
        of("Actor", ACTOR.name, facets.actor),
        of("Country", COUNTRY.name, facets.country),
        of("Publisher", PUBLISHER.name, facets.publisher),
        months(asked, facets.month),
    ];
    all.retain(|facet| !facet.values.is_empty());
    let words = asked.owned(WORDS.name).unwrap_or_default();
    let is_kept = |name: &str| {
        [TYPE, REPORTED, ACTOR, COUNTRY, PUBLISHER].iter().any(|kept| kept.name == name)
    };
    Reply::page(&SearchPage {
        shell: PageShell { words: words.clone(), ..PageShell::of(question, "search") },
        words,
        found: facets.documents,
        facets: all,
        hits: page.items.into_iter().map(cut).collect(),
        kept: asked
            .iter()
            .filter(|(name, _)| is_kept(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        since: asked.owned(SINCE.name).unwrap_or_default(),
        until: asked.owned(UNTIL.name).unwrap_or_default(),
        next: next_page("/search", asked, page.next.as_deref()),
    })
}

/// Returns the address of the first page, with one parameter changed.
fn from_first(asked: &Asked, name: &str, value: Option<&str>) -> String {
    format!("/search?{}", asked.without(AFTER.name).with(name, value))
}

fn facet(asked: &Asked, label: &'static str, name: &str, tallies: Vec<FacetCount>) -> Facet {
    let now = asked.text(name);
    let mut values: Vec<FacetValue> = tallies
        .into_iter()
        .map(|tally| {
            let is_asked = now == Some(tally.value.as_str());
            FacetValue {
                address: from_first(asked, name, (!is_asked).then_some(tally.value.as_str())),
                name: tally.name,
                documents: tally.documents,
                is_asked,
            }
        })
        .collect();
    // A selected value can be removed even if it is not among the most frequent.
    if let Some(now) = now.filter(|_| !values.iter().any(|value| value.is_asked)) {
        let address = from_first(asked, name, None);
        values
            .insert(0, FacetValue { name: now.to_owned(), documents: 0, address, is_asked: true });
    }
    Facet { label, values }
}

/// Builds the facet of months, which are selected by `since` and `until`.
fn months(asked: &Asked, tallies: Vec<FacetCount>) -> Facet {
    /// Number of months shown, the latest.
    const SHOWN: usize = 12;
    let shown = tallies.len().saturating_sub(SHOWN);
    let values = tallies
        .into_iter()
        .skip(shown)
        .filter_map(|tally| {
            let first: jiff::civil::Date = format!("{}-01", tally.value).parse().ok()?;
            let beyond = first.last_of_month().tomorrow().ok()?;
            let is_asked =
                asked.day(SINCE.name) == Some(first) && asked.day(UNTIL.name) == Some(beyond);
            let (since, until) = (first.to_string(), beyond.to_string());
            let value = |text| (!is_asked).then_some(text);
            let rest = asked.without(AFTER.name).without(UNTIL.name).without(SINCE.name);
            let query = match (value(since.as_str()), value(until.as_str())) {
                (Some(since), Some(until)) => {
                    let query = rest.with(SINCE.name, Some(since));
                    format!("{query}&until={until}")
                }
                _ => rest.with(SINCE.name, None),
            };
            Some(FacetValue {
                name: first.strftime("%B %Y").to_string(),
                documents: tally.documents,
                address: format!("/search?{query}"),
                is_asked,
            })
        })
        .collect();
    Facet { label: "Month", values }
}

/// Cuts the snippet of a result at its highlights.
fn cut(hit: SearchHit) -> SearchResult {
    let letters: Vec<char> = hit.snippet.text.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        letters.get(from..to.min(letters.len())).unwrap_or_default().iter().collect()
    };
    let (mut pieces, mut done) = (Vec::new(), 0);
    for [start, end] in &hit.marks {
        let (start, end) = (*start as usize, *end as usize);
        pieces.push((piece(done, start), false));
        pieces.push((piece(start, end), true));
        done = end;
    }
    pieces.push((piece(done, letters.len()), false));
    pieces.retain(|(text, _)| !text.is_empty());
    SearchResult { hit, pieces }
}
