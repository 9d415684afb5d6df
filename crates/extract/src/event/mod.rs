//! What happened, or may: acts coded by PLOVER.
//!
//! A word of the [`codebook`] is a trigger where a [`frame`] fits it; its actors come from [`argument`]s of the tree, its
//! reality from [`factuality`], its time and place from [`circumstance`]. [`single`] keeps one event an act.

mod actor;
mod argument;
mod circumstance;
mod class;
pub(crate) mod codebook;
mod deep;
mod demand;
mod explain;
pub(crate) mod frame;
mod light;
mod proposal;
pub(crate) mod ranker;
mod single;
mod size;
pub(crate) mod sureness;

use dateline_core::{
    Certainty, Polarity, StatementKind, Status,
    codes::{Cameo, Context, Mode, PloverType, Quad},
};
use dateline_lexicon::predicate::{self, Complement};
use dateline_nlp::{Deprel, Span, Token, TokenIdx, Upos};

use crate::{
    clause,
    entity::{Entities, EntityIdx},
    factuality::{self, Reality, Step},
    reading::Reading,
    statement::{StatementDraft, StatementIdx, quote},
    time::{TimeExpression, When},
};

use argument::Act;
use codebook::{Codebook, FrameIdx, Pos};
pub(crate) use explain::{Reason, explain};
use frame::{Fit, Rule};
pub(crate) use size::SizeDraft;

/// Counts the events of a document from 0, in the order of their triggers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EventIdx(pub(crate) u32);

/// An act, with what the text tells of it.
#[derive(Debug, Clone)]
pub(crate) struct EventDraft {
    /// By what it is read, and the frame where there is one.
    pub(crate) rule: Rule,
    pub(crate) frame: Option<FrameIdx>,
    pub(crate) kind: PloverType,
    pub(crate) mode: Option<Mode>,
    pub(crate) cameo: Option<Cameo>,
    pub(crate) contexts: Vec<Context>,
    /// The words of the trigger and the token its lemma is read from.
    pub(crate) trigger: (Span, TokenIdx),
    /// Who did it; all parties of a symmetric act.
    pub(crate) sources: Vec<EntityIdx>,
    pub(crate) targets: Vec<EntityIdx>,
    pub(crate) when: Option<When>,
    pub(crate) places: Vec<EntityIdx>,
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    /// How probable it is that the act is of this type.
    pub(crate) confidence: f32,
    /// How real it is, in tenths from -30 to 30.
    pub(crate) factuality: i8,
    /// The numbers of people it is told with.
    pub(crate) sizes: Vec<SizeDraft>,
    /// The statements that vouch for it, outermost first.
    pub(crate) attribution: Vec<StatementIdx>,
}

impl EventDraft {
    /// Whom it is done to; of a symmetric act, all its parties.
    fn other_side(&self) -> &[EntityIdx] {
        if self.targets.is_empty() { &self.sources } else { &self.targets }
    }
}

/// Events looked back at for one that is told again.
const MEMORY: usize = 100;

/// What the layers before have read.
#[derive(Clone, Copy)]
struct Known<'a> {
    codebook: &'a Codebook,
    reading: Reading<'a>,
    times: &'a [TimeExpression],
    entities: &'a Entities,
    statements: &'a [StatementDraft],
    /// For each sentence that is part of a statement, the statement; sorted.
    said_in: &'a [(u32, u32)],
}

/// The events of a document, in the order of their triggers.
pub(crate) fn read(
    codebook: &Codebook,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
) -> Vec<EventDraft> {
    let said_in = said_in(reading, statements);
    let known = Known { codebook, reading, times, entities, statements, said_in: &said_in };
    let actors = actor::Actors::new(entities, statements);
    let doubted = doubted(reading, statements);
    let mut events = framed(known, &actors, &doubted);
    let mut ranker = sureness::Ranker::new(codebook, reading, entities);
    let proposals: Vec<EventDraft> = reading
        .analysis
        .tokens()
        .filter_map(|token| proposal::of(codebook, token, &actors, &events, &mut ranker))
        .map(|(act, fit, confidence)| EventDraft {
            confidence,
            ..draft(known, &doubted, &act, fit, &[])
        })
        .collect();
    ranker.weigh(&mut events);
    events.extend(proposals);
    events.sort_by_key(|event| event.trigger.1);
    size::read(reading, &mut events);
    events
}

