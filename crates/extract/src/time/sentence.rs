//! Sentences for the tests of the rules: what is found in a text, told in words and values.
//!
//! Texts are published on Saturday, May 8, 2021, where a test does not say otherwise.

use dateline_core::Moment;
use dateline_nlp::English;

use super::{TimeExpression, read};
use crate::{read_document, reading::Reading};

const PUBLISHED: &str = "2021-05-08";

/// Words and values of all that is found, a modifier behind a blank.
pub(super) fn check(text: &str, expected: &[(&str, &str)]) {
    check_on(PUBLISHED, text, expected);
}

/// As [`check`], published on another day or minute.
pub(super) fn check_on(published: &str, text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(published), value, expected);
}

/// As [`check`], of a text whose day is not known.
pub(super) fn check_undated(text: &str, expected: &[(&str, &str)]) {
    compare(text, None, value, expected);
}

/// Nothing is found.
pub(super) fn silent(text: &str) {
    check(text, &[]);
}

/// Words and stretches of the calendar, to the end of the range where one begins: `2021-05-07 to 2021-05-08`.
pub(super) fn check_stretches(text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(PUBLISHED), stretch, expected);
}

/// Words and rules, with the words the rule went by behind a blank; `published` for the day of publication.
pub(super) fn check_rules(text: &str, expected: &[(&str, &str)]) {
    compare(text, Some(PUBLISHED), rule, expected);
}

/// Words and values of sets, with how often and which ones: `P1W 2X`, `P1D EVERY`.
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
    let shown: Vec<_> = shown.iter().map(|(words, told)| (*words, told.as_str())).collect();
    assert_eq!(shown, expected, "{text}");
}

fn found(text: &str, published: Option<&str>) -> Vec<TimeExpression> {
    let mut document = read_document(text);
    document.published = published.map(|day| day.parse::<Moment>().expect("tests give a date"));
    let analysis = English::new().analyze(text);
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
        Anchor::Told(idx) => format!(" {}", times[idx].span.of(text)),
    };
    format!("{}{anchor}", time.trace.rule)
}

fn set(time: &TimeExpression, _: &[TimeExpression], _: &str) -> String {
    let quant = time.quant.map(|quant| format!(" {quant}")).unwrap_or_default();
    let freq = time.freq.as_ref().map(|freq| format!(" {freq}")).unwrap_or_default();
    format!("{}{quant}{freq}", time.value)
}
