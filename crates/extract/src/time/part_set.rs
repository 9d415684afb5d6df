//! Sets of kinds of parts: what a date names, as bits.
//!
//! Rules on which parts go together are tests of these sets: *not month or season, and no time unless a weekday*.

use std::ops::BitOr;

/// Set of kinds of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartSet(u16);

impl PartSet {
    pub(super) const EMPTY: Self = Self(0);
    pub(super) const YEAR: Self = Self(1);
    pub(super) const MONTH: Self = Self(1 << 1);
    pub(super) const DAY: Self = Self(1 << 2);
    pub(super) const WEEKDAY: Self = Self(1 << 3);
    pub(super) const SEASON: Self = Self(1 << 4);
    pub(super) const NAMED_DAY: Self = Self(1 << 5);
    pub(super) const WHOLE: Self = Self(1 << 6);
    pub(super) const NTH: Self = Self(1 << 7);
    pub(super) const SHIFT: Self = Self(1 << 8);
    pub(super) const WEEKEND: Self = Self(1 << 9);
    pub(super) const CLOCK: Self = Self(1 << 10);
    pub(super) const DAY_PART: Self = Self(1 << 11);
    /// Time of day, as a clock or a part of the day.
    pub(super) const TIME: Self = Self(Self::CLOCK.0 | Self::DAY_PART.0);

    /// Parts with a name that a shift can move: *next Friday*, *last summer*.
    pub(super) const NAMED: Self =
        Self(Self::MONTH.0 | Self::SEASON.0 | Self::NAMED_DAY.0 | Self::WEEKDAY.0);

    /// Returns the set, or the empty one.
    pub(super) fn when(self, is_there: bool) -> Self {
        if is_there { self } else { Self::EMPTY }
    }

    /// Returns true if any of some kinds is in the set.
    pub(super) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Returns the set without some kinds.
    pub(super) fn without(self, kinds: Self) -> Self {
        Self(self.0 & !kinds.0)
    }

    /// Returns the number of some kinds in the set.
    pub(super) fn count(self, kinds: Self) -> u32 {
        (self.0 & kinds.0).count_ones()
    }
}

impl BitOr for PartSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::PartSet as P;

    #[test]
    fn sets_are_tested_by_kind() {
        let set = P::MONTH | P::CLOCK.when(true) | P::YEAR.when(false);
        assert!(set.has(P::TIME) && !set.has(P::YEAR | P::DAY));
        assert_eq!(set.without(P::TIME), P::MONTH);
        assert_eq!(set.count(P::MONTH | P::CLOCK | P::SEASON), 2);
    }
}
