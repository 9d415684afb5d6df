//! PLOVER records, one JSON object per line.
//!
//! Required fields are always present; optional fields are left out if unknown.

use dateline_core::{
    Entity, EntityId, Moment, SizeKind,
    codes::{Country, Mode},
};
use serde_json::{Map, Value, json};

use super::{
    Filed, Layout, LeftOut, Report, columns,
    place::{self, Place, PlaceKind},
    row::RowBuilder,
};

pub(super) fn record(report: &Report<'_>, filed: Filed) -> Result<Value, LeftOut> {
    let Report { article, event, .. } = *report;
    let begin = filed.moment(report).ok_or(LeftOut::Undated)?;
    let actors = entities(report, &event.sources);
    if actors.is_empty() {
        return Err(LeftOut::WithoutActor);
    }
    let mut row = RowBuilder::new(columns(Layout::Plover), Value::Null);
    row.set("id", report.id());
    row.set("date", begin.date().to_string());
    row.maybe("time", clock(begin));
    // The end of the interval is exclusive.
    let end = event.date.filter(|_| !filed.is_words).map(|date| date.interval.to());
    match end {
        Some(Moment::Day(after)) => {
            let last = after.yesterday().ok().filter(|last| *last > begin.date());
            row.maybe("enddate", last.map(|last| last.to_string()));
        }
        Some(minute) => {
            row.maybe("enddate", (minute.date() > begin.date()).then(|| minute.date().to_string()));
            row.maybe("endtime", clock(minute));
        }
        None => {}
    }
    row.set("actor", actors);
    let recipients = entities(report, &event.targets);
    row.maybe("recipient", (!recipients.is_empty()).then_some(recipients));
    row.set("event", filed.kind.as_str());
    row.maybe("event_loc", place::of(article, event).map(|place| location(&place)));
    row.set("event_text", event.trigger.span.text.as_str());
    row.set("quad_code", filed.kind.quad() as u8 + 1);
    row.set("event_scale", filed.score());
    row.maybe("mode", filed.mode.map(Mode::as_str));
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    row.maybe("context", (!contexts.is_empty()).then(|| json!(contexts)));
    if let Some(sentence) = article.sentence(event.sentence) {
        row.set("text", article.text(sentence.start, sentence.end));
        row.set(
            "text_info",
            json!({ "sequence": u64::from(event.sentence) + 1, "start": sentence.start, "end": sentence.end }),
        );
    }
    row.maybe("cite_info", citation(report));
    row.set("coder", "dateline");
    row.maybe("size", size(report));

    let names = columns(Layout::Plover).iter().map(|column| column.name.to_owned());
    let fields: Map<String, Value> =
        names.zip(row.finish()).filter(|(_, value)| !value.is_null()).collect();
    Ok(Value::Object(fields))
}

fn clock(moment: Moment) -> Option<String> {
    match moment {
        Moment::Day(_) => None,
        Moment::Minute(minute) => Some(minute.strftime("%H:%M").to_string()),
    }
}

fn entities(report: &Report<'_>, ids: &[EntityId]) -> Vec<Value> {
    report.article.entities(ids).map(entity).collect()
}

fn entity(entity: &Entity) -> Value {
    let mut fields = Map::new();
    // For an organization in place of a country, this is its code: `IGO`, `EUR`.
    let code = entity.country.map(|country| country.to_string()).or_else(|| entity.code.clone());
    known(&mut fields, "code", code);
    let sectors: Vec<&str> = entity.sectors.iter().map(|sector| sector.as_str()).collect();
    known(&mut fields, "sector", (!sectors.is_empty()).then_some(sectors));
    known(&mut fields, "entity_text", Some(entity.name.as_str()));
    let link = entity.link.as_ref();
    known(&mut fields, "identifier_id", link.and_then(|link| link.id.as_deref()));
    known(&mut fields, "identifier_text", link.map(|link| link.name.as_str()));
    known(&mut fields, "office", entity.titles.first().map(String::as_str));
    Value::Object(fields)
}

fn location(place: &Place<'_>) -> Value {
    let mut fields = Map::new();
    known(&mut fields, "extracted_place", Some(place.raw));
    known(&mut fields, "resolved_place", place.geonames.map(|_| place.name));
    known(&mut fields, "geonameid", place.geonames);
    known(&mut fields, "lat", place.coordinates.map(|at| at.latitude.to_f64()));
    known(&mut fields, "lon", place.coordinates.map(|at| at.longitude.to_f64()));
    known(&mut fields, "city", (place.kind == PlaceKind::City).then_some(place.name));
    known(&mut fields, "province", (place.kind == PlaceKind::Region).then_some(place.name));
    let name = place.country.map(Country::name);
    known(&mut fields, "country", name);
    known(&mut fields, "country_code", place.country.map(|country| country.to_string()));
    let resolution = match place.kind {
        PlaceKind::City => Some("city"),
        PlaceKind::Region => Some("province"),
        PlaceKind::Country => Some("country"),
        PlaceKind::Other => None,
    };
    known(&mut fields, "resolution", resolution);
    Value::Object(fields)
}

fn citation(report: &Report<'_>) -> Option<Value> {
    let document = &report.article.record().document;
    let mut fields = Map::new();
    known(&mut fields, "citation", document.byline.as_deref());
    known(&mut fields, "url", document.url.as_deref());
    known(&mut fields, "title", document.title.as_deref());
    known(&mut fields, "language", document.language.as_deref());
    known(&mut fields, "publication", report.article.source());
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// Returns the numbers in the text; the first if there are several of a kind.
fn size(report: &Report<'_>) -> Option<Value> {
    let mut fields = Map::new();
    for (name, kind) in
        [("dead", SizeKind::Dead), ("injured", SizeKind::Injured), ("arrested", SizeKind::Arrested)]
    {
        let number =
            report.event.sizes.iter().find(|size| size.kind == kind).and_then(|size| size.number);
        known(&mut fields, name, number);
    }
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn known(fields: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value.into());
    }
}
