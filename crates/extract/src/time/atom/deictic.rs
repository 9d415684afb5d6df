//! Days counted from today: *yesterday*, *tomorrow*, *tonight*, *the weekend*, *the day after tomorrow*, *the day
//! before yesterday*.
//!
//! - fires: *She left yesterday.*
//! - silent: *the day of the vote* (defined by an event)

use dateline_core::calendar::{DayPart, Unit};

use super::stance::{Atom, Stance};
use crate::{
    calendar_words::Sense,
    time::{
        parts::{Parts, Shift, ShiftOrigin, Shifted},
        words::Words,
    },
};

pub(super) fn atom(words: &Words<'_>, at: usize, stance: Stance<'_>) -> Option<Atom> {
    // "the Labor Day 2021 weekend"
    if words.sense(at) == Sense::Unit(Unit::Weekend)
        && stance.is_behind(|parts| parts.named_day.is_some())
    {
        return Some((Parts { weekend: true, ..Parts::default() }, at + 1));
    }
    let day = |by: i8| Parts {
        shift: Some(Shift {
            by: by.into(),
            of: Shifted::Unit(Unit::Day),
            from: ShiftOrigin::Present,
        }),
        ..Parts::default()
    };
    match words.sense(at) {
        Sense::Day(by) => Some((day(by), at + 1)),
        Sense::Tonight => Some((Parts { part: Some(DayPart::Night), ..day(0) }, at + 1)),
        Sense::The if words.sense(at + 1) == Sense::Unit(Unit::Weekend) => {
            let compound = words.mark(at + 2) == b'-';
            (!compound).then_some((Parts { weekend: true, ..Parts::default() }, at + 2))
        }
        Sense::The | Sense::Unit(Unit::Day) => {
            let next = at + usize::from(words.sense(at) == Sense::The);
            (words.sense(next) == Sense::Unit(Unit::Day)).then_some(())?;
            let step = match words.sense(next + 1) {
                Sense::Earlier if words.is(next + 1, "before") => -1,
                Sense::Later if words.is(next + 1, "after") => 1,
                _ => return None,
            };
            match words.sense(next + 2) {
                // Nobody says "the day before today".
                Sense::Day(by) if by == step => Some((day(by + step), next + 3)),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::time::sentence::check;

    #[test]
    fn days_from_today() {
        check("She left yesterday.", &[("yesterday", "2021-05-07")]);
        check("They meet tomorrow.", &[("tomorrow", "2021-05-09")]);
        check("He speaks tonight.", &[("tonight", "2021-05-08TNI")]);
        check("The day after tomorrow they vote.", &[("The day after tomorrow", "2021-05-10")]);
        check("They rest at the weekend.", &[("the weekend", "2021-W18-WE")]);
    }
}
