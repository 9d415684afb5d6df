//! Drafts to the parts of a record: ids, and offsets in code points.

use dateline_core::{
    Cue, Document, Entity, EntityId, Event, EventDate, EventId, Inference, Mention, Reason, Record,
    Relation, SCHEMA, Sentence, Size, Statement, StatementId, Time, TimeId, Trigger,
};
use dateline_nlp::{Analysis, ReaderKind, Span, Token, TokenIdx};

use super::{actor_code::actor_code, layers::Drafts};
use crate::{
    codepoint::CodePoints,
    entity::{EntityDraft, EntityIdx, Inferred, MentionDraft},
    event::{EventDraft, SizeDraft},
    relation::RelationDraft,
    statement::{StatementDraft, StatementIdx},
    time::{TimeExpression, TimeIdx, When},
};

/// Converts drafts to the parts of a record.
pub(super) struct Printer<'a> {
    points: CodePoints<'a>,
    analysis: &'a Analysis<'a>,
    /// Id of each entity; ids are numbered by first mention.
    entity_ids: Vec<EntityId>,
}

impl<'a> Printer<'a> {
    /// Creates a printer; `order` lists all entities in the order they are printed.
    pub(super) fn new(analysis: &'a Analysis<'a>, order: &[EntityIdx]) -> Self {
        let mut entity_ids = vec![EntityId::from_index(0); order.len()];
        for (at, idx) in order.iter().enumerate() {
            entity_ids[idx.0 as usize] = EntityId::from_index(at);
        }
        Self { points: CodePoints::new(analysis.text()), analysis, entity_ids }
    }

    /// Prints the whole record; `order` is the order given to [`new`](Self::new).
    pub(super) fn record(
        &self,
        reader: ReaderKind,
        document: &Document,
        drafts: &Drafts,
        order: &[EntityIdx],
    ) -> Record {
        Record {
            schema: SCHEMA.to_owned(),
            reader: Some(reader.to_string()),
            document: document.clone(),
            sentences: self.sentences(),
            entities: numbered(order, |at, idx| self.entity(at, drafts.entities.get(*idx))),
            times: print_times(&self.points, &drafts.times),
            statements: numbered(&drafts.statements, |at, draft| self.statement(at, draft)),
            events: numbered(&drafts.events, |at, draft| self.event(at, draft)),
            relations: drafts.relations.iter().map(|draft| self.relation(draft)).collect(),
        }
    }

