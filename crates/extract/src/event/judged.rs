//! Events of a reader that spots triggers: what its scores, the frames and the models of events make of each word.

use dateline_core::{Polarity, Status, codes::PloverType};
use dateline_nlp::{Token, Upos};

use super::{
    assembly, class,
    codebook::{Frame, Mark, Pos},
    draft::{EventDraft, Rule, is_past},
    found::{self, Found},
    frame::{self, Fit},
    known::Known,
    model::{self, Models, role, status::ByRule},
};
use crate::{
    clause,
    entity::{EntityIdx, MentionDraft},
    sparse::{Features, first_best},
};

/// Least confidence of an event in a record.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum LeastConfidence {
    /// The one under which most events are wholly right, counting those that are missed.
    #[default]
    Usual,
    /// A higher one, under which nine of ten events are told by the text. Fewer are found.
    Precise,
    /// A given one, from 0 to 1.
    Of(f32),
}

/// Confidence of an event that a frame marked as certain decides.
const CERTAIN: f32 = 0.95;

/// Confidence from which an event needs no actor of politics.
const CLEAR: f32 = 0.75;

/// Least probability of a denial.
const DENIED: f32 = 0.5;

/// Least probability of a denial where a word denies the act by the rules.
const DENIED_BY_RULE: f32 = 0.1;

/// Judgment of the models on a word.
pub(super) struct Judgment {
    pub(super) kind: PloverType,
    /// Probability that the word tells an event of the type.
    pub(super) confidence: f32,
}

/// Returns the events of a document, in the order of their triggers.
pub(super) fn events(
    known: &Known<'_>,
    models: &Models,
    least: LeastConfidence,
) -> Vec<EventDraft> {
    let limits = models.limits;
    let [bare, framed] = match least {
        LeastConfidence::Usual => [limits.act, limits.framed],
        LeastConfidence::Precise => [limits.precise; 2],
        LeastConfidence::Of(least) => [least; 2],
    };
    let mut events: Vec<EventDraft> = Vec::new();
    for found in found::find(known) {
        if mark(&found) == Some(Mark::Veto) {
            continue;
        }
        let Judgment { kind, confidence } = judge(known, models, &found);
        let is_framed =
            found.fit.as_ref().is_some_and(|fit| fit.kind == kind && !found.is_taken_in);
        if confidence >= if is_framed { framed } else { bare } {
            let event = event(known, models, &found, kind, &events);
            if is_framed || confidence >= CLEAR || is_political(known, &found, &event) {
                events.push(EventDraft { confidence, ..event });
            }
        }
    }
    events
}

/// Returns true if an act that no frame knows may be one of politics: an actor of politics is a party, or nobody is named. *The
/// film attacked the mayor* and *the storm killed two people* are none.
fn is_political(known: &Known<'_>, found: &Found<'_>, event: &EventDraft) -> bool {
    let mut parties = event.sources.iter().chain(&event.targets).peekable();
    let verb = found.act.head;
    let by_thing =
        event.sources.is_empty() && found.act.pos == Pos::Verb && frame::has_foreign_subject(verb);
    !by_thing
        && (parties.peek().is_none()
            || parties.any(|party| class::is_political(known.entities.get(*party))))
}

/// Returns false for an entity that cannot be the source of an act because a thing is: in *floods killed two people in Kenya* nobody
/// does it. In *the Kenyan floods* or *an airstrike of Kenya's* the entity is part of the subject and may act.
fn may_act(known: &Known<'_>, found: &Found<'_>, party: EntityIdx) -> bool {
    let verb = found.act.head;
    if found.act.pos != Pos::Verb || clause::is_passive(verb) {
        return true;
    }
    let is_thing =
        |subject: &Token<'_>| subject.upos() == Upos::Noun && known.actors.of(*subject).is_none();
    let Some(subject) = clause::agent(verb).filter(is_thing) else { return true };
    let within = |mention: &MentionDraft| {
        let word = known.reading.analysis.token(mention.head);
        word.ancestors().take(REACH).any(|above| above == subject)
    };
    let mut here = known.entities.get(party).mentions_in(verb.sentence().span()).peekable();
    here.peek().is_none() || here.any(within)
}

/// Maximum number of steps up a tree.
const REACH: usize = 8;

