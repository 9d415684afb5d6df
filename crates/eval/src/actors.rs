//! Codes of actors against annotated spans: precision, recall and F1 of the country, and of country and sector.
//!
//! The file name tells the two formats apart. A line of `.jsonl` is `{"text", "source", "target"}`, each a list of
//! `{"start", "end", "country", "sector"}` in code points, half-open; `country` is ISO 3166 alpha-3 or one of PLOVER's `IGO`,
//! `NGO`, `IMG`, `ISM`, `MNC`. A `.tsv` has columns `sentence`, `src_start`, `src_end`, `tgt_start`, `tgt_end`; the figure
//! there is the share of actors that get any country or international code.
//!
//! An annotated actor gets the code of the entity whose mention shares most of its words; if several do, that of the shortest mention.

use std::path::Path;

use anyhow::{Context as _, Result};
use dateline_core::{Entity, Record};
use dateline_extract::{Extractor, read_document};
use serde_json::Value;

use crate::{Report, Score, read_file, read_lines_by, score::percent, words::code_points};

/// Sectors of PLOVER that take the place of a country.
const INTERNATIONAL: [&str; 5] = ["IGO", "NGO", "IMG", "ISM", "MNC"];

/// Scores the actors of a file.
///
/// # Errors
///
/// If the file cannot be read, or a line is not laid out as described above.
pub fn run(extractor: &Extractor, data: &Path) -> Result<Report> {
    let is_table = data.extension().is_some_and(|extension| extension == "tsv");
    if is_table {
        return coverage(extractor, &read_file(data)?);
    }
    let mut report = Report::default();
    let (mut country, mut with_sector) = (Score::default(), Score::default());
    for actors in read_lines_by(data, read)? {
        let record = extractor.extract(&read_document(&actors.text));
        for actor in &actors.list {
            let found = entity_at(&record, actor.start, actor.end).map(Code::of);
            let found_country = found.as_ref().and_then(|code| code.country.clone());
            let is_country = found_country.as_deref() == Some(actor.country.as_str());
            let is_sector =
                is_country && found.as_ref().is_some_and(|code| code.sector == actor.sector);
            for (score, is_right) in [(&mut country, is_country), (&mut with_sector, is_sector)] {
                score.expected += 1;
                score.found += usize::from(found_country.is_some());
                score.right += usize::from(is_right);
            }
            if !is_sector {
                let sector = |sector: &Option<String>| sector.clone().unwrap_or_default();
                let found = found.map_or(String::from("-"), |code| {
                    format!("{}{}", code.country.unwrap_or_default(), sector(&code.sector))
                });
                let words = code_points(&actors.text, actor.start..actor.end);
                report.differences.push(format!(
                    "{}\t{}{}\t{found}\t{words}\t{}",
                    if is_country { "sector" } else { "country" },
                    actor.country,
                    sector(&actor.sector),
                    actors.text
                ));
            }
        }
    }
    for (name, score) in [("country", country), ("country_sector", with_sector)] {
        report.score(name, name, score);
    }
    Ok(report)
}

struct Actors {
    text: String,
    list: Vec<Actor>,
}

struct Actor {
    start: u32,
    end: u32,
    country: String,
    sector: Option<String>,
}

/// Country and first sector of an entity, as the annotation writes them.
pub(crate) struct Code {
    pub(crate) country: Option<String>,
    pub(crate) sector: Option<String>,
}

impl Code {
    pub(crate) fn of(entity: &Entity) -> Self {
        let mut sectors = entity.sectors.iter().map(ToString::to_string);
        let country = entity.country.map(|country| country.to_string());
        // Without a country, the first sector names the kind of body.
        let international = || {
            let first = entity.sectors.first().map(ToString::to_string);
            first.filter(|sector| INTERNATIONAL.contains(&sector.as_str()))
        };
        let country = country.or_else(international);
        let sector = sectors.find(|sector| !INTERNATIONAL.contains(&sector.as_str()));
        Self { country, sector }
    }
}

fn read(line: &str) -> Result<Actors> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["text"].as_str().context("expected a line with `text`")?.to_owned();
    let both = ["source", "target"].into_iter().filter_map(|role| value[role].as_array()).flatten();
    // An actor that is not marked in the text starts at -1.
    let list = both.filter_map(|actor| {
        let number =
            |name: &str| actor[name].as_u64().and_then(|number| u32::try_from(number).ok());
        Some(Actor {
            start: number("start")?,
            end: number("end")?,
            country: actor["country"].as_str()?.to_owned(),
            sector: actor["sector"].as_str().map(str::to_owned),
        })
    });
    Ok(Actors { list: list.collect(), text })
}

/// The entity whose mention shares most of a span, in code points.
fn entity_at(record: &Record, start: u32, end: u32) -> Option<&Entity> {
    let mentions = record
        .entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(move |mention| (entity, &mention.span)));
    let shared = mentions.filter_map(|(entity, span)| {
        let shared = span.end.min(end).checked_sub(span.start.max(start)).filter(|len| *len > 0)?;
        Some((shared, span.end - span.start, entity))
    });
    shared.min_by_key(|(shared, length, _)| (u32::MAX - shared, *length)).map(|(.., entity)| entity)
}

/// The share of the actors of a table that get a country or an international code.
fn coverage(extractor: &Extractor, file: &str) -> Result<Report> {
    let mut report = Report::default();
    let mut lines = file.lines();
    let head: Vec<&str> =
        lines.next().context("expected a header on top of the table")?.split('\t').collect();
    let column = |name: &str| {
        head.iter().position(|head| *head == name).with_context(|| format!("no column `{name}`"))
    };
    let sentence = column("sentence")?;
    let spans =
        [[column("src_start")?, column("src_end")?], [column("tgt_start")?, column("tgt_end")?]];
    let (mut coded, mut all) = (0, 0);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let text = cells.get(sentence).copied().unwrap_or_default();
        let text = unquoted(text);
        let record = extractor.extract(&read_document(&text));
        for [start, end] in spans {
            let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<u32>().ok());
            let (Some(start), Some(end)) = (number(start), number(end)) else { continue };
            all += 1;
            let code = entity_at(&record, start, end).map(Code::of);
            let is_coded = code.is_some_and(|code| code.country.is_some());
            coded += usize::from(is_coded);
            if !is_coded {
                let words = code_points(&text, start..end);
                report.differences.push(format!("uncoded\t{words}\t{text}"));
            }
        }
    }
    report.percent("coded", percent(coded, all));
    Ok(report)
}

/// A cell without the quotes of CSV.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mention_that_shares_most_is_the_actor() {
        let text = "Kenyan officials left Norway.";
        let record = Extractor::new().extract(&read_document(text));
        let code = |start, end| {
            let code = entity_at(&record, start, end).map(Code::of)?;
            Some((code.country?, code.sector))
        };
        assert_eq!(code(0, 16), Some((String::from("KEN"), Some(String::from("GOV")))));
        assert_eq!(code(22, 28), Some((String::from("NOR"), None)));
        assert_eq!(code(17, 21), None);
    }

    #[test]
    fn quoted_cells_are_read() {
        assert_eq!(unquoted(r#""Say ""yes"".""#), r#"Say "yes"."#);
        assert_eq!(unquoted("plain"), "plain");
    }
}
