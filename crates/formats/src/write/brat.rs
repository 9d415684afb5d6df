//! Writer of brat standoff (brat 1.3): a text and an `.ann` file, with offsets in code points.
//!
//! Mentions, times, sources, cues and contents are text-bound annotations; the mentions of one entity are joined by `Equiv`.
//! Statements and events are brat events with arguments. Status, polarity, certainty and mode of an event are attributes; time
//! values and entity codes are notes. Relations connect events rather than their triggers, because brat draws no arcs to
//! triggers. A span across several lines has one fragment per line, as brat requires. An argument of an event is an entity, but
//! brat links spans, so the mention nearest to the trigger is used, preferably one in the same sentence. Arguments without a
//! mention, such as an understood subject, are left out, and so are statements without a cue.

use std::{collections::BTreeMap, fmt::Write as _};

use dateline_core::{
    Certainty, CueClass, EntityId, EntityKind, RelationKind, Sentence, Status, TextSpan, TimeKind,
    codes::{Mode, PloverType},
};

use super::Article;

/// Returns the `.txt` file of a document: its text, code point for code point, so offsets stay valid.
///
/// Every line break becomes U+000A (the CR of CR LF becomes a space), and other control characters become spaces: brat reads
/// files in Python's text mode, which merges CR LF into one code point, and it also ends lines at U+0085 and U+2028.
pub fn text(article: &Article<'_>) -> String {
    points(&article.record().document.text)
}

/// Returns the `.ann` file of a document. Offsets are code points of [`text`], half-open.
pub fn annotations(article: &Article<'_>) -> String {
    let record = article.record();
    let mut file = File::default();
    for entity in &record.entities {
        let kind = named(entity.kind.as_str());
        let mut mentions: Vec<(u32, String)> = Vec::new();
        for mention in &entity.mentions {
            let id = file.bound(&kind, &mention.span);
            mentions.extend(id.map(|id| (mention.span.start, id)));
        }
        if mentions.len() > 1 {
            let ids: Vec<&str> = mentions.iter().map(|(_, id)| id.as_str()).collect();
            file.line(&format!("*\tEquiv {}", ids.join(" ")));
        }
        if let (Some((_, first)), Some(code)) = (mentions.first(), &entity.code) {
            file.note(first, code);
        }
        mentions.sort_by_key(|(start, _)| *start);
        file.entities.insert(entity.id, mentions);
    }
    let mut times = BTreeMap::new();
    for time in &record.times {
        if let Some(id) = file.bound(&named(time.kind.as_str()), &time.span) {
            file.note(&id, &time.value);
            times.insert(time.id, id);
        }
    }
    let mut statements = BTreeMap::new();
    for statement in &record.statements {
        let Some(cue) = &statement.cue else { continue };
        let Some(trigger) = file.bound("Statement", &cue.span) else { continue };
        let mut arguments = Arguments::default();
        let source = statement.source.as_ref().and_then(|source| file.bound("Source", source));
        arguments.add("Source", source);
        let at = cue.span.start;
        arguments.add("Speaker", statement.speaker.and_then(|id| file.nearest(id, at, None)));
        arguments.add("Addressee", statement.addressee.and_then(|id| file.nearest(id, at, None)));
        for content in &statement.content {
            let content = file.bound("Content", content);
            arguments.add("Content", content);
        }
        arguments.add("Date", statement.date.and_then(|date| times.get(&date.time?).cloned()));
        let id = file.event("Statement", &trigger, &arguments);
        file.attribute("Class", &id, cue.class.as_str());
        statements.insert(statement.id, id);
    }
    let mut events = BTreeMap::new();
    for event in &record.events {
        let kind = named(event.kind.as_str());
        let Some(trigger) = file.bound(&kind, &event.trigger.span) else { continue };
        let mut arguments = Arguments::default();
        let (at, within) = (event.trigger.span.start, article.sentence(event.sentence));
        for (role, ids) in
            [("Source", &event.sources), ("Target", &event.targets), ("Place", &event.places)]
        {
            for id in ids {
                arguments.add(role, file.nearest(*id, at, within));
            }
        }
        arguments.add("Date", event.date.and_then(|date| times.get(&date.time?).cloned()));
        for id in &event.attribution {
            arguments.add("Attribution", statements.get(id).cloned());
        }
        let id = file.event(&kind, &trigger, &arguments);
        file.attribute("Status", &id, event.status.as_str());
        file.attribute("Certainty", &id, event.certainty.as_str());
        if event.polarity == dateline_core::Polarity::Negative {
            file.flag("Negated", &id);
        }
        if let Some(mode) = event.mode {
            file.attribute("Mode", &id, mode.as_str());
        }
        events.insert(event.id, id);
    }
    for relation in &record.relations {
        if let (Some(from), Some(to)) = (events.get(&relation.from), events.get(&relation.to)) {
            file.relation(&named(relation.kind.as_str()), from, to);
        }
    }
    file.text
}

