//! The body of a request: as large as it may be, and no slower than it has to be.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::StatusCode,
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::{sync::OwnedSemaphorePermit, time};

use crate::{Shared, problem::Problem};

/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_mins(1);

/// A body, and its place among those that are held at once.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) bytes: Bytes,
    _place: OwnedSemaphorePermit,
}

/// Reads a body whole, once there is a place for it.
///
/// # Errors
///
/// If it is larger than it may be, takes too long, or breaks off, or if too many others are held.
pub(crate) async fn read(app: &Shared, body: Body) -> Result<Held, Problem> {
    let most = app.settings.body;
    let waiting = time::timeout(app.settings.deadline, Arc::clone(&app.bodies).acquire_owned());
    let Ok(place) = waiting.await else {
        return Err(Problem::busy("too many documents come in at once; try again"));
    };
    let place = place.map_err(|closed| Problem::internal(&closed))?;
    let read = time::timeout(PATIENCE, Limited::new(body, most).collect()).await;
    match read {
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            format!("the body took longer than {} s; send it in parts", PATIENCE.as_secs()),
        )),
        Ok(Ok(body)) => Ok(Held { bytes: body.to_bytes(), _place: place }),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is larger than {most} bytes; send it in parts"),
        )),
        Ok(Err(error)) => {
            Err(Problem::new(StatusCode::BAD_REQUEST, format!("the body broke off: {error}")))
        }
    }
}
