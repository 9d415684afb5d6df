//! Properties of the segmenter: any string gives valid spans, in time that grows linearly with its length.

use std::time::Instant;

use dateline_nlp::{check, segment};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_segmented_consistently(text in any::<String>()) {
        check::segmentation(&text);
    }

    #[test]
    fn text_like_strings_are_segmented_consistently(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)
    ) {
        check::segmentation(&parts.concat());
    }
}

const PARTS: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "\0",
    ".",
    ".",
    ",",
    "...",
    "?",
    "!",
    "\"",
    "'",
    "’",
    "‘",
    "“",
    "”",
    "(",
    ")",
    "[",
    "]",
    "-",
    "--",
    "—",
    "–",
    ":",
    ";",
    "/",
    "&",
    "&amp;",
    "&nbsp;",
    "&#39;",
    "<br>",
    "<p",
    "<",
    ">",
    "@",
    "#",
    "$",
    "%",
    "*",
    "_",
    "=",
    "+",
    "1",
    "20",
    "5,000",
    "9/11",
    "a",
    "s",
    "n't",
    "I",
    "U.S",
    "Dr",
    "Mr.",
    "p.m",
    "no",
    "The",
    "the",
    "MOSCOW",
    "(AP)",
    "www.",
    "http://",
    "example.com",
    "anti",
    "said",
    "cannot",
    "é",
    "İ",
    "漢字",
    "👩‍🚀",
    "🇫🇷",
    ":)",
    "1.",
    "2)",
    "a.",
    "b.",
    "•",
    "II.",
    "N°",
    "Thanks,",
    "1/1/01 1:00 PM",
    "MR. ITO:",
    "'s",
    "1-800-555-0134",
    "x",
];

/// Text that a careless loop takes quadratic time for.
fn hostile(size: usize) -> Vec<(&'static str, String)> {
    let units = [
        "\"",
        "'",
        "(",
        "[",
        "<p ",
        "<",
        "&",
        "& ",
        ".",
        ". ",
        "a.",
        "a-",
        "1-",
        "1,",
        "@",
        "a@",
        "x/",
        "U.S. ",
        "A. ",
        "\n",
        "a\n",
        " ",
        "\u{301}",
        "\0",
        "a",
        "-",
        ":-",
        "<!--",
        "http://",
        "anti-",
        "' ",
        "n't",
        "No. \n",
        "MOSCOW (AP) ",
        "MOSCOW, ",
        "&#x",
        "w ",
        "“",
        "Why?\" Ann ",
        "1. ",
        "1) A ",
        "• ",
        "• a ",
        ". . . . ",
        ":) A ",
        "1/1/01 1:00 AM ",
        "A:\n",
    ];
    units.iter().map(|unit| (*unit, unit.repeat(size / unit.len()))).collect()
}

#[test]
fn hostile_strings_are_cut_well() {
    for (_, text) in hostile(3_000) {
        check::segmentation(&text);
    }
}

/// Four times the text may take about four times as long; a quadratic step would take sixteen times as long.
#[test]
fn time_grows_with_length() {
    let seconds = |text: &str| {
        let start = Instant::now();
        assert!(segment(text).tokens().len() <= text.len());
        start.elapsed().as_secs_f64()
    };
    for ((unit, short), (_, long)) in hostile(100_000).iter().zip(hostile(400_000)) {
        // The least of many times, because the machine may be busy; a minimum, because short times cannot be measured.
        let (mut least, mut most) = (f64::INFINITY, f64::INFINITY);
        let is_linear = (0..30).any(|_| {
            (least, most) = (seconds(short).min(least), seconds(&long).min(most));
            (most + 1e-3) / (least + 1e-3) < 11.0
        });
        assert!(is_linear, "{unit:?}: four times the text took far more than four times as long");
    }
}

/// Numbers of the golden rules that do not hold, each with the reason why in a comment. At present, all hold.
const KNOWN_FAILURES: &[u32] = &[];

#[test]
fn golden_rules_hold_but_for_the_known_failures() {
    let mut failures = Vec::new();
    let rows = include_str!("segmentation/golden-rules.tsv").lines();
    let rows = rows.filter(|row| !row.starts_with('#'));
    for (row, expected_number) in rows.zip(1..) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [number, phenomenon, sentences] = columns[..] else {
            panic!("read {} columns, expected three: {row}", columns.len());
        };
        let number: u32 = number.parse().expect("the first column is a number");
        assert_eq!(number, expected_number, "rules are numbered without gaps");
        let expected: Vec<&str> = sentences.split(" | ").collect();
        let text = expected.join(" ");
        let read = sentences_of(&text);
        if read != expected {
            println!("rule {number} ({phenomenon}): expected {expected:#?}, read {read:#?}");
            failures.push(number);
        }
    }
    assert_eq!(failures, KNOWN_FAILURES, "the rules that fail are the known ones");
}

/// Sentences of a text, as written.
fn sentences_of(text: &str) -> Vec<&str> {
    let read = segment(text);
    let span = |idx: u32| read.tokens()[idx as usize].0;
    read.sentences()
        .iter()
        .map(|range| span(range.start).cover(span(range.end - 1)).of(text))
        .collect()
}
