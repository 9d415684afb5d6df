//! Country codes in words.

use dateline_core::codes::Country;

/// The name of a country, by its ISO 3166-1 alpha-3 code.
pub(crate) fn name(code: &str) -> Option<&'static str> {
    code.parse().ok().map(Country::name)
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
