//! `/facets`: counts of the documents of a search by type, status, actor, country, publisher and month.

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

/// The list of facets.
pub(crate) struct Facets;

/// Number of documents with one value of one facet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct FacetRow {
    /// Name of the facet: `type`, `status`, `actor`, `country`, `publisher` or `month`; `documents` in the one row with the total.
    facet: &'static str,
    /// Value for the search parameter of the same name; a month such as `2021-06` for `month`.
    value: String,
    /// Name for display.
    name: String,
    /// Number of documents.
    documents: u32,
}

impl Listing for Facets {
    type Item = FacetRow;

    const PATH: &'static str = "/facets";
    const NAME: &'static str = "count_documents";
    const ABOUT: &'static str = "Counts of the documents of a search: in total, and by the most frequent types, statuses, actors, \
                                 countries, publishers and months.";
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
