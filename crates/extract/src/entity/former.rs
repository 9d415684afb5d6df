//! *The former* and *the latter*: the first and the second of two entities named together.
//!
//! - *Ruiz met Mwangi. The latter left early.*: Mwangi.
//! - *the former president*, *the latter half*: no mention; the word modifies another.
//! - With three names, only two that stand side by side can be meant: *Lee met Ruiz and Mwangi.*

use dateline_core::Form;
use dateline_nlp::{Analysis, Deprel, Token, TokenIdx, Upos};

use super::{
    draft::{EntityIdx, MentionDraft},
    entities::Entities,
};

/// Resolves *the former* and *the latter* in a text.
pub(super) fn resolve(analysis: &Analysis<'_>, entities: &mut Entities) {
    let words = analysis.tokens().filter_map(|token| Some((token, side_of(token)?)));
    let mut resolved = Vec::new();
    for (token, is_former) in words {
        if let Some([former, latter]) = pair_before(analysis, entities, token) {
            resolved.push((token, if is_former { former } else { latter }));
        }
    }
    for (token, entity) in resolved {
        let article = token.previous().map_or(token.span(), Token::span);
        let span = article.cover(token.span());
        entities.attach(entity, MentionDraft { span, head: token.idx(), form: Form::Pronoun });
    }
}

/// Returns true for *former*, false for *latter*; `None` if the token is neither or modifies another word.
fn side_of(token: Token<'_>) -> Option<bool> {
    let is_former = token.text().eq_ignore_ascii_case("former");
    let is_latter = token.text().eq_ignore_ascii_case("latter");
    let article = token.previous().is_some_and(|the| the.text().eq_ignore_ascii_case("the"));
    let of_noun = token.head().is_some_and(|head| matches!(head.upos(), Upos::Noun | Upos::Propn));
    let modifies = matches!(token.deprel(), Deprel::Amod | Deprel::Compound | Deprel::Det)
        && of_noun
        || token
            .next()
            .is_some_and(|next| matches!(next.upos(), Upos::Noun | Upos::Propn | Upos::Adj));
    ((is_former || is_latter) && article && !modifies).then_some(is_former)
}

/// Returns the last pair named together, in this sentence or the one before.
fn pair_before(
    analysis: &Analysis<'_>,
    entities: &Entities,
    token: Token<'_>,
) -> Option<[EntityIdx; 2]> {
    let here = token.sentence().first().idx();
    let before = here.0.checked_sub(1).map(|at| analysis.token(TokenIdx(at)).sentence());
    let starts = [Some(here), before.map(|sentence| sentence.first().idx())];
    let mut end = token.idx().0;
    for start in starts.into_iter().flatten() {
        if let Some(pair) = pair_in(analysis, entities, start.0, end) {
            return Some(pair);
        }
        end = start.0;
    }
    None
}

/// Returns the pair in a token range: the only two entities it names, or the last two joined by *and*.
fn pair_in(
    analysis: &Analysis<'_>,
    entities: &Entities,
    from: u32,
    to: u32,
) -> Option<[EntityIdx; 2]> {
    let mut named: Vec<(TokenIdx, EntityIdx)> = Vec::new();
    for at in (from..to).map(TokenIdx) {
        let Some(entity) = entities.headed_by(at) else { continue };
        let is_head = |mention: &MentionDraft| mention.head == at && mention.form == Form::Name;
        let is_new = named.iter().all(|(_, other)| *other != entity);
        if is_new && entities.get(entity).mentions.iter().any(is_head) {
            named.push((at, entity));
        }
    }
    if let [(_, former), (_, latter)] = named[..] {
        return Some([former, latter]);
    }
    named.windows(2).rev().find_map(|pair| {
        let [(first, former), (second, latter)] = [pair[0], pair[1]];
        let second = analysis.token(second);
        let joined = second.deprel() == Deprel::Conj
            && second.head().is_some_and(|head| head.idx() == first);
        joined.then_some([former, latter])
    })
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, read_document};

    /// Checks the entity that *the former* or *the latter* resolves to.
    fn check(text: &str, expected: Option<&str>) {
        let record = Extractor::new().extract(&read_document(text));
        let found = record.entities.iter().find(|entity| {
            let mut words = entity.mentions.iter().map(|mention| mention.span.text.to_lowercase());
            words.any(|word| word == "the former" || word == "the latter")
        });
        assert_eq!(found.map(|entity| entity.name.as_str()), expected, "{text}");
    }

    #[test]
    fn the_latter_is_the_last_of_two() {
        let text = "Alice Mwangi met Peter Hall in Oslo. ";
        check(&format!("{text}The latter left early."), None);
        let text = "Alice Mwangi met Peter Hall. ";
        check(&format!("{text}The latter left early."), Some("Peter Hall"));
        check(&format!("{text}The former praised the deal."), Some("Alice Mwangi"));
    }

    #[test]
    fn a_modifier_is_not_a_mention() {
        check("Alice Mwangi met Peter Hall. The former minister left early.", None);
    }
}
