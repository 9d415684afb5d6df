//! What a unit is compared by: type family, parties, time, place and words of the reports of one event in one text, in few bytes.
//!
//! Mentions of one record that its relations call the same form one unit, which knows all that any of them tells. Everything
//! compared is a hash of names or a number of days, so that two sketches compare alike in any ledger; the numbers of actors in
//! this file ride along for the history.

use std::{collections::HashMap, sync::Arc};

use dateline_core::{
    EntityId, EntityKind, Event, Polarity, Record, RelationKind, Status, codes::PloverType,
};
use rusqlite::{Connection, OptionalExtension as _};

use crate::{
    actor::{self, Actor},
    calendar,
    error::{Failure, Result},
    event::family,
    name,
};

/// The number of a unit: that of its first mention.
pub(crate) type Unit = i64;

/// Parties of one unit that are kept; a list of guests tells no more than its head.
const PARTIES: usize = 8;
/// Hashes of words that are kept: the smallest, which makes two lists comparable (a bottom-k sketch, Cohen and Kaplan 2007).
const WORDS: usize = 8;
/// Sketches that are remembered.
const REMEMBERED: usize = 200_000;

/// What a unit is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) kind: PloverType,
    /// Something ahead when it was written.
    pub(crate) is_plan: bool,
    /// Not one of its mentions says it is so.
    pub(crate) is_denied: bool,
    /// A call or a meeting, where the words tell.
    pub(crate) form: u8,
    /// Hash of the mode; 0 where there is none.
    pub(crate) mode: u16,
    /// Hash of the trigger's lemma.
    pub(crate) lemma: u32,
    /// The day of publication.
    pub(crate) published: i32,
    /// Tells documents apart, and puts those of one day in an order.
    pub(crate) document: u64,
    /// The first code point of the trigger.
    pub(crate) start: u32,
    /// First day, and first day after.
    pub(crate) window: Option<(i32, i32)>,
    pub(crate) parties: Vec<Party>,
    pub(crate) places: Vec<Place>,
    /// Hashes of the content words of its sentences, sorted.
    pub(crate) words: Vec<u16>,
}

/// A party as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Party {
    /// Its number in this file.
    pub(crate) actor: Actor,
    /// Hash of the actor.
    pub(crate) own: u32,
    /// Hash of its country; of the code of a body without one, or of the actor.
    pub(crate) block: u32,
    /// Hash of a person's surname; 0 for all that is no person.
    pub(crate) surname: u16,
    pub(crate) role: Role,
    /// The country itself, or a group known by its code alone.
    pub(crate) is_general: bool,
    /// The country itself, or its government.
    pub(crate) is_state: bool,
    /// A body of no one country.
    pub(crate) is_body: bool,
}

/// On which side of an act a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A party of a symmetric act.
    Either,
    Source,
    Target,
}

/// A place as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its number in this file.
    pub(crate) actor: Actor,
    pub(crate) own: u32,
    /// No more is told than the country.
    pub(crate) is_country: bool,
}

impl Sketch {
    /// Where the unit stands among all units: by publication, document and place in the text.
    pub(crate) fn order(&self) -> (i32, u64, u32) {
        (self.published, self.document, self.start)
    }

    /// The days the event may lie on, as far as its report tells.
    pub(crate) fn days(&self) -> (i32, i32) {
        match self.window {
            Some(window) => window,
            None if self.is_plan => {
                (self.published, self.published + family::of(self.kind).horizon)
            }
            // What is told without a date is news: of the day, or of the two before.
            None => (self.published - 2, self.published + 1),
        }
    }

    /// Whether an event can be named for it. What nobody says is so is no event, nor is an act of nobody.
    pub(crate) fn is_founder(&self) -> bool {
        !self.is_denied && !self.parties.is_empty()
    }

    /// A body of no one country that takes part, such as an alliance that meets.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| self.kind == PloverType::Consult && party.is_body)
    }

    /// Whether the day is told, to within a day or two.
    pub(crate) fn is_precise(&self) -> bool {
        self.window.is_some_and(|(from, to)| to - from <= 3)
    }
}

/// The units of a record, each as the indices of its mentions, in the order of the text.
pub(crate) fn units(record: &Record) -> Vec<Vec<usize>> {
    let n = record.events.len().min(super::MENTIONS);
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
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); n];
    for at in 0..n {
        units[root(&first, at)].push(at);
    }
    units.retain(|unit| !unit.is_empty());
    units
}