/// Returns the `annotation.conf` that declares every type [`annotations`] uses.
pub fn configuration() -> String {
    let mut conf = String::from("[entities]\n");
    let kinds = EntityKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .chain(TimeKind::ALL.iter().map(|kind| kind.as_str()));
    for kind in kinds {
        writeln!(conf, "{}", named(kind)).expect("writing to a string does not fail");
    }
    conf.push_str("Source\nContent\n\n[relations]\nEquiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n");
    for kind in RelationKind::ALL {
        writeln!(conf, "{}\tArg1:<EVENT>, Arg2:<EVENT>", named(kind.as_str()))
            .expect("writing to a string does not fail");
    }
    conf.push_str(
        "\n[events]\nStatement\tSource?:Source, Speaker?:<ENTITY>, Addressee?:<ENTITY>, Content*:Content, Date?:<ENTITY>\n",
    );
    for kind in PloverType::ALL {
        let name = named(kind.as_str());
        writeln!(
            conf,
            "{name}\tSource*:<ENTITY>, Target*:<ENTITY>, Place*:<ENTITY>, Date?:<ENTITY>, Attribution*:Statement"
        )
        .expect("writing to a string does not fail");
    }
    conf.push_str("\n[attributes]\nNegated\tArg:<EVENT>\n");
    let values: [(&str, Vec<&str>); 4] = [
        ("Status", Status::ALL.iter().map(|it| it.as_str()).collect()),
        ("Certainty", Certainty::ALL.iter().map(|it| it.as_str()).collect()),
        ("Class", CueClass::ALL.iter().map(|it| it.as_str()).collect()),
        ("Mode", Mode::ALL.iter().map(|it| it.as_str()).collect()),
    ];
    for (name, values) in values {
        writeln!(conf, "{name}\tArg:<EVENT>, Value:{}", values.join("|"))
            .expect("writing to a string does not fail");
    }
    conf
}

