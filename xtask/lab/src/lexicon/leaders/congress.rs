//! The United States: all presidents and vice presidents, and members of Congress.

use std::path::Path;

use anyhow::Result;

use super::{End, Term, gender_of};
use crate::lexicon::read;

/// Reads presidents and vice presidents; consecutive terms become one.
pub(super) fn executive(data: &Path) -> Result<Vec<Term>> {
    let mut terms: Vec<Term> = Vec::new();
    let text = read(&data.join("us-congress/us-executive.yaml"))?;
    for person in text.split("\n- id:") {
        let value = |line: &str, field: &str| -> Option<String> {
            let value = line.trim_start_matches([' ', '-']).strip_prefix(field)?;
            Some(value.trim_matches([' ', '\'', '"']).to_owned())
        };
        let field = |name: &str| person.lines().find_map(|line| value(line, name));
        let (Some(first), Some(last)) = (field("first:"), field("last:")) else { continue };
        let first = field("nickname:").unwrap_or(first);
        let id = field("wikidata:")
            .or_else(|| field("bioguide:").map(|id| format!("bioguide:{id}")))
            .unwrap_or_else(|| "-".to_owned());
        let (mut kind, mut office, mut from) = ("head", "president", String::new());
        for line in person.lines() {
            if let Some(word) = value(line, "type:") {
                (kind, office) = if word == "prez" {
                    ("head", "president")
                } else {
                    ("deputy", "vice president")
                };
            } else if let Some(day) = value(line, "start:") {
                from = day;
            } else if let Some(day) = value(line, "end:") {
                let term = Term {
                    name: format!("{first} {last}"),
                    country: "USA".to_owned(),
                    from: from.clone(),
                    to: End::On(day),
                    kind,
                    office: office.to_owned(),
                    sectors: "GOV",
                    gender: gender_of(&field("gender:").unwrap_or_default()),
                    id: id.clone(),
                    source: "us-executive",
                };
                push(&mut terms, term, false);
            }
        }
    }
    Ok(terms)
}

/// Reads all terms of the members of House and Senate; consecutive terms in one chamber become one.
pub(super) fn legislators(data: &Path) -> Result<Vec<Term>> {
    let mut terms: Vec<Term> = Vec::new();
    for line in read(&data.join("us-congress/us-legislators-current-terms.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, gender, chamber, from, to, ..] = cells.as_slice() else { continue };
        let term = Term {
            name: (*name).to_owned(),
            country: "USA".to_owned(),
            from: (*from).to_owned(),
            to: End::On((*to).to_owned()),
            kind: "legislator",
            office: (*chamber).to_owned(),
            sectors: "LEG",
            gender: gender_of(gender),
            id: "-".to_owned(),
            source: "us-legislators",
        };
        push(&mut terms, term, true);
    }
    Ok(terms)
}

/// Adds a term, or extends the last one: terms of Congress start in the first days of January.
fn push(terms: &mut Vec<Term>, term: Term, in_january: bool) {
    if let Some(last) = terms.last_mut()
        && (&last.name, &last.office) == (&term.name, &term.office)
        && let End::On(day) = &last.to
        && (*day == term.from || in_january && day.get(..7) == term.from.get(..7))
    {
        last.to = term.to;
    } else {
        terms.push(term);
    }
}
