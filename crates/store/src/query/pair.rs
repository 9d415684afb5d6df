//! Who deals with whom most.

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
    StoreError,
    actor::Actor,
    error::{Result, Trying as _},
    event::refresh::label,
    ledger::Ledger,
};

/// Two actors, and how often they took part in one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pair {
    /// The ids of the two, the first by their numbers in this file.
    pub ids: [String; 2],
    /// Their names.
    pub names: [String; 2],
    /// Events both take part in.
    pub events: u32,
    /// Those of them that are cooperation, in words or deeds.
    pub cooperation: u32,
    /// Those that are conflict.
    pub conflict: u32,
}

impl Ledger {
    /// The pairs that take part in most events listed under these days by all reports, the most active first.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn pairs(
        &self,
        since: Date,
        until: Date,
        limit: usize,
    ) -> std::result::Result<Vec<Pair>, StoreError> {
        let list = || -> Result<Vec<Pair>> {
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
            #[expect(clippy::iter_over_hash_type, reason = "they are put in order here")]
            for ((one, other), (cooperation, conflict)) in counts {
                let key = (Reverse(cooperation + conflict), one, other);
                most.insert(key, (cooperation, conflict));
                if most.len() > limit {
                    most.pop_last();
                }
            }
            let mut names = crate::query::list::Names::default();
            most.into_iter()
                .map(|((Reverse(events), one, other), (cooperation, conflict))| {
                    let (one, one_name) = names.of(db, one)?.clone();
                    let (other, other_name) = names.of(db, other)?.clone();
                    Ok(Pair {
                        ids: [one, other],
                        names: [one_name, other_name],
                        events,
                        cooperation,
                        conflict,
                    })
                })
                .collect()
        };
        list().trying("list who deals with whom")
    }
}
