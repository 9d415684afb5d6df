//! Classes of words and entities that frames ask of their arguments: `codebook/classes.tsv`, and what is known of entities.

use std::sync::LazyLock;

use dateline_core::{EntityKind, codes::Sector};
use dateline_nlp::Token;

use crate::{entity::EntityDraft, table::entries};

static CLASSES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    entries(include_str!("../../codebook/classes.tsv"))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        })
        .collect()
});

/// Classes that are known of entities rather than listed.
const KNOWN: [&str; 5] = ["actor", "actors", "gov", "place", "state"];

/// Whether a class takes entities by what is known of them; such a class is a wide one.
pub(super) fn is_known(class: &str) -> bool {
    KNOWN.contains(&class) || matches!(class, "leader" | "official" | "person")
}

/// Whether there is a class of this name.
pub(super) fn exists(class: &str) -> bool {
    KNOWN.contains(&class) || CLASSES.iter().any(|(name, _)| *name == class)
}

/// Whether a word is listed in a class, by its lemma.
pub(super) fn lists(class: &str, word: Token<'_>) -> bool {
    let lemma = word.lemma();
    CLASSES.binary_search(&(class, lemma)).is_ok()
        // Titles stand with a capital in front of a name.
        || lemma.starts_with(char::is_uppercase)
            && CLASSES.binary_search(&(class, lemma.to_ascii_lowercase().as_str())).is_ok()
}

/// Whether an entity is of a class by what is known of it.
pub(super) fn has(class: &str, entity: &EntityDraft) -> bool {
    let sector = |wanted: &[Sector]| entity.sectors.iter().any(|sector| wanted.contains(sector));
    match class {
        "actor" | "actors" => is_political(entity),
        "state" => {
            entity.country.is_some()
                && entity.kind != EntityKind::Person
                && (entity.sectors.is_empty() || sector(&[Sector::Gov, Sector::Mil]))
        }
        "gov" => sector(&[Sector::Gov, Sector::Leg, Sector::Jud, Sector::Cop, Sector::Mil]),
        "place" => {
            entity.kind == EntityKind::Place
                || entity.country.is_some()
                    && entity.kind == EntityKind::Organization
                    && entity.sectors.is_empty()
        }
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

/// Whether an entity acts in politics: it has a country, or a sector other than business.
pub(super) fn is_political(entity: &EntityDraft) -> bool {
    let business = |sector: &Sector| matches!(sector, Sector::Bus | Sector::Mnc | Sector::Unk);
    let civil_company = entity.sectors.first().is_some_and(business);
    !civil_company
        && (entity.country.is_some()
            || entity.international.is_some()
            || !entity.sectors.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_sorted() {
        assert!(CLASSES.is_sorted());
        assert!(CLASSES.len() > 200 && exists("diplomat") && exists("actor") && !exists("nobody"));
    }
}
