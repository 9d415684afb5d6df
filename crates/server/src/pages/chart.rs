//! Geometry of the SVG charts, which templates draw. Colors come from CSS classes, and every chart has a description in words.

use dateline_core::{Standing, codes::Quad};
use dateline_store::{CalendarUnit, PeriodCount, StateChange};
use jiff::{ToSpan as _, civil::Date};

use super::words;

/// Width of every chart, in SVG units.
const WIDTH: f64 = 720.0;
/// Maximum height of the bars above and below the axis.
const HALF: f64 = 60.0;
/// Height of the score chart.
const SCORES: f64 = 60.0;
/// Maximum number of bars.
const BARS: usize = 60;

/// Events over time: bars of cooperation above the axis and of conflict below, with a line of mean Goldstein scores underneath.
#[derive(Debug)]
pub(crate) struct Activity {
    pub(crate) bars: Vec<Bar>,
    /// Labels of the time axis.
    pub(crate) marks: Vec<Mark>,
    /// Lines of mean scores, as points of polylines; a period without events interrupts the line.
    pub(crate) scores: Vec<String>,
    /// Description of the chart, one sentence.
    pub(crate) about: String,
    pub(crate) unit: &'static str,
}

/// Bar of one period.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) parts: Vec<BarPart>,
    pub(crate) title: String,
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) count: PeriodCount,
}

/// Part of a bar for one quad class.
#[derive(Debug)]
pub(crate) struct BarPart {
    pub(crate) y: String,
    pub(crate) height: String,
    pub(crate) quad: &'static str,
}

/// A label on the time axis.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) x: String,
    pub(crate) text: String,
}

/// Formats a coordinate with one decimal.
fn at(value: f64) -> String {
    format!("{value:.1}")
}

impl Activity {
    /// Draws daily counts up to a date, by the shortest unit that fits the chart. If there are too many months, only the last are shown.
    /// Returns `None` without counts.
    pub(crate) fn of(days: &[PeriodCount], until: Date) -> Option<Self> {
        let first = days.first()?.from;
        let last = days.last()?.from.min(until).max(first);
        let n_days = first.until(last).map_or(0, |span| span.get_days());
        let most = i32::try_from(BARS).unwrap_or(i32::MAX);
        let unit = match n_days {
            n if n < most => CalendarUnit::Day,
            n if n < 7 * (most - 1) => CalendarUnit::Week,
            _ => CalendarUnit::Month,
        };
        // Texts report events of any century, and one long ago must not stretch the chart.
        let earliest = last.checked_sub((most - 1).months()).map_or(first, Date::first_of_month);
        let all = stretches(unit, first.max(earliest), last);
        let counts: Vec<PeriodCount> =
            all.iter().map(|from| sum(days, *from, unit.next(*from))).collect();
        Some(Self::drawn(&counts, unit))
    }

    fn drawn(counts: &[PeriodCount], unit: CalendarUnit) -> Self {
        let cooperation =
            |count: &PeriodCount| count.verbal_cooperation + count.material_cooperation;
        let conflict = |count: &PeriodCount| count.verbal_conflict + count.material_conflict;
        let most = counts.iter().map(|count| cooperation(count).max(conflict(count))).max();
        let scale = HALF / f64::from(most.unwrap_or(1).max(1));
        let step = WIDTH / f64::from(u32::try_from(counts.len().max(1)).unwrap_or(1)).max(12.0);
        let left = |n: usize| f64::from(u32::try_from(n).unwrap_or(0)) * step;
        let bars = counts.iter().enumerate().map(|(n, count)| Bar {
            x: at(left(n) + step * 0.1),
            width: at(step * 0.8),
            parts: parts(count, scale),
            title: format!(
                "{}: {} cooperation, {} conflict",
                named(unit, count),
                cooperation(count),
                conflict(count)
            ),
            from: count.from,
            to: count.to,
            count: *count,
        });
        let bars = bars.collect();
        let mut scores: Vec<Vec<String>> = vec![Vec::new()];
        for (n, count) in counts.iter().enumerate() {
            if count.events == 0 {
                scores.push(Vec::new());
                continue;
            }
            let (x, y) = (left(n) + step / 2.0, SCORES / 2.0 * (1.0 - count.goldstein / 10.0));
            if let Some(line) = scores.last_mut() {
                line.push(format!("{},{}", at(x), at(y)));
            }
        }
        // A single period is drawn as a short line.
        let scores = scores
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| match &line[..] {
                [alone] => {
                    let (x, y) = alone.split_once(',').unwrap_or(("0", "0"));
                    let x: f64 = x.parse().unwrap_or_default();
                    format!("{},{y} {},{y}", at(x - step * 0.3), at(x + step * 0.3))
                }
                _ => line.join(" "),
            })
            .collect();
        let mut marks: Vec<Mark> = Vec::new();
        let mut free = 0.0;
        for (n, count) in counts.iter().enumerate() {
            let x = left(n);
            let is_new = n == 0 || counts[n - 1].from.month() != count.from.month();
            if is_new && x >= free && x < WIDTH - 50.0 {
                marks.push(Mark { x: at(x), text: count.from.strftime("%b %Y").to_string() });
                free = x + 64.0;
            }
        }
        let total: (u32, u32) = counts
            .iter()
            .fold((0, 0), |(up, down), it| (up + cooperation(it), down + conflict(it)));
        let about = match (counts.first(), counts.last()) {
            (Some(first), Some(last)) => format!(
                "Events by {} from {} to {}: {} of cooperation, {} of conflict",
                unit.as_str(),
                words::day(&first.from),
                words::day(&last.to.yesterday().unwrap_or(last.to)),
                total.0,
                total.1
            ),
            _ => String::new(),
        };
        Self { bars, marks, scores, about, unit: unit.as_str() }
    }
}

