//! Web archives (WARC, ISO 28500): pages and feeds as a crawler fetched them, plain or compressed.
//!
//! `members` decompresses a gzip file member by member; `stream` gives the bytes of records, however they are compressed; `field`
//! reads headers, and `http` decodes response bodies.
//!
//! A declared length is trusted only if the record ends properly after that many bytes, and memory is never allocated by it. A
//! damaged record is a problem; the search for the next starts after its header, so a wrong length loses no other record.

mod field;
mod http;
mod members;
mod stream;

use std::io::{self, BufRead};

use self::{
    field::{Kind, by_root, charset, field, kind},
    stream::Stream,
};
use super::{About, Cut, Format, LARGEST, Problem, Take};

/// Maximum size of a header in bytes. A longer one is damage.
const LONGEST_HEAD: usize = 64 << 10;
/// Maximum size of a page in bytes. A longer one is a list or a dump.
const LARGEST_PAGE: usize = 8 << 20;
/// Record types with content.
const WITH_CONTENT: [&str; 3] = ["response", "resource", "conversion"];

/// A record, a problem, or both if what came before the damage can be read; empty for a record without content.
type Pieces = Vec<Result<Cut, Problem>>;

/// Passes on the pages and feeds of a web archive: plain, with a gzip member per record, or compressed as a whole with gzip or zstd.
///
/// If each gzip member holds one record, offsets are those of the members in the file, as in CDX indexes; otherwise those in the
/// decompressed data. Responses other than 200, unsupported media types, and records other than `response`, `resource` and
/// `conversion` are skipped silently.
///
/// # Errors
///
/// If the stream cannot be read. Damage is a problem, not an error.
pub(super) fn records(from: &mut dyn BufRead, take: &mut Take<'_>) -> io::Result<()> {
    let mut stream = Stream::new(from)?;
    loop {
        stream.pass_blank()?;
        if stream.peek(1)?.is_empty() {
            if let Some(why) = stream.take_damage()
                && !take(Err(Problem::at(stream.place(), why)))
            {
                return Ok(());
            }
            if !stream.next_section()? {
                return Ok(());
            }
            continue;
        }
        for piece in record(&mut stream)? {
            if !take(piece) {
                return Ok(());
            }
        }
    }
}

/// Reads the record or other data at the current position, and moves past it.
fn record(stream: &mut Stream<'_>) -> io::Result<Pieces> {
    let at = stream.begin();
    if !stream.peek(5)?.starts_with(b"WARC/") {
        let n = stream.find_record()?;
        let why =
            format!("expected a record that starts with WARC/1.0 or WARC/1.1; skipped {n} bytes");
        return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
    }
    let Some(n) = stream.head(LONGEST_HEAD)? else {
        stream.pass(1);
        stream.find_record()?;
        let why = format!("head of the record does not end within {} KiB", LONGEST_HEAD >> 10);
        return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
    };
    if stream.is_run_together(n) {
        stream.pass(1);
        stream.find_record()?;
        let why = "head of the record is cut off by the next record; get the file again";
        return Ok(vec![Err(Problem::at(at, why))]);
    }
    let head = stream.take(n);
    let length = match length(&head) {
        Ok(length) => length,
        Err(why) => {
            stream.find_record()?;
            return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
        }
    };
    let content = content(&head, length, stream)?;
    let most = content.as_ref().map_or(LARGEST, Content::most);
    let Some(n) = usize::try_from(length).ok().filter(|n| *n <= most) else {
        let passed = stream.find_record()?;
        let why = match content {
            _ if passed < length => Some(wrong(length, passed)),
            Ok(content) if content.kind == Kind::Other => None,
            Ok(_) => Some(format!(
                "record of {length} bytes is too long for an article (at most {} MiB); leave it out",
                most >> 20
            )),
            Err(why) => Some(why),
        };
        let why = stream.take_damage().or(why);
        return Ok(why.map(|why| Err(Problem::at(at, why))).into_iter().collect());
    };
    if !stream.ends_after(n)? {
        let passed = stream.find_record()?;
        let why = stream.take_damage().unwrap_or_else(|| wrong(length, passed));
        return Ok(vec![Err(Problem::at(at, why))]);
    }
    match content {
        Ok(content) if content.kind != Kind::Other => {
            stream.pass(content.http.len());
            let body = stream.take(n - content.http.len());
            Ok(content.cut(at, body))
        }
        Ok(_) => {
            stream.pass(n);
            Ok(Vec::new())
        }
        Err(why) => {
            stream.pass(n);
            Ok(vec![Err(Problem::at(at, why))])
        }
    }
}

