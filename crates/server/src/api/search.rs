//! `/search`: documents by their words, and by what they tell of.

use dateline_formats::write::Column;
use dateline_store::{Cursor, Hit, SearchFilter};

use super::list::{Listing, Part, Take, column};
use crate::{
    app::Question,
    parameter::{
        ACTOR, AFTER, Asked, COUNTRY, LIMIT, PUBLISHER, Parameter, REPORTED, SINCE, TYPE, UNTIL,
        WORDS,
    },
    problem::Problem,
};

/// The list.
pub(crate) struct Search;

impl Listing for Search {
    type Item = Hit;

    const PATH: &'static str = "/search";
    const NAME: &'static str = "search_documents";
    const ABOUT: &'static str =
        "Documents that are most about some words, with where the words stand.";
    const PARAMETERS: &'static [Parameter] =
        &[WORDS, TYPE, REPORTED, ACTOR, COUNTRY, PUBLISHER, SINCE, UNTIL, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("id"),
        column("published"),
        column("publisher"),
        column("title"),
        column("snippet.text"),
        column("is_said"),
    ];

    fn each(question: &Question<'_>, part: Part, take: &mut Take<'_, Hit>) -> Result<(), Problem> {
        let offset = part.after.map_or(Ok(0), |cursor| cursor.passed())?;
        let asked = SearchFilter { limit: Some(part.limit), offset, ..filter(question.asked) };
        // The order is by how much a document is about the words, in which it has no place but its number.
        let mut n = offset;
        question.ledger.each_hit(&asked, &mut |hit| {
            n += 1;
            take(hit, Cursor::behind(n))
        })?;
        Ok(())
    }
}

/// What is searched for.
pub(crate) fn filter(asked: &Asked) -> SearchFilter {
    SearchFilter {
        words: asked.owned("q").unwrap_or_default(),
        kind: asked.get("type"),
        status: asked.get("status"),
        actor: asked.owned("actor"),
        country: asked.get("country"),
        publisher: asked.owned("publisher"),
        since: asked.day("since"),
        until: asked.day("until"),
        limit: None,
        offset: 0,
    }
}
