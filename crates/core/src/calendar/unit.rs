//! Units of time.

/// A unit of the clock or the calendar, with its letters in a TIMEX3 duration.
///
/// Units order from the shortest to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `S`, after `T`.
    Second,
    /// `M`, after `T`.
    Minute,
    /// `H`, after `T`.
    Hour,
    /// `D`.
    Day,
    /// `WE`.
    Weekend,
    /// `W`.
    Week,
    /// `M`.
    Month,
    /// `Q`.
    Quarter,
    /// `Y`.
    Year,
    /// `DE`.
    Decade,
    /// `CE`.
    Century,
    /// `ML`.
    Millennium,
}

impl Unit {
    /// All units, from the shortest to the longest.
    pub const ALL: [Self; 12] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Millennium,
    ];

    /// Letters of the unit in a TIMEX3 duration: the `M` of `P3M`.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute | Self::Month => "M",
            Self::Hour => "H",
            Self::Day => "D",
            Self::Weekend => "WE",
            Self::Week => "W",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Millennium => "ML",
        }
    }

    /// Single letter in TIDES TIMEX2, for units with two letters in TIMEX3.
    pub(super) fn letter(self) -> Option<&'static str> {
        match self {
            Self::Decade => Some("E"),
            Self::Century => Some("C"),
            Self::Millennium => Some("L"),
            _ => None,
        }
    }

    /// Returns true for units shorter than a day, whose letters follow `T`.
    pub fn is_clock(self) -> bool {
        self <= Self::Hour
    }
}
