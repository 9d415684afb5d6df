//! Candidates of verbs: *said that …*, *called for talks*, *…, Ito added, …*.

use dateline_lexicon::predicate::{self, Predicate};
use dateline_nlp::{Deprel, Span, Token, Upos, Xpos};

use super::{Candidate, ContentPosition, behind, without};
use crate::{
    clause,
    statement::{Finder, source},
};

pub(super) fn of_verb<'a>(finder: &Finder<'a>, cue: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    let agent = clause::relative_subject(cue)
        .or_else(|| agent_above(cue))
        .or_else(|| clause::agent_behind_comma(cue))
        .or_else(|| clause::agent(cue))
        .map(|agent| maker_of_words(agent).unwrap_or(agent));
    let source = agent.filter(|agent| {
        clause::is_nominal(*agent) && !is_empty(cue, *agent) && agent.idx() != cue.idx()
    });
    let own = source
        .map(|source| source::of(source, finder.entities).span)
        .filter(|span| !span.overlaps(cue.span()))
        .map_or(cue.span(), |span| span.cover(cue.span()));
    let plain = Candidate {
        cue,
        position: ContentPosition::Rest,
        preposition: None,
        source,
        head: cue,
        content: [None; 2],
        cut: None,
    };
    let last = end_of(cue);
    for child in cue.children() {
        below(plain, child, own, last, found);
    }
    behind_it(plain, last, found);
    inserted(plain, found);
    if matches!(cue.deprel(), Deprel::Parataxis | Deprel::Advcl | Deprel::Ccomp | Deprel::Conj)
        && let Some(head) = clause::near_head(cue)
    {
        let content = without(head.subtree_span(), cue.subtree_span().cover(own));
        found.push(Candidate { head, ..plain }.with(ContentPosition::Around, content));
    }
    let from = cue.sentence().first();
    let starts = own.start().min(cue.span().start());
    if starts > from.span().start() {
        let head = cue.subtree().0;
        let content = [Some(Span::new(from.span().start(), starts)), None];
        found.push(Candidate { head, ..plain }.with(ContentPosition::Before, content));
    }
}

/// Returns the agent of a participle added to reported words, which is that of the reporting verb: *Ito said talks had
/// stalled, adding …*.
fn agent_above(cue: Token<'_>) -> Option<Token<'_>> {
    let is_speech = |token: Token<'_>| predicate::cue(token).is_some_and(Predicate::is_speech);
    if cue.xpos() != Xpos::VBG || !is_speech(cue) || !clause::is_behind_comma(cue) {
        return None;
    }
    let mut below = cue;
    for above in cue.ancestors().take(ABOVE) {
        let reports = below.deprel() == Deprel::Ccomp && above.upos() == Upos::Verb;
        if reports && is_speech(above) && above.idx() < cue.idx() {
            return clause::agent(above);
        }
        below = above;
    }
    None
}

/// Returns the maker of a statement: *issued a statement saying …*.
fn maker_of_words(noun: Token<'_>) -> Option<Token<'_>> {
    let is_speech =
        noun.upos() == Upos::Noun && predicate::cue(noun).is_some_and(Predicate::is_speech);
    if is_speech { super::nominal::maker(noun) } else { None }
}

/// Maximum number of words above a participle searched for the reporting verb.
const ABOVE: usize = 6;

/// Returns true if *it* means nothing: *it is expected that …*, but not *it said that …*.
fn is_empty(cue: Token<'_>, subject: Token<'_>) -> bool {
    let speaks =
        || predicate::cue(cue).is_some_and(Predicate::is_speech) && !clause::is_passive(cue);
    clause::is(subject, "it") && (clause::is_expletive(subject) || !speaks())
}

/// Maximum number of tokens between a cue and the comma on the other side of its source.
const INSERTED: usize = 14;

/// Adds the sentence around a cue that stands with its source between two commas: *The talks, Minister Ito added, had
/// failed*.
fn inserted<'a>(plain: Candidate<'a>, found: &mut Vec<Candidate<'a>>) {
    let cue = plain.cue;
    let is_comma = |token: &Token<'_>| token.text() == ",";
    let walk = |step: fn(Token<'a>) -> Option<Token<'a>>| {
        std::iter::successors(step(cue), move |token| step(*token))
            .take(INSERTED)
            .take_while(|token| !matches!(token.upos(), Upos::Verb | Upos::Aux | Upos::Sconj))
    };
    let before = walk(Token::previous).find(is_comma);
    let after = walk(Token::next).find(is_comma);
    let (Some(before), Some(after)) = (before, after) else { return };
    // *, Ito said,* and *, said Ito,*: the source stands on one side alone.
    let named = |token: &Token<'_>| clause::is_nominal(*token);
    let source = match (before.idx().0 + 1 == cue.idx().0, after.idx().0 == cue.idx().0 + 1) {
        (false, true) => cue.previous().filter(named),
        (true, false) => cue.next().into_iter().chain(walk(Token::next)).find(named),
        _ => None,
    };
    let Some(source) = source else { return };
    let inside = before.idx()..=after.idx();
    let head = |token: &Token<'a>| {
        token.head().filter(|head| inside.contains(&head.idx()) && *head != cue)
    };
    let source = std::iter::successors(Some(source), head).take(INSERTED).last();
    let sentence = cue.sentence();
    let (first, last) = (sentence.first().span().start(), sentence.last().span().end());
    if first < before.span().start() && after.span().end() < last {
        let content = [
            Some(Span::new(first, before.span().start())),
            Some(Span::new(after.span().end(), last)),
        ];
        found.push(Candidate { source, ..plain }.with(ContentPosition::Inserted, content));
    }
}

/// Adds what a dependent of the verb may be of the content.
fn below<'a>(
    plain: Candidate<'a>,
    child: Token<'a>,
    own: Span,
    last: Token<'a>,
    found: &mut Vec<Candidate<'a>>,
) {
    let add = Candidate { head: child, ..plain };
    let is_behind = child.idx() > plain.cue.idx();
    let whole = [Some(child.subtree_span()), None];
    match child.deprel() {
        Deprel::Ccomp => {
            found.push(add.with(ContentPosition::Clause, without(child.subtree_span(), own)));
        }
        Deprel::Xcomp => infinitive(add, own, found),
        Deprel::Obj | Deprel::Iobj if is_behind => object(add, last, found),
        Deprel::Obl | Deprel::Nmod | Deprel::OblAgent if is_behind => {
            behind(add, child, last, found);
        }
        Deprel::Advcl if is_behind => {
            found.push(add.with(ContentPosition::Adverbial, [Some(unmarked(child)), None]));
        }
        Deprel::Parataxis => {
            found.push(add.with(ContentPosition::Beside, without(child.subtree_span(), own)));
        }
        Deprel::NsubjPass => found.push(add.with(ContentPosition::Subject, whole)),
        _ => {}
    }
}

