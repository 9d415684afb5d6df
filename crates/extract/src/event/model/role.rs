//! The entities that are source and target of an event.
//!
//! A reader scores words, and frames name slots. A party is an entity: the model sees the best scores of its mentions near the trigger,
//! where its nearest mention stands in the tree, what the frame says, and what kind of actor it is.

use dateline_core::{EntityKind, Form, codes::PloverType};
use dateline_nlp::{
    Analysis, N_ROLES, SentenceIdx, Token, TokenIdx, Trigger, Triggers, Upos, logit,
};

use super::{Limits, Models};
use crate::{
    clause,
    entity::{EntityDraft, EntityIdx, MentionDraft},
    event::{attribution, class, found::Found, known::Known},
    linear::{hash, mixed},
    sparse::Features,
};

/// Answers of the model; the first is that an entity is neither.
pub(crate) const SOURCE: usize = 1;
pub(crate) const TARGET: usize = 2;

/// Sentences before the trigger's own whose entities may be parties.
const BEFORE: u32 = 3;

/// Maximum number of candidates.
const MOST: usize = 40;

/// Maximum number of words of a mention whose scores are looked at.
const LONGEST: usize = 8;

/// Score of an entity that the reader did not see together with the trigger.
const UNSEEN: f32 = -7.0;

/// Kind of feature.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Best score of a mention for each role.
    Score,
    ScoreType,
    ScoreForm,
    /// Best score of the head of a mention.
    HeadScore,
    /// Difference to the best score of any word of the window.
    LeadWords,
    /// Difference to the best score of another candidate.
    Lead,
    /// Rank among the candidates.
    Rank,
    Unseen,
    /// Sentences between mention and trigger.
    Sentence,
    Frame,
    FrameOther,
    FrameRank,
    /// Way in the tree from the trigger to the mention.
    Path,
    PathTag,
    PathType,
    PathLemma,
    Case,
    CaseType,
    Order,
    Form,
    What,
    WhatType,
    Sector,
    SectorType,
    Country,
    Political,
    Speaker,
    SpeakerType,
    Mentions,
    First,
    Focus,
    FocusType,
    Inside,
    /// Best score of a word that belongs to the entity.
    Owned,
    /// Best score of a party joined to it.
    Joined,
    /// Both of the reader and the frame.
    Agreed,
}

impl From<Kind> for u32 {
    fn from(kind: Kind) -> Self {
        500 + kind as Self
    }
}

/// An entity that may be a party.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    pub(crate) entity: EntityIdx,
    /// Mention nearest to the trigger.
    nearest: &'a MentionDraft,
    /// First of the words that the nearest mention is joined with.
    group: TokenIdx,
    /// Best scores of a mention as source, target and place.
    scores: [f32; 3],
    /// Best scores of the head of a mention, as source and target.
    heads: [f32; 2],
    /// Best scores of a word that belongs to the entity, as source and target.
    owned: [f32; 2],
}

/// The entities that may be parties of an event, with what they are compared with.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) candidates: Vec<Candidate<'a>>,
    /// Best scores of any word of the window, as source and target.
    top: [f32; 2],
    /// Speaker of the innermost statement that the trigger is part of.
    speaker: Option<EntityIdx>,
}

/// Returns the entities that may be parties of an event: those mentioned in its window or not long before.
pub(crate) fn field<'a>(known: &Known<'a>, found: &Found<'a>) -> Field<'a> {
    let head = found.act.head;
    let mut candidates = candidates(known, found);
    by_belongings(known, found, &mut candidates);
    if candidates.len() > MOST {
        let analysis = known.reading.analysis;
        candidates
            .sort_by_key(|one| (distance(head, analysis.token(one.nearest.head)), one.entity));
        candidates.truncate(MOST);
        candidates.sort_by_key(|one| one.entity);
    }
    let triggers = known.reading.analysis.triggers();
    Field {
        candidates,
        top: found.trigger.map_or([0.0; 2], |trigger| top(triggers, trigger)),
        speaker: attribution::speaker(known, head),
    }
}

