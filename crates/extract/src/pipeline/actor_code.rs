//! Actor codes as event data sets write them: `KENGOV`, `IGONATO`, `USAUNK`.

use crate::entity::EntityDraft;

/// Returns the code of an entity: its international code, else its country and first sector.
pub(super) fn actor_code(draft: &EntityDraft) -> Option<String> {
    if let Some(code) = &draft.international {
        return Some(code.clone());
    }
    let inferred = draft.inferred;
    let country = draft.country.or(inferred.home.map(|(country, _)| country))?;
    let sector = draft.sectors.first().copied().or(inferred.sector);
    Some(dateline_core::actor_code(draft.kind, country, sector))
}
