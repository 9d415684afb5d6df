//! Mentions: chunks combined into phrases, with their titles, countries and owners.
//!
//! - *US President Ann Lee* is one person with a title and a country; the United States inside is a mention of its
//!   own.
//! - *the Kenyan foreign minister* is a person without a name; *10 Kenyan diplomats* are a group.
//! - *Ann Lee, the foreign minister,* is one person mentioned twice.

mod description;
mod name;
mod title;

use dateline_core::{Form, codes::Country};
use dateline_lexicon::names::{Named, Role, Sense};
use dateline_nlp::{Analysis, Deprel, Sentence, Span, Token, TokenIdx, Upos, Xpos};

use super::{
    chunk::{Chunk, Part},
    near_name::NearName,
    vocabulary::Vocabulary,
};

/// Mention that is not assigned to an entity yet.
#[derive(Debug, Clone)]
pub(super) struct RawMention<'l> {
    /// First token; `last` is inclusive.
    pub(super) first: TokenIdx,
    pub(super) last: TokenIdx,
    pub(super) head: TokenIdx,
    pub(super) form: Form,
    pub(super) designation: Designation<'l>,
    /// Country, from the words around the name or noun.
    pub(super) country: Option<Country>,
    /// The words that name the country.
    pub(super) country_at: Option<Span>,
    /// Mention it belongs to: *Putin* in *Putin's adviser*.
    pub(super) owner: Option<usize>,
    /// Mention of the same entity: the name beside an apposition.
    pub(super) same: Option<usize>,
    /// Roles before a name: first and last token, and the role.
    pub(super) titles: Vec<(TokenIdx, TokenIdx, &'l Role)>,
    /// Roles that modify the noun of a description: *rebel* in *rebel leaders*.
    pub(super) modifiers: Vec<&'l Role>,
    /// It counts people: *2,000 Libyans*, *thousands of Nigerians*.
    pub(super) counted: bool,
    pub(super) reference: Reference,
    pub(super) former: bool,
}

/// How a mention designates its entity.
#[derive(Debug, Clone, Copy)]
pub(super) enum Designation<'l> {
    /// Person by name, from the first to the last token of the name.
    Person(TokenIdx, TokenIdx),
    /// Name in the lexicon, and whether it acts (rather than being a location).
    Known(Named, bool),
    /// Organization that only the tagger saw, with the role noun inside its name.
    Body(Option<&'l Role>),
    Place,
    /// Role, and whether it is plural.
    Role(&'l Role, bool),
    /// People of a country: *Kenyans*.
    People(Named),
}

/// How a description refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// *a reporter*
    New,
    /// *the president*
    Definite,
    /// *our president*: resolved once the speaker is known.
    Ours,
    /// *her spokesman*
    Owned,
}

/// Turns the chunks of a sentence into mentions.
pub(super) fn mentions<'l>(
    sentence: Sentence<'_>,
    chunks: &[Chunk<'l>],
    vocabulary: &'l Vocabulary,
    found: &mut Vec<RawMention<'l>>,
) {
    let reader = PhraseReader { analysis: sentence.first().analysis(), vocabulary };
    let mut at = 0;
    while at < chunks.len() {
        at = reader.phrase(sentence, chunks, at, found);
    }
}

/// Maximum number of tokens a phrase extends to the left.
const REACH: u32 = 6;

/// What the words before its roles say about a phrase.
#[derive(Clone, Copy)]
struct PhraseContext {
    country: Option<Country>,
    country_at: Option<Span>,
    owner: Option<usize>,
    former: bool,
}

#[derive(Clone, Copy)]
struct PhraseReader<'a, 'l> {
    analysis: &'a Analysis<'a>,
    vocabulary: &'l Vocabulary,
}

impl<'a, 'l> PhraseReader<'a, 'l> {
    fn token(self, at: u32) -> Token<'a> {
        self.analysis.token(TokenIdx(at))
    }

    fn span(self, chunk: &Chunk<'_>) -> Span {
        self.analysis.span_of(TokenIdx(chunk.first), TokenIdx(chunk.last))
    }

    /// Reads the phrase that starts at a chunk, and returns the index of the chunk after it.
    fn phrase(
        self,
        sentence: Sentence<'a>,
        chunks: &[Chunk<'l>],
        from: usize,
        found: &mut Vec<RawMention<'l>>,
    ) -> usize {
        // The chunks that stand together: modifiers, then roles, then a name.
        let mut end = from + 1;
        while end < chunks.len() && self.is_joined(&chunks[end - 1], &chunks[end]) {
            end += 1;
        }
        let run = &chunks[from..end];
        let roles_from = run.iter().position(|chunk| matches!(chunk.part, Part::Role(_)));
        let Some(roles_from) = roles_from else {
            for chunk in run {
                self.name(*chunk, found);
            }
            return end;
        };
        let mut roles_end = roles_from + 1;
        while run.get(roles_end).is_some_and(|chunk| matches!(chunk.part, Part::Role(_))) {
            roles_end += 1;
        }
        let (modifiers, roles) = (&run[..roles_from], &run[roles_from..roles_end]);
        let (mut country, mut country_at) = (None, None);
        let mut owner = None;
        for chunk in modifiers {
            if let Part::Known(named) = chunk.part {
                country = named.country.or(country);
                country_at = named.country.map(|_| self.span(chunk)).or(country_at);
                if named.sense == Sense::Demonym {
                    continue;
                }
            }
            owner = self.name(*chunk, found).or(owner);
        }
        let last_role = roles[roles.len() - 1];
        let name = run
            .get(roles_end)
            .copied()
            .filter(|chunk| chunk.first == last_role.last + 1)
            .or_else(|| self.unseen_name(last_role, chunks.get(end)));
        let titled = name.filter(|name| self.is_title(last_role, *name));
        let edge = self.left_edge(run[0].first, sentence.first().idx().0, chunks, from);
        let former = (edge..=last_role.first).any(|at| self.is_former(at));
        let around = PhraseContext { country, country_at, owner, former };
        if let Some(name) = titled {
            let floor =
                from.checked_sub(1).map_or(sentence.first().idx().0, |at| chunks[at].last + 1);
            let floor = modifiers.last().map_or(floor, |chunk| chunk.last + 1);
            let behind = chunks[from..].iter().find(|chunk| chunk.first > name.last);
            found.push(self.titled(around, roles, name, floor, behind));
            return if run.get(roles_end).is_some() { from + roles_end + 1 } else { end };
        }
        let next = chunks.get(from + roles_end);
        if let Some(description) = self.description(around, roles, edge, next, found) {
            found.push(description);
        }
        from + roles_end
    }

    /// Returns true if only modifiers of a noun stand between two chunks, so that they form one phrase.
    fn is_joined(self, before: &Chunk<'l>, after: &Chunk<'l>) -> bool {
        if after.first > before.last + 4 {
            return false;
        }
        // A name ends its phrase, unless it owns or modifies what follows.
        (before.last + 1..after.first).all(|at| {
            let token = self.token(at);
            match token.upos() {
                Upos::Adj | Upos::Num => true,
                Upos::Noun | Upos::Propn => token.deprel() == Deprel::Compound,
                Upos::Part => token.xpos() == Xpos::POS,
                Upos::Punct => token.xpos() == Xpos::HYPH,
                _ => false,
            }
        }) && !matches!((before.part, after.part), (Part::Role(_), Part::Known(_)))
    }

    fn is_former(self, at: u32) -> bool {
        let token = self.token(at);
        NearName::Former.has(token.text())
            || token.text().get(..3).is_some_and(|front| front.eq_ignore_ascii_case("ex-"))
    }
}
