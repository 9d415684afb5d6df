//! Date and place of an act: times and places that depend on the trigger, or on the clause that lends it its subject.
//!
//! - *Oslo last month expelled …*, *the summit in Brussels in mid-June*, *the trip scheduled in June*
//! - *In April, Oslo offered Bergen a meeting*: the noun takes the time of its light verb.
//! - *a summit during the June trip*: what happens during another act shares its time.
//! - *Oslo expelled two envoys on Monday*, read as envoys on Monday: people have no date, so it is that of the act.
//! - *met his colleague, Ann Lee, in Bergen*, read as the colleague in Bergen: what follows the comma belongs to the
//!   clause.

use dateline_core::EntityKind;
use dateline_lexicon::preposition::Use;
use dateline_nlp::{Deprel, Token, TokenIdx, Upos, Xpos};

use super::{argument::Act, codebook::Pos};
use crate::{
    clause,
    entity::{Entities, EntityIdx},
    reading::Reading,
    time::{TimeExpression, TimeIdx, When},
};

/// Returns the date of an act, from the nearest time in the tree.
pub(super) fn when(
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    act: &Act<'_>,
) -> Option<When> {
    let anchors = anchors(act);
    let sentence = act.head.sentence();
    let from = times.partition_point(|time| time.first < sentence.first().idx());
    let mut best: Option<(usize, When)> = None;
    for (idx, time) in times.iter().enumerate().skip(from) {
        if time.first > sentence.last().idx() {
            break;
        }
        let Some(interval) = time.stretch(times) else { continue };
        let Some(rank) = rank(reading, time, entities, &anchors) else { continue };
        if best.is_none_or(|(earlier, _)| rank < earlier) {
            let idx = TimeIdx(u32::try_from(idx).expect("fewer times than bytes"));
            best = Some((rank, When { interval, time: Some(idx) }));
        }
    }
    best.map(|(_, when)| when)
}

/// Returns the words that a time or place of the act may depend on, the nearest first.
fn anchors<'a>(act: &Act<'a>) -> Vec<Token<'a>> {
    let mut anchors = vec![act.head];
    // *the trip scheduled in June*
    anchors.extend(act.head.children().filter(|child| {
        child.deprel() == Deprel::Acl
            && child.upos() == Upos::Verb
            && !clause::is_infinitive(*child)
    }));
    // *the trip, which was set for June*: the relative clause is only about the act
    let is_subject = |word: Token<'_>| {
        matches!(word.deprel(), Deprel::Nsubj | Deprel::NsubjPass)
            && matches!(word.xpos(), Xpos::WDT | Xpos::WP)
    };
    anchors.extend(act.head.children().filter(|child| {
        child.deprel() == Deprel::AclRelcl
            && child.children().any(is_subject)
            && child.child(Deprel::Obj).is_none()
    }));
    if let Some((verb, _)) = act.light {
        anchors.push(verb);
    }
    // *the talks began on Monday*
    if act.head.deprel() == Deprel::Nsubj
        && let Some(verb) = act.head.head().filter(|verb| verb.upos() == Upos::Verb)
    {
        anchors.push(verb);
    }
    // *replied on Monday by expelling …*: the means has the date of the act
    if act.head.xpos() == Xpos::VBG
        && act.head.deprel() == Deprel::Advcl
        && act.head.children().any(|child| clause::is(child, "by"))
        && let Some(verb) = act.head.head().filter(|verb| verb.upos() == Upos::Verb)
    {
        anchors.push(verb);
    }
    // *agreed on Monday to …*: the clause has no time of its own, the one it completes has.
    anchors
}