fn named(unit: CalendarUnit, count: &PeriodCount) -> String {
    match unit {
        CalendarUnit::Day => words::day(&count.from),
        CalendarUnit::Week => format!("week of {}", words::day(&count.from)),
        CalendarUnit::Month => count.from.strftime("%B %Y").to_string(),
    }
}

fn parts(count: &PeriodCount, scale: f64) -> Vec<BarPart> {
    let mut parts = Vec::new();
    for (quads, is_up) in [
        ([(Quad::MaterialCooperation, "mc"), (Quad::VerbalCooperation, "vc")], true),
        ([(Quad::MaterialConflict, "mf"), (Quad::VerbalConflict, "vf")], false),
    ] {
        let mut from = 0.0;
        for (quad, name) in quads {
            let height = f64::from(count.by_quad(quad)) * scale;
            if height > 0.0 {
                let y = if is_up { HALF - from - height } else { HALF + from };
                parts.push(BarPart { y: at(y), height: at(height), quad: name });
            }
            from += height;
        }
    }
    parts
}

/// Returns the first days of the periods between two dates.
fn stretches(unit: CalendarUnit, first: Date, last: Date) -> Vec<Date> {
    let mut all = Vec::new();
    let mut from = unit.first(first);
    while from <= last && all.len() <= BARS {
        all.push(from);
        from = unit.next(from);
    }
    all
}

/// Adds up the counts of a half-open period.
fn sum(days: &[PeriodCount], from: Date, to: Date) -> PeriodCount {
    let mut sum = PeriodCount::empty(from, to);
    let (start, end) =
        (days.partition_point(|day| day.from < from), days.partition_point(|day| day.from < to));
    let mut scores = 0.0;
    for day in &days[start..end.max(start)] {
        sum.events += day.events;
        sum.verbal_cooperation += day.verbal_cooperation;
        sum.material_cooperation += day.material_cooperation;
        sum.verbal_conflict += day.verbal_conflict;
        sum.material_conflict += day.material_conflict;
        scores += day.goldstein * f64::from(day.events);
    }
    sum.goldstein = scores / f64::from(sum.events.max(1));
    sum
}

/// Status of an event over time, as a step line: the more certain, the higher.
#[derive(Debug)]
pub(crate) struct StatusLine {
    pub(crate) steps: Vec<Step>,
    /// SVG path of the line.
    pub(crate) path: String,
    /// Date of the event.
    pub(crate) day: Option<Mark>,
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) about: String,
}

/// A change of status.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) status: &'static str,
    pub(crate) title: String,
    /// Position of the label, if there is room for one.
    pub(crate) word: Option<LabelPosition>,
}

/// Position of a label: height, and the end at the point.
#[derive(Debug)]
pub(crate) struct LabelPosition {
    pub(crate) y: String,
    pub(crate) anchor: &'static str,
}

/// Left ends of the free space above and below the line.
#[derive(Default)]
struct Room {
    above: f64,
    below: f64,
}

impl Room {
    /// Finds room for a label at a point, first on the side the line does not come from.
    fn word(&mut self, x: f64, y: f64, is_lower: bool, status: &str) -> Option<LabelPosition> {
        /// Width of a letter, and of the symbol before the word.
        const LETTER: f64 = 6.0;
        const SIGN: f64 = 16.0;
        let letters = u32::try_from(status.len()).unwrap_or(u32::MAX);
        let width = SIGN + LETTER * f64::from(letters);
        let (anchor, left) = if x < width / 2.0 {
            ("start", x)
        } else if x > WIDTH - width / 2.0 {
            ("end", x - width)
        } else {
            ("middle", x - width / 2.0)
        };
        let is_below = if is_lower { self.below <= left } else { self.above > left };
        let (free, y) =
            if is_below { (&mut self.below, y + 16.0) } else { (&mut self.above, y - 9.0) };
        if *free > left {
            return None;
        }
        *free = left + width;
        Some(LabelPosition { y: at(y), anchor })
    }
}

