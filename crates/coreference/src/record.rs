//! Sketches of the events of a record.
//!
//! Mentions that relations of the record mark as the same event form one report, which combines what they say.

use dateline_core::{
    EntityId, EntityKind, Event, Polarity, Record, RelationKind, Status, TextSpan,
};

use crate::{
    actor, day, family,
    name::{self, long_hash, short_hash},
    sketch::{PARTIES, Party, Place, Role, Sketch, WORDS},
};

/// Groups the first `limit` events of a record into reports: lists of indices into [`Record::events`], in the order of the
/// text.
pub fn reports(record: &Record, limit: usize) -> Vec<Vec<usize>> {
    let n = record.events.len().min(limit);
    let mut first: Vec<usize> = (0..n).collect();
    let root = |first: &[usize], mut at: usize| {
        while first[at] != at {
            at = first[at];
        }
        at
    };
    for relation in record.relations.iter().filter(|it| it.kind == RelationKind::Same) {
        let (one, other) = (relation.from.index(), relation.to.index());
        if one < n && other < n {
            let (one, other) = (root(&first, one), root(&first, other));
            first[one.max(other)] = one.min(other);
        }
    }
    let mut reports: Vec<Vec<usize>> = vec![Vec::new(); n];
    for at in 0..n {
        reports[root(&first, at)].push(at);
    }
    reports.retain(|report| !report.is_empty());
    reports
}

/// Sketches one report of a record.
///
/// `report` lists its events, as [`reports`] gives them. `actors` gives the caller's number of each entity, `None` for those
/// to leave out. `published` is the publication date as a [day number](day), and `document` a number that identifies the
/// document.
///
/// # Panics
///
/// If `report` is empty or has an index outside the record.
pub fn sketch(
    record: &Record,
    report: &[usize],
    actors: &[Option<i64>],
    published: i32,
    document: u64,
) -> Sketch {
    let mentions = || report.iter().map(|&at| &record.events[at]);
    let best = mentions()
        .max_by(|one, other| {
            rank(one, published).partial_cmp(&rank(other, published)).expect("ranks are numbers")
        })
        .unwrap_or(&record.events[report[0]]);
    let window =
        mentions().filter_map(|event| window(event, published)).min_by_key(|(from, to)| to - from);
    Sketch {
        is_plan: is_plan(best, published),
        is_denied: mentions().all(|event| event.polarity == Polarity::Negative),
        form: mentions()
            .map(|event| family::form(event.kind, &event.trigger.lemma))
            .max()
            .unwrap_or_default(),
        mode: best.mode.map_or(0, |mode| short_hash(&mode.to_string()).max(1)),
        document,
        start: record.events[report[0]].trigger.span.start,
        window,
        parties: parties(record, mentions(), actors),
        places: places(record, mentions().flat_map(|event| event.places.iter().copied()), actors),
        words: words(record, mentions().map(|event| event.sentence as usize)),
        ..Sketch::new(Some(best.kind), &best.trigger.lemma, published)
    }
}

/// Sketches an act that is not an event of the record: the word at `trigger`, with the entities of its sentence.
///
/// The sketch has no type, and its parties have no roles.
pub fn untyped_sketch(
    record: &Record,
    trigger: &TextSpan,
    lemma: &str,
    published: i32,
    document: u64,
) -> Sketch {
    let sentence = record
        .sentences
        .iter()
        .position(|it| it.start <= trigger.start && trigger.start < it.end)
        .unwrap_or(usize::MAX);
    let named = |id: &EntityId| {
        let Some(bounds) = record.sentences.get(sentence) else { return false };
        let mentions = &record.entities[id.index()].mentions;
        mentions.iter().any(|it| bounds.start <= it.span.start && it.span.end <= bounds.end)
    };
    let actors = vec![Some(0); record.entities.len()];
    let entities = || record.entities.iter().map(|entity| entity.id).filter(named);
    let kind = |id: EntityId| record.entities[id.index()].kind;
    let mut parties = Vec::new();
    for id in entities().filter(|id| kind(*id) != EntityKind::Place) {
        add_party(&mut parties, party(record, id, Role::Either, &actors));
    }
    Sketch {
        document,
        start: trigger.start,
        parties,
        places: places(record, entities().filter(|id| kind(*id) == EntityKind::Place), &actors),
        words: words(record, std::iter::once(sentence)),
        ..Sketch::new(None, lemma, published)
    }
}

