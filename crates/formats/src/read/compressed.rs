//! Decompresses gzip and zstd streams piece by piece, and rejects decompression bombs.

use std::{
    cell::Cell,
    error::Error,
    fmt,
    io::{self, BufRead, Read},
    rc::Rc,
};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Maximum number of layers. Some files are compressed twice by mistake; three layers are a bomb.
const LAYERS: usize = 2;
/// Maximum ratio of decompressed to compressed size. Text has a ratio of about 10, a list of zeros of 1000.
pub(crate) const RATIO: u64 = 200;
/// Decompressed bytes before the ratio is checked: a short text may consist of one repeated line.
pub(crate) const UNGUARDED: u64 = 4 << 20;
/// Bytes decompressed at a time.
const PIECE: usize = 64 << 10;
/// Maximum zstd window, as a power of two: the default of `zstd --long`, 128 MiB.
const ZSTD_WINDOW: u32 = 27;

/// Decompresses a stream by gzip or zstd, up to two layers, detected by the first bytes of each; passes on any other stream
/// unchanged. Consecutive gzip members or zstd frames are read as one.
///
/// After all data that could be read, the returned stream fails with [`io::ErrorKind::UnexpectedEof`] if the compressed data ends
/// too early, or with [`io::ErrorKind::InvalidData`] if it is damaged or decompresses to more than 200 times its size.
///
/// # Errors
///
/// If the first bytes cannot be read or decompressed.
pub(crate) fn unpacked<'r>(from: Box<dyn BufRead + 'r>) -> io::Result<Box<dyn BufRead + 'r>> {
    let came = Rc::new(Cell::new(0));
    let mut from: Box<dyn BufRead + 'r> = Box::new(Counted { from, came: Rc::clone(&came) });
    for _ in 0..LAYERS {
        // A pipe may return its first bytes one at a time; the bytes taken for detection are put back in front.
        let mut head = Vec::new();
        Read::take(&mut from, 4).read_to_end(&mut head)?;
        let packing = Packing::of(&head);
        from = Box::new(io::Cursor::new(head).chain(from));
        match packing {
            None => break,
            Some(packing) => from = undone(packing, from, &came)?,
        }
    }
    Ok(from)
}

/// Returns the first bytes of a file's decompressed content, at most `most` of them. A `head` that is not compressed is returned
/// as it is.
pub(crate) fn prefix(head: &[u8], most: usize) -> Vec<u8> {
    let mut head = head.to_vec();
    for _ in 0..LAYERS {
        let Some(packing) = Packing::of(&head) else { break };
        head = inflated(&head, packing, most + PIECE).0;
    }
    head.truncate(most);
    head
}

/// Decompresses bytes in memory, up to `most` bytes. Also returns the reason if it stopped before the end.
pub(crate) fn inflated(
    bytes: &[u8],
    packing: Packing,
    most: usize,
) -> (Vec<u8>, Option<io::Error>) {
    let came = Rc::new(Cell::new(0));
    let from = Box::new(Counted { from: Box::new(bytes), came: Rc::clone(&came) });
    let mut text = Vec::new();
    let stopped = undone(packing, from, &came)
        .and_then(|from| from.take(most as u64).read_to_end(&mut text))
        .err();
    (text, stopped)
}

/// Compression format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    /// Deflate in a zlib frame, as HTTP defines it.
    Zlib,
    /// Raw deflate, as some servers send it.
    Deflate,
}

impl Packing {
    /// Detects the format by the first four bytes. Deflate has no signature.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            // The second is a skippable frame, which some tools write first.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
        })
    }
}

/// Removes one layer of compression. `came` counts the bytes of the file itself, so that layers do not multiply the ratio.
fn undone<'r>(
    packing: Packing,
    from: Box<dyn BufRead + 'r>,
    came: &Rc<Cell<u64>>,
) -> io::Result<Box<dyn BufRead + 'r>> {
    let packed: Box<dyn Read + 'r> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(from)),
        Packing::Zlib => Box::new(ZlibDecoder::new(from)),
        Packing::Deflate => Box::new(DeflateDecoder::new(from)),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(from)?;
            decoder.window_log_max(ZSTD_WINDOW)?;
            Box::new(decoder)
        }
    };
    let guard =
        Guard { packed, packing, came: Rc::clone(came), went: 0, held: Vec::new(), at: 0, end: 0 };
    Ok(Box::new(guard))
}

/// A stream that counts the bytes read.
struct Counted<'r> {
    from: Box<dyn BufRead + 'r>,
    came: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.came.set(self.came.get() + n as u64);
        Ok(n)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.came.set(self.came.get() + n as u64);
        self.from.consume(n);
    }
}

/// Output of a decoder, limited in proportion to its input.
struct Guard<'r> {
    packed: Box<dyn Read + 'r>,
    packing: Packing,
    came: Rc<Cell<u64>>,
    went: u64,
    held: Vec<u8>,
    at: usize,
    end: usize,
}

