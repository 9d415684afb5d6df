//! Actors: entities across documents, with the names they go by.
//!
//! Entities with the same [`key`] are one actor, whatever the order of arrival. The row of an actor comes from its most informative
//! entity.

use std::collections::{HashMap, HashSet};

use dateline_core::{Entity, EntityKind, Form};
use dateline_coreference::actor::key;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{country, error::Result, name};

/// Number of an actor in this file.
pub(crate) type Actor = i64;

/// Maximum length of an alias in bytes. Anything longer is a description, not a name.
const LONGEST_ALIAS: usize = 64;

/// Maximum number of actors in the cache before it is cleared.
const REMEMBERED: usize = 50_000;

/// Cache of actors, by key, with what their rows say.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    by_key: HashMap<String, (Actor, Rank)>,
    aliases: HashSet<(Actor, String)>,
}

/// How much an entity tells about its actor. The entity with the highest rank gives kind, name, country and code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    has_code: bool,
    is_no_group: bool,
    length: usize,
    name: String,
    code: Option<String>,
    kind: EntityKind,
}

/// Returns the actor an entity is, and writes its row and its aliases. Returns `None` if the entity has no key.
pub(crate) fn of(db: &Connection, actors: &mut Actors, entity: &Entity) -> Result<Option<Actor>> {
    let Some(key) = key(entity) else { return Ok(None) };
    if actors.by_key.len() > REMEMBERED || actors.aliases.len() > 4 * REMEMBERED {
        *actors = Actors::default();
    }
    let rank = rank(entity, &key);
    let actor = match actors.by_key.get(&key) {
        Some((actor, known)) if *known >= rank => *actor,
        Some((actor, _)) => {
            let actor = *actor;
            update(db, actor, entity, &rank)?;
            actors.by_key.insert(key.clone(), (actor, rank));
            actor
        }
        None => {
            let (actor, rank) = find_or_insert(db, &key, entity, rank)?;
            actors.by_key.insert(key.clone(), (actor, rank));
            actor
        }
    };
    for alias in aliases(entity) {
        if !actors.aliases.contains(&(actor, alias.clone())) {
            db.prepare_cached("INSERT OR IGNORE INTO alias (alias, actor) VALUES (?1, ?2)")?
                .execute(params![alias, actor])?;
            actors.aliases.insert((actor, alias));
        }
    }
    Ok(Some(actor))
}

/// Returns the id of the actor with this key: `a` and 12 hexadecimal digits.
pub(crate) fn id(key: &str) -> String {
    name::id('a', 12, &[key])
}

fn rank(entity: &Entity, key: &str) -> Rank {
    let has_name = entity.mentions.iter().any(|mention| mention.form == Form::Name);
    let name = match key.split_once(':') {
        Some(("country", country)) => country::name(country).unwrap_or(country).to_owned(),
        // Members without a name go by their organization or their country.
        Some(("code", code)) if !has_name || entity.told_country().is_some() => {
            country::named(code)
        }
        _ => entity.link.as_ref().map_or(&entity.name, |link| &link.name).clone(),
    };
    Rank {
        has_code: entity.told_code().is_some(),
        is_no_group: entity.kind != EntityKind::Group,
        length: name.chars().count().min(LONGEST_ALIAS),
        name,
        code: entity.told_code(),
        kind: entity.kind,
    }
}

fn find_or_insert(
    db: &Connection,
    key: &str,
    entity: &Entity,
    rank: Rank,
) -> Result<(Actor, Rank)> {
    let id = id(key);
    let mut find = db.prepare_cached("SELECT actor, kind, name, code FROM actor WHERE id = ?1")?;
    let found = find
        .query_row([&id], |row| {
            let (kind, name): (String, String) = (row.get(1)?, row.get(2)?);
            let kind = kind.parse().unwrap_or(EntityKind::Group);
            let code: Option<String> = row.get(3)?;
            let known = Rank {
                has_code: code.is_some(),
                is_no_group: kind != EntityKind::Group,
                length: name.chars().count().min(LONGEST_ALIAS),
                name,
                code,
                kind,
            };
            Ok((row.get(0)?, known))
        })
        .optional()?;
    match found {
        Some((actor, known)) if known >= rank => Ok((actor, known)),
        Some((actor, _)) => {
            update(db, actor, entity, &rank)?;
            Ok((actor, rank))
        }
        None => {
            let mut insert = db.prepare_cached(
                "INSERT INTO actor (id, kind, name, country, code) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let country = entity.told_country().map(|country| country.as_str().to_owned());
            let actor =
                insert.insert(params![id, entity.kind.as_str(), rank.name, country, rank.code])?;
            Ok((actor, rank))
        }
    }
}

fn update(db: &Connection, actor: Actor, entity: &Entity, rank: &Rank) -> Result<()> {
    let country = entity.told_country().map(|country| country.as_str().to_owned());
    db.prepare_cached(
        "UPDATE actor SET kind = ?2, name = ?3, country = ?4, code = ?5 WHERE actor = ?1",
    )?
    .execute(params![actor, entity.kind.as_str(), rank.name, country, rank.code])?;
    Ok(())
}

/// Returns the normalized names of an entity: those in its text, and the one it is linked to.
fn aliases(entity: &Entity) -> Vec<String> {
    let linked = entity.link.as_ref().map(|link| &link.name);
    let by_name = entity.mentions.iter().filter(|mention| mention.form == Form::Name);
    let names = by_name.map(|mention| &mention.span.text).chain(linked);
    let mut aliases: Vec<String> = names
        .map(|name| name::folded(name))
        .filter(|alias| !alias.is_empty() && alias.len() <= LONGEST_ALIAS)
        .collect();
    if aliases.is_empty() {
        aliases.extend(entity.told_code().map(|code| code.to_lowercase()));
    }
    aliases.sort_unstable();
    aliases.dedup();
    aliases
}
