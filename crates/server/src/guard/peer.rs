//! Address of the client: that of the connection, or the one reported by trusted proxies.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::request::Parts;

/// Returns the address of the client. With `proxies` in front, it is that many entries from the right of `X-Forwarded-For`, since
/// clients can forge what is further left. An IPv6 /64 network counts as one address, as providers hand out whole networks.
pub(super) fn of(request: &Parts, peer: IpAddr, proxies: usize) -> IpAddr {
    let mut forwarded: Vec<&str> = Vec::new();
    if proxies > 0 {
        for value in request.headers.get_all("x-forwarded-for") {
            forwarded.extend(value.to_str().unwrap_or_default().split(',').map(str::trim));
        }
    }
    let nth = forwarded.len().checked_sub(proxies);
    let told = nth.filter(|_| proxies > 0).and_then(|nth| forwarded[nth].parse().ok());
    network(told.unwrap_or(peer))
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn check(forwarded: &str, proxies: usize, expected: &str) {
        let request = Request::builder().header("x-forwarded-for", forwarded).body(()).unwrap();
        let peer = IpAddr::from([192, 0, 2, 1]);
        let found = of(&request.into_parts().0, peer, proxies);
        assert_eq!(found.to_string(), expected, "{forwarded}, {proxies}");
    }

    #[test]
    fn only_entries_of_trusted_proxies_count() {
        check("203.0.113.9, 198.51.100.7", 0, "192.0.2.1");
        check("203.0.113.9, 198.51.100.7", 1, "198.51.100.7");
        check("203.0.113.9, 198.51.100.7", 2, "203.0.113.9");
        check("198.51.100.7", 2, "192.0.2.1");
        check("nonsense", 1, "192.0.2.1");
        check("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::");
    }
}
