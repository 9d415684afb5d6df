//! `/facets`: what the documents of a search have in common.

use dateline_formats::write::Column;
use dateline_store::{Cursor, FacetCount};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    list::{Listing, Part, Take, column},
    search::filter,
};
use crate::{
    app::Question,
    parameter::{
        ACTOR, AFTER, COUNTRY, LIMIT, PUBLISHER, Parameter, REPORTED, SINCE, TYPE, UNTIL, WORDS,
    },
    problem::Problem,
};

/// The list.
pub(crate) struct Facets;

/// One value of one facet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct FacetRow {
    /// `documents`, of which there is one row with all that are found; `type`, `status`, `actor`, `country`, `publisher` or `month`.
    facet: &'static str,
    /// What the parameter of that name takes; of a month, the month itself.
    value: String,
    /// What people call it.
    name: String,
    /// How many documents.
    documents: u32,
}

impl Listing for Facets {
    type Item = FacetRow;

    const PATH: &'static str = "/facets";
    const NAME: &'static str = "count_documents";
    const ABOUT: &'static str = "What the documents of a search have in common: how many there are, and of each type, status, actor, \
                                 country, publisher and month the most frequent.";
    const PARAMETERS: &'static [Parameter] =
        &[WORDS, TYPE, REPORTED, ACTOR, COUNTRY, PUBLISHER, SINCE, UNTIL, LIMIT, AFTER];
    const COLUMNS: &'static [Column] =
        &[column("facet"), column("value"), column("name"), column("documents")];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, FacetRow>,
    ) -> Result<(), Problem> {
        let facets = question.facets(&filter(question.asked))?;
        let all = FacetCount {
            value: "all".to_owned(),
            name: "all".to_owned(),
            documents: facets.documents,
        };
        let lists = [
            ("documents", vec![all]),
            ("type", facets.kind),
            ("status", facets.status),
            ("actor", facets.actor),
            ("country", facets.country),
            ("publisher", facets.publisher),
            ("month", facets.month),
        ];
        let rows = lists.into_iter().flat_map(|(facet, tallies)| {
            tallies.into_iter().map(move |FacetCount { value, name, documents }| FacetRow {
                facet,
                value,
                name,
                documents,
            })
        });
        let passed = part.after.map_or(Ok(0), |cursor| cursor.offset())?;
        for (nth, row) in (1_usize..).zip(rows).skip(passed).take(part.limit) {
            if !take(row, Cursor::at_offset(nth)) {
                break;
            }
        }
        Ok(())
    }
}
