//! Views of the dependency tree that several layers need: who acts in a clause, on whom, with which prepositions, and
//! whether the clause is negated.
//!
//! Subjects are the logical ones: they are found through coordination (*met X and called Y*), control (*wants to
//! leave*), relative and participial clauses, and the *by* of a passive.

use dateline_data::Lower;
use dateline_lexicon::{WordClass, predicate, preposition};
use dateline_nlp::{Analysis, Deprel, Span, Token, TokenIdx, Upos, Xpos};

use crate::linear::{hash, mixed};

/// Maximum number of steps up a tree. Real sentences are not deeper.
const REACH: usize = 12;

/// Maximum number of tokens between a word and its head. It keeps reading linear in the length of a sentence.
const DISTANCE: u32 = 150;

/// Returns the head of a word, unless it is more than [`DISTANCE`] tokens away.
pub(crate) fn near_head(token: Token<'_>) -> Option<Token<'_>> {
    token.head().filter(|head| head.idx().0.abs_diff(token.idx().0) <= DISTANCE)
}

/// Returns the agent of a clause: its subject, or the *by* of a passive.
pub(crate) fn agent(verb: Token<'_>) -> Option<Token<'_>> {
    if let Some((subject, _)) = headline(verb) {
        return Some(subject);
    }
    if is_passive(verb) {
        return verb
            .child(Deprel::OblAgent)
            .or_else(|| oblique(verb, "by").filter(|by| !by.text().ends_with("ing")));
    }
    subject(verb)
}

/// Returns all agents of a clause: the first one, those joined to it, and a second subject after *and* that the tree
/// attaches beside the first: *Ito | and the Kenyan minister Lund met*.
pub(crate) fn agents(verb: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let first = agent(verb);
    let second = first.filter(|first| first.deprel() == Deprel::Nsubj && !is_passive(verb));
    let second = second.and_then(|first| {
        let mut others = first.head()?.children().filter(|child| {
            child.deprel() == Deprel::Nsubj && child.idx() > first.idx() && is_nominal(*child)
        });
        others.next().filter(|other| is_joined_between(first, *other))
    });
    first.into_iter().flat_map(joined).chain(second)
}

/// Returns true if *and* opens the words between two words.
fn is_joined_between(before: Token<'_>, after: Token<'_>) -> bool {
    let mut between = std::iter::successors(before.next(), |token| token.next())
        .take_while(|token| token.idx() < after.idx())
        .skip_while(|token| matches!(token.deprel(), Deprel::Flat | Deprel::Appos));
    between.next().is_some_and(|token| is(token, "and") && token.upos() == Upos::Cconj)
}

/// Returns the patient of a clause: its object, or the subject of a passive.
pub(crate) fn patient(verb: Token<'_>) -> Option<Token<'_>> {
    if let Some((_, object)) = headline(verb) {
        return Some(object);
    }
    if is_passive(verb) {
        return subject(verb);
    }
    object(verb)
        .or_else(|| addressee(verb))
        .or_else(|| particle_object(verb))
        .or_else(|| relative_object(verb))
        .or_else(|| shared_object(verb))
}

/// Returns the object of a verb; of two, the one without a preposition: *put in place sanctions*, read as two objects.
fn object(verb: Token<'_>) -> Option<Token<'_>> {
    let mut objects = verb.children().filter(|child| child.deprel() == Deprel::Obj);
    let first = objects.next()?;
    if first.child(Deprel::Case).is_some() {
        return objects.find(|other| other.child(Deprel::Case).is_none()).or(Some(first));
    }
    Some(first)
}

/// Returns the agent and the object of a headline that the tree reads as a noun phrase: *Oslo suspended aid*, *Oslo has
/// suspended aid*.
pub(crate) fn headline(verb: Token<'_>) -> Option<(Token<'_>, Token<'_>)> {
    if verb.deprel() != Deprel::Amod || !matches!(verb.xpos(), Xpos::VBD | Xpos::VBN) {
        return None;
    }
    let object = near_head(verb).filter(|head| head.idx() > verb.idx())?;
    let before = verb.previous()?;
    if is(before, "have") && matches!(before.xpos(), Xpos::VBZ | Xpos::VBP | Xpos::VBD) {
        let subject = before
            .child(Deprel::Nsubj)
            .or_else(|| object.child(Deprel::Nsubj))
            .or_else(|| before.previous().filter(|token| is_nominal(*token)))?;
        return Some((subject, object));
    }
    let opens = before.idx().0 <= verb.sentence().first().idx().0 + 3;
    (before.upos() == Upos::Propn && opens && object.head().is_none() && copula(object).is_none())
        .then_some((before, object))
}

/// Returns the indirect object of a verb without a direct one: Universal Dependencies reads *warned Oslo* and *asked Oslo to
/// leave* like *told Oslo the truth*. The object stands behind the verb or before the infinitive it controls.
fn addressee(verb: Token<'_>) -> Option<Token<'_>> {
    let to_act = verb.child(Deprel::Xcomp);
    verb.child(Deprel::Iobj).filter(|object| {
        object.idx() > verb.idx() || to_act.is_some_and(|to_act| object.idx() < to_act.idx())
    })
}

/// Returns the noun after a particle that the tree takes for a preposition: *called | off the talks*, *put | in place
/// sanctions*.
fn particle_object(verb: Token<'_>) -> Option<Token<'_>> {
    let particle = verb.next()?;
    let object = particle.head().filter(|_| particle.deprel() == Deprel::Case)?;
    let idiom = || {
        is(particle, "in")
            && particle.next().is_some_and(|place| is(place, "place") && place != object)
    };
    let known = is_of(particle, WordClass::Particle) || idiom();
    (known && object.head() == Some(verb)).then_some(object)
}

/// Returns the noun that a relative clause without an object modifies: *the envoys whom Oslo expelled*.
fn relative_object(verb: Token<'_>) -> Option<Token<'_>> {
    if verb.deprel() != Deprel::AclRelcl {
        return None;
    }
    let own = verb.child(Deprel::Nsubj)?;
    (!is_relative(own) && verb.child(Deprel::Ccomp).is_none()).then(|| verb.head()).flatten()
}

/// Returns the object of the last verb in a chain: *arrested and deported two men*.
fn shared_object(verb: Token<'_>) -> Option<Token<'_>> {
    let next = verb.children().find(|child| child.deprel() == Deprel::Conj)?;
    let plain = next.xpos() == verb.xpos() && next.child(Deprel::Nsubj).is_none();
    let adjacent = next.idx().0 <= verb.idx().0 + 3;
    (plain && adjacent).then(|| next.child(Deprel::Obj)).flatten()
}

/// Returns the grammatical subject of a clause, its own or the one it shares.
pub(crate) fn subject(verb: Token<'_>) -> Option<Token<'_>> {
    let mut verb = verb;
    for _ in 0..REACH {
        if let Some(own) = own_subject(verb) {
            return Some(own);
        }
        let head = near_head(verb)?;
        // *it is his hope to hold talks*: those who hope are those who hold talks.
        if is_infinitive(verb)
            && head.upos() == Upos::Noun
            && (copula(head).is_some() || head.deprel() == Deprel::Conj)
            && let Some(owner) = owner(head)
        {
            return Some(owner);
        }
        match verb.deprel() {
            Deprel::Conj => verb = head,
            Deprel::Xcomp | Deprel::Ccomp => {
                if let Some(object) = head.child(Deprel::Obj).or_else(|| head.child(Deprel::Iobj))
                    && object.idx() < verb.idx()
                {
                    return Some(object);
                }
                verb = head;
            }
            Deprel::Advcl | Deprel::Parataxis if is_subjectless_form(verb) => verb = head,
            Deprel::Acl if is_nominal(head) => {
                if !is_infinitive(verb) {
                    return Some(head);
                }
                // *Oslo's offer to meet*, *made an offer to meet*
                if let Some(owner) = head.child(Deprel::NmodPoss) {
                    return Some(owner);
                }
                verb = head.head()?;
                if !is_predicate(verb) {
                    return None;
                }
            }
            // *began talks with the aim of leaving*
            Deprel::AclRelcl => return None,
            _ if matches!(head.upos(), Upos::Noun) && verb.xpos() == Xpos::VBG => {
                // *our option of leaving*
                return head.child(Deprel::NmodPoss);
            }
            _ => return None,
        }
    }
    None
}

fn own_subject(verb: Token<'_>) -> Option<Token<'_>> {
    let subject = verb.children().find(|child| {
        matches!(child.deprel(), Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
            || child.deprel() == Deprel::Expl && !is_expletive(*child)
    })?;
    if is_relative(subject)
        && let Some(antecedent) = antecedent(verb)
    {
        return Some(antecedent);
    }
    Some(subject)
}

/// Returns true if a subject means nothing: *it seems that …*, *it is clear that …*. In *it added that …* it means
/// somebody.
pub(crate) fn is_expletive(token: Token<'_>) -> bool {
    let says = |verb: Token<'_>| {
        verb.upos() == Upos::Verb
            && token.idx() < verb.idx()
            && !is_passive(verb)
            && verb.child(Deprel::Ccomp).is_some()
            && !WordClass::Impersonal.has(verb.lemma())
    };
    token.deprel() == Deprel::Expl && !(is(token, "it") && token.head().is_some_and(says))
}

/// Returns the relative pronoun that is the subject of a verb or of the verb it is joined to: *who* in *the aide who
/// said*.
pub(crate) fn relative_subject(verb: Token<'_>) -> Option<Token<'_>> {
    let mut verb = verb;
    for _ in 0..REACH {
        if let Some(own) = verb.child(Deprel::Nsubj) {
            return (is_relative(own) && antecedent(verb).is_some()).then_some(own);
        }
        if verb.deprel() != Deprel::Conj {
            return None;
        }
        verb = near_head(verb)?;
    }
    None
}

/// Returns true if a comma precedes a word, or the quotation mark in front of it.
pub(crate) fn is_behind_comma(token: Token<'_>) -> bool {
    let mut before = token.previous();
    while let Some(mark) =
        before.filter(|mark| matches!(mark.text(), "\"" | "”" | "''" | "’" | "'"))
    {
        before = mark.previous();
    }
    before.is_some_and(|comma| comma.text() == ",")
}

/// Returns the agent of a participle after a comma, whichever noun the tree attaches it to: *Ito left with the envoy,
/// saying …*.
pub(crate) fn agent_behind_comma(participle: Token<'_>) -> Option<Token<'_>> {
    let fits = participle.deprel() == Deprel::Acl
        && participle.xpos() == Xpos::VBG
        && is_behind_comma(participle);
    let verb = participle.ancestors().take(REACH).find(|above| above.upos() == Upos::Verb);
    verb.filter(|_| fits).and_then(agent)
}

/// Returns the antecedent of a relative pronoun.
pub(crate) fn meant_by_relative(pronoun: Token<'_>) -> Option<Token<'_>> {
    is_relative(pronoun).then(|| antecedent(pronoun.head()?)).flatten()
}

/// Returns the noun that a relative clause modifies: the clause itself or the one it is joined to.
fn antecedent(verb: Token<'_>) -> Option<Token<'_>> {
    let mut verb = verb;
    for _ in 0..REACH {
        match verb.deprel() {
            Deprel::AclRelcl => return verb.head(),
            Deprel::Conj => verb = verb.head()?,
            _ => return None,
        }
    }
    None
}

fn is_relative(token: Token<'_>) -> bool {
    matches!(token.xpos(), Xpos::WDT | Xpos::WP) || token.upos() == Upos::Pron && is(token, "that")
}

/// Returns true for participles and infinitives, which take the subject of the clause they depend on.
fn is_subjectless_form(verb: Token<'_>) -> bool {
    matches!(verb.xpos(), Xpos::VBG | Xpos::VBN) || is_infinitive(verb)
}

/// Returns the predicate that a verb ascribes to its object: *useful* in *called the talks useful*.
pub(crate) fn ascribed(verb: Token<'_>) -> Option<Token<'_>> {
    let object = verb.child(Deprel::Obj)?;
    verb.child(Deprel::Xcomp)
        .filter(|what| object.idx() < what.idx() && !is_predicate(*what) && !is_infinitive(*what))
}

/// Returns true if a clause is an infinitive with *to*.
pub(crate) fn is_infinitive(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.xpos() == Xpos::TO)
}

/// Returns true if the clause is passive.
pub(crate) fn is_passive(verb: Token<'_>) -> bool {
    if !matches!(verb.xpos(), Xpos::VBN | Xpos::VBD) {
        return false;
    }
    let mut active = false;
    let mut acted_on = false;
    let mut has_object = false;
    for child in verb.children() {
        match child.deprel() {
            Deprel::AuxPass | Deprel::OblAgent => return true,
            Deprel::NsubjPass => acted_on = true,
            Deprel::Obj => has_object = true,
            Deprel::Nsubj => active = true,
            Deprel::Aux if is(child, "have") => active = true,
            _ => {}
        }
    }
    // *peacekeepers protected civilians*: with an object and no auxiliary, the subject acts, whatever its label says.
    if acted_on && !has_object {
        return true;
    }
    if active || has_object || verb.xpos() == Xpos::VBD {
        return false;
    }
    match verb.deprel() {
        Deprel::Acl => !is_main_misread(verb),
        Deprel::Advcl | Deprel::Amod | Deprel::Root | Deprel::Parataxis => true,
        Deprel::Conj => verb.head().is_some_and(|head| {
            head.children()
                .any(|child| matches!(child.deprel(), Deprel::AuxPass | Deprel::NsubjPass))
                || matches!(head.deprel(), Deprel::Acl)
        }),
        _ => false,
    }
}

/// Returns true for a main clause that the tree takes for a participle: *China called for talks*, read as China that
/// was called.
fn is_main_misread(verb: Token<'_>) -> bool {
    verb.head().is_some_and(|head| head.head().is_none() && head.upos() == Upos::Propn)
        && oblique(verb, "by").is_none()
}

/// Returns true if a clause or noun is negated by a word of its own: *not*, *n't*, *never*, *no*.
pub(crate) fn is_negated(token: Token<'_>) -> bool {
    token.children().any(is_negation)
}

fn is_negation(token: Token<'_>) -> bool {
    match token.deprel() {
        Deprel::Advmod => {
            is(token, "not") || is(token, "n't") || is(token, "n’t") || is(token, "never")
        }
        Deprel::Det => is(token, "no") || is(token, "neither"),
        Deprel::Mark | Deprel::Case => is(token, "without"),
        _ => false,
    }
}

/// Returns the particle of a verb: *out* in *pointed out*.
pub(crate) fn particle(verb: Token<'_>) -> Option<Token<'_>> {
    predicate::particle(verb)
}

/// Returns the nominal after a preposition: *the envoy* in *met with the envoy*.
pub(crate) fn oblique<'a>(head: Token<'a>, preposition: &str) -> Option<Token<'a>> {
    obliques(head).find(|(case, _)| is(*case, preposition)).map(|(_, nominal)| nominal)
}

/// Returns the nominals that depend on a word through a preposition, each with its preposition first.
pub(crate) fn obliques(head: Token<'_>) -> impl Iterator<Item = (Token<'_>, Token<'_>)> {
    head.children()
        .filter(|child| matches!(child.deprel(), Deprel::Obl | Deprel::OblAgent | Deprel::Nmod))
        .filter_map(|child| Some((preposition(child)?, child)))
}

/// Returns the first preposition of a nominal, without the clitic of the possessive.
///
/// In *over Oslo's raids* the tree may attach *over* to Oslo, and in *with Minister Ito* it may attach *with* to the title.
/// Owners and titles have no preposition of their own, so it belongs to the noun they modify.
pub(crate) fn preposition(nominal: Token<'_>) -> Option<Token<'_>> {
    let lent = |relation| nominal.child(relation).and_then(own_preposition);
    own_preposition(nominal).or_else(|| lent(Deprel::NmodPoss)).or_else(|| lent(Deprel::NmodDesc))
}

fn own_preposition(noun: Token<'_>) -> Option<Token<'_>> {
    noun.children().find(|child| child.deprel() == Deprel::Case && child.xpos() != Xpos::POS)
}

/// Returns the first of the nouns joined by *and*, which holds the place of all of them in the clause.
pub(crate) fn first_of_joined(noun: Token<'_>) -> Token<'_> {
    let first = near_head(noun).filter(|head| noun.deprel() == Deprel::Conj && is_nominal(*head));
    first.unwrap_or(noun)
}

/// Returns the owner of a noun: *his* in *his hope*, and of *expectation* in *his hope and expectation*.
fn owner(noun: Token<'_>) -> Option<Token<'_>> {
    noun.child(Deprel::NmodPoss).or_else(|| {
        let first = near_head(noun).filter(|_| noun.deprel() == Deprel::Conj)?;
        first.child(Deprel::NmodPoss)
    })
}

/// Returns the copula of a nominal or adjectival predicate.
pub(crate) fn copula(predicate: Token<'_>) -> Option<Token<'_>> {
    predicate.child(Deprel::Cop)
}

/// Returns a nominal and those joined to it by *and*.
pub(crate) fn joined(nominal: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    std::iter::once(nominal).chain(
        nominal.children().filter(|child| child.deprel() == Deprel::Conj && is_nominal(*child)),
    )
}

/// Returns true for nouns, names, pronouns and numbers.
pub(crate) fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// Returns true if a token heads a clause: a verb, or a word with a copula.
pub(crate) fn is_predicate(token: Token<'_>) -> bool {
    token.upos() == Upos::Verb || copula(token).is_some()
}

/// Returns the *be* that says of a word that it exists: *there is no meeting*.
pub(crate) fn existence(word: Token<'_>) -> Option<Token<'_>> {
    word.head().filter(|be| word.deprel() == Deprel::Nsubj && is(*be, "be"))
}

/// Returns true for a determiner of something known to the reader: *the*, *this*.
pub(crate) fn is_definite(determiner: Token<'_>) -> bool {
    ["the", "this", "that", "these", "those"].iter().any(|word| is(determiner, word))
}

/// Returns true if the lemma of a token is this word, in any case.
pub(crate) fn is(token: Token<'_>, lemma: &str) -> bool {
    token.lemma().eq_ignore_ascii_case(lemma)
}

/// Returns true if the lemma of a token is in a class of the lexicon, in any case.
pub(crate) fn is_of(token: Token<'_>, class: WordClass) -> bool {
    class.has(Lower::<20>::of(token.lemma()).as_str())
}

/// Returns true if the noun after a preposition may have this use.
pub(crate) fn may_be(case: Token<'_>, one: preposition::Use) -> bool {
    preposition::has(Lower::<20>::of(case.lemma()).as_str(), one)
}

/// Returns the number of the first token that starts at or after a byte.
pub(crate) fn token_from(analysis: &Analysis<'_>, byte: usize) -> u32 {
    let (mut low, mut high) =
        (0, u32::try_from(analysis.n_tokens()).expect("fewer tokens than bytes"));
    while low < high {
        let middle = low.midpoint(high);
        if analysis.token(TokenIdx(middle)).span().start() < byte {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Returns the tokens that start inside a span.
pub(crate) fn tokens_in<'a>(
    analysis: &'a Analysis<'a>,
    span: Span,
) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
    (token_from(analysis, span.start())..token_from(analysis, span.end()))
        .map(|idx| analysis.token(TokenIdx(idx)))
}

/// Maximum number of steps of a path on each side.
const STEPS: usize = 5;

/// Returns the hash of the way in the tree from one word to another: relations up to where the ways meet, and down from there.
pub(crate) fn path(from: Token<'_>, to: Token<'_>) -> u32 {
    let up: Vec<Token<'_>> = std::iter::once(from).chain(from.ancestors()).take(STEPS).collect();
    let mut down = 0;
    let mut at = Some(to);
    for _ in 0..STEPS {
        let Some(token) = at else { break };
        if let Some(meets) = up.iter().position(|other| *other == token) {
            let rise =
                up[..meets].iter().fold(7, |all, token| mixed(all, hash(token.deprel().as_str())));
            return mixed(rise, down);
        }
        down = mixed(down, hash(token.deprel().as_str()));
        at = token.head();
    }
    1
}
