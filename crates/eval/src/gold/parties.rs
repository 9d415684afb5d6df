//! Comparison of the parties of an extracted event with the annotated ones.

use std::collections::BTreeSet;

use super::{annotation::GoldParty, found::FoundParty, names::same_name};

/// Whether both lists name the same countries; parties without a country are compared by name.
pub(super) fn same_parties<'a>(
    gold: impl IntoIterator<Item = &'a GoldParty>,
    found: impl IntoIterator<Item = &'a FoundParty>,
) -> bool {
    let (gold, found): (Vec<_>, Vec<_>) = (gold.into_iter().collect(), found.into_iter().collect());
    if gold.is_empty() != found.is_empty() {
        return false;
    }
    let (gold_nameless, gold_coded): (Vec<&GoldParty>, Vec<_>) =
        gold.iter().copied().partition(|party| party.country.is_empty());
    let (found_nameless, found_coded): (Vec<&FoundParty>, Vec<_>) =
        found.iter().copied().partition(|party| party.country.is_empty());
    let expected: BTreeSet<&str> = gold_coded.iter().map(|party| party.country.as_str()).collect();
    let coded: BTreeSet<&str> = found_coded.iter().map(|party| party.country.as_str()).collect();
    // A party without a country on one side may be one with a country on the other.
    let countries_agree = expected == coded
        || !gold_nameless.is_empty() && expected.is_subset(&coded)
        || !found_nameless.is_empty() && coded.is_subset(&expected);
    let meets = |gold: &GoldParty, found: &FoundParty| {
        found.names.iter().any(|name| same_name(&gold.words, name))
    };
    countries_agree
        && gold_nameless.iter().all(|one| found.iter().any(|other| meets(one, other)))
        && found_nameless.iter().all(|one| gold.iter().any(|other| meets(other, one)))
}

/// Whether the lists share a sector, or the annotation has none.
pub(super) fn share_a_sector(gold: &[GoldParty], found: &[FoundParty]) -> bool {
    let expected: BTreeSet<&str> = gold
        .iter()
        .map(|party| party.sector.as_str())
        .filter(|sector| !sector.is_empty())
        .collect();
    let mut sectors = found.iter().flat_map(|party| &party.sectors);
    expected.is_empty() || sectors.any(|sector| expected.contains(sector.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(cells: &[(&str, &str)]) -> Vec<GoldParty> {
        let party = |(words, country): &(&str, &str)| GoldParty {
            words: (*words).to_owned(),
            country: (*country).to_owned(),
            sector: String::new(),
        };
        cells.iter().map(party).collect()
    }

    fn found(cells: &[(&str, &str)]) -> Vec<FoundParty> {
        let party = |(name, country): &(&str, &str)| FoundParty {
            country: (*country).to_owned(),
            sectors: vec!["GOV".to_owned()],
            names: vec![(*name).to_owned()],
        };
        cells.iter().map(party).collect()
    }

    fn check(expected: bool, of: &[(&str, &str)], by: &[(&str, &str)]) {
        assert_eq!(same_parties(&gold(of), &found(by)), expected, "{of:?} {by:?}");
    }

    #[test]
    fn countries_decide_where_they_are_known() {
        check(true, &[("Santiago", "CHL")], &[("Chile", "CHL")]);
        check(true, &[("Ruiz", "CHL"), ("Chile", "CHL")], &[("Chile", "CHL")]);
        check(false, &[("Chile", "CHL")], &[("Chile", "PER")]);
        check(false, &[("Chile", "CHL"), ("Peru", "PER")], &[("Chile", "CHL")]);
        check(true, &[], &[]);
        check(false, &[], &[("Chile", "CHL")]);
        check(false, &[("Chile", "CHL")], &[]);
    }

    #[test]
    fn names_decide_where_no_country_is_known() {
        check(true, &[("the rebels", "")], &[("rebels", "")]);
        check(false, &[("the rebels", "")], &[("farmers", "")]);
        check(true, &[("the rebels", "")], &[("rebels", "COL")]);
        check(true, &[("rebels", "COL")], &[("the rebels", "")]);
        check(false, &[("rebels", "COL")], &[("the farmers", "")]);
    }

    #[test]
    fn one_shared_sector_is_enough() {
        let mut expected = gold(&[("Ruiz", "CHL"), ("army", "CHL")]);
        assert!(share_a_sector(&expected, &[]), "none is expected");
        expected[1].sector = "MIL".to_owned();
        assert!(!share_a_sector(&expected, &found(&[("Chile", "CHL")])));
        expected[0].sector = "GOV".to_owned();
        assert!(share_a_sector(&expected, &found(&[("Chile", "CHL")])));
    }
}
