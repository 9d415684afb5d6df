//! All layers in their order, and the one step from bytes to code points.

use dateline_core::{
    Cue, Document, Entity, EntityId, EntityKind, Event, EventDate, EventId, Explanation, Mention,
    Reason, Record, Relation, SCHEMA, Sentence, Size, Statement, StatementId, StatementKind, Time,
    TimeId, Trigger, codes::Sector,
};
use dateline_nlp::{Analysis, English, Name};

use crate::{
    actors::Actors,
    codepoint::CodePoints,
    document,
    entity::{self, Decision, Entities, EntityDraft, EntityIdx, Fact, Lexicon, Quote},
    event::{
        self, EventDraft,
        codebook::{Codebook, Frame},
    },
    likeness::{BadSpan, Likeness, Marked},
    reading::{Reading, When},
    relation::{self, RelationDraft},
    statement::{self, StatementDraft, StatementIdx},
    time::{self, Anchor, TimeExpression, TimeIdx},
};

/// Makes records of documents.
///
/// Holds the language model and the lexicons; extraction takes `&self`, so one value serves any number of threads.
///
/// ```
/// # use dateline_extract::{Extractor, read_document};
/// let extractor = Extractor::new();
/// let record = extractor.extract(&read_document("Talks resumed on Monday.\n"));
/// assert_eq!(record.sentences.len(), 1);
/// ```
#[derive(Debug)]
pub struct Extractor {
    english: English,
    lexicon: Lexicon,
    codebook: Codebook,
}

impl Extractor {
    /// Unpacks the compiled-in model and data.
    pub fn new() -> Self {
        Self { english: English::new(), lexicon: Lexicon::new(), codebook: Codebook::new() }
    }

    /// Asks a list of the user's own first, from now on: its names and nouns go before those compiled in, and the codes it
    /// has for an actor on the day of a text before all that the text tells.
    ///
    /// ```
    /// use dateline_extract::{Actors, Extractor, read_document};
    /// let (actors, _) = Actors::read_tsv("Ana Ruiz\t\tCHL\tGOV\t2010-03-11\t2014-03-10\n");
    /// let extractor = Extractor::new().with_actors(actors);
    /// let code = |text| extractor.extract(&read_document(text)).entities[0].code.clone();
    /// assert_eq!(code("date 2012-05-01\nAna Ruiz spoke.\n").as_deref(), Some("CHLGOV"));
    /// assert_eq!(code("date 2016-05-01\nAna Ruiz spoke.\n").as_deref(), Some("CHL"));
    /// ```
    #[must_use]
    pub fn with_actors(mut self, actors: Actors) -> Self {
        self.lexicon = self.lexicon.with_own(actors);
        self
    }

    /// Codes acts by another codebook, from now on.
    #[must_use]
    pub fn with_codebook(mut self, codebook: Codebook) -> Self {
        self.codebook = codebook;
        self
    }

    /// The frames of the codebook that do not fire on their own example: their rows do not say what they mean.
    pub fn silent_frames(&self) -> Vec<&Frame> {
        let fires = |frame: &Frame| {
            let record = self.extract(&document::read_document(&frame.example));
            record.events.iter().any(|event| {
                event.kind == frame.kind
                    && event.mode == frame.mode
                    && event.cameo == Some(frame.cameo)
                    && event.trigger.lemma == frame.lemma()
            })
        };
        self.codebook.frames().iter().filter(|frame| !fires(frame)).collect()
    }

    /// Reads one document. Never fails: what is not understood is not claimed.
    ///
    /// The same document gives the same record, on any machine.
    pub fn extract(&self, document: &Document) -> Record {
        self.read(document, false).0
    }

    /// Reads only the time expressions of a document: the `times` of its record, without the layers that stand on them.
    pub fn times(&self, document: &Document) -> Vec<Time> {
        times(document, &self.analyze(document))
    }