fn wrong(length: u64, passed: u64) -> String {
    format!(
        "Content-Length says {length} bytes, but there are {passed} before the next record; get the file again"
    )
}

fn length(head: &[u8]) -> Result<u64, String> {
    let value = field(head, "Content-Length")
        .ok_or("record has no Content-Length, so its length is unknown")?;
    // The parser of the standard library accepts a sign.
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| is_number).ok_or_else(|| {
        format!("Content-Length is `{}`, which is no number of bytes", value.escape_debug())
    })
}

/// Information about the content of a record before it is read.
struct Content {
    kind: Kind,
    about: About,
    /// HTTP response header; empty if there is none.
    http: Vec<u8>,
}

impl Content {
    fn other() -> Self {
        Self { kind: Kind::Other, about: About::default(), http: Vec::new() }
    }

    /// Returns the maximum size of a record with this content.
    fn most(&self) -> usize {
        if self.kind == Kind::As(Format::Html) { LARGEST_PAGE } else { LARGEST }
    }

    /// Returns the record of a body, with a problem if part of it was lost.
    fn cut(self, at: u64, mut body: Vec<u8>) -> Pieces {
        let mut problem = http::decode(&self.http, &mut body, self.most()).err();
        let format = match self.kind {
            Kind::As(format) => Some(format),
            Kind::ByRoot => by_root(&body),
            Kind::Other => None,
        };
        let mut pieces = Vec::new();
        if let Some(format) = format.filter(|_| !body.trim_ascii().is_empty()) {
            if format == Format::Html && body.len() > LARGEST_PAGE {
                problem = problem.or_else(|| Some(http::too_long(LARGEST_PAGE)));
            } else {
                pieces.push(Ok(Cut { at, number: None, format, about: self.about, bytes: body }));
            }
        }
        pieces.extend(problem.map(|why| Err(Problem::at(at, why))));
        pieces
    }
}