/// The events that frames of the codebook find.
#[cfg(feature = "train")]
pub(crate) fn by_frames(
    codebook: &Codebook,
    reading: Reading<'_>,
    times: &[TimeExpression],
    entities: &Entities,
    statements: &[StatementDraft],
) -> Vec<EventDraft> {
    let said_in = said_in(reading, statements);
    let known = Known { codebook, reading, times, entities, statements, said_in: &said_in };
    let actors = actor::Actors::new(entities, statements);
    framed(known, &actors, &doubted(reading, statements))
}

fn framed(known: Known<'_>, actors: &actor::Actors<'_>, doubted: &[Span]) -> Vec<EventDraft> {
    let mut found: Vec<(Act<'_>, Fit<'_>)> = Vec::new();
    for token in known.reading.analysis.tokens() {
        let act = match token.upos() {
            Upos::Verb => Act::verb(known.codebook, token),
            Upos::Noun => Act::noun(known.codebook, token),
            // *the Geneva summit*, read as a name: what is written small is none.
            Upos::Propn if token.text().starts_with(char::is_lowercase) => {
                Act::noun(known.codebook, token)
            }
            _ => continue,
        };
        if let Some(fit) = frame::fit(&act, actors)
            .or_else(|| demand::fit(&act, actors))
            .or_else(|| repeated(&act, &found))
            .or_else(|| pointed_back(&act, &found))
        {
            found.push((act, fit));
        }
    }
    let mut events: Vec<EventDraft> = Vec::new();
    for (act, fit) in single::keep(found) {
        let event = draft(known, doubted, &act, fit, &events);
        events.push(event);
    }
    doubt_reasons(known.reading, &mut events);
    events
}

/// A noun without parties that denies an act told before: *there is no meeting*.
fn repeated<'a>(act: &Act<'_>, found: &[(Act<'a>, Fit<'a>)]) -> Option<Fit<'a>> {
    let noun = act.head;
    let denied = noun.upos() == Upos::Noun
        && (clause::is_negated(noun)
            || noun.deprel() == Deprel::Nsubj
                && noun.head().is_some_and(|be| clause::is(be, "be") && clause::is_negated(be)));
    if !denied {
        return None;
    }
    let (_, before) =
        found.iter().rev().take(MEMORY).find(|(other, _)| other.head.lemma() == noun.lemma())?;
    Some(Fit { rule: Rule::Denial, sources: Vec::new(), targets: Vec::new(), ..before.clone() })
}

/// Sentences a noun points back over, at most.
const NEAR: u32 = 3;

/// A noun without parties that points back to an act told shortly before: *they met … the meeting lasted an hour*.
fn pointed_back<'a>(act: &Act<'a>, found: &[(Act<'a>, Fit<'a>)]) -> Option<Fit<'a>> {
    let noun = act.head;
    let points =
        noun.upos() == Upos::Noun && noun.child(Deprel::Det).is_some_and(clause::is_definite);
    if !points {
        return None;
    }
    let frames = act.codebook.frames_of(noun.lemma(), Pos::Noun);
    let sentence = noun.sentence().idx().0;
    let frame = found
        .iter()
        .rev()
        .take(MEMORY)
        .take_while(|(other, _)| sentence - other.head.sentence().idx().0 <= NEAR)
        .filter(|(other, _)| other.head.sentence().idx().0 < sentence)
        .find_map(|(_, before)| frames.iter().find(|frame| frame.kind == before.kind))?;
    Some(Fit {
        rule: Rule::PointsBack,
        frame: Some(frame),
        kind: frame.kind,
        sources: Vec::new(),
        targets: Vec::new(),
    })
}

