//! Run-in lists: items that follow each other inside a paragraph.
//!
//! - split: *1. The court 2. The press*, *a. Leave. b. Stay.*, *• the court • the press*, *Two demands: 1) Leave. 2) Stay.*
//! - whole: *The law covers 1) courts, 2) papers and 3) schools.*, *He came in 3. The race went on.*

use std::sync::LazyLock;

use dateline_data::Table;

use super::{Lower, chunk::Gap, kind::Kind, token::Piece};

/// Use of a mark or word in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Bullet,
    LineBullet,
    Joiner,
}

fn list_use(word: &str) -> Option<Use> {
    static MARKS: LazyLock<Table<Use>> = LazyLock::new(|| {
        Table::read(include_str!("../../data/en/segment/list-marks.tsv"), |columns| {
            match columns[1] {
                "bullet" => Use::Bullet,
                "line-bullet" => Use::LineBullet,
                _ => Use::Joiner,
            }
        })
    });
    MARKS.get(word)
}

/// Returns true for a mark that opens an item at the start of a line.
pub(super) fn is_bullet(word: &str) -> bool {
    matches!(list_use(word), Some(Use::Bullet | Use::LineBullet))
}

/// The number or letter of an item, with the bullet before it: *1.*, *2)*, *3.)*, *b.*, *• 4.*
#[derive(Debug, Clone, Copy)]
struct Label {
    /// First token: the bullet if there is one.
    start: usize,
    /// Token after the number.
    mark: usize,
    /// Token after the label.
    end: usize,
    /// 1 for *1.* and *a.*
    value: u32,
    style: usize,
}

/// A list that may go on: its last label and what is known about it.
#[derive(Debug, Clone, Copy)]
struct List {
    last: Label,
    /// True if the list is certain, because its first label opens a paragraph or a second one followed.
    is_certain: bool,
    /// True if its items start in lowercase.
    is_lower: bool,
}

/// Makes each item of a list a paragraph, and its full stop an ordinary mark.
pub(super) fn settle_items(text: &str, pieces: &mut [Piece]) {
    for paragraph in pieces.chunk_by_mut(|_, next| next.gap != Gap::Paragraph) {
        settle_paragraph(text, paragraph);
    }
}

fn settle_paragraph(text: &str, pieces: &mut [Piece]) {
    let mut lists: [Option<List>; STYLES] = [None; STYLES];
    let mut bullet = None;
    let mut idx = 0;
    while idx < pieces.len() {
        let Some(label) = label(text, pieces, idx) else {
            if let Some(mark) = bullet_at(text, pieces, idx) {
                let opens_list = idx == 0 || stands_apart(text, pieces, idx);
                if opens_list || bullet == Some(mark) {
                    pieces[idx].gap = Gap::Paragraph;
                    bullet = Some(mark);
                }
            }
            idx += 1;
            continue;
        };
        let is_lower = word(text, pieces, label.end).starts_with(char::is_lowercase);
        match lists[label.style] {
            Some(list) if goes_on(text, pieces, list, label, is_lower) => {
                if !list.is_certain {
                    open_item(pieces, list.last);
                }
                open_item(pieces, label);
                lists[label.style] = Some(List { last: label, is_certain: true, ..list });
            }
            _ if idx == 0 => {
                open_item(pieces, label);
                lists[label.style] = Some(List { last: label, is_certain: true, is_lower });
            }
            _ if label.value == 1 && !is_lower && stands_apart(text, pieces, idx) => {
                lists[label.style] = Some(List { last: label, is_certain: false, is_lower });
            }
            _ => {}
        }
        idx = label.end;
    }
}

fn word<'t>(text: &'t str, pieces: &[Piece], idx: usize) -> &'t str {
    pieces.get(idx).map_or("", |piece| piece.span.of(text))
}

fn open_item(pieces: &mut [Piece], label: Label) {
    if label.start > 0 {
        pieces[label.start].gap = Gap::Paragraph;
    }
    pieces[label.mark].kind = Kind::Mark;
}

/// Returns true if a label is the next one of a list.
fn goes_on(text: &str, pieces: &[Piece], list: List, label: Label, is_lower: bool) -> bool {
    let before = &pieces[label.start - 1];
    label.value == list.last.value + 1
        && label.start > list.last.end
        && (!is_lower || list.is_lower)
        && before.kind != Kind::Comma
        && list_use(Lower::of_chars(before.span.of(text).chars()).as_str()) != Some(Use::Joiner)
}

