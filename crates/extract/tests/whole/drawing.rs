//! Drawing of a record for reviewers: marks under the words of each sentence, then the parts in short lines.

use std::fmt::{Display, Write as _};

use dateline_core::{Event, EventDate, Record, Statement, TextSpan};

/// Draws a record.
pub(crate) fn drawn(record: &Record) -> String {
    let mut out = head(record);
    for sentence in &record.sentences {
        out.push('\n');
        draw_sentence(record, sentence.start, sentence.end, &mut out);
    }
    list(
        &mut out,
        "times",
        record.times.iter().map(|time| {
            let modifier = time.modifier.map(|it| format!(" {}", label(&it))).unwrap_or_default();
            let place = time
                .interval
                .map_or("nowhere".to_owned(), |it| format!("{} to {}", it.from(), it.to()));
            let mut often = String::new();
            for it in [&time.quant, &time.freq].into_iter().flatten() {
                often.extend([" ", it]);
            }
            let until = time.until.map(|it| format!(", until {it}")).unwrap_or_default();
            format!(
                "{} {} {}{modifier}{often}, {place}{until}, {:?}",
                time.id,
                label(&time.kind),
                time.value,
                time.span.text
            )
        }),
    );
    list(
        &mut out,
        "entities",
        record.entities.iter().map(|entity| {
            let titles = join(&entity.titles, ", ");
            let titles = if titles.is_empty() { titles } else { format!(" ({titles})") };
            let mark = if entity.inferred.is_empty() { "" } else { "~" };
            let code = entity.code.as_deref().unwrap_or("-");
            let code = format!("{mark}{code}");
            let link = entity.link.as_ref().map_or_else(String::new, |link| {
                format!(" = {} {}", link.name, link.id.as_deref().unwrap_or("-"))
            });
            let sectors = join(&entity.sectors, " ");
            format!(
                "{} {} {code} [{sectors}] {}{titles}{link}",
                entity.id,
                label(&entity.kind),
                entity.name
            )
        }),
    );
    list(&mut out, "statements", record.statements.iter().map(statement_line));
    list(&mut out, "events", record.events.iter().map(event_line));
    list(
        &mut out,
        "relations",
        record.relations.iter().map(|relation| {
            let kind = label(&relation.kind);
            format!("{} {kind} {}, {:?}", relation.from, relation.to, relation.evidence.text)
        }),
    );
    out
}

fn head(record: &Record) -> String {
    let document = &record.document;
    let fields = [
        ("published", document.published.map(|it| it.to_string())),
        ("title", document.title.clone()),
        ("publisher", document.publisher.clone()),
        ("agency", document.agency.clone()),
        ("byline", document.byline.clone()),
        ("url", document.url.clone()),
        ("language", document.language.clone()),
    ];
    let mut out = String::new();
    for (name, value) in fields {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").expect("writing to a string cannot fail");
        }
    }
    out
}

/// Draws a sentence with its marks: entities, times, then each statement, then events.
fn draw_sentence(record: &Record, start: u32, end: u32, out: &mut String) {
    let words: Vec<char> =
        record.document.text.chars().skip(start as usize).take((end - start) as usize).collect();
    let shown: String = words.iter().map(|&it| if it.is_control() { '␤' } else { it }).collect();
    out.push_str(&shown);
    out.push('\n');
    let mut layers: Vec<Vec<(&TextSpan, String)>> = vec![Vec::new(), Vec::new()];
    for entity in &record.entities {
        let marks = entity
            .mentions
            .iter()
            .map(|it| (&it.span, format!("{} {}", entity.id, label(&it.form))));
        layers[0].extend(marks);
    }
    layers[1].extend(record.times.iter().map(|it| (&it.span, format!("{} {}", it.id, it.value))));
    for statement in &record.statements {
        let id = statement.id;
        let mut marks: Vec<(&TextSpan, String)> = Vec::new();
        marks.extend(statement.source.iter().map(|it| (it, format!("{id} source"))));
        marks.extend(statement.cue.iter().map(|it| (&it.span, format!("{id} cue({})", it.lemma))));
        marks.extend(statement.content.iter().map(|it| (it, format!("{id} content"))));
        layers.push(marks);
    }
    layers.push(
        record
            .events
            .iter()
            .map(|it| (&it.trigger.span, format!("{} {}", it.id, it.kind)))
            .collect(),
    );
    for mut marks in layers {
        marks.retain(|(span, _)| span.start < end && start < span.end);
        marks.sort_by_key(|(span, _)| (span.start, span.end));
        let mut rows: Vec<String> = Vec::new();
        for (span, label) in marks {
            let from = span.start.max(start) - start;
            let length = span.end.min(end) - start - from;
            draw_mark(&mut rows, from as usize, length as usize, &label);
        }
        for row in rows {
            out.push_str(&row);
            out.push('\n');
        }
    }
}

/// Puts a mark into the first row that has room for it.
fn draw_mark(rows: &mut Vec<String>, from: usize, length: usize, label: &str) {
    let width = |row: &String| row.chars().count();
    let free = rows.iter().position(|row| width(row) + 2 <= from || width(row) == 0);
    let row = free.unwrap_or_else(|| {
        rows.push(String::new());
        rows.len() - 1
    });
    let gap = from - width(&rows[row]);
    write!(rows[row], "{:gap$}{} {label}", "", "^".repeat(length))
        .expect("writing to a string cannot fail");
}

fn statement_line(statement: &Statement) -> String {
    let speaker = statement.speaker.map_or("nobody".to_owned(), |it| it.to_string());
    let addressee = statement.addressee.map(|it| format!(" to {it}")).unwrap_or_default();
    let kind = label(&statement.kind);
    format!("{} {kind} by {speaker}{addressee}{}", statement.id, date(statement.date))
}

fn event_line(event: &Event) -> String {
    let mut line = format!("{} {}", event.id, event.kind);
    let mut add = |part: String| line.push_str(&part);
    if let Some(mode) = event.mode {
        add(format!(" {mode}"));
    }
    if let Some(cameo) = event.cameo {
        add(format!(" {cameo}"));
    }
    add(format!(" {} > {}", join(&event.sources, " "), join(&event.targets, " ")));
    add(format!(
        ", {} {} {}",
        label(&event.status),
        label(&event.polarity),
        label(&event.certainty)
    ));
    add(date(event.date));
    if !event.places.is_empty() {
        add(format!(", in {}", join(&event.places, " ")));
    }
    if !event.contexts.is_empty() {
        add(format!(", about {}", join(&event.contexts, " ")));
    }
    if !event.attribution.is_empty() {
        add(format!(", says {}", join(&event.attribution, " ")));
    }
    format!("{line}, {:?}", event.trigger.span.text)
}

fn date(date: Option<EventDate>) -> String {
    let Some(date) = date else { return String::new() };
    let time = date.time.map_or("inferred".to_owned(), |it| it.to_string());
    format!(", {} to {} ({time})", date.interval.from(), date.interval.to())
}

fn list(out: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        writeln!(out, "\n{name}").expect("writing to a string cannot fail");
    }
    for line in lines {
        writeln!(out, "  {line}").expect("writing to a string cannot fail");
    }
}

fn join(parts: &[impl Display], between: &str) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

/// Returns a label as the JSON spells it.
fn label(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).expect("a label is JSON");
    json.as_str().unwrap_or_default().to_owned()
}