/// All that is told of one act; `before` are the events in front of it.
fn draft(
    known: Known<'_>,
    doubted: &[Span],
    act: &Act<'_>,
    fit: Fit<'_>,
    before: &[EventDraft],
) -> EventDraft {
    let trigger = trigger_span(act, &fit);
    let attribution = attribution(known, act.head);
    let own = factuality::read(act.head, act.lent());
    let reality = vouched(known, doubted, act.head, &attribution, own, |_| {});
    let when = circumstance::when(known.reading, known.times, known.entities, act).or_else(|| {
        let during = circumstance::during(act)?;
        // The other act may stand behind this one: its time is read from its own words.
        let other = Act::noun(known.codebook, known.reading.analysis.token(during));
        circumstance::when(known.reading, known.times, known.entities, &other)
    });
    let status = status(known.reading, when, reality, &fit, act, before);
    let parties: Vec<EntityIdx> = fit.sources.iter().chain(&fit.targets).copied().collect();
    let places = circumstance::places(known.entities, act, &parties);
    EventDraft {
        rule: fit.rule,
        frame: fit.frame.map(codebook::Frame::idx),
        kind: fit.kind,
        mode: fit.frame.and_then(|frame| frame.mode),
        cameo: Some(fit.frame.map_or_else(|| Cameo::general(fit.kind), |frame| frame.cameo)),
        contexts: fit.frame.map(|frame| frame.contexts.clone()).unwrap_or_default(),
        trigger: (trigger, act.head.idx()),
        sources: fit.sources,
        targets: fit.targets,
        when,
        places,
        status,
        polarity: reality.polarity,
        certainty: reality.certainty,
        confidence: 0.0,
        sizes: Vec::new(),
        factuality: factuality::model::tenths(act.head, own, reality),
        attribution,
    }
}

/// How real an act is, by what its own clause says and what vouches for it; tells of each word that changed it.
fn vouched(
    known: Known<'_>,
    doubted: &[Span],
    head: Token<'_>,
    attribution: &[StatementIdx],
    own: Reality,
    mut observe: impl FnMut(Step),
) -> Reality {
    let mut reality = own;
    for idx in attribution {
        let statement = &known.statements[idx.0 as usize];
        let Some((cue, _)) = statement.cue else { continue };
        let before = reality;
        embed(known, statement, &mut reality);
        if reality != before {
            observe(Step { cue, before, after: reality });
        }
    }
    let near = doubted.partition_point(|span| span.end() <= head.span().start());
    if let Some(&cue) = doubted.get(near).filter(|span| span.contains(head.span())) {
        let before = reality;
        reality.doubt(Certainty::Probable);
        if reality != before {
            observe(Step { cue, before, after: reality });
        }
    }
    reality
}

/// The words of a trigger: with its particle, and with the object the frame takes in.
fn trigger_span(act: &Act<'_>, fit: &Fit<'_>) -> Span {
    let mut span = act.head.span();
    if let Some(particle) = clause::particle(act.head)
        && particle.idx().0 == act.head.idx().0 + 1
    {
        span = span.cover(particle.span());
    }
    if fit.takes_object_in()
        && let Some(object) = clause::patient(act.head)
        && (act.head.idx().0..act.head.idx().0 + 5).contains(&object.idx().0)
    {
        span = span.cover(object.span());
    }
    span
}

/// Statements that vouch for one act, at most.
const VOUCHERS: usize = 8;

/// The statements whose content holds a trigger, the outermost first.
fn attribution(known: Known<'_>, trigger: Token<'_>) -> Vec<StatementIdx> {
    let sentence = trigger.sentence().idx().0;
    let from = known.said_in.partition_point(|&(other, _)| other < sentence);
    let mut holding: Vec<(usize, StatementIdx)> = known.said_in[from..]
        .iter()
        .take_while(|&&(other, _)| other == sentence)
        .map(|&(_, idx)| (&known.statements[idx as usize], StatementIdx(idx)))
        .filter(|(statement, _)| statement.says(trigger.span()))
        .map(|(statement, idx)| (statement.content.iter().map(|span| span.len()).sum(), idx))
        .take(VOUCHERS)
        .collect();
    holding.sort_by_key(|&(length, idx)| (std::cmp::Reverse(length), idx));
    holding.into_iter().map(|(_, idx)| idx).collect()
}

