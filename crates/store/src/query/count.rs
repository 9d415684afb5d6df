//! Numbers of events in each day, week or month, by quad class.

use dateline_core::codes::{PloverType, Quad};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::{params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    column::{label, moment},
    error::{Failure, Result, StoreError, Trying as _},
    ledger::Ledger,
    query::{
        filter::{self, Conditions, EventFilter},
        timeline,
    },
};

/// Length of the periods events are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarUnit {
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months.
    Month,
}

impl CalendarUnit {
    /// All units, the shortest first.
    pub const ALL: &'static [Self] = &[Self::Day, Self::Week, Self::Month];

    /// Name of the unit, such as `week`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// Returns the first day of the period that contains a day.
    pub fn first(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let back = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(back.days()).unwrap_or(Date::MIN)
            }
            Self::Month => day.first_of_month(),
        }
    }

    /// Returns the first day of the next period, given the first day of one.
    pub fn next(self, first: Date) -> Date {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        };
        first.checked_add(span).unwrap_or(Date::MAX)
    }
}

/// Numbers of events in a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Count")]
pub struct PeriodCount {
    /// First day of the period.
    #[schemars(with = "String")]
    pub from: Date,
    /// First day after the period.
    #[schemars(with = "String")]
    pub to: Date,
    /// Number of events listed under these days.
    pub events: u32,
    /// Number of events of verbal cooperation.
    pub verbal_cooperation: u32,
    /// Number of events of material cooperation.
    pub material_cooperation: u32,
    /// Number of events of verbal conflict.
    pub verbal_conflict: u32,
    /// Number of events of material conflict.
    pub material_conflict: u32,
    /// Mean score of the events' PLOVER types on the Goldstein scale, from -10 (conflict) to +10 (cooperation), to hundredths.
    pub goldstein: f64,
}

impl Ledger {
    /// Counts the events of a timeline by period, the earliest first. Periods without events are left out. An event is counted once,
    /// in the period of the day it is listed under. The `limit` and `after` of the filter are ignored.
    ///
    /// ```
    /// use std::path::Path;
    /// use dateline_store::{CalendarUnit, EventFilter, Ledger};
    ///
    /// # fn main() -> Result<(), dateline_store::StoreError> {
    /// let ledger = Ledger::open(Path::new("tests/data/schema-5.db"))?;
    /// let months = ledger.count_events(&EventFilter::new(), CalendarUnit::Month)?;
    /// assert!(months.iter().all(|month| month.events > 0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Ledger::timeline`].
    pub fn count_events(
        &self,
        filter: &EventFilter,
        unit: CalendarUnit,
    ) -> std::result::Result<Vec<PeriodCount>, StoreError> {
        let count = || -> Result<Vec<PeriodCount>> {
            let (sql, conditions) = counting(self, filter)?;
            let mut select = self.db.prepare_cached(&sql)?;
            let mut rows = select.query(params_from_iter(&conditions.values))?;
            let mut counts: Vec<PeriodCount> = Vec::new();
            while let Some(row) = rows.next()? {
                let at = moment(row.get_ref(0)?.as_str()?)?.date();
                let first = unit.first(at);
                let kind: PloverType = label(row.get_ref(1)?.as_str()?)?;
                let n: u32 = row.get(2)?;
                match counts.last_mut() {
                    Some(last) if last.from == first => last.add(kind, n),
                    _ => {
                        let mut count = PeriodCount::empty(first, unit.next(first));
                        count.add(kind, n);
                        counts.push(count);
                    }
                }
            }
            for count in &mut counts {
                count.goldstein = mean(count.goldstein, count.events);
            }
            Ok(counts)
        };
        count().trying("count events")
    }
}

/// Returns the query that counts by day and type.
fn counting(ledger: &Ledger, filter: &EventFilter) -> Result<(String, Conditions)> {
    let db = &ledger.db;
    // The events of one actor, as of today, are one range of an index.
    let is_of_one =
        EventFilter { actor: None, kind: None, since: None, until: None, ..filter.clone() }
            == EventFilter::default();
    if let Some(actor) = filter.actor.as_ref().filter(|_| is_of_one) {
        let actors = filter::actors(db, actor)?;
        if let [actor] = actors[..] {
            let mut conditions = Conditions::default();
            conditions.add("actor = ?", [Value::from(actor)]);
            if let Some(kind) = filter.kind {
                conditions.add("type = ?", [Value::from(kind.as_str().to_owned())]);
            }
            if let Some(since) = filter.since {
                conditions.add("at >= ?", [Value::from(since.to_string())]);
            }
            if let Some(until) = filter.until {
                conditions.add("at < ?", [Value::from(until.to_string())]);
            }
            let sql = format!(
                "SELECT at, type, count(*) FROM party{} GROUP BY 1, 2 ORDER BY 1",
                conditions.sql()
            );
            return Ok((sql, conditions));
        }
    }
    let conditions = timeline::conditions(db, filter, ledger.day(filter.as_of)?)?;
    let sql = format!(
        "SELECT state.at, state.type, count(*) FROM state{} GROUP BY 1, 2 ORDER BY 1",
        conditions.sql()
    );
    Ok((sql, conditions))
}

impl PeriodCount {
    /// Returns a period without events.
    pub fn empty(from: Date, to: Date) -> Self {
        Self {
            from,
            to,
            events: 0,
            verbal_cooperation: 0,
            material_cooperation: 0,
            verbal_conflict: 0,
            material_conflict: 0,
            goldstein: 0.0,
        }
    }

    /// Number of events of a quad class.
    pub fn by_quad(&self, quad: Quad) -> u32 {
        match quad {
            Quad::VerbalCooperation => self.verbal_cooperation,
            Quad::MaterialCooperation => self.material_cooperation,
            Quad::VerbalConflict => self.verbal_conflict,
            Quad::MaterialConflict => self.material_conflict,
        }
    }

    /// Adds `n` events of a type. Until all are counted, `goldstein` holds the sum.
    fn add(&mut self, kind: PloverType, n: u32) {
        self.events += n;
        *match kind.quad() {
            Quad::VerbalCooperation => &mut self.verbal_cooperation,
            Quad::MaterialCooperation => &mut self.material_cooperation,
            Quad::VerbalConflict => &mut self.verbal_conflict,
            Quad::MaterialConflict => &mut self.material_conflict,
        } += n;
        self.goldstein += kind.score() * f64::from(n);
    }
}

/// Returns the mean to hundredths, which is as precise as the scale allows.
fn mean(sum: f64, n: u32) -> f64 {
    (100.0 * sum / f64::from(n.max(1))).round() / 100.0
}

impl From<rusqlite::types::FromSqlError> for Failure {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_belongs_to_its_week_and_month() {
        let wednesday = date(2021, 6, 16);
        assert_eq!(CalendarUnit::Week.first(wednesday), date(2021, 6, 14));
        assert_eq!(CalendarUnit::Week.next(date(2021, 6, 14)), date(2021, 6, 21));
        assert_eq!(CalendarUnit::Month.first(wednesday), date(2021, 6, 1));
        assert_eq!(CalendarUnit::Month.next(date(2021, 12, 1)), date(2022, 1, 1));
    }
}
