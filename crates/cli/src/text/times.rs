//! Section of times: words, TIMEX3 type and value, the interval if the value does not imply it, and optional explanations.

use dateline_core::{Explanation, Interval, Moment, Reason, Time, TimeMod};
use jiff::civil::DateTime;

use super::{
    date, escaped,
    layout::{clipped, columns, padded},
    page::{TextPage, WHO, paint},
};

impl TextPage<'_> {
    /// Adds the section, in the order of the text. Explanations belong to the times at the same index.
    pub(super) fn times(&mut self, times: &[Time], explanations: &[&Explanation]) {
        self.heading("Times");
        self.line("");
        let words: Vec<String> = times.iter().map(|time| escaped(&time.span.text)).collect();
        let widest = words.iter().map(|words| columns(words)).max().unwrap_or(0);
        let words_width = widest.min(self.text_width() / 3);
        for (at, (time, words)) in times.iter().zip(words).enumerate() {
            let words = padded(&clipped(&words, words_width), words_width);
            let room = self.text_width().saturating_sub(words_width + 2);
            let meaning = clipped(&meaning(time, times), room);
            let line = self.places.line(time.span.start);
            self.row(Some(line), &format!("{}  {meaning}", paint(WHO, &words)));
            if let Some(explanation) = explanations.get(at).copied() {
                self.explanation(explanation);
            }
        }
    }

    pub(super) fn explanation(&mut self, explanation: &Explanation) {
        let rule = format!("rule {}", explanation.rule);
        let reasons = explanation.reasons.iter().map(|reason| self.reason(reason));
        let notes: Vec<String> = std::iter::once(rule).chain(reasons).collect();
        self.notes(&notes);
    }

    pub(super) fn reason(&self, reason: &Reason) -> String {
        let answer = format!("{} {}", reason.name, reason.value);
        let Some(evidence) = &reason.evidence else { return answer };
        let line = self.places.line(evidence.start);
        format!("{answer} from “{}” in line {line}", escaped(&evidence.text))
    }
}

/// Formats type, value and other attributes of a time.
fn meaning(time: &Time, times: &[Time]) -> String {
    let mut parts = vec![format!("{} {}", time.kind.as_str(), time.value)];
    let named = |name: &str, value: &str| format!("{name} {value}");
    parts.extend(time.modifier.map(TimeMod::as_str).map(|value| named("mod", value)));
    parts.extend(time.quant.as_deref().map(|value| named("quant", value)));
    parts.extend(time.freq.as_deref().map(|value| named("freq", value)));
    let end = time.until.and_then(|until| times.get(until.index()));
    // A period until 5 p.m. ends at 5 p.m., not a minute later.
    let end = end.and_then(|end| end.interval);
    let to = end.map(|end| if is_minute(end) { end.from() } else { end.to() });
    let range = time.interval.zip(to).and_then(|(own, to)| Interval::new(own.from(), to));
    if let Some(interval) = range.or(time.interval) {
        let formatted = formatted(interval);
        // The value of a minute tells everything but its end.
        let says_all = formatted == time.value || range.is_none() && is_minute(interval);
        parts.extend((!says_all).then_some(formatted));
    }
    parts.join(" · ")
}

/// Formats an interval; hours of one day are given without the date, which the value has.
fn formatted(interval: Interval) -> String {
    match (interval.from(), interval.to()) {
        (Moment::Minute(from), Moment::Minute(to)) if from.date() == to.date() => {
            let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
            format!("{} to {}", clock(from), clock(to))
        }
        _ => date::interval(interval),
    }
}

fn is_minute(interval: Interval) -> bool {
    match (interval.from(), interval.to()) {
        (Moment::Minute(from), Moment::Minute(to)) => to.duration_since(from).as_secs() == 60,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use dateline_extract::{Extractor, read_document};

    use super::super::render_times;

    const TEXT: &str = "date 2021-05-08\nTalks began on May 3 to 7, in late April and twice a week.\n\
        On Friday, after the long weeks of that first quarter of 2021, they ended at 9:30 a.m.\n\
        The hall, open from 9 a.m. to 5 p.m. on Monday, had closed on Sunday afternoon.\n";

    fn plain(text: &str, width: usize) -> String {
        let document = read_document(text);
        let (times, explanations) = Extractor::new().explain_times(&document);
        let page = render_times(&document, &times, &explanations, width);
        anstream::adapter::strip_str(&page).to_string()
    }

    #[test]
    fn a_time_has_a_line_and_what_explains_it_below() {
        insta::assert_snapshot!(plain(TEXT, 80));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 40..=100 {
            for line in plain(TEXT, width).lines() {
                assert!(super::columns(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_text_without_times_says_so() {
        assert!(plain("Talks resumed.\n", 80).contains("No times found."));
    }
}
