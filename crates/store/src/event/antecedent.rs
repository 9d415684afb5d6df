//! Antecedents: each unit is attached to the earlier unit it matches best, if any matches well enough. *Earlier* means by publication
//! date, so a unit that arrives late may become the antecedent of units stored before it.
//!
//! Candidates are found by bands: hashes of type family, two parties and class (fact, period or plan), indexed by day.

use std::{collections::BTreeSet, sync::Arc};

use dateline_coreference::{Match, Party, Sketch, compare, name};
use rusqlite::{Connection, params};

use crate::{
    error::Result,
    unit::{Sketches, Unit},
};

/// Maximum number of days of a fact. Anything longer is a period.
const PERIOD: i32 = 3;
/// Number of days before and after a fact in which other reports may date it.
const AROUND: i32 = 4;
/// Number of days before and after a period in which other reports may date it.
const AROUND_PERIOD: i32 = 31;
/// Maximum number of days between two plans, or between a plan and its fact: the longest horizon of any family.
const HORIZON: i32 = 200;
/// Maximum number of pairs of parties by which a unit is indexed.
const PAIRS: usize = 6;

/// Class of a unit, which decides the days it is indexed under and searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Fact,
    Period,
    Plan,
}

/// Finds the antecedents of units, and makes the units antecedents of later ones that they match better than the present
/// antecedent. Adds the trees that changed.
pub(crate) fn find(
    db: &Connection,
    sketches: &mut Sketches,
    units: &BTreeSet<Unit>,
    trees: &mut BTreeSet<Unit>,
) -> Result<()> {
    for &unit in units {
        let own = sketches.get(db, unit)?;
        let mut best: Option<(Unit, Arc<Sketch>, Match)> = None;
        for candidate in candidates(db, unit, &own)? {
            let theirs = sketches.get(db, candidate)?;
            if own.order() < theirs.order() {
                if let Ok(found) = compare(&own, &theirs) {
                    offer(db, sketches, candidate, unit, &own, &found, trees)?;
                }
            } else if let Ok(found) = compare(&theirs, &own)
                && best.as_ref().is_none_or(|(_, known, by)| {
                    (found.score, std::cmp::Reverse(theirs.order()))
                        > (by.score, std::cmp::Reverse(known.order()))
                })
            {
                best = Some((candidate, theirs, found));
            }
        }
        attach(db, unit, best.as_ref().map(|(antecedent, _, found)| (*antecedent, found)), trees)?;
    }
    Ok(())
}

/// Adds a unit to the index of bands.
pub(crate) fn insert(db: &Connection, unit: Unit, sketch: &Sketch) -> Result<()> {
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO band (hash, day, unit) VALUES (?1, ?2, ?3)")?;
    let (class, day) = place(sketch);
    for hash in hashes(sketch) {
        insert.execute(params![band(hash, class), day, unit])?;
    }
    Ok(())
}

/// Removes a unit from the index of bands.
pub(crate) fn remove(db: &Connection, unit: Unit, sketch: &Sketch) -> Result<()> {
    let mut delete =
        db.prepare_cached("DELETE FROM band WHERE hash = ?1 AND day = ?2 AND unit = ?3")?;
    let (class, day) = place(sketch);
    for hash in hashes(sketch) {
        delete.execute(params![band(hash, class), day, unit])?;
    }
    Ok(())
}

