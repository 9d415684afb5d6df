//! CAMEO actor codes: country, known group and roles, concatenated.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::{Entity, EntityId, Event};
use dateline_data::{Row, rows};

use super::Article;

/// CAMEO role (or `-`) and ICEWS sector name, by PLOVER sector.
static ROLES: LazyLock<BTreeMap<&'static str, (&'static str, &'static str)>> =
    LazyLock::new(|| {
        let role = |row: Row<'static>| {
            let [sector, role, words, _] = row.columns().expect("a test reads the table");
            (sector, (role, words))
        };
        rows(include_str!("../../data/roles.tsv")).map(role).collect()
    });

/// CAMEO code of an organization, by Dateline's code.
static GROUPS: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let group = |row: Row<'static>| {
        let [code, group, _] = row.columns().expect("a test reads the table");
        (code, group)
    };
    rows(include_str!("../../data/groups.tsv")).map(group).collect()
});

/// Returns the first source and the first target; for a symmetric event, the first two parties.
pub(super) fn pair<'a>(article: &Article<'a>, event: &Event) -> [Option<&'a Entity>; 2] {
    let target = event.targets.first().or_else(|| event.sources.get(1));
    [event.sources.first(), target].map(|id| article.entity(*id?))
}

/// Returns all pairs of source and target; for a symmetric event, each party with each other.
pub(super) fn pairs(event: &Event) -> impl Iterator<Item = (EntityId, EntityId)> {
    let targets = if event.targets.is_empty() { &event.sources } else { &event.targets };
    let pair = move |source: &EntityId| {
        let source = *source;
        targets.iter().map(move |target| (source, *target))
    };
    event.sources.iter().flat_map(pair).filter(|(source, target)| source != target)
}

/// Returns the CAMEO roles of an actor, at most three, most specific first, without duplicates.
pub(super) fn roles(entity: &Entity) -> Vec<&'static str> {
    let mut roles = Vec::new();
    for sector in &entity.sectors {
        if let Some((role, _)) = ROLES.get(sector.as_str())
            && *role != "-"
            && !roles.contains(role)
        {
            roles.push(*role);
        }
    }
    roles.truncate(3);
    roles
}

/// Returns the CAMEO code of an organization.
pub(super) fn group(entity: &Entity) -> Option<&'static str> {
    GROUPS.get(entity.code.as_deref()?).copied()
}

/// Returns country, group and roles, concatenated.
pub(super) fn code(entity: &Entity) -> String {
    let country = entity.country.map(|country| country.to_string()).unwrap_or_default();
    let mut code = country + group(entity).unwrap_or_default();
    code.extend(roles(entity));
    code
}

/// Returns the names of the sectors, without duplicates.
pub(super) fn sectors(entity: &Entity) -> String {
    let mut words: Vec<&str> = Vec::new();
    for sector in &entity.sectors {
        if let Some((_, word)) = ROLES.get(sector.as_str())
            && !words.contains(word)
        {
            words.push(word);
        }
    }
    words.join(",")
}

#[cfg(test)]
mod tests {
    use dateline_core::codes::Sector;

    use super::*;
    use crate::write::article::tests::record;

    #[test]
    fn every_sector_has_a_row() {
        for sector in Sector::ALL {
            assert!(ROLES.contains_key(sector.as_str()), "{sector}");
        }
        assert_eq!(GROUPS.get("IGONATO"), Some(&"NAT"));
    }

    #[test]
    fn actors_are_written_as_cameo_codes() {
        let record = record(
            "date: 2021-05-08\n\nRussian President Vladimir Putin spoke in Geneva. Reporters protested.\n",
        );
        let code_of = |name: &str| {
            let entity = record.entities.iter().find(|entity| entity.name.contains(name));
            entity.map(code).unwrap_or_default()
        };
        assert_eq!(code_of("Putin"), "RUSGOV");
        assert!(code_of("Reporters").ends_with("MED"));
    }
}
