//! Tests: values round-trip, other text is refused, intervals run forward.

use jiff::civil::Date;
use proptest::{prelude::*, sample::select};

use super::*;
use crate::calendar::{Count, DayPart, Season};

fn check(text: &str, modifier: Option<TimeMod>, expected: Option<(&str, &str)>) {
    let value: TimexValue = text.parse().unwrap();
    assert_eq!(value.to_string(), text);
    let ends = value.interval(modifier);
    let ends = ends.map(|interval| (interval.from().to_string(), interval.to().to_string()));
    let ends = ends.as_ref().map(|(from, to)| (from.as_str(), to.as_str()));
    assert_eq!(ends, expected, "{text}");
}

#[test]
fn values_have_their_intervals() {
    check("2021-05-08", None, Some(("2021-05-08", "2021-05-09")));
    check("2021-05-08T10:30", None, Some(("2021-05-08T10:30", "2021-05-08T10:31")));
    check("2021-05-08T10:30:15", None, Some(("2021-05-08T10:30", "2021-05-08T10:31")));
    check("2021-05-08T24:00", None, Some(("2021-05-09T00:00", "2021-05-09T00:01")));
    check("2021-05-08TNI", None, Some(("2021-05-08T20:00", "2021-05-09T06:00")));
    check("2021-05-03/2021-05-07", None, Some(("2021-05-03", "2021-05-08")));
    check("2021-WXX", None, Some(("2021-01-01", "2022-01-01")));
    check("1914-08-XXTNI", None, Some(("1914-08-01", "1914-09-01")));
    check("19XX", None, Some(("1900-01-01", "2000-01-01")));
    check("BC0490", None, Some(("-000489-01-01", "-000488-01-01")));
    for text in ["XXXX-12-25", "XXXX-WXX-2TMO", "XXXX-02-29", "XXXX", "P2W", "PAST_REF"] {
        check(text, None, None);
    }
}

#[test]
fn thirds_need_enough_days() {
    check("2021", Some(TimeMod::Start), Some(("2021-01-01", "2021-05-02")));
    check("2021", Some(TimeMod::Approx), Some(("2021-01-01", "2022-01-01")));
    check("2021-W18-WE", Some(TimeMod::Start), Some(("2021-05-08", "2021-05-09")));
    check("2021-W18-WE", Some(TimeMod::Mid), Some(("2021-05-08", "2021-05-10")));
    check("2021-05-08", Some(TimeMod::Mid), Some(("2021-05-08", "2021-05-09")));
    check("2021-05-08TNI", Some(TimeMod::End), Some(("2021-05-08T20:00", "2021-05-09T06:00")));
}

#[test]
fn other_spellings_are_understood() {
    let read = |text: &str| text.parse::<TimexValue>().map(|value| value.to_string());
    assert_eq!(read("2021-W9").as_deref(), Ok("2021-W09"));
    assert_eq!(read("2021-W18-5").as_deref(), Ok("2021-05-07"));
    assert_eq!(read("P2E").as_deref(), Ok("P2DE"));
}

#[test]
fn other_text_is_refused() {
    for text in [
        "",
        "null",
        "T",
        "2021-",
        "2021-13",
        "2021-00",
        "2021-02-30",
        "2021-W54",
        "2021-Q5",
        "0000",
        "BC0000",
        "BC",
        "BCXXXX",
        "20211",
        "XXX",
        "2021-05-08T",
        "2021-05-08T25:00",
        "2021-05-08T10:3",
        "2021T10:30",
        "2021-SX",
        "2021-05-07/2021-05-03",
        "XXXX-03/XXXX-04",
        "XXXX-WXX-8",
        "+021",
        "2021-W1é",
        "éé",
        "1X",
        "X021",
        "X",
    ] {
        assert!(text.parse::<TimexValue>().is_err(), "{text}");
    }
    assert_eq!(
        "sometime".parse::<TimexValue>().unwrap_err().to_string(),
        "read `sometime` as a time value, expected TIMEX3 such as 2021-05-08, 2021-W18, XXXX-12-25, P2W or PRESENT_REF"
    );
}

