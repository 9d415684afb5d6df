//! Documents side by side: their mentions with all that pairs of them are compared by, and the groups of documents that tell one story.
//!
//! A group is found by average-link clustering of the documents by the cosine of their words: Cybulska and Vossen 2015
//! show that acts of one description are seldom one if the stories differ.

use dateline_nlp::Deprel;

use super::{
    agglomerate::Square,
    kin,
    kinds::Kinds,
    mention::{DocumentWords, Form, MentionWords},
    stories::Steps,
    terms::{Sparse, TermId, Terms},
};
use crate::event::ranker::vectors::{self, DIMENSIONS};

/// What a cosine of one is as an integer.
pub(super) const ONE: f32 = 65_536.0;

/// Documents less alike than this on the mean are of different stories for certain.
const LOOSE: i64 = 2_600;

/// A sentence to compare.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) content: Sparse,
    pub(super) names: Vec<TermId>,
    pub(super) figures: Vec<String>,
    pub(super) times: Vec<String>,
    pub(super) meaning: Dense,
    /// Its words and names by how telling they are in their group.
    pub(super) local: Sparse,
    pub(super) local_names: Sparse,
}

/// The mean of word vectors, of length one; `None` where no word has one.
pub(super) type Dense = Option<[f32; DIMENSIONS]>;

/// A document to compare.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) content: Sparse,
    pub(super) names: Vec<TermId>,
    pub(super) times: Vec<String>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) local: Sparse,
    pub(super) local_names: Sparse,
}

/// A mention to compare.
#[derive(Debug)]
pub(super) struct Mention {
    /// Its number among the spans of all documents.
    pub(super) slot: usize,
    pub(super) page: usize,
    pub(super) sentence: usize,
    pub(super) at: u32,
    pub(super) form: Form,
    pub(super) lemma: String,
    pub(super) kin: String,
    pub(super) senses: Vec<u32>,
    pub(super) meaning: Dense,
    pub(super) kin_meaning: Dense,
    /// How telling its kin is.
    pub(super) idf: f32,
    pub(super) inside: Sparse,
    pub(super) window: Sparse,
    pub(super) agent: Sparse,
    pub(super) patient: Sparse,
    pub(super) others: Sparse,
    pub(super) arguments: Sparse,
    argument_words: Vec<String>,
    pub(super) local_arguments: Sparse,
    pub(super) arguments_meaning: Dense,
    pub(super) particles: Vec<String>,
    /// How telling its kin is in its group.
    pub(super) local_idf: f32,
    pub(super) governor: Option<String>,
    pub(super) relation: Deprel,
    /// Mentions of its kin in its document.
    pub(super) n_kin: u8,
}

/// All documents.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) terms: Terms,
    pub(super) pages: Vec<Page>,
    /// In the order of the documents.
    pub(super) mentions: Vec<Mention>,
    /// How documents became groups.
    pub(super) overall: Steps,
    /// How documents of a group would become one, by words and by names that are telling in it.
    pub(super) by_words: Steps,
    pub(super) by_names: Steps,
    /// Numbers of the mentions of each group of documents.
    pub(super) groups: Vec<Vec<usize>>,
    /// The group of each document.
    pub(super) group_of: Vec<usize>,
    pub(super) kinds: Kinds,
}

fn all_content(document: &DocumentWords) -> Vec<&str> {
    document.sentences.iter().flat_map(|one| &one.content).map(String::as_str).collect()
}

/// Weighs the words of a page by how telling they are in its group.
fn localize(terms: &Terms, document: &DocumentWords, page: &mut Page) {
    let all = || document.sentences.iter();
    page.local = terms.vector(all().flat_map(|one| &one.content).map(String::as_str));
    page.local_names = terms.vector(all().flat_map(|one| &one.names).map(String::as_str));
    for (sentence, words) in page.sentences.iter_mut().zip(&document.sentences) {
        sentence.local = terms.vector(words.content.iter().map(String::as_str));
        sentence.local_names = terms.vector(words.names.iter().map(String::as_str));
    }
}