    /// Reads only the time expressions of a document, and says how they came to be what they are.
    ///
    /// The times are those of [`times`](Self::times); each has one explanation, in the same order.
    ///
    /// ```
    /// # use dateline_extract::{Extractor, read_document};
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
        let explanations = explain_all(reading, &points, &times);
        (numbered(&times, |at, draft| print_time(&points, at, draft)), explanations)
    }

    /// Reads one document, and says how all in it came to be what it is.
    ///
    /// The record is that of [`extract`](Self::extract). The explanations are one a time, in the order of the times, then
    /// one a rule that gave an entity a country, a sector or a title, in the order of the entities, then one a statement,
    /// then one an event.
    ///
    /// ```
    /// # use dateline_extract::{Extractor, read_document};
    /// let document = read_document("Peru did not attack Chile.\n");
    /// let (record, explanations) = Extractor::new().explain(&document);
    /// assert_eq!(record.events[0].polarity.as_str(), "negative");
    /// let reasons = &explanations.last().expect("the event has one").reasons;
    /// let why = reasons.iter().find(|reason| reason.name == "polarity").expect("a word denies it");
    /// assert_eq!(why.evidence.as_ref().map(|words| words.text.as_str()), Some("not"));
    /// ```
    pub fn explain(&self, document: &Document) -> (Record, Vec<Explanation>) {
        self.read(document, true)
    }

    /// Reads documents side by side, to tell which of the acts they mention at given spans are one.
    ///
    /// ```
    /// # use dateline_extract::{Extractor, Marked};
    /// let marked = |text, word: std::ops::Range<u32>| Marked { text, spans: vec![word] };
    /// let documents = [marked("An earthquake hit Iran.", 3..13), marked("The earthquake in Iran.", 4..14)];
    /// let chains = Extractor::new().likeness(&documents)?.chains();
    /// assert_eq!(chains[0], chains[1]);
    /// # Ok::<(), dateline_extract::BadSpan>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a span is empty or does not lie in its text.
    pub fn likeness(&self, documents: &[Marked<'_>]) -> Result<Likeness, BadSpan> {
        Likeness::read(&self.english, documents)
    }

    fn read(&self, document: &Document, explained: bool) -> (Record, Vec<Explanation>) {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let times = time::read(reading);
        let mut entities = entity::read(reading, &times, &self.lexicon);
        let statements = statement::read(reading, &times, &entities);
        entities.resolve_quoted(reading, &quotes(&statements));
        let mut events = event::read(&self.codebook, reading, &times, &entities, &statements);
        let relations = relation::read(reading, &mut events);

        let order = entities.by_first_mention();
        let printer = Printer {
            points: CodePoints::new(&document.text),
            analysis: &analysis,
            entity_ids: ids(&order),
        };
        let mut explanations = Vec::new();
        if explained {
            explanations = explain_all(reading, &printer.points, &times);
            for &idx in &order {
                explain_entity(&printer, &entities, idx, &mut explanations);
            }
            explanations.extend(numbered(&statements, |at, draft| {
                explain_statement(&printer, &times, at, draft)
            }));
            let name = |idx| printer.entity_id(idx).to_string();
            let reasons = event::explain(
                &self.codebook,
                reading,
                &times,
                &entities,
                &statements,
                &events,
                name,
            );
            let told = events.iter().zip(reasons).enumerate();
            explanations.extend(told.map(|(at, (draft, reasons))| Explanation {
                of: EventId::from_index(at).to_string(),
                rule: draft.rule.name().to_owned(),
                reasons: reasons.into_iter().map(|reason| printer.reason(reason)).collect(),
            }));
        }
        let record = Record {
            schema: SCHEMA.to_owned(),
            document: document.clone(),
            sentences: printer.sentences(),
            entities: numbered(&order, |at, idx| printer.entity(at, entities.get(*idx))),
            times: numbered(&times, |at, draft| printer.time(at, draft)),
            statements: numbered(&statements, |at, draft| printer.statement(at, draft)),
            events: numbered(&events, |at, draft| printer.event(at, draft)),
            relations: relations.iter().map(|draft| printer.relation(draft)).collect(),
        };
        (record, explanations)
    }

    /// The names of people, organizations and places in a text that is analyzed already: those of the tagger, corrected
    /// by the lexicon.
    pub fn names(&self, analysis: &Analysis<'_>) -> Vec<Name> {
        entity::names(analysis, &self.lexicon)
    }

    /// What the statement model learns from a document.
    #[cfg(feature = "train")]
    pub(crate) fn statement_examples(
        &self,
        document: &Document,
        annotated: &[crate::train::statements::Annotated],
        reach: &mut crate::train::statements::Reach,
    ) -> Vec<crate::train::statements::Example> {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let times = time::read(reading);
        let entities = entity::read(reading, &times, &self.lexicon);
        statement::examples(reading, &entities, annotated, reach)
    }

    /// What the event ranker sees of two stretches of a document, in bytes.
    #[cfg(feature = "train")]
    pub(crate) fn pair_features(
        &self,
        document: &Document,
        source: Option<std::ops::Range<usize>>,
        target: Option<std::ops::Range<usize>>,
    ) -> event::ranker::Features {
        let analysis = self.analyze(document);
        let reading = Reading { document, analysis: &analysis };
        let times = time::read(reading);
        let mut entities = entity::read(reading, &times, &self.lexicon);
        let statements = statement::read(reading, &times, &entities);
        entities.resolve_quoted(reading, &quotes(&statements));
        let events = event::by_frames(&self.codebook, reading, &times, &entities, &statements);
        let span = |range: std::ops::Range<usize>| dateline_nlp::Span::new(range.start, range.end);
        event::sureness::features(
            &self.codebook,
            reading,
            &entities,
            &events,
            source.map(span),
            target.map(span),
        )
    }

    fn analyze<'t>(&self, document: &'t Document) -> Analysis<'t> {
        self.english.analyze_within(&document.text, document::body(&document.text))
    }
}

