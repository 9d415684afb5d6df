//! Years and what is made of them: *2020*, *the 1980s*, *the '80s*, *the 19th century*, *fiscal 2021*, *490 BC*.
//!
//! - silent: *Boeing 747*, *Resolution 1973*, *$2018*, *2018 people*

use dateline_core::calendar::Place;
use dateline_nlp::{Upos, Xpos};

use super::{
    found::Found,
    number,
    words::{Suffix, Words},
};
use crate::calendar_words::{Sense, Unit};

/// Years, decades and centuries that begin at a word.
pub(super) fn year(words: &Words<'_>, at: usize) -> Option<Found> {
    let the = usize::from(words.sense(at) == Sense::The);
    if let Some(found) = era(words, at) {
        return Some(found);
    }
    if let Some(place) = decade(words, at + the) {
        return Some(Found::point(at, at + the + 1, place));
    }
    if let Some((number, mut end)) = number::ordinal(words, at + the)
        && (1..=30).contains(&number)
    {
        if words.mark(end) == b'-' {
            end += 1;
        }
        if matches!(words.sense(end), Sense::Unit(Unit::Century) | Sense::Units(Unit::Century)) {
            return Some(Found::point(
                at,
                end + 1,
                Place::Century(i16::try_from(number).ok()? - 1),
            ));
        }
    }
    if the == 1 && words.is(at + 1, "year") || words.is(at, "year") {
        let next = at + the + 1;
        let figures = plain(words, next).map(|year| (year, next + 1));
        return figures
            .or_else(|| spelled_number(words, next))
            .map(|(year, end)| Found::point(at, end, Place::Year(year)));
    }
    let fiscal = usize::from(words.sense(at + the) == Sense::Fiscal);
    if fiscal == 1 {
        let from = at + the + 1;
        let from = from + usize::from(words.is(from, "year"));
        if let Some(year) = plain(words, from) {
            return Some(Found::point(at, from + 1, Place::Year(year)));
        }
    }
    if the == 1 {
        return None;
    }
    if let Some(found) = spelled(words, at) {
        return Some(found);
    }
    let year = plain(words, at)?;
    is_year(words, at, year).then(|| Found::point(at, at + 1, Place::Year(year)))
}

/// A four-figure number that can be a year.
pub(super) fn plain(words: &Words<'_>, at: usize) -> Option<i16> {
    let figure = words.at(at).figure?;
    let fits = figure.width == 4 && figure.suffix == Suffix::None;
    (fits && (1000..=2200).contains(&figure.value)).then(|| i16::try_from(figure.value).ok())?
}

/// The year after a month: *June 2020*, *June of 2020*, *June, 2020*, *June '98*.
pub(super) fn after_month(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    let gap = usize::from(words.sense(at) == Sense::Of || words.mark(at) == b',');
    if let Some(year) = plain(words, at + gap) {
        return Some((year, at + gap + 1));
    }
    if let Some((year, end)) = spelled_number(words, at + gap) {
        return Some((year, end));
    }
    let figure = words.at(at + 1).figure?;
    let short = words.mark(at) == b'\'' && figure.width == 2 && figure.suffix == Suffix::None;
    short.then(|| Some((super::numeric::century_of(i16::try_from(figure.value).ok()?), at + 2)))?
}

/// Whether a number of four figures is a year where it stands.
fn is_year(words: &Words<'_>, at: usize, year: i16) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| words.holds(before)) else {
        // At the front of a sentence: "2020 was …", "2020: the year …".
        return (1800..=2100).contains(&year) && !counts_next(words, at);
    };
    let word = words.at(before);
    let led = matches!(
        word.sense,
        Sense::In
            | Sense::From
            | Sense::Between
            | Sense::Of
            | Sense::Portion(_)
            | Sense::Edge(_)
            | Sense::To
            | Sense::And
            | Sense::Season(_)
            | Sense::Month(_)
    ) || word.mark == b'('
        || [
            "since",
            "by",
            "during",
            "after",
            "before",
            "around",
            "circa",
            "throughout",
            "or",
            "for",
        ]
        .contains(&words.lower(before).as_str());
    if !(1900..=2050).contains(&year) {
        return led && !counts_next(words, at) && !matches!(words.at(at + 1).mark, b'-' | b'%');
    }
    if matches!(word.mark, b'$' | b'#' | b'.' | b'%' | b':' | b'/')
        || words.upos(before) == Some(Upos::Sym)
    {
        return false;
    }
    let numbered = matches!(words.xpos(before), Some(Xpos::NNP | Xpos::NNPS))
        && matches!(word.sense, Sense::Other);
    if numbered || words.lower(before).as_str() == "no" {
        return false;
    }
    led || !counts_next(words, at)
}

