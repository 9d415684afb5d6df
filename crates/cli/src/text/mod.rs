//! The text format: a record for people, with timeline, statements and events, each with the words it was read from and their line.
//!
//! Empty sections are left out. News text is untrusted and goes through [`escaped`]. Colors are always added here, and removed at the
//! output if not wanted.

mod date;
mod layout;
mod page;
mod part;
mod place;
mod times;
mod who;

use std::collections::BTreeMap;

use dateline_core::{
    Certainty, Document, EntityId, Event, EventDate, Explanation, Interval, Polarity, Record,
    Statement, StatementKind, Status, Time,
};

pub(crate) use dateline_formats::escaped;
pub(crate) use layout::{clipped, columns, padded, wrapped};
pub(crate) use page::{FAINT, WHO, paint};
pub(crate) use part::render_part;
pub(crate) use place::Lines;

use layout::clipped_front;
use page::{QUOTED_LINES, TextPage};

/// Width of the output: that of the terminal, from 40 to 100 columns.
pub(crate) fn width(on_terminal: bool) -> usize {
    let terminal = on_terminal.then(terminal_size::terminal_size).flatten();
    terminal.map_or(80, |(width, _)| usize::from(width.0).clamp(40, 100))
}

/// Formats a record in lines no wider than `width`, from the title of the article to an empty line at the end.
///
/// With `explanations`, sections of explained entities and times follow.
pub(crate) fn render(
    record: &Record,
    explanations: Option<&[Explanation]>,
    width: usize,
) -> String {
    let mut laid = RecordPage { record, page: TextPage::new(&record.document, width) };
    laid.head();
    laid.timeline();
    laid.statements();
    let (happened, may_happen) = by_fact(record);
    laid.events("What happened", &happened);
    laid.events("What may happen, or did not", &may_happen);
    if let Some(explanations) = explanations {
        let of = |letter: char| -> Vec<&Explanation> {
            explanations.iter().filter(|one| one.of.starts_with(letter)).collect()
        };
        laid.page.who(&record.entities, &of('e'));
        if !record.times.is_empty() {
            laid.page.times(&record.times, &of('t'));
        }
    }
    laid.page.finish()
}

/// Formats the times of a document, like [`render`].
///
/// Each time is followed by the explanation at the same index, if any.
pub(crate) fn render_times(
    document: &Document,
    times: &[Time],
    explanations: &[Explanation],
    width: usize,
) -> String {
    let mut page = TextPage::new(document, width);
    page.head();
    if times.is_empty() {
        page.line("");
        page.line("No times found.");
    } else {
        page.times(times, &explanations.iter().collect::<Vec<_>>());
    }
    page.finish()
}

/// Formats the statements of a record by speaker, like [`render`].
pub(crate) fn render_statements(record: &Record, width: usize) -> String {
    let mut laid = RecordPage { record, page: TextPage::new(&record.document, width) };
    laid.page.head();
    if record.statements.is_empty() {
        laid.page.line("");
        laid.page.line("No statements found.");
    }
    laid.statements();
    laid.page.finish()
}

/// Formats the events of a record, like [`render`].
pub(crate) fn render_events(record: &Record, width: usize) -> String {
    let mut laid = RecordPage { record, page: TextPage::new(&record.document, width) };
    laid.page.head();
    if record.events.is_empty() {
        laid.page.line("");
        laid.page.line("No events found.");
    }
    let (happened, may_happen) = by_fact(record);
    laid.events("What happened", &happened);
    laid.events("What may happen, or did not", &may_happen);
    laid.page.finish()
}

/// Splits events into those reported as facts, and others.
fn by_fact(record: &Record) -> (Vec<&Event>, Vec<&Event>) {
    record.events.iter().partition(|event| {
        matches!(event.status, Status::Occurred | Status::Ongoing)
            && event.polarity == Polarity::Positive
    })
}

/// A record and the page it is written to.
struct RecordPage<'a> {
    record: &'a Record,
    page: TextPage<'a>,
}

/// A line of the timeline.
struct TimelineEntry {
    what: String,
    line: usize,
}

