//! Values as the columns of the tables spell them.

use std::str::FromStr;

use dateline_core::{Moment, MomentError};

use crate::error::{Failure, Result};

/// Reads a member of a closed list, such as a status.
pub(crate) fn label<T: FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Failure::damaged(format!("read `{text}` where a label was expected")))
}

/// Reads a day or a minute.
pub(crate) fn moment(text: &str) -> Result<Moment> {
    text.parse().map_err(|error: MomentError| Failure::damaged(error.to_string()))
}
