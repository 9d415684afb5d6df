//! A date at the start of a string, in the formats of headers.
//!
//! - read: *2021-05-08*, *2021-05-08T09:30:00Z*, *Sat, 08 May 2021 09:30:00 +0000*, *May 8, 2021*, *8 May 2021*,
//!   *13/5/2021*
//! - not read: *4/5/2021* (April or May?), *31 April 2021* (no such date), *May 8* (no year)

use dateline_core::Moment;
use jiff::civil::Date;

use crate::{
    calendar_words::{Sense, sense},
    table::Lower,
};

/// Returns the date a string starts with, and its length in bytes. Time zones are read and dropped: the date is the
/// publisher's.
pub(super) fn leading(text: &str) -> Option<(Moment, usize)> {
    let mut scan = Scan { text, at: 0 };
    scan.blanks();
    let date = scan.iso().or_else(|| scan.written()).or_else(|| scan.numeric())?;
    if scan.rest().starts_with(|c: char| c.is_alphanumeric() && c != 'T' && c != 't') {
        return None;
    }
    let day_end = scan.at;
    match scan.time() {
        Some((hour, minute)) => Some((Moment::Minute(date.at(hour, minute, 0, 0)), scan.at)),
        None => Some((Moment::Day(date), day_end)),
    }
}

