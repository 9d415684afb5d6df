//! Writer of iCalendar (RFC 5545): one entry per planned event, which later exports move or cancel.
//!
//! `UID` identifies the event and never changes. `SEQUENCE` counts the changes in its history, so subscribed programs take the
//! newer state. `STATUS` is `CONFIRMED` for scheduled, ongoing and past events, `CANCELLED` for cancelled ones, and `TENTATIVE`
//! otherwise; `X-DATELINE-STATUS` gives the exact status. Dates are all-day entries without a time or zone. Times are floating,
//! because texts name no zone, and have no end. An event known only to the month, season or part of the day covers all of it, and
//! its summary says so first; `X-DATELINE-PRECISION` says how exact the date is. Entries do not block time (`TRANSP`). `DTSTAMP`
//! is the date of the report that set the current status, so output does not depend on the clock. Events before the year 1, which
//! `DATE` cannot represent, are left out.

use std::io::{self, Write};

use dateline_core::{Moment, Standing};
use icalendar::{Component as _, Event, Property};
use jiff::civil::Date;

use super::{
    occasion::{Occasion, is_plan},
    stretch::stretch,
};

/// Writes the entries of a calendar one by one.
pub struct Calendar<'w> {
    to: &'w mut dyn Write,
    /// Number of entries written.
    entries: u64,
    undated: u64,
}

impl std::fmt::Debug for Calendar<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Calendar").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl<'w> Calendar<'w> {
    /// Starts a calendar.
    ///
    /// # Errors
    ///
    /// If writing to `to` fails.
    pub fn new(to: &'w mut dyn Write) -> io::Result<Self> {
        let mut head = icalendar::Calendar::empty();
        for (key, value) in [
            ("VERSION", "2.0"),
            ("PRODID", "-//Dateline//Agenda//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", "Dateline agenda"),
        ] {
            head.append_property(Property::new(key, value));
        }
        let head = head.to_string();
        let head = head.strip_suffix("END:VCALENDAR\r\n").unwrap_or(&head);
        to.write_all(head.as_bytes())?;
        Ok(Self { to, entries: 0, undated: 0 })
    }

    /// Writes the entry of an event, if it is or was planned and has a date.
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn event(&mut self, occasion: &Occasion<'_>) -> io::Result<()> {
        if !is_plan(occasion.world.status, occasion.changes) {
            return Ok(());
        }
        let Some(entry) = entry(occasion) else {
            self.undated += 1;
            return Ok(());
        };
        self.entries += 1;
        let text = entry.try_into_string().map_err(io::Error::other)?;
        self.to.write_all(text.as_bytes())
    }

    /// Ends the calendar. Returns the number of entries, and the number of events left out because they have no date or one before
    /// the year 1.
    ///
    /// # Errors
    ///
    /// If writing fails.
    pub fn finish(self) -> io::Result<(u64, u64)> {
        self.to.write_all(b"END:VCALENDAR\r\n")?;
        Ok((self.entries, self.undated))
    }
}

fn entry(occasion: &Occasion<'_>) -> Option<Event> {
    let world = occasion.world;
    let interval = occasion.interval().filter(|interval| interval.from().date().year() > 0)?;
    let stretch = stretch(interval);
    // The crate generates a random UID and reads the clock if UID or DTSTAMP is missing.
    let mut event = Event::with_uid(&format!("{}@dateline", world.id));
    let title = occasion.title();
    let unknown = if stretch.precision == "part-of-day" { "hour" } else { "day" };
    let summary = match &stretch.words {
        Some(when) => format!("{when} ({unknown} not known): {title}"),
        None => title,
    };
    let status = match world.status {
        Standing::Scheduled | Standing::Ongoing | Standing::Occurred => "CONFIRMED",
        Standing::Cancelled => "CANCELLED",
        _ => "TENTATIVE",
    };
    let told = format!(
        "{}\n\n{}, {}; {} reports by {} independent sources, first on {}.",
        words(occasion.summary),
        words(occasion.source),
        world.reported,
        world.mentions,
        world.sources,
        world.first_reported
    );
    // A plan whose date has passed without a report is not a state in the history, so the requested day decides.
    let unheard = u32::from(world.status == Standing::Unreported);
    let sequence = occasion.changes.saturating_sub(1) + unheard;
    let stamp = format!("{}T000000Z", world.reported.strftime("%Y%m%d"));
    for (key, value) in [
        ("SEQUENCE", sequence.to_string()),
        ("STATUS", status.to_owned()),
        ("X-DATELINE-STATUS", world.status.to_string()),
        ("X-DATELINE-PRECISION", stretch.precision),
        ("SUMMARY", words(&summary)),
        ("DESCRIPTION", told),
        ("TRANSP", "TRANSPARENT".to_owned()),
        ("DTSTAMP", stamp.clone()),
        ("LAST-MODIFIED", stamp),
    ] {
        event.add_property(key, value);
    }
    let (from, to) = (interval.from(), interval.to());
    if let (Moment::Day(first), Moment::Day(next)) = (from, to) {
        event.append_property(day("DTSTART", first));
        event.append_property(day("DTEND", next));
    } else {
        event.add_property("DTSTART", clock(from));
        if event.property_value("X-DATELINE-PRECISION") != Some("minute") {
            event.add_property("DTEND", clock(to));
        }
    }
    if let Some(place) = &world.place {
        event.add_property("LOCATION", words(place));
    }
    Some(event.done())
}