impl BufRead for Guard<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.held.resize(PIECE, 0);
            self.at = 0;
            self.end = 0;
            self.end =
                self.packed.read(&mut self.held).map_err(|error| said(self.packing, error))?;
            self.went += self.end as u64;
            if self.went > UNGUARDED && self.went / RATIO > self.came.get() {
                self.end = 0;
                return Err(damaged(io::ErrorKind::InvalidData, too_much(self.packing)));
            }
        }
        Ok(&self.held[self.at..self.end])
    }

    fn consume(&mut self, n: usize) {
        self.at += n;
    }
}

impl Read for Guard<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

/// Error for data that exceeds the maximum ratio.
pub(crate) fn too_much(packing: Packing) -> String {
    format!(
        "{packing} data decompresses to more than {RATIO} times its size, which news never does; if that is intended, decompress it first"
    )
}

/// Explains the error of a decoder and what to do about it. Errors of the underlying stream are returned unchanged.
fn said(packing: Packing, error: io::Error) -> io::Error {
    let is_ours = matches!(error.get_ref(), Some(inner) if inner.is::<Damaged>());
    if is_ours || error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return damaged(error.kind(), format!("{packing} data ends too early; get the file again"));
    }
    damaged(
        io::ErrorKind::InvalidData,
        format!("{packing} data is damaged ({error}); get the file again"),
    )
}

fn damaged(kind: io::ErrorKind, why: String) -> io::Error {
    io::Error::new(kind, Damaged(why))
}

/// Marks errors made here, so that the outer layer does not explain them again.
#[derive(Debug)]
struct Damaged(String);

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Damaged {}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    /// Returns the output before the error, and the error.
    fn read(bytes: &[u8]) -> (Vec<u8>, String) {
        let mut text = Vec::new();
        let result = unpacked(Box::new(bytes)).and_then(|mut from| from.read_to_end(&mut text));
        (text, result.err().map_or_else(String::new, |error| error.to_string()))
    }

    fn check(bytes: &[u8], text: &str, why: &str) {
        let (read, error) = read(bytes);
        assert_eq!((String::from_utf8_lossy(&read).as_ref(), error.as_str()), (text, why));
    }

    #[test]
    fn compressed_streams_are_decompressed() {
        check(b"Talks resumed.", "Talks resumed.", "");
        check(b"", "", "");
        check(b"\x1F", "\x1F", "");
        check(&gzip(b"Talks resumed."), "Talks resumed.", "");
        check(&zstd(b"Talks resumed."), "Talks resumed.", "");
        check(&zstd(&gzip(b"Talks resumed.")), "Talks resumed.", "");
        check(&[gzip(b"Talks "), gzip(b"resumed.")].concat(), "Talks resumed.", "");
        check(&[zstd(b"Talks "), zstd(b"resumed.")].concat(), "Talks resumed.", "");
    }

    #[test]
    fn a_pipe_may_return_one_byte_at_a_time() {
        struct Drip<'b>(&'b [u8]);
        impl Read for Drip<'_> {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let n = into.len().min(1);
                self.0.read(&mut into[..n])
            }
        }
        let packed = gzip(b"Talks resumed.");
        let drip = io::BufReader::with_capacity(1, Drip(&packed));
        let mut text = String::new();
        unpacked(Box::new(drip)).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "Talks resumed.");
    }

    #[test]
    fn text_before_damage_is_read() {
        let text = "Talks resumed in the capital. ".repeat(9);
        let early = "data ends too early; get the file again";
        for (packed, packing) in [(gzip(text.as_bytes()), "gzip"), (zstd(text.as_bytes()), "zstd")]
        {
            let two = [packed.clone(), packed.clone()].concat();
            let (read, error) = read(&two[..two.len() - 1]);
            assert!(read.starts_with(text.as_bytes()));
            assert_eq!(error, format!("{packing} {early}"));
        }
        let (read, error) = read(&[gzip(text.as_bytes()), b"no gzip at all".to_vec()].concat());
        assert_eq!(read, text.as_bytes());
        assert!(error.starts_with("gzip data is damaged ("), "{error}");
    }

    #[test]
    fn bombs_are_rejected_early() {
        let zeros = vec![0; 32 << 20];
        let traps = [gzip(&zeros), zstd(&zeros), gzip(&gzip(&zeros)), gzip(&zstd(&zeros))];
        for trap in traps {
            let (read, error) = read(&trap);
            assert!(read.len() < 5 << 20, "{}", read.len());
            assert!(error.contains("more than 200 times its size"), "{error}");
        }
        // Short, with one repeated line: not a bomb.
        assert_eq!(read(&gzip(&zeros[..3 << 20])).0.len(), 3 << 20);
    }

    #[test]
    fn a_prefix_shows_the_content() {
        let packed = gzip(b"<!DOCTYPE html><title>Talks resumed</title>");
        assert_eq!(prefix(&packed[..40], 9), b"<!DOCTYPE");
        assert_eq!(prefix(&gzip(&packed), 5), prefix(&packed, 5));
        assert_eq!(prefix(b"plain", 2), b"pl");
        assert_eq!(prefix(b"\x1F\x8B\x08", 9), b"");
    }
}
