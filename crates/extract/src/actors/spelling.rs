//! Spellings of names and nouns, and the longest one that a text starts with.
//!
//! Spellings are kept in lowercase and sorted, so a text is read one word or mark at a time for as long as some
//! spelling starts that way. Most words start none; a bit for each first word rules them out without a search.

/// Spelling of a name or noun.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    /// Lowercase, words separated by one space.
    pub(super) key: Box<str>,
    pub(super) of: u32,
    /// Capitalization required in text.
    pub(super) form: Form,
}

/// Capitalization that a spelling requires in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// At least one capital.
    Capitalized,
    Any,
}

/// Spellings sorted by key; keys are unique.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    list: Vec<Spelling>,
    /// One bit for each hash of a first word; empty if there are no spellings.
    firsts: Vec<u64>,
}

/// Number of bits for first words: several times the number in the longest lists.
const N_BITS: usize = 1 << 18;

impl Spellings {
    /// Sorts spellings. The first of equal keys wins.
    pub(super) fn new(mut list: Vec<Spelling>) -> Self {
        list.sort_by(|a, b| a.key.cmp(&b.key));
        list.dedup_by(|after, before| after.key == before.key);
        let mut firsts = if list.is_empty() { Vec::new() } else { vec![0; N_BITS / 64] };
        for spelling in &list {
            let bit = bit_of(&spelling.key);
            firsts[bit / 64] |= 1 << (bit % 64);
        }
        Self { list, firsts }
    }

    /// Merges two lists; the other's spellings win, with `raised` added to their indices.
    pub(super) fn overridden_by(mut self, mut other: Self, raised: u32) -> Self {
        for spelling in &mut other.list {
            spelling.of += raised;
        }
        other.list.append(&mut self.list);
        Self::new(other.list)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true if some spelling may start with a token.
    fn may_begin(&self, first: &str) -> bool {
        let bit = bit_of(first);
        self.firsts.get(bit / 64).is_some_and(|bits| bits & 1 << (bit % 64) != 0)
    }

    /// Returns the index and length in bytes of the longest spelling a text starts with. Reads one word or mark at a
    /// time, for as long as some spelling continues that way.
    pub(super) fn longest(&self, first: &str, text: &str) -> Option<(u32, usize)> {
        if !self.may_begin(first) {
            return None;
        }
        let spellings = &self.list[..];
        let mut read = String::new();
        let mut from = 0;
        let mut best = None;
        let mut rest = text;
        let mut piece = text.get(..first.len()).filter(|it| *it == first)?;
        loop {
            push_lowercase(&mut read, piece);
            rest = &rest[piece.len()..];
            from += spellings[from..].partition_point(|it| *it.key < *read);
            let Some(candidate) = spellings.get(from).filter(|it| it.key.starts_with(&read)) else {
                return best;
            };
            let length = text.len() - rest.len();
            let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric())
                || !read.ends_with(char::is_alphanumeric);
            let has_form = || match candidate.form {
                Form::Any => true,
                Form::Capitalized => {
                    text[..length].contains(char::is_uppercase)
                        || text.starts_with(char::is_numeric)
                }
            };
            if *candidate.key == *read && ends && has_form() {
                best = Some((candidate.of, length));
            }
            let next = next_piece(rest);
            // A name has few spaces between its words.
            let goes_on =
                !next.is_empty() && next.len() <= LONGEST_PIECE && has_more(spellings, from, &read);
            if !goes_on {
                return best;
            }
            piece = next;
        }
    }
}

/// Returns the bit of the first word of a text, ignoring case. Words with letters outside ASCII share one bit.
fn bit_of(text: &str) -> usize {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in text.bytes() {
        if !byte.is_ascii() {
            return 0;
        }
        if !byte.is_ascii_alphanumeric() {
            break;
        }
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
    }
    (hash ^ hash >> 15) as usize % N_BITS
}

/// Returns true if some spelling continues what was read.
fn has_more(spellings: &[Spelling], from: usize, read: &str) -> bool {
    let is_longer = |at: usize| {
        spellings.get(at).is_some_and(|it| it.key.len() > read.len() && it.key.starts_with(read))
    };
    is_longer(from) || is_longer(from + 1)
}

/// Maximum length of a word or run of spaces in bytes; longer ones are in no list.
const LONGEST_PIECE: usize = 64;

/// Returns the word, run of spaces or mark that a text starts with.
pub(super) fn next_piece(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let end = |is_inside: fn(char) -> bool| {
        text.char_indices()
            .take(LONGEST_PIECE + 1)
            .find(|(_, c)| !is_inside(*c))
            .map_or_else(|| text.len().min(floor(text, LONGEST_PIECE + 1)), |(at, _)| at)
    };
    let end = if first.is_alphanumeric() {
        end(char::is_alphanumeric)
    } else if first.is_whitespace() {
        end(char::is_whitespace)
    } else {
        first.len_utf8()
    };
    &text[..end]
}

/// Returns the nearest code point boundary at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

/// Appends a piece in lowercase. A run of spaces becomes one space, typographic apostrophes become straight.
fn push_lowercase(into: &mut String, piece: &str) {
    if piece.starts_with(char::is_whitespace) {
        into.push(' ');
    } else if piece.is_ascii() {
        let from = into.len();
        into.push_str(piece);
        into[from..].make_ascii_lowercase();
    } else if piece == "’" {
        into.push('\'');
    } else {
        into.extend(piece.chars().flat_map(char::to_lowercase));
    }
}

/// Returns the key a name is looked up by.
pub(super) fn key(name: &str) -> Box<str> {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        if word.contains('’') {
            push_lowercase(&mut key, &word.replace('’', "'"));
        } else {
            push_lowercase(&mut key, word);
        }
    }
    key.into()
}