/// The sentences that hold a part of a statement, each with its statement.
fn said_in(reading: Reading<'_>, statements: &[StatementDraft]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (idx, statement) in statements.iter().enumerate() {
        let idx = u32::try_from(idx).expect("fewer statements than bytes");
        for span in &statement.content {
            let mut last = None;
            for token in clause::tokens_in(reading.analysis, *span) {
                let sentence = token.sentence().idx().0;
                if last != Some(sentence) {
                    pairs.push((sentence, idx));
                    last = Some(sentence);
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What a statement's cue makes of the acts in its content.
fn embed(known: Known<'_>, statement: &StatementDraft, reality: &mut Reality) {
    let Some((_, cue_idx)) = statement.cue else { return };
    let cue = known.reading.analysis.token(cue_idx);
    let Some(entry) = predicate::cue(cue) else { return };
    if statement.kind == StatementKind::Direct {
        return;
    }
    if entry.takes(Complement::That) && !entry.takes(Complement::To) {
        // *denied a report that …* denies what the report says.
        let by_verb = cue.head().filter(|_| cue.deprel() == Deprel::Obj).and_then(predicate::cue);
        let denies = entry.polarity == Polarity::Negative
            || by_verb.is_some_and(|verb| verb.polarity == Polarity::Negative);
        if denies != (entry.is_attitude() && clause::is_negated(cue)) {
            reality.negate();
        }
    }
    reality.doubt(entry.certainty);
    if let Some(status) = entry.status
        && matches!(reality.status, None | Some(Status::Expected))
    {
        reality.status = Some(status);
    }
}

/// The status of an act: what its clause tells, a time to come, or what was told of it before.
fn status(
    reading: Reading<'_>,
    when: Option<When>,
    reality: Reality,
    fit: &Fit<'_>,
    act: &Act<'_>,
    before: &[EventDraft],
) -> Status {
    let ahead = when.zip(reading.published()).is_some_and(|(when, published)| {
        let from = when.interval.from().date();
        from > published
    });
    match reality.status {
        None if ahead => Status::Scheduled,
        Some(Status::Occurred | Status::Ongoing | Status::Expected) if ahead && reality.future => {
            Status::Scheduled
        }
        Some(status) => status,
        None if act.head.upos() == Upos::Noun => before
            .iter()
            .rev()
            .take(MEMORY)
            .find(|event| {
                let parties = event.sources.iter().chain(&event.targets);
                event.kind == fit.kind
                    && (fit.sources.is_empty()
                        || parties.clone().filter(|party| fit.sources.contains(party)).count()
                            >= fit.sources.len().min(2))
            })
            .map_or(Status::Occurred, |event| event.status),
        None => Status::Occurred,
    }
}

/// Words in quotation marks that are no statement: the author keeps a distance.
fn doubted(reading: Reading<'_>, statements: &[StatementDraft]) -> Vec<Span> {
    let analysis = reading.analysis;
    let Some(first) = analysis.sentences().next() else { return Vec::new() };
    let last = analysis.sentences().next_back().unwrap_or(first);
    let mut said = statements
        .iter()
        .filter(|statement| statement.kind == StatementKind::Direct)
        .flat_map(|statement| statement.content.iter().copied())
        .collect::<Vec<_>>();
    said.sort();
    quote::read(analysis.text(), first.span().cover(last.span()))
        .into_iter()
        .map(|quote| quote.inner)
        .filter(|inner| {
            let words = clause::tokens_in(analysis, *inner).len();
            let at = said.partition_point(|span| span.end() <= inner.start());
            words <= 5 && said.get(at).is_none_or(|span| !span.overlaps(*inner))
        })
        .collect()
}

/// The reason somebody gives for a hostile act is his view: *expelled two envoys over Oslo's attack*.
fn doubt_reasons(reading: Reading<'_>, events: &mut [EventDraft]) {
    for at in 0..events.len() {
        let noun = reading.analysis.token(events[at].trigger.1);
        if noun.upos() == Upos::Noun
            && let Some(governor) = reason_for(noun)
            && let Ok(by) = events.binary_search_by_key(&governor.idx(), |event| event.trigger.1)
            && matches!(events[by].kind.quad(), Quad::MaterialConflict | Quad::VerbalConflict)
        {
            events[at].certainty = events[at].certainty.max(Certainty::Probable);
        }
    }
}

/// The word a noun gives the reason for, by *over*, *for* or *because of*.
fn reason_for(noun: Token<'_>) -> Option<Token<'_>> {
    let mut noun = noun;
    for _ in 0..4 {
        let head = noun.head()?;
        match noun.deprel() {
            Deprel::Conj => noun = head,
            Deprel::Obl | Deprel::Nmod => {
                let case = clause::preposition(noun)?;
                let reason = ["over", "for", "because"].iter().any(|word| clause::is(case, word));
                return reason.then_some(head);
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{Extractor, read_document};

    /// The events of a text: type, trigger, sources > targets, and what is not plain fact.
    fn events(extractor: &Extractor, text: &str) -> String {
        let record = extractor.extract(&read_document(text));
        let names = |ids: &[dateline_core::EntityId]| {
            let name = |id: &dateline_core::EntityId| record.entities[id.index()].name.clone();
            ids.iter().map(name).collect::<Vec<_>>().join("+")
        };
        let mut found = String::new();
        for event in &record.events {
            let _ = writeln!(
                found,
                "{} {} {} > {} {:?} {:?} {:?}",
                event.kind,
                event.trigger.span.text,
                names(&event.sources),
                names(&event.targets),
                event.status,
                event.polarity,
                event.certainty,
            );
        }
        found
    }

    #[test]
    fn every_frame_fires_on_its_example() {
        let extractor = Extractor::new();
        let mut said = String::new();
        let silent = extractor.silent_frames();
        for frame in &silent {
            let found = events(&extractor, &frame.example);
            let _ =
                writeln!(said, "{} {}: {}\n{found}", frame.kind, frame.trigger(), frame.example);
        }
        assert!(silent.is_empty(), "{} frames are silent:\n{said}", silent.len());
    }

    #[test]
    fn status_and_polarity_follow_tense_modals_and_what_embeds() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| {
            assert_eq!(events(&extractor, text).trim_end(), expected, "{text}");
        };
        check(
            "Japan will meet with South Korea.",
            "CONSULT meet Japan+South Korea >  Expected Positive Probable",
        );
        check(
            "Japan may attack China.",
            "ASSAULT attack Japan > China Hypothetical Positive Possible",
        );
        check(
            "Russia did not attack Ukraine.",
            "ASSAULT attack Russia > Ukraine Occurred Negative Certain",
        );
        check(
            "If Israel attacks Iran, Iran will retaliate.",
            "ASSAULT attacks Israel > Iran Hypothetical Positive Possible",
        );
        check(
            "France called off the talks with Mali.",
            "CONSULT talks Mali+France >  Cancelled Positive Certain",
        );
        check(
            "The planned summit between Kenya and Uganda was called off.",
            "CONSULT summit Kenya+Uganda >  Cancelled Positive Certain",
        );
        check(
            "Sweden denied a report that Norway had called off a summit with Denmark.",
            "REJECT denied a report Sweden >  Occurred Positive Certain\n\
             CONSULT summit Denmark+Norway >  Cancelled Negative Certain",
        );
        check(
            "There was no meeting between Egypt and Sudan.",
            "CONSULT meeting Egypt+Sudan >  Occurred Negative Certain",
        );
        check(
            "Plans for a summit between Kenya and Uganda were discussed.",
            "CONSULT summit Kenya+Uganda >  Expected Positive Probable",
        );
    }

    #[test]
    fn the_parties_of_a_meeting_are_found_beside_the_clause() {
        let extractor = Extractor::new();
        let check = |text: &str, expected: &str| {
            assert_eq!(events(&extractor, text).trim_end(), expected, "{text}");
        };
        // A place in front of the noun is where it is held.
        check(
            "Talks between Iran and Germany in Vienna ended.",
            "CONSULT Talks Iran+Germany >  Occurred Positive Certain",
        );
        check(
            "The Geneva talks between Iran and Germany ended.",
            "CONSULT talks Iran+Germany >  Occurred Positive Certain",
        );
        check(
            "The Chadian president telephoned the Kenyan president and proposed a meeting.",
            "CONSULT telephoned The Chadian president > the Kenyan president Occurred Positive Certain\n\
             CONSULT meeting The Chadian president+the Kenyan president >  Proposed Positive Possible",
        );
    }

    #[test]
    fn what_is_ascribed_or_asked_is_not_demanded() {
        let extractor = Extractor::new();
        for text in [
            "Norway called the answer regrettable.",
            "Reporters asked the Kenyan minister whether he would resign.",
        ] {
            assert!(!events(&extractor, text).contains("REQUEST"), "{text}");
        }
    }

    #[test]
    fn an_act_is_coded_once() {
        let extractor = Extractor::new();
        for text in [
            "The European Union imposed sanctions on Belarus.",
            "Turkey wants to hold talks with Greece.",
            "Sweden refused to extradite the activist to Turkey.",
            "Poland denied that it had attacked Belarus.",
            "North Korea threatened to attack South Korea.",
        ] {
            assert_eq!(events(&extractor, text).lines().count(), 1, "{text}");
        }
    }

    #[test]
    fn what_is_no_politics_is_no_event() {
        let extractor = Extractor::new();
        for text in [
            "Storms killed two soldiers.",
            "England beat France 2-1.",
            "Apple struck a deal with Samsung.",
            "The film attacked the mayor.",
            "Stocks were hit by fears of a recession.",
            "The striker met the ball at the far post.",
        ] {
            assert_eq!(events(&extractor, text), "", "{text}");
        }
    }
}
