//! The units time is counted in.

/// A unit of the clock or the calendar, from the shortest to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `S`, behind `T`.
    Second,
    /// `M`, behind `T`.
    Minute,
    /// `H`, behind `T`.
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

    /// The letters of the unit in a TIMEX3 length of time: `P3M`.
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

    /// The single letter TIDES TIMEX2 gives it, where TIMEX3 has two.
    pub(super) fn letter(self) -> Option<&'static str> {
        match self {
            Self::Decade => Some("E"),
            Self::Century => Some("C"),
            Self::Millennium => Some("L"),
            _ => None,
        }
    }

    /// Whether it is shorter than a day: its letters stand behind `T`.
    pub fn is_clock(self) -> bool {
        self <= Self::Hour
    }
}