/// Position in a string.
#[derive(Clone, Copy)]
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}', '"', '\'']).len();
    }

    /// Takes the longest prefix of bytes of a kind, up to `most`.
    fn take(&mut self, most: usize, kind: impl Fn(u8) -> bool) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.bytes().take(most + 1).take_while(|&byte| kind(byte)).count();
        (1..=most).contains(&len).then(|| {
            self.at += len;
            &rest[..len]
        })
    }

    fn digits(&mut self, most: usize) -> Option<(i16, usize)> {
        let digits = self.take(most, |byte| byte.is_ascii_digit())?;
        Some((digits.parse().ok()?, digits.len()))
    }

    fn one_of(&mut self, set: &[char]) -> Option<char> {
        let found = self.rest().chars().next().filter(|c| set.contains(c))?;
        self.at += found.len_utf8();
        Some(found)
    }

    /// Tries a format, and restores the position if it does not fit.
    fn attempt<T>(&mut self, form: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = form(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// *2021-05-08*, *2021/05/08*, *20210508*.
    fn iso(&mut self) -> Option<Date> {
        let dashed = |scan: &mut Self| {
            let (year, width) = scan.digits(4)?;
            let first = scan.one_of(&['-', '/', '.'])?;
            let (month, _) = scan.digits(2)?;
            scan.one_of(&[first])?;
            let (day, _) = scan.digits(2)?;
            (width == 4).then(|| date(year, month, day))?
        };
        let compact = |scan: &mut Self| {
            let digits = scan.take(8, |byte| byte.is_ascii_digit())?;
            let part = |from: usize, to: usize| digits.get(from..to)?.parse().ok();
            date(part(0, 4)?, part(4, 6)?, part(6, 8)?).filter(|_| digits.len() == 8)
        };
        self.attempt(dashed).or_else(|| self.attempt(compact))
    }

    /// *Saturday, May 8, 2021*, *8th of May 2021*, *08-May-2021*.
    fn written(&mut self) -> Option<Date> {
        self.attempt(|scan| {
            scan.attempt(|scan| match scan.word()? {
                Sense::Weekday(_) => Some(()),
                _ => None,
            });
            scan.gap();
            let day_first = scan.attempt(|scan| {
                let day = scan.day()?;
                scan.gap();
                scan.attempt(|scan| (scan.word()? == Sense::Of).then(|| scan.gap()));
                Some((day, scan.month()?))
            });
            let (day, month) = day_first.or_else(|| {
                scan.attempt(|scan| {
                    let month = scan.month()?;
                    scan.gap();
                    Some((scan.day()?, month))
                })
            })?;
            scan.gap();
            let (year, width) = scan.digits(4)?;
            (width == 4).then(|| date(year, month, day))?
        })
    }

    /// *13/5/2021*, *5.13.2021*: only if the numbers show which is the day.
    fn numeric(&mut self) -> Option<Date> {
        self.attempt(|scan| {
            let (first, _) = scan.digits(2)?;
            let mark = scan.one_of(&['/', '.', '-'])?;
            let (second, _) = scan.digits(2)?;
            scan.one_of(&[mark])?;
            let (year, width) = scan.digits(4)?;
            let (month, day) = match (first > 12, second > 12) {
                (true, false) => (second, first),
                (false, true) => (first, second),
                _ if first == second => (first, second),
                _ => return None,
            };
            (width == 4).then(|| date(year, month, day))?
        })
    }

    fn word(&mut self) -> Option<Sense> {
        let word = self.take(12, |byte| byte.is_ascii_alphabetic())?;
        Some(sense(&Lower::of(word)))
    }

    fn month(&mut self) -> Option<i16> {
        match self.word()? {
            Sense::Month(month) => Some(i16::from(month)),
            _ => None,
        }
    }

    fn day(&mut self) -> Option<i16> {
        let (day, _) = self.digits(2)?;
        self.attempt(|scan| {
            let suffix = scan.take(2, |byte| byte.is_ascii_alphabetic())?;
            ["st", "nd", "rd", "th"].contains(&suffix).then_some(())
        });
        Some(day)
    }

    fn gap(&mut self) {
        let rest = self.rest();
        let rest_after = rest.trim_start_matches([' ', ',', '.', '-', '\u{a0}', '\t']);
        self.at += (rest.len() - rest_after.len()).min(4);
        while !self.text.is_char_boundary(self.at) {
            self.at -= 1;
        }
    }

    /// *T09:30:00Z*, * 09:30 +0200*, *, 9:30 pm GMT*.
    fn time(&mut self) -> Option<(i8, i8)> {
        self.attempt(|scan| {
            let dense = scan.one_of(&['T', 't']).is_some();
            if !dense {
                scan.gap();
                scan.attempt(|scan| (scan.word()? == Sense::At).then(|| scan.gap()));
            }
            let (mut hour, _) = scan.digits(2)?;
            // *09.30 BST*
            scan.one_of(&[':', '.'])?;
            let (minute, width) = scan.digits(2)?;
            if scan.one_of(&[':']).is_some() {
                scan.digits(2)?;
                if scan.one_of(&['.', ',']).is_some() {
                    scan.take(9, |byte| byte.is_ascii_digit())?;
                }
            }
            let meridiem = scan.attempt(|scan| {
                scan.gap();
                let word = scan.take(4, |byte| byte.is_ascii_alphabetic() || byte == b'.')?;
                match sense(&Lower::of(word)) {
                    Sense::Meridiem(half) => Some(i16::from(half)),
                    _ => None,
                }
            });
            if let Some(half) = meridiem {
                (1..=12).contains(&hour).then_some(())?;
                hour = hour % 12 + half;
            }
            scan.zone();
            let valid = width == 2 && (0..24).contains(&hour) && (0..60).contains(&minute);
            valid.then_some((i8::try_from(hour).ok()?, i8::try_from(minute).ok()?))
        })
    }

    fn zone(&mut self) {
        let letters = |scan: &mut Self| {
            scan.blanks();
            let word = scan.take(4, |byte| byte.is_ascii_uppercase())?;
            (word == "Z" || sense(&Lower::of(word)) == Sense::Zone).then_some(())
        };
        let offset = |scan: &mut Self| {
            scan.blanks();
            scan.one_of(&['+', '-'])?;
            scan.take(5, |byte| byte.is_ascii_digit() || byte == b':').map(drop)
        };
        if self.attempt(letters).is_none() {
            self.attempt(offset);
        }
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    (1000..=2999).contains(&year).then_some(())?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = leading(text).map(|(moment, len)| (moment.to_string(), &text[len..]));
        let found = found.as_ref().map(|(moment, rest)| (moment.as_str(), *rest));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn header_dates_are_read() {
        for (text, day) in [
            ("2021-05-08", "2021-05-08"),
            ("2021/5/8", "2021-05-08"),
            ("20210508", "2021-05-08"),
            ("2021-05-08T09:30:00Z", "2021-05-08T09:30"),
            ("2021-05-08 09:30:00.123+02:00", "2021-05-08T09:30"),
            ("Sat, 08 May 2021 09:30:00 +0000", "2021-05-08T09:30"),
            ("Saturday, May 8, 2021", "2021-05-08"),
            ("May 8th, 2021 9:30 p.m. GMT", "2021-05-08T21:30"),
            ("8th of May 2021", "2021-05-08"),
            ("08-May-2021", "2021-05-08"),
            ("Sept. 9, 2021", "2021-09-09"),
            ("13/5/2021", "2021-05-13"),
            ("5/13/2021", "2021-05-13"),
        ] {
            check(text, Some((day, "")));
        }
    }

    #[test]
    fn text_after_the_date_is_left() {
        check("2021-05-08 The mayor spoke.", Some(("2021-05-08", " The mayor spoke.")));
        check("May 8, 2021 - The mayor", Some(("2021-05-08", " - The mayor")));
    }

    #[test]
    fn ambiguous_and_impossible_dates_are_not_read() {
        for text in ["4/5/2021", "31 April 2021", "May 8", "2021-05", "12021-05-08", "", "é"] {
            check(text, None);
        }
    }
}
