//! Decodes the body of an HTTP response: chunked transfer encoding and compression.
//!
//! Crawlers often decode one or both but keep the header fields, so a body is decoded only if it looks encoded.

use std::io;

use super::{
    super::{
        compressed::{Packing, inflated},
        encoding::is_binary,
    },
    field::field,
};

/// Maximum length of a chunk header in bytes.
const LONGEST_LINE: usize = 1 << 10;

/// Returns the status in the first line of a response, if there is one.
pub(super) fn status(head: &[u8]) -> Option<u16> {
    let line = head.split(|byte| *byte == b'\n').next()?.strip_prefix(b"HTTP/")?;
    std::str::from_utf8(line).ok()?.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// Decodes a body according to its header. If that fails, the body is what came before the damage, or empty.
///
/// # Errors
///
/// If the body is damaged, has an unsupported encoding, or is longer than `most` bytes when decoded.
pub(super) fn decode(head: &[u8], body: &mut Vec<u8>, most: usize) -> Result<(), String> {
    let transfer = field(head, "Transfer-Encoding").unwrap_or_default();
    let chunks = if names(transfer).any(|name| name.eq_ignore_ascii_case("chunked")) {
        join(body)
    } else {
        Ok(())
    };
    // The last encoding was applied last. No server compresses three times.
    let packings = field(head, "Content-Encoding").unwrap_or_default();
    for name in names(packings).rev().take(2) {
        unpack(name, body, most)?;
    }
    chunks
}

fn names(value: &str) -> impl DoubleEndedIterator<Item = &str> {
    value.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Joins chunks in place. A body that does not start with a chunk was already joined.
fn join(body: &mut Vec<u8>) -> Result<(), String> {
    let (mut at, mut written) = (0, 0);
    let joined = loop {
        let Some((size, line)) = size_line(&body[at..]) else {
            if at == 0 {
                return Ok(());
            }
            break Err(format!("chunk at byte {at} of the body does not begin with its length"));
        };
        let start = at + line;
        if size == 0 {
            break Ok(());
        }
        let end = start.saturating_add(size);
        let is_closed = body
            .get(end..)
            .is_some_and(|rest| rest.starts_with(b"\r\n") || rest.starts_with(b"\n"));
        if at == 0 && !is_closed && end < body.len() {
            // A text whose first line happens to be a hexadecimal number, such as `dead`.
            return Ok(());
        }
        let end = end.min(body.len());
        body.copy_within(start..end, written);
        written += end - start;
        if !is_closed {
            break Err(format!(
                "chunk at byte {at} of the body is not as long as it says, {size} bytes"
            ));
        }
        at = end + if body[end] == b'\r' { 2 } else { 1 };
    };
    body.truncate(written);
    joined
}

/// Returns the length of a chunk, and that of its header line.
fn size_line(bytes: &[u8]) -> Option<(usize, usize)> {
    let n = bytes[..bytes.len().min(LONGEST_LINE)].iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..n]).ok()?;
    let digits = line.split(';').next().unwrap_or_default().trim();
    // The parser of the standard library accepts a sign.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some((usize::from_str_radix(digits, 16).ok().filter(|_| is_number)?, n + 1))
}

/// Decompresses in place. A body that is not compressed was already decompressed.
fn unpack(name: &str, body: &mut Vec<u8>, most: usize) -> Result<(), String> {
    let packing = match name.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Packing::of(body).filter(|packing| *packing == Packing::Gzip),
        "deflate" => deflate(body),
        "identity" | "utf-8" => None,
        _ if is_binary(body) => {
            body.clear();
            return Err(format!(
                "page is packed as {name}, which is not read; gzip and deflate are"
            ));
        }
        _ => None,
    };
    let Some(packing) = packing else { return Ok(()) };
    let (text, stopped) = inflated(body, packing, most + 1);
    // Raw deflate has no signature: if its first byte is invalid, the body was text.
    if text.is_empty() && packing == Packing::Deflate {
        return Ok(());
    }
    *body = text;
    if body.len() > most {
        body.clear();
        return Err(too_long(most));
    }
    stopped.map_or(Ok(()), |error| {
        if error.kind() == io::ErrorKind::InvalidData
            && body.len() as u64 > super::super::compressed::UNGUARDED
        {
            body.clear();
        }
        Err(format!("body of the page: {error}"))
    })
}

