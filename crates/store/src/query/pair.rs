//! Pairs of actors that take part in the most events together.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use dateline_core::codes::PloverType;
use jiff::civil::Date;
use rusqlite::params;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    actor::Actor,
    column::label,
    error::{Result, StoreError, Trying as _},
    ledger::Ledger,
    query::event_row::Names,
};

/// Two actors and the numbers of events both take part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ActorPair {
    /// Ids of the two, in the order of their numbers in this file.
    pub ids: [String; 2],
    /// Names of the two.
    pub names: [String; 2],
    /// Number of events both take part in.
    pub events: u32,
    /// Number of these that are cooperation, verbal or material.
    pub cooperation: u32,
    /// Number of these that are conflict.
    pub conflict: u32,
}

impl Ledger {
    /// Returns at most `limit` pairs of actors that take part in the most events together, the most active pair first. Counts the
    /// events listed from `since` until before `until`, by all reports.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{Ledger, jiff::civil::date};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let pairs = ledger.pairs(date(2021, 1, 1), date(2022, 1, 1), 10)?;
    /// println!("{} and {}: {} events", pairs[0].names[0], pairs[0].names[1], pairs[0].events);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn pairs(
        &self,
        since: Date,
        until: Date,
        limit: usize,
    ) -> std::result::Result<Vec<ActorPair>, StoreError> {
        let list = || -> Result<Vec<ActorPair>> {
            let db = &self.db;
            let mut select = db.prepare_cached(
                "SELECT state.event, state.type, party.actor FROM state INDEXED BY state_now JOIN party USING (event)
                 WHERE state.until IS NULL AND state.at >= ?1 AND state.at < ?2 ORDER BY state.at, state.type, state.event",
            )?;
            let mut rows = select.query(params![since.to_string(), until.to_string()])?;
            let mut counts: HashMap<(Actor, Actor), (u32, u32)> = HashMap::new();
            let mut own: (i64, Vec<Actor>) = (-1, Vec::new());
            while let Some(row) = rows.next()? {
                let event = row.get(0)?;
                if own.0 != event {
                    own.0 = event;
                    own.1.clear();
                }
                let kind: PloverType = label(row.get_ref(1)?.as_str()?)?;
                let actor: Actor = row.get(2)?;
                for other in &own.1 {
                    let pair = (actor.min(*other), actor.max(*other));
                    let (cooperation, conflict) = counts.entry(pair).or_default();
                    *(if kind.score() > 0.0 { cooperation } else { conflict }) += 1;
                }
                own.1.push(actor);
            }
            let mut most: BTreeMap<(Reverse<u32>, Actor, Actor), (u32, u32)> = BTreeMap::new();
            #[expect(clippy::iter_over_hash_type, reason = "the pairs are sorted here")]
            for ((one, other), (cooperation, conflict)) in counts {
                let key = (Reverse(cooperation + conflict), one, other);
                most.insert(key, (cooperation, conflict));
                if most.len() > limit {
                    most.pop_last();
                }
            }
            let mut names = Names::default();
            most.into_iter()
                .map(|((Reverse(events), one, other), (cooperation, conflict))| {
                    let (one, one_name) = names.of(db, one)?.clone();
                    let (other, other_name) = names.of(db, other)?.clone();
                    Ok(ActorPair {
                        ids: [one, other],
                        names: [one_name, other_name],
                        events,
                        cooperation,
                        conflict,
                    })
                })
                .collect()
        };
        list().trying("list pairs of actors")
    }
}