fn candidates<'a>(known: &Known<'a>, found: &Found<'a>) -> Vec<Candidate<'a>> {
    let analysis = known.reading.analysis;
    let head = found.act.head;
    let (first, last) = reach(known, found);
    let mut all = Vec::new();
    for (entity, number) in known.entities.list().iter().zip(0..) {
        let from = entity.mentions.partition_point(|mention| mention.head < first);
        let near = || {
            let near = entity.mentions[from..].iter().take_while(|mention| mention.head <= last);
            near.filter(|mention| mention.head != head.idx())
        };
        let far = |mention: &&MentionDraft| distance(head, analysis.token(mention.head));
        let Some(nearest) = near().min_by_key(far) else { continue };
        let mut candidate = Candidate {
            entity: EntityIdx(number),
            nearest,
            group: clause::first_of_joined(analysis.token(nearest.head)).idx(),
            scores: [UNSEEN; 3],
            heads: [UNSEEN; 2],
            owned: [UNSEEN; 2],
        };
        if let Some(trigger) = found.trigger {
            near().for_each(|mention| candidate.take_scores(analysis, trigger, mention));
        }
        all.push(candidate);
    }
    all
}

impl Candidate<'_> {
    /// Takes the scores of the words of a mention where they are greater.
    fn take_scores(&mut self, analysis: &Analysis<'_>, trigger: &Trigger, mention: &MentionDraft) {
        for token in clause::tokens_in(analysis, mention.span).take(LONGEST) {
            let Some(roles) = analysis.triggers().roles(trigger, token.idx()) else { continue };
            raise(&mut self.scores, *roles);
            if token.idx() == mention.head {
                raise(&mut self.heads, *roles);
            }
        }
    }
}

/// Returns the first and the last token whose mentions may be parties: those of the window, and of the sentences not long before.
fn reach(known: &Known<'_>, found: &Found<'_>) -> (TokenIdx, TokenIdx) {
    let analysis = known.reading.analysis;
    let sentence = found.act.head.sentence();
    let before = SentenceIdx(sentence.idx().0.saturating_sub(BEFORE));
    let (first, last) = (analysis.sentence(before).first().idx(), sentence.last().idx());
    match found.trigger.map(|trigger| analysis.triggers().window(trigger)) {
        Some(window) if window.start < window.end => {
            (first.min(window.start), last.max(TokenIdx(window.end.0 - 1)))
        }
        _ => (first, last),
    }
}

/// Raises the best scores to those of a word where they are greater.
fn raise<const N: usize>(best: &mut [f32; N], roles: [i16; N_ROLES]) {
    for (best, score) in best.iter_mut().zip(roles) {
        *best = best.max(logit(score));
    }
}

/// Returns the best scores of any word for source and target.
fn top(triggers: &Triggers, trigger: &Trigger) -> [f32; 2] {
    let window = triggers.window(trigger);
    let mut best = [f32::MIN; 2];
    for token in window.start.0..window.end.0 {
        if let Some(roles) = triggers.roles(trigger, TokenIdx(token)) {
            raise(&mut best, *roles);
        }
    }
    best
}

/// Least score of a word for a role from which it counts for the actor it belongs to.
const LEAST_OWNED: f32 = -2.0;

