//! Conversion of ledger rows to the input of the writers in `dateline-formats`.

use dateline_core::{Moment, MomentError, codes::CodeError};
use dateline_formats::write::{Article, World};
use dateline_store::{DocumentDetail, EventDetail};

/// An event row of the ledger with an invalid value, which no version of Dateline writes.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WrittenError {
    /// A date is invalid.
    #[error("event {id} has an invalid date; run `dateline check`")]
    Day {
        /// Id of the event.
        id: String,
        /// Error of the parser.
        source: MomentError,
    },
    /// The type is not one of PLOVER's.
    #[error("event {id} has an unknown type; run `dateline check`")]
    Type {
        /// Id of the event.
        id: String,
        /// Error of the parser.
        source: CodeError,
    },
}

/// Converts an event of the ledger for the writers.
///
/// # Errors
///
/// If the row has an invalid date or an unknown type.
pub fn world(event: &EventDetail) -> Result<World, WrittenError> {
    let row = &event.row;
    let day = |text: &str| -> Result<_, WrittenError> {
        let moment: Moment =
            text.parse().map_err(|source| WrittenError::Day { id: row.id.clone(), source })?;
        Ok(moment.date())
    };
    let kind = row.kind.parse();
    Ok(World {
        id: row.id.clone(),
        kind: kind.map_err(|source| WrittenError::Type { id: row.id.clone(), source })?,
        status: row.status,
        from: row.from,
        to: row.to,
        parties: row.parties.clone(),
        place: row.place.clone(),
        first_reported: day(&row.first_reported)?,
        reported: day(&row.reported)?,
        sources: row.sources,
        mentions: row.mentions,
        documents: event.documents,
    })
}

/// Converts a stored document for the writers.
pub fn article(stored: &DocumentDetail) -> Article<'_> {
    Article::new(&stored.id, &stored.record, &stored.actors)
}
