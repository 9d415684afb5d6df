//! Rows of GDELT 2.0: events, one for each event of the ledger, and mentions, one for each report.
//!
//! The row of an event is made from one report, preferably the first. If more than two actors take part, it names the first two,
//! because an event has one id and one row.

use dateline_core::{Entity, EntityKind, Moment, codes::Country};

use super::{
    Article, Filed, Layout, LeftOut, Report, columns,
    place::{self, Place, PlaceKind},
    plain::plain,
    role,
    row::RowBuilder,
};

pub(super) fn event(report: &Report<'_>, filed: Filed) -> Result<Vec<String>, LeftOut> {
    let Report { article, event, world } = *report;
    let day = filed.moment(report).ok_or(LeftOut::Undated)?.date();
    let mut row = RowBuilder::new(columns(Layout::GdeltEvents), String::new());
    row.set("GlobalEventID", number(report).to_string());
    row.set("Day", day.strftime("%Y%m%d").to_string());
    row.set("MonthYear", day.strftime("%Y%m").to_string());
    row.set("Year", day.year().to_string());
    let over = f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year());
    row.set("FractionDate", format!("{:.4}", f64::from(day.year()) + over));
    let pair = role::pair(article, event);
    for (nth, entity) in pair.into_iter().enumerate() {
        if let Some(entity) = entity {
            actor(&mut row, nth + 1, entity);
        }
    }
    row.set("IsRootEvent", if event.sentence == 0 { "1" } else { "0" });
    let code = filed.cameo.as_str();
    row.set("EventCode", code);
    row.set("EventBaseCode", &code[..code.len().min(3)]);
    row.set("EventRootCode", &code[..2]);
    row.set(
        "QuadClass",
        if &code[..2] == "14" { "3".to_owned() } else { filed.cameo.quad().to_string() },
    );
    row.set("GoldsteinScale", format!("{:.1}", filed.cameo.goldstein()));
    row.set("NumMentions", world.map_or(1, |world| world.mentions).to_string());
    row.set("NumSources", world.map_or(1, |world| world.sources).to_string());
    row.set("NumArticles", world.map_or(1, |world| world.documents).to_string());
    for (nth, entity) in pair.into_iter().enumerate() {
        let located = entity.filter(|entity| entity.kind == EntityKind::Place).map(place::place);
        geography(&mut row, &format!("Actor{}", nth + 1), located);
    }
    geography(&mut row, "Action", place::of(article, event));
    row.maybe("DATEADDED", added(report));
    row.maybe("SOURCEURL", article.record().document.url.as_ref().map(|url| plain(url, false)));
    Ok(row.finish())
}

pub(super) fn mention(report: &Report<'_>) -> Result<Vec<String>, LeftOut> {
    let Report { article, event, .. } = *report;
    let document = &article.record().document;
    let published = document.published.ok_or(LeftOut::Undated)?;
    let mut row = RowBuilder::new(columns(Layout::GdeltMentions), String::new());
    row.set("GlobalEventID", number(report).to_string());
    row.maybe("EventTimeDate", added(report));
    row.set("MentionTimeDate", stamp(published));
    row.set("MentionType", if document.url.is_some() { "1" } else { "2" });
    row.maybe("MentionSourceName", article.source().map(|source| plain(source, false)));
    row.set("MentionIdentifier", plain(document.url.as_deref().unwrap_or(article.id()), false));
    row.set("SentenceID", (u64::from(event.sentence) + 1).to_string());
    for (name, entity) in
        ["Actor1CharOffset", "Actor2CharOffset"].into_iter().zip(role::pair(article, event))
    {
        let at = entity.and_then(|entity| told_at(article, entity, event.sentence));
        row.set(name, at.map_or_else(|| "-1".to_owned(), |at| at.to_string()));
    }
    row.set("ActionCharOffset", event.trigger.span.start.to_string());
    row.set("InRawText", "1");
    row.set("Confidence", format!("{:.0}", (event.confidence * 10.0).round() * 10.0));
    row.set("MentionDocLen", article.length().to_string());
    Ok(row.finish())
}

/// Returns a number below 2^48, which every reader represents exactly: the id of the event in the ledger, or else a hash of document
/// and event.
fn number(report: &Report<'_>) -> u64 {
    let digits = report.world.and_then(|world| world.id.strip_prefix('w'));
    let read = digits
        .filter(|digits| digits.len() <= 12)
        .and_then(|digits| u64::from_str_radix(digits, 16).ok());
    read.unwrap_or_else(|| {
        hashed(report.world.map_or_else(|| report.id(), |world| world.id.clone()).as_bytes())
    })
}

/// Returns the first 48 bits of the BLAKE3 hash.
pub(super) fn hashed(bytes: &[u8]) -> u64 {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..6].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Returns the date of the first report.
fn added(report: &Report<'_>) -> Option<String> {
    let day = report.world.map(|world| Moment::Day(world.first_reported));
    day.or(report.article.record().document.published).map(stamp)
}

fn stamp(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.strftime("%Y%m%d000000").to_string(),
        Moment::Minute(minute) => minute.strftime("%Y%m%d%H%M%S").to_string(),
    }
}

fn actor(row: &mut RowBuilder<String>, nth: usize, entity: &Entity) {
    let mut set = |part: &str, cell: String| row.set(&format!("Actor{nth}{part}"), cell);
    set("Code", role::code(entity));
    set("Name", plain(&entity.name, false).to_uppercase());
    set("CountryCode", entity.country.map(|country| country.to_string()).unwrap_or_default());
    set("KnownGroupCode", role::group(entity).unwrap_or_default().to_owned());
    for (part, role) in ["Type1Code", "Type2Code", "Type3Code"].into_iter().zip(role::roles(entity))
    {
        set(part, role.to_owned());
    }
}

fn geography(row: &mut RowBuilder<String>, of: &str, place: Option<Place<'_>>) {
    let mut set = |part: &str, cell: String| row.set(&format!("{of}Geo_{part}"), cell);
    let Some(place) = place else {
        set("Type", "0".to_owned());
        return;
    };
    let fips = place.country.and_then(Country::fips).unwrap_or_default().to_owned();
    let is_american = place.country.is_some_and(|country| country.as_str() == "USA");
    let kind = match (place.kind, is_american) {
        (PlaceKind::Country, _) => "1",
        (PlaceKind::Region, true) => "2",
        (PlaceKind::City, true) => "3",
        (PlaceKind::City, false) => "4",
        (PlaceKind::Region, false) => "5",
        (PlaceKind::Other, _) => "0",
    };
    set("Type", kind.to_owned());
    let full = match place.country {
        Some(country) if place.kind == PlaceKind::Country => country.name().to_owned(),
        Some(country) => format!("{}, {}", plain(place.name, false), country.name()),
        None => plain(place.name, false),
    };
    set("Fullname", full);
    set("CountryCode", fips.clone());
    if place.kind == PlaceKind::Country {
        set("ADM1Code", fips.clone());
    }
    if let Some(at) = place.coordinates {
        set("Lat", at.latitude.to_string());
        set("Long", at.longitude.to_string());
    }
    if place.kind == PlaceKind::Country {
        set("FeatureID", fips);
    }
}

/// Returns the offset of the first mention of an entity in a sentence.
fn told_at(article: &Article<'_>, entity: &Entity, sentence: u32) -> Option<u32> {
    let sentence = article.sentence(sentence)?;
    let first = entity.mentions.partition_point(|mention| mention.span.start < sentence.start);
    entity
        .mentions
        .get(first)
        .map(|mention| mention.span.start)
        .filter(|start| *start < sentence.end)
}
