//! Confidence of an event: the probability the ranker gives its type, for its parties, in its sentence.

use dateline_core::{Polarity, Status};
use dateline_nlp::{Span, TokenIdx};

use super::{
    codebook::Codebook,
    draft::EventDraft,
    ranker::{self, Features, Pair, Ranking, Vote},
};
use crate::{
    entity::{Entities, EntityIdx},
    reading::Reading,
};

/// Maximum number of events of one sentence that vote.
const VOTES: usize = 12;

/// Ranks pairs of parties, given the events that frames found.
pub(super) struct Ranker<'a> {
    codebook: &'a Codebook,
    reading: Reading<'a>,
    entities: &'a Entities,
    features: Features,
    votes: Vec<Vote>,
}

impl<'a> Ranker<'a> {
    pub(super) fn new(
        codebook: &'a Codebook,
        reading: Reading<'a>,
        entities: &'a Entities,
    ) -> Self {
        Self { codebook, reading, entities, features: Features::default(), votes: Vec::new() }
    }

    /// Sets the confidence of each event.
    pub(super) fn weigh(&mut self, events: &mut [EventDraft]) {
        for at in 0..events.len() {
            let event = &events[at];
            let source = event.sources.first().copied();
            let target = event.other_side().iter().copied().find(|target| Some(*target) != source);
            let ranking = self.rank(events, event.trigger.1, source, target);
            let event = &mut events[at];
            event.confidence = share(&ranking, event);
        }
    }

    /// Ranks two parties in the sentence of a word.
    pub(super) fn rank(
        &mut self,
        events: &[EventDraft],
        word: TokenIdx,
        source: Option<EntityIdx>,
        target: Option<EntityIdx>,
    ) -> Ranking {
        let token = self.reading.analysis.token(word);
        let sentence = token.sentence();
        let mention = |party: Option<EntityIdx>| {
            let near = |span: &Span| span.start().abs_diff(token.span().start());
            let mentions = &self.entities.get(party?).mentions;
            let from = mentions.partition_point(|m| m.span.start() < sentence.span().start());
            mentions[from..]
                .iter()
                .map(|m| m.span)
                .take_while(|span| span.end() <= sentence.span().end())
                .min_by_key(near)
        };
        let is = |party: Option<EntityIdx>, list: &[EntityIdx]| {
            party.is_some_and(|party| list.contains(&party))
        };
        let first = sentence.first().idx();
        let from = events.partition_point(|event| event.trigger.1 < first);
        self.votes.clear();
        self.votes.extend(
            events[from..]
                .iter()
                .take_while(|event| event.trigger.1 <= sentence.last().idx())
                .take(VOTES)
                .map(|event| {
                    vote(event, is(source, &event.sources), is(target, event.other_side()))
                }),
        );
        let pair = Pair {
            codebook: self.codebook,
            analysis: self.reading.analysis,
            source: mention(source),
            target: mention(target),
            at: token.span().start(),
            votes: &self.votes,
        };
        ranker::rank(&pair, &mut self.features)
    }
}

fn vote(event: &EventDraft, source: bool, target: bool) -> Vote {
    Vote {
        kind: event.kind,
        negative: event.polarity == Polarity::Negative,
        ahead: is_ahead(event.status) || event.status == Status::Hypothetical,
        shared: u8::from(source) + u8::from(target),
    }
}

fn is_ahead(status: Status) -> bool {
    matches!(status, Status::Proposed | Status::Expected | Status::Scheduled)
}

/// Returns the probability of an event's type, plus that of the type under which PLOVER files the same act while it is
/// only announced.
fn share(ranking: &Ranking, event: &EventDraft) -> f32 {
    let announced = event.kind.announced();
    let other = if announced == event.kind { 0.0 } else { ranking.of(announced) };
    ranking.of(event.kind) + other
}

/// Returns the features of two spans of a text.
#[cfg(feature = "train")]
pub(crate) fn features(
    codebook: &Codebook,
    reading: Reading<'_>,
    entities: &Entities,
    events: &[EventDraft],
    source: Option<Span>,
    target: Option<Span>,
) -> Features {
    let overlaps = |list: &[EntityIdx], words: Option<Span>| {
        words.is_some_and(|words| {
            list.iter().any(|idx| {
                entities.get(*idx).mentions.iter().any(|mention| mention.span.overlaps(words))
            })
        })
    };
    let at = source.or(target).map_or(0, Span::start);
    let sentence = reading
        .analysis
        .token_at(at)
        .or_else(|| reading.analysis.tokens().next())
        .map(|token| token.sentence().idx());
    let in_sentence = |event: &&EventDraft| {
        Some(reading.analysis.token(event.trigger.1).sentence().idx()) == sentence
    };
    let votes: Vec<Vote> = events
        .iter()
        .filter(in_sentence)
        .take(VOTES)
        .map(|event| {
            vote(event, overlaps(&event.sources, source), overlaps(event.other_side(), target))
        })
        .collect();
    let mut features = Features::default();
    features.fill(&Pair {
        codebook,
        analysis: reading.analysis,
        source,
        target,
        at,
        votes: &votes,
    });
    features
}
