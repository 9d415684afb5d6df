//! Actor codes as event data sets write them: `KENGOV`, `IGONATO`, `USAUNK`.

use dateline_core::{EntityKind, codes::Sector};

use crate::entity::EntityDraft;

/// Returns the code of an entity: its international code, else its country and first sector.
pub(super) fn actor_code(draft: &EntityDraft) -> Option<String> {
    if let Some(code) = &draft.international {
        return Some(code.clone());
    }
    let inferred = draft.inferred;
    let country = draft.country.or(inferred.home.map(|(country, _)| country))?;
    // A bare country code means the country itself, so an organization without a known sector gets `UNK`.
    let unknown = if draft.kind == EntityKind::Organization { Sector::Unk.as_str() } else { "" };
    let sector = draft
        .sectors
        .first()
        .or(inferred.sector.as_ref())
        .map_or(unknown, |sector| sector.as_str());
    Some(format!("{country}{sector}"))
}
