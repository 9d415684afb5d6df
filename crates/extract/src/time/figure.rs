//! Numbers in digits: *1,200*, *20th*, *1980s*, *'80s*, *2.5*.

use crate::table::Lower;

/// Number in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) value: i32,
    /// Number of digits; 0 if commas or a decimal point stand between them.
    pub(super) width: u8,
    pub(super) suffix: Suffix,
    /// Thousandths after the decimal point.
    pub(super) thousandths: i32,
}

/// Suffix of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suffix {
    None,
    /// *20th*.
    Ordinal,
    /// *1980s*.
    Plural,
}

/// Reads *1,200*, *20th*, *1980s*, *'80s*, *2.5*.
pub(super) fn figure(text: &str) -> Option<Figure> {
    let text = text.trim_start_matches('\'');
    let len = text
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
        .count();
    let (digits, tail) = text.split_at(len);
    let digits = digits.trim_end_matches(['.', ',']);
    let suffix = match Lower::of(tail).as_str() {
        "" => Suffix::None,
        "st" | "nd" | "rd" | "th" => Suffix::Ordinal,
        "s" | "'s" => Suffix::Plural,
        _ => return None,
    };
    if digits.len() > 9 {
        return None;
    }
    let (whole, point) = digits.split_once('.').unwrap_or((digits, ""));
    let grouped = whole.contains(',');
    let value = if grouped { whole.replace(',', "").parse().ok()? } else { whole.parse().ok()? };
    let mut thousandths = 0;
    for (at, digit) in point.bytes().take(3).enumerate() {
        thousandths +=
            i32::from(digit.checked_sub(b'0').filter(|&digit| digit < 10)?) * [100, 10, 1][at];
    }
    let plain = !grouped && point.is_empty();
    let width = if plain { u8::try_from(whole.len()).ok()? } else { 0 };
    Some(Figure { value, width, suffix, thousandths })
}
