//! `/places`: places of events and documents.

use dateline_formats::write::Column;
use dateline_store::{ActorFilter, PlaceCounts};

use super::list::{Listing, Part, Take, column};
use crate::{
    app::Question,
    parameter::{AFTER, LIMIT, NAME, Parameter},
    problem::Problem,
};

/// The list of places.
pub(crate) struct Places;

impl Listing for Places {
    type Item = PlaceCounts;

    const PATH: &'static str = "/places";
    const NAME: &'static str = "list_places";
    const ABOUT: &'static str = "Places, ordered by id.";
    const PARAMETERS: &'static [Parameter] = &[NAME, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("id"),
        column("name"),
        column("country"),
        column("latitude"),
        column("longitude"),
        column("documents"),
        column("events"),
    ];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, PlaceCounts>,
    ) -> Result<(), Problem> {
        let filter = ActorFilter::new()
            .name(question.asked.text("name"))
            .limit(part.limit)
            .after(part.after);
        question.ledger.each_place(&filter, take)?;
        Ok(())
    }
}
