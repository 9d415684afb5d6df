//! `dateline explain`: how one part of a record was read.

use std::io::{self, IsTerminal as _};

use anyhow::{anyhow, bail, ensure};
use dateline_core::{EntityId, EventId, Record, StatementId, TimeId};

use crate::{
    arguments::{Explain, Format},
    batch::Outcome,
    lists,
    news::{self, News, Tally},
    output,
    text::{self, escaped},
};

/// Runs the command.
///
/// # Errors
///
/// If the text cannot be read, or its record has no part with the id.
pub(crate) fn run(explain: &Explain) -> anyhow::Result<Outcome> {
    let for_people = io::stdout().is_terminal();
    let format = explain.format.unwrap_or(if for_people { Format::Text } else { Format::Json });
    let extractor = lists::extractor(&explain.lists)?;
    let part = Part::read(&explain.id)?;
    let file = std::slice::from_ref(&explain.file).to_vec();
    let reading = explain.reads.reading(file, explain.text.date);
    let is_asked = |news: &News| {
        explain
            .document
            .as_ref()
            .is_none_or(|asked| news.name == *asked || news.document.id.as_ref() == Some(asked))
    };
    let mut asked: Vec<News> = Vec::new();
    let outcome = news::gather(
        &reading,
        &mut Tally::default(),
        || |news| news,
        |_, news: News| {
            asked.extend(Some(news).filter(is_asked));
            ensure!(
                asked.len() < 2,
                "{} holds several documents; choose one with --document, such as {}",
                escaped(&explain.file.to_string_lossy()),
                escaped(&asked[0].name)
            );
            Ok(())
        },
    )?;
    let Some(news) = asked.pop() else {
        if let Some(document) = &explain.document {
            bail!(
                "no document `{}` in {}",
                escaped(document),
                escaped(&explain.file.to_string_lossy())
            );
        }
        return Ok(outcome.max(Outcome::Faults));
    };
    let (record, explanations) = extractor.explain(&news.document);
    let count = part.among(&record);
    if part.index() >= count {
        let (kind, letter) = (part.name(), part.letter());
        let has =
            if count == 0 { "none".to_owned() } else { format!("{letter}1 to {letter}{count}") };
        bail!("{}: no {kind} {}; the record has {has}", escaped(&news.name), explain.id);
    }
    let own: Vec<_> = explanations.into_iter().filter(|one| one.of == explain.id).collect();
    let mut out = match format {
        Format::Json => output::for_programs(),
        Format::Text => output::for_people(explain.text.color),
    };
    match format {
        Format::Json => {
            for explanation in &own {
                out.write_all(output::json_line(explanation).as_bytes())?;
            }
        }
        Format::Text => {
            let width = text::width(for_people);
            out.write_all(text::render_part(&record, part, &own, width).as_bytes())?;
        }
    }
    Ok(Outcome::Done)
}

/// Id of a part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Entity(EntityId),
    Time(TimeId),
    Statement(StatementId),
    Event(EventId),
}

impl Part {
    /// Parses an id.
    ///
    /// # Errors
    ///
    /// If the text is not an id.
    fn read(id: &str) -> anyhow::Result<Self> {
        let entity = || id.parse().map(Self::Entity).ok();
        let time = || id.parse().map(Self::Time).ok();
        let statement = || id.parse().map(Self::Statement).ok();
        let event = || id.parse().map(Self::Event).ok();
        entity().or_else(time).or_else(statement).or_else(event).ok_or_else(|| {
            anyhow!("read `{id}`, expected an id, such as e1 for an entity, t1 a time, s1 a statement or v1 an event")
        })
    }

    fn index(self) -> usize {
        match self {
            Self::Entity(id) => id.index(),
            Self::Time(id) => id.index(),
            Self::Statement(id) => id.index(),
            Self::Event(id) => id.index(),
        }
    }

    /// Number of parts of this kind in a record.
    fn among(self, record: &Record) -> usize {
        match self {
            Self::Entity(_) => record.entities.len(),
            Self::Time(_) => record.times.len(),
            Self::Statement(_) => record.statements.len(),
            Self::Event(_) => record.events.len(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Entity(_) => "entity",
            Self::Time(_) => "time",
            Self::Statement(_) => "statement",
            Self::Event(_) => "event",
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Entity(_) => 'e',
            Self::Time(_) => 't',
            Self::Statement(_) => 's',
            Self::Event(_) => 'v',
        }
    }
}
