//! Decades, centuries and years BC: *the 1980s*, *the '80s*, *the eighties*, *the 19th century*, *490 BC*.
//!
//! - fires: *in the late 1980s*, *the fifth century BC*, *AD 70*
//! - silent: *temperatures in the 80s*, *people in their eighties*

use std::sync::LazyLock;

use dateline_core::calendar::{Place, Unit};

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    table::Table,
    time::{figure::Suffix, number, parts::Parts, words::Words},
};

/// Nouns of things measured in tens: *temperatures in the 80s*.
static MEASURED: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../../data/en/calendar/measured.tsv"), |_| ()));

pub(super) fn atom(words: &Words<'_>, at: usize, _: Stance<'_>) -> Option<Atom> {
    let the = usize::from(words.sense(at) == Sense::The);
    let whole = |place: Place, end| Some((Parts { whole: Some(place), ..Parts::default() }, end));
    if let Some((place, end)) = decade(words, at + the) {
        return whole(place, end);
    }
    if let Some((place, end)) = century(words, at + the) {
        return whole(place, end);
    }
    if the == 1 {
        return None;
    }
    era(words, at)
}

/// *1980s*, *'80s*, *eighties*, *nineteen seventies*, *noughties*.
fn decade(words: &Words<'_>, at: usize) -> Option<(Place, usize)> {
    let word = words.at(at);
    let led = words.before(at).sense == Sense::The
        || matches!(words.before(at).sense, Sense::Portion(_))
        || words.at(at).mid;
    if let Sense::Decade(tens) = word.sense {
        let first = if tens == 0 { 200 } else { 190 + i16::try_from(tens / 10).ok()? };
        return led.then_some((Place::Decade(first), at + 1));
    }
    // "the nineteen seventies", "the twenty-tens".
    if let Sense::Cardinal(first @ 11..=19) | Sense::Tens(first @ 20) = word.sense {
        let next = at + 1 + usize::from(words.mark(at + 1) == b'-');
        if let Sense::Decade(tens @ 10..) = words.sense(next) {
            let first = i16::try_from(first * 10 + tens / 10).ok()?;
            return Some((Place::Decade(first), next + 1));
        }
    }
    let figure = word.figure?;
    let (value, end) = if figure.suffix == Suffix::Plural {
        (i16::try_from(figure.value).ok()?, at + 1)
    } else if words.is(at + 1, "s") || words.is(at + 1, "'s") && led && figure.value % 10 == 0 {
        (i16::try_from(figure.value).ok()?, at + 2)
    } else {
        return None;
    };
    if value % 10 != 0 {
        return None;
    }
    match figure.width {
        4 if value % 100 == 0 && value < 2000 => Some((Place::Century(value / 100), end)),
        4 => Some((Place::Decade(value / 10), end)),
        2 => {
            let led = words.before(at).mark == b'\''
                || words.token(at).text().starts_with(['\'', '’'])
                || led;
            // "temperatures in the 80s" are not years; nor is the age of people in their 50s.
            (led && value >= 10 && !measures(words, at))
                .then_some((Place::Decade(190 + value / 10), end))
        }
        _ => None,
    }
}

/// Returns true if the tens measure degrees, not years: *temperatures in the 80s*, *highs in the low 90s*.
fn measures(words: &Words<'_>, at: usize) -> bool {
    (1..=5)
        .filter_map(|back| at.checked_sub(back))
        .any(|before| words.holds(before) && MEASURED.has(words.lower(before).as_str()))
}

/// *19th century*, *fifth century BC*.
fn century(words: &Words<'_>, at: usize) -> Option<(Place, usize)> {
    let (number, mut end) = number::ordinal(words, at).filter(|(n, _)| (1..=30).contains(n))?;
    end += usize::from(words.mark(end) == b'-');
    let is_century =
        matches!(words.sense(end), Sense::Unit(Unit::Century) | Sense::Units(Unit::Century));
    is_century.then_some(())?;
    let number = i16::try_from(number).ok()?;
    let before_christ = words.sense(end + 1) == Sense::BeforeChrist && words.at(end + 1).capital;
    let place = Place::century(number, before_christ)?;
    Some((place, end + 1 + usize::from(before_christ)))
}

/// Reads a year with its era, after an optional month or season: *490 BC*, *AD 70*.
fn era(words: &Words<'_>, at: usize) -> Option<Atom> {
    let year = |at: usize| {
        let figure = words.at(at).figure.filter(|figure| (1..=4).contains(&figure.width))?;
        i16::try_from(figure.value).ok().filter(|year| *year > 0)
    };
    let found = |year: i16, end| Some((Parts { year: Some(year), ..Parts::default() }, end));
    if words.sense(at) == Sense::AnnoDomini && words.token(at).text().starts_with('A') {
        return found(year(at + 1)?, at + 2);
    }
    let number = year(at)?;
    if !words.at(at + 1).capital {
        return None;
    }
    match words.sense(at + 1) {
        // There is no year zero: 1 BC comes before AD 1.
        Sense::BeforeChrist => found(1 - number, at + 2),
        Sense::AnnoDomini => found(number, at + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn decades_and_centuries() {
        check("It was built in the 1980s.", &[("the 1980s", "198")]);
        check("It was built in the '80s.", &[("the '80s", "198")]);
        check("It was built in the eighties.", &[("the eighties", "198")]);
        check("It was built in the 19th century.", &[("the 19th century", "18")]);
        check("The city fell in 490 BC.", &[("490 BC", "BC0490")]);
        check("The city fell in the fifth century BC.", &[("the fifth century BC", "BC04")]);
        check("The 2010s were dry.", &[("The 2010s", "201")]);
    }

    #[test]
    fn temperatures_and_ages_are_not_decades() {
        silent("Temperatures in the 80s are common.");
        silent("People in their eighties came.");
    }
}