/// Passes the scores of words that are no mention on to the actor they belong to: *airliner* in *a Cuban airliner*.
fn by_belongings(known: &Known<'_>, found: &Found<'_>, all: &mut [Candidate<'_>]) {
    let analysis = known.reading.analysis;
    let Some(trigger) = found.trigger else { return };
    let window = analysis.triggers().window(trigger);
    for number in window.start.0..window.end.0 {
        let idx = TokenIdx(number);
        let Some(roles) = analysis.triggers().roles(trigger, idx) else { continue };
        if roles[..2].iter().all(|score| logit(*score) < LEAST_OWNED)
            || known.entities.headed_by(idx).is_some()
        {
            continue;
        }
        let word = analysis.token(idx);
        if word.upos() != Upos::Noun {
            continue;
        }
        if let Some(owner) = known.actors.of(word)
            && let Some(candidate) = all.iter_mut().find(|one| one.entity == owner)
        {
            raise(&mut candidate.owned, *roles);
        }
    }
}

/// Distance of a mention from a trigger: tokens, and more for another sentence, most for a later one.
fn distance(trigger: Token<'_>, mention: Token<'_>) -> u32 {
    let between = trigger.idx().0.abs_diff(mention.idx().0);
    let (own, other) = (trigger.sentence().idx().0, mention.sentence().idx().0);
    between + 25 * own.abs_diff(other) + if other > own { 15 } else { 0 }
}

/// Reads the features of one of the candidates.
pub(crate) fn features(
    known: &Known<'_>,
    found: &Found<'_>,
    kind: PloverType,
    field: &Field<'_>,
    at: usize,
    out: &mut Features,
) {
    out.clear();
    let one = &field.candidates[at];
    let others = || {
        let all = field.candidates.iter().enumerate();
        all.filter(|(other, _)| *other != at).map(|(_, other)| other)
    };
    let entity = known.entities.get(one.entity);
    let kind = hash(kind.as_str());
    let form = form(one.nearest.form);
    if one.scores[0] <= UNSEEN {
        out.add(Kind::Unseen, 0);
    }
    for ((role, number), &score) in (0..).zip(0_u32..).zip(&one.scores) {
        out.number(mixed(Kind::Score.into(), number), score, 1.0, 7.0);
        if role == 2 {
            continue;
        }
        out.number(mixed(mixed(Kind::ScoreType.into(), number), kind), score, 3.5, 7.0);
        out.number(mixed(Kind::HeadScore.into(), number), one.heads[role], 1.5, 7.0);
        out.number(mixed(Kind::LeadWords.into(), number), score - field.top[role], 1.5, 6.0);
        out.number(mixed(mixed(Kind::ScoreForm.into(), number), form), score, 3.5, 7.0);
        let best = others().map(|other| other.scores[role]).fold(UNSEEN, f32::max);
        out.number(mixed(Kind::Lead.into(), number), score - best, 1.5, 6.0);
        let rank = others().filter(|other| other.scores[role] > score).take(3).count();
        out.add(Kind::Rank, mixed(number, u32::try_from(rank).expect("at most three")));
    }
    for (number, &score) in (0..).zip(&one.owned) {
        if score > UNSEEN {
            out.number(mixed(Kind::Owned.into(), number), score, 1.5, 6.0);
        }
    }
    joined(others().filter(|other| other.group == one.group), out);
    let says = by_frame(found, one.entity, out);
    let [source, target, _] = one.scores.map(|score| score > -1.0);
    out.add(Kind::Agreed, mixed(says, u32::from(source) + 2 * u32::from(target)));
    what(entity, kind, form, out);
    out.add(
        Kind::Mentions,
        u32::from(entity.mentions.len() > 1) + u32::from(entity.mentions.len() > 4),
    );
    if one.entity.0 == 0 {
        out.add(Kind::First, 0);
    }
    if known.focus == Some(one.entity) {
        out.add(Kind::Focus, 0);
        out.add(Kind::FocusType, kind);
    }
    if field.speaker == Some(one.entity) {
        out.add(Kind::Speaker, 0);
        out.add(Kind::SpeakerType, kind);
    }
    let word = known.reading.analysis.token(one.nearest.head);
    place(found.act.head, word, kind, out);
}

/// Adds the best scores of the candidates that an entity is joined to by *and*.
fn joined<'a>(others: impl Iterator<Item = &'a Candidate<'a>>, out: &mut Features) {
    let mut best = [UNSEEN; 2];
    for other in others {
        for (best, score) in best.iter_mut().zip(other.scores) {
            *best = best.max(score);
        }
    }
    for (number, score) in (0..).zip(best) {
        if score > UNSEEN {
            out.number(mixed(Kind::Joined.into(), number), score, 1.5, 6.0);
        }
    }
}

/// Adds the role of an entity by the frame, and returns it as a number.
fn by_frame(found: &Found<'_>, entity: EntityIdx, out: &mut Features) -> u32 {
    let Some(fit) = &found.fit else {
        out.add(Kind::Frame, 9);
        return 9;
    };
    let place = |list: &[EntityIdx]| list.iter().position(|one| *one == entity);
    let says: u32 = match (place(&fit.sources), place(&fit.targets)) {
        (Some(0), _) => 1,
        (Some(_), _) => 2,
        (None, Some(0)) => 3,
        (None, Some(_)) => 4,
        (None, None) => 5,
    };
    out.add(Kind::Frame, says);
    let filled = u32::from(!fit.sources.is_empty()) + 2 * u32::from(!fit.targets.is_empty());
    out.add(Kind::FrameOther, mixed(says, filled));
    out.add(Kind::FrameRank, mixed(says, u32::from(fit.frame.is_some_and(|f| f.symmetric))));
    says
}

