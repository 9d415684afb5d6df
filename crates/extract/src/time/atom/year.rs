//! Years: *2020*, *June '98*, *fiscal 2021*, *the year 1066*, *nineteen ninety-six*, *2007-08*.
//!
//! - fires: *in 1973*, *the 2020 presidential election*, *(1914-1918)*
//! - silent: *Boeing 747*, *Resolution 1973*, *$2018*, *2018 people*, *No. 1991*

use std::sync::LazyLock;

use dateline_nlp::{Upos, Xpos};

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    table::Table,
    time::{figure::Suffix, number, parts::Parts, words::Words},
};

/// Nouns whose number is not a year: *flight 1985*.
static NUMBERED: LazyLock<Table<()>> =
    LazyLock::new(|| Table::read(include_str!("../../../data/en/calendar/numbered.tsv"), |_| ()));

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    let found = |year: i16, end| Some((Parts { year: Some(year), ..Parts::default() }, end));
    if let Some((year, end)) = labelled(words, at) {
        return found(year, end);
    }
    let waits = stance.is_behind(|parts| {
        parts.month.is_some()
            || parts.season.is_some()
            || parts.nth.is_some()
            || parts.named_day.is_some()
    });
    if waits {
        let (year, end) = plain(words, at)
            .map(|year| (year, at + 1))
            .or_else(|| spelled(words, at))
            .or_else(|| short(words, at))?;
        return (!is_clock(words, at)).then_some(found(year, end))?;
    }
    if let Some((year, end)) = spelled(words, at)
        && (matches!(words.sense(at), Sense::Cardinal(11..=19)) || words.is_led(at))
    {
        return found(year, end);
    }
    let year = plain(words, at)?;
    if is_year(words, at, year) { found(year, at + 1) } else { None }
}

/// *the year 1066*, *fiscal 2021*, *fiscal year 2021*, *FY2021*.
fn labelled(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let the = usize::from(words.sense(at) == Sense::The);
    // "FY2021", "FY21"
    if let (Sense::Fiscal, Some(figure)) = (words.sense(at), words.at(at).figure) {
        let short = figure.width == 2 && figure.suffix == Suffix::None;
        let century = || i16::try_from(figure.value).ok().map(super::numeric::century_of);
        let year = if short { century() } else { plain(words, at) };
        return year.map(|year| (year, at + 1));
    }
    let fiscal = usize::from(words.sense(at + the) == Sense::Fiscal);
    let year = usize::from(words.is(at + the + fiscal, "year"));
    if fiscal + year == 0 {
        return None;
    }
    let next = at + the + fiscal + year;
    plain(words, next).map(|year| (year, next + 1)).or_else(|| spelled(words, next))
}

/// Returns a four-digit number that can be a year.
pub(super) fn plain(words: &Words<'_>, at: usize) -> Option<i16> {
    let figure = words.at(at).figure?;
    let fits = figure.width == 4 && figure.suffix == Suffix::None;
    (fits && (1000..=2200).contains(&figure.value)).then(|| i16::try_from(figure.value).ok())?
}

/// Returns a year, in digits or after *fiscal*, and the index after it.
pub(in crate::time) fn fiscal_or_plain(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    plain(words, at).map(|year| (year, at + 1)).or_else(|| labelled(words, at))
}

/// Reads a year of two digits after an apostrophe: *'98*.
pub(super) fn short(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let two = |figure: crate::time::figure::Figure| {
        (figure.width == 2 && figure.suffix == Suffix::None)
            .then(|| i16::try_from(figure.value).ok().map(super::numeric::century_of))?
    };
    if words.mark(at) == b'\'' {
        return two(words.at(at + 1).figure?).map(|year| (year, at + 2));
    }
    let quoted = words.holds(at) && words.token(at).text().starts_with(['\'', '’', '‘']);
    if quoted {
        return two(words.at(at).figure?).map(|year| (year, at + 1));
    }
    None
}

/// Reads the year after a month or a season: *June 2020*, *June of 2020*, *June, 2020*, *June '98*.
pub(super) fn after_month(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let gap = usize::from(words.sense(at) == Sense::Of || words.mark(at) == b',');
    plain(words, at + gap)
        .map(|year| (year, at + gap + 1))
        .or_else(|| spelled(words, at + gap))
        .or_else(|| short(words, at + gap))
}

