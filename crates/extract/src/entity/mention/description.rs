//! Descriptions, roles without a name: *the Kenyan foreign minister*, *rebel leaders in Darfur*, *our president*.

use dateline_core::{
    Form,
    codes::{Country, Sector},
};
use dateline_lexicon::names::{Role, Usage};
use dateline_nlp::{Deprel, NameKind, TokenIdx, Upos, Xpos};

use super::{Designation, PhraseContext, PhraseReader, REACH, RawMention, Reference};
use crate::entity::chunk::{Chunk, Part};

impl<'l> PhraseReader<'_, 'l> {
    /// Returns the mention of a role without a name.
    pub(super) fn description(
        self,
        around: PhraseContext,
        roles: &[Chunk<'l>],
        edge: u32,
        next: Option<&Chunk<'l>>,
        found: &[RawMention<'l>],
    ) -> Option<RawMention<'l>> {
        let (noun, before) = roles.split_last()?;
        let Part::Role(role) = noun.part else { return None };
        let head = self.token(noun.last);
        let plural = matches!(head.xpos(), Xpos::NNS | Xpos::NNPS);
        let modifiers: Vec<&Role> = before
            .iter()
            .filter_map(|chunk| if let Part::Role(role) = chunk.part { Some(role) } else { None })
            .collect();
        let domestic = is_domestic(modifiers.first().unwrap_or(&role));
        let of = self.country_behind(noun.last, next, domestic);
        let country = around.country.or(of);
        let reference = self.reference(edge, noun.last);
        is_mention(role, plural, country, reference).then_some(())?;
        let behind = || (!plural && self.named_behind(noun.last, next)).then_some(found.len() + 1);
        Some(RawMention {
            first: TokenIdx(edge),
            last: TokenIdx(noun.last),
            head: head.idx(),
            form: Form::Nominal,
            designation: Designation::Role(role, plural),
            country,
            country_at: around
                .country_at
                .or_else(|| next.filter(|_| of.is_some()).map(|it| self.span(it))),
            // The body that follows becomes the next mention.
            owner: around
                .owner
                .or_else(|| self.body_behind(noun.last, next).then_some(found.len() + 1)),
            same: self.apposed(edge, found).or_else(behind),
            titles: Vec::new(),
            modifiers,
            counted: false,
            reference,
            former: around.former,
        })
    }

    /// Returns the first token of a noun phrase, including its articles, numbers and adjectives.
    pub(super) fn left_edge(
        self,
        first: u32,
        start: u32,
        chunks: &[Chunk<'l>],
        from: usize,
    ) -> u32 {
        let floor = from.checked_sub(1).map_or(start, |before| chunks[before].last + 1);
        let mut edge = first;
        while edge > floor && first - edge < REACH {
            let token = self.token(edge - 1);
            let is_inside = match token.upos() {
                Upos::Det => token.deprel() == Deprel::Det,
                // "the ousted leader"
                Upos::Adj | Upos::Verb => token.deprel() == Deprel::Amod,
                Upos::Num => true,
                Upos::Pron => token.xpos() == Xpos::PRPS,
                Upos::Noun | Upos::Propn => token.deprel() == Deprel::Compound,
                Upos::Punct => token.xpos() == Xpos::HYPH,
                _ => false,
            };
            if !is_inside {
                break;
            }
            edge -= 1;
            if matches!(token.upos(), Upos::Det | Upos::Pron) {
                break;
            }
        }
        // "US-backed forces" starts at the country.
        let hyphenated = edge == floor && edge < first && self.token(edge).xpos() == Xpos::HYPH;
        match from.checked_sub(1) {
            Some(before) if hyphenated => chunks[before].first,
            _ => edge,
        }
    }

    /// Returns the country named after a role: *the president of Kenya*, *a group based in Peru*, *a priest from
    /// Oslo*. For those who live where they act, *in* counts too: *rebels in Darfur*.
    pub(super) fn country_behind(
        self,
        last: u32,
        next: Option<&Chunk<'l>>,
        domestic: bool,
    ) -> Option<Country> {
        let next = next.filter(|chunk| chunk.first <= last + 4)?;
        let Part::Known(named) = next.part else { return None };
        let mut preposition = self.token(last).next()?;
        let based = preposition.text() == "based";
        if based {
            preposition = preposition.next()?;
        }
        let leads = match preposition.text() {
            "of" | "from" => true,
            "in" => domestic || based,
            _ => false,
        };
        let first = preposition.idx().0 + 1;
        let is_between = (first..next.first)
            .all(|at| matches!(self.token(at).upos(), Upos::Det | Upos::Adj | Upos::Noun));
        (leads && is_between && first <= next.first).then_some(named.country).flatten()
    }

    /// Returns true if an international body follows a role: *the leaders of NATO*.
    fn body_behind(self, last: u32, next: Option<&Chunk<'l>>) -> bool {
        let Some(body) = next.filter(|chunk| chunk.first <= last + 3) else { return false };
        let Part::Known(named) = body.part else { return false };
        let Some(of) = self.token(last).next().filter(|of| of.text() == "of") else { return false };
        let article =
            body.first == last + 2 || of.next().is_some_and(|the| the.upos() == Upos::Det);
        article && named.international.is_some()
    }

    pub(super) fn reference(self, edge: u32, last: u32) -> Reference {
        let first = self.token(edge);
        match (first.upos(), first.xpos()) {
            (_, Xpos::PRPS) if first.text().eq_ignore_ascii_case("our") => Reference::Ours,
            (_, Xpos::PRPS) => Reference::Owned,
            (Upos::Det, _) if first.text().eq_ignore_ascii_case("the") => Reference::Definite,
            // *President said*, *White House spokesman said*: capitalized like a name, used like a definite
            // description.
            (Upos::Propn, _) if edge == last => Reference::Definite,
            _ => Reference::New,
        }
    }

    /// Returns the person named right before a description between commas: *Ann Lee, the foreign minister,*.
    pub(super) fn apposed(self, edge: u32, found: &[RawMention<'l>]) -> Option<usize> {
        let before = found.last()?;
        let comma = self.token(edge).previous()?;
        let touches =
            comma.text() == "," && comma.previous().is_some_and(|token| token.idx() == before.last);
        (touches && matches!(before.designation, Designation::Person(..))).then(|| found.len() - 1)
    }

    /// Returns true if the person is named right after a description, between commas: *the foreign minister, Ann
    /// Lee,*.
    pub(super) fn named_behind(self, last: u32, next: Option<&Chunk<'l>>) -> bool {
        let Some(name) = next.filter(|chunk| matches!(chunk.part, Part::Name(NameKind::Person)))
        else {
            return false;
        };
        let comma = self.token(last).next().is_some_and(|token| token.text() == ",");
        let closes = self
            .token(name.last)
            .next()
            .is_none_or(|token| matches!(token.text(), "," | "." | ";" | ")" | ":" | "\"" | "”"));
        comma && closes && name.first == last + 2
    }
}

/// Returns true if people of a role belong to the country they are in: *rebels in Darfur* are Sudanese, *troops in
/// Darfur* may be anybody's.
fn is_domestic(role: &Role) -> bool {
    let at_home = |sector: Sector| {
        matches!(
            sector,
            Sector::Reb
                | Sector::Opp
                | Sector::Cvl
                | Sector::Cop
                | Sector::Jud
                | Sector::Leg
                | Sector::Pty
                | Sector::Edu
                | Sector::Lab
                | Sector::Crm
                | Sector::Gov
        )
    };
    role.sectors().next().is_some_and(at_home)
}

/// Returns true if a role noun alone is worth a mention.
fn is_mention(role: &Role, plural: bool, country: Option<Country>, reference: Reference) -> bool {
    match role.usage {
        Usage::Honorific => false,
        Usage::Plural => plural,
        Usage::Title => country.is_some() || plural || reference == Reference::Definite,
        _ => true,
    }
}
