//! Writer of TimeML: the text of a document with a `TIMEX3` tag around each time expression.
//!
//! The layout is that of the TempEval-3 files, on which other taggers are scored: `DOCID`, `DCT` with the creation time as `t0`,
//! `TITLE`, then `TEXT`, whose content is exactly the text of the document.
//!
//! - *Talks resumed on Friday.* → `Talks resumed on <TIMEX3 tid="t1" type="DATE" value="2021-05-07">Friday</TIMEX3>.`
//! - *from May 3 to 7* is two tagged dates, followed by an empty tag for the period between them:
//!   `<TIMEX3 tid="t3" type="DURATION" value="P5D" beginPoint="t1" endPoint="t2"/>`.

use std::collections::BTreeMap;

use dateline_core::{
    Document, Interval, Moment, Time, TimeMod,
    calendar::{Clock, Count, Period, Place, TimexValue, Unit},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use crate::xml;

const SCHEMA: &str = "http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd";
const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a document with its times as one XML document in UTF-8 that ends with a line feed.
///
/// `times` are those of the document's record, in text order and not overlapping. A time outside the text, or one that starts
/// before the last one ends, is skipped.
///
/// - The content of `TEXT`, read back, is `document.text`. Only characters XML 1.0 cannot represent (NUL and other control
///   characters, U+FFFE, U+FFFF) are replaced, each by one U+FFFD, so code point offsets stay the same.
/// - `tid` is the id in the record. The creation time is `t0`; a document without a date has no `DCT`.
/// - A range whose ends are known to the day is an empty `DURATION` of that many days, including the last. Its number follows
///   those of the expressions.
/// - *Ramadan 2021*, a period of days, is a `DURATION` between two empty tags for its first and last day.
/// - Only the creation time has `temporalFunction` and `anchorTimeID`: a value does not tell what it was resolved against.
///
/// ```
/// let mut document = dateline_extract::read_document("Profits & losses.\n");
/// document.published = "2021-05-08".parse().ok();
/// let xml = dateline_formats::timeml::write(&document, &[]);
/// assert!(xml.contains(r#"<TIMEX3 tid="t0" type="DATE" value="2021-05-08""#));
/// assert!(xml.contains("<TEXT>Profits &amp; losses.\n</TEXT>"));
/// ```
pub fn write(document: &Document, times: &[Time]) -> String {
    let mut page =
        TimemlWriter { writer: Writer::new(Vec::with_capacity(document.text.len() * 5 / 4)) };
    page.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    page.line_feed();
    let root = [("xmlns:xsi", SCHEMA_INSTANCE), ("xsi:noNamespaceSchemaLocation", SCHEMA)];
    page.open("TimeML", &root);
    page.line_feed();
    if let Some(id) = &document.id {
        page.element("DOCID", id);
    }
    if let Some(published) = document.published {
        page.creation_time(published);
    }
    if let Some(title) = &document.title {
        page.element("TITLE", title);
    }
    page.text(&document.text, times);
    page.close("TimeML");
    page.line_feed();
    page.finish()
}

/// The XML written so far.
struct TimemlWriter {
    writer: Writer<Vec<u8>>,
}

impl TimemlWriter {
    fn finish(self) -> String {
        String::from_utf8(self.writer.into_inner()).expect("only strings were written")
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to memory does not fail");
    }

    fn line_feed(&mut self) {
        self.words("\n");
    }

    fn words(&mut self, text: &str) {
        self.event(Event::Text(BytesText::from_escaped(xml::content(text))));
    }

    fn tag(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'static> {
        let mut tag = BytesStart::new(name);
        for &(name, value) in attributes {
            tag.push_attribute((name, xml::allowed(value).as_ref()));
        }
        tag
    }

    fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(Self::tag(name, attributes)));
    }

    fn close(&mut self, name: &'static str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element with text content, on a line of its own.
    fn element(&mut self, name: &'static str, words: &str) {
        self.open(name, &[]);
        self.words(words);
        self.close(name);
        self.line_feed();
    }

    fn creation_time(&mut self, published: Moment) {
        let (kind, place, clock) = match published {
            Moment::Day(day) => ("DATE", Place::Day(day), None),
            Moment::Minute(minute) => {
                let clock = Clock::Minute(minute.hour(), minute.minute());
                ("TIME", Place::Day(minute.date()), Some(clock))
            }
        };
        let value = TimexValue::Point(place, clock).to_string();
        self.open("DCT", &[]);
        let attributes = [
            ("tid", "t0"),
            ("type", kind),
            ("value", &value),
            ("temporalFunction", "false"),
            ("functionInDocument", "CREATION_TIME"),
        ];
        self.open("TIMEX3", &attributes);
        self.words(&value);
        self.close("TIMEX3");
        self.close("DCT");
        self.line_feed();
    }

    /// Writes the text with its tags, in one pass.
    fn text(&mut self, text: &str, times: &[Time]) {
        self.open("TEXT", &[]);
        let mut ranges = Ranges::new(times);
        let n_code_points = text.chars().count();
        let mut bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).enumerate();
        let mut byte_of = |code_point: u32| {
            let found = bytes.find(|(at, _)| *at == code_point as usize);
            found.expect("offsets are requested in order and are within the text").1
        };
        let (mut written, mut last) = (0, 0);
        for time in times {
            let (start, end) = (time.span.start, time.span.end);
            if start < last || end <= start || n_code_points < end as usize {
                continue;
            }
            // The scan is already past the end of the last one.
            let from = if start == last { written } else { byte_of(start) };
            let to = byte_of(end);
            self.words(&text[written..from]);
            match run_of_days(time) {
                Some(run) => self.run(time, &text[from..to], run, &mut ranges),
                None => self.time(time, &text[from..to]),
            }
            if let Some(range) = ranges.ending_in(time) {
                self.range(&range);
            }
            (written, last) = (to, end);
        }
        self.words(&text[written..]);
        self.close("TEXT");
        self.line_feed();
    }

    /// Writes an expression: its words in a tag.
    fn time(&mut self, time: &Time, words: &str) {
        let tid = time.id.to_string();
        let mut attributes = vec![
            ("tid", tid.as_str()),
            ("type", time.kind.as_str()),
            ("value", time.value.as_str()),
        ];
        let optional = [
            ("mod", time.modifier.map(TimeMod::as_str)),
            ("quant", time.quant.as_deref()),
            ("freq", time.freq.as_deref()),
        ];
        attributes.extend(optional.iter().filter_map(|&(name, value)| Some((name, value?))));
        self.open("TIMEX3", &attributes);
        self.words(words);
        self.close("TIMEX3");
    }

    /// Writes a period of days, for which TimeML has no value: its length, between an empty tag for each end.
    fn run(
        &mut self,
        time: &Time,
        words: &str,
        (first, last): (Place, Place),
        ranges: &mut Ranges<'_>,
    ) {
        let Some(length) = time.interval.and_then(days) else { return self.time(time, words) };
        let length = Period::of(Unit::Day, Count::whole(length)).to_string();
        let (tid, begin, end) = (time.id.to_string(), ranges.next_tid(), ranges.next_tid());
        let attributes = [
            ("tid", tid.as_str()),
            ("type", "DURATION"),
            ("value", length.as_str()),
            ("beginPoint", begin.as_str()),
            ("endPoint", end.as_str()),
        ];
        self.open("TIMEX3", &attributes);
        self.words(words);
        self.close("TIMEX3");
        for (tid, day) in [(&begin, first), (&end, last)] {
            let value = day.to_string();
            let attributes = [("tid", tid.as_str()), ("type", "DATE"), ("value", value.as_str())];
            self.event(Event::Empty(Self::tag("TIMEX3", &attributes)));
        }
    }

    /// Writes the period between two expressions: an empty tag.
    fn range(&mut self, range: &Range) {
        let attributes = [
            ("tid", range.tid.as_str()),
            ("type", "DURATION"),
            ("value", range.length.as_str()),
            ("beginPoint", range.begin.as_str()),
            ("endPoint", range.end.as_str()),
        ];
        self.event(Event::Empty(Self::tag("TIMEX3", &attributes)));
    }
}

