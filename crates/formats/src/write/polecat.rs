//! Rows of a weekly POLECAT release: one per report, list items separated by `;`, `None` for missing values.
//!
//! Lists about actors are parallel: the second country is that of the second name, or `None`.

use dateline_core::{Entity, EntityId, EntityKind, codes::Mode};

use super::{
    Filed, Layout, LeftOut, Report, columns,
    place::{self, PlaceKind},
    plain::plain,
    row::RowBuilder,
};

const MISSING: &str = "None";

pub(super) fn row(report: &Report<'_>, filed: Filed) -> Result<Vec<String>, LeftOut> {
    let Report { article, event, .. } = *report;
    let record = article.record();
    let date = filed.moment(report).ok_or(LeftOut::Undated)?.date();
    let mut row = RowBuilder::new(columns(Layout::Polecat), MISSING.to_owned());
    row.set("Event ID", report.id());
    row.set("Event Date", date.to_string());
    row.set("Event Type", filed.kind.as_str());
    row.maybe("Event Mode", filed.mode.map(Mode::as_str));
    row.set("Intensity", format!("{:.1}", filed.score()));
    row.set("Quad Code", filed.kind.quad().as_str().to_uppercase());
    row.set(
        "Contexts",
        list(event.contexts.iter().map(|context| Some(context.as_str().to_owned()))),
    );
    parties(
        &mut row,
        ["Actor Name", "Actor Country", "Actor COW"],
        &article.entities(&event.sources).collect::<Vec<_>>(),
    );
    described(
        &mut row,
        ["Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw"],
        report,
        &event.sources,
    );
    parties(
        &mut row,
        ["Recipient Name", "Recipient Country", "Recipient COW"],
        &article.entities(&event.targets).collect::<Vec<_>>(),
    );
    described(
        &mut row,
        ["Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw"],
        report,
        &event.targets,
    );
    if let Some(place) = place::of(article, event) {
        let name = plain(place.name, true);
        row.set("Placename", name.clone());
        match place.kind {
            PlaceKind::City => row.set("City", name),
            PlaceKind::Region => row.set("Province", name),
            PlaceKind::Country | PlaceKind::Other => {}
        }
        row.maybe("Country", place.country.map(|country| country.to_string()));
        row.maybe("Latitude", place.coordinates.map(|at| at.latitude.to_string()));
        row.maybe("Longitude", place.coordinates.map(|at| at.longitude.to_string()));
        row.maybe("GeoNames ID", place.geonames);
        row.set("Raw Placename", plain(place.raw, true));
    }
    row.maybe("Source", article.source().map(|source| plain(source, true)));
    row.maybe(
        "Publication Date",
        record.document.published.map(|moment| moment.date().to_string()),
    );
    let story = |kind: EntityKind| {
        let of_kind = record.entities.iter().filter(|entity| entity.kind == kind);
        list(of_kind.map(|entity| Some(entity.name.clone())))
    };
    row.set("Story People", story(EntityKind::Person));
    row.set("Story Organizations", story(EntityKind::Organization));
    row.set("Story Locations", story(EntityKind::Place));
    row.maybe("Language", record.document.language.as_deref());
    row.set("Version", record.schema.as_str());
    Ok(row.finish())
}

fn parties(row: &mut RowBuilder<String>, [name, country, cow]: [&str; 3], entities: &[&Entity]) {
    row.set(name, list(entities.iter().map(|entity| Some(entity.name.clone()))));
    row.set(
        country,
        list(entities.iter().map(|entity| entity.country.map(|code| code.to_string()))),
    );
    let number = |entity: &&Entity| Some(entity.country?.cow()?.to_string());
    row.set(cow, list(entities.iter().map(number)));
}

fn described(
    row: &mut RowBuilder<String>,
    [primary, all, title, raw]: [&str; 4],
    report: &Report<'_>,
    ids: &[EntityId],
) {
    let entities: Vec<&Entity> = report.article.entities(ids).collect();
    let first = |entity: &&Entity| entity.sectors.first().map(|sector| sector.as_str().to_owned());
    row.set(primary, list(entities.iter().map(first)));
    let mut sectors = Vec::new();
    for sector in entities.iter().flat_map(|entity| &entity.sectors) {
        if !sectors.contains(sector) {
            sectors.push(*sector);
        }
    }
    row.set(all, list(sectors.iter().map(|sector| Some(sector.as_str().to_owned()))));
    row.set(title, list(entities.iter().map(|entity| entity.titles.first().cloned())));
    row.set(raw, list(entities.iter().map(|entity| Some(place::raw(entity).to_owned()))));
}

/// Joins items with `;`. A missing item is `None`; if all are missing, the result is a single `None`.
fn list(items: impl Iterator<Item = Option<String>>) -> String {
    let items: Vec<String> = items
        .map(|item| item.map_or_else(|| MISSING.to_owned(), |item| plain(&item, true)))
        .collect();
    if items.iter().all(|item| item == MISSING) { MISSING.to_owned() } else { items.join(";") }
}
