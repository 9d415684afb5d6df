//! Properties: any string gives a valid record, extracting twice gives the same one, and time grows linearly with length.

use std::{
    hint::black_box,
    sync::LazyLock,
    time::{Duration, Instant},
};

use dateline_extract::{Extractor, read_document};
use proptest::prelude::*;

use crate::invariants::check;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// Pieces of news, for strings that get past the first layer.
const PIECES: &[&str] = &[
    "Ito ",
    "the minister ",
    "She ",
    "Paris ",
    "the United States ",
    "NATO ",
    "Mr. ",
    "said ",
    "said that ",
    "told ",
    "denied ",
    "met ",
    "attacked ",
    "expelled ",
    "according to ",
    "will ",
    "may not ",
    "on Friday ",
    "last month ",
    "in 2020 ",
    "mid-June ",
    "May 4",
    "\"",
    "“",
    "”",
    "‘",
    "'",
    "’s ",
    ", ",
    ". ",
    "\n",
    "\n\n",
    "(",
    ")",
    " - ",
    "—",
    "• ",
    "&amp; ",
    "<p>",
    "date 2021-05-08 ",
    "---\n",
    "title: ",
    "10 ",
    "U.S. ",
    "\u{a0}",
    "é",
    "\u{301}",
    "\u{202e}",
    "\0",
    "會",
    "🙂",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_has_a_valid_record(text in "\\PC{0,200}|(?s).{0,200}") {
        check(&EXTRACTOR, &text);
    }

    #[test]
    fn random_bytes_read_with_replacements_have_a_valid_record(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&EXTRACTOR, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn anything_like_news_has_a_valid_record(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&EXTRACTOR, &pieces.concat());
    }

    #[test]
    fn a_paragraph_appended_leaves_the_sentences_before_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = format!("Talks resumed.\n\n{}", pieces.concat().trim_end());
        let sentences = |text: &str| EXTRACTOR.extract(&read_document(text)).sentences;
        let alone = sentences(&text);
        let longer = sentences(&format!("{text}\n\nNothing else was said about the talks.\n"));
        prop_assert_eq!(&longer[..alone.len()], &alone[..]);
    }
}

#[test]
fn hostile_texts_have_valid_records() {
    for text in hostile(2_000) {
        check(&EXTRACTOR, &text);
    }
}

/// Eight times the text may take eight times as long, with room for noise; a quadratic step would take sixty-four
/// times as long.
#[test]
fn time_grows_with_the_length_of_the_text() {
    const ROOM: u32 = 3;
    for (small, large) in hostile(2_500).into_iter().zip(hostile(20_000)) {
        let growth = small.len().max(1)..large.len();
        // Timings on a busy machine vary: a regression must show in every run.
        let slow = (0..3).all(|_| {
            shortest(&large, 2) > shortest(&small, 4) * 8 * ROOM + Duration::from_millis(5)
        });
        let name: String = small.chars().take(12).collect();
        assert!(
            !slow,
            "{name:?} grew from {} to {} bytes and took too long",
            growth.start, growth.end
        );
    }
}

fn shortest(text: &str, runs: usize) -> Duration {
    let document = read_document(text);
    let timed = || {
        let start = Instant::now();
        black_box(EXTRACTOR.extract(&document));
        start.elapsed()
    };
    (0..runs).map(|_| timed()).min().unwrap_or_default()
}

/// Returns adversarial texts of about `size` pieces each.
fn hostile(size: usize) -> Vec<String> {
    vec![
        "\"".repeat(size),
        "“".repeat(size),
        format!("{}{}", "(".repeat(size / 2), ")".repeat(size / 2)),
        "\0".repeat(size),
        format!("e{}", "\u{301}".repeat(size)),
        "a".repeat(size),
        "a ".repeat(size),
        "\n".repeat(size),
        ". ".repeat(size),
        "U.S.".repeat(size / 4),
        "He said that ".repeat(size / 3),
        "said \"he said ".repeat(size / 3),
        "the ministers of the kings of ".repeat(size / 6),
        "Ito and Sato, ".repeat(size / 4),
        "on Friday, May 4, 2020 ".repeat(size / 6),
        "<p>&amp;&nbsp;".repeat(size / 5),
        "http://a.b/c?d=e&".repeat(size / 8),
        "\u{202e}\u{200b}\u{feff}".repeat(size / 3),
        "Putin met Biden. ".repeat(size / 4),
    ]
}
