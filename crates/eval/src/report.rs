//! The result of one evaluation: named figures, and lines with the differences behind them.

use std::fmt;

use crate::Score;

/// A named measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name, unique within its report, as in `triple_f1`.
    pub name: String,
    /// Value, in the figure's own unit.
    pub value: f64,
    /// Unit of the value.
    pub unit: Unit,
}

/// Unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Percent, printed with two decimals.
    Percent,
    /// Percent rounded to tenths, printed with one decimal.
    Tenths,
    /// A number near 1, such as a correlation or a mean error, printed with four decimals.
    Ratio,
}

impl Unit {
    /// One percentage point in this unit.
    pub fn point(self) -> f64 {
        match self {
            Self::Percent | Self::Tenths => 1.0,
            Self::Ratio => 0.01,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = match self.unit {
            Unit::Percent => 2,
            Unit::Tenths => 1,
            Unit::Ratio => 4,
        };
        write!(f, "{} {:.decimals$}", self.name, self.value)
    }
}

/// The result of one evaluation.
///
/// ```
/// use dateline_eval::{Report, Score};
/// let mut report = Report::default();
/// report.score("triple", "triple_f1", Score { right: 6, found: 8, expected: 12 });
/// assert_eq!(report.figures[2].to_string(), "triple_f1 60.00");
/// assert_eq!(report.value("triple_recall"), Some(50.0));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Figures in the order they are printed.
    pub figures: Vec<Figure>,
    /// Counts behind the figures, one line each.
    pub details: Vec<String>,
    /// Disagreements between the annotation and the output, one line each.
    pub differences: Vec<String>,
    /// Output in the layout of the data, one JSON value a line.
    pub predictions: Vec<String>,
}

impl Report {
    /// Adds a figure in percent.
    pub fn percent(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push(Figure { name: name.into(), value, unit: Unit::Percent });
    }

    /// Adds a figure in percent, rounded to tenths.
    pub fn tenths(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push(Figure { name: name.into(), value: tenths(value), unit: Unit::Tenths });
    }

    /// Adds a figure with four decimals.
    pub fn ratio(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push(Figure { name: name.into(), value, unit: Unit::Ratio });
    }

    /// Adds `PREFIX_precision` and `PREFIX_recall`, and F1 under a name of its own.
    pub fn score(&mut self, prefix: &str, f1: &str, score: Score) {
        self.percent(format!("{prefix}_precision"), score.precision());
        self.percent(format!("{prefix}_recall"), score.recall());
        self.percent(f1, score.f1());
    }

    /// The value of a figure, if the report has it.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|figure| figure.name == name).map(|figure| figure.value)
    }
}

/// A value rounded to tenths as it is printed.
pub(crate) fn tenths(value: f64) -> f64 {
    format!("{value:.1}").parse().expect("a printed number is a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_has_its_decimals() {
        let mut report = Report::default();
        report.percent("a", 12.345);
        report.tenths("b", 12.367);
        report.ratio("c", 0.123_45);
        let lines: Vec<String> = report.figures.iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["a 12.35", "b 12.4", "c 0.1235"]);
        assert_eq!(report.value("b"), Some(12.4));
    }
}