    pub(super) fn points(&self) -> &CodePoints<'a> {
        &self.points
    }

    pub(super) fn token(&self, idx: TokenIdx) -> Token<'a> {
        self.analysis.token(idx)
    }

    pub(super) fn entity_id(&self, idx: EntityIdx) -> EntityId {
        self.entity_ids[idx.0 as usize]
    }

    /// Returns a reason of an explanation; `evidence` is in bytes.
    pub(super) fn reason(&self, name: &str, value: String, evidence: Option<Span>) -> Reason {
        let evidence = evidence.map(|span| self.points.span(span));
        Reason { name: name.to_owned(), value, evidence }
    }

    fn sentences(&self) -> Vec<Sentence> {
        let bounds = |span: Span| Sentence {
            start: self.points.before(span.start()),
            end: self.points.before(span.end()),
        };
        self.analysis.sentences().map(|sentence| bounds(sentence.span())).collect()
    }

    fn entity(&self, at: usize, draft: &EntityDraft) -> Entity {
        let Inferred { home, sector } = draft.inferred;
        let mention = |m: &MentionDraft| Mention { span: self.points.span(m.span), form: m.form };
        Entity {
            id: EntityId::from_index(at),
            name: draft.name.clone(),
            kind: draft.kind,
            country: draft.country.or(home.map(|(country, _)| country)),
            sectors: draft.sectors.iter().copied().chain(sector).collect(),
            code: actor_code(draft),
            titles: draft.titles.clone(),
            link: draft.link.clone(),
            inferred: home
                .map(|_| Inference::Country)
                .into_iter()
                .chain(sector.map(|_| Inference::Sectors))
                .collect(),
            mentions: draft.mentions.iter().map(mention).collect(),
        }
    }

    fn statement(&self, at: usize, draft: &StatementDraft) -> Statement {
        Statement {
            id: StatementId::from_index(at),
            kind: draft.kind,
            speaker: draft.speaker.map(|idx| self.entity_id(idx)),
            source: draft.source.map(|span| self.points.span(span)),
            cue: draft.cue.map(|(span, head)| Cue {
                span: self.points.span(span),
                lemma: self.token(head).lemma().to_owned(),
                class: draft.class,
            }),
            content: draft.content.iter().map(|&span| self.points.span(span)).collect(),
            date: draft.when.map(event_date),
            addressee: draft.addressee.map(|idx| self.entity_id(idx)),
        }
    }

    fn event(&self, at: usize, draft: &EventDraft) -> Event {
        let (span, head) = draft.trigger;
        let head = self.token(head);
        Event {
            id: EventId::from_index(at),
            kind: draft.kind,
            mode: draft.mode,
            cameo: draft.cameo,
            quad: draft.kind.quad(),
            goldstein: draft.cameo.map(dateline_core::codes::Cameo::goldstein),
            contexts: draft.contexts.clone(),
            trigger: Trigger { span: self.points.span(span), lemma: head.lemma().to_owned() },
            sources: draft.sources.iter().map(|&idx| self.entity_id(idx)).collect(),
            targets: draft.targets.iter().map(|&idx| self.entity_id(idx)).collect(),
            date: draft.when.map(event_date),
            places: draft.places.iter().map(|&idx| self.entity_id(idx)).collect(),
            status: draft.status,
            polarity: draft.polarity,
            certainty: draft.certainty,
            confidence: hundredths(draft.confidence),
            factuality: f64::from(draft.factuality) / 10.0,
            sizes: draft.sizes.iter().map(|size| self.size(size)).collect(),
            attribution: draft.attribution.iter().copied().map(statement_id).collect(),
            sentence: head.sentence().idx().0,
        }
    }

    fn size(&self, draft: &SizeDraft) -> Size {
        let (kind, number, bound) = (draft.kind, draft.number, draft.bound);
        Size { kind, number, bound, span: self.points.span(draft.span) }
    }

    fn relation(&self, draft: &RelationDraft) -> Relation {
        Relation {
            kind: draft.kind,
            from: EventId::from_index(draft.from.0 as usize),
            to: EventId::from_index(draft.to.0 as usize),
            evidence: self.points.span(draft.evidence),
        }
    }
}

/// Prints time expressions, numbered in their order.
pub(super) fn print_times(points: &CodePoints<'_>, times: &[TimeExpression]) -> Vec<Time> {
    numbered(times, |at, draft| Time {
        id: TimeId::from_index(at),
        span: points.span(draft.span),
        kind: draft.kind,
        value: draft.value.clone(),
        modifier: draft.modifier,
        quant: draft.quant.map(str::to_owned),
        freq: draft.freq.clone(),
        interval: draft.interval,
        until: draft.until.map(time_id),
    })
}

/// Prints each draft with its index.
fn numbered<D, P>(drafts: &[D], print: impl Fn(usize, &D) -> P) -> Vec<P> {
    drafts.iter().enumerate().map(|(at, draft)| print(at, draft)).collect()
}

/// Rounds a share to two decimal places.
fn hundredths(share: f32) -> f64 {
    f64::from((share * 100.0).round()) / 100.0
}

fn statement_id(idx: StatementIdx) -> StatementId {
    StatementId::from_index(idx.0 as usize)
}

fn time_id(idx: TimeIdx) -> TimeId {
    TimeId::from_index(idx.0 as usize)
}

fn event_date(when: When) -> EventDate {
    EventDate { interval: when.interval, time: when.time.map(time_id) }
}
