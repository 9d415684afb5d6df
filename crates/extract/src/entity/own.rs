//! Actors the user brings along, as the layer asks for them: names before the lexicon's, nouns before its roles.
//!
//! - A list with *Kivu Relief Network* makes it one name, whatever the tagger saw; one with *Kenya* and a country alone says
//!   what the lexicon says, and leaves it to speak.
//! - What the lexicon knows of a noun, apart from its sectors, stays: *critic* still stands against somebody.

use dateline_nlp::{Name, NameKind, Token, TokenIdx, Upos};

use super::{
    chunk::{Chunk, Part},
    lexicon::{self, Lexicon, Role, Usage},
};
use crate::actors::Actor;

/// The chunk of an actor that starts at a token and ends at another; `None` where the text means something else, or the
/// lexicon and the text say the same or more.
pub(super) fn chunk<'l>(
    lexicon: &'l Lexicon,
    actor: &Actor,
    (token, last): (Token<'_>, u32),
    name: Option<Name>,
    (known, role): (Option<Chunk<'l>>, Option<Chunk<'l>>),
) -> Option<Chunk<'l>> {
    let first = token.idx().0;
    // The lexicon knows as much of the words, or more words: what it is stays, and the codes come later.
    if known.is_some_and(|known| known.last >= last) || role.is_some_and(|role| role.last >= last) {
        return None;
    }
    let is_word = first == last;
    let opens = first == token.sentence().first().idx().0;
    let same = name.filter(|name| name.first.0 == first && name.last.0 == last);
    // "White House Press Secretary" and "President Ruiz" are a seat, a title and a name; they are read as such.
    if known.is_some_and(|known| titles_from(lexicon, token, known.last + 1).is_some())
        || role.is_some_and(|role| is_titled(token, role))
    {
        return None;
    }
    if let Some(name) = name.filter(|name| name.last.0 > last) {
        // Inside a longer name it holds only before a role, as the lexicon's do.
        if titles_from(lexicon, token, last + 1).is_none() && name.kind != NameKind::Other {
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

/// The role of a person that stands at a token.
fn titles_from<'l>(lexicon: &'l Lexicon, token: Token<'_>, at: u32) -> Option<&'l Role> {
    let analysis = token.analysis();
    let is_there = (at as usize) < analysis.n_tokens();
    let token = is_there.then(|| analysis.token(TokenIdx(at)))?;
    let (role, _) = lexicon.role_at(token.text(), &analysis.text()[token.span().start()..])?;
    (!matches!(role.usage, Usage::Body | Usage::Plural)).then_some(role)
}

/// Whether a role stands before a name as its title, or before *of*.
fn is_titled(token: Token<'_>, role: Chunk<'_>) -> bool {
    let Part::Role(noun) = role.part else { return false };
    let next = token.analysis().token(TokenIdx(role.last)).next();
    matches!(noun.usage, Usage::Office | Usage::Title | Usage::Honorific)
        && next.is_some_and(|next| next.upos() == Upos::Propn || next.text() == "of")
}

/// What an actor is: what the tagger takes it for, else a person by given name or terms of office, a place without a
/// sector, a body.
fn kind(actor: &Actor, first: Token<'_>, same: Option<Name>, is_word: bool) -> NameKind {
    if actor.is_body() {
        return NameKind::Organization;
    }
    match same.map(|name| name.kind) {
        Some(NameKind::Location) if actor.has_sector() => NameKind::Organization,
        Some(kind) if kind != NameKind::Other => kind,
        _ if actor.is_dated() => NameKind::Person,
        _ if !is_word && lexicon::gender(first.text()).is_some() => NameKind::Person,
        _ if actor.has_place() && !actor.has_sector() => NameKind::Location,
        _ => NameKind::Organization,
    }
}
