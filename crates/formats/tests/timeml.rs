//! TimeML output is valid: well-formed, with only the tags and attributes TimeML defines, and the text unchanged.
#![expect(clippy::unwrap_used, reason = "a test fails where the XML does not hold")]

use std::{collections::BTreeSet, fs, path::Path};

use dateline_core::{
    Document, TextSpan, Time, TimeId, TimeKind, TimeMod,
    calendar::{Period, TimexValue},
};
use dateline_extract::{Extractor, read_document};
use dateline_formats::timeml;
use proptest::prelude::*;
use quick_xml::{Reader, XmlVersion, events::Event};

/// Elements, and where each may stand. TIMEX3 is TimeML's; the others are those of TempEval-3's files.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("TimeML", &[""]),
    ("DOCID", &["TimeML"]),
    ("DCT", &["TimeML"]),
    ("TITLE", &["TimeML"]),
    ("TEXT", &["TimeML"]),
    ("TIMEX3", &["DCT", "TEXT"]),
];

/// Attributes of a TIMEX3 tag in TimeML 1.2.1, and the values of each.
const ATTRIBUTES: &[(&str, Takes)] = &[
    ("anchorTimeID", Takes::OtherTag),
    ("beginPoint", Takes::OtherTag),
    ("endPoint", Takes::OtherTag),
    ("freq", Takes::Frequency),
    (
        "functionInDocument",
        Takes::OneOf(&[
            "CREATION_TIME",
            "EXPIRATION_TIME",
            "MODIFICATION_TIME",
            "NONE",
            "PUBLICATION_TIME",
            "RECEPTION_TIME",
            "RELEASE_TIME",
        ]),
    ),
    (
        "mod",
        Takes::OneOf(&[
            "AFTER",
            "APPROX",
            "BEFORE",
            "END",
            "EQUAL_OR_LESS",
            "EQUAL_OR_MORE",
            "LESS_THAN",
            "MID",
            "MORE_THAN",
            "ON_OR_AFTER",
            "ON_OR_BEFORE",
            "START",
        ]),
    ),
    ("quant", Takes::Words),
    ("temporalFunction", Takes::OneOf(&["false", "true"])),
    ("tid", Takes::OwnName),
    ("type", Takes::OneOf(&["DATE", "DURATION", "SET", "TIME"])),
    ("value", Takes::Value),
];

/// Required attributes of every TIMEX3 tag.
const REQUIRED: [&str; 3] = ["tid", "type", "value"];

enum Takes {
    OneOf(&'static [&'static str]),
    /// `t` and a number, unique in the document.
    OwnName,
    /// The `tid` of another tag.
    OtherTag,
    /// Depends on the type of the tag: a length of time for a duration, otherwise a calendar date, time or reference.
    Value,
    /// A length of time, or a number and `X` for times.
    Frequency,
    Words,
}

/// A TIMEX3 tag: its attributes and its words.
struct Tag {
    attributes: Vec<(String, String)>,
    words: String,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Content of a parsed document.
#[derive(Default)]
struct Read {
    tags: Vec<Tag>,
    title: String,
    text: String,
}

/// Parses XML and asserts that it is well-formed and has only permitted elements.
fn read(xml: &str) -> Read {
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "a character XML cannot hold, or one it would change");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut read = Read::default();
    let mut open: Vec<String> = Vec::new();
    let mut n_roots = 0;
    loop {
        let words = match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) if open.is_empty() && n_roots > 0 => {
                panic!("a second root: {tag:?}")
            }
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let stays_open = matches!(event, Event::Start(_));
                let (Event::Start(tag) | Event::Empty(tag)) = event else { unreachable!() };
                let name = tag.name().as_ref().to_owned();
                let parent = open.last().map_or("", String::as_str);
                let places = ELEMENTS.iter().find(|(own, _)| *own == name).unwrap().1;
                assert!(places.contains(&parent), "{name} in {parent:?}");
                let attributes: Vec<(String, String)> = tag
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
                        (attribute.key.as_ref().to_owned(), value.into_owned())
                    })
                    .collect();
                n_roots += usize::from(open.is_empty());
                if name == "TIMEX3" {
                    read.tags.push(Tag { attributes, words: String::new() });
                } else {
                    assert!(attributes.is_empty() || name == "TimeML", "{name} {attributes:?}");
                }
                if stays_open {
                    open.push(name);
                }
                continue;
            }
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().unwrap() {
                Some(character) => character.to_string(),
                None => match reference.xml10_content().as_ref() {
                    "lt" => "<".to_owned(),
                    "gt" => ">".to_owned(),
                    "amp" => "&".to_owned(),
                    other => panic!("the entity {other} is not declared"),
                },
            },
            Event::Decl(_) if n_roots == 0 => continue,
            Event::Eof => break,
            other => panic!("nothing writes {other:?}"),
        };
        match open.last().map(String::as_str) {
            Some("TIMEX3") => read.tags.last_mut().unwrap().words += &words,
            Some("TITLE") => read.title += &words,
            Some("TimeML") | None => assert_eq!(words.trim(), "", "words between elements"),
            _ => {}
        }
        if open.iter().any(|name| name == "TEXT") {
            read.text += &words;
        }
    }
    assert!(open.is_empty() && n_roots == 1, "{open:?} is not closed");
    read
}