fn date() -> impl Strategy<Value = Date> {
    let one_in_twenty_years = (-9998_i16..=9998, 1_i8..=12, 1_i8..=28);
    one_in_twenty_years.prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn place() -> impl Strategy<Value = Place> {
    let year = || -9998_i16..=9998;
    let season = || select(&Season::ALL[..]);
    prop_oneof![
        date().prop_map(Place::Day),
        date().prop_map(|day| Place::around(Unit::Week, day)),
        date().prop_map(|day| Place::around(Unit::Weekend, day)),
        (year(), 1_i8..=12).prop_map(|(year, month)| Place::Month(year, month)),
        (year(), 1_i8..=4).prop_map(|(year, quarter)| Place::Quarter(year, quarter)),
        (year(), 1_i8..=2).prop_map(|(year, half)| Place::Half(year, half)),
        (year(), season()).prop_map(|(year, season)| Place::Season(year, season)),
        year().prop_map(Place::Year),
        (-999_i16..=998).prop_map(Place::Decade),
        (-99_i16..=98).prop_map(Place::Century),
        (1_i8..=12, 1_i8..=28).prop_map(|(month, day)| Place::OpenDay(month, day)),
        (1_i8..=12).prop_map(Place::OpenMonth),
        (1_i8..=7).prop_map(Place::OpenWeekday),
        season().prop_map(Place::OpenSeason),
        (1_i8..=4).prop_map(Place::OpenQuarter),
        Just(Place::Nowhere),
    ]
}

fn clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        select(&DayPart::ALL[..]).prop_map(Clock::Part),
        (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Clock::Minute(hour, minute)),
        (0_i8..24, 0_i8..60, 0_i8..60)
            .prop_map(|(hour, minute, second)| Clock::Second(hour, minute, second)),
        Just(Clock::Minute(24, 0)),
    ]
}

fn period() -> impl Strategy<Value = Period> {
    let count = prop_oneof![
        Just(Count::Unknown),
        (0..10_000_u32).prop_map(Count::whole),
        (0..10_000_000_000_u64).prop_map(Count::Thousandths),
    ];
    let parts = prop::collection::vec((select(&Unit::ALL[..]), count), 1..4);
    parts.prop_map(|parts| {
        let (unit, count) = parts[0];
        parts
            .iter()
            .fold(Period::of(unit, count), |period, (unit, count)| period.and(*unit, *count))
    })
}

const ANY: [Unit; 5] = [Unit::Year, Unit::Quarter, Unit::Month, Unit::Week, Unit::Weekend];

fn canonical() -> impl Strategy<Value = TimexValue> {
    let within = (place(), select(&Unit::ALL[..]))
        .prop_filter("TIMEX3 can express it", |(place, unit)| !padding(*place, *unit).is_empty());
    let range = (date(), 1..1000_i32).prop_filter_map("on the calendar", |(day, by)| {
        Some(TimexValue::Range(Place::Day(day), Place::Day(day).shift(by)?))
    });
    prop_oneof![
        8 => (place(), prop::option::of(clock())).prop_map(|(place, clock)| TimexValue::Point(place, clock)),
        4 => within.prop_map(|(place, unit)| TimexValue::Within(place, unit)),
        1 => range,
        2 => period().prop_map(TimexValue::Period),
        1 => select(&ANY[..]).prop_map(TimexValue::Any),
        1 => select(&[Reference::Past, Reference::Present, Reference::Future][..])
            .prop_map(TimexValue::Reference),
    ]
}

fn modifier() -> impl Strategy<Value = Option<TimeMod>> {
    prop::option::of(select(&[TimeMod::Start, TimeMod::Mid, TimeMod::End, TimeMod::Approx][..]))
}

proptest! {
    #[test]
    fn values_round_trip(value in canonical()) {
        let text = value.to_string();
        prop_assert_eq!(text.parse::<TimexValue>(), Ok(value), "{}", text);
    }

    #[test]
    fn a_narrowed_interval_lies_within_the_whole(value in canonical(), modifier in modifier()) {
        let (whole, part) = (value.interval(None), value.interval(modifier));
        prop_assert_eq!(whole.is_some(), part.is_some());
        if let (Some(whole), Some(part)) = (whole, part) {
            prop_assert!(whole.from() < whole.to() && whole.contains(part));
        }
        let again: TimexValue = value.to_string().parse().unwrap();
        prop_assert_eq!(again.interval(modifier), part);
    }

    #[test]
    fn any_string_is_read_or_refused(text in any::<String>()) {
        let _ = text.parse::<TimexValue>();
    }

    #[test]
    fn text_like_a_value_is_read_or_refused(text in "(BC)?[0-9X]{0,5}(-[WQHSXA0-9]{0,3}){0,3}(T[0-9:MONIX]{0,8})?(/[0-9-]{0,10})?|P[0-9.XTYMWDECQLHS]{0,12}") {
        if let Ok(value) = text.parse::<TimexValue>() {
            let printed = value.to_string();
            prop_assert_eq!(printed.parse::<TimexValue>(), Ok(value), "{}", printed);
            let _ = value.interval(Some(TimeMod::Mid));
        }
    }
}
