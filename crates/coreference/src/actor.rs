//! The identity of an actor across documents.
//!
//! An entity has a number in its own record only. Its *key* follows from the entity alone, so that entities of two records
//! with one key are one actor, whichever record is read first:
//!
//! 1. the id under which an outside source knows it (`Q7747`);
//! 2. the country, for a country;
//! 3. the code, for an international body or its members (*the leaders of NATO*);
//! 4. the name, with the country if the name is a single word (*Lavrov*);
//! 5. the code, for a group without a name.
//!
//! A key rests on what the article tells; countries and sectors that are inferred are left out of it.

use dateline_core::{Entity, EntityKind, Form};

use crate::name;

/// Returns the key of an entity, or `None` for one that cannot be identified outside its text (*reporters*, *the two
/// presidents*).
pub fn key(entity: &Entity) -> Option<String> {
    if let Some(id) = entity.link.as_ref().and_then(|link| link.id.as_ref()) {
        return Some(id.clone());
    }
    let code = entity.told_code();
    let country = entity.told_country().map(|country| country.as_str().to_owned());
    if let Some(country) = &country
        && entity.kind == EntityKind::Place
        && entity.sectors.is_empty()
        && entity.link.is_none()
        && code.as_ref() == Some(country)
        && !is_part(&entity.name)
    {
        return Some(format!("country:{country}"));
    }
    if let (None, Some(code)) = (&country, &code)
        && code.starts_with("IGO")
    {
        return Some(format!("code:{code}"));
    }
    let has_name = entity.mentions.iter().any(|mention| mention.form == Form::Name);
    let folded = name::folded(entity.link.as_ref().map_or(&entity.name, |link| &link.name));
    if !has_name && entity.link.is_none() || folded.is_empty() {
        // A description identifies somebody within its text only; across texts there is just the code.
        return code.map(|code| format!("code:{code}"));
    }
    let kind = match entity.kind {
        EntityKind::Person => "person",
        EntityKind::Place => "place",
        EntityKind::Organization | EntityKind::Group => "body",
    };
    Some(match country {
        Some(country) if kind != "body" && !folded.contains(' ') => {
            format!("{kind}:{folded}|{country}")
        }
        _ => format!("{kind}:{folded}"),
    })
}

/// Returns true if a name covers only a part of what it names, as in *northern Syria*.
fn is_part(name: &str) -> bool {
    name.split_whitespace()
        .any(|word| word.starts_with(char::is_lowercase) && !matches!(word, "the" | "of" | "and"))
}

/// Returns whether an entity with this [`key`] speaks for its country: the country itself, or its government under any
/// name (*Washington*).
pub fn is_state(entity: &Entity, key: &str) -> bool {
    let governs = || {
        let country = entity.told_country()?;
        Some(entity.told_code()?.strip_prefix(country.as_str())? == "GOV")
    };
    key.starts_with("country:")
        || entity.kind == EntityKind::Organization && governs().unwrap_or(false)
}