/// Asserts that every tag has the required attributes, no others than permitted, and valid values.
fn check_tags(tags: &[Tag]) {
    let names: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("tid")).collect();
    assert_eq!(names.len(), tags.len(), "a tid stands twice");
    for tag in tags {
        for name in REQUIRED {
            assert!(tag.get(name).is_some(), "{:?} has no {name}", tag.attributes);
        }
        for (name, value) in &tag.attributes {
            let known = ATTRIBUTES.iter().find(|(known, _)| known == name);
            let takes = &known.unwrap_or_else(|| panic!("TIMEX3 has no {name}")).1;
            let number = |digits: &str| digits.parse::<u32>().is_ok();
            let fits = match takes {
                Takes::OneOf(values) => values.contains(&value.as_str()),
                Takes::OwnName => value.strip_prefix('t').is_some_and(number),
                Takes::OtherTag => names.contains(value.as_str()) && tag.get("tid") != Some(value),
                Takes::Value => value.parse().is_ok_and(|value| fits_type(value, tag)),
                Takes::Frequency => {
                    let times = value.strip_suffix('X').is_some_and(number);
                    times || format!("P{value}").parse::<TimexValue>().is_ok_and(is_period)
                }
                Takes::Words => !value.is_empty(),
            };
            assert!(fits, "{name}={value:?} in {:?}", tag.words);
        }
    }
}

/// Returns true if a value fits the type of its tag, by section 2.3.1 of the specification. TimeML has no value for ranges.
fn fits_type(value: TimexValue, tag: &Tag) -> bool {
    match (tag.get("type"), value) {
        (_, TimexValue::Range(..)) => false,
        (Some("DURATION"), value) => is_period(value),
        (Some("SET"), value) => !matches!(value, TimexValue::Reference(_)),
        (Some("TIME"), value) => !is_period(value),
        (_, value) => !is_period(value) && !matches!(value, TimexValue::Point(_, Some(_))),
    }
}

fn is_period(value: TimexValue) -> bool {
    matches!(value, TimexValue::Period(Period { .. }))
}

/// Returns the text as XML can represent it, character for character.
fn replaced(text: &str) -> String {
    let allowed = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if allowed(c) { c } else { '\u{fffd}' }).collect()
}

fn document(text: &str) -> Document {
    let mut document = read_document("");
    text.clone_into(&mut document.text);
    document
}

fn time(at: usize, text: &str, start: usize, end: usize, kind: TimeKind, value: &str) -> Time {
    let place = |at: usize| u32::try_from(at).unwrap();
    Time {
        id: TimeId::from_index(at),
        span: TextSpan {
            start: place(start),
            end: place(end),
            text: text.chars().skip(start).take(end.saturating_sub(start)).collect(),
        },
        kind,
        value: value.to_owned(),
        modifier: None,
        quant: None,
        freq: None,
        interval: value.parse().ok().and_then(|value: TimexValue| value.interval(None)),
        until: None,
    }
}

/// Finds an expression by its words.
fn marked(at: usize, text: &str, words: &str, kind: TimeKind, value: &str) -> Time {
    let start = text[..text.find(words).unwrap()].chars().count();
    time(at, text, start, start + words.chars().count(), kind, value)
}

