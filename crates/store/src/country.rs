//! The names countries are listed under, from `data/countries.tsv`.

use std::sync::LazyLock;

static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("../data/countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, cells.next()?))
        })
        .collect()
});

/// The name of a country, by its ISO 3166-1 alpha-3 code.
pub(crate) fn name(code: &str) -> Option<&'static str> {
    let at = NAMES.binary_search_by_key(&code, |(code, _)| code).ok()?;
    Some(NAMES[at].1)
}

/// An actor's code in words as far as they go: `RUSGOV` is *Russia GOV*, `IGONATO` stays.
pub(crate) fn named(code: &str) -> String {
    let split =
        code.split_at_checked(3).and_then(|(country, sector)| Some((name(country)?, sector)));
    match split {
        Some((name, sector)) => format!("{name} {sector}").trim_end().to_owned(),
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_in_words() {
        assert_eq!(named("RUSGOV"), "Russia GOV");
        assert_eq!(named("NLD"), "Netherlands");
        assert_eq!(named("IGONATO"), "IGONATO");
        assert_eq!(name("QQQ"), None);
    }
}
