//! Names without a title, and whether a place name acts: *Moscow expelled*, but *in Moscow*.

use dateline_core::{Form, codes::Country};
use dateline_lexicon::names::{self, Role, Sense, Usage};
use dateline_nlp::{Deprel, NameKind, Token, TokenIdx, Upos, Xpos};

use super::{Designation, PhraseReader, REACH, RawMention, Reference};
use crate::entity::{
    chunk::{Chunk, Part},
    near_name::NearName,
};

impl<'l> PhraseReader<'_, 'l> {
    /// Adds the mention of a name, and returns its index.
    pub(super) fn name(self, chunk: Chunk<'l>, found: &mut Vec<RawMention<'l>>) -> Option<usize> {
        let head = self.head_of(chunk.first, chunk.last);
        let mut country = None;
        let designation = match chunk.part {
            Part::Known(named) if named.sense == Sense::Demonym => {
                let token = self.token(chunk.last);
                let is_people = matches!(token.xpos(), Xpos::NNS | Xpos::NNPS)
                    || token.upos() == Upos::Noun && token.deprel() != Deprel::Compound;
                if is_people { Designation::People(named) } else { Designation::Known(named, true) }
            }
            Part::Known(named) => Designation::Known(named, acts(self.analysis.token(head))),
            Part::Name(NameKind::Person) => {
                Designation::Person(TokenIdx(chunk.first), TokenIdx(chunk.last))
            }
            Part::Name(NameKind::Organization) => {
                let (inside, role) = self.inside(chunk);
                country = inside;
                Designation::Body(role)
            }
            Part::Name(NameKind::Location) => {
                country = self.inside(chunk).0;
                Designation::Place
            }
            Part::Name(NameKind::Other) | Part::Role(_) => return None,
        };
        found.push(RawMention {
            first: TokenIdx(chunk.first),
            last: TokenIdx(chunk.last),
            head,
            form: Form::Name,
            designation,
            country,
            country_at: country.map(|_| self.span(&chunk)),
            owner: None,
            same: None,
            titles: Vec::new(),
            modifiers: Vec::new(),
            counted: self.is_counted(TokenIdx(chunk.first), head),
            reference: Reference::New,
            former: false,
        });
        Some(found.len() - 1)
    }

    /// Returns the country and the role inside a name: *Kenyan Foreign Ministry*.
    pub(super) fn inside(self, chunk: Chunk<'l>) -> (Option<Country>, Option<&'l Role>) {
        let (mut country, mut role) = (None, None);
        for at in chunk.first..=chunk.last.min(chunk.first + REACH) {
            let token = self.token(at);
            let rest =
                &self.analysis.text()[token.span().start()..self.token(chunk.last).span().end()];
            if let Some((named, _)) = names::name_at(token.text(), rest) {
                country = country.or(named.country);
            }
            if let Some((body, _)) = self.vocabulary.role_at(token.text(), rest) {
                role = role.or(Some(body)).filter(|role| role.usage == Usage::Body);
            }
        }
        (country, role)
    }

    /// Returns true if a number or *thousands of* stands before a name of people.
    pub(super) fn is_counted(self, first: TokenIdx, head: TokenIdx) -> bool {
        let head = self.analysis.token(head);
        let numbered = head.child(Deprel::Nummod).is_some();
        let of = self.analysis.token(first).previous().filter(|token| token.text() == "of");
        let measure = of.and_then(Token::previous);
        numbered
            || measure.is_some_and(|token| {
                token.xpos() == Xpos::NNS && NearName::Measure.has(token.text())
            })
    }

    /// Returns the token of a range whose head lies outside the range.
    pub(super) fn head_of(self, first: u32, last: u32) -> TokenIdx {
        (first..=last)
            .find(|&at| {
                self.token(at).head().is_none_or(|head| !(first..=last).contains(&head.idx().0))
            })
            .map_or(TokenIdx(first), TokenIdx)
    }
}

/// Returns true if a place name means its government: it does something, owns an act, or is a party to one.
fn acts(head: Token<'_>) -> bool {
    // Without a preposition it is an argument, whatever relation the parser gave it.
    if head.deprel() == Deprel::Obl && head.children().all(|child| child.deprel() != Deprel::Case) {
        return true;
    }
    let preposition = head.child(Deprel::Case).map(Token::text);
    let verb = head.head().filter(|_| matches!(head.deprel(), Deprel::Obj | Deprel::NsubjPass));
    if verb.is_some_and(|verb| names::takes_place(verb.lemma())) {
        return false;
    }
    match head.deprel() {
        Deprel::Nsubj
        | Deprel::NmodPoss
        | Deprel::OblAgent
        | Deprel::Iobj
        | Deprel::Obj
        | Deprel::Compound
        | Deprel::NmodDesc => true,
        Deprel::Nmod | Deprel::Obl => preposition.is_some_and(|word| {
            matches!(
                word,
                "as" | "with"
                    | "between"
                    | "against"
                    | "by"
                    | "for"
                    | "of"
                    | "over"
                    | "toward"
                    | "towards"
            )
        }),
        Deprel::Conj => head.head().is_some_and(|first| {
            let owner = first.deprel();
            matches!(owner, Deprel::Nsubj | Deprel::NmodPoss | Deprel::OblAgent | Deprel::Obj)
                || first.child(Deprel::Case).is_some_and(|case| {
                    matches!(case.text(), "with" | "between" | "against" | "by")
                })
        }),
        _ => false,
    }
}