#[test]
fn a_document_is_laid_out_as_in_tempeval_3() {
    let text = "Übung: talks rose 5% & \"resumed\" on Friday.\n";
    let mut document = document(text);
    document.id = Some("a&b.txt".to_owned());
    document.title = Some("Talks <resume>".to_owned());
    document.published = "2021-05-08".parse().ok();
    let friday = marked(0, text, "Friday", TimeKind::Date, "2021-05-07");
    let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<TimeML xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:noNamespaceSchemaLocation=\"http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd\">
<DOCID>a&amp;b.txt</DOCID>
<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2021-05-08\" temporalFunction=\"false\" \
functionInDocument=\"CREATION_TIME\">2021-05-08</TIMEX3></DCT>
<TITLE>Talks &lt;resume&gt;</TITLE>
<TEXT>Übung: talks rose 5% &amp; \"resumed\" on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2021-05-07\">Friday</TIMEX3>.
</TEXT>
</TimeML>
";
    assert_eq!(timeml::write(&document, &[friday]), expected);
    assert_eq!(read(expected).title, "Talks <resume>");
}

#[test]
fn a_minute_of_publication_is_a_time_and_no_date_is_no_creation_time() {
    let mut document = document("Talks resumed.\n");
    assert!(!timeml::write(&document, &[]).contains("TIMEX3"));
    document.published = "2021-05-08T09:30".parse().ok();
    let xml = timeml::write(&document, &[]);
    assert!(xml.contains("type=\"TIME\" value=\"2021-05-08T09:30\""), "{xml}");
    check_tags(&read(&xml).tags);
}

#[test]
fn a_set_keeps_quant_and_freq_and_a_modifier_its_name() {
    let text = "They met twice every other week until late 2017.";
    let mut set = marked(0, text, "twice every other week", TimeKind::Set, "P1W");
    (set.quant, set.freq) = (Some("EVERY OTHER".to_owned()), Some("2X".to_owned()));
    let mut late = marked(1, text, "late 2017", TimeKind::Date, "2017");
    late.modifier = Some(TimeMod::End);
    let xml = timeml::write(&document(text), &[set, late]);
    assert!(xml.contains("value=\"P1W\" quant=\"EVERY OTHER\" freq=\"2X\">"), "{xml}");
    assert!(xml.contains("value=\"2017\" mod=\"END\">late 2017<"), "{xml}");
    check_tags(&read(&xml).tags);
}

#[test]
fn a_range_is_its_two_ends_and_an_empty_duration_behind_them() {
    let text = "They met from May 3 to 7 and again in June.";
    let mut first = marked(0, text, "May 3", TimeKind::Date, "2021-05-03");
    let last = marked(1, text, "7", TimeKind::Date, "2021-05-07");
    let june = marked(2, text, "June", TimeKind::Date, "2021-06");
    first.until = Some(last.id);
    let xml = timeml::write(&document(text), &[first, last, june]);
    let expected = "<TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2021-05-03\">May 3</TIMEX3> to \
                    <TIMEX3 tid=\"t2\" type=\"DATE\" value=\"2021-05-07\">7</TIMEX3>\
                    <TIMEX3 tid=\"t4\" type=\"DURATION\" value=\"P5D\" beginPoint=\"t1\" endPoint=\"t2\"/> and";
    assert!(xml.contains(expected), "{xml}");
    let read = read(&xml);
    check_tags(&read.tags);
    assert_eq!(read.text, text);
}

#[test]
fn a_range_without_a_length_in_days_is_its_two_ends_alone() {
    let check = |kind, first: &str, last: &str, n_tags: usize| {
        let text = "It stood from A to B.";
        let mut begin = marked(0, text, "A", kind, first);
        let end = marked(1, text, "B", kind, last);
        begin.until = Some(end.id);
        let read = read(&timeml::write(&document(text), &[begin.clone(), end]));
        check_tags(&read.tags);
        assert_eq!(read.tags.len(), n_tags, "{first} to {last}");
        // The end is outside the output: no tag may point to it.
        let read = self::read(&timeml::write(&document(text), &[begin]));
        check_tags(&read.tags);
        assert_eq!(read.tags.len(), 1);
    };
    check(TimeKind::Date, "2014", "2016", 3);
    check(TimeKind::Time, "2021-05-07T09:00", "2021-05-07T17:00", 2);
    check(TimeKind::Date, "XXXX-05", "XXXX-06", 2);
    check(TimeKind::Date, "2021-05-07", "2021-05-03", 2);
}

