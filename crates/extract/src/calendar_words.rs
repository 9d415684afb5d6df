//! Senses of single calendar words: months, weekdays, units, numbers, shifts.
//!
//! The words are data (`data/en/calendar/words.tsv`). The time layer reads what a run of them means.

use std::sync::LazyLock;

use dateline_core::{
    TimeMod,
    calendar::{DayPart, Season, Unit},
};

use crate::table::{Lower, Table};

/// Sense of a calendar word by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Not a calendar word.
    Other,
    /// Digits that are not a plain number: *10:30*, *2021-05-08*, *3h*.
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
    /// *more*, *consecutive*, *business*: stands between a count and its unit.
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
    /// *part*, *portion*: has a latter one.
    Portioned,
    /// *comparable*, *corresponding*: the same of another year.
    Comparable,
    /// *per*.
    Per,
    /// *Q3*: 1 to 4.
    Quarter(i8),
    /// *sixties*.
    Decade(i32),
    /// *yesterday*: days from the publication date.
    Day(i8),
    /// *tonight*.
    Tonight,
    /// *morning*.
    Part(DayPart),
    /// *noon*: the hour.
    Clock(i8),
    /// *a.m.* (0), *p.m.* (12).
    Meridiem(i8),
    /// *o'clock*.
    Oclock,
    /// *last*, *this*, *next*: units from the present one.
    Shift(i8),
    /// *following*, *previous*: units from the date in focus.
    Relative(i8),
    /// *past*: shifts a unit, and counts several.
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
    /// *early*, *mid*, *late*.
    Portion(TimeMod),
    /// *the end of*.
    Edge(TimeMod),
    /// *nearly*, *more*: starts a phrase that bounds a length.
    Bound,
    /// *every*.
    Every,
    /// *daily*: the TIMEX3 period between occurrences.
    Frequency(&'static str),
    /// *twice*.
    Times(i32),
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
    Table::read(include_str!("../data/en/calendar/words.tsv"), |columns| {
        read_sense(columns[1], columns[2]).expect("every row has a known kind and value")
    })
});

/// Returns the sense of a word; [`Sense::Other`] for all but a few hundred words.
pub(crate) fn sense(word: &Lower) -> Sense {
    WORDS.get(word.as_str()).unwrap_or(Sense::Other)
}

