//! The same period of another year, as financial reports compare periods: *a year earlier*, *the year-ago quarter*,
//! *the 1988 period*, *the latest quarter*, *the quarter a year ago*.
//!
//! A report is about one period (*third-quarter profit*) and compares it with a year before. Neither expression moves
//! the focus of the text to another period.
//!
//! - fires: *up from $3 million a year earlier*, *in the year-ago quarter*
//! - silent: *a year earlier he had left* without such a period: that is the year before the date in focus

use dateline_core::calendar::{Place, Unit};

use super::{
    atom::plain_year,
    candidate::{Meaning, TimeCandidate},
    context::{Anchor, Context},
    words::Words,
};
use crate::calendar_words::Sense;

/// Returns the compared period that starts at a word.
pub(super) fn comparison(words: &Words<'_>, context: &Context, at: usize) -> Option<TimeCandidate> {
    let (base, anchor) = match context.period {
        Some(period) => (Some(period.place), Anchor::Expression(period.idx)),
        None => (context.published.map(|day| Place::Year(day.year())), Anchor::Published),
    };
    let base = base?;
    let reported = context.period.is_some();
    let compared = Compared { words, base, reported };
    let (place, end, apart) = compared
        .a_year_ago(at)
        .or_else(|| compared.year_ago(at))
        .or_else(|| compared.of_year(at))
        .or_else(|| compared.latest(at))?;
    // "the year-ago results": the article belongs to the results.
    let modifies = words.sense(at) == Sense::The && words.sense(end - 1) == Sense::Ago
        || words.sense(at) == Sense::The && words.is(end - 1, "earlier") && end == at + 4;
    let first = at + usize::from(modifies);
    let found = TimeCandidate::of("comparison", first, end, Meaning::Point(place, None));
    Some(TimeCandidate { anchor, compares: apart, ..found })
}

struct Compared<'a> {
    words: &'a Words<'a>,
    base: Place,
    /// The base is the period of a report, not just the year of publication.
    reported: bool,
}

/// Calendar place, the token after it, and whether it only serves to compare.
type ComparedPlace = (Place, usize, bool);

impl Compared<'_> {
    /// *a year earlier*, *a year ago*.
    fn a_year_ago(&self, at: usize) -> Option<ComparedPlace> {
        let words = self.words;
        let fits = matches!(words.sense(at), Sense::Article)
            && words.sense(at + 1) == Sense::Unit(Unit::Year)
            && (words.sense(at + 2) == Sense::Ago
                || words.is(at + 2, "earlier")
                || words.is(at + 2, "before") && !words.goes_on(at + 3));
        (fits && self.reported).then(|| Some((self.year_before()?, at + 3, true)))?
    }

    /// *the year-ago quarter*, *year-earlier*, *the year-earlier period*.
    fn year_ago(&self, at: usize) -> Option<ComparedPlace> {
        let words = self.words;
        let mut next = at + usize::from(words.sense(at) == Sense::The);
        next += usize::from(words.sense(next) == Sense::Comparable);
        let fits = words.sense(next) == Sense::Unit(Unit::Year)
            && words.mark(next + 1) == b'-'
            && (words.sense(next + 2) == Sense::Ago || words.is(next + 2, "earlier"));
        fits.then_some(())?;
        let end = next + 3;
        if let Some(place) = self.named_quarter(end) {
            return Some((place.0.shift(-4)?, place.1, true));
        }
        let noun = usize::from(is_period(words, end));
        Some((self.year_before()?, end + noun, true))
    }

    /// Reads *third quarter* after *year-ago*.
    fn named_quarter(&self, at: usize) -> Option<(Place, usize)> {
        let words = self.words;
        let (number, end) = super::number::ordinal(words, at)?;
        let is_quarter =
            words.sense(end) == Sense::Unit(Unit::Quarter) && (1..=4).contains(&number);
        is_quarter.then_some(())?;
        let year = self.base.year()?;
        Some((Place::Quarter(year, i8::try_from(number).ok()?), end + 1))
    }

    /// *the 1988 period*, *the 1988 quarter*, *last year's quarter*.
    fn of_year(&self, at: usize) -> Option<ComparedPlace> {
        let words = self.words;
        if words.sense(at) == Sense::Shift(-1)
            && words.sense(at + 1) == Sense::Unit(Unit::Year)
            && words.is(at + 2, "'s")
            && is_period(words, at + 3)
        {
            return Some((self.year_before()?, at + 4, true));
        }
        let the = usize::from(words.sense(at) == Sense::The);
        let (year, end) = plain_year(words, at + the)?;
        is_period(words, end).then_some(())?;
        let place = match self.base {
            Place::Quarter(_, quarter) => Place::Quarter(year, quarter),
            Place::Half(_, half) => Place::Half(year, half),
            _ => Place::Year(year),
        };
        Some((place, end + 1, true))
    }

    /// *the latest quarter*, *the quarter*, *the latest period*, *the quarter a year ago*.
    fn latest(&self, at: usize) -> Option<ComparedPlace> {
        let words = self.words;
        (words.sense(at) == Sense::The && self.reported).then_some(())?;
        let same = matches!(words.sense(at + 1), Sense::Comparable | Sense::Same);
        let latest = usize::from(same || words.is(at + 1, "latest"));
        let next = at + 1 + latest;
        let is_quarter = words.sense(next) == Sense::Unit(Unit::Quarter);
        let fits = is_quarter && words.sense(next + 1) != Sense::Of && words.mark(next + 1) != b'-'
            || latest == 1 && words.is(next, "period");
        fits.then_some(())?;
        if let Some((place, end, _)) = self.a_year_ago(next + 1) {
            return Some((place, end, true));
        }
        // "the corresponding period last year", "the same quarter of the previous year"
        let of = next + 1 + usize::from(words.sense(next + 1) == Sense::Of);
        let shift = of + usize::from(words.sense(of) == Sense::The);
        let back = matches!(words.sense(shift), Sense::Shift(-1) | Sense::Relative(-1));
        if back && words.sense(shift + 1) == Sense::Unit(Unit::Year) {
            return Some((self.year_before()?, shift + 2, true));
        }
        (!same).then_some((self.base, next + 1, false))
    }

    fn year_before(&self) -> Option<Place> {
        match self.base {
            quarter @ Place::Quarter(..) => quarter.shift(-4),
            half @ Place::Half(..) => half.shift(-2),
            month @ Place::Month(..) => month.shift(-12),
            place => Place::Year(place.year()?).shift(-1),
        }
    }
}

fn is_period(words: &Words<'_>, at: usize) -> bool {
    words.sense(at) == Sense::Unit(Unit::Quarter) || words.is(at, "period")
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn a_report_compares_with_the_year_before() {
        check(
            "Third-quarter profit was $5 million, up from $3 million a year earlier.",
            &[("Third-quarter", "2020-Q3"), ("a year earlier", "2019-Q3")],
        );
        check(
            "Sales fell in the first quarter of 2020 from the year-ago quarter.",
            &[("the first quarter of 2020", "2020-Q1"), ("the year-ago quarter", "2019-Q1")],
        );
    }

    #[test]
    fn without_a_period_it_is_the_year_before() {
        check(
            "In June 2015 the bridge fell; a year earlier he had left.",
            &[("June 2015", "2015-06"), ("a year earlier", "2014")],
        );
    }
}
