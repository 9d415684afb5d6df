//! Phrases of tables against running text: the longest that fits wins, any run of blanks is one.

/// Longer words are in no table.
pub(super) const LONGEST: usize = 24;

/// A word in lowercase, on the stack.
pub(super) fn lowercase<'b>(word: &str, into: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = into.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

/// A plural without its ending.
pub(super) fn singular_of<'b>(word: &str, into: &'b mut [u8; LONGEST + 1]) -> Option<&'b str> {
    let (stem, ending) = if let Some(stem) = word.strip_suffix("ies") {
        (stem, "y")
    } else if let Some(stem) = word.strip_suffix("men") {
        (stem, "man")
    } else if let Some(stem) = word.strip_suffix("ren") {
        (stem, "")
    } else if let Some(stem) = word.strip_suffix("sses") {
        (stem, "ss")
    } else {
        (word.strip_suffix('s')?, "")
    };
    let whole = into.get_mut(..stem.len() + ending.len())?;
    whole[..stem.len()].copy_from_slice(stem.as_bytes());
    whole[stem.len()..].copy_from_slice(ending.as_bytes());
    std::str::from_utf8(whole).ok()
}

/// Of phrases in the order of a table, from the first on that is not before a word: the one that starts with the word
/// and takes most of the text; with the bytes it takes.
pub(super) fn longest<T>(
    phrases: impl Iterator<Item = (T, impl AsRef<str>)>,
    first: &str,
    length: impl Fn(&str) -> Option<usize>,
) -> Option<(T, usize)> {
    phrases
        .take_while(|(_, phrase)| {
            let rest = phrase.as_ref().strip_prefix(first);
            // All that may follow a word sorts before letters and digits.
            rest.is_some_and(|rest| rest.bytes().next().is_none_or(|byte| byte < b'0'))
        })
        .filter_map(|(entry, phrase)| Some((entry, length(phrase.as_ref())?)))
        .max_by_key(|found| found.1)
}

/// How many bytes of the start of a text read as a phrase and end where a word ends; any run of blanks is one.
pub(super) fn match_length(text: &str, phrase: &str, folded: bool) -> Option<usize> {
    let mut rest = text;
    for (number, word) in phrase.split(' ').enumerate() {
        if number > 0 {
            let trimmed = rest.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}']);
            // Blanks between words of a name are few; a desert of them is no name.
            if trimmed.len() == rest.len() || rest.len() - trimmed.len() > 8 {
                return None;
            }
            rest = trimmed;
        }
        let (head, tail) = rest.split_at_checked(word.len())?;
        if !(head == word || folded && head.eq_ignore_ascii_case(word)) {
            return None;
        }
        rest = tail;
    }
    // A plural: *prime ministers*.
    if folded && let Some(tail) = rest.strip_prefix('s') {
        rest = tail;
    }
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then(|| text.len() - rest.len())
}
