//! The extractor: a document to its record.

use dateline_core::{Document, Explanation, Record, Time};
use dateline_nlp::{Analysis, English, Name, ReaderKind};

use super::{
    explain, layers,
    print::{Printer, print_times},
};
use crate::{
    actors::Actors,
    codepoint::CodePoints,
    document,
    entity::{self, Vocabulary},
    event::{
        LeastConfidence,
        codebook::{Codebook, Frame, Mark},
        model::Models,
    },
    reading::Reading,
    time,
};

/// Extracts records from documents.
///
/// An extractor holds the language model, the lexicons and the codebook. Loading them takes a moment, so create one
/// extractor and reuse it: all methods take `&self`, and one value serves any number of threads.
///
/// ```
/// use dateline_extract::{Extractor, read_document};
///
/// let extractor = Extractor::new();
/// let document = read_document("date 2021-05-08\nKenya expelled two Peruvian diplomats on Friday.\n");
/// let record = extractor.extract(&document);
/// let event = &record.events[0];
/// assert_eq!(event.trigger.lemma, "expel");
/// assert_eq!(record.entities[event.sources[0].index()].code.as_deref(), Some("KEN"));
/// let date = event.date.as_ref().expect("the sentence says when");
/// assert_eq!(date.interval.from().to_string(), "2021-05-07");
/// ```
#[derive(Debug)]
pub struct Extractor {
    english: English,
    pub(super) vocabulary: Vocabulary,
    pub(super) codebook: Codebook,
    pub(super) least: LeastConfidence,
}

impl Extractor {
    /// Loads the fast reader and the built-in lexicons and codebook. [`Extractor::builder`] chooses another reader.
    pub fn new() -> Self {
        Self::with_reader(ReaderKind::default())
    }

    pub(super) fn with_reader(kind: ReaderKind) -> Self {
        Self {
            english: English::new(kind),
            vocabulary: Vocabulary::new(),
            codebook: Codebook::new(),
            least: LeastConfidence::default(),
        }
    }

    /// Replaces the reader, to measure another than the compiled-in ones.
    #[cfg(feature = "train")]
    #[must_use]
    pub fn with_english(mut self, english: English) -> Self {
        self.english = english;
        self
    }

    /// Returns the reader of this extractor.
    pub fn reader(&self) -> ReaderKind {
        self.english.kind()
    }

    /// Adds the user's list of actors.
    ///
    /// Names and nouns of the list take precedence over the built-in lexicon. The codes it gives an actor on the
    /// publication date take precedence over anything the text says.
    ///
    /// ```
    /// use dateline_extract::{Actors, Extractor, read_document};
    ///
    /// let (actors, _) = Actors::read_tsv("Ana Ruiz\t\tCHL\tGOV\t2010-03-11\t2014-03-10\n");
    /// let extractor = Extractor::new().with_actors(actors);
    /// let code = |text| extractor.extract(&read_document(text)).entities[0].code.clone();
    /// assert_eq!(code("date 2012-05-01\nAna Ruiz spoke.\n").as_deref(), Some("CHLGOV"));
    /// assert_eq!(code("date 2016-05-01\nAna Ruiz spoke.\n").as_deref(), Some("CHL"));
    /// ```
    #[must_use]
    pub fn with_actors(mut self, actors: Actors) -> Self {
        self.vocabulary = self.vocabulary.with_actors(actors);
        self
    }

    /// Replaces the built-in codebook.
    ///
    /// ```
    /// use dateline_extract::{Codebook, Extractor, read_document};
    ///
    /// let row = "stonewall.v\tsubj\tobj\t-\t-\t120\tdiplomatic\tPeru stonewalled Chile.\n";
    /// let (codebook, bad) = Codebook::read(&[("reject.mine.tsv", row)]);
    /// assert!(bad.is_empty());
    /// let extractor = Extractor::new().with_codebook(codebook);
    /// let record = extractor.extract(&read_document("Norway stonewalled Sweden.\n"));
    /// assert_eq!(record.events[0].kind.as_str(), "REJECT");
    /// ```
    #[must_use]
    pub fn with_codebook(mut self, codebook: Codebook) -> Self {
        self.codebook = codebook;
        self
    }

