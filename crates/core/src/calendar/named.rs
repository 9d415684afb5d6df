//! Seasons and parts of the day, with their two-letter TIMEX3 codes.

use std::fmt;

/// A season of the year in the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// `SP`: March to May.
    Spring,
    /// `SU`: June to August.
    Summer,
    /// `FA`: September to November.
    Autumn,
    /// `WI`: December to February. It belongs to the year it starts in.
    Winter,
}

impl Season {
    /// All seasons, in the order of the year.
    pub const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Autumn, Self::Winter];

    /// TIMEX3 code: `SP`, `SU`, `FA`, `WI`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// Returns the season with a TIMEX3 code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.code() == code)
    }

    /// First of the three months of the meteorological season.
    pub fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

impl fmt::Display for Season {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayPart {
    /// `MO`: 6 to 12.
    Morning,
    /// `MI`: 11 to 14.
    Midday,
    /// `AF`: 12 to 18.
    Afternoon,
    /// `EV`: 18 to 24.
    Evening,
    /// `NI`: 20 to 6 of the next day.
    Night,
    /// `DT`: 6 to 18.
    Daytime,
}

impl DayPart {
    /// All parts of the day.
    pub const ALL: [Self; 6] =
        [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night, Self::Daytime];

    /// TIMEX3 code: `MO`, `MI`, `AF`, `EV`, `NI`, `DT`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    /// Returns the part of the day with a TIMEX3 code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// First hour and the hour after the last, counted from the midnight at the start of the day.
    pub(super) fn hours(self) -> (i8, i8) {
        match self {
            Self::Morning => (6, 12),
            Self::Midday => (11, 14),
            Self::Afternoon => (12, 18),
            Self::Evening => (18, 24),
            Self::Night => (20, 30),
            Self::Daytime => (6, 18),
        }
    }
}

impl fmt::Display for DayPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
