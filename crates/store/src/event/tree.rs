//! Cutting trees of units into events.
//!
//! Units and their antecedents form trees. In order, each unit joins the event of its antecedent, unless it contradicts what other
//! units of that event say, because a chain of matches may lead from one event to another. Manual overrides take precedence: merged
//! units always end up in one event, split ones never do.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use dateline_core::codes::PloverType;
use dateline_coreference::{Profile, Sketch};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{
    error::Result,
    manual_override::Overrides,
    name,
    unit::{Sketches, Unit},
};

/// Number of an event in this file.
pub(crate) type Event = i64;

/// Cuts some trees into events, and returns the events whose reports changed.
pub(crate) fn cut(
    db: &Connection,
    sketches: &mut Sketches,
    trees: BTreeSet<Unit>,
) -> Result<BTreeSet<Event>> {
    let mut changed = BTreeSet::new();
    if trees.is_empty() {
        return Ok(changed);
    }
    let overrides = Overrides::read(db)?;
    let members = members(db, trees, &overrides)?;
    let mut ordered: Vec<(Unit, Arc<Sketch>)> =
        members.keys().map(|&unit| Ok((unit, sketches.get(db, unit)?))).collect::<Result<_>>()?;
    ordered.sort_by_key(|(_, sketch)| sketch.order());
    let edges = || {
        let antecedents =
            members.iter().filter_map(|(&unit, &antecedent)| Some((unit, antecedent?)));
        antecedents
            .chain(overrides.merged())
            .filter(|(one, other)| members.contains_key(one) && members.contains_key(other))
    };
    let components = components(ordered.iter().map(|(unit, _)| *unit), edges());
    let mut by_tree: BTreeMap<Unit, Vec<(Unit, Arc<Sketch>)>> = BTreeMap::new();
    for (unit, sketch) in ordered {
        by_tree.entry(components[&unit]).or_default().push((unit, sketch));
    }
    let mut set_tree =
        db.prepare_cached("UPDATE unit SET tree = ?2 WHERE unit = ?1 AND tree <> ?2")?;
    let mut clusters: Vec<Cluster> = Vec::new();
    for (tree, units) in by_tree {
        for (unit, _) in &units {
            set_tree.execute(params![unit, tree])?;
        }
        clusters.extend(clustered(&units, &members, &overrides));
    }
    assign(db, &clusters, &mut changed)?;
    Ok(changed)
}

/// Returns the units of some trees with their antecedents, including trees connected by manual overrides.
fn members(
    db: &Connection,
    mut trees: BTreeSet<Unit>,
    overrides: &Overrides,
) -> Result<BTreeMap<Unit, Option<Unit>>> {
    let mut members = BTreeMap::new();
    let mut done = BTreeSet::new();
    let mut root =
        db.prepare_cached("SELECT unit, antecedent FROM unit WHERE unit = ?1 AND tree = ?1")?;
    let mut rest =
        db.prepare_cached("SELECT unit, antecedent FROM unit WHERE tree = ?1 AND tree <> unit")?;
    let mut tree_of = db.prepare_cached("SELECT tree FROM unit WHERE unit = ?1")?;
    while let Some(tree) = trees.pop_first() {
        if !done.insert(tree) {
            continue;
        }
        for select in [&mut root, &mut rest] {
            let mut rows = select.query([tree])?;
            while let Some(row) = rows.next()? {
                let unit: Unit = row.get(0)?;
                members.insert(unit, row.get(1)?);
                for joined in overrides.merged_with(unit) {
                    trees.extend(
                        tree_of.query_row([joined], |row| row.get::<_, Unit>(0)).optional()?,
                    );
                }
            }
        }
    }
    Ok(members)
}

/// Returns, for each unit, the first unit of its connected component.
fn components(
    ordered: impl Iterator<Item = Unit>,
    edges: impl Iterator<Item = (Unit, Unit)>,
) -> BTreeMap<Unit, Unit> {
    let order: Vec<Unit> = ordered.collect();
    let place: BTreeMap<Unit, usize> =
        order.iter().enumerate().map(|(at, &unit)| (unit, at)).collect();
    let mut parent: Vec<usize> = (0..order.len()).collect();
    let root = |parent: &mut Vec<usize>, mut at: usize| {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    };
    for (one, other) in edges {
        let (one, other) = (root(&mut parent, place[&one]), root(&mut parent, place[&other]));
        parent[one.max(other)] = one.min(other);
    }
    (0..order.len()).map(|at| (order[at], order[root(&mut parent, at)])).collect()
}

/// Units of one event, in order.
#[derive(Debug, Default)]
struct Cluster {
    units: Vec<(Unit, Arc<Sketch>)>,
    profile: Profile,
}

impl Cluster {
    fn add(&mut self, unit: Unit, sketch: Arc<Sketch>) {
        self.profile.add(&sketch);
        self.units.push((unit, sketch));
    }
}

/// Cuts the units of a tree, which are in order, into events.
fn clustered(
    units: &[(Unit, Arc<Sketch>)],
    antecedents: &BTreeMap<Unit, Option<Unit>>,
    overrides: &Overrides,
) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of: BTreeMap<Unit, usize> = BTreeMap::new();
    for (unit, sketch) in units {
        let antecedent = antecedents.get(unit).copied().flatten();
        let joined = antecedent.and_then(|it| of.get(&it).copied()).filter(|&at| {
            let cluster: &Cluster = &clusters[at];
            !cluster.profile.excludes(sketch)
                && !cluster.units.iter().any(|(other, _)| overrides.is_split(*unit, *other))
        });
        let at = joined.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        clusters[at].add(*unit, Arc::clone(sketch));
        of.insert(*unit, at);
    }
    merged_by_overrides(clusters, &of, overrides)
}

