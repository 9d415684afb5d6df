//! Matching of phrases against running text: the longest match wins, and any run of whitespace counts as one space.

/// Length of the longest word looked up, in bytes.
pub(super) const LONGEST: usize = 24;

/// Lowercases an ASCII word on the stack; `None` if it is too long.
pub(super) fn lowercase<'b>(word: &str, into: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let bytes = into.get_mut(..word.len())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

/// Returns a plural without its ending; `None` if the word is not a plural.
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

/// Returns the phrase that begins with the word `first` and takes most of the text, with the bytes it takes.
///
/// `phrases` are sorted and begin with the first one that is not below `first`.
pub(super) fn longest<T>(
    phrases: impl Iterator<Item = (T, impl AsRef<str>)>,
    first: &str,
    length: impl Fn(&str) -> Option<usize>,
) -> Option<(T, usize)> {
    phrases
        .take_while(|(_, phrase)| {
            let rest = phrase.as_ref().strip_prefix(first);
            // Whatever may follow a word sorts before letters and digits.
            rest.is_some_and(|rest| rest.bytes().next().is_none_or(|byte| byte < b'0'))
        })
        .filter_map(|(entry, phrase)| Some((entry, length(phrase.as_ref())?)))
        .max_by_key(|found| found.1)
}

/// Returns the number of bytes at the start of a text that match a phrase and end at the end of a word.
pub(super) fn match_length(text: &str, phrase: &str, folded: bool) -> Option<usize> {
    let mut rest = text;
    for (number, word) in phrase.split(' ').enumerate() {
        if number > 0 {
            let trimmed = rest.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}']);
            // More than eight spaces between two words do not belong to a name.
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
