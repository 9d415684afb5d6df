//! Classes of entities in frames, decided by the country and sectors of an entity.

use dateline_core::{EntityKind, codes::Sector};

use crate::entity::EntityDraft;

/// Classes that only entities have, and no table lists.
const KNOWN: [&str; 5] = ["actor", "actors", "gov", "place", "state"];

/// Returns true if a class takes entities by their country or sectors. Such a class is wide.
pub(super) fn is_known(class: &str) -> bool {
    KNOWN.contains(&class) || matches!(class, "leader" | "official" | "person")
}

/// Returns true if a class has only entities and no table lists it.
pub(super) fn is_of_entities(class: &str) -> bool {
    KNOWN.contains(&class)
}

/// Returns true if an entity is in a class.
pub(super) fn has(class: &str, entity: &EntityDraft) -> bool {
    let sector = |wanted: &[Sector]| entity.sectors.iter().any(|sector| wanted.contains(sector));
    match class {
        "actor" | "actors" => is_political(entity),
        "state" => {
            // A body whose country alone is known is not that country.
            let unknown = entity.sectors.is_empty() && entity.kind != EntityKind::Organization;
            entity.country.is_some()
                && entity.kind != EntityKind::Person
                && (unknown || sector(&[Sector::Gov, Sector::Mil]))
        }
        "gov" => sector(&[Sector::Gov, Sector::Leg, Sector::Jud, Sector::Cop, Sector::Mil]),
        "place" => entity.kind == EntityKind::Place,
        "person" => matches!(entity.kind, EntityKind::Person | EntityKind::Group),
        "leader" | "official" => {
            entity.kind == EntityKind::Person
                && (!entity.titles.is_empty() || sector(&[Sector::Gov, Sector::Leg]))
        }
        "armed" => sector(&[Sector::Mil, Sector::Reb, Sector::Prm, Sector::Uaf, Sector::Img]),
        "military" => sector(&[Sector::Mil]),
        "police" => sector(&[Sector::Cop, Sector::Jud, Sector::Spy]),
        "civilian" => {
            sector(&[Sector::Cvl, Sector::Edu, Sector::Lab, Sector::Ref, Sector::Soc, Sector::Agr])
        }
        "worker" => sector(&[Sector::Lab, Sector::Agr]),
        "opponent" => sector(&[Sector::Opp, Sector::Ref]),
        "alliance" => sector(&[Sector::Igo]),
        _ => false,
    }
}

/// Returns true if an entity has a part in politics by its sector: a government, a party, an army, and so on.
pub(super) fn has_office(entity: &EntityDraft) -> bool {
    let civil = [Sector::Bus, Sector::Mnc, Sector::Unk, Sector::Jrn, Sector::Edu, Sector::Med];
    entity.international.is_some() || entity.sectors.iter().any(|sector| !civil.contains(sector))
}

/// Returns true if an entity acts in politics: it has a country, or a sector other than business.
pub(super) fn is_political(entity: &EntityDraft) -> bool {
    let business = |sector: &Sector| matches!(sector, Sector::Bus | Sector::Mnc | Sector::Unk);
    let civil_company = entity.sectors.first().is_some_and(business);
    !civil_company
        && (entity.country.is_some()
            || entity.international.is_some()
            || !entity.sectors.is_empty())
}