/// Adds the kind of actor that an entity is.
fn what(entity: &EntityDraft, kind: u32, form: u32, out: &mut Features) {
    let what = match entity.kind {
        EntityKind::Person => 1,
        EntityKind::Organization => 2,
        EntityKind::Place => 3,
        EntityKind::Group => 4,
    };
    let political = u32::from(class::is_political(entity));
    out.add(Kind::Form, form);
    out.add(Kind::What, mixed(what, form));
    out.add(Kind::WhatType, mixed(what, kind));
    out.add(Kind::Political, mixed(political, what));
    out.add(Kind::Country, mixed(what, u32::from(entity.country.is_some())));
    for sector in &entity.sectors {
        let sector = hash(sector.as_str());
        out.add(Kind::Sector, sector);
        out.add(Kind::SectorType, mixed(sector, kind));
    }
}

/// Adds the place of a mention, seen from the trigger.
fn place(trigger: Token<'_>, word: Token<'_>, kind: u32, out: &mut Features) {
    let (own, other) = (trigger.sentence().idx().0, word.sentence().idx().0);
    let side = u32::from(word.idx() > trigger.idx());
    if own != other {
        let step = if other < own { (own - other).min(4) } else { 9 };
        out.add(Kind::Sentence, step);
        return;
    }
    out.add(Kind::Sentence, 0);
    out.add(Kind::Order, mixed(side, hash(trigger.upos().as_str())));
    let path = clause::path(trigger, word);
    let voice = u32::from(clause::is_passive(trigger));
    let tag = hash(trigger.upos().as_str());
    out.add(Kind::Path, mixed(path, voice));
    out.add(Kind::PathTag, mixed(mixed(path, tag), side));
    out.add(Kind::PathType, mixed(mixed(path, voice), kind));
    out.add(Kind::PathLemma, mixed(path, hash(trigger.lemma())));
    if let Some(case) = clause::preposition(word) {
        let case = mixed(hash(case.lemma()), tag);
        out.add(Kind::Case, case);
        out.add(Kind::CaseType, mixed(case, kind));
    }
    if word.ancestors().take(6).any(|above| above == trigger) {
        out.add(Kind::Inside, side);
    }
}

fn form(form: Form) -> u32 {
    match form {
        Form::Name => 1,
        Form::Pronoun => 2,
        Form::Nominal => 3,
    }
}

/// Shares of the answers for a candidate: neither, source, target.
pub(crate) type Shares = (EntityIdx, [f32; 3]);

/// Returns how likely each candidate is the source and the target of an event of a type.
pub(crate) fn shares(
    models: &Models,
    known: &Known<'_>,
    found: &Found<'_>,
    kind: PloverType,
) -> Vec<Shares> {
    let field = field(known, found);
    let mut features = Features::default();
    field
        .candidates
        .iter()
        .enumerate()
        .map(|(at, one)| {
            self::features(known, found, kind, &field, at, &mut features);
            (one.entity, models.role.probabilities(&features))
        })
        .collect()
}

/// Returns the sources and the targets among candidates, the most likely first.
pub(crate) fn parties(shares: &[Shares], limits: Limits) -> [Vec<EntityIdx>; 2] {
    let chosen = |role: usize, first: f32, more: f32| -> Vec<EntityIdx> {
        let mut list: Vec<(f32, EntityIdx)> = shares
            .iter()
            .filter(|(_, shares)| shares[role] > shares[SOURCE + TARGET - role])
            .map(|(entity, shares)| (shares[role], *entity))
            .collect();
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut least = first;
        list.into_iter()
            .take_while(|(share, _)| {
                let enough = *share >= least;
                least = more;
                enough
            })
            .map(|(_, entity)| entity)
            .collect()
    };
    [
        chosen(SOURCE, limits.source, limits.more_sources),
        chosen(TARGET, limits.target, limits.more_targets),
    ]
}