    /// Returns the codebook frames that do not fire on their own example sentence.
    ///
    /// A frame that is returned here does not mean what its author thinks it means: its conditions exclude the example,
    /// or another frame comes first.
    pub fn silent_frames(&self) -> Vec<&Frame> {
        let alone = self.codebook.as_certain();
        let fires = |frame: &Frame| {
            let document = document::read_document(&frame.example);
            let record = self.extract_by(&alone, Models::compiled_in(), &document);
            if frame.mark == Mark::Veto {
                return record.events.iter().all(|event| event.trigger.lemma != frame.lemma());
            }
            record.events.iter().any(|event| {
                event.kind == frame.kind
                    && event.mode == frame.mode
                    && event.cameo == Some(frame.cameo)
                    && event.trigger.lemma == frame.lemma()
            })
        };
        self.codebook.frames().iter().filter(|frame| !fires(frame)).collect()
    }

    /// Extracts the record of a document.
    ///
    /// Extraction cannot fail: text that is not understood yields no parts. The same document gives the same record on
    /// any machine.
    pub fn extract(&self, document: &Document) -> Record {
        self.extract_by(&self.codebook, Models::compiled_in(), document)
    }

    /// Extracts the record of a document with given models of events.
    #[cfg(feature = "train")]
    pub(crate) fn extract_with(&self, models: &Models, document: &Document) -> Record {
        self.extract_by(&self.codebook, models, document)
    }

    fn extract_by(&self, codebook: &Codebook, models: &Models, document: &Document) -> Record {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let drafts = layers::all(reading, &self.vocabulary, codebook, models, self.least);
        let order = drafts.entities.by_first_mention();
        Printer::new(&analysis, &order).record(self.reader(), document, &drafts, &order)
    }

    /// Extracts the record of a document, with explanations.
    ///
    /// The record is the one [`extract`](Self::extract) returns. Explanations name the part they are about by its id.
    /// They come in this order: one for each time; one for each rule that gave an entity a country, sector or title; one
    /// for each statement; one for each event.
    ///
    /// ```
    /// use dateline_extract::{Extractor, read_document};
    ///
    /// let document = read_document("Peru did not attack Chile.\n");
    /// let (record, explanations) = Extractor::new().explain(&document);
    /// assert_eq!(record.events[0].polarity.as_str(), "negative");
    /// let reasons = &explanations.last().expect("the event has one").reasons;
    /// let why = reasons.iter().find(|reason| reason.name == "polarity").expect("it is negated");
    /// assert_eq!(why.evidence.as_ref().map(|words| words.text.as_str()), Some("not"));
    /// ```
    pub fn explain(&self, document: &Document) -> (Record, Vec<Explanation>) {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let drafts = layers::all(
            reading,
            &self.vocabulary,
            &self.codebook,
            Models::compiled_in(),
            self.least,
        );
        let order = drafts.entities.by_first_mention();
        let printer = Printer::new(&analysis, &order);
        let explanations = explain::explain(
            reading,
            &self.codebook,
            Models::compiled_in(),
            &drafts,
            &order,
            &printer,
        );
        (printer.record(self.reader(), document, &drafts, &order), explanations)
    }

    /// Extracts only the time expressions of a document: the `times` of its record, without running the later layers.
    pub fn times(&self, document: &Document) -> Vec<Time> {
        times(document, &self.analyze(document))
    }

