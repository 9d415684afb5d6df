//! What is seen of two mentions: how alike their words, parties, sentences and documents are.
//!
//! After Cybulska and Vossen 2015 (a bag of slots an event: action, participants, time, place) and Barhom et al. 2019 (words,
//! arguments and documents together). Where a side has nothing to compare, a feature is [`NOTHING`].

use super::{
    agglomerate::Square,
    corpus::{Corpus, Dense, Mention, ONE},
    mention::Form,
    terms::{Sparse, TermId, shared},
};

/// Numbers a pair.
pub(super) const N_FEATURES: usize = 72;

/// Nothing to compare.
const NOTHING: f32 = -1.0;

/// What is seen of a pair of mentions, in an order that only the trees know.
pub(super) type Features = [f32; N_FEATURES];

/// What is seen of two mentions of a corpus; the same in both orders.
pub(super) fn features(corpus: &Corpus, a: &Mention, b: &Mention) -> Features {
    let mut seen = Seen { values: [0.0; N_FEATURES], n: 0 };
    heads(a, b, &mut seen);
    parties(a, b, &mut seen);
    surroundings(corpus, a, b, &mut seen);
    places(corpus, a, b, &mut seen);
    in_group(corpus, a, b, &mut seen);
    assert_eq!(seen.n, N_FEATURES, "every feature has its place");
    seen.values
}

struct Seen {
    values: Features,
    n: usize,
}

impl Seen {
    fn add(&mut self, value: f32) {
        if let Some(place) = self.values.get_mut(self.n) {
            *place = value;
        }
        self.n += 1;
    }

    fn flag(&mut self, value: bool) {
        self.add(f32::from(u8::from(value)));
    }
}

/// The words that name the acts.
fn heads(a: &Mention, b: &Mention, seen: &mut Seen) {
    let same_kin = a.kin == b.kin;
    seen.flag(a.lemma == b.lemma);
    seen.flag(same_kin);
    seen.flag(a.senses.iter().any(|sense| b.senses.contains(sense)));
    let likeness = dense_cosine(&a.meaning, &b.meaning)
        .max(dense_cosine(&a.kin_meaning, &b.kin_meaning))
        .max(if same_kin { 1.0 } else { NOTHING });
    seen.add(likeness);
    seen.add(common_start(&a.lemma, &b.lemma));
    let verbs = [a, b].iter().filter(|one| one.form == Form::Verb).count();
    let nouns = [a, b].iter().filter(|one| one.form == Form::Noun).count();
    seen.add(f32::from(u8::try_from(verbs * 3 + nouns).unwrap_or(0)));
    both(a.idf, b.idf, seen);
    seen.add(cosine(&a.inside, &b.inside));
    seen.flag(a.inside.is_empty() != b.inside.is_empty());
    // Six axes of what kind of acts they are.
    for axis in 0..6 {
        let at = |one: &Dense| one.map_or(0.0, |numbers| numbers[axis]);
        seen.add(at(&a.kin_meaning) + at(&b.kin_meaning));
    }
}

/// Who takes part.
fn parties(a: &Mention, b: &Mention, seen: &mut Seen) {
    seen.add(cosine(&a.agent, &b.agent));
    seen.add(cosine(&a.patient, &b.patient));
    seen.add(cosine(&a.agent, &b.patient).max(cosine(&a.patient, &b.agent)));
    seen.add(cosine(&a.others, &b.others));
    seen.add(cosine(&a.arguments, &b.arguments));
    seen.add(dense_cosine(&a.arguments_meaning, &b.arguments_meaning));
    seen.add(cosine(&a.arguments, &b.window).max(cosine(&a.window, &b.arguments)));
    both(weight_of(&a.arguments), weight_of(&b.arguments), seen);
    seen.flag(a.governor.is_some() && a.governor == b.governor);
    seen.flag(a.relation == b.relation);
    let governs = |one: &Mention, other: &Mention| one.governor.as_ref() == Some(&other.kin);
    seen.flag(governs(a, b) || governs(b, a));
}

/// The sentences and documents around.
fn surroundings(corpus: &Corpus, a: &Mention, b: &Mention, seen: &mut Seen) {
    let (here, there) = (corpus.sentence(a), corpus.sentence(b));
    let (page, other) = (&corpus.pages[a.page], &corpus.pages[b.page]);
    let same_page = a.page == b.page;
    seen.add(cosine(&a.window, &b.window));
    seen.add(cosine(&here.content, &there.content));
    seen.add(dense_cosine(&here.meaning, &there.meaning));
    let alike = cosine(&page.content, &other.content);
    seen.add(alike);
    #[expect(clippy::cast_precision_loss, reason = "at most as large as a cosine of one")]
    let joined_at = corpus.overall.joined_at.get(a.page, b.page) as f32 / ONE;
    seen.add(if same_page { 1.0 } else { joined_at });
    let sum = |terms: &mut dyn Iterator<Item = TermId>| -> f32 {
        terms.map(|term| corpus.terms.idf(term)).sum()
    };
    seen.add(sum(&mut shared(&here.names, &there.names)));
    seen.add(apart(&here.names, &there.names));
    seen.add(sum(&mut shared(&page.names, &other.names)));
    seen.add(apart(&page.names, &other.names));
    seen.add(agreement(&here.figures, &there.figures));
    seen.add(agreement(&here.times, &there.times));
    seen.add(agreement(&page.times, &other.times));
    // What one sentence says of the act the other document tells elsewhere.
    let across = cosine(&here.content, &other.content);
    both(across, cosine(&there.content, &page.content), seen);
}

