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
    match cell {
        "certain" => Some(Certainty::Certain),
        "probable" => Some(Certainty::Probable),
        "possible" => Some(Certainty::Possible),
        _ => None,
    }
}

/// A status as the record spells it; `-` is none.
#[expect(clippy::option_option, reason = "outside: the cell reads; inside: it has a status")]
pub(crate) fn status(cell: &str) -> Option<Option<Status>> {
    Some(match cell {
        "-" => None,
        "proposed" => Some(Status::Proposed),
        "expected" => Some(Status::Expected),
        "scheduled" => Some(Status::Scheduled),
        "ongoing" => Some(Status::Ongoing),
        "occurred" => Some(Status::Occurred),
        "postponed" => Some(Status::Postponed),
        "cancelled" => Some(Status::Cancelled),
        "hypothetical" => Some(Status::Hypothetical),
        _ => return None,
    })
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
