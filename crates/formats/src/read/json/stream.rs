//! Splits streams of JSON into lines, or into objects wherever they start and end.

use std::io::{self, BufRead, Read as _};

use crate::read::{About, Cut, Format, LARGEST, Problem, Take};

/// Splits a stream into lines, skipping empty ones.
pub(in crate::read) fn lines(from: &mut dyn BufRead, take: &mut Take<'_>) -> io::Result<()> {
    let mut at = 0_u64;
    for number in 1_u64.. {
        let mut bytes = Vec::new();
        let read = from.take(LARGEST as u64 + 1).read_until(b'\n', &mut bytes);
        let problem = |why: String| Problem { at, number: Some(number), why };
        let piece = match read {
            Ok(0) => return Ok(()),
            Ok(_) if bytes.len() > LARGEST => {
                let why =
                    format!("longer than {} MiB; expected one document per line", LARGEST >> 20);
                let skipped = skip_line(from)?;
                let piece = Err(problem(why));
                at += skipped;
                piece
            }
            Ok(_) if bytes.trim_ascii().is_empty() => {
                at += bytes.len() as u64;
                continue;
            }
            Ok(_) => {
                let line = Cut {
                    at,
                    number: Some(number),
                    format: Format::Ndjson,
                    about: About::default(),
                    bytes: Vec::new(),
                };
                at += bytes.len() as u64;
                bytes.truncate(bytes.trim_ascii_end().len());
                Ok(Cut { bytes, ..line })
            }
            // What was read before the damage is not a whole line.
            Err(error) => {
                take(Err(Problem::of_stream(at, Some(number), error)?));
                return Ok(());
            }
        };
        if !take(piece) {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads to the end of a line and returns its length in bytes.
fn skip_line(from: &mut dyn BufRead) -> io::Result<u64> {
    let mut length = LARGEST as u64 + 1;
    loop {
        let buffer = from.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (part, is_over) =
            (end.map_or(buffer.len(), |at| at + 1), end.is_some() || buffer.is_empty());
        from.consume(part);
        length += part as u64;
        if is_over {
            return Ok(length);
        }
    }
}

/// Splits a stream into objects that are concatenated or in an array. Anything else between them is reported once.
pub(in crate::read) fn values(from: &mut dyn BufRead, take: &mut Take<'_>) -> io::Result<()> {
    let mut cutter = Cutter::default();
    loop {
        let buffer = match from.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                take(Err(Problem::of_stream(cutter.at, None, error)?));
                return Ok(());
            }
        };
        if buffer.is_empty() {
            break;
        }
        let length = buffer.len();
        for &byte in buffer {
            if let Some(piece) = cutter.step(byte)
                && !take(piece)
            {
                return Ok(());
            }
        }
        from.consume(length);
    }
    if cutter.depth > 0 {
        let why = "ends in the middle of an object; the file is cut off, or a quote is left open";
        take(Err(Problem { at: cutter.start, number: Some(cutter.number), why: why.to_owned() }));
    }
    Ok(())
}

/// Context of a byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    /// Between objects.
    #[default]
    Gap,
    /// Between objects, after a problem was reported.
    Noise,
    Object,
    String,
    /// After a backslash in a string.
    Escape,
}

/// Position in a stream of objects.
#[derive(Debug, Default)]
struct Cutter {
    at: u64,
    /// Offset of the object.
    start: u64,
    number: u64,
    /// Number of open brackets of the object.
    depth: u64,
    within: Within,
    bytes: Vec<u8>,
    is_too_long: bool,
}

impl Cutter {
    fn step(&mut self, byte: u8) -> Option<Result<Cut, Problem>> {
        let at = self.at;
        self.at += 1;
        if self.depth == 0 {
            return self.between(at, byte);
        }
        if self.bytes.len() == LARGEST {
            self.is_too_long = true;
            self.bytes = Vec::new();
        }
        if !self.is_too_long {
            self.bytes.push(byte);
        }
        match (self.within, byte) {
            (Within::String, b'\\') => self.within = Within::Escape,
            (Within::String, b'"') => self.within = Within::Object,
            (Within::String, _) => {}
            (Within::Escape, _) | (_, b'"') => self.within = Within::String,
            (_, b'{' | b'[') => self.depth += 1,
            (_, b'}' | b']') => self.depth -= 1,
            _ => {}
        }
        (self.depth == 0).then(|| self.whole())
    }

    fn between(&mut self, at: u64, byte: u8) -> Option<Result<Cut, Problem>> {
        match byte {
            b'{' => {
                self.within = Within::Object;
                self.depth = 1;
                self.start = at;
                self.number += 1;
                self.bytes.push(byte);
                None
            }
            b'[' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' | 0xEF | 0xBB | 0xBF => None,
            _ if self.within == Within::Noise => None,
            _ => {
                self.within = Within::Noise;
                Some(Err(Problem::at(at, "no JSON: expected an object, or an array of them")))
            }
        }
    }

    fn whole(&mut self) -> Result<Cut, Problem> {
        self.within = Within::Gap;
        let bytes = std::mem::take(&mut self.bytes);
        let (at, number) = (self.start, Some(self.number));
        if std::mem::take(&mut self.is_too_long) {
            let why =
                format!("an object longer than {} MiB; no document is that long", LARGEST >> 20);
            return Err(Problem { at, number, why });
        }
        Ok(Cut { at, number, format: Format::Json, about: About::default(), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(
        how: fn(&mut dyn BufRead, &mut Take<'_>) -> io::Result<()>,
        bytes: &[u8],
    ) -> Vec<(u64, Result<String, String>)> {
        let mut came = Vec::new();
        how(&mut &bytes[..], &mut |piece| {
            came.push(match piece {
                Ok(cut) => (cut.at, Ok(String::from_utf8(cut.bytes).unwrap())),
                Err(problem) => (problem.at, Err(problem.why)),
            });
            true
        })
        .unwrap();
        came
    }

    #[test]
    fn lines_are_split_with_offsets() {
        let came = cut(lines, b"{\"a\":1}\r\n\n {\"b\":2}\nrubbish");
        let expected = [(0, "{\"a\":1}"), (10, " {\"b\":2}"), (19, "rubbish")];
        assert_eq!(came, expected.map(|(at, line)| (at, Ok(line.to_owned()))));
    }

    #[test]
    fn objects_are_split_wherever_they_are() {
        let came = cut(values, b"[{\"a\":\"}\\\"\"},\n{\"b\":[{}]}] {}");
        let expected = [(1, "{\"a\":\"}\\\"\"}"), (14, "{\"b\":[{}]}"), (26, "{}")];
        assert_eq!(came, expected.map(|(at, object)| (at, Ok(object.to_owned()))));
    }

    #[test]
    fn noise_and_open_ends_are_reported_once() {
        let came = cut(values, b"oops {\"a\":1} \"b\" {\"c\":");
        assert_eq!(came.len(), 4, "{came:?}");
        assert!(came[0].1.as_ref().unwrap_err().contains("no JSON"));
        assert!(came[3].1.as_ref().unwrap_err().contains("ends in the middle"));
    }
}