/// *2018 people*: the number counts what follows.
fn counts_next(words: &Words<'_>, at: usize) -> bool {
    let next = words.at(at + 1);
    matches!(words.xpos(at + 1), Some(Xpos::NNS))
        || matches!(
            next.sense,
            Sense::Units(_) | Sense::Scale(_) | Sense::Meridiem(_) | Sense::Zone
        )
        || next.mark == b'%'
}

/// *1980s*, *'80s*, *eighties*.
fn decade(words: &Words<'_>, at: usize) -> Option<Place> {
    let word = words.at(at);
    if let Sense::Decade(tens) = word.sense {
        let led = words.before(at).sense == Sense::The
            || matches!(words.before(at).sense, Sense::Portion(_));
        return led.then(|| Place::Decade(190 + i16::try_from(tens / 10).unwrap_or(0)));
    }
    let figure =
        word.figure.filter(|figure| figure.suffix == Suffix::Plural && figure.value % 10 == 0)?;
    let value = i16::try_from(figure.value).ok()?;
    match figure.width {
        4 if value % 100 == 0 && value < 2000 => Some(Place::Century(value / 100)),
        4 => Some(Place::Decade(value / 10)),
        2 => {
            let led = words.before(at).mark == b'\''
                || words.token(at).text().starts_with(['\'', '’'])
                || words.before(at).sense == Sense::The;
            led.then(|| Place::Decade(190 + value / 10))
        }
        _ => None,
    }
}

/// *490 BC*, *AD 70*.
fn era(words: &Words<'_>, at: usize) -> Option<Found> {
    if words.sense(at) == Sense::AnnoDomini && words.token(at).text().starts_with('A') {
        let figure = words.at(at + 1).figure.filter(|figure| (1..=4).contains(&figure.width))?;
        let year = i16::try_from(figure.value).ok().filter(|year| *year > 0)?;
        return Some(Found::point(at, at + 2, Place::Year(year)));
    }
    let figure = words.at(at).figure.filter(|figure| (1..=4).contains(&figure.width))?;
    let year = i16::try_from(figure.value).ok().filter(|year| *year > 0)?;
    let capital = words.at(at + 1).capital;
    match words.sense(at + 1) {
        Sense::BeforeChrist if capital => {
            Some(Found::point(at, at + 2, Place::before_christ(year)?))
        }
        Sense::AnnoDomini if capital => Some(Found::point(at, at + 2, Place::Year(year))),
        _ => None,
    }
}

/// *nineteen ninety-six* as a year of its own.
fn spelled(words: &Words<'_>, at: usize) -> Option<Found> {
    matches!(words.sense(at), Sense::Cardinal(11..=19)).then_some(())?;
    let (year, end) = spelled_number(words, at)?;
    Some(Found::point(at, end, Place::Year(year)))
}

/// *nineteen ninety-six*, *two thousand and fifteen*.
fn spelled_number(words: &Words<'_>, at: usize) -> Option<(i16, usize)> {
    match (words.sense(at), words.sense(at + 1)) {
        (Sense::Cardinal(first @ 11..=19), Sense::Tens(_)) => {
            let (last, end) = number::plain(words, at + 1)?;
            (last < 100).then(|| Some((i16::try_from(first * 100 + last).ok()?, end)))?
        }
        (Sense::Cardinal(2), Sense::Scale(1000)) => {
            let and = usize::from(words.sense(at + 2) == Sense::And);
            match number::plain(words, at + 2 + and) {
                Some((last @ 1..=99, end)) if words.at(at + 2 + and).figure.is_none() => {
                    Some((i16::try_from(2000 + last).ok()?, end))
                }
                _ => Some((2000, at + 2)),
            }
        }
        _ => None,
    }
}