/// Judges a word.
pub(super) fn judge(known: &Known<'_>, models: &Models, found: &Found<'_>) -> Judgment {
    // A frame that decides gives the type.
    if let Some(fit) = found.fit.as_ref().filter(|_| is_certain(found)) {
        return Judgment { kind: fit.kind, confidence: CERTAIN };
    }
    let kind = model::act::best_type(found);
    let mut features = Features::default();
    model::act::features(known, found, kind, &mut features);
    Judgment { kind, confidence: models.act.probabilities(&features)[1] }
}

/// Returns the mark of the frame that fits.
fn mark(found: &Found<'_>) -> Option<Mark> {
    found.fit.as_ref()?.frame.map(|frame| frame.mark)
}

fn is_certain(found: &Found<'_>) -> bool {
    mark(found) == Some(Mark::Certain) && !found.is_taken_in
}

/// Returns the event of a word that tells one of a type. Its confidence is left open.
fn event(
    known: &Known<'_>,
    models: &Models,
    found: &Found<'_>,
    kind: PloverType,
    before: &[EventDraft],
) -> EventDraft {
    let shares = role::shares(models, known, found, kind);
    let [mut sources, mut targets] = role::parties(&shares, models.limits);
    sources.retain(|party| may_act(known, found, *party));
    let own = found.fit.as_ref().filter(|fit| fit.kind == kind);
    if let Some(fit) = own.filter(|_| is_certain(found)) {
        // The frame names the parties; the model fills what it leaves open.
        let named: Vec<_> = fit.sources.iter().chain(&fit.targets).copied().collect();
        let fill = |slot: &[_], model: Vec<_>| {
            if slot.is_empty() {
                model.into_iter().filter(|party| !named.contains(party)).collect()
            } else {
                slot.to_vec()
            }
        };
        sources = fill(&fit.sources, sources);
        let symmetric = fit.frame.is_some_and(|frame| frame.symmetric);
        targets = if symmetric { Vec::new() } else { fill(&fit.targets, targets) };
    }
    let frame = own.and_then(|fit| fit.frame).or_else(|| frame_of(found, kind));
    let rule = own.map_or(Rule::Model, |fit| fit.rule);
    let fit = Fit { rule, frame, kind, sources, targets };
    let setting = assembly::setting(known, &found.act);
    let by_rule = assembly::reality_by_rule(known, &found.act, &setting, &fit, before);
    let mut features = Features::default();
    model::status::features(found, kind, by_rule, &mut features);
    let [_, denied] = models.denial.probabilities(&features);
    let statuses = models.status.probabilities(&features);
    let is_denied_by_rule = by_rule.polarity == Polarity::Negative;
    let least = if is_denied_by_rule { DENIED_BY_RULE } else { DENIED };
    let polarity = if denied > least { Polarity::Negative } else { Polarity::Positive };
    // The words that deny an act also say whether it was to come.
    let status = if is_denied_by_rule && polarity == Polarity::Negative {
        by_rule.status
    } else {
        status(Status::ALL[first_best(&statuses)], by_rule, own.is_some())
    };
    assembly::event(known, &found.act, setting, fit, before, Some((status, polarity)))
}

/// Returns the status of an act: that of the model, unless a word of the text tells that the act is still to come. Such words are known
/// where a frame knows the act.
fn status(status: Status, by_rule: ByRule, is_framed: bool) -> Status {
    let is_told = by_rule.is_told || by_rule.is_ahead;
    let is_ahead = is_told && is_framed && !is_past(by_rule.status) && is_past(status);
    // What a word calls wanted is not arranged, and what it calls expected only if the text also says when.
    let is_open = by_rule.is_told
        && match by_rule.status {
            Status::Proposed => is_framed,
            Status::Expected => !by_rule.is_ahead,
            _ => false,
        };
    if is_ahead || status == Status::Scheduled && is_open { by_rule.status } else { status }
}

/// Returns the frame that codes an act of a type though its conditions do not hold: the first of the word.
fn frame_of<'a>(found: &Found<'a>, kind: PloverType) -> Option<&'a Frame> {
    let frames = found.act.frames();
    frames
        .iter()
        .find(|frame| frame.kind == kind && frame.particle.is_none() && frame.mark != Mark::Veto)
}