/// Returns true if a four-digit number is a year in its context.
fn is_year(words: &Words<'_>, at: usize, year: i16) -> bool {
    if is_clock(words, at) {
        return false;
    }
    let Some(before) = at.checked_sub(1).filter(|&before| words.holds(before)) else {
        // At the start of a sentence: "2020 was …", "2020: the year …".
        return (1800..=2100).contains(&year) && !counts_next(words, at);
    };
    let word = words.at(before);
    let led = words.is_led(at)
        || matches!(
            word.sense,
            Sense::Of
                | Sense::Portion(_)
                | Sense::Edge(_)
                | Sense::To
                | Sense::And
                | Sense::Season(_)
                | Sense::Month(_)
        )
        || word.mark == b'('
        || words.is(before, "or");
    // "Eastern Theater 1861-1863", "the 1777 campaigns"
    if ranges(words, at, year) || names(words, at, year) {
        return true;
    }
    if !(1900..=2050).contains(&year) {
        // "at 1600 Harbor Street": *at* does not introduce years.
        return led
            && word.sense != Sense::At
            && !counts_next(words, at)
            && !matches!(words.at(at + 1).mark, b'%');
    }
    if matches!(word.mark, b'$' | b'#' | b'.' | b'%' | b':' | b'/')
        || words.upos(before) == Some(Upos::Sym)
    {
        return false;
    }
    let named = matches!(words.xpos(before), Some(Xpos::NNP | Xpos::NNPS))
        && matches!(word.sense, Sense::Other);
    if named || NUMBERED.has(words.lower(before).as_str()) {
        return false;
    }
    led || !counts_next(words, at)
}

/// Returns true for the first year of a range.
fn ranges(words: &Words<'_>, at: usize, year: i16) -> bool {
    let links = words.mark(at + 1) == b'-' && words.mark(at + 3) != b'-';
    let later = plain(words, at + 2).is_some_and(|last| (year + 1..year + 200).contains(&last));
    links && later && year >= 1500
}

/// Returns true for a year between an article and a noun: *the 1783 treaty*. In "the 1700 workers" the number counts.
fn names(words: &Words<'_>, at: usize, year: i16) -> bool {
    let noun = matches!(words.upos(at + 1), Some(Upos::Noun | Upos::Propn | Upos::Adj));
    words.before(at).sense == Sense::The
        && noun
        && (1700..=2050).contains(&year)
        && (year % 100 != 0 || !counts_next(words, at))
        && !matches!(words.sense(at + 1), Sense::Units(_) | Sense::Scale(_))
}

/// Returns true for a time: *2018 GMT*, *2018 hours*.
fn is_clock(words: &Words<'_>, at: usize) -> bool {
    matches!(words.sense(at + 1), Sense::Zone | Sense::Meridiem(_)) && words.at(at + 1).capital
        || words.is(at + 1, "hours")
}

/// Returns true if the number counts what follows: *2018 people*.
fn counts_next(words: &Words<'_>, at: usize) -> bool {
    let next = words.at(at + 1);
    matches!(words.xpos(at + 1), Some(Xpos::NNS))
        || matches!(next.sense, Sense::Units(_) | Sense::Scale(_) | Sense::Meridiem(_))
        || next.mark == b'%'
}

/// *nineteen ninety-six*, *two thousand and fifteen*, *one thousand seven hundred and eighty-nine*.
fn spelled(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let year = |number: i32, end| Some((i16::try_from(number).ok()?, end));
    match (words.sense(at), words.sense(at + 1)) {
        (
            Sense::Cardinal(first @ 11..=19) | Sense::Tens(first @ 20),
            Sense::Tens(_) | Sense::Cardinal(10..=19),
        ) => {
            let (last, end) = number::plain(words, at + 1)?;
            if (10..100).contains(&last) { year(first * 100 + last, end) } else { None }
        }
        (Sense::Cardinal(thousands @ 1..=2), Sense::Scale(1000)) => {
            let (number, end) = number::plain(words, at)?;
            let spelled = (at..end).all(|idx| words.at(idx).figure.is_none());
            let fits = spelled && (1000..2200).contains(&number) && number / 1000 == thousands;
            // "two thousand people" is a crowd; "in two thousand" alone is a year.
            let year_alone =
                number % 1000 != 0 || !matches!(words.upos(end), Some(Upos::Noun | Upos::Adj));
            if fits && year_alone { year(number, end) } else { None }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::{check, silent};

    #[test]
    fn years() {
        check("He left in 1973.", &[("1973", "1973")]);
        check("The 2020 presidential election was close.", &[("2020", "2020")]);
        check("The war (1914-1918) was long.", &[("1914", "1914"), ("1918", "1918")]);
        check("He was born in June '98.", &[("June '98", "1998-06")]);
        check("It was the year 1066.", &[("the year 1066", "1066")]);
        check("Output grew in fiscal 2021.", &[("fiscal 2021", "2021")]);
        check("Output grew in FY2021.", &[("FY2021", "2021")]);
        check("It was nineteen ninety-six.", &[("nineteen ninety-six", "1996")]);
    }

    #[test]
    fn numbers_that_are_not_years() {
        silent("A Boeing 747 landed.");
        silent("They voted for Resolution 1973.");
        silent("The prize is $2018.");
        silent("Some 2018 people came.");
        silent("Ship No. 1991 left.");
        silent("He lives at 1600 Harbor Street.");
    }
}
