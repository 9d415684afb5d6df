//! Rows in the format of ICEWS: one per pair of source and target, with the name of the CAMEO code.
//!
//! A symmetric event is written in both directions, as in ICEWS.

use std::collections::BTreeSet;

use dateline_core::{
    Entity, EntityId, EntityKind,
    codes::{Cameo, Country},
};
use jiff::civil::Date;

use super::{
    Filed, Layout, LeftOut, Report, columns, gdelt,
    place::{self, PlaceKind},
    plain::plain,
    role,
    row::RowBuilder,
};

/// Maximum number of pairs of an event. An event with more is a list of members, whose pairs grow quadratically.
pub(super) const PAIRS: usize = 100;

/// Returns the row of a pair, with its key for deduplication.
pub(super) fn row(
    report: &Report<'_>,
    filed: Filed,
    (source, target): (EntityId, EntityId),
) -> Result<(Vec<String>, Key), LeftOut> {
    let Report { article, event, .. } = *report;
    let day = filed.moment(report).ok_or(LeftOut::Undated)?.date();
    let (Some(from), Some(to)) = (article.entity(source), article.entity(target)) else {
        return Err(LeftOut::WithoutPair);
    };
    let mut row = RowBuilder::new(columns(Layout::Icews), String::new());
    let id = format!("{}-{source}-{target}", report.id());
    row.set("Event ID", gdelt::hashed(id.as_bytes()).to_string());
    row.set("Event Date", day.to_string());
    let country = |entity: &Entity| entity.country.map(Country::name);
    row.set("Source Name", plain(&from.name, false));
    row.set("Source Sectors", role::sectors(from));
    row.maybe("Source Country", country(from));
    row.set("Event Text", filed.cameo.name());
    row.set("CAMEO Code", filed.cameo.as_str());
    row.set("Intensity", format!("{:.1}", filed.cameo.goldstein()));
    row.set("Target Name", plain(&to.name, false));
    row.set("Target Sectors", role::sectors(to));
    row.maybe("Target Country", country(to));
    row.set("Story ID", plain(article.id(), false));
    row.set("Sentence Number", (u64::from(event.sentence) + 1).to_string());
    row.maybe("Publisher", article.source().map(|source| plain(source, false)));
    if let Some(place) = place::of(article, event) {
        match place.kind {
            PlaceKind::City => row.set("City", plain(place.name, false)),
            PlaceKind::Region => row.set("Province", plain(place.name, false)),
            PlaceKind::Country | PlaceKind::Other => {}
        }
        row.maybe("Country", place.country.map(Country::name));
        row.maybe("Latitude", place.coordinates.map(|at| at.latitude.to_string()));
        row.maybe("Longitude", place.coordinates.map(|at| at.longitude.to_string()));
    }
    // The ledger knows best who is who across documents; the name is the fallback. Groups are identified by their code: the
    // diplomats of two texts are the same *diplomats* in a count per day.
    let name = |id: EntityId, entity: &Entity| {
        let group = entity.code.as_deref().filter(|_| entity.kind == EntityKind::Group);
        group.or_else(|| article.actor(id)).unwrap_or(&entity.name).to_owned()
    };
    let key = Key { day, source: name(source, from), target: name(target, to), code: filed.cameo };
    Ok((row.finish(), key))
}

/// Key of a row in a data set that counts an event between two actors once a day.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    day: Date,
    source: String,
    target: String,
    code: Cameo,
}

/// Filter that passes only the first row of each day, source, target and code.
///
/// Every day is kept, because reports published on one day mention events of many days. Memory grows by about a hundred bytes per
/// distinct row; [`OneADay::forget_before`] bounds it if documents come in date order.
#[derive(Debug, Default)]
pub(super) struct OneADay {
    seen: BTreeSet<Key>,
}

impl OneADay {
    /// Returns true for the first row with a key.
    pub(super) fn is_first(&mut self, key: Key) -> bool {
        self.seen.insert(key)
    }

    /// Forgets the rows of events before a day. Later reports of these events get another row.
    pub(super) fn forget_before(&mut self, day: Date) {
        if self.seen.first().is_some_and(|key| key.day < day) {
            self.seen.retain(|key| key.day >= day);
        }
    }
}
