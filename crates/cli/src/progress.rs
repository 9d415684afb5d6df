//! Progress of a long run: a bar on standard error, with documents, words per second and the time left.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Time after which the bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts and bar of a run. The bar appears only on a terminal, and only if the run takes more than a second.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    may_show: bool,
    started: Instant,
    n_documents: u64,
    n_words: u64,
}

impl Progress {
    /// Starts at zero. `quiet` keeps the bar away.
    pub(crate) fn new(quiet: bool) -> Self {
        Self {
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            may_show: !quiet && io::stderr().is_terminal(),
            started: Instant::now(),
            n_documents: 0,
            n_words: 0,
        }
    }

    /// Counts a document and its words.
    pub(crate) fn add(&mut self, n_words: u64) {
        self.n_documents += 1;
        self.n_words += n_words;
    }

    /// Shows that `n_done` of the parts of the run are done. `n_parts` is asked once, when the bar appears; a run of one part has a
    /// spinner instead of a bar.
    pub(crate) fn show(&self, n_done: u64, n_parts: impl FnOnce() -> u64) {
        if !self.may_show || self.started.elapsed() < PATIENCE {
            return;
        }
        if self.bar.is_hidden() {
            let n_parts = n_parts();
            let template = if n_parts > 1 {
                self.bar.set_length(n_parts);
                "[{bar:24}] {percent} %, {msg}, {elapsed}, {eta} left"
            } else {
                "{spinner} {msg}, {elapsed}"
            };
            let style = ProgressStyle::with_template(template).expect("the template is valid");
            self.bar.set_style(style.progress_chars("=> "));
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(message(self.n_documents, self.n_words, self.started.elapsed()));
        self.bar.set_position(n_done);
    }

    /// Returns the bar.
    pub(crate) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }

    /// Prints something while the bar is away.
    pub(crate) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }

    /// Removes the bar.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Counts the words of a text: runs between blanks.
pub(crate) fn words(text: &str) -> u64 {
    text.split_whitespace().count() as u64
}

fn message(n_documents: u64, n_words: u64, elapsed: Duration) -> String {
    let per_second = u128::from(n_words) * 1000 / elapsed.as_millis().max(1);
    let per_second = u64::try_from(per_second).unwrap_or(u64::MAX);
    let noun = if n_documents == 1 { "document" } else { "documents" };
    format!("{} {noun}, {} words/s", HumanCount(n_documents), HumanCount(per_second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_words_per_second_are_told() {
        let said = message(1200, 3_000_000, Duration::from_secs(200));
        assert_eq!(said, "1,200 documents, 15,000 words/s");
        assert_eq!(message(1, 5, Duration::ZERO), "1 document, 5,000 words/s");
    }

    #[test]
    fn words_are_separated_by_blanks() {
        assert_eq!(words(" Talks resumed\non  Friday. "), 4);
    }

    #[test]
    fn without_a_terminal_nothing_is_shown() {
        let mut progress = Progress::new(false);
        progress.started = progress.started.checked_sub(PATIENCE * 2).unwrap();
        progress.may_show = false;
        progress.add(100);
        progress.show(1, || unreachable!("the parts are counted for the bar only"));
        assert!(progress.bar.is_hidden());
    }
}
