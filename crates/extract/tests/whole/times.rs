//! Properties of times: calendar words in any order, read against any date, never panic, and every value determines
//! its interval.

use std::sync::LazyLock;

use dateline_core::Moment;
use dateline_extract::{Extractor, read_document};
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;

use crate::invariants::check_times;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// The words of the list, and what stands between and around them.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let list = include_str!("../../data/en/calendar/words.tsv");
    let words = list.lines().filter(|line| !line.starts_with('#'));
    let words = words.filter_map(|line| line.split('\t').next());
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest} ", first.to_uppercase())
    };
    let marks = [
        ", ",
        "- ",
        "-",
        "'s ",
        ". ",
        "( ",
        ") ",
        ": ",
        "/",
        "’98 ",
        "'80s ",
        "$",
        "%",
        "\n\n",
        "said ",
        "will meet ",
        "in ",
        "on ",
        "by ",
        "until ",
        "the ",
        "1980s ",
        "2021 ",
        "2021-05-08 ",
        "4/5/2021 ",
        "31 ",
        "29 ",
        "7 ",
        "22nd ",
        "10:30 ",
        "0900 GMT ",
        "490 BC ",
        "9999 ",
        "1 ",
        "12 ",
        "0 ",
        "99999 ",
        "Christmas ",
        "Ramadan ",
        "New Year's Eve ",
        "Q3 ",
        "1990-94 ",
        "year-ago ",
        "3h ",
        "2 1/2 ",
    ];
    words
        .clone()
        .map(|word| format!("{word} "))
        .chain(words.map(capital))
        .chain(marks.map(str::to_owned))
        .collect()
});

/// No date, any date of the calendar, the first or last one, or a minute.
fn published() -> impl Strategy<Value = Option<Moment>> {
    let day = (-9999..=9999_i16, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("a day of the calendar", |(year, month, day)| {
            Date::new(year, month, day).ok()
        });
    prop_oneof![
        Just(None),
        Just(Some(Moment::Day(Date::MIN))),
        Just(Some(Moment::Day(Date::MAX))),
        Just(Some(Moment::Minute(DateTime::MAX))),
        day.prop_map(|day| Some(Moment::Day(day))),
        (1900..=2100_i16, 1..=12_i8, 1..=28_i8, 0..=23_i8).prop_map(|(year, month, day, hour)| {
            Some(Moment::Minute(jiff::civil::date(year, month, day).at(hour, 30, 0, 0)))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calendar_words_in_any_order_give_valid_times(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..16),
        published in published(),
    ) {
        let mut document = read_document(&format!("Talks. {}", pieces.concat()));
        document.published = published;
        let times = EXTRACTOR.times(&document);
        prop_assert_eq!(&EXTRACTOR.times(&document), &times);
        let letters: Vec<char> = document.text.chars().collect();
        for time in &times {
            let words: String = letters[time.span.start as usize..time.span.end as usize].iter().collect();
            prop_assert_eq!(&words, &time.span.text);
        }
        check_times(&times);
    }
}

#[test]
fn a_range_that_leaves_the_calendar_has_no_end() {
    let mut document = read_document("Talks. Wednesday till today ");
    document.published = Some(jiff::civil::date(-9999, 1, 1).into());
    check_times(&EXTRACTOR.times(&document));
}