/// Makes a unit the antecedent of a later one, if it matches better than the present antecedent.
fn offer(
    db: &Connection,
    sketches: &mut Sketches,
    later: Unit,
    unit: Unit,
    own: &Sketch,
    found: &Match,
    trees: &mut BTreeSet<Unit>,
) -> Result<()> {
    let mut select = db.prepare_cached("SELECT antecedent, score FROM unit WHERE unit = ?1")?;
    let (present, score): (Option<Unit>, Option<i32>) =
        select.query_row([later], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let is_better = match (present, score) {
        (Some(present), _) if present == unit => false,
        (Some(present), Some(score)) => {
            found.score > score
                || found.score == score && own.order() < sketches.get(db, present)?.order()
        }
        _ => true,
    };
    if is_better { attach(db, later, Some((unit, found)), trees) } else { Ok(()) }
}

/// Stores the antecedent of a unit, or that it has none.
fn attach(
    db: &Connection,
    unit: Unit,
    antecedent: Option<(Unit, &Match)>,
    trees: &mut BTreeSet<Unit>,
) -> Result<()> {
    let mut select = db.prepare_cached("SELECT tree FROM unit WHERE unit = ?1")?;
    let mut tree = |unit: Unit| -> Result<Unit> { Ok(select.query_row([unit], |row| row.get(0))?) };
    trees.insert(tree(unit)?);
    if let Some((antecedent, _)) = antecedent {
        trees.insert(tree(antecedent)?);
    }
    let mut update = db.prepare_cached(
        "UPDATE unit SET antecedent = ?2, score = ?3, reasons = ?4 WHERE unit = ?1
         AND (antecedent IS NOT ?2 OR score IS NOT ?3)",
    )?;
    update.execute(params![
        unit,
        antecedent.map(|(antecedent, _)| antecedent),
        antecedent.map(|(_, found)| found.score),
        antecedent.map(|(_, found)| reasons(found)),
    ])?;
    Ok(())
}

/// Returns the reasons of a match, separated by spaces, as the ledger stores them.
fn reasons(found: &Match) -> String {
    let words: Vec<&str> = found.reasons.iter().map(|reason| reason.as_str()).collect();
    words.join(" ")
}

/// Returns the units that may report the same event.
fn candidates(db: &Connection, unit: Unit, sketch: &Sketch) -> Result<BTreeSet<Unit>> {
    let mut select = db.prepare_cached(
        "SELECT unit FROM band WHERE hash = ?1 AND day BETWEEN ?2 AND ?3 AND unit <> ?4",
    )?;
    let mut found = BTreeSet::new();
    let (class, _) = place(sketch);
    let (from, to) = sketch.days();
    let horizon = sketch.family().horizon.min(HORIZON);
    let published = sketch.published;
    // Plans are indexed under their publication date, facts under their own date.
    let windows = match class {
        Class::Fact => [
            (Class::Fact, from - AROUND, to + AROUND),
            (Class::Period, from - AROUND_PERIOD, to + AROUND_PERIOD),
            (Class::Plan, from - horizon, to + 1),
        ],
        Class::Period => [
            (Class::Fact, from - AROUND_PERIOD, to + AROUND_PERIOD),
            (Class::Period, from - AROUND_PERIOD, to + AROUND_PERIOD),
            (Class::Plan, from - horizon, to + 1),
        ],
        Class::Plan => [
            (Class::Fact, published - 1, published + horizon),
            (Class::Period, published - AROUND_PERIOD, published + horizon),
            (Class::Plan, published - horizon, published + horizon),
        ],
    };
    for hash in hashes(sketch) {
        for (class, from, to) in windows {
            let mut rows = select.query(params![band(hash, class), from, to, unit])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get(0)?);
            }
        }
    }
    Ok(found)
}

/// Returns the class of a unit and the day it is indexed under.
fn place(sketch: &Sketch) -> (Class, i32) {
    match sketch.window {
        _ if sketch.is_plan => (Class::Plan, sketch.published),
        Some((from, to)) if to - from > PERIOD => (Class::Period, from),
        Some((from, _)) => (Class::Fact, from),
        None => (Class::Fact, sketch.published),
    }
}

fn band(hash: u64, class: Class) -> i64 {
    i64::from(u32::try_from(hash.wrapping_add(class as u64) & 0xFFFF_FFFF).expect("32 bits"))
}

/// Returns a hash for each pair of parties: of their countries or, within one country, of the parties themselves.
fn hashes(sketch: &Sketch) -> Vec<u64> {
    let family = name::hash(sketch.family().name);
    let mut keys: Vec<(u32, u32)> = Vec::new();
    let mut add = |one: u32, other: u32| {
        let key = (one.min(other), one.max(other));
        if keys.len() < PAIRS && !keys.contains(&key) {
            keys.push(key);
        }
    };
    let is_domestic = |one: &Party, other: &Party| one.block == other.block;
    for (at, one) in sketch.parties.iter().enumerate() {
        for other in &sketch.parties[at + 1..] {
            if is_domestic(one, other) {
                add(called(one), called(other));
            } else {
                add(one.block, other.block);
            }
        }
    }
    if let [only] = sketch.parties.as_slice() {
        add(called(only), 0);
    }
    // A report of an alliance's summit may name the alliance alone.
    for body in sketch.bodies() {
        add(body.block, 0);
    }
    keys.into_iter()
        .map(|(one, other)| {
            let pair = u64::from(one) << 32 | u64::from(other);
            // The lowest bits are left for the class.
            (family ^ pair.wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(29) & !3
        })
        .collect()
}

/// Returns the hash that identifies a party within its country: that of the surname for a person, that of the actor otherwise.
fn called(party: &Party) -> u32 {
    if party.surname == 0 { party.own } else { u32::from(party.surname) }
}

#[cfg(test)]
mod tests {
    use dateline_core::codes::PloverType;
    use dateline_coreference::Role;

    use super::*;

    fn meeting(published: i32, is_plan: bool) -> Sketch {
        let mut sketch = Sketch::new(Some(PloverType::Consult), "meet", published);
        sketch.is_plan = is_plan;
        sketch.parties = ["JPN", "NOR"]
            .map(|country| Party::new(&format!("country:{country}"), country, Role::Either))
            .to_vec();
        sketch
    }

    #[test]
    fn the_order_of_parties_does_not_change_the_band() {
        let one = meeting(0, true);
        let mut other = meeting(9, false);
        other.parties.reverse();
        assert_eq!(hashes(&one), hashes(&other));
        assert_ne!(band(hashes(&one)[0], Class::Plan), band(hashes(&one)[0], Class::Fact));
    }

    #[test]
    fn a_plan_is_filed_under_its_publication_and_a_fact_under_its_day() {
        let mut sketch = meeting(0, true);
        sketch.window = Some((60, 61));
        assert_eq!(place(&sketch), (Class::Plan, 0));
        sketch.is_plan = false;
        assert_eq!(place(&sketch), (Class::Fact, 60));
    }
}