/// Joins whole clusters that manual overrides merge.
fn merged_by_overrides(
    clusters: Vec<Cluster>,
    of: &BTreeMap<Unit, usize>,
    overrides: &Overrides,
) -> Vec<Cluster> {
    let mut first: Vec<usize> = (0..clusters.len()).collect();
    let root = |first: &[usize], mut at: usize| {
        while first[at] != at {
            at = first[at];
        }
        at
    };
    for (one, other) in overrides.merged() {
        if let (Some(&one), Some(&other)) = (of.get(&one), of.get(&other)) {
            let (one, other) = (root(&first, one), root(&first, other));
            first[one.max(other)] = one.min(other);
        }
    }
    let mut joined: BTreeMap<usize, Vec<(Unit, Arc<Sketch>)>> = BTreeMap::new();
    for (at, cluster) in clusters.into_iter().enumerate() {
        joined.entry(root(&first, at)).or_default().extend(cluster.units);
    }
    joined
        .into_values()
        .map(|mut units| {
            units.sort_by_key(|(_, sketch)| sketch.order());
            let mut whole = Cluster::default();
            for (unit, sketch) in units {
                whole.add(unit, sketch);
            }
            whole
        })
        .collect()
}

/// Assigns the mentions of each cluster to an event: the one with the cluster's id, or a new one.
fn assign(db: &Connection, clusters: &[Cluster], changed: &mut BTreeSet<Event>) -> Result<()> {
    let mut find = db.prepare_cached("SELECT event FROM event WHERE id = ?1")?;
    let mut insert = db.prepare_cached(
        "INSERT INTO event (id, type, first, sources, mentions) VALUES (?1, ?2, '', 0, 0)",
    )?;
    let mut no_longer_former = db.prepare_cached("DELETE FROM former_id WHERE id = ?1")?;
    let mut current = db.prepare_cached(
        "SELECT mention, event FROM mention WHERE mention = ?1
         UNION ALL SELECT mention, event FROM mention WHERE unit = ?1",
    )?;
    let mut update = db.prepare_cached("UPDATE mention SET event = ?2 WHERE mention = ?1")?;
    // Events that lost mentions, each with the first of these.
    let mut left: BTreeMap<Event, i64> = BTreeMap::new();
    for cluster in clusters {
        let founder = cluster.units.iter().find(|(_, sketch)| sketch.is_founder());
        let event = match founder {
            None => None,
            Some((_, sketch)) => {
                let id = id(sketch);
                let known = find.query_row([&id], |row| row.get(0)).optional()?;
                Some(if let Some(event) = known {
                    event
                } else {
                    no_longer_former.execute([&id])?;
                    insert.insert(params![id, sketch.kind.map_or("", PloverType::as_str)])?
                })
            }
        };
        for (unit, _) in &cluster.units {
            let rows: Vec<(i64, Option<Event>)> = current
                .query_map([unit], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<std::result::Result<_, _>>()?;
            for (mention, before) in rows {
                if before != event {
                    update.execute(params![mention, event])?;
                    if let Some(before) = before {
                        left.entry(before).or_insert(mention);
                    }
                    changed.extend(event);
                }
            }
        }
    }
    for (event, moved) in left {
        if is_empty(db, event)? {
            retire(db, event, moved, clusters)?;
            changed.remove(&event);
        } else {
            changed.insert(event);
        }
    }
    Ok(())
}

/// Returns the id of the event whose first report a unit is. It follows from document and trigger alone.
pub(crate) fn id(sketch: &Sketch) -> String {
    name::id('w', 12, &[&format!("{:016x}", sketch.document), &sketch.start.to_string()])
}

fn is_empty(db: &Connection, event: Event) -> Result<bool> {
    let mut any =
        db.prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM mention WHERE event = ?1)")?;
    Ok(any.query_row([event], |row| row.get(0))?)
}

/// Removes an event without reports. Its id goes on to lead to the event its first report belongs to now or, if that report is gone,
/// to the event of another of its reports.
fn retire(db: &Connection, event: Event, moved: i64, clusters: &[Cluster]) -> Result<()> {
    let event_id: String = db
        .prepare_cached("SELECT id FROM event WHERE event = ?1")?
        .query_row([event], |row| row.get(0))?;
    delete(db, event)?;
    let units = clusters.iter().flat_map(|cluster| &cluster.units);
    let founder = units.into_iter().find(|(_, sketch)| id(sketch) == event_id);
    db.prepare_cached("INSERT OR REPLACE INTO former_id (id, mention) VALUES (?1, ?2)")?
        .execute(params![event_id, founder.map_or(moved, |(unit, _)| *unit)])?;
    Ok(())
}

/// Deletes the rows of an event.
pub(crate) fn delete(db: &Connection, event: Event) -> Result<()> {
    for table in ["state", "party", "event"] {
        db.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?1"))?.execute([event])?;
    }
    Ok(())
}