impl RecordPage<'_> {
    /// Adds title, publication date and source.
    fn head(&mut self) {
        self.page.head();
        if self.record.statements.is_empty() && self.record.events.is_empty() {
            self.page.line("");
            self.page.line("No statements or events found.");
        }
    }

    /// Adds the timeline of statements and events that have a date.
    fn timeline(&mut self) {
        let record = self.record;
        let mut entries: BTreeMap<Interval, Vec<TimelineEntry>> = BTreeMap::new();
        let mut add = |date: Option<EventDate>, entry: TimelineEntry| {
            if let Some(date) = date {
                entries.entry(date.interval).or_default().push(entry);
            }
        };
        for statement in &record.statements {
            if let Some(line) = self.statement_line(statement) {
                let words = content(statement);
                add(
                    statement.date,
                    TimelineEntry { what: format!("{}: {words}", self.speaker(statement)), line },
                );
            }
        }
        for event in &record.events {
            let line = self.page.places.line(event.trigger.span.start);
            // In a timeline, `occurred` goes without saying.
            let standing = standing(event).into_iter().filter(|word| word != "occurred");
            let what: Vec<String> = standing.chain([self.act(event)]).collect();
            let what = what.join(": ");
            add(event.date, TimelineEntry { what, line });
        }
        if entries.is_empty() {
            return;
        }
        self.page.heading("Timeline");
        let dates: Vec<String> = entries.keys().map(|interval| date::interval(*interval)).collect();
        let date_width =
            dates.iter().map(|date| columns(date)).max().unwrap_or(0).min(self.page.width / 2);
        for (mut date, mut entries) in dates.into_iter().zip(entries.into_values()) {
            entries.sort_by_key(|entry| entry.line);
            for entry in entries {
                let line = format!("line {}", entry.line);
                let room =
                    self.page.width.saturating_sub(2 + date_width + 2 + 2 + columns(&line)).max(10);
                let what = padded(&clipped(&entry.what, room), room);
                let day = paint(WHO, &padded(&date, date_width));
                self.page.line(&format!("  {day}  {what}  {}", paint(FAINT, &line)));
                // The date is printed once, on its first line.
                date.clear();
            }
        }
    }

    /// Adds the statements by speaker, in the order of their first statements.
    fn statements(&mut self) {
        let record = self.record;
        if record.statements.is_empty() {
            return;
        }
        self.page.heading("Who said what");
        let mut speakers: Vec<(Option<EntityId>, String)> = Vec::new();
        let mut by_speaker: BTreeMap<(Option<EntityId>, String), Vec<&Statement>> = BTreeMap::new();
        for statement in &record.statements {
            // Without an entity, speakers are told apart by the words that name them.
            let name =
                if statement.speaker.is_some() { String::new() } else { self.speaker(statement) };
            let key = (statement.speaker, name);
            let list = by_speaker.entry(key.clone()).or_default();
            if list.is_empty() {
                speakers.push(key);
            }
            list.push(statement);
        }
        for key in speakers {
            let statements = &by_speaker[&key];
            let code = key.0.and_then(|id| record.entities.get(id.index())?.code.as_deref());
            let code = code.map(|code| format!("  {}", escaped(code))).unwrap_or_default();
            self.page.line("");
            let speaker = clipped(&self.speaker(statements[0]), self.page.width - 2);
            self.page.line(&format!("  {}{}", paint(WHO, &speaker), paint(FAINT, &code)));
            for statement in statements {
                self.statement(statement);
            }
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let words = content(statement);
        let line = self.statement_line(statement);
        self.page.quoted(line, &words, None);
        let mut notes = Vec::new();
        if let Some(cue) = &statement.cue {
            notes.push(escaped(&cue.span.text));
        }
        if let Some(addressee) = statement.addressee {
            notes.push(format!("to {}", self.name(addressee)));
        }
        if let Some(date) = statement.date {
            notes.push(date::interval(date.interval));
        }
        if statement.kind != StatementKind::Direct {
            notes.push("in the article's words".to_owned());
        }
        self.page.notes(&notes);
    }

    /// A section of events, in the order of the text.
    fn events(&mut self, heading: &str, events: &[&Event]) {
        if events.is_empty() {
            return;
        }
        self.page.heading(heading);
        for event in events {
            self.page.line("");
            for line in wrapped(&self.act(event), self.page.width - 2, QUOTED_LINES) {
                let line = paint(WHO, &line);
                self.page.line(&format!("  {line}"));
            }
            self.event_words(event);
            let mut notes = standing(event);
            if let Some(date) = event.date {
                notes.push(date::interval(date.interval));
            }
            if !event.places.is_empty() {
                notes.push(format!("in {}", self.names(&event.places, " and ")));
            }
            for &id in &event.attribution {
                if let Some(statement) = self.record.statements.get(id.index()) {
                    notes.push(format!("says {}", self.speaker(statement)));
                }
            }
            self.page.notes(&notes);
        }
    }

    /// The words around an event's trigger, within its sentence, cut to two lines.
    fn event_words(&mut self, event: &Event) {
        let trigger = &event.trigger.span;
        let sentence = self.record.sentences.get(event.sentence as usize);
        let (start, end) = sentence.map_or((trigger.start, trigger.end), |it| (it.start, it.end));
        let (before, after) = self.page.places.around(trigger, start, end);
        let (before, after) = (escaped(before), escaped(after));
        let words = escaped(&trigger.text);
        let room = (2 * self.page.text_width()).saturating_sub(columns(&words) + 2);
        let kept_after = clipped(&after, room.saturating_sub(columns(&before).min(room / 2)));
        let kept_before = clipped_front(&before, room.saturating_sub(columns(&kept_after)));
        let glue = |text: &str| {
            text.chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '…')
        };
        let space_before = if kept_before.is_empty() { "" } else { " " };
        let space_after = if glue(&kept_after) { "" } else { " " };
        let whole = format!("{kept_before}{space_before}{words}{space_after}{kept_after}");
        let line = self.page.places.line(trigger.start);
        self.page.quoted(Some(line), &whole, Some(&words));
    }

    /// Formats an event as `WHO → WHOM: TYPE mode`.
    fn act(&self, event: &Event) -> String {
        let sources = self.names(&event.sources, " & ");
        let targets = self.names(&event.targets, " & ");
        let mode = event.mode.map(|mode| format!(" {mode}")).unwrap_or_default();
        let parties = match (sources.is_empty(), targets.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("{sources}: "),
            (true, false) => format!("→ {targets}: "),
            (false, false) => format!("{sources} → {targets}: "),
        };
        format!("{parties}{}{mode}, “{}”", event.kind, escaped(&event.trigger.span.text))
    }

    fn names(&self, ids: &[EntityId], between: &str) -> String {
        let names: Vec<String> = ids.iter().map(|&id| self.name(id)).collect();
        names.join(between)
    }

    fn name(&self, id: EntityId) -> String {
        self.record.entities.get(id.index()).map_or_else(|| id.to_string(), |it| escaped(&it.name))
    }

    /// Name of the speaker, or the words that name them.
    fn speaker(&self, statement: &Statement) -> String {
        let words = || statement.source.as_ref().map(|source| escaped(&source.text));
        let entity = statement.speaker.map(|id| self.name(id));
        entity.or_else(words).unwrap_or_else(|| "(no speaker named)".to_owned())
    }

    /// Returns the line in which a statement begins.
    fn statement_line(&self, statement: &Statement) -> Option<usize> {
        let content = statement.content.first().map(|piece| piece.start);
        let cue = statement.cue.as_ref().map(|cue| cue.span.start);
        content.or(cue).map(|start| self.page.places.line(start))
    }
}