/// Sketches a unit of a record published on a day.
pub(crate) fn of(
    record: &Record,
    unit: &[usize],
    actors: &[Option<Actor>],
    published: i32,
    document: u64,
) -> Sketch {
    let mentions = || unit.iter().map(|&at| &record.events[at]);
    let best = mentions()
        .max_by(|one, other| {
            rank(one, published).partial_cmp(&rank(other, published)).expect("ranks are numbers")
        })
        .unwrap_or(&record.events[unit[0]]);
    let is_plan = is_plan(best, published);
    let window =
        mentions().filter_map(|event| window(event, published)).min_by_key(|(from, to)| to - from);
    Sketch {
        kind: best.kind,
        is_plan,
        is_denied: mentions().all(|event| event.polarity == Polarity::Negative),
        form: mentions()
            .map(|event| family::form(event.kind, &event.trigger.lemma))
            .max()
            .unwrap_or(0),
        mode: best.mode.map_or(0, |mode| short(&mode.to_string()).max(1)),
        lemma: long(&best.trigger.lemma),
        published,
        document,
        start: record.events[unit[0]].trigger.span.start,
        window,
        parties: parties(record, mentions(), actors),
        places: places(record, mentions(), actors),
        words: words(record, mentions()),
    }
}

/// Which mention of a unit speaks for it: one that tells parties and day, and is sure.
fn rank(event: &Event, published: i32) -> (usize, bool, f64) {
    let parties = event.sources.len() + event.targets.len();
    (parties.min(2), window(event, published).is_some(), event.confidence)
}

/// Whether a report is of something ahead.
pub(crate) fn is_plan(event: &Event, published: i32) -> bool {
    match event.status {
        Status::Proposed
        | Status::Expected
        | Status::Scheduled
        | Status::Postponed
        | Status::Cancelled
        | Status::Hypothetical => true,
        Status::Occurred | Status::Ongoing => event
            .date
            .is_some_and(|date| calendar::number(date.interval.from().date()) > published + 1),
    }
}

/// The days a report gives its event. A plan's date that is past is that of the planning, as in *In April he offered a meeting*.
pub(crate) fn window(event: &Event, published: i32) -> Option<(i32, i32)> {
    let (from, to) = calendar::days(event.date?.interval);
    let told = !is_plan(event, published) || to > published;
    told.then_some((from, to))
}

fn parties<'a>(
    record: &Record,
    mentions: impl Iterator<Item = &'a Event>,
    actors: &[Option<Actor>],
) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for event in mentions {
        let (source, target) = if event.targets.is_empty() {
            (Role::Either, Role::Either)
        } else {
            (Role::Source, Role::Target)
        };
        let sides = event.sources.iter().map(|&id| (id, source));
        for (id, role) in sides.chain(event.targets.iter().map(|&id| (id, target))) {
            let Some(party) = party(record, id, role, actors) else { continue };
            if parties.len() < PARTIES && !parties.iter().any(|known| known.own == party.own) {
                parties.push(party);
            }
        }
    }
    parties
}

fn party(record: &Record, id: EntityId, role: Role, actors: &[Option<Actor>]) -> Option<Party> {
    let entity = record.entities.get(id.index())?;
    let actor = (*actors.get(id.index())?)?;
    let key = actor::key(entity)?;
    let own = long(&key);
    let surname = if entity.kind == EntityKind::Person {
        let name = entity.link.as_ref().map_or(&entity.name, |link| &link.name);
        short(name::surname(&name::folded(name))).max(1)
    } else {
        0
    };
    Some(Party {
        actor,
        own,
        block: match (&entity.country, &entity.code) {
            (Some(country), _) => long(country.as_str()),
            (None, Some(code)) => long(code),
            (None, None) => own,
        },
        surname,
        role,
        is_general: key.starts_with("country:") || key.starts_with("code:"),
        is_state: actor::is_state(entity, &key),
        is_body: entity.country.is_none()
            && entity.code.is_some()
            && entity.kind != EntityKind::Person,
    })
}

fn places<'a>(
    record: &Record,
    mentions: impl Iterator<Item = &'a Event>,
    actors: &[Option<Actor>],
) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for id in mentions.flat_map(|event| &event.places) {
        let Some(entity) = record.entities.get(id.index()) else { continue };
        let Some(actor) = actors.get(id.index()).copied().flatten() else { continue };
        let Some(key) = actor::key(entity) else { continue };
        let place = Place { actor, own: long(&key), is_country: key.starts_with("country:") };
        if places.len() < PARTIES && !places.iter().any(|known| known.own == place.own) {
            places.push(place);
        }
    }
    places
}

