//! Paths and addresses that exist on one machine only, which no file may contain.

use std::path::Path;

use super::Findings;

/// Reports home directories and addresses of a local machine.
pub(super) fn check(name: &Path, text: &str, findings: &mut Findings) {
    const PLACES: [&str; 4] = ["/home/", "/Users/", "localhost:", "127.0.0.1"];
    // The default address of `dateline serve`, any free port, and a port that a program chooses.
    const ALLOWED: [&str; 3] = ["127.0.0.1:8642", "127.0.0.1:0\"", "(\"127.0.0.1\", "];
    for (number, line) in text.lines().enumerate() {
        let line = ALLOWED.iter().fold(line.to_owned(), |line, allowed| line.replace(allowed, ""));
        if let Some(place) = PLACES.iter().find(|place| names_place(&line, place)) {
            findings.add(name, number + 1, format!("names a place on one machine (`{place}`); use a relative path or an example address"));
        }
    }
}

/// Tests for a place that is not part of a URL such as `example.org/home/x`.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| !(before.is_alphanumeric() || ".-_~/".contains(before)))
    })
}

#[cfg(test)]
mod tests {
    use super::names_place;

    #[test]
    fn a_url_is_no_place_on_a_machine() {
        assert!(names_place("see /home/me/x", "/home/"));
        assert!(!names_place("https://example.org/home/x", "/home/"));
    }
}
