//! Checks that tests of this layer apply to example sentences.
//!
//! The publication date is Saturday, May 8, 2021, unless a test says otherwise.

use dateline_core::Moment;
use dateline_nlp::{English, ReaderKind};

use super::{TimeExpression, read};
use crate::{read_document, reading::Reading};

const PUBLISHED: &str = "2021-05-08";

/// Checks the words and values of all expressions; a modifier follows a space.
pub(super) fn check(text: &str, expected: &[(&str, &str)]) {
    check_on(PUBLISHED, text, expected);
}

/// Like [`check`], with another publication date or minute.
pub(super) fn check_on(published: &str, text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(published), value, expected);
}

/// Like [`check`], without a publication date.
pub(super) fn check_undated(text: &str, expected: &[(&str, &str)]) {
    compare(text, None, value, expected);
}

/// Checks that nothing is found.
pub(super) fn silent(text: &str) {
    check(text, &[]);
}

/// Checks the words and intervals, to the end of a range: `2021-05-07 to 2021-05-08`.
pub(super) fn check_stretches(text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(PUBLISHED), stretch, expected);
}

/// Checks the words and rules, each rule followed by its anchor: the words, or `published` for the publication date.
pub(super) fn check_rules(text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(PUBLISHED), rule, expected);
}

/// Checks the words and values of sets, with `freq` and `quant`: `P1W 2X`, `P1D EVERY`.
pub(super) fn check_sets(text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(PUBLISHED), set, expected);
}

fn compare(
    text: &str,
    published: Option<&str>,
    show: impl Fn(&TimeExpression, &[TimeExpression], &str) -> String,
    expected: &[(&str, &str)],
) {
    let times = found(text, published);
    let shown: Vec<_> =
        times.iter().map(|time| (time.span.of(text), show(time, &times, text))).collect();
    let shown: Vec<_> = shown.iter().map(|(words, shown)| (*words, shown.as_str())).collect();
    assert_eq!(shown, expected, "{text}");
}

fn found(text: &str, published: Option<&str>) -> Vec<TimeExpression> {
    let mut document = read_document(text);
    document.published =
        published.map(|day| day.parse::<Moment>().expect("every test gives a date"));
    let analysis = English::new(ReaderKind::Fast).analyze(text);
    read(Reading { document: &document, analysis: &analysis })
}

fn value(time: &TimeExpression, _: &[TimeExpression], _: &str) -> String {
    let modifier = time.modifier.map(|modifier| format!(" {modifier:?}"));
    format!("{}{}", time.value, modifier.unwrap_or_default())
}

fn stretch(time: &TimeExpression, times: &[TimeExpression], _: &str) -> String {
    time.stretch(times).map_or_else(
        || String::from("nowhere"),
        |stretch| format!("{} to {}", stretch.from(), stretch.to()),
    )
}

fn rule(time: &TimeExpression, times: &[TimeExpression], text: &str) -> String {
    use super::Anchor;
    let anchor = match time.trace.anchor {
        Anchor::None => String::new(),
        Anchor::Published => String::from(" published"),
        Anchor::Expression(idx) => format!(" {}", times[idx].span.of(text)),
    };
    format!("{}{anchor}", time.trace.rule)
}

fn set(time: &TimeExpression, _: &[TimeExpression], _: &str) -> String {
    let quant = time.quant.map(|quant| format!(" {quant}")).unwrap_or_default();
    let freq = time.freq.as_ref().map(|freq| format!(" {freq}")).unwrap_or_default();
    format!("{}{quant}{freq}", time.value)
}
