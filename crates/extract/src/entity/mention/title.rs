//! Names with roles before them: *US President Ann Lee*, *Economy Minister Ann Lee*.

use dateline_core::Form;
use dateline_lexicon::names::Usage;
use dateline_nlp::{Deprel, NameKind, TokenIdx, Upos, Xpos};

use super::{Designation, PhraseContext, PhraseReader, REACH, RawMention, Reference};
use crate::entity::chunk::{Chunk, Part};

impl<'l> PhraseReader<'_, 'l> {
    /// Returns the mention of a name with its roles. Nouns from `floor` on may start the title: *Economy Minister Ann
    /// Lee*.
    pub(super) fn titled(
        self,
        around: PhraseContext,
        roles: &[Chunk<'l>],
        name: Chunk<'l>,
        floor: u32,
        behind: Option<&Chunk<'l>>,
    ) -> RawMention<'l> {
        let opens = self.title_edge(roles[0].first, floor);
        let titles = roles.iter().enumerate().filter_map(|(at, chunk)| match chunk.part {
            Part::Role(role) => {
                let first = if at == 0 { opens } else { chunk.first };
                Some((TokenIdx(first), TokenIdx(chunk.last), role))
            }
            _ => None,
        });
        // "President Ana Ruiz of Peru"
        let of = || self.country_behind(name.last, behind, false);
        RawMention {
            first: TokenIdx(opens),
            last: TokenIdx(name.last),
            head: self.head_of(name.first, name.last),
            form: Form::Name,
            designation: Designation::Person(TokenIdx(name.first), TokenIdx(name.last)),
            country: around.country.or_else(of),
            country_at: around.country_at,
            owner: around.owner,
            same: None,
            titles: titles.collect(),
            modifiers: Vec::new(),
            counted: false,
            reference: Reference::New,
            former: around.former,
        }
    }

    /// Returns true if a role may be the title of the name after it.
    pub(super) fn is_title(self, role: Chunk<'l>, name: Chunk<'l>) -> bool {
        let Part::Role(noun) = role.part else { return false };
        let head = self.token(role.last);
        let plural = matches!(head.xpos(), Xpos::NNS | Xpos::NNPS);
        let is_person = matches!(name.part, Part::Name(NameKind::Person));
        // The tagger may call a bare surname a place.
        let is_name = is_person
            || matches!(name.part, Part::Name(_)) && noun.usage == Usage::Office && !plural;
        is_name
            && !matches!(noun.usage, Usage::Body | Usage::Plural)
            && (!plural || noun.usage == Usage::Office)
    }

    /// Returns a name after a title that the tagger missed: *counterpart Ruiz*.
    pub(super) fn unseen_name(
        self,
        role: Chunk<'l>,
        next: Option<&Chunk<'l>>,
    ) -> Option<Chunk<'l>> {
        let Part::Role(noun) = role.part else { return None };
        if matches!(noun.usage, Usage::Body | Usage::Plural)
            || self.token(role.last).xpos() == Xpos::NNS
        {
            return None;
        }
        let limit = next.map_or(u32::MAX, |chunk| chunk.first);
        let mut last = role.last;
        let mut token = self.token(role.last);
        while let Some(after) = token.next() {
            let is_name =
                after.upos() == Upos::Propn && after.text().starts_with(char::is_uppercase);
            if !is_name || after.idx().0 >= limit {
                break;
            }
            last = after.idx().0;
            token = after;
        }
        (last > role.last).then_some(Chunk {
            first: role.last + 1,
            last,
            part: Part::Name(NameKind::Person),
        })
    }

    /// Returns the first token of a title, including the nouns that modify it: *Economy* in *Economy Minister*.
    pub(super) fn title_edge(self, first: u32, floor: u32) -> u32 {
        let modifies = |at: u32| {
            let token = self.token(at);
            token.deprel() == Deprel::Compound && matches!(token.upos(), Upos::Noun | Upos::Propn)
        };
        let mut edge = first;
        while edge > floor && first - edge < REACH && modifies(edge - 1) {
            edge -= 1;
        }
        edge
    }
}
