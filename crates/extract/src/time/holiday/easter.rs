//! Easter Sunday, western and eastern: the computus.
//!
//! Both follow the algorithms in Jean Meeus, *Astronomical Algorithms* (1991): the anonymous Gregorian one of 1876,
//! and the one for the Julian calendar, which the eastern churches still follow.

use dateline_core::calendar::plus_days;
use jiff::civil::Date;

/// First year in which the western churches could use the Gregorian calendar.
const FIRST_GREGORIAN: i16 = 1583;

/// Returns Easter Sunday of the western churches; before 1583 there was only one Easter.
pub(super) fn western(year: i16) -> Option<Date> {
    if year < FIRST_GREGORIAN {
        return eastern(year);
    }
    let year_number = i32::from(year);
    let (century, of_century) = (year_number / 100, year_number % 100);
    let golden = year_number % 19;
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let from_march = epact + to_sunday - 7 * late + 114;
    date(year, from_march)
}

/// Returns Easter Sunday of the eastern churches, in the Gregorian calendar.
pub(super) fn eastern(year: i16) -> Option<Date> {
    (year > 0).then_some(())?;
    let year_number = i32::from(year);
    let full_moon = (19 * (year_number % 19) + 15) % 30;
    let to_sunday = (2 * (year_number % 4) + 4 * (year_number % 7) - full_moon + 34) % 7;
    let julian = date(year, full_moon + to_sunday + 114)?;
    // By March and April, the additional leap day of the Julian calendar in most century years has passed.
    let behind = year_number / 100 - year_number / 400 - 2;
    plus_days(julian, behind)
}

/// Converts a result of the computus, which counts 31 days to a month.
fn date(year: i16, from_march: i32) -> Option<Date> {
    let month = i8::try_from(from_march / 31).ok()?;
    Date::new(year, month, i8::try_from(from_march % 31).ok()? + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_dates_are_historical() {
        let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        for (year, west, east) in [
            (1916, "1916-04-23", "1916-04-23"),
            (1961, "1961-04-02", "1961-04-09"),
            (1998, "1998-04-12", "1998-04-19"),
            (2000, "2000-04-23", "2000-04-30"),
            (2008, "2008-03-23", "2008-04-27"),
            (2010, "2010-04-04", "2010-04-04"),
            (2011, "2011-04-24", "2011-04-24"),
            (2016, "2016-03-27", "2016-05-01"),
            (2019, "2019-04-21", "2019-04-28"),
            (2020, "2020-04-12", "2020-04-19"),
            (2021, "2021-04-04", "2021-05-02"),
            (2022, "2022-04-17", "2022-04-24"),
            (2023, "2023-04-09", "2023-04-16"),
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
        ] {
            assert_eq!(
                (shown(western(year)).as_str(), shown(eastern(year)).as_str()),
                (west, east)
            );
        }
    }

    #[test]
    fn before_the_reform_there_is_one_easter() {
        // April 1, 1453 in the calendar of the time.
        assert_eq!(western(1453).map(|day| day.to_string()).as_deref(), Some("1453-04-10"));
        assert_eq!(western(0), None);
    }
}