/// The same by what is telling among documents of one topic: of two quakes, the places.
fn in_group(corpus: &Corpus, a: &Mention, b: &Mention, seen: &mut Seen) {
    let (here, there) = (corpus.sentence(a), corpus.sentence(b));
    let (page, other) = (&corpus.pages[a.page], &corpus.pages[b.page]);
    let same_page = a.page == b.page;
    seen.add(cosine(&page.local, &other.local));
    seen.add(cosine(&page.local_names, &other.local_names));
    seen.add(cosine(&here.local, &there.local));
    seen.add(cosine(&here.local_names, &there.local_names));
    let across = cosine(&here.local_names, &other.local_names);
    both(across, cosine(&there.local_names, &page.local_names), seen);
    seen.add(cosine(&a.local_arguments, &b.local_arguments));
    let joined = |square: &Square| {
        #[expect(clippy::cast_precision_loss, reason = "at most as large as a cosine of one")]
        let joined_at = square.get(a.page, b.page) as f32 / ONE;
        if same_page { 1.0 } else { joined_at }
    };
    for steps in [&corpus.by_words, &corpus.by_names] {
        seen.add(joined(&steps.joined_at));
        for square in [&steps.smaller, &steps.left] {
            let number = u8::try_from(square.get(a.page, b.page)).unwrap_or(u8::MAX);
            seen.add(if same_page { NOTHING } else { f32::from(number) });
        }
    }
    both(a.local_idf, b.local_idf, seen);
    seen.add(agreement(&a.particles, &b.particles));
    let kind = corpus.kinds.get(corpus, a, b);
    for value in [kind.n, kind.arguments, kind.best_arguments, kind.sentences, kind.together] {
        seen.add(value);
    }
}

/// Where the mentions stand.
fn places(corpus: &Corpus, a: &Mention, b: &Mention, seen: &mut Seen) {
    let same_page = a.page == b.page;
    seen.flag(same_page);
    seen.flag(same_page && a.sentence == b.sentence);
    let tokens = u16::try_from(a.at.abs_diff(b.at)).unwrap_or(u16::MAX);
    seen.add(if same_page { f32::from(tokens) } else { NOTHING });
    let place = |one: &Mention| f32::from(u8::try_from(one.sentence).unwrap_or(u8::MAX));
    both(place(a), place(b), seen);
    both(f32::from(a.n_kin), f32::from(b.n_kin), seen);
    let length = |one: &Mention| {
        f32::from(u8::try_from(corpus.pages[one.page].sentences.len()).unwrap_or(u8::MAX))
    };
    both(length(a), length(b), seen);
}

/// Two numbers in an order that does not depend on which mention comes first.
fn both(a: f32, b: f32, seen: &mut Seen) {
    seen.add(a.min(b));
    seen.add(a.max(b));
}

fn cosine(a: &Sparse, b: &Sparse) -> f32 {
    if a.is_empty() || b.is_empty() { NOTHING } else { a.cosine(b) }
}

fn dense_cosine(a: &Dense, b: &Dense) -> f32 {
    match (a, b) {
        (Some(a), Some(b)) => a.iter().zip(b).map(|(a, b)| a * b).sum(),
        _ => NOTHING,
    }
}

fn weight_of(vector: &Sparse) -> f32 {
    f32::from(u8::try_from(vector.rows().len()).unwrap_or(u8::MAX))
}

/// The share of the longer word that both begin with.
fn common_start(a: &str, b: &str) -> f32 {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let small = |number: usize| f32::from(u8::try_from(number).unwrap_or(u8::MAX));
    small(same) / small(a.len().max(b.len()).max(1))
}

/// The share of the smaller set that the other has.
fn apart(a: &[TermId], b: &[TermId]) -> f32 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return NOTHING;
    }
    let small = |number: usize| f32::from(u8::try_from(number).unwrap_or(u8::MAX));
    small(shared(a, b).count()) / small(smaller)
}

/// One where some word is shared, nought where both sides have words and none is.
fn agreement(a: &[String], b: &[String]) -> f32 {
    match () {
        () if a.is_empty() || b.is_empty() => NOTHING,
        () => f32::from(u8::from(a.iter().any(|word| b.contains(word)))),
    }
}
