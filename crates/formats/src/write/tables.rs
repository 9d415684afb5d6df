//! Rows of our own tables, from records and ledger data.

use dateline_core::{
    Entity, EntityId, Event, EventDate, Moment, Statement,
    codes::{Cameo, Mode},
};

use super::{Article, Cell, Report, Sheet, World, row::RowBuilder, sheet};

fn row(of: Sheet) -> RowBuilder<Cell> {
    RowBuilder::new(sheet(of), Cell::Empty)
}

/// Data of a row of [`Sheet::Events`].
#[derive(Debug, Clone, Copy)]
pub struct EventRow<'a> {
    /// Event.
    pub world: &'a World,
    /// Sentence that reports it.
    pub summary: &'a str,
    /// Publisher of the report that set the current status.
    pub source: &'a str,
}

/// Makes a row of [`Sheet::Events`].
pub fn event(event: &EventRow<'_>) -> Vec<Cell> {
    let world = event.world;
    let mut row = row(Sheet::Events);
    row.set("id", world.id.as_str());
    row.set("type", world.kind.as_str());
    row.set("status", world.status.as_str());
    row.maybe("from", world.from.map(|moment| moment.to_string()));
    row.maybe("to", world.to.map(|moment| moment.to_string()));
    row.set("parties", world.parties.clone());
    row.maybe("place", world.place.as_deref());
    row.set("summary", event.summary);
    row.set("first_reported", world.first_reported.to_string());
    row.set("reported", world.reported.to_string());
    row.set("source", event.source);
    row.set("sources", world.sources);
    row.set("mentions", world.mentions);
    row.set("documents", world.documents);
    row.finish()
}

/// Makes a row of [`Sheet::Mentions`].
pub fn mention(report: &Report<'_>) -> Vec<Cell> {
    let Report { article, event, world } = *report;
    let mut row = row(Sheet::Mentions);
    row.set("document", article.id());
    row.set("event", event.id.to_string());
    row.maybe("world", world.map(|world| world.id.as_str()));
    row.set("type", event.kind.as_str());
    row.maybe("mode", event.mode.map(Mode::as_str));
    row.maybe("cameo", event.cameo.map(Cameo::as_str));
    row.set("quad", event.quad.as_str());
    row.maybe("goldstein", event.goldstein);
    row.set("contexts", event.contexts.iter().map(ToString::to_string).collect::<Vec<_>>());
    row.set("trigger", event.trigger.span.text.as_str());
    row.set("lemma", event.trigger.lemma.as_str());
    row.set("trigger_start", event.trigger.span.start);
    row.set("trigger_end", event.trigger.span.end);
    if let Some(sentence) = article.sentence(event.sentence) {
        row.set("sentence", article.text(sentence.start, sentence.end));
        row.set("sentence_start", sentence.start);
        row.set("sentence_end", sentence.end);
    }
    row.set("sources", names(article, &event.sources));
    row.set("source_codes", codes(article, &event.sources));
    row.set("source_actors", actors(article, &event.sources));
    row.set("targets", names(article, &event.targets));
    row.set("target_codes", codes(article, &event.targets));
    row.set("target_actors", actors(article, &event.targets));
    dates(&mut row, event.date);
    row.set("places", names(article, &event.places));
    let id =
        |place: &Entity| place.link.as_ref().and_then(|link| link.id.clone()).unwrap_or_default();
    row.set("place_ids", article.entities(&event.places).map(id).collect::<Vec<_>>());
    let place = article.entities(&event.places).next();
    if let Some(at) = place.and_then(|place| place.link.as_ref()?.coordinates) {
        row.set("latitude", at.latitude.to_f64());
        row.set("longitude", at.longitude.to_f64());
    }
    row.set("status", event.status.as_str());
    row.set("polarity", event.polarity.as_str());
    row.set("certainty", event.certainty.as_str());
    row.set("confidence", event.confidence);
    row.set("factuality", event.factuality);
    row.set("speakers", speakers(article, event));
    origin(&mut row, article);
    row.maybe("agency", article.record().document.agency.as_deref());
    row.maybe("title", article.record().document.title.as_deref());
    row.finish()
}

/// Makes a row of [`Sheet::Statements`].
pub fn statement(article: &Article<'_>, statement: &Statement) -> Vec<Cell> {
    let mut row = row(Sheet::Statements);
    row.set("document", article.id());
    row.set("statement", statement.id.to_string());
    row.set("kind", statement.kind.as_str());
    row.maybe("class", statement.cue.as_ref().map(|cue| cue.class.as_str()));
    if let Some(id) = statement.speaker {
        let speaker = article.entity(id);
        row.maybe("speaker", speaker.map(|speaker| speaker.name.as_str()));
        row.maybe("speaker_code", speaker.and_then(|speaker| speaker.code.as_deref()));
        row.maybe("speaker_actor", article.actor(id));
    }
    row.maybe("source", statement.source.as_ref().map(|span| span.text.as_str()));
    if let Some(cue) = &statement.cue {
        row.set("cue", cue.span.text.as_str());
        row.set("lemma", cue.lemma.as_str());
        row.set("cue_start", cue.span.start);
        row.set("cue_end", cue.span.end);
    }
    let stretches: Vec<&str> = statement.content.iter().map(|span| span.text.as_str()).collect();
    row.set("content", stretches.join(" "));
    row.maybe("content_start", statement.content.first().map(|span| span.start));
    row.maybe("content_end", statement.content.last().map(|span| span.end));
    dates(&mut row, statement.date);
    let addressee = statement.addressee.and_then(|id| article.entity(id));
    row.maybe("addressee", addressee.map(|entity| entity.name.as_str()));
    origin(&mut row, article);
    row.finish()
}