/// The words of the sentences that are longer than three letters.
fn words<'a>(record: &Record, mentions: impl Iterator<Item = &'a Event>) -> Vec<u16> {
    let mut hashes: Vec<u16> = Vec::new();
    let mut last = None;
    for event in mentions {
        if last == Some(event.sentence) {
            continue;
        }
        last = Some(event.sentence);
        let Some(sentence) = record.sentences.get(event.sentence as usize) else { continue };
        // The trigger's own offset leads to the sentence without counting the whole text.
        let words = sentence_text(record, sentence.start, sentence.end);
        hashes.extend(
            words
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() > 3)
                .map(|word| short(&word.to_lowercase())),
        );
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(WORDS);
    hashes
}

/// The words between two code points.
fn sentence_text(record: &Record, start: u32, end: u32) -> &str {
    let text = &record.document.text;
    if text.is_ascii() {
        return text.get(start as usize..end as usize).unwrap_or_default();
    }
    let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let Some(from) = bytes.nth(start as usize) else { return "" };
    let to = if end > start { bytes.nth((end - start - 1) as usize) } else { None };
    text.get(from..to.unwrap_or(from)).unwrap_or_default()
}

fn long(words: &str) -> u32 {
    u32::try_from(name::hash(words) >> 32).expect("32 bits are left")
}

fn short(words: &str) -> u16 {
    u16::try_from(name::hash(words) >> 48).expect("16 bits are left")
}

/// Sketches that were read already.
#[derive(Debug, Default)]
pub(crate) struct Sketches {
    of: HashMap<Unit, Arc<Sketch>>,
}

impl Sketches {
    /// The sketch of a unit.
    pub(crate) fn get(&mut self, db: &Connection, unit: Unit) -> Result<Arc<Sketch>> {
        if let Some(known) = self.of.get(&unit) {
            return Ok(Arc::clone(known));
        }
        let mut select = db.prepare_cached("SELECT sketch FROM unit WHERE unit = ?1")?;
        let read = select
            .query_row([unit], |row| Ok(unpack(row.get_ref(0)?.as_blob()?)))
            .optional()?
            .flatten()
            .ok_or_else(|| Failure::damaged(format!("unit {unit} has no sketch")))?;
        let read = Arc::new(read);
        self.put(unit, Arc::clone(&read));
        Ok(read)
    }

    /// Remembers a sketch.
    pub(crate) fn put(&mut self, unit: Unit, sketch: Arc<Sketch>) {
        if self.of.len() >= REMEMBERED {
            self.of.clear();
        }
        self.of.insert(unit, sketch);
    }

    /// Forgets a unit that is no more.
    pub(crate) fn forget(&mut self, unit: Unit) {
        self.of.remove(&unit);
    }
}

/// The bytes of a sketch: numbers in groups of seven bits (LEB128), hashes as they are.
pub(crate) fn pack(sketch: &Sketch) -> Vec<u8> {
    let mut out = Vec::with_capacity(96);
    let kind = PloverType::ALL.iter().position(|kind| *kind == sketch.kind).unwrap_or(0);
    out.push(u8::try_from(kind).expect("there are sixteen types"));
    out.push(
        u8::from(sketch.is_plan)
            | u8::from(sketch.is_denied) << 1
            | u8::from(sketch.window.is_some()) << 2
            | sketch.form << 3,
    );
    out.extend(sketch.mode.to_le_bytes());
    out.extend(sketch.lemma.to_le_bytes());
    out.extend(sketch.document.to_le_bytes());
    put(&mut out, i64::from(sketch.published));
    put(&mut out, i64::from(sketch.start));
    if let Some((from, to)) = sketch.window {
        put(&mut out, i64::from(from - sketch.published));
        put(&mut out, i64::from(to - from));
    }
    put_length(&mut out, sketch.parties.len());
    for party in &sketch.parties {
        put(&mut out, party.actor);
        out.extend(party.own.to_le_bytes());
        out.push(
            party.role as u8
                | u8::from(party.is_general) << 2
                | u8::from(party.block == party.own) << 3
                | u8::from(party.is_state) << 4
                | u8::from(party.is_body) << 5,
        );
        if party.block != party.own {
            out.extend(party.block.to_le_bytes());
        }
        out.extend(party.surname.to_le_bytes());
    }
    put_length(&mut out, sketch.places.len());
    for place in &sketch.places {
        put(&mut out, place.actor);
        out.extend(place.own.to_le_bytes());
        out.push(u8::from(place.is_country));
    }
    for word in &sketch.words {
        out.extend(word.to_le_bytes());
    }
    out
}

