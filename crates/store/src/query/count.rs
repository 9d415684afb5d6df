//! How many events there were in each day, week or month, by how the parties dealt with each other.

use dateline_core::codes::{PloverType, Quad};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::{params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    StoreError,
    error::{Failure, Result, Trying as _},
    event::refresh::{label, moment},
    ledger::Ledger,
    query::{
        filter::{self, Conditions, Filter},
        list,
    },
};

/// The stretches events are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months.
    Month,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: &'static [Self] = &[Self::Day, Self::Week, Self::Month];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the stretch a day lies in.
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

    /// The first day of the next stretch, from the first of one.
    pub fn next(self, first: Date) -> Date {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        };
        first.checked_add(span).unwrap_or(Date::MAX)
    }
}

/// The events of a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Count {
    /// The first day.
    #[schemars(with = "String")]
    pub from: Date,
    /// The first day after.
    #[schemars(with = "String")]
    pub to: Date,
    /// Events listed under these days.
    pub events: u32,
    /// Those that are verbal cooperation.
    pub verbal_cooperation: u32,
    /// Those that are material cooperation.
    pub material_cooperation: u32,
    /// Those that are verbal conflict.
    pub verbal_conflict: u32,
    /// Those that are material conflict.
    pub material_conflict: u32,
    /// The mean of the scores of their PLOVER types on the scale of Goldstein, from -10 (conflict) to +10 (cooperation).
    pub goldstein: f64,
}

impl Ledger {
    /// Counts the events of a timeline by stretches of days, the first first; stretches without any are left out. An event is
    /// counted on the day it is listed under, whatever its length.
    ///
    /// # Errors
    ///
    /// As for [`Ledger::timeline`].
    pub fn counts(
        &self,
        filter: &Filter,
        unit: Unit,
    ) -> std::result::Result<Vec<Count>, StoreError> {
        let count = || -> Result<Vec<Count>> {
            let (sql, conditions) = counting(self, filter)?;
            let mut select = self.db.prepare_cached(&sql)?;
            let mut rows = select.query(params_from_iter(&conditions.values))?;
            let mut counts: Vec<Count> = Vec::new();
            while let Some(row) = rows.next()? {
                let at = moment(row.get_ref(0)?.as_str()?)?.date();
                let first = unit.first(at);
                let kind: PloverType = label(row.get_ref(1)?.as_str()?)?;
                let n: u32 = row.get(2)?;
                match counts.last_mut() {
                    Some(last) if last.from == first => last.add(kind, n),
                    _ => {
                        let mut count = Count::none(first, unit.next(first));
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

/// The query that counts by days and types.
fn counting(ledger: &Ledger, filter: &Filter) -> Result<(String, Conditions)> {
    let db = &ledger.db;
    // What somebody did lies together in an index of its own, as it stands by all reports.
    let is_of_one = Filter { actor: None, kind: None, since: None, until: None, ..filter.clone() }
        == Filter::default();
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
    let conditions = list::conditions(db, filter, ledger.day(filter.as_of)?)?;
    let sql = format!(
        "SELECT state.at, state.type, count(*) FROM state{} GROUP BY 1, 2 ORDER BY 1",
        conditions.sql()
    );
    Ok((sql, conditions))
}

impl Count {
    /// A stretch without events.
    pub fn none(from: Date, to: Date) -> Self {
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

    /// Events of a quad class.
    pub fn of(&self, quad: Quad) -> u32 {
        match quad {
            Quad::VerbalCooperation => self.verbal_cooperation,
            Quad::MaterialCooperation => self.material_cooperation,
            Quad::VerbalConflict => self.verbal_conflict,
            Quad::MaterialConflict => self.material_conflict,
        }
    }

    /// Until all are counted, `goldstein` holds the sum.
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

/// The mean to hundredths, which is as exact as a scale of single points can be.
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
    fn a_day_lies_in_its_week_and_month() {
        let wednesday = date(2021, 6, 16);
        assert_eq!(Unit::Week.first(wednesday), date(2021, 6, 14));
        assert_eq!(Unit::Week.next(date(2021, 6, 14)), date(2021, 6, 21));
        assert_eq!(Unit::Month.first(wednesday), date(2021, 6, 1));
        assert_eq!(Unit::Month.next(date(2021, 12, 1)), date(2022, 1, 1));
    }
}