    /// Extracts only the time expressions of a document, with explanations.
    ///
    /// The times are those of [`times`](Self::times). Each has one explanation, in the same order.
    ///
    /// ```
    /// use dateline_extract::{Extractor, read_document};
    ///
    /// let document = read_document("date 2021-05-08\nTalks resumed on Friday.\n");
    /// let (times, explanations) = Extractor::new().explain_times(&document);
    /// assert_eq!(times.last().expect("Friday is one").value, "2021-05-07");
    /// let reasons = &explanations.last().expect("each time has one").reasons;
    /// assert_eq!((reasons[0].name.as_str(), reasons[0].value.as_str()), ("anchor", "2021-05-08"));
    /// ```
    pub fn explain_times(&self, document: &Document) -> (Vec<Time>, Vec<Explanation>) {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let times = time::read(reading);
        let points = CodePoints::new(&document.text);
        (print_times(&points, &times), explain::explain_times(reading, &points, &times))
    }

    /// Returns the names of people, organizations and places in an analyzed text: those of the tagger, corrected by the
    /// lexicon.
    ///
    /// ```
    /// use dateline_extract::{Extractor, ReaderKind, dateline_nlp::English};
    ///
    /// let analysis = English::new(ReaderKind::Fast).analyze("The EU met envoys from Kenya in Oslo.");
    /// assert_eq!(Extractor::new().names(&analysis).len(), 3);
    /// ```
    pub fn names(&self, analysis: &Analysis<'_>) -> Vec<Name> {
        entity::names(analysis, &self.vocabulary)
    }

    pub(super) fn analyze<'t>(&self, document: &'t Document) -> Analysis<'t> {
        self.english.analyze_within(&document.text, document::body(&document.text))
    }
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

/// Extracts the time expressions of a document whose text is already analyzed: the `times` of its record.
///
/// ```
/// use dateline_extract::{ReaderKind, dateline_nlp::English, read_document, times};
///
/// let document = read_document("date 2021-05-08\nTalks resumed on Friday.\n");
/// let analysis = English::new(ReaderKind::Fast).analyze(&document.text);
/// let times = times(&document, &analysis);
/// assert_eq!(times.last().expect("Friday is one").value, "2021-05-07");
/// ```
pub fn times(document: &Document, analysis: &Analysis<'_>) -> Vec<Time> {
    print_times(&CodePoints::new(&document.text), &time::read(Reading { document, analysis }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_document;

    fn assert_shared<T: Send + Sync>(_: &T) {}

    #[test]
    fn one_extractor_serves_many_threads_and_repeats_itself() {
        let extractor = Extractor::new();
        assert_shared(&extractor);
        let document = read_document("Minister Ana Ruiz said on Friday that talks would go on.\n");
        assert_eq!(extractor.extract(&document), extractor.extract(&document));
    }

    #[test]
    fn a_record_names_its_reader() {
        for &kind in ReaderKind::ALL.iter().filter(|kind| kind.is_available()) {
            let extractor = Extractor::builder().reader(kind).build();
            let record = extractor.extract(&read_document("Talks resumed.\n"));
            assert_eq!(record.reader.as_deref(), Some(kind.as_str()));
        }
        let record = Extractor::new().extract(&read_document("Talks resumed.\n"));
        assert_eq!(record.reader.as_deref(), Some("fast"));
    }

    #[test]
    fn sentences_are_counted_in_code_points() {
        let record = Extractor::new().extract(&read_document("  «Ça va» – naïve\n"));
        let bounds: Vec<_> = record.sentences.iter().map(|s| (s.start, s.end)).collect();
        assert_eq!(bounds, [(2, 17)]);
    }

    #[test]
    fn odd_text_goes_through() {
        let extractor = Extractor::new();
        let many = [("\"", 5000), ("(", 5000), ("e\u{301}\0", 3000), ("'", 3000), ("“‘", 3000)];
        for (piece, times) in many {
            extractor.extract(&read_document(&piece.repeat(times)));
        }
        for text in ["", " ", "\u{feff}", "\0", "”", "\r\n\r\n"] {
            extractor.extract(&read_document(text));
        }
    }
}