/// The time expressions of a document whose text is analyzed already: the `times` of its record.
pub fn times(document: &Document, analysis: &Analysis<'_>) -> Vec<Time> {
    let times = time::read(Reading { document, analysis });
    let points = CodePoints::new(&document.text);
    numbered(&times, |at, draft| print_time(&points, at, draft))
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

/// Each draft with its place in the list, made into a part of the record.
fn numbered<D, P>(drafts: &[D], print: impl Fn(usize, &D) -> P) -> Vec<P> {
    drafts.iter().enumerate().map(|(at, draft)| print(at, draft)).collect()
}

/// Makes the parts of the record of the drafts of the layers.
struct Printer<'a> {
    points: CodePoints<'a>,
    analysis: &'a Analysis<'a>,
    /// The id of each entity, which counts by first mention.
    entity_ids: Vec<EntityId>,
}

impl Printer<'_> {
    fn entity_id(&self, idx: EntityIdx) -> EntityId {
        self.entity_ids[idx.0 as usize]
    }

    fn sentences(&self) -> Vec<Sentence> {
        let bounds = |span: dateline_nlp::Span| Sentence {
            start: self.points.before(span.start()),
            end: self.points.before(span.end()),
        };
        self.analysis.sentences().map(|sentence| bounds(sentence.span())).collect()
    }

    fn entity(&self, at: usize, draft: &EntityDraft) -> Entity {
        let mention =
            |m: &entity::MentionDraft| Mention { span: self.points.span(m.span), form: m.form };
        Entity {
            id: EntityId::from_index(at),
            name: draft.name.clone(),
            kind: draft.kind,
            country: draft.country,
            sectors: draft.sectors.clone(),
            code: actor_code(draft),
            titles: draft.titles.clone(),
            link: draft.link.clone(),
            mentions: draft.mentions.iter().map(mention).collect(),
        }
    }

    fn time(&self, at: usize, draft: &TimeExpression) -> Time {
        print_time(&self.points, at, draft)
    }

    fn statement(&self, at: usize, draft: &StatementDraft) -> Statement {
        Statement {
            id: StatementId::from_index(at),
            kind: draft.kind,
            speaker: draft.speaker.map(|idx| self.entity_id(idx)),
            source: draft.source.map(|span| self.points.span(span)),
            cue: draft.cue.map(|(span, head)| Cue {
                span: self.points.span(span),
                lemma: self.analysis.token(head).lemma().to_owned(),
                class: draft.class,
            }),
            content: draft.content.iter().map(|&span| self.points.span(span)).collect(),
            date: draft.when.map(event_date),
            addressee: draft.addressee.map(|idx| self.entity_id(idx)),
        }
    }

    fn event(&self, at: usize, draft: &EventDraft) -> Event {
        let (span, head) = draft.trigger;
        let head = self.analysis.token(head);
        Event {
            id: EventId::from_index(at),
            kind: draft.kind,
            mode: draft.mode,
            cameo: draft.cameo,
            quad: draft.kind.quad(),
            goldstein: draft.cameo.map(dateline_core::codes::Cameo::goldstein),
            contexts: draft.contexts.clone(),
            trigger: Trigger { span: self.points.span(span), lemma: head.lemma().to_owned() },
            sources: draft.sources.iter().map(|&idx| self.entity_id(idx)).collect(),
            targets: draft.targets.iter().map(|&idx| self.entity_id(idx)).collect(),
            date: draft.when.map(event_date),
            places: draft.places.iter().map(|&idx| self.entity_id(idx)).collect(),
            status: draft.status,
            polarity: draft.polarity,
            certainty: draft.certainty,
            confidence: hundredths(draft.confidence),
            factuality: f64::from(draft.factuality) / 10.0,
            sizes: draft.sizes.iter().map(|size| self.size(size)).collect(),
            attribution: draft.attribution.iter().copied().map(statement_id).collect(),
            sentence: head.sentence().idx().0,
        }
    }

    fn size(&self, draft: &event::SizeDraft) -> Size {
        let (kind, number, bound) = (draft.kind, draft.number, draft.bound);
        Size { kind, number, bound, span: self.points.span(draft.span) }
    }

    fn reason(&self, reason: event::Reason) -> Reason {
        Reason {
            name: reason.name.to_owned(),
            value: reason.value,
            evidence: reason.evidence.map(|span| self.points.span(span)),
        }
    }

    fn relation(&self, draft: &RelationDraft) -> Relation {
        Relation {
            kind: draft.kind,
            from: EventId::from_index(draft.from.0 as usize),
            to: EventId::from_index(draft.to.0 as usize),
            evidence: self.points.span(draft.evidence),
        }
    }
}