/// Reads the headers of a record without consuming it.
fn content(
    head: &[u8],
    length: u64,
    stream: &mut Stream<'_>,
) -> io::Result<Result<Content, String>> {
    let Some(kind_of_record) = field(head, "WARC-Type") else {
        return Ok(Err("record has no WARC-Type, so its content is unknown".to_owned()));
    };
    if !WITH_CONTENT.iter().any(|name| kind_of_record.eq_ignore_ascii_case(name)) || length == 0 {
        return Ok(Ok(Content::other()));
    }
    let own = field(head, "Content-Type");
    let is_http = own.is_none_or(|media| {
        media.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("application/http"))
    });
    let mut http = Vec::new();
    if kind_of_record.eq_ignore_ascii_case("response") {
        // Responses of DNS and FTP servers are not pages.
        if !is_http {
            return Ok(Ok(Content::other()));
        }
        let most = usize::try_from(length).map_or(LONGEST_HEAD, |length| length.min(LONGEST_HEAD));
        let Some(n) = stream.head(most)? else {
            return Ok(Err(
                "the HTTP header of the response does not end, so its content is unknown"
                    .to_owned(),
            ));
        };
        http = stream.peek(n)?[..n].to_vec();
        match http::status(&http) {
            Some(200) => {}
            Some(_) => return Ok(Ok(Content::other())),
            None => return Ok(Err("response without a status, expected HTTP/1.1 200".to_owned())),
        }
    }
    let media = if http.is_empty() { own } else { field(&http, "Content-Type") };
    let url = field(head, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let charset = media.and_then(charset);
    let about = About { url, charset, ..About::default() };
    Ok(Ok(Content { kind: kind(media), about, http }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record as crawlers write it.
    fn response(url: &str, fields: &str, body: &str) -> String {
        let http = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n{body}");
        let n = http.len();
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {n}\r\n\r\n{http}\r\n\r\n"
        )
    }

    fn read(bytes: &[u8]) -> Vec<Result<Cut, Problem>> {
        let mut pieces = Vec::new();
        let mut from = bytes;
        records(&mut from, &mut |piece| {
            pieces.push(piece);
            true
        })
        .unwrap();
        pieces
    }

    /// Returns the bodies of the records, and the reasons of problems after a `!`.
    fn shown(bytes: &[u8]) -> Vec<String> {
        let pieces = read(bytes).into_iter();
        let show = |piece: Result<Cut, Problem>| match piece {
            Ok(cut) => String::from_utf8_lossy(&cut.bytes).into_owned(),
            Err(problem) => format!("!{}", problem.why),
        };
        pieces.map(show).collect()
    }

    #[test]
    fn pages_are_read_with_their_metadata() {
        let page = response(
            "<https://example.org/a>",
            "Content-Type: text/html; charset=utf-8",
            "<p>One.",
        );
        let other = response("https://example.org/b.png", "Content-Type: image/png", "PNG");
        let info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n";
        let text = "WARC/1.1\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nTwo.\r\n\r\n";
        let pieces = read([info, &page, &other, text].concat().as_bytes());
        let cuts: Vec<&Cut> = pieces.iter().map(|piece| piece.as_ref().unwrap()).collect();
        assert_eq!(cuts.len(), 2);
        assert_eq!((cuts[0].at, cuts[0].format), (info.len() as u64, Format::Html));
        assert_eq!(cuts[0].about.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(cuts[0].about.charset.as_deref(), Some("utf-8"));
        assert_eq!((cuts[1].format, cuts[1].bytes.as_slice()), (Format::Text, &b"Two."[..]));
    }

    #[test]
    fn wrong_lengths_lose_no_other_record() {
        let good = response("https://example.org/a", "Content-Type: text/html", "<p>Good.");
        for length in ["0", "-5", "18446744073709551615", "abc", "", "7", "100000"] {
            let n = good.split("Content-Length: ").nth(1).unwrap().split("\r\n").next().unwrap();
            let bad = good.replacen(
                &format!("Content-Length: {n}"),
                &format!("Content-Length: {length}"),
                1,
            );
            let shown = shown([&good, &bad, &good].map(String::as_str).concat().as_bytes());
            let bodies: Vec<_> = shown.iter().filter(|piece| !piece.starts_with('!')).collect();
            assert_eq!(bodies, ["<p>Good.", "<p>Good."], "{length}: {shown:?}");
            assert_eq!(shown.len(), 3, "{length}: {shown:?}");
        }
    }

    #[test]
    fn gzip_members_have_file_offsets() {
        use std::io::Write as _;
        let member = |text: &str| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let page = |body: &str| {
            member(&response("https://example.org/a", "Content-Type: text/html", body))
        };
        let (one, two, three) = (page("<p>One."), page("<p>Two."), page("<p>Three."));
        let whole = [one.clone(), two.clone(), three.clone()].concat();
        let at: Vec<u64> = read(&whole).iter().map(|piece| piece.as_ref().unwrap().at).collect();
        assert_eq!(at, [0, one.len() as u64, (one.len() + two.len()) as u64]);
        // Damage to the second record does not affect the third.
        for at in 0..two.len() {
            let mut damaged = two.clone();
            damaged[at] ^= 0x55;
            let shown = shown(&[one.clone(), damaged, three.clone()].concat());
            assert_eq!(shown.first().map(String::as_str), Some("<p>One."), "{at}");
            assert_eq!(shown.last().map(String::as_str), Some("<p>Three."), "{at}: {shown:?}");
            let cut = shown_cut(&one, &two[..at], &three);
            assert!(cut.contains(&"<p>Three.".to_owned()), "cut at {at}: {cut:?}");
        }
        // Members that start and end anywhere.
        let text = [
            response("u", "Content-Type: text/html", "<p>One."),
            response("u", "Content-Type: text/html", "<p>Two."),
        ]
        .concat();
        for n in [60, 100, 200] {
            let pieces: Vec<u8> = text
                .as_bytes()
                .chunks(n)
                .flat_map(|piece| member(std::str::from_utf8(piece).unwrap()))
                .collect();
            let at: Vec<u64> =
                read(&pieces).iter().map(|piece| piece.as_ref().unwrap().at).collect();
            assert_eq!(at, [0, text.len() as u64 / 2], "{n}");
        }
        // One member for all records.
        let texts: Vec<String> = ["<p>One.", "<p>Two."]
            .map(|body| response("u", "Content-Type: text/html", body))
            .into();
        let at: Vec<u64> =
            read(&member(&texts.concat())).iter().map(|piece| piece.as_ref().unwrap().at).collect();
        assert_eq!(at, [0, texts[0].len() as u64]);
    }

    fn shown_cut(one: &[u8], two: &[u8], three: &[u8]) -> Vec<String> {
        shown(&[one, two, three].concat())
    }

    #[test]
    fn bombs_and_noise_are_refused() {
        use std::io::Write as _;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 300000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n").unwrap();
        for _ in 0..300 {
            encoder.write_all(&vec![0; 1 << 20]).unwrap();
        }
        let shown = shown(&encoder.finish().unwrap());
        assert!(shown.len() == 1 && shown[0].contains("more than 200 times"), "{shown:?}");
        assert!(read(b"WARC/").iter().all(Result::is_err));
        assert!(read(b"").is_empty());
    }
}
