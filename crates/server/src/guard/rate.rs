//! Rate limit per client address (governor's leaky bucket, one entry per address).

use std::{net::IpAddr, num::NonZeroU32};

use axum::http::StatusCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// Limit of requests per address; none if `None`.
#[derive(Debug)]
pub(crate) struct Rate(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl Rate {
    /// Allows a number of requests per second on average, and bursts twice as large.
    pub(crate) fn new(a_second: Option<NonZeroU32>) -> Self {
        Self(a_second.map(|a_second| {
            let at_once = a_second.saturating_mul(NonZeroU32::MIN.saturating_add(1));
            RateLimiter::keyed(Quota::per_second(a_second).allow_burst(at_once))
        }))
    }

    /// Counts a request of an address.
    ///
    /// # Errors
    ///
    /// If the address has to wait.
    pub(super) fn check(&self, address: IpAddr) -> Result<(), Problem> {
        match &self.0 {
            Some(limiter) if limiter.check_key(&address).is_err() => Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests from this address; wait a second",
            )),
            _ => Ok(()),
        }
    }

    /// Forgets idle addresses.
    pub(crate) fn forget(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_waits_and_others_do_not() {
        let rate = Rate::new(NonZeroU32::new(1));
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let let_in = (0..10).filter(|_| rate.check(one).is_ok()).count();
        assert!((2..=3).contains(&let_in), "{let_in}");
        assert!(rate.check(other).is_ok());
        assert!(Rate::new(None).check(one).is_ok());
    }
}