/// Content of a statement, in quotation marks if it is a direct quotation.
fn content(statement: &Statement) -> String {
    let pieces: Vec<String> = statement.content.iter().map(|piece| escaped(&piece.text)).collect();
    if statement.kind == StatementKind::Direct {
        format!("“{}”", pieces.join("” … “"))
    } else {
        pieces.join(" … ")
    }
}

/// Status, polarity and certainty of an event, without the defaults of the last two.
fn standing(event: &Event) -> Vec<String> {
    let certainty = (event.certainty != Certainty::Certain).then(|| event.certainty.as_str());
    let polarity = (event.polarity == Polarity::Negative).then_some("negated");
    [Some(event.status.as_str()), polarity, certainty]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envoys() -> Record {
        serde_json::from_str(include_str!("../../tests/data/envoys.json")).unwrap()
    }

    fn plain(record: &Record, width: usize) -> String {
        anstream::adapter::strip_str(&render(record, None, width)).to_string()
    }

    #[test]
    fn a_record_laid_out_in_80_columns() {
        insta::assert_snapshot!(plain(&envoys(), 80));
    }

    #[test]
    fn a_record_laid_out_in_40_columns() {
        insta::assert_snapshot!(plain(&envoys(), 40));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 40..=100 {
            for line in plain(&envoys(), width).lines() {
                assert!(columns(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn names_and_titles_are_escaped() {
        let mut record = envoys();
        record.document.title = Some("Tokyo\u{1b}[2J".to_owned());
        record.entities[0].name = "Ana\u{202e} Ito".to_owned();
        record.statements[2].source.as_mut().unwrap().text = "Oslo\u{200b}".to_owned();
        let page = plain(&record, 80);
        assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{page}");
        assert!(page.contains("Ana\\u{202e} Ito"), "{page}");
    }
}
