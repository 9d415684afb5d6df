//! Cross-validation of models that serve several readers.

/// A cross-validation: every part of the data is predicted by a model trained on the other parts, as each of the readers reads them.
#[derive(Debug)]
pub struct CrossValidation<'r, R> {
    /// Number of parts, at least 2.
    pub n_parts: usize,
    /// The readers whose trees the models are trained on.
    pub readers: &'r [R],
}

/// Weight of one reading of an example that several readers read, so that all readings together weigh as much as one alone.
#[expect(clippy::cast_precision_loss, reason = "there are few readers")]
pub(crate) fn share(n_readers: usize) -> f32 {
    1.0 / n_readers.max(1) as f32
}
