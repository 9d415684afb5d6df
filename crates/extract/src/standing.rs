//! The cells of word lists that say what a word makes of an act: its polarity, its certainty, its status.

use dateline_core::{Certainty, Polarity, Status};

/// `+` or `-`.
pub(crate) fn polarity(cell: &str) -> Option<Polarity> {
    match cell {
        "+" => Some(Polarity::Positive),
        "-" => Some(Polarity::Negative),
        _ => None,
    }
}

/// `certain`, `probable` or `possible`.
pub(crate) fn certainty(cell: &str) -> Option<Certainty> {
    cell.parse().ok()
}

/// A status as the record spells it; `-` is none.
#[expect(clippy::option_option, reason = "outside: the cell reads; inside: it has a status")]
pub(crate) fn status(cell: &str) -> Option<Option<Status>> {
    if cell == "-" { Some(None) } else { cell.parse().ok().map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_or_are_refused() {
        assert_eq!(status("-"), Some(None));
        assert_eq!(status("cancelled"), Some(Some(Status::Cancelled)));
        assert_eq!((status("later"), polarity("?"), certainty("sure")), (None, None, None));
    }
}