fn print_time(points: &CodePoints<'_>, at: usize, draft: &TimeExpression) -> Time {
    Time {
        id: TimeId::from_index(at),
        span: points.span(draft.span),
        kind: draft.kind,
        value: draft.value.clone(),
        modifier: draft.modifier,
        quant: draft.quant.map(str::to_owned),
        freq: draft.freq.clone(),
        interval: draft.interval,
        until: draft.until.map(time_id),
    }
}

/// How each expression came to be what it is.
fn explain_all(
    reading: Reading<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
) -> Vec<Explanation> {
    (0..times.len()).map(|at| explain_time(reading, points, times, at)).collect()
}

/// How an expression came to be what it is.
fn explain_time(
    reading: Reading<'_>,
    points: &CodePoints<'_>,
    times: &[TimeExpression],
    at: usize,
) -> Explanation {
    let trace = times[at].trace;
    let mut reasons = Vec::new();
    match trace.anchor {
        Anchor::None => {}
        Anchor::Published => reasons.push(Reason {
            name: "anchor".to_owned(),
            value: reading.document.published.map_or_else(String::new, |day| day.to_string()),
            evidence: None,
        }),
        Anchor::Told(idx) => reasons.push(Reason {
            name: "anchor".to_owned(),
            value: times[idx].value.clone(),
            evidence: Some(points.span(times[idx].span)),
        }),
    }
    if let Some(direction) = trace.direction {
        reasons.push(Reason {
            name: "direction".to_owned(),
            value: direction.name().to_owned(),
            evidence: None,
        });
    }
    let of = TimeId::from_index(at).to_string();
    Explanation { of, rule: trace.rule.to_owned(), reasons }
}

/// Which rules gave an entity its codes and titles: an explanation a run of decisions of one rule.
fn explain_entity(
    printer: &Printer<'_>,
    entities: &Entities,
    idx: EntityIdx,
    explanations: &mut Vec<Explanation>,
) {
    let of = printer.entity_id(idx).to_string();
    let from = explanations.len();
    for Decision { fact, rule, evidence } in entities.decisions(idx) {
        let (name, value) = match fact {
            Fact::Country(country) => ("country", country.to_string()),
            Fact::International(code) => ("country", code.clone()),
            Fact::Sector(sector) => ("sector", sector.to_string()),
            Fact::Title(title) => ("title", title.clone()),
            Fact::Link(link) => ("link", link.clone()),
        };
        let evidence = evidence.map(|span| printer.points.span(span));
        let reason = Reason { name: name.to_owned(), value, evidence };
        match explanations[from..].last_mut() {
            Some(last) if last.rule == *rule => last.reasons.push(reason),
            _ => explanations.push(Explanation {
                of: of.clone(),
                rule: (*rule).to_owned(),
                reasons: vec![reason],
            }),
        }
    }
}