/// Maximum length of a text in an entry, in code points. No sentence of news is as long, and folding takes quadratic time.
const LONGEST: usize = 500;

/// Returns the text on one line, shortened if it is longer than any sentence. The crate escapes line feeds but not carriage
/// returns, and readers that split lines at U+0085 or U+2028 would find properties in the text.
fn words(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut words: String =
        text.chars().take(LONGEST).map(|c| if is_break(c) { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        words.push('…');
    }
    words
}

fn day(key: &str, day: Date) -> Property {
    Property::new(key, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// Formats a time to the minute, without a zone.
fn clock(moment: Moment) -> String {
    let minute = match moment {
        Moment::Minute(minute) => minute,
        Moment::Day(day) => day.at(0, 0, 0, 0),
    };
    minute.strftime("%Y%m%dT%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::{super::occasion::tests::world, *};

    fn written(
        status: Standing,
        from: Option<&str>,
        to: Option<&str>,
        changes: u32,
    ) -> (String, (u64, u64)) {
        let world = world(status, from, to);
        let mut out = Vec::new();
        let mut calendar = Calendar::new(&mut out).unwrap();
        let occasion = Occasion {
            world: &world,
            summary: "Lund will meet Ito; they have much, very much to talk about.",
            source: "Harbor Post",
            changes,
            previous_from: None,
        };
        calendar.event(&occasion).unwrap();
        let counts = calendar.finish().unwrap();
        // Folded lines are joined again.
        (String::from_utf8(out).unwrap().replace("\r\n ", ""), counts)
    }

    #[test]
    fn entries_have_days_and_status() {
        let (text, counts) =
            written(Standing::Scheduled, Some("2021-05-20"), Some("2021-05-21"), 3);
        assert_eq!(counts, (1, 0));
        for line in [
            "UID:w0123456789ab@dateline",
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "X-DATELINE-STATUS:scheduled",
            "DTSTART;VALUE=DATE:20210520",
            "DTEND;VALUE=DATE:20210521",
            "DTSTAMP:20210508T000000Z",
            "SUMMARY:Consult: Kari Lund\\, Ana Ito (Oslo)",
            "LOCATION:Oslo",
        ] {
            assert!(text.lines().any(|own| own == line), "{line} in {text}");
        }
        assert!(text.contains("talk about.\\n\\nHarbor Post\\, 2021-05-08\\;"), "{text}");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches("DTSTAMP").count(), 1);
    }

    #[test]
    fn vague_dates_are_marked_and_times_are_floating() {
        let (text, _) = written(Standing::Expected, Some("2021-06-01"), Some("2021-07-01"), 1);
        assert!(text.contains("SUMMARY:June 2021 (day not known): Consult"), "{text}");
        assert!(text.contains("STATUS:TENTATIVE") && text.contains("TRANSP:TRANSPARENT"), "{text}");
        assert!(
            text.contains("DTEND;VALUE=DATE:20210701") && text.contains("PRECISION:month"),
            "{text}"
        );
        let (text, _) =
            written(Standing::Cancelled, Some("2021-05-20T10:00"), Some("2021-05-20T11:30"), 2);
        assert!(
            text.contains("DTSTART:20210520T100000\r\n")
                && text.contains("DTEND:20210520T113000\r\n"),
            "{text}"
        );
        assert!(text.contains("STATUS:CANCELLED"), "{text}");
    }

    #[test]
    fn seasons_and_evenings_are_marked_and_minutes_have_no_end() {
        let (text, _) = written(Standing::Scheduled, Some("2021-06-01"), Some("2021-09-01"), 1);
        assert!(text.contains("SUMMARY:summer 2021 (day not known): Consult"), "{text}");
        assert!(text.contains("PRECISION:season\r\n"), "{text}");
        let evening = (Some("2021-05-12T18:00"), Some("2021-05-13T00:00"));
        let (text, _) = written(Standing::Scheduled, evening.0, evening.1, 1);
        assert!(text.contains("SUMMARY:evening of 12 May 2021 (hour not known): "), "{text}");
        let (text, _) =
            written(Standing::Unreported, Some("2021-05-20T13:00"), Some("2021-05-20T13:01"), 1);
        assert!(text.contains("DTSTART:20210520T130000\r\n") && !text.contains("DTEND"), "{text}");
        assert!(text.contains("SEQUENCE:1\r\n"), "passed without a word: {text}");
    }

    #[test]
    fn text_cannot_add_lines() {
        assert_eq!(words("a\r\nX-EVIL:1\u{2028}b\u{85}c"), "a  X-EVIL:1 b c");
    }

    #[test]
    fn events_that_were_never_planned_or_have_no_date_are_left_out() {
        assert_eq!(written(Standing::Scheduled, None, None, 1).1, (0, 1));
        let (text, counts) = written(Standing::Occurred, Some("2021-05-20"), Some("2021-05-21"), 1);
        assert_eq!((counts, text.contains("VEVENT")), ((0, 0), false));
    }
}
