//! `/search`: full-text search of documents, with filters on their events and actors.

use dateline_core::{
    Status,
    codes::{Country, PloverType},
};
use dateline_formats::write::Column;
use dateline_store::{Cursor, SearchFilter, SearchHit};

use super::list::{Listing, Part, Take, column};
use crate::{
    app::Question,
    parameter::{
        ACTOR, AFTER, Asked, COUNTRY, LIMIT, PUBLISHER, Parameter, REPORTED, SINCE, TYPE, UNTIL,
        WORDS,
    },
    problem::Problem,
};

/// The list of search results.
pub(crate) struct Search;

impl Listing for Search {
    type Item = SearchHit;

    const PATH: &'static str = "/search";
    const NAME: &'static str = "search_documents";
    const ABOUT: &'static str = "Documents that match some words, best first, each with a snippet.";
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

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, SearchHit>,
    ) -> Result<(), Problem> {
        let offset = part.after.map_or(Ok(0), |cursor| cursor.offset())?;
        let asked = filter(question.asked).limit(part.limit).offset(offset);
        // Results are ordered by rank, so a position is a number of results.
        let mut n = offset;
        question.ledger.each_hit(&asked, &mut |hit| {
            n += 1;
            take(hit, Cursor::at_offset(n))
        })?;
        Ok(())
    }
}

/// Builds the filter of a request.
pub(crate) fn filter(asked: &Asked) -> SearchFilter {
    SearchFilter::new()
        .words(asked.text("q").unwrap_or_default())
        .kind(asked.get::<PloverType>("type"))
        .status(asked.get::<Status>("status"))
        .actor(asked.text("actor"))
        .country(asked.get::<Country>("country"))
        .publisher(asked.text("publisher"))
        .since(asked.day("since"))
        .until(asked.day("until"))
}
