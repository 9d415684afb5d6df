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
        let runs = (0..3).map(|_| {
            let start = Instant::now();
            assert!(segment(text).tokens().len() <= text.len());
            start.elapsed().as_secs_f64()
        });
        runs.fold(f64::INFINITY, f64::min)
    };
    for ((unit, short), (_, long)) in hostile(100_000).iter().zip(hostile(400_000)) {
        // A minimum, because short times cannot be measured; three tries, because the machine may be busy.
        let ratio = || (seconds(&long) + 1e-3) / (seconds(short) + 1e-3);
        let ratio = (0..3).map(|_| ratio()).find(|ratio| *ratio < 11.0);
        assert!(
            ratio.is_some(),
            "{unit:?}: four times the text took far more than four times as long"
        );
    }
}
