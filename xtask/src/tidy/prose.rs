//! Item docs that open with a question word: *Whether it is a name* rather than *Tests for names*.
//!
//! A few are fine; many read like a translation.

/// Words that open a question.
const QUESTION_WORDS: [&str; 9] =
    ["How", "What", "When", "Where", "Whether", "Which", "Who", "Whom", "Whose"];

/// Item docs of a crate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Openings {
    /// Item docs that open with a question word.
    pub(super) questions: usize,
    /// All item docs.
    pub(super) all: usize,
}

impl Openings {
    /// Counts the item docs of a file: blocks of lines that open with `///`.
    pub(super) fn add(&mut self, text: &str) {
        let mut is_inside = false;
        for line in text.lines().map(str::trim_start) {
            let Some(doc) = line.strip_prefix("///") else {
                is_inside = false;
                continue;
            };
            if !std::mem::replace(&mut is_inside, true) {
                let first = doc.split_whitespace().next().unwrap_or_default();
                self.all += 1;
                self.questions += usize::from(QUESTION_WORDS.contains(&first));
            }
        }
    }

    /// Whether more than a share in percent open with a question word.
    pub(super) fn exceed(self, percent: usize) -> bool {
        100 * self.questions > percent * self.all
    }
}

#[cfg(test)]
mod tests {
    use super::Openings;

    #[test]
    fn only_the_first_line_of_a_block_counts() {
        let mut openings = Openings::default();
        openings.add("/// Whether it rains.\n/// What else?\nfn a() {}\n\n    /// Number of drops.\n    b: u8,\n");
        openings.add("//! How it works.\n// Why\n/// Whatever is left.\nfn c() {}\n");
        assert_eq!(openings, Openings { questions: 1, all: 3 });
        assert!(openings.exceed(33) && !openings.exceed(34));
    }
}
