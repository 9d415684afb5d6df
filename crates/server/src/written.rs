//! What the ledger tells, as the writers of `dateline-formats` take it.

use dateline_core::{Moment, MomentError, codes::CodeError};
use dateline_formats::write::{Article, World};
use dateline_store::{DocumentDetail, EventDetail};

/// A row of the ledger that says something no build has written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WrittenError {
    /// A day is none.
    #[error("event {id} has a day that is none")]
    Day {
        /// The event.
        id: String,
        /// What was wrong with it.
        source: MomentError,
    },
    /// A type is not one of PLOVER's.
    #[error("event {id} has a type that is none")]
    Type {
        /// The event.
        id: String,
        /// What was wrong with it.
        source: CodeError,
    },
}

/// An event as the writers take it.
///
/// # Errors
///
/// If its row has a day or a type that is none.
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

/// A document as the writers take it.
pub fn article(stored: &DocumentDetail) -> Article<'_> {
    Article::new(&stored.id, &stored.record, &stored.actors)
}
