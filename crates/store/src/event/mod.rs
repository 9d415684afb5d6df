//! Events: which reports belong to one event, and its status on each day.
//!
//! Data flows one way. Mentions of one event in one document form a unit, which is compared by its [sketch](crate::unit). Each unit is
//! attached to the earlier unit it matches best ([`antecedent`]), the trees that result are cut into events ([`tree`]), and
//! the reports of an event are folded into its [`history`]. How two units compare is decided by `dateline-coreference`.
//!
//! Every step depends on the documents alone and not on the order in which they arrive: *earlier* means by publication date,
//! then by the id of the document.

pub(crate) mod antecedent;
pub(crate) mod history;
pub(crate) mod refresh;
pub(crate) mod tree;

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{
    document::Doc,
    error::Result,
    unit::{Sketches, Unit},
};

/// Changes within a transaction that require updates before it ends.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Units that need an antecedent.
    pub(crate) units: BTreeSet<Unit>,
    /// Trees that gained or lost a unit or a manual override.
    pub(crate) trees: BTreeSet<Unit>,
    /// Documents that became or ceased to be a copy or an older version.
    pub(crate) documents: BTreeSet<Doc>,
    /// Events that lost mentions.
    pub(crate) events: BTreeSet<tree::Event>,
}

/// Updates the events that the changes affect.
pub(crate) fn settle(db: &Connection, sketches: &mut Sketches, touched: Touched) -> Result<()> {
    let Touched { units, mut trees, documents, events: lost } = touched;
    antecedent::find(db, sketches, &units, &mut trees)?;
    let mut events = tree::cut(db, sketches, trees)?;
    events.extend(lost);
    for doc in documents {
        events.extend(refresh::events_of(db, doc)?);
    }
    for event in events {
        refresh::refresh(db, sketches, event)?;
    }
    Ok(())
}
