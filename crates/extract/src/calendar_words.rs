//! What the words of the calendar mean, each on its own: months, weekdays, units, numbers, shifts.
//!
//! The words are data (`data/calendar/words.tsv`); what a run of them means is for the time layer to say.

use std::sync::LazyLock;

use dateline_core::calendar::{DayPart, Season, Unit};

use crate::table::{Lower, Table};

/// What a word of the calendar means by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// No word of the calendar.
    Other,
    /// Figures that are no plain number: *10:30*, *2021-05-08*, *3h*.
    Figures,
    /// *May*: 1 to 12.
    Month(i8),
    /// *Friday*: 1 for Monday to 7.
    Weekday(i8),
    /// *Fridays*.
    Weekdays(i8),
    /// *summer*.
    Season(Season),
    /// *summers*.
    Seasons(Season),
    /// *year*.
    Unit(Unit),
    /// *years*.
    Units(Unit),
    /// *fortnight*.
    Fortnight,
    /// *fortnights*.
    Fortnights,
    /// *second*: the ordinal or the unit.
    Second,
    /// *three*.
    Cardinal(i32),
    /// *twenty*, which another number may follow.
    Tens(i32),
    /// *hundred*, *thousand*.
    Scale(i32),
    /// *dozen*.
    Dozen,
    /// *third*.
    Ordinal(i32),
    /// *several*.
    Vague,
    /// *couple*: two.
    Couple,
    /// *another*, which counts one.
    Another,
    /// *more*, *consecutive*, *business*: between a count and its unit.
    Filler,
    /// *full*, *whole*, *all*.
    Whole,
    /// *these*.
    These,
    /// *recent*.
    Recent,
    /// *final*: the last of several.
    Final,
    /// *latter*: the second of two.
    Latter,
    /// *part*, *portion*, of which there is a latter.
    Portioned,
    /// *comparable*, *corresponding*: the same of another year.
    Comparable,
    /// *per*.
    Per,
    /// *Q3*: 1 to 4.
    Quarter(i8),
    /// *sixties*.
    Decade(i32),
    /// *yesterday*: days from the day of writing.
    Day(i8),
    /// *tonight*.
    Tonight,
    /// *morning*.
    Part(DayPart),
    /// *noon*: the hour.
    Clock(i8),
    /// *a.m.*: 0, *p.m.*: 12.
    Meridiem(i8),
    /// *o'clock*.
    Oclock,
    /// *last*, *this*, *next*: units from the present one.
    Shift(i8),
    /// *following*, *previous*: units from what was spoken of.
    Relative(i8),
    /// *past*, which shifts a unit and counts several.
    Past,
    /// *that*.
    That,
    /// *same*.
    Same,
    /// *ago*.
    Ago,
    /// *earlier*, *before*.
    Earlier,
    /// *later*, *after*.
    Later,
    /// *hence*.
    Hence,
    /// *early*, *mid*, *late*: START, MID, END.
    Portion(&'static str),
    /// *the end of*: START, MID, END.
    Edge(&'static str),
    /// *nearly*, *more*: begins a phrase that bounds a length.
    Bound,
    /// *every*.
    Every,
    /// *daily*: how long from one to the next.
    Frequency(&'static str),
    /// *twice*.
    Times,
    /// *the*.
    The,
    /// *a*.
    Article,
    /// *of*.
    Of,
    /// *in*.
    In,
    /// *to*, *until*.
    To,
    /// *half*.
    Half,
    /// *and*.
    And,
    /// *fiscal*.
    Fiscal,
    /// *BC*.
    BeforeChrist,
    /// *AD*.
    AnnoDomini,
    /// *GMT*.
    Zone,
    /// *between*.
    Between,
    /// *from*.
    From,
    /// *within*.
    Within,
    /// *at*.
    At,
    /// *on*.
    On,
}

static WORDS: LazyLock<Table<Sense>> = LazyLock::new(|| {
    Table::read(include_str!("../data/calendar/words.tsv"), |columns| {
        sense_of(columns[1], columns[2]).expect("every row of the list has a known kind")
    })
});

/// What a word means; [`Sense::Other`] for all but a few hundred.
pub(crate) fn sense(word: &Lower) -> Sense {
    WORDS.get(word.as_str()).unwrap_or(Sense::Other)
}

fn sense_of(kind: &str, value: &'static str) -> Option<Sense> {
    let small = || value.parse::<i8>().ok();
    let number = || value.parse::<i32>().ok();
    Some(match kind {
        "month" => Sense::Month(small()?),
        "weekday" => Sense::Weekday(small()?),
        "weekdays" => Sense::Weekdays(small()?),
        "season" => Sense::Season(Season::of_code(value)?),
        "seasons" => Sense::Seasons(Season::of_code(value)?),
        "unit" => Sense::Unit(unit_of(value)?),
        "fortnight" => Sense::Fortnight,
        "fortnights" => Sense::Fortnights,
        "units" => Sense::Units(unit_of(value)?),
        "second" => Sense::Second,
        "cardinal" => Sense::Cardinal(number()?),
        "tens" => Sense::Tens(number()?),
        "scale" => Sense::Scale(number()?),
        "dozen" => Sense::Dozen,
        "ordinal" => Sense::Ordinal(number()?),
        "vague" => Sense::Vague,
        "couple" => Sense::Couple,
        "another" => Sense::Another,
        "filler" => Sense::Filler,
        "whole" => Sense::Whole,
        "these" => Sense::These,
        "recent" => Sense::Recent,
        "final" => Sense::Final,
        "latter" => Sense::Latter,
        "portioned" => Sense::Portioned,
        "comparable" => Sense::Comparable,
        "per" => Sense::Per,
        "quarter" => Sense::Quarter(small()?),
        "decade" => Sense::Decade(number()?),
        "day" => Sense::Day(small()?),
        "tonight" => Sense::Tonight,
        "part" => Sense::Part(DayPart::of_code(value)?),
        "clock" => Sense::Clock(small()?),
        "meridiem" => Sense::Meridiem(if value == "pm" { 12 } else { 0 }),
        "oclock" => Sense::Oclock,
        "shift" => Sense::Shift(small()?),
        "relative" => Sense::Relative(small()?),
        "past" => Sense::Past,
        "that" => Sense::That,
        "same" => Sense::Same,
        "after" => Sense::Ago,
        "adverb" => match value {
            "earlier" => Sense::Earlier,
            "later" => Sense::Later,
            _ => Sense::Hence,
        },
        "portion" => Sense::Portion(value),
        "edge" => Sense::Edge(value),
        "bound" => Sense::Bound,
        "every" => Sense::Every,
        "frequency" => Sense::Frequency(value),
        "times" => Sense::Times,
        "the" => Sense::The,
        "article" => Sense::Article,
        "of" => Sense::Of,
        "in" => Sense::In,
        "to" => Sense::To,
        "half" => Sense::Half,
        "and" => Sense::And,
        "fiscal" => Sense::Fiscal,
        "era" if value == "BC" => Sense::BeforeChrist,
        "era" => Sense::AnnoDomini,
        "zone" => Sense::Zone,
        "between" => Sense::Between,
        "from" => Sense::From,
        "within" => Sense::Within,
        "at" => Sense::At,
        "on" => Sense::On,
        _ => return None,
    })
}

fn unit_of(value: &str) -> Option<Unit> {
    Some(match value {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_list_has_a_sense() {
        assert_eq!(sense(&Lower::of("Sept.")), Sense::Month(9));
        assert_eq!(sense(&Lower::of("fortnight")), Sense::Fortnight);
        assert_eq!(sense(&Lower::of("parliament")), Sense::Other);
    }
}