/// The sketch of some bytes; `None` where they are none.
fn unpack(bytes: &[u8]) -> Option<Sketch> {
    let mut bytes = bytes;
    let kind = *PloverType::ALL.get(usize::from(take::<1>(&mut bytes)?[0]))?;
    let [flags] = take::<1>(&mut bytes)?;
    let mode = u16::from_le_bytes(take(&mut bytes)?);
    let lemma = u32::from_le_bytes(take(&mut bytes)?);
    let document = u64::from_le_bytes(take(&mut bytes)?);
    let published = i32::try_from(number(&mut bytes)?).ok()?;
    let start = u32::try_from(number(&mut bytes)?).ok()?;
    let window = if flags & 4 == 0 {
        None
    } else {
        let from = published.checked_add(i32::try_from(number(&mut bytes)?).ok()?)?;
        Some((from, from.checked_add(i32::try_from(number(&mut bytes)?).ok()?)?))
    };
    let mut parties = Vec::new();
    for _ in 0..number(&mut bytes)? {
        let actor = number(&mut bytes)?;
        let own = u32::from_le_bytes(take(&mut bytes)?);
        let [flags] = take::<1>(&mut bytes)?;
        let block = if flags & 8 == 0 { u32::from_le_bytes(take(&mut bytes)?) } else { own };
        let surname = u16::from_le_bytes(take(&mut bytes)?);
        let role =
            [Role::Either, Role::Source, Role::Target].get(usize::from(flags & 3)).copied()?;
        parties.push(Party {
            actor,
            own,
            block,
            surname,
            role,
            is_general: flags & 4 != 0,
            is_state: flags & 16 != 0,
            is_body: flags & 32 != 0,
        });
    }
    let mut places = Vec::new();
    for _ in 0..number(&mut bytes)? {
        let actor = number(&mut bytes)?;
        let own = u32::from_le_bytes(take(&mut bytes)?);
        places.push(Place { actor, own, is_country: take::<1>(&mut bytes)?[0] != 0 });
    }
    let words = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(Sketch {
        kind,
        is_plan: flags & 1 != 0,
        is_denied: flags & 2 != 0,
        form: flags >> 3,
        mode,
        lemma,
        published,
        document,
        start,
        window,
        parties,
        places,
        words,
    })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    put(out, i64::try_from(length).expect("lists of a sketch are short"));
}

fn put(out: &mut Vec<u8>, number: i64) {
    // The sign goes last (zigzag), so that small numbers of either sign are short.
    let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
    while rest > 0x7F {
        out.push(u8::try_from(rest & 0x7F).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).expect("seven bits"));
}

fn number(bytes: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let [byte] = take::<1>(bytes)?;
        value |= u64::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A bilateral meeting to change in tests.
    pub(crate) fn meeting(published: i32, is_plan: bool) -> Sketch {
        let party = |name: &str, country: &str| Party {
            actor: 1,
            own: long(name),
            block: long(country),
            surname: short(name),
            role: Role::Either,
            is_general: false,
            is_state: false,
            is_body: false,
        };
        Sketch {
            kind: PloverType::Consult,
            is_plan,
            is_denied: false,
            form: 2,
            mode: 0,
            lemma: long("meet"),
            published,
            document: u64::from(published.unsigned_abs()),
            start: 10,
            window: None,
            parties: vec![party("ito", "JPN"), party("lund", "NOR")],
            places: Vec::new(),
            words: vec![3, 70, 900],
        }
    }

    proptest! {
        #[test]
        fn a_sketch_comes_back_as_it_was(
            published in -100_000..100_000_i32,
            window in proptest::option::of((-400..400_i32, 1..400_i32)),
            actor in 0..i64::MAX / 4,
            words in proptest::collection::vec(any::<u16>(), 0..WORDS),
        ) {
            let mut sketch = meeting(published, true);
            sketch.window = window.map(|(from, length)| (published + from, published + from + length));
            sketch.parties[0].actor = actor;
            sketch.parties[1].role = Role::Target;
            sketch.places.push(Place { actor, own: 7, is_country: true });
            sketch.words = words;
            prop_assert_eq!(unpack(&pack(&sketch)), Some(sketch));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = unpack(&bytes);
        }
    }
}
