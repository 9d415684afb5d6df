//! The body of a request: as large as it may be, and no slower than it has to be.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time;

use crate::problem::Problem;

/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_mins(1);

/// Reads a body whole.
///
/// # Errors
///
/// If it is larger than `most` bytes, takes too long, or breaks off.
pub(crate) async fn read(body: Body, most: usize) -> Result<Bytes, Problem> {
    let read = time::timeout(PATIENCE, Limited::new(body, most).collect()).await;
    match read {
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            format!("the body took longer than {} s; send it in parts", PATIENCE.as_secs()),
        )),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is larger than {most} bytes; send it in parts"),
        )),
        Ok(Err(error)) => {
            Err(Problem::new(StatusCode::BAD_REQUEST, format!("the body broke off: {error}")))
        }
    }
}