/// Data of a row of [`Sheet::Actors`].
#[derive(Debug, Clone, Copy)]
pub struct ActorRow<'a> {
    /// Identifier: `a` and 12 hexadecimal digits.
    pub id: &'a str,
    /// Fullest name.
    pub name: &'a str,
    /// Kind of entity.
    pub kind: &'a str,
    /// Country code.
    pub country: Option<&'a str>,
    /// Country and sector code.
    pub code: Option<&'a str>,
    /// All names used in documents.
    pub aliases: &'a [String],
    /// Number of documents that mention it.
    pub documents: u32,
    /// Number of events it takes part in.
    pub events: u32,
    /// Number of statements it makes.
    pub statements: u32,
}

/// Makes a row of [`Sheet::Actors`].
pub fn actor(actor: &ActorRow<'_>) -> Vec<Cell> {
    let mut row = row(Sheet::Actors);
    row.set("id", actor.id);
    row.set("name", actor.name);
    row.set("kind", actor.kind);
    row.maybe("country", actor.country);
    row.maybe("code", actor.code);
    row.set("aliases", actor.aliases.to_vec());
    row.set("documents", actor.documents);
    row.set("events", actor.events);
    row.set("statements", actor.statements);
    row.finish()
}

/// Data of a row of [`Sheet::Documents`] that is not in the record.
#[derive(Debug, Clone, Copy, Default)]
pub struct DocumentRow<'a> {
    /// Name in the source.
    pub name: Option<&'a str>,
    /// Earliest document with nearly the same text.
    pub copy_of: Option<&'a str>,
    /// Next version at the same address.
    pub superseded: Option<&'a str>,
    /// Build that extracted it.
    pub build: Option<&'a str>,
}

/// Makes a row of [`Sheet::Documents`].
pub fn document(article: &Article<'_>, known: &DocumentRow<'_>) -> Vec<Cell> {
    let document = &article.record().document;
    let mut row = row(Sheet::Documents);
    row.set("id", article.id());
    row.maybe("name", known.name.or(document.id.as_deref()));
    row.maybe("title", document.title.as_deref());
    row.maybe("agency", document.agency.as_deref());
    row.maybe("byline", document.byline.as_deref());
    row.maybe("language", document.language.as_deref());
    origin(&mut row, article);
    row.maybe("copy_of", known.copy_of);
    row.maybe("superseded", known.superseded);
    row.maybe("build", known.build);
    row.maybe("characters", u32::try_from(article.length()).ok());
    row.set("text", document.text.as_str());
    row.maybe("reader", article.record().reader.as_deref());
    row.finish()
}

/// Sets the cells for place and publication date.
fn origin(row: &mut RowBuilder<Cell>, article: &Article<'_>) {
    let document = &article.record().document;
    row.maybe("published", document.published.map(|moment| moment.to_string()));
    row.maybe("publisher", document.publisher.as_deref());
    row.maybe("url", document.url.as_deref());
}

fn dates(row: &mut RowBuilder<Cell>, date: Option<EventDate>) {
    let text = |moment: Moment| moment.to_string();
    row.maybe("from", date.map(|date| text(date.interval.from())));
    row.maybe("to", date.map(|date| text(date.interval.to())));
}

fn names(article: &Article<'_>, ids: &[EntityId]) -> Vec<String> {
    article.entities(ids).map(|entity| entity.name.clone()).collect()
}

fn codes(article: &Article<'_>, ids: &[EntityId]) -> Vec<String> {
    article.entities(ids).map(|entity| entity.code.clone().unwrap_or_default()).collect()
}

fn actors(article: &Article<'_>, ids: &[EntityId]) -> Vec<String> {
    let known = ids.iter().filter(|id| article.entity(**id).is_some());
    known.map(|id| article.actor(*id).unwrap_or_default().to_owned()).collect()
}

/// Returns the speakers of the attributed statements, outermost first; an unknown speaker by the words that refer to it.
fn speakers(article: &Article<'_>, event: &Event) -> Vec<String> {
    let statements =
        event.attribution.iter().filter_map(|id| article.record().statements.get(id.index()));
    let name = |statement: &Statement| {
        let known =
            statement.speaker.and_then(|id| article.entity(id)).map(|entity| entity.name.as_str());
        let words = statement.source.as_ref().map(|span| span.text.as_str());
        known.or(words).unwrap_or_default().to_owned()
    };
    statements.map(name).collect()
}
