//! Names of countries and of actor codes.

use dateline_core::codes::Country;

/// Returns the name of a country, given its ISO 3166-1 alpha-3 code.
pub(crate) fn name(code: &str) -> Option<&'static str> {
    code.parse().ok().map(Country::name)
}

/// Spells out the country of an actor code: `RUSGOV` becomes *Russia GOV*. A code without a country, such as `IGONATO`, stays.
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
    fn actor_codes_are_named_after_their_countries() {
        assert_eq!(named("RUSGOV"), "Russia GOV");
        assert_eq!(named("NLD"), "Netherlands");
        assert_eq!(named("IGONATO"), "IGONATO");
        assert_eq!(name("QQQ"), None);
    }
}
