//! Cabinets of 2019, from World Leaders.

use std::path::Path;

use anyhow::Result;

use super::{Codes, End, Term, role, titled};
use crate::lexicon::read;

/// Reads ministers and secretaries, without ambassadors and other representatives.
pub(super) fn of_2019(codes: &Codes<'_>, data: &Path) -> Result<Vec<Term>> {
    let mut terms = Vec::new();
    for line in read(&data.join("leaders/cia-world-leaders-2019.tsv"))?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, office, person] = cells.as_slice() else { continue };
        let Some(code) = codes.of(country) else { continue };
        if office.contains("Minister") || office.contains("Secretary") {
            terms.push(Term {
                name: titled(person),
                country: code.to_owned(),
                from: "2019".to_owned(),
                to: End::On("2019".to_owned()),
                kind: "minister",
                office: role(office),
                sectors: "GOV",
                gender: "-",
                id: "-".to_owned(),
                source: "cia-leaders",
            });
        }
    }
    Ok(terms)
}