/// How the value column of a kind becomes part of its sense.
enum Value {
    /// The kind has one sense; the value column is not read.
    Unused(Sense),
    /// One sense for each listed value.
    OneOf(&'static [(&'static str, Sense)]),
    Small(fn(i8) -> Sense),
    Number(fn(i32) -> Sense),
    Unit(fn(Unit) -> Sense),
    Season(fn(Season) -> Sense),
    DayPart(fn(DayPart) -> Sense),
    Modifier(fn(TimeMod) -> Sense),
    /// TIMEX3 period.
    Period(fn(&'static str) -> Sense),
}

/// Kinds of `words.tsv`.
const KINDS: [(&str, Value); 63] = [
    ("after", Value::Unused(Sense::Ago)),
    (
        "adverb",
        Value::OneOf(&[
            ("earlier", Sense::Earlier),
            ("hence", Sense::Hence),
            ("later", Sense::Later),
        ]),
    ),
    ("and", Value::Unused(Sense::And)),
    ("another", Value::Unused(Sense::Another)),
    ("article", Value::Unused(Sense::Article)),
    ("at", Value::Unused(Sense::At)),
    ("between", Value::Unused(Sense::Between)),
    ("bound", Value::Unused(Sense::Bound)),
    ("cardinal", Value::Number(Sense::Cardinal)),
    ("clock", Value::Small(Sense::Clock)),
    ("comparable", Value::Unused(Sense::Comparable)),
    ("couple", Value::Unused(Sense::Couple)),
    ("day", Value::Small(Sense::Day)),
    ("decade", Value::Number(Sense::Decade)),
    ("dozen", Value::Unused(Sense::Dozen)),
    ("edge", Value::Modifier(Sense::Edge)),
    ("era", Value::OneOf(&[("AD", Sense::AnnoDomini), ("BC", Sense::BeforeChrist)])),
    ("every", Value::Unused(Sense::Every)),
    ("filler", Value::Unused(Sense::Filler)),
    ("final", Value::Unused(Sense::Final)),
    ("fiscal", Value::Unused(Sense::Fiscal)),
    ("fortnight", Value::Unused(Sense::Fortnight)),
    ("fortnights", Value::Unused(Sense::Fortnights)),
    ("frequency", Value::Period(Sense::Frequency)),
    ("from", Value::Unused(Sense::From)),
    ("half", Value::Unused(Sense::Half)),
    ("in", Value::Unused(Sense::In)),
    ("latter", Value::Unused(Sense::Latter)),
    ("meridiem", Value::OneOf(&[("am", Sense::Meridiem(0)), ("pm", Sense::Meridiem(12))])),
    ("month", Value::Small(Sense::Month)),
    ("oclock", Value::Unused(Sense::Oclock)),
    ("of", Value::Unused(Sense::Of)),
    ("on", Value::Unused(Sense::On)),
    ("ordinal", Value::Number(Sense::Ordinal)),
    ("part", Value::DayPart(Sense::Part)),
    ("past", Value::Unused(Sense::Past)),
    ("per", Value::Unused(Sense::Per)),
    ("portion", Value::Modifier(Sense::Portion)),
    ("portioned", Value::Unused(Sense::Portioned)),
    ("quarter", Value::Small(Sense::Quarter)),
    ("recent", Value::Unused(Sense::Recent)),
    ("relative", Value::Small(Sense::Relative)),
    ("same", Value::Unused(Sense::Same)),
    ("scale", Value::Number(Sense::Scale)),
    ("season", Value::Season(Sense::Season)),
    ("seasons", Value::Season(Sense::Seasons)),
    ("second", Value::Unused(Sense::Second)),
    ("shift", Value::Small(Sense::Shift)),
    ("tens", Value::Number(Sense::Tens)),
    ("that", Value::Unused(Sense::That)),
    ("the", Value::Unused(Sense::The)),
    ("these", Value::Unused(Sense::These)),
    ("times", Value::Number(Sense::Times)),
    ("to", Value::Unused(Sense::To)),
    ("tonight", Value::Unused(Sense::Tonight)),
    ("unit", Value::Unit(Sense::Unit)),
    ("units", Value::Unit(Sense::Units)),
    ("vague", Value::Unused(Sense::Vague)),
    ("weekday", Value::Small(Sense::Weekday)),
    ("weekdays", Value::Small(Sense::Weekdays)),
    ("whole", Value::Unused(Sense::Whole)),
    ("within", Value::Unused(Sense::Within)),
    ("zone", Value::Unused(Sense::Zone)),
];

/// Units of time, as `words.tsv` spells them.
const UNITS: [(&str, Unit); 12] = [
    ("century", Unit::Century),
    ("day", Unit::Day),
    ("decade", Unit::Decade),
    ("hour", Unit::Hour),
    ("millennium", Unit::Millennium),
    ("minute", Unit::Minute),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("second", Unit::Second),
    ("week", Unit::Week),
    ("weekend", Unit::Weekend),
    ("year", Unit::Year),
];

/// Returns a unit by its name in a table: `hour`.
pub(crate) fn unit_named(name: &str) -> Option<Unit> {
    listed(&UNITS, name).copied()
}

/// Reads the kind and value columns of a row.
fn read_sense(kind: &str, value: &'static str) -> Option<Sense> {
    Some(match listed(&KINDS, kind)? {
        Value::Unused(sense) => *sense,
        Value::OneOf(senses) => *listed(senses, value)?,
        Value::Small(sense) => sense(value.parse().ok()?),
        Value::Number(sense) => sense(value.parse().ok()?),
        Value::Unit(sense) => sense(unit_named(value)?),
        Value::Season(sense) => sense(Season::of_code(value)?),
        Value::DayPart(sense) => sense(DayPart::of_code(value)?),
        Value::Modifier(sense) => sense(value.parse().ok()?),
        Value::Period(sense) => sense(value),
    })
}

fn listed<'l, T>(list: &'l [(&str, T)], name: &str) -> Option<&'l T> {
    list.iter().find(|(listed, _)| *listed == name).map(|(_, item)| item)
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