/// What a statement was read by: where its words stand, seen from the cue, and whose they are.
fn explain_statement(
    printer: &Printer<'_>,
    times: &[TimeExpression],
    at: usize,
    draft: &StatementDraft,
) -> Explanation {
    let mut reasons = Vec::new();
    let mut reason = |name: &str, value: String, evidence: Option<dateline_nlp::Span>| {
        let evidence = evidence.map(|span| printer.points.span(span));
        reasons.push(Reason { name: name.to_owned(), value, evidence });
    };
    if let Some((span, head)) = draft.cue {
        let listed = statement::cue::of(printer.analysis.token(head)).is_some();
        let class = if listed { draft.class.to_string() } else { "not listed".to_owned() };
        reason("cue", class, Some(span));
    }
    if let Some(speaker) = draft.speaker {
        reason("speaker", printer.entity_id(speaker).to_string(), draft.source);
    }
    for &span in &draft.content {
        reason("content", draft.kind.to_string(), Some(span));
    }
    if let Some(listener) = draft.addressee {
        reason("addressee", printer.entity_id(listener).to_string(), None);
    }
    if let Some(when) = draft.when {
        let time = when.time.map(|idx| &times[idx.0 as usize]);
        let value =
            time.map_or_else(|| when.interval.from().to_string(), |time| time.value.clone());
        reason("date", value, time.map(|time| time.span));
    }
    let of = StatementId::from_index(at).to_string();
    Explanation { of, rule: draft.rule.replace(' ', "-"), reasons }
}

/// How event data sets write the actor: PLOVER's code in a country's place, else country and first sector.
fn actor_code(draft: &EntityDraft) -> Option<String> {
    if let Some(code) = &draft.international {
        return Some(code.clone());
    }
    let country = draft.country?;
    // A country's code alone is the country's own: a body of which no more is known is somebody of that country.
    let unknown = if draft.kind == EntityKind::Organization { Sector::Unk.as_str() } else { "" };
    let sector = draft.sectors.first().map_or(unknown, |sector| sector.as_str());
    Some(format!("{country}{sector}"))
}

/// The id of each entity, given all of them in the order they are printed.
fn ids(order: &[EntityIdx]) -> Vec<EntityId> {
    let mut ids = vec![EntityId::from_index(0); order.len()];
    for (at, idx) in order.iter().enumerate() {
        ids[idx.0 as usize] = EntityId::from_index(at);
    }
    ids
}

/// The words that stand as they were said, in the order of the text, with their speakers.
fn quotes(statements: &[StatementDraft]) -> Vec<Quote> {
    let direct = statements.iter().filter(|statement| statement.kind == StatementKind::Direct);
    let mut quotes: Vec<Quote> = direct
        .flat_map(|statement| {
            let (speaker, addressee) = (statement.speaker, statement.addressee);
            statement.content.iter().map(move |&span| Quote { span, speaker, addressee })
        })
        .collect();
    quotes.sort_by_key(|quote| (quote.span.start(), std::cmp::Reverse(quote.span.end())));
    let mut end = 0;
    quotes.retain(|quote| {
        let apart = quote.span.start() >= end;
        end = end.max(quote.span.end());
        apart
    });
    quotes
}

/// A share to two places behind the point, as it is printed.
fn hundredths(share: f32) -> f64 {
    f64::from((share * 100.0).round()) / 100.0
}

fn statement_id(idx: StatementIdx) -> StatementId {
    StatementId::from_index(idx.0 as usize)
}

fn time_id(idx: TimeIdx) -> TimeId {
    TimeId::from_index(idx.0 as usize)
}

fn event_date(when: When) -> EventDate {
    EventDate { interval: when.interval, time: when.time.map(time_id) }
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