/// Converts a name to a type name that brat accepts: letters, digits, `-` and `_`, starting with a capital.
fn named(label: &str) -> String {
    let mut name: String = label
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// Returns text as it is in the files. If a span ends between CR and LF, its text has a line break where the file has a space;
/// both are white space at the end of a line, which no fragment covers.
fn points(text: &str) -> String {
    let mut points = text.chars().peekable();
    let mut written = String::with_capacity(text.len());
    while let Some(point) = points.next() {
        written.push(match point {
            '\r' if points.peek() == Some(&'\n') => ' ',
            '\n'
            | '\r'
            | '\u{B}'
            | '\u{C}'
            | '\u{1C}'..='\u{1E}'
            | '\u{85}'
            | '\u{2028}'
            | '\u{2029}' => '\n',
            point if point.is_control() => ' ',
            point => point,
        });
    }
    written
}

/// An `.ann` file under construction.
#[derive(Default)]
struct File {
    text: String,
    /// Mentions of each entity, by start.
    entities: BTreeMap<EntityId, Vec<(u32, String)>>,
    bound: u32,
    events: u32,
    attributes: u32,
    relations: u32,
    notes: u32,
}

impl File {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a typed span and returns its id, or `None` if the span has no words.
    fn bound(&mut self, kind: &str, span: &TextSpan) -> Option<String> {
        let (mut places, mut words) = (Vec::new(), Vec::new());
        let mut start = span.start;
        let written = points(&span.text);
        for line in written.split('\n') {
            let count = |text: &str| u32::try_from(text.chars().count()).ok();
            let inner = line.trim();
            if !inner.is_empty() {
                let from = start + count(line)? - count(line.trim_start())?;
                places.push(format!("{from} {}", from + count(inner)?));
                words.push(inner);
            }
            start += count(line)? + 1;
        }
        if places.is_empty() {
            return None;
        }
        self.bound += 1;
        let id = format!("T{}", self.bound);
        self.line(&format!("{id}\t{kind} {}\t{}", places.join(";"), words.join(" ")));
        Some(id)
    }

    /// Returns the mention of an entity nearest to a position. A mention in the same sentence takes precedence.
    fn nearest(&self, id: EntityId, at: u32, within: Option<Sentence>) -> Option<String> {
        let mentions = self.entities.get(&id)?;
        let is_outside =
            |start| within.is_some_and(|within| start < within.start || within.end <= start);
        let behind = mentions.partition_point(|(start, _)| *start < at);
        let around = [behind.checked_sub(1), Some(behind)];
        let candidates = around.into_iter().flatten().filter_map(|nth| mentions.get(nth));
        let nearest =
            candidates.min_by_key(|(start, _)| (is_outside(*start), start.abs_diff(at)))?;
        Some(nearest.1.clone())
    }

    fn event(&mut self, kind: &str, trigger: &str, arguments: &Arguments) -> String {
        self.events += 1;
        let id = format!("E{}", self.events);
        self.line(&format!("{id}\t{kind}:{trigger}{}", arguments.written));
        id
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        self.flag(&format!("{name} {of}"), value);
    }

    fn flag(&mut self, name: &str, of: &str) {
        self.attributes += 1;
        let line = format!("A{}\t{name} {of}", self.attributes);
        self.line(&line);
    }

    fn relation(&mut self, kind: &str, from: &str, to: &str) {
        self.relations += 1;
        let line = format!("R{}\t{kind} Arg1:{from} Arg2:{to}", self.relations);
        self.line(&line);
    }

    fn note(&mut self, of: &str, words: &str) {
        self.notes += 1;
        let line =
            format!("#{}\tAnnotatorNotes {of}\t{}", self.notes, points(words).replace('\n', " "));
        self.line(&line);
    }
}

/// Writes the arguments of an event. The second one with a role gets a number: `Source2`.
#[derive(Default)]
struct Arguments {
    written: String,
    counts: BTreeMap<&'static str, u32>,
}

impl Arguments {
    fn add(&mut self, role: &'static str, id: Option<String>) {
        let Some(id) = id else { return };
        let count = self.counts.entry(role).or_default();
        *count += 1;
        let number = if *count > 1 { count.to_string() } else { String::new() };
        write!(self.written, " {role}{number}:{id}").expect("writing to a string does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::{super::article::tests::record, *};

    #[test]
    fn every_span_has_its_words() {
        let news = "date 2021-05-08\n\n\"We will meet on Friday 🙂\nin São Paulo,\" Norwegian Prime Minister Kari Lund told reporters. \
                    Kenya expelled two Norwegian diplomats in April. Norway had not met Kenya.\n";
        assert!(check(news).contains(';'), "a content over two lines");
        check(&news.replace('\n', "\r\n"));
        check(&news.replace("in São", "\tin\u{85}São\u{2028}"));
    }

    fn check(news: &str) -> String {
        let record = record(news);
        let article = Article::new("d0123456789abcdef", &record, &[]);
        let text: Vec<char> = text(&article).chars().collect();
        assert_eq!(text.len(), article.length());
        let file = annotations(&article);
        let (mut spans, mut events) = (0, 0);
        for line in file.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.starts_with('E') {
                events += 1;
            }
            if !line.starts_with('T') {
                continue;
            }
            spans += 1;
            let (_, places) = cells[1].split_once(' ').unwrap();
            let pieces = places.split(';').map(|place| {
                let (start, end) = place.split_once(' ').unwrap();
                text[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), cells[2], "{line}");
        }
        // Lines are lines wherever a reader ends them.
        assert!(!file.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{file:?}");
        assert!(spans > 8 && events > 1, "{spans} {events} {file}");
        let conf = configuration();
        for line in file.lines().filter(|line| line.starts_with(['T', 'E', 'A', 'R'])) {
            let kind = line.split('\t').nth(1).unwrap().split([' ', ':']).next().unwrap();
            assert!(
                conf.lines().any(|own| own == kind || own.starts_with(&format!("{kind}\t"))),
                "{kind}"
            );
        }
        file
    }
    #[test]
    fn arguments_are_nearest_mentions_and_relations_connect_events() {
        let record = record(
            "date 2021-05-08\n\nKenya expelled two Norwegian diplomats on Friday. Norway recalled its ambassador because Kenya had \
             expelled the diplomats.\n",
        );
        let file = annotations(&Article::new("d0123456789abcdef", &record, &[]));
        let place = |id: &str| -> u32 {
            let line = file.lines().find(|line| line.split('\t').next() == Some(id)).unwrap();
            line.split([' ', '\t']).nth(2).unwrap().parse().unwrap()
        };
        for line in file.lines().filter(|line| line.starts_with('R')) {
            assert_eq!(line.matches(":E").count(), 2, "{line}");
        }
        let second = record.sentences.last().unwrap().start;
        for line in file.lines().filter(|line| line.starts_with('E') && line.contains(" Source:T"))
        {
            let mut ids =
                line.split([' ', '\t']).skip(1).map(|pair| pair.split_once(':').unwrap().1);
            let (trigger, source) = (place(ids.next().unwrap()), place(ids.next().unwrap()));
            assert_eq!(trigger >= second, source >= second, "{line} in {file}");
        }
    }
}
