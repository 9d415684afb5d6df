//! Stub.
use super::{Cut, Found};
pub(super) fn documents(_cut: &Cut) -> Vec<Result<Found, String>> {
    Vec::new()
}
