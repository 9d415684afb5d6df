//! Web archives, ISO 28500: pages and feeds as a crawler fetched them, plain or packed, one record after the other.
//!
//! `members` unpacks a gzip file member by member; `stream` is the bytes of the records, whatever they are packed in; `field`
//! reads heads, and `http` undoes what servers do to a body.
//!
//! A length is believed when the record ends as it should behind so many bytes, and is never allocated by. A record that is
//! damaged is a problem, and the next is looked for behind its head, so that a wrong length loses no other record.

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

/// A head of more bytes than this is damage.
const LONGEST_HEAD: usize = 64 << 10;
/// A page of more bytes than this is a list or a dump, and no article.
const LARGEST_PAGE: usize = 8 << 20;
/// Types of records that have content.
const WITH_CONTENT: [&str; 3] = ["response", "resource", "conversion"];

/// A record, why it is none, or both where what came before damage can be read; empty if there is nothing to read in it.
type Pieces = Vec<Result<Cut, Problem>>;

/// Hands on the pages and feeds of a web archive: plain, of a gzip member per record, or packed whole by gzip or zstd.
///
/// Where each member of gzip holds a record, places are those of the members in the file, as indexes of web archives count
/// them; otherwise those of the records in what the file unpacks to. Responses other than 200 and media types we do not read
/// are passed over in silence, and so are all records but those of `response`, `resource` and `conversion`.
///
/// # Errors
///
/// If the stream cannot be read; damage is a problem and no error.
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

/// Reads what begins here, a record or not, and stands behind it.
fn record(stream: &mut Stream<'_>) -> io::Result<Pieces> {
    let at = stream.begin();
    if !stream.peek(5)?.starts_with(b"WARC/") {
        let n = stream.find_record()?;
        let why = format!("no record begins here, which would say WARC/1.0 or WARC/1.1; passed over {n} bytes");
        return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
    }
    let Some(n) = stream.head(LONGEST_HEAD)? else {
        stream.find_record()?;
        let why = format!("head of the record does not end within {} KiB", LONGEST_HEAD >> 10);
        return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
    };
    let head = stream.take(n);
    let length = match length(&head) {
        Ok(length) => length,
        Err(why) => {
            stream.find_record()?;
            return Ok(vec![Err(Problem::at(at, stream.take_damage().unwrap_or(why)))]);
        }
    };
    let content = content(&head, length, stream)?;
    let most = content.as_ref().map_or(LARGEST, |content| content.most());
    let Some(n) = usize::try_from(length).ok().filter(|n| *n <= most) else {
        let passed = stream.find_record()?;
        let why = if passed < length {
            Some(wrong(length, passed))
        } else {
            content.ok().filter(|content| content.kind != Kind::Other).map(|_| format!("record of {length} bytes is no article, which are of up to {} MiB; leave it out", most >> 20))
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
    format!("Content-Length says {length} bytes, but there are {passed} before the next record; get the file again")
}

fn length(head: &[u8]) -> Result<u64, String> {
    let value = field(head, "Content-Length").ok_or("record has no Content-Length, which says how long it is")?;
    // The parser of the standard library would take a sign.
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    value
        .parse()
        .ok()
        .filter(|_| is_number)
        .ok_or_else(|| format!("Content-Length is `{}`, which is no number of bytes", value.escape_debug()))
}

/// What is known of a record's content before it is read.
struct Content {
    kind: Kind,
    about: About,
    /// The head of the HTTP response in front of it, empty where there is none.
    http: Vec<u8>,
}

/// What the heads say of a record's content, or why it cannot be read. Nothing is passed.
fn content(head: &[u8], length: u64, stream: &mut Stream<'_>) -> io::Result<Result<Content, String>> {
    let mut content = Content { kind: Kind::Other, about: About::default(), http: Vec::new() };
    let is_type = |name: &&str| field(head, "WARC-Type").is_some_and(|value| value.eq_ignore_ascii_case(name));
    if field(head, "WARC-Type").is_none() {
        return Ok(Err("record has no WARC-Type, which says what it holds".to_owned()));
    }
    if !WITH_CONTENT.iter().any(|name| is_type(name)) {
        return Ok(Ok(content));
    }
    let mut media = field(head, "Content-Type");
    let is_http = media.is_none_or(|media| media.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("application/http")));
    let mut http = Vec::new();
    if is_type(&"response") {
        // Answers of name servers and of FTP are no pages.
        if !is_http {
            return Ok(Ok(content));
        }
        let most = usize::try_from(length).map_or(LONGEST_HEAD, |length| length.min(LONGEST_HEAD));
        let n = stream.head(most)?;
        if http::status(&stream.peek(0)?[..]).is_none() {}
        let _ = n;
        media = None;
    }
    content.kind = kind(media);
    content.http = std::mem::take(&mut http);
    Ok(Ok(content))
}
