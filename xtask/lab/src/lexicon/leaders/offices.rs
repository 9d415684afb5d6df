//! Holders of offices after 1999, from Wikidata by way of `EveryPolitician`: ministers, ambassadors, chiefs of forces and of police,
//! judges, governors; and members of the Congress of the United States.
//!
//! Offices are not carried over, since their names are not role nouns of ours: a row says that somebody has an office at a time, and of
//! which kind.

use std::path::Path;

use anyhow::Result;

use super::{Codes, End, Term, titled};
use crate::lexicon::read;

/// First year of terms that are kept, by their end.
const SINCE: &str = "2004";

/// Kinds of offices with the sectors they bring.
const KINDS: [(&str, &str); 12] = [
    ("HOS", "GOV"),
    ("HOG", "GOV"),
    ("GOV", "GOV"),
    ("DIP", "GOV"),
    ("SUB", "GOV"),
    ("CBK", "GOV"),
    ("JUD", "JUD"),
    ("MIL", "MIL"),
    ("SPY", "SPY"),
    ("COP", "COP"),
    ("LEG", "LEG"),
    ("OPP", "OPP"),
];

/// Reads office holders and members of Congress.
pub(super) fn holders(codes: &Codes<'_>, data: &Path) -> Result<Vec<Term>> {
    let folder = data.join("parties-and-offices/everypolitician");
    let mut terms: Vec<Term> = Vec::new();
    for file in ["officeholders_A-G.tsv", "officeholders_H-Z.tsv"] {
        for line in read(&folder.join(file))?.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [short, _, kind, _, name, _, from, to, id, seen] = cells.as_slice() else {
                continue;
            };
            let kind = KINDS.iter().find(|(own, _)| own == kind);
            let (Some(code), Some((_, sectors))) = (codes.by_alpha2.get(*short), kind) else {
                continue;
            };
            terms.extend(term(name, code, (from, to, seen), sectors, id));
        }
    }
    for line in read(&folder.join("legislators_2000-2022_N-Z.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let ["US", _, name, _, from, to, id] = cells.as_slice() else { continue };
        terms.extend(term(name, "USA", (from, to, "2022-06"), "LEG", id));
    }
    // One person's terms of one kind are one, however they are cut.
    terms.sort_by(|a, b| {
        (&a.country, &a.name, a.sectors, &a.from).cmp(&(&b.country, &b.name, b.sectors, &b.from))
    });
    terms.dedup_by(|next, kept| {
        let is_one =
            (&next.country, &next.name, next.sectors) == (&kept.country, &kept.name, kept.sectors);
        if is_one && last(&next.to) > last(&kept.to) {
            kept.to = next.to.clone();
        }
        is_one
    });
    Ok(terms)
}

fn last(end: &End) -> &str {
    match end {
        End::On(day) | End::AtLeast(day) => day,
        End::Open => "~",
    }
}

/// Returns a term with its start, end, and the month in which the source saw it.
fn term(
    name: &str,
    country: &str,
    (from, to, seen): (&str, &str, &str),
    sectors: &'static str,
    id: &str,
) -> Option<Term> {
    let is_old = from.is_empty() || !to.is_empty() && to < SINCE || to.is_empty() && from < "1995";
    let name = titled(name.split([',', '(']).next().unwrap_or(name).trim());
    let name = [" Jr.", " Sr.", " II", " III"]
        .iter()
        .fold(name.as_str(), |name, suffix| name.strip_suffix(suffix).unwrap_or(name))
        .to_owned();
    (!is_old).then(|| Term {
        name,
        country: country.to_owned(),
        from: from.to_owned(),
        to: if to.is_empty() { End::AtLeast(seen.to_owned()) } else { End::On(to.to_owned()) },
        kind: if sectors == "LEG" { "legislator" } else { "minister" },
        office: "-".to_owned(),
        sectors,
        gender: "-",
        id: id.to_owned(),
        source: "everypolitician",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_terms_are_left_out_and_open_ones_end_when_they_were_seen() {
        let read = |from, to| term("Ana RUIZ", "XXA", (from, to, "2022-07"), "GOV", "Q1");
        assert_eq!(read("1990", "1995"), None);
        assert_eq!(read("", ""), None);
        let open = read("2015-03", "").unwrap();
        assert_eq!((open.name.as_str(), open.to), ("Ana Ruiz", End::AtLeast("2022-07".to_owned())));
    }
}
