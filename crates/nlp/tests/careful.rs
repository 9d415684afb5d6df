//! Properties of the careful reader, in builds that have it: any string gives trees, the same with any vector instructions, in time
//! that grows linearly with its length.

use std::{sync::OnceLock, time::Instant};

use dateline_nlp::{English, ReaderKind, check};
use proptest::prelude::*;

/// The reader, or `None` in a build without it.
fn careful() -> Option<&'static English> {
    static READER: OnceLock<Option<English>> = OnceLock::new();
    let new = || ReaderKind::Careful.is_available().then(|| English::new(ReaderKind::Careful));
    READER.get_or_init(new).as_ref()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_the_same_everywhere(
        text in any::<String>(), parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)
    ) {
        if let Some(english) = careful() {
            check::reading(english, &(parts.concat() + &text));
        }
    }
}

const PARTS: &[&str] = &[
    " ",
    " ",
    "\n\n",
    ". ",
    ", ",
    "\"",
    "(",
    "-",
    "'s",
    "Kenya",
    "Ito",
    "severed",
    "ties",
    "with",
    "the UN",
    "MOSCOW (AP) - ",
    "said",
    "on Monday",
    "1,000",
    "漢字",
    "é",
    "\u{301}",
    "👩‍🚀",
    "http://example.com",
    "xqzzyxqzzy",
];

#[test]
fn a_sentence_is_read_the_same_everywhere() {
    if let Some(english) = careful() {
        check::reading(
            english,
            "Kenya severed ties with Somalia on Monday, the Foreign Ministry said. Why?",
        );
    }
}

/// Text that a careless window or search takes quadratic time for.
#[test]
fn time_grows_with_length() {
    let Some(english) = careful() else { return };
    let units = ["talks, ", "Ito ", "a-", "\u{301}", "x", "(", "漢", "no. ", "1 "];
    for unit in units {
        let seconds = |size: usize| {
            let text = unit.repeat(size / unit.len());
            let start = Instant::now();
            check::trees(&english.analyze(&text));
            start.elapsed().as_secs_f64()
        };
        let ratio = || (seconds(8_000) + 5e-3) / (seconds(2_000) + 5e-3);
        // Three tries, because the machine may be busy.
        let ratio = (0..3).map(|_| ratio()).find(|ratio| *ratio < 11.0);
        assert!(
            ratio.is_some(),
            "{unit:?}: four times the text took far more than four times as long"
        );
    }
}