impl StatusLine {
    /// Draws the changes from the first one to `now`; `from` is the date of the event.
    pub(crate) fn of(changes: &[StateChange], now: Date, from: Option<Date>) -> Option<Self> {
        const LEFT: f64 = 8.0;
        let day = |change: &StateChange| change.day.parse::<Date>().ok();
        let first = changes.iter().find_map(day)?;
        let last = from.map_or(now, |from| from.max(now)).max(first);
        let days =
            |from: Date, to: Date| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        let all = days(first, last).max(1.0);
        let x = |day: Date| LEFT + (WIDTH - 2.0 * LEFT) * (days(first, day) / all).clamp(0.0, 1.0);
        let y = |status: Standing| 112.0 - 18.0 * f64::from(words::height(status));
        let (mut steps, mut path) = (Vec::new(), String::new());
        let (mut room, mut before) = (Room::default(), None);
        for change in changes {
            let Some(day) = day(change) else { continue };
            let (x, y) = (x(day), y(change.status));
            if path.is_empty() {
                path = format!("M{} {}", at(x), at(y));
            } else {
                path = format!("{path}H{}V{}", at(x), at(y));
            }
            steps.push(Step {
                x: at(x),
                y: at(y),
                status: change.status.as_str(),
                title: format!("{}: {}", words::day(&day), change.status),
                // Only changes of status get a label; other changes are in the list.
                word: match before.replace(change.status) {
                    Some(last) if last == change.status => None,
                    last => {
                        let is_lower = last
                            .is_some_and(|last| words::height(last) > words::height(change.status));
                        room.word(x, y, is_lower, change.status.as_str())
                    }
                },
            });
        }
        let path = format!("{path}H{}", at(x(now.max(first))));
        let told: Vec<String> = steps.iter().map(|step| step.title.clone()).collect();
        Some(Self {
            path,
            day: from.map(|from| Mark { x: at(x(from)), text: words::day(&from) }),
            first: words::day(&first),
            last: words::day(&last),
            about: format!("Status over time. {}", told.join("; ")),
            steps,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn count(from: Date, cooperation: u32, conflict: u32, goldstein: f64) -> PeriodCount {
        PeriodCount {
            events: cooperation + conflict,
            verbal_cooperation: cooperation,
            material_conflict: conflict,
            goldstein,
            ..PeriodCount::empty(from, CalendarUnit::Day.next(from))
        }
    }

    #[test]
    fn the_unit_is_the_shortest_that_fits() {
        let days = [count(date(2021, 5, 1), 1, 0, 2.5), count(date(2021, 6, 16), 2, 4, -4.0)];
        let chart = Activity::of(&days, date(2021, 6, 17)).unwrap();
        assert_eq!((chart.unit, chart.bars.len()), ("day", 47));
        let years = [count(date(2020, 1, 1), 1, 0, 2.5), count(date(2021, 6, 16), 2, 4, -4.0)];
        let chart = Activity::of(&years, date(2021, 6, 17)).unwrap();
        assert_eq!(chart.unit, "month");
        assert!(Activity::of(&[], date(2021, 6, 17)).is_none());
    }

    #[test]
    fn cooperation_is_above_the_line_and_conflict_below() {
        let chart = Activity::of(&[count(date(2021, 5, 1), 1, 2, -1.0)], date(2021, 5, 1)).unwrap();
        let places: Vec<(&str, &str)> = chart.bars[0]
            .parts
            .iter()
            .map(|part| (part.y.as_str(), part.height.as_str()))
            .collect();
        assert_eq!(places, [("30.0", "30.0"), ("60.0", "60.0")]);
        assert_eq!(chart.bars[0].title, "1 May 2021: 1 cooperation, 2 conflict");
    }

    #[test]
    fn an_event_long_ago_does_not_stretch_a_chart() {
        let days = [count(date(1066, 10, 14), 0, 1, -10.0), count(date(2021, 5, 1), 1, 0, 2.5)];
        let chart = Activity::of(&days, date(2021, 5, 3)).unwrap();
        assert_eq!((chart.bars.len(), chart.bars[59].count.events), (60, 1));
    }

    #[test]
    fn an_event_far_in_the_future_does_not_stretch_a_chart() {
        let days = [count(date(2021, 5, 1), 1, 0, 2.5), count(date(9000, 1, 1), 1, 0, 2.5)];
        let chart = Activity::of(&days, date(2021, 5, 3)).unwrap();
        assert_eq!(chart.bars.len(), 3);
    }
}