/// Detects deflate by its zlib header, or raw deflate if the body is not text.
fn deflate(body: &[u8]) -> Option<Packing> {
    match body {
        [first, second, ..]
            if first & 0x0F == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0 =>
        {
            Some(Packing::Zlib)
        }
        _ if is_binary(body) => Some(Packing::Deflate),
        _ => None,
    }
}

/// Error for a page that is too long.
pub(super) fn too_long(most: usize) -> String {
    format!("page of more than {} MiB is too long for an article; leave it out", most >> 20)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };

    use super::*;

    fn check(fields: &str, body: &[u8], text: &[u8], why: &str) {
        let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
        let mut body = body.to_vec();
        let error = decode(head.as_bytes(), &mut body, 1000).err().unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&body), String::from_utf8_lossy(text), "{fields}");
        assert!(error.contains(why) && error.is_empty() == why.is_empty(), "{error}");
    }

    #[test]
    fn the_first_line_gives_the_status() {
        assert_eq!(status(b"HTTP/1.1 200 OK\r\n\r\n"), Some(200));
        assert_eq!(status(b"HTTP/2 404\n"), Some(404));
        assert_eq!(status(b"HTTP/1.1"), None);
        assert_eq!(status(b"<html>"), None);
        assert_eq!(status(b""), None);
    }

    #[test]
    fn chunks_are_joined() {
        let chunked =
            |body: &[u8], text: &[u8], why| check("Transfer-Encoding: chunked", body, text, why);
        chunked(b"5\r\nTalks\r\n9;x=1\r\n resumed.\r\n0\r\n\r\n", b"Talks resumed.", "");
        chunked(b"5\nTalks\n0\n\n", b"Talks", "");
        chunked(b"5\r\nTalks\r\n9\r\n resu", b"Talks resu", "is not as long as it says, 9 bytes");
        chunked(
            b"5\r\nTalks\r\nffffffffffffffff\r\n resumed.",
            b"Talks resumed.",
            "18446744073709551615",
        );
        chunked(b"5\r\nTalks\r\n-9\r\n resumed.", b"Talks", "does not begin with its length");
        chunked(b"5\r\nTalks", b"Talks", "is not as long");
        chunked(b"0\r\n\r\n", b"", "");
    }

    #[test]
    fn joined_bodies_stay_unchanged() {
        let chunked = |body: &[u8]| check("Transfer-Encoding: chunked", body, body, "");
        chunked(b"<html><p>Talks resumed.");
        chunked(b"2\r\nTalks resumed.");
        chunked(b"");
    }

    #[test]
    fn compressed_bodies_are_decompressed() {
        let text = b"Talks resumed.";
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(text).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(text).unwrap();
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(text).unwrap();
        check("Content-Encoding: gzip", &gzip, text, "");
        check("content-encoding: deflate", &zlib.finish().unwrap(), text, "");
        check("Content-Encoding: deflate", &deflate.finish().unwrap(), text, "");
        check("Content-Encoding: gzip", text, text, "");
        check("Content-Encoding: deflate", text, text, "");
        check("Content-Encoding: br", text, text, "");
        check("Content-Encoding: br", b"\x0B\x02\x80\x01\x02\x03\x04\x05", b"", "packed as br");
        check("Content-Encoding: gzip", &gzip[..gzip.len() - 2], text, "gzip data ends too early");
        let chunked =
            [format!("{:x}\r\n", gzip.len()).as_bytes(), &gzip, b"\r\n0\r\n\r\n"].concat();
        check("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", &chunked, text, "");
    }

    #[test]
    fn oversized_bodies_are_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&[b' '; 1001]).unwrap();
        check("Content-Encoding: gzip", &gzip.finish().unwrap(), b"", "is too long for an article");
    }
}
