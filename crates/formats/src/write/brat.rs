//! A record as brat standoff (brat 1.3): a text and an `.ann` file beside it, with offsets in code points.
//!
//! Mentions, times, sources, cues and contents are text-bound; mentions of one entity are `Equiv`. Statements and events are brat
//! events with their arguments; status, polarity, certainty and mode of an event are attributes, values of times and codes of entities
//! notes. Relations hold between triggers. A span over lines has a fragment a line, as brat wants it. Arguments without words in
//! the text, as an actor who is only understood, are left out.

use std::{collections::BTreeMap, fmt::Write as _};

use dateline_core::{
    Certainty, CueClass, EntityId, EntityKind, RelationKind, Status, TextSpan, TimeKind,
    codes::{Mode, PloverType},
};

use super::Article;

/// The `.ann` file of a document; the `.txt` beside it is the document's text as it is.
pub fn annotations(article: &Article<'_>) -> String {
    let record = article.record();
    let mut file = File::default();
    for entity in &record.entities {
        let mentions: Vec<String> = entity
            .mentions
            .iter()
            .filter_map(|mention| file.bound(&named(entity.kind.as_str()), &mention.span))
            .collect();
        if mentions.len() > 1 {
            file.line(&format!("*\tEquiv {}", mentions.join(" ")));
        }
        if let (Some(first), Some(code)) = (mentions.first(), &entity.code) {
            file.note(first, code);
        }
        if let Some(first) = mentions.into_iter().next() {
            file.entities.insert(entity.id, first);
        }
    }
    let mut times = BTreeMap::new();
    for time in &record.times {
        if let Some(id) = file.bound(&named(time.kind.as_str()), &time.span) {
            file.note(&id, &time.value);
            times.insert(time.id, id);
        }
    }
    for statement in &record.statements {
        let Some(cue) = &statement.cue else { continue };
        let Some(trigger) = file.bound("Statement", &cue.span) else { continue };
        let mut arguments = Arguments::default();
        let source = statement.source.as_ref().and_then(|source| file.bound("Source", source));
        arguments.add("Source", source);
        arguments.add("Speaker", statement.speaker.and_then(|id| file.entities.get(&id).cloned()));
        arguments
            .add("Addressee", statement.addressee.and_then(|id| file.entities.get(&id).cloned()));
        for content in &statement.content {
            let content = file.bound("Content", content);
            arguments.add("Content", content);
        }
        arguments.add("Date", statement.date.and_then(|date| times.get(&date.time?).cloned()));
        let id = file.event("Statement", &trigger, &arguments);
        file.attribute("Class", &id, cue.class.as_str());
    }
    let mut triggers = BTreeMap::new();
    for event in &record.events {
        let kind = named(event.kind.as_str());
        let Some(trigger) = file.bound(&kind, &event.trigger.span) else { continue };
        let mut arguments = Arguments::default();
        for (role, ids) in
            [("Source", &event.sources), ("Target", &event.targets), ("Place", &event.places)]
        {
            for id in ids {
                arguments.add(role, file.entities.get(id).cloned());
            }
        }
        arguments.add("Date", event.date.and_then(|date| times.get(&date.time?).cloned()));
        let id = file.event(&kind, &trigger, &arguments);
        file.attribute("Status", &id, event.status.as_str());
        file.attribute("Certainty", &id, event.certainty.as_str());
        if event.polarity == dateline_core::Polarity::Negative {
            file.flag("Negated", &id);
        }
        if let Some(mode) = event.mode {
            file.attribute("Mode", &id, mode.as_str());
        }
        triggers.insert(event.id, trigger);
    }
    for relation in &record.relations {
        if let (Some(from), Some(to)) = (triggers.get(&relation.from), triggers.get(&relation.to)) {
            file.relation(&named(relation.kind.as_str()), from, to);
        }
    }
    file.text
}

/// The `annotation.conf` that declares all [`annotations`] uses.
pub fn configuration() -> String {
    let mut conf = String::from("[entities]\n");
    let kinds = EntityKind::ALL
        .iter()
        .map(|kind| kind.as_str())
        .chain(TimeKind::ALL.iter().map(|kind| kind.as_str()));
    for kind in kinds {
        writeln!(conf, "{}", named(kind)).expect("a string takes all");
    }
    conf.push_str("Source\nContent\n\n[relations]\nEquiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n");
    for kind in RelationKind::ALL {
        writeln!(conf, "{}\tArg1:<EVENT>, Arg2:<EVENT>", named(kind.as_str()))
            .expect("a string takes all");
    }
    conf.push_str(
        "\n[events]\nStatement\tSource?:Source, Speaker?:<ENTITY>, Addressee?:<ENTITY>, Content*:Content, Date?:<ENTITY>\n",
    );
    for kind in PloverType::ALL {
        let name = named(kind.as_str());
        writeln!(
            conf,
            "{name}\tSource*:<ENTITY>, Target*:<ENTITY>, Place*:<ENTITY>, Date?:<ENTITY>"
        )
        .expect("a string takes all");
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
            .expect("a string takes all");
    }
    conf
}

/// A name of a type as brat takes it: letters, digits, `-` and `_`; the first letter large.
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

/// An `.ann` file as it grows.
#[derive(Default)]
struct File {
    text: String,
    /// The first mention of each entity.
    entities: BTreeMap<EntityId, String>,
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

    /// A stretch of text with a type; `None` where it has no words.
    fn bound(&mut self, kind: &str, span: &TextSpan) -> Option<String> {
        let (mut places, mut words) = (Vec::new(), Vec::new());
        let mut start = span.start;
        for line in span.text.split('\n') {
            let length = u32::try_from(line.chars().count()).ok()?;
            if !line.trim().is_empty() {
                places.push(format!("{start} {}", start + length));
                words.push(line);
            }
            start += length + 1;
        }
        if places.is_empty() {
            return None;
        }
        self.bound += 1;
        let id = format!("T{}", self.bound);
        self.line(&format!("{id}\t{kind} {}\t{}", places.join(";"), words.join(" ")));
        Some(id)
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
        let line = format!(
            "#{}\tAnnotatorNotes {of}\t{}",
            self.notes,
            words.replace(['\t', '\n', '\r'], " ")
        );
        self.line(&line);
    }
}

/// Arguments of an event; the second of a role is `Source2`.
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
        write!(self.written, " {role}{number}:{id}").expect("a string takes all");
    }
}

#[cfg(test)]
mod tests {
    use super::{super::article::tests::record, *};

    #[test]
    fn every_span_has_its_words() {
        let record = record(
            "date 2021-05-08\n\n\"We will meet on Friday 🙂\nin São Paulo,\" Norwegian Prime Minister Kari Lund told reporters. \
             Kenya expelled two Norwegian diplomats in April. Norway had not met Kenya.\n",
        );
        let article = Article::new("d0123456789abcdef", &record, &[]);
        let text: Vec<char> = record.document.text.chars().collect();
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
        assert!(spans > 8 && events > 1, "{file}");
        assert!(file.contains(';'), "a content over two lines: {file}");
        let conf = configuration();
        for line in file.lines().filter(|line| line.starts_with(['T', 'E', 'A', 'R'])) {
            let kind = line.split('\t').nth(1).unwrap().split([' ', ':']).next().unwrap();
            assert!(
                conf.lines().any(|own| own == kind || own.starts_with(&format!("{kind}\t"))),
                "{kind}"
            );
        }
    }
}