impl Corpus {
    /// Weighs the words of documents against each other.
    pub(super) fn new(documents: &[DocumentWords]) -> Self {
        let terms = Terms::count(documents.iter().map(|document| {
            let sentences = document.sentences.iter();
            sentences.flat_map(|sentence| &sentence.content).map(String::as_str).collect()
        }));
        let mut pages: Vec<Page> =
            documents.iter().map(|document| page(&terms, document)).collect();
        let (mut mentions, mut slot) = (Vec::new(), 0);
        for (number, document) in documents.iter().enumerate() {
            let all = || document.mentions.iter().flatten();
            for mention in &document.mentions {
                slot += 1;
                let Some(mention) = mention else { continue };
                let alike = all().filter(|other| other.kin == mention.kin);
                let n_kin = u8::try_from(alike.count()).unwrap_or(u8::MAX);
                mentions
                    .push(Mention { slot: slot - 1, ..weighed(&terms, number, mention, n_kin) });
            }
        }
        let alike =
            Square::of(pages.len(), |a, b| whole(pages[a].content.cosine(&pages[b].content)));
        let everything: Vec<usize> = (0..pages.len()).collect();
        let [mut overall, mut by_words, mut by_names] = [(); 3].map(|()| Steps::new(pages.len()));
        let clusters = overall.join(&everything, &alike, LOOSE);
        let mut group_of = vec![0; pages.len()];
        for (group, cluster) in clusters.iter().enumerate() {
            let local = Terms::count(cluster.iter().map(|&page| all_content(&documents[page])));
            for &number in cluster {
                group_of[number] = group;
                localize(&local, &documents[number], &mut pages[number]);
            }
            let square = |of: &dyn Fn(&Page) -> &Sparse| {
                Square::of(cluster.len(), |a, b| {
                    whole(of(&pages[cluster[a]]).cosine(of(&pages[cluster[b]])))
                })
            };
            by_words.join(cluster, &square(&|page| &page.local), 0);
            by_names.join(cluster, &square(&|page| &page.local_names), 0);
            for mention in
                mentions.iter_mut().filter(|one: &&mut Mention| cluster.contains(&one.page))
            {
                let arguments = mention.argument_words.iter().map(String::as_str);
                mention.local_arguments = local.vector(arguments);
                mention.local_idf = local.id(&mention.kin).map_or(0.0, |id| local.idf(id));
            }
        }
        let mut groups = vec![Vec::new(); clusters.len()];
        for (number, mention) in mentions.iter().enumerate() {
            groups[group_of[mention.page]].push(number);
        }
        let mut corpus = Self {
            terms,
            pages,
            mentions,
            overall,
            by_words,
            by_names,
            groups,
            group_of,
            kinds: Kinds::default(),
        };
        corpus.kinds = Kinds::of(&corpus);
        corpus
    }

    /// The sentence a mention stands in.
    pub(super) fn sentence(&self, mention: &Mention) -> &Sentence {
        &self.pages[mention.page].sentences[mention.sentence]
    }
}

fn page(terms: &Terms, document: &DocumentWords) -> Page {
    let all = || document.sentences.iter();
    let mut times: Vec<String> = all().flat_map(|one| one.times.iter().cloned()).collect();
    times.sort_unstable();
    times.dedup();
    Page {
        content: terms.vector(all().flat_map(|one| &one.content).map(String::as_str)),
        names: terms.set(all().flat_map(|one| &one.names).map(String::as_str)),
        times,
        local: Sparse::default(),
        local_names: Sparse::default(),
        sentences: all()
            .map(|one| Sentence {
                content: terms.vector(one.content.iter().map(String::as_str)),
                names: terms.set(one.names.iter().map(String::as_str)),
                figures: one.figures.clone(),
                times: one.times.clone(),
                meaning: meaning(terms, &one.content),
                local: Sparse::default(),
                local_names: Sparse::default(),
            })
            .collect(),
    }
}

fn weighed(terms: &Terms, page: usize, words: &MentionWords, n_kin: u8) -> Mention {
    let vector = |bag: &[String]| terms.vector(bag.iter().map(String::as_str));
    let arguments: Vec<String> =
        [&words.agent, &words.patient, &words.others].into_iter().flatten().cloned().collect();
    let mut senses = kin::senses(&words.lemma).to_vec();
    senses.extend(kin::senses(&words.kin));
    senses.sort_unstable();
    senses.dedup();
    Mention {
        slot: 0,
        page,
        sentence: words.sentence,
        at: words.at,
        form: words.form,
        senses,
        meaning: meaning(terms, std::slice::from_ref(&words.lemma)),
        kin_meaning: meaning(terms, std::slice::from_ref(&words.kin)),
        idf: terms.id(&words.kin).map_or(0.0, |id| terms.idf(id)),
        inside: vector(&words.inside),
        window: vector(&words.window),
        agent: vector(&words.agent),
        patient: vector(&words.patient),
        others: vector(&words.others),
        arguments_meaning: meaning(terms, &arguments),
        arguments: vector(&arguments),
        argument_words: arguments,
        local_arguments: Sparse::default(),
        local_idf: 0.0,
        particles: words.particles.clone(),
        governor: words.governor.clone(),
        relation: words.relation,
        lemma: words.lemma.clone(),
        kin: words.kin.clone(),
        n_kin,
    }
}

/// The mean vector of words, each by how telling it is.
fn meaning(terms: &Terms, words: &[String]) -> Dense {
    let mut sum = [0.0_f32; DIMENSIONS];
    for word in words {
        let Some(numbers) = vectors::of(word) else { continue };
        let weight = terms.id(word).map_or(1.0, |id| terms.idf(id));
        for (sum, &number) in sum.iter_mut().zip(numbers) {
            *sum += weight * f32::from(number.cast_signed());
        }
    }
    let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt();
    (length > 0.0).then(|| sum.map(|number| number / length))
}

/// A number between minus one and one as an integer.
pub(super) fn whole(number: f32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "floats saturate")]
    let number = (number * ONE) as i64;
    number
}
