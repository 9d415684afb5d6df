//! Reader and writer of CoNLL-U, the format of Universal Dependencies treebanks.
//!
//! See <https://universaldependencies.org/format.html>. Empty nodes and enhanced dependencies are ignored; the columns FEATS
//! and DEPS are written as `_`.

use std::fmt::{self, Write as _};

use crate::{Analysis, Segmentation, Span, Token};

/// A sentence of a treebank. Labels are kept as text, because a treebank may use ones this crate does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldSentence {
    /// Comment lines, without `# `.
    pub comments: Vec<String>,
    /// Syntactic words.
    pub words: Vec<GoldWord>,
}

/// A syntactic word of a treebank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldWord {
    /// The word, as written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Number of the head in the sentence, from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub deprel: String,
    /// True if it forms one written word with the word before it.
    pub joined: bool,
    /// True if a space follows.
    pub space_after: bool,
    /// Value of the key `Name` among the remarks, a BIO tag such as `B-PER`; empty if there is none. Treebanks have no such key.
    pub name: String,
    /// All remarks, as written; empty if there are none.
    pub remarks: String,
}

impl GoldWord {
    /// Returns the value of a key among the remarks; empty for a key without a value.
    ///
    /// ```
    /// let row = "1\tTalks\t_\tNOUN\tNNS\t_\t0\troot\t_\tName=O|Denied\n";
    /// let sentences = dateline_nlp::conllu::read(row)?;
    /// let word = &sentences[0].words[0];
    /// assert_eq!((word.remark("Name"), word.remark("Denied"), word.remark("Gloss")), (Some("O"), Some(""), None));
    /// # Ok::<(), dateline_nlp::conllu::ConlluError>(())
    /// ```
    pub fn remark(&self, key: &str) -> Option<&str> {
        self.remarks.split('|').find_map(|remark| {
            let rest = remark.strip_prefix(key)?;
            if rest.is_empty() { Some(rest) } else { rest.strip_prefix('=') }
        })
    }
}

impl GoldSentence {
    /// Returns true if the sentence starts a paragraph or document.
    pub fn opens_paragraph(&self) -> bool {
        self.comments
            .iter()
            .any(|comment| comment.starts_with("newpar") || comment.starts_with("newdoc"))
    }

    /// Returns the value of a `# key = value` comment.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|comment| {
            comment.strip_prefix(key)?.trim_start().strip_prefix('=').map(str::trim)
        })
    }
}

/// Error for malformed CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    line: usize,
    expected: &'static str,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: expected {}", self.line, self.expected)
    }
}

impl std::error::Error for ConlluError {}

/// Reads a treebank.
///
/// # Errors
///
/// At the first line that is not a comment, an empty line or a row of ten columns. The error gives its number.
pub fn read(text: &str) -> Result<Vec<GoldSentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut sentence = GoldSentence::default();
    // The range line `3-4` makes one written word of words 3 and 4. Its space is that of the last one.
    let mut written: Option<(usize, usize, bool)> = None;
    for (number, line) in text.lines().map(str::trim_end).chain([""]).enumerate() {
        let error = |expected| ConlluError { line: number + 1, expected };
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            written = None;
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            sentence.comments.push(comment.trim_start().to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
            return Err(error("ten columns separated by tabs"));
        };
        let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
        if id.contains('.') {
            continue;
        }
        if let Some((first, last)) = id.split_once('-') {
            let (Ok(first), Ok(last)) = (first.parse(), last.parse()) else {
                return Err(error("two numbers around the hyphen of a range"));
            };
            written = Some((first, last, space_after));
            continue;
        }
        let id: usize = id.parse().map_err(|_| error("a number in the first column"))?;
        if id != sentence.words.len() + 1 {
            return Err(error("words numbered from 1 without gaps"));
        }
        let head = match head {
            "_" => 0,
            head => head.parse().map_err(|_| error("a number in the seventh column"))?,
        };
        let (joined, space_after) = match written {
            Some((first, last, _)) if first < id && id < last => (true, false),
            Some((first, _, _)) if first == id => (false, false),
            Some((_, last, space_after)) if last == id => (true, space_after),
            _ => (false, space_after),
        };
        sentence.words.push(GoldWord {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            xpos: xpos.to_owned(),
            head,
            deprel: deprel.to_owned(),
            joined,
            space_after,
            name: misc
                .split('|')
                .find_map(|item| item.strip_prefix("Name="))
                .unwrap_or("")
                .to_owned(),
            remarks: if misc == "_" { String::new() } else { misc.to_owned() },
        });
    }
    Ok(sentences)
}

