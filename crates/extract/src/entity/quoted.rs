//! Words in quotations that depend on the speaker: *I*, *we*, *our president*, and *he* or *she*, who is not the
//! speaker.
//!
//! - *"I will sign it," Lee said.*: *I* is Lee.
//! - *"We will answer," the Kenyan foreign minister said.*: *we* is Kenya if the text names it, else the minister.
//! - *"You must go," Lee told the envoy.*: *you* is the envoy.
//! - *"Our president invited him," the Kenyan envoy said.*: the president of Kenya.

use dateline_core::{EntityKind, Form, codes::Sector};
use dateline_nlp::{Analysis, Span, TokenIdx, Upos};

use super::{
    draft::{EntityDraft, EntityIdx, Inferred, MentionDraft},
    entities::Entities,
    facts::Facts,
    pronoun,
};
use crate::reading::Reading;

/// Quotation with its speaker and addressee.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quote {
    pub(crate) span: Span,
    pub(crate) speaker: Option<EntityIdx>,
    pub(crate) addressee: Option<EntityIdx>,
}

impl Entities {
    /// Resolves the words in quotations that depend on the speaker. Quotations must be in text order and must not
    /// overlap.
    pub(crate) fn resolve_quoted(&mut self, reading: Reading<'_>, quotes: &[Quote]) {
        resolve(reading.analysis, self, quotes);
    }
}

/// Resolves speaker-dependent words; see [`Entities::resolve_quoted`].
fn resolve(analysis: &Analysis<'_>, entities: &mut Entities, quotes: &[Quote]) {
    let quote_at = |span: Span| {
        let after = quotes.partition_point(|quote| quote.span.start() <= span.start());
        let quote = quotes.get(after.checked_sub(1)?)?;
        quote.span.contains(span).then_some(*quote)
    };
    ours(entities, analysis, |span| quote_at(span)?.speaker);
    entities.detach(|mention| mention.form == Form::Pronoun && quote_at(mention.span).is_some());
    pronoun::resolve(analysis, entities, |span| Some(quote_at(span)?.speaker));
    for quote in quotes {
        if quote.speaker.is_none() && quote.addressee.is_none() {
            continue;
        }
        let Some(first) = analysis.token_at(quote.span.start()) else { continue };
        let side = quote.speaker.map(|speaker| side_of(entities, speaker));
        for at in first.idx().index()..analysis.n_tokens() {
            let Ok(at) = u32::try_from(at) else { break };
            let token = analysis.token(TokenIdx(at));
            if token.span().start() >= quote.span.end() {
                break;
            }
            if token.upos() != Upos::Pron {
                continue;
            }
            let is_one_of =
                |list: &[&str]| list.iter().any(|word| word.eq_ignore_ascii_case(token.text()));
            let entity = if is_one_of(&["i", "me", "my", "mine", "myself"]) {
                quote.speaker
            } else if is_one_of(&["we", "us", "our", "ours", "ourselves"]) {
                side
            } else if is_one_of(&["you", "your", "yours", "yourself", "yourselves"]) {
                quote.addressee
            } else {
                continue;
            };
            let Some(entity) = entity else { continue };
            entities.attach(
                entity,
                MentionDraft { span: token.span(), head: token.idx(), form: Form::Pronoun },
            );
        }
    }
}

/// Returns the entity a speaker means by *we*: the country, for officials.
fn side_of(entities: &Entities, speaker: EntityIdx) -> EntityIdx {
    let entity = entities.get(speaker);
    let is_official =
        entity.sectors.iter().any(|sector| matches!(sector, Sector::Gov | Sector::Mil));
    if !is_official || entity.kind != EntityKind::Person {
        return speaker;
    }
    entities.country(entity.country).unwrap_or(speaker)
}

/// Resolves *our president* to the holder of the office in the speaker's country, else to a new entity.
fn ours(
    entities: &mut Entities,
    analysis: &Analysis<'_>,
    speaker_at: impl Fn(Span) -> Option<EntityIdx>,
) {
    for pending in std::mem::take(&mut entities.pending) {
        let speaker = speaker_at(pending.mention.span);
        let country = speaker.and_then(|speaker| entities.get(speaker).country);
        let holder = entities.list.iter().zip(&entities.facts).position(|(entity, facts)| {
            entity.kind == EntityKind::Person
                && country.is_some()
                && entity.country == country
                && facts.offices.contains(&pending.office)
        });
        let holder = holder.unwrap_or_else(|| {
            entities.list.push(EntityDraft {
                name: pending.mention.span.of(analysis.text()).to_owned(),
                kind: EntityKind::Person,
                country,
                international: None,
                sectors: pending.sectors,
                titles: Vec::new(),
                link: None,
                inferred: Inferred::default(),
                mentions: Vec::new(),
            });
            let mut facts = Facts { offices: vec![pending.office], ..Facts::default() };
            let ours = &entities.list[entities.list.len() - 1];
            facts.decide(ours, "speaker", Some(pending.mention.span));
            entities.facts.push(facts);
            entities.list.len() - 1
        });
        if let Ok(number) = u32::try_from(holder) {
            entities.attach(EntityIdx(number), pending.mention);
        }
    }
}
