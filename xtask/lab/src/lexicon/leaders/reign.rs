//! De facto leaders from 1945 to March 2021, by surname and day (REIGN).

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use super::{End, Term};
use crate::lexicon::read;

/// Reads the terms of REIGN; countries are Correlates of War abbreviations.
pub(super) fn terms(cow: &BTreeMap<String, String>, data: &Path) -> Result<Vec<Term>> {
    let text = read(&data.join("leaders/reign-leaders-1945-2021.csv"))?;
    let mut terms: Vec<Term> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [short, _, id, name, from, to, _, male, _] = cells.as_slice() else { continue };
        let Some(country) = cow.get(*short).map(String::as_str).or_else(|| gone(short)) else {
            continue;
        };
        // A term that ends in a month ends with the successor's start, if that is in the month.
        if let Some(last) = terms.last_mut()
            && last.country == country
            && let End::On(month) = &last.to
            && from.starts_with(month.as_str())
        {
            last.to = End::On((*from).to_owned());
        }
        let to = if to.starts_with('-') {
            End::AtLeast("2021-03".to_owned())
        } else {
            End::On((*to).to_owned())
        };
        terms.push(Term {
            name: name.trim_end_matches(" (acting)").to_owned(),
            country: country.to_owned(),
            from: (*from).to_owned(),
            to,
            kind: "head",
            office: "-".to_owned(),
            sectors: "GOV",
            gender: if *male == "0" { "f" } else { "m" },
            id: format!("reign:{id}"),
            source: "reign",
        });
    }
    Ok(terms)
}

/// Abbreviations of former states, and of states with another abbreviation elsewhere.
fn gone(short: &str) -> Option<&'static str> {
    let pairs = [
        ("CZE", "CSK"),
        ("DRV", "VNM"),
        ("GDR", "DDR"),
        ("GFR", "DEU"),
        ("GMY", "DEU"),
        ("KOS", "KOS"),
        ("MNG", "MNE"),
        ("SSD", "SSD"),
        ("YAR", "YEM"),
        ("YEM", "YEM"),
        ("YPR", "YMD"),
        ("YUG", "YUG"),
    ];
    pairs.iter().find(|pair| pair.0 == short).map(|pair| pair.1)
}
