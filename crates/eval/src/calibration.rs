//! Calibration: confidence against the share of right answers.

/// Returns the expected calibration error of confidences, each with whether its answer is right: the mean distance between
/// confidence and accuracy over tenths of confidence, from 0 to 1 (Guo and others 2017).
///
/// ```
/// let pairs = [(0.95, true), (0.95, true), (0.95, false), (0.95, true)];
/// assert!((dateline_eval::calibration_error(&pairs) - 0.2).abs() < 1e-9);
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts of answers")]
pub fn calibration_error(sure: &[(f64, bool)]) -> f64 {
    (0..10)
        .map(|tenth| {
            let from = f64::from(tenth) / 10.0;
            let bin: Vec<_> = sure.iter().filter(|(p, _)| *p > from && *p <= from + 0.1).collect();
            let right = bin.iter().filter(|(_, right)| *right).count() as f64;
            (right - bin.iter().map(|(p, _)| p).sum::<f64>()).abs()
        })
        .sum::<f64>()
        / sure.len() as f64
}