/// Reconstructs the text of a treebank, with its sentences and words as byte spans.
///
/// Words are joined where no space follows, and an empty line precedes each paragraph.
pub fn rebuild_text(sentences: &[GoldSentence]) -> (String, Segmentation) {
    let mut text = String::new();
    let mut segmentation = Segmentation::new();
    for sentence in sentences {
        if sentence.opens_paragraph() && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        for word in &sentence.words {
            let start = text.len();
            text.push_str(&word.form);
            segmentation.push_token(Span::new(start, text.len()), word.joined);
            if word.space_after {
                text.push(' ');
            }
        }
        segmentation.end_sentence();
    }
    text.truncate(text.trim_end().len());
    (text, segmentation)
}

/// Writes an analysis as CoNLL-U, with an empty line after each sentence.
///
/// `# text` has the sentence with line breaks replaced by spaces. A written word of several tokens (*don't*) gets a range line.
///
/// ```
/// use dateline_nlp::{English, ReaderKind, conllu};
///
/// let english = English::new(ReaderKind::Fast);
/// let table = conllu::write(&english.analyze("Talks resumed."));
/// assert!(table.contains("2\tresumed\tresume\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No"));
/// ```
pub fn write(analysis: &Analysis<'_>) -> String {
    let mut out = String::new();
    for sentence in analysis.sentences() {
        let text = sentence.text().split_whitespace().collect::<Vec<_>>().join(" ");
        write!(out, "# sent_id = {}\n# text = {text}\n", sentence.idx().0 + 1)
            .expect("writing to a string does not fail");
        let first = sentence.first().idx().0;
        let number = |token: Token<'_>| token.idx().0 - first + 1;
        for token in sentence.tokens() {
            let opens_word = !token.is_joined() && token.next().is_some_and(Token::is_joined);
            if opens_word {
                let last = std::iter::successors(token.next(), |token| {
                    token.next().filter(|next| next.is_joined())
                })
                .last()
                .unwrap_or(token);
                let form = token.span().cover(last.span()).of(analysis.text());
                writeln!(
                    out,
                    "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    number(token),
                    number(last),
                    misc(last)
                )
                .expect("writing to a string does not fail");
            }
            let within_word = opens_word || token.is_joined();
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{}",
                number(token),
                cell(token.text()),
                cell(token.lemma()),
                token.upos(),
                token.xpos(),
                token.head().map_or(0, number),
                token.deprel(),
                if within_word { "_" } else { misc(token) },
            )
            .expect("writing to a string does not fail");
        }
        out.push('\n');
    }
    out
}

fn misc(token: Token<'_>) -> &'static str {
    let after = &token.analysis().text()[token.span().end()..];
    if after.is_empty() || after.starts_with(char::is_whitespace) { "_" } else { "SpaceAfter=No" }
}

/// Replaces tabs and line breaks, which a column cannot hold, by spaces.
fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DO_NOT: &str = "# text = Don't go.\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

    #[test]
    fn a_written_word_of_two_tokens_round_trips() {
        let sentences = read(DO_NOT).unwrap();
        let (text, segmentation) = rebuild_text(&sentences);
        assert_eq!(text, "Don't go.");
        assert_eq!(segmentation.tokens()[1], (Span::new(2, 5), true));
        let written = write(&Analysis::from_segmentation(&text, &segmentation));
        assert!(written.contains("1-2\tDon't\t_"), "{written}");
    }

    #[test]
    fn a_malformed_line_is_reported() {
        let error = read("# fine\n1\tonly\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2: expected ten columns separated by tabs");
    }
}