/// Returns how near a time is to an act: the index of the anchor it depends on.
fn rank(
    reading: Reading<'_>,
    time: &TimeExpression,
    entities: &Entities,
    anchors: &[Token<'_>],
) -> Option<usize> {
    let governor = governor(reading, time)?;
    let position = |token: Token<'_>| anchors.iter().position(|anchor| *anchor == token);
    // *the Brussels summit in June*, read as June of Brussels
    let nominal = clause::is_nominal(governor)
        && matches!(governor.deprel(), Deprel::Nmod | Deprel::Obl | Deprel::Compound);
    let above = governor.head().filter(|_| nominal);
    let person = std::iter::once(governor).chain(above).find(|word| is_person(entities, *word));
    position(governor)
        .or_else(|| position(above?).map(|at| at + anchors.len()))
        .or_else(|| position(acted_on(person?)?).map(|at| at + anchors.len()))
        .or_else(|| is_lent(time, *anchors.first()?, governor).then_some(2 * anchors.len()))
}

/// Returns true if the clause above holds the time in front of a verb without a subject: *came as Oslo last month expelled two
/// envoys*, read as *came as Oslo | last month*.
fn is_lent(time: &TimeExpression, verb: Token<'_>, above: Token<'_>) -> bool {
    verb.xpos() == Xpos::VBD
        && verb.head() == Some(above)
        && verb.child(Deprel::Nsubj).is_none()
        && time.last.0 + 1 == verb.idx().0
}

/// Returns true if a word means people.
fn is_person(entities: &Entities, word: Token<'_>) -> bool {
    entities
        .headed_by(word.idx())
        .is_some_and(|idx| matches!(entities.get(idx).kind, EntityKind::Person | EntityKind::Group))
}

/// Returns the verb that a word is the object of.
fn acted_on(object: Token<'_>) -> Option<Token<'_>> {
    object.head().filter(|verb| object.deprel() == Deprel::Obj && verb.upos() == Upos::Verb)
}

/// Returns the word that a time expression depends on.
pub(super) fn governor<'a>(reading: Reading<'a>, time: &TimeExpression) -> Option<Token<'a>> {
    let mut token = reading.analysis.token(time.first);
    for _ in 0..8 {
        if token.idx() < time.first || token.idx() > time.last {
            return Some(token);
        }
        token = token.head()?;
    }
    None
}

/// Returns the places of an act: those after *in*, *at*, *near* and the like.
pub(super) fn places(entities: &Entities, act: &Act<'_>, parties: &[EntityIdx]) -> Vec<EntityIdx> {
    let mut places = Vec::new();
    for anchor in anchors(act) {
        for (case, nominal) in clause::obliques(anchor).chain(behind_object(anchor)) {
            if !clause::may_be(case, Use::Place) {
                continue;
            }
            for token in clause::joined(nominal) {
                let Some(idx) = entities.headed_by(token.idx()) else { continue };
                if is_place(entities, idx) && !places.contains(&idx) {
                    places.push(idx);
                }
            }
        }
        if !places.is_empty() {
            break;
        }
    }
    if places.is_empty() && act.pos == Pos::Noun {
        places = places_before(entities, act.head);
        places.retain(|place| !parties.contains(place));
    }
    places
}

/// Returns the places in front of a noun that are not countries: *Geneva* in *the Geneva talks*.
pub(super) fn places_before(entities: &Entities, noun: Token<'_>) -> Vec<EntityIdx> {
    let is_town = |idx: &EntityIdx| {
        let named = entities.get(*idx).kind != EntityKind::Place && is_place(entities, *idx);
        named || entities.is_mere_place(*idx)
    };
    noun.children()
        .filter(|child| child.idx() < noun.idx())
        .filter(|child| matches!(child.deprel(), Deprel::Compound | Deprel::NmodUnmarked))
        .filter_map(|child| entities.headed_by(child.idx()))
        .filter(is_town)
        .collect()
}

/// Returns the nominals after the comma that closes an apposition to the object of a verb, each with its preposition
/// first.
fn behind_object(verb: Token<'_>) -> impl Iterator<Item = (Token<'_>, Token<'_>)> {
    let object = verb.child(Deprel::Obj);
    let apposition = object.and_then(|object| Some((object, object.child(Deprel::Appos)?)));
    apposition.into_iter().flat_map(|(object, apposition)| {
        clause::obliques(object).filter(move |(case, _)| {
            case.idx() > apposition.idx()
                && case.previous().is_some_and(|comma| comma.text() == ",")
        })
    })
}

fn is_place(entities: &Entities, idx: EntityIdx) -> bool {
    let entity = entities.get(idx);
    entity.kind == EntityKind::Place
        || entity.kind == EntityKind::Organization
            && entity.country.is_some()
            && entity.titles.is_empty()
            && entity.sectors.len() == 1
}

/// Returns the noun of the act during which an act happens.
pub(super) fn during(act: &Act<'_>) -> Option<TokenIdx> {
    let verb = act.light.map(|(verb, _)| verb);
    std::iter::once(act.head)
        .chain(verb)
        .find_map(|anchor| Some(clause::oblique(anchor, "during")?.idx()))
}
