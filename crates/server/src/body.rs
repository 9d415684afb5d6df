//! Request bodies, read whole within limits of size, time and number.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::{sync::OwnedSemaphorePermit, time};

use crate::{Shared, problem::Problem};

/// Maximum time for a body to arrive.
const PATIENCE: Duration = Duration::from_mins(1);

/// A body and its permit to take memory.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) bytes: Bytes,
    _permit: OwnedSemaphorePermit,
}

/// Reads a body whole, once there is room for it.
///
/// # Errors
///
/// If the body is too large, takes too long or breaks off, or if too many others are being read.
pub(crate) async fn read(app: &Shared, body: Body) -> Result<Held, Problem> {
    let most = app.settings.body;
    let waiting = time::timeout(app.settings.deadline, Arc::clone(&app.bodies).acquire_owned());
    let Ok(permit) = waiting.await else {
        return Err(Problem::busy("too many documents are being posted; try again in a second"));
    };
    let permit = permit.map_err(|closed| Problem::internal(&closed))?;
    let read = time::timeout(PATIENCE, Limited::new(body, most).collect()).await;
    match read {
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            format!(
                "the body took longer than {} s to arrive; send it in several requests",
                PATIENCE.as_secs()
            ),
        )),
        Ok(Ok(body)) => Ok(Held { bytes: body.to_bytes(), _permit: permit }),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is larger than {most} bytes; send it in several requests"),
        )),
        Ok(Err(error)) => {
            Err(Problem::new(StatusCode::BAD_REQUEST, format!("the body broke off: {error}")))
        }
    }
}