#[test]
fn what_does_not_fit_into_the_text_is_left_out_and_the_rest_written() {
    let text = "In May and June.";
    let may = marked(0, text, "May", TimeKind::Date, "2021-05");
    let within = marked(1, text, "ay and", TimeKind::Date, "2021-05");
    let outside = time(2, text, 11, 99, TimeKind::Date, "2021-06");
    let empty = time(3, text, 11, 11, TimeKind::Date, "2021-06");
    let june = marked(4, text, "June", TimeKind::Date, "2021-06");
    let read = read(&timeml::write(&document(text), &[may, within, outside, empty, june]));
    let words: Vec<&str> = read.tags.iter().map(|tag| tag.words.as_str()).collect();
    assert_eq!((words, read.text.as_str()), (vec!["May", "June"], text));
}

#[test]
fn a_run_of_days_lies_between_two_tags_without_words() {
    let document = read_document("date 2021-05-10\nTroops left during Ramadan 2021.\n");
    let read = read(&timeml::write(&document, &Extractor::new().times(&document)));
    check_tags(&read.tags);
    let shown: Vec<_> = read
        .tags
        .iter()
        .skip(1)
        .map(|tag| (tag.words.as_str(), tag.get("type"), tag.get("value")))
        .collect();
    let expected = [
        ("Ramadan 2021", Some("DURATION"), Some("P30D")),
        ("", Some("DATE"), Some("2021-04-13")),
        ("", Some("DATE"), Some("2021-05-12")),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn every_fixture_is_valid() {
    let extractor = Extractor::new();
    let mut n_tags = 0;
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    for topic in fs::read_dir(fixtures).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for case in fs::read_dir(topic.path()).unwrap().flatten().map(|entry| entry.path()) {
            if case.extension().is_none_or(|extension| extension != "txt") {
                continue;
            }
            let document = read_document(&fs::read_to_string(&case).unwrap());
            let times = extractor.times(&document);
            let read = read(&timeml::write(&document, &times));
            check_tags(&read.tags);
            assert_eq!(read.text, replaced(&document.text), "{}", case.display());
            let in_text = read.tags.iter().filter(|tag| !tag.words.is_empty());
            let expected = times.len() + usize::from(document.published.is_some());
            assert_eq!(in_text.count(), expected, "{}", case.display());
            n_tags += read.tags.len();
        }
    }
    assert!(n_tags > 0, "no fixture has a time");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_with_any_spans_is_well_formed_and_unchanged(
        text in "(?s).{0,80}|([<>&\"']|]]>|\r|\n|\t|\0|\u{fffe}|\u{ffff}|é|🙂|May ){0,40}",
        spans in prop::collection::vec((0_usize..90, 0_usize..90), 0..12),
        untils in prop::collection::vec(prop::option::of(0_usize..12), 12),
        id in prop::option::of("(?s).{0,12}"),
        words in "(?s).{0,12}",
    ) {
        let mut document = document(&text);
        document.id.clone_from(&id);
        document.title = id;
        let mut times: Vec<Time> = spans
            .iter()
            .enumerate()
            .map(|(at, &(start, end))| time(at, &text, start, end, TimeKind::Date, "2021"))
            .collect();
        for (at, until) in untils.into_iter().enumerate().take(times.len()) {
            times[at].until = until.map(TimeId::from_index);
        }
        let xml = timeml::write(&document, &times);
        let read_back = read(&xml);
        prop_assert_eq!(&read_back.text, &replaced(&text));
        check_tags(&read_back.tags);
        // Values that no record has: the XML is still well-formed.
        for time in &mut times {
            time.value.clone_from(&words);
            time.quant = Some(words.clone());
        }
        let read_back = read(&timeml::write(&document, &times));
        for tag in &read_back.tags {
            let of_range = tag.get("beginPoint").is_some();
            prop_assert!(of_range || tag.get("value") == Some(replaced(&words).as_str()));
        }
    }
}