/// Adds an infinitive or predicate below the verb: alone, with the object before it, with the subject.
fn infinitive<'a>(add: Candidate<'a>, own: Span, found: &mut Vec<Candidate<'a>>) {
    let (cue, said) = (add.cue, add.head);
    found.push(add.with(ContentPosition::Infinitive, without(said.subtree_span(), own)));
    let object = cue.children().find(|child| {
        matches!(child.deprel(), Deprel::Obj | Deprel::Iobj) && child.idx() > cue.idx()
    });
    if let Some(object) = object.filter(|object| object.idx() < said.idx()) {
        let span = object.subtree_span().cover(said.subtree_span());
        found.push(add.with(ContentPosition::ObjectInfinitive, [Some(span), None]));
    }
    let subject = cue.children().find(|child| {
        matches!(child.deprel(), Deprel::Nsubj | Deprel::NsubjPass) && child.idx() < cue.idx()
    });
    if let Some(subject) = subject {
        let content = [Some(subject.subtree_span()), Some(said.subtree_span())];
        let source = clause::oblique(cue, "by");
        found.push(Candidate { source, ..add.with(ContentPosition::SubjectInfinitive, content) });
    }
}

/// Adds the object of the verb: alone, with everything after it, and a clause that depends on it.
fn object<'a>(add: Candidate<'a>, last: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    let object = add.head;
    // *told reporters that talks had stalled*, read as reporters that had stalled.
    let told = object
        .children()
        .find(|it| matches!(it.deprel(), Deprel::AclRelcl | Deprel::Acl | Deprel::Ccomp));
    if let Some(told) = told {
        let content = [Some(told.subtree_span()), None];
        found.push(Candidate { head: told, ..add }.with(ContentPosition::Listener, content));
    }
    found.push(add.with(ContentPosition::Object, [Some(object.subtree_span()), None]));
    let (first, to) = object.subtree();
    if last.idx() > to.idx() {
        let span = first.span().cover(last.span());
        found.push(add.with(ContentPosition::ObjectRest, [Some(span), None]));
    }
}

/// Adds everything after the verb, in its clause and in its sentence.
fn behind_it<'a>(plain: Candidate<'a>, last: Token<'a>, found: &mut Vec<Candidate<'a>>) {
    let cue = plain.cue;
    let particle = clause::particle(cue).filter(|particle| particle.idx().0 == cue.idx().0 + 1);
    let Some(head) = particle.unwrap_or(cue).next() else { return };
    let add = Candidate { head, ..plain };
    if last.idx() >= head.idx() {
        found.push(add.with(ContentPosition::Rest, [Some(head.span().cover(last.span())), None]));
    }
    let end = cue.sentence().last();
    if end.idx() > last.idx() {
        found.push(
            add.with(ContentPosition::SentenceRest, [Some(head.span().cover(end.span())), None]),
        );
    }
}

/// Returns the last token of the verb's clause, before another verb joined to it.
fn end_of(cue: Token<'_>) -> Token<'_> {
    let joined =
        cue.children().find(|child| child.deprel() == Deprel::Conj && child.idx() > cue.idx());
    let before = joined.and_then(|joined| joined.subtree().0.previous());
    before.filter(|before| before.idx() >= cue.idx()).unwrap_or(cue.subtree().1)
}

/// Returns the span of a clause without its conjunction.
fn unmarked(clause: Token<'_>) -> Span {
    let (first, last) = clause.subtree();
    let marks = matches!(first.deprel(), Deprel::Mark) && !clause::is(first, "to");
    let first = first.next().filter(|next| marks && next.idx() <= last.idx()).unwrap_or(first);
    first.span().cover(last.span())
}
