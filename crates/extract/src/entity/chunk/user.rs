//! Names of the user's list in a text: they come before the lexicon's names, and nouns of the list before its roles.
//!
//! - A list with *Kivu Relief Network* makes it one name, whatever the tagger saw. A list with *Kenya* and a country alone
//!   says what the lexicon says, so the lexicon's reading stands.
//! - What the lexicon knows about a noun besides its sectors stays: *critic* still opposes somebody.

use dateline_lexicon::names::{self, Role, Usage};
use dateline_nlp::{Name, NameKind, Token, TokenIdx, Upos};

use super::part::{Chunk, Part};
use crate::{actors::Actor, entity::vocabulary::Vocabulary};

/// Returns the chunk of an actor whose name spans two tokens. `None` if the text means something else, or if the
/// lexicon and the text say the same or more.
pub(super) fn chunk<'l>(
    vocabulary: &'l Vocabulary,
    actor: &Actor,
    (token, last): (Token<'_>, u32),
    name: Option<Name>,
    (known, role): (Option<Chunk<'l>>, Option<Chunk<'l>>),
) -> Option<Chunk<'l>> {
    let first = token.idx().0;
    // The lexicon knows these words or more of them: its reading stands, and the user's codes are applied later.
    if known.is_some_and(|known| known.last >= last) || role.is_some_and(|role| role.last >= last) {
        return None;
    }
    let is_word = first == last;
    let opens = first == token.sentence().first().idx().0;
    let same = name.filter(|name| name.first.0 == first && name.last.0 == last);
    // "White House Press Secretary" and "President Ruiz" are a seat, a title and a name, and are read as such.
    if known.is_some_and(|known| titles_from(vocabulary, token, known.last + 1).is_some())
        || role.is_some_and(|role| is_titled(token, role))
    {
        return None;
    }
    if let Some(name) = name.filter(|name| name.last.0 > last) {
        // Inside a longer name it prevails only before a role, like the lexicon's names.
        if titles_from(vocabulary, token, last + 1).is_none() && name.kind != NameKind::Other {
            return None;
        }
    } else if is_word && name.is_none() {
        let is_name = token.upos() == Upos::Propn
            || !opens && matches!(token.upos(), Upos::Noun | Upos::Adj | Upos::X);
        if !is_name {
            return None;
        }
    }
    let kind = kind(actor, token, same, is_word);
    Some(Chunk { first, last, part: Part::Name(kind) })
}

/// Returns the role of a person that starts at a token.
fn titles_from<'l>(vocabulary: &'l Vocabulary, token: Token<'_>, at: u32) -> Option<&'l Role> {
    let analysis = token.analysis();
    let is_there = (at as usize) < analysis.n_tokens();
    let token = is_there.then(|| analysis.token(TokenIdx(at)))?;
    let (role, _) = vocabulary.role_at(token.text(), &analysis.text()[token.span().start()..])?;
    (!matches!(role.usage, Usage::Body | Usage::Plural)).then_some(role)
}

/// Returns true if a role stands before a name as its title, or before *of*.
fn is_titled(token: Token<'_>, role: Chunk<'_>) -> bool {
    let Part::Role(noun) = role.part else { return false };
    let next = token.analysis().token(TokenIdx(role.last)).next();
    matches!(noun.usage, Usage::Office | Usage::Title | Usage::Honorific)
        && next.is_some_and(|next| next.upos() == Upos::Propn || next.text() == "of")
}

/// Returns the kind of an actor. The tagger's opinion comes first; a known given name or terms of office make a
/// person, a country without a sector a place, anything else an organization.
fn kind(actor: &Actor, first: Token<'_>, same: Option<Name>, is_word: bool) -> NameKind {
    if actor.is_body() {
        return NameKind::Organization;
    }
    match same.map(|name| name.kind) {
        Some(NameKind::Location) if actor.has_sector() => NameKind::Organization,
        Some(kind) if kind != NameKind::Other => kind,
        _ if actor.is_dated() => NameKind::Person,
        _ if !is_word && names::gender(first.text()).is_some() => NameKind::Person,
        _ if actor.has_place() && !actor.has_sector() => NameKind::Location,
        _ => NameKind::Organization,
    }
}