/// Rank of a mention as the representative of its report: one that names parties and a date, and is confident, goes first.
fn rank(event: &Event, published: i32) -> (usize, bool, f64) {
    let parties = event.sources.len() + event.targets.len();
    (parties.min(2), window(event, published).is_some(), event.confidence)
}

/// Returns whether an event was still ahead on its publication date.
pub fn is_plan(event: &Event, published: i32) -> bool {
    match event.status {
        Status::Proposed
        | Status::Expected
        | Status::Scheduled
        | Status::Postponed
        | Status::Cancelled
        | Status::Hypothetical => true,
        Status::Occurred | Status::Ongoing => {
            event.date.is_some_and(|date| day::number(date.interval.from().date()) > published + 1)
        }
    }
}

/// Returns the days a mention gives its event. A past date of a plan belongs to the planning: *In April he offered a meeting*.
fn window(event: &Event, published: i32) -> Option<(i32, i32)> {
    let (from, to) = day::days(event.date?.interval);
    let told = !is_plan(event, published) || to > published;
    told.then_some((from, to))
}

fn parties<'a>(
    record: &Record,
    mentions: impl Iterator<Item = &'a Event>,
    actors: &[Option<i64>],
) -> Vec<Party> {
    let mut parties = Vec::new();
    for event in mentions {
        let (source, target) = if event.targets.is_empty() {
            (Role::Either, Role::Either)
        } else {
            (Role::Source, Role::Target)
        };
        let sides = event.sources.iter().map(|&id| (id, source));
        for (id, role) in sides.chain(event.targets.iter().map(|&id| (id, target))) {
            add_party(&mut parties, party(record, id, role, actors));
        }
    }
    parties
}

fn add_party(parties: &mut Vec<Party>, party: Option<Party>) {
    let Some(party) = party else { return };
    if parties.len() < PARTIES && !parties.iter().any(|known| known.own == party.own) {
        parties.push(party);
    }
}

fn party(record: &Record, id: EntityId, role: Role, actors: &[Option<i64>]) -> Option<Party> {
    let entity = record.entities.get(id.index())?;
    let actor = (*actors.get(id.index())?)?;
    let key = actor::key(entity)?;
    let own = long_hash(&key);
    let surname = if entity.kind == EntityKind::Person {
        let name = entity.link.as_ref().map_or(&entity.name, |link| &link.name);
        short_hash(name::surname(&name::folded(name))).max(1)
    } else {
        0
    };
    Some(Party {
        actor,
        own,
        block: match (entity.told_country(), entity.told_code()) {
            (Some(country), _) => long_hash(country.as_str()),
            (None, Some(code)) => long_hash(&code),
            (None, None) => own,
        },
        surname,
        role,
        is_general: key.starts_with("country:") || key.starts_with("code:"),
        is_state: actor::is_state(entity, &key),
        is_body: entity.told_country().is_none()
            && entity.told_code().is_some()
            && entity.kind != EntityKind::Person,
    })
}

fn places(
    record: &Record,
    ids: impl Iterator<Item = EntityId>,
    actors: &[Option<i64>],
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for id in ids {
        let Some(entity) = record.entities.get(id.index()) else { continue };
        let Some(actor) = actors.get(id.index()).copied().flatten() else { continue };
        let Some(key) = actor::key(entity) else { continue };
        let place = Place { actor, own: long_hash(&key), is_country: key.starts_with("country:") };
        if places.len() < PARTIES && !places.iter().any(|known| known.own == place.own) {
            places.push(place);
        }
    }
    places
}

/// Hashes of the words of more than three letters in some sentences.
fn words(record: &Record, sentences: impl Iterator<Item = usize>) -> Vec<u16> {
    let mut hashes: Vec<u16> = Vec::new();
    let mut last = None;
    for sentence in sentences {
        if last == Some(sentence) {
            continue;
        }
        last = Some(sentence);
        let Some(sentence) = record.sentences.get(sentence) else { continue };
        let words = slice(&record.document.text, sentence.start, sentence.end);
        hashes.extend(
            words
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() > 3)
                .map(|word| short_hash(&word.to_lowercase())),
        );
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(WORDS);
    hashes
}

/// The part of a text between two code points.
fn slice(text: &str, start: u32, end: u32) -> &str {
    if text.is_ascii() {
        return text.get(start as usize..end as usize).unwrap_or_default();
    }
    let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let Some(from) = bytes.nth(start as usize) else { return "" };
    let to = if end > start { bytes.nth((end - start - 1) as usize) } else { None };
    text.get(from..to.unwrap_or(from)).unwrap_or_default()
}