/// Returns true after a colon, a stop, or the quote or bracket after one.
fn stands_apart(text: &str, pieces: &[Piece], idx: usize) -> bool {
    let before = &pieces[idx - 1];
    matches!(before.kind, Kind::Stop | Kind::Ellipsis | Kind::Close)
        || before.span.of(text) == ":" && pieces[idx].gap != Gap::Glued
}

/// Returns the bullet here, if a word follows it.
fn bullet_at<'t>(text: &'t str, pieces: &[Piece], idx: usize) -> Option<&'t str> {
    let piece = &pieces[idx];
    let bullet = piece.span.of(text);
    let is_bullet = piece.kind == Kind::Mark
        && piece.gap != Gap::Glued
        && list_use(bullet) == Some(Use::Bullet)
        && pieces.get(idx + 1).is_some_and(|next| next.kind != Kind::Mark);
    is_bullet.then_some(bullet)
}

/// Number, letter or Roman numeral, times full stop, bracket, or both.
const STYLES: usize = 9;

/// Reads the label that starts here.
fn label(text: &str, pieces: &[Piece], start: usize) -> Option<Label> {
    let has_bullet = pieces[start].kind == Kind::Mark
        && match list_use(word(text, pieces, start)) {
            Some(Use::Bullet) => true,
            Some(Use::LineBullet) => start == 0,
            _ => false,
        };
    let number = start + usize::from(has_bullet);
    let first = pieces.get(number)?;
    if !has_bullet && first.gap == Gap::Glued && number > 0 {
        return None;
    }
    let mark = number + 1;
    if !pieces.get(mark).is_some_and(|next| matches!(next.kind, Kind::Stop | Kind::Close)) {
        return None;
    }
    let written = first.span.of(text);
    let (value, sign) = match (first.kind, written.as_bytes()) {
        (Kind::Number, [_] | [_, _]) => (written.parse().ok()?, 0),
        (Kind::Word, &[letter @ b'a'..=b'z']) => (u32::from(letter - b'a') + 1, 1),
        (Kind::Word, digits) => (roman(digits)?, 2),
        _ => return None,
    };
    let is_glued =
        |idx: usize, form: &str| word(text, pieces, idx) == form && pieces[idx].gap == Gap::Glued;
    let (end, kind) = match (is_glued(mark, "."), is_glued(mark, ")")) {
        (true, _) if is_glued(mark + 1, ")") => (mark + 2, 2),
        (true, _) => (mark + 1, 0),
        (_, true) => (mark + 1, 1),
        _ => return None,
    };
    let next = pieces.get(end)?;
    let style = kind * 3 + sign;
    (next.gap != Gap::Glued).then_some(Label { start, mark, end, value, style })
}

/// Reads a Roman numeral below forty.
fn roman(digits: &[u8]) -> Option<u32> {
    let tens = digits.iter().take_while(|&&digit| digit == b'X').count();
    let ones: u32 = match &digits[tens..] {
        b"" => 0,
        b"I" => 1,
        b"II" => 2,
        b"III" => 3,
        b"IV" => 4,
        b"V" => 5,
        b"VI" => 6,
        b"VII" => 7,
        b"VIII" => 8,
        b"IX" => 9,
        _ => return None,
    };
    let value = u32::try_from(tens).ok().filter(|&tens| tens < 4)? * 10 + ones;
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use crate::segment::sentence::tests::check;

    #[test]
    fn items_in_sequence_are_separate() {
        check("1. Spain 2. Peru 3. Chile", "1. Spain|2. Peru|3. Chile");
        check("I. The court. II. The press.", "I. The court.|II. The press.");
        check(
            "Our aims: 1) A court. 2) A press. They left.",
            "Our aims:|1) A court.|2) A press.|They left.",
        );
    }

    #[test]
    fn bullets_open_items_after_a_first_one() {
        check("• a court • a press", "• a court|• a press");
        check("Our aims: • A court • A press", "Our aims:|• A court|• A press");
        check("Lima • Quito • Bogota", "Lima • Quito • Bogota");
    }

    #[test]
    fn numbers_out_of_sequence_open_nothing() {
        check("He came in 2. The race went on.", "He came in 2.|The race went on.");
        check("1. Peru beat Chile 3. It rained.", "1. Peru beat Chile 3.|It rained.");
    }

    #[test]
    fn items_of_a_running_sentence_stay_together() {
        let text = "It covers 1) courts, 2) papers and 3) schools.";
        check(text, text);
        let text = "It covers (1) Courts, (2) Papers and (3) Schools.";
        check(text, text);
    }
}