/// Returns the first and last day of a value that is a period of days: *Ramadan 2021*.
fn run_of_days(time: &Time) -> Option<(Place, Place)> {
    match time.value.parse() {
        Ok(TimexValue::Range(first, last)) => Some((first, last)),
        _ => None,
    }
}

/// The ranges of a document, each returned at the expression that ends it.
struct Ranges<'a> {
    /// Expressions whose range has not ended, by the index of the expression that ends it.
    open: BTreeMap<usize, &'a Time>,
    /// Number of the next empty tag.
    next_tid: usize,
}

/// A range in TimeML: its length, and the tags of its ends.
struct Range {
    tid: String,
    length: String,
    begin: String,
    end: String,
}

impl<'a> Ranges<'a> {
    fn new(times: &[Time]) -> Self {
        let next_tid = times.iter().map(|time| time.id.index() + 2).max().unwrap_or(1);
        Self { open: BTreeMap::new(), next_tid }
    }

    /// Returns the name of the next empty tag.
    fn next_tid(&mut self) -> String {
        let tid = format!("t{}", self.next_tid);
        self.next_tid += 1;
        tid
    }

    /// Registers the next expression and returns the range it ends, if its length is known.
    fn ending_in(&mut self, time: &'a Time) -> Option<Range> {
        let begin = self.open.remove(&time.id.index());
        if let Some(until) = time.until {
            self.open.insert(until.index(), time);
        }
        let begin = begin?;
        let length = days(Interval::new(begin.interval?.from(), time.interval?.to())?)?;
        Some(Range {
            tid: self.next_tid(),
            length: Period::of(Unit::Day, Count::whole(length)).to_string(),
            begin: begin.id.to_string(),
            end: time.id.to_string(),
        })
    }
}

/// Returns the number of days of an interval, or `None` unless it starts and ends with a day.
fn days(interval: Interval) -> Option<u32> {
    let (Moment::Day(from), Moment::Day(to)) = (interval.from(), interval.to()) else {
        return None;
    };
    u32::try_from(to.duration_since(from).as_hours() / 24).ok()
}
