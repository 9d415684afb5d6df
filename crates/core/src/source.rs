//! Provenance of a document: the file, the record in the file, and the source bytes of each part of the text.
//!
//! Text taken from a page, a feed or a line of JSON has other offsets than its source. The [`SourceMap`] maps any span of the
//! text back to source bytes.

use std::{fmt, ops::Range};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Provenance of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path of the file, as given; `-` is standard input.
    pub path: String,
    /// Format it was read as: `text`, `html`, `warc`.
    pub format: String,
    /// Offset of the record in the file, in bytes after decompression. In a WARC file made of gzip members it is the offset of
    /// the member in the compressed file, as in CDX indexes.
    pub at: u64,
    /// Length of the record in bytes. For a page in a WARC file, only the page is counted.
    pub length: u64,
    /// Index of the document in the record, from 0. A feed holds several documents.
    pub part: u32,
    /// BLAKE3 hash of the record's bytes: the first 32 hexadecimal digits.
    pub hash: String,
    /// Character encoding, by its name in the WHATWG Encoding Standard.
    pub encoding: String,
    /// Map from the text to the bytes of the record.
    pub map: SourceMap,
}

/// Map from a text to the source bytes it was read from, as a list of runs in text order.
///
/// Text between two runs has no source bytes, for example the line feed inserted between two paragraphs of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

/// A span of text and the source bytes it was read from.
///
/// In JSON, a verbatim run is `[text, source, length]`; any other run is `[text, source, length, width]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Offset in the text, in UTF-8 bytes.
    pub text: u64,
    /// Offset in the source, in bytes.
    pub source: u64,
    /// Length in the text, in bytes.
    pub length: u64,
    /// Length in the source, in bytes.
    pub width: u64,
    /// Whether the bytes are the same on both sides, so that part of the run maps to part of the source. A run that is not
    /// verbatim, such as the `&` a page writes as `&amp;`, maps as a whole.
    pub verbatim: bool,
}

impl SourceMap {
    /// Creates the map of a text that is the same as the `length` source bytes from `source` on.
    pub fn verbatim(source: u64, length: u64) -> Self {
        let mut map = Self::default();
        map.push(Run { text: 0, source, length, width: length, verbatim: true });
        map
    }

    /// The runs, in text order. They do not overlap in the text, and none is empty.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Appends a run. An empty run is ignored; a verbatim run that continues the last one is merged with it.
    ///
    /// # Panics
    ///
    /// If the run starts before the last one ends in the text.
    pub fn push(&mut self, run: Run) {
        if run.length == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let (text, source) = (last.text + last.length, last.source + last.width);
            assert!(text <= run.text, "runs are pushed in text order");
            if last.verbatim && run.verbatim && text == run.text && source == run.source {
                last.length += run.length;
                last.width += run.width;
                return;
            }
        }
        self.runs.push(run);
    }

    /// Returns the source bytes of a span of text: from the start of the first run it touches to the end of the last, or `None`
    /// if it touches none.
    ///
    /// ```
    /// use dateline_core::{Run, SourceMap};
    /// // `Q&amp;A` was read as `Q&A`.
    /// let mut map = SourceMap::verbatim(0, 1);
    /// map.push(Run { text: 1, source: 1, length: 1, width: 5, verbatim: false });
    /// map.push(Run { text: 2, source: 6, length: 1, width: 1, verbatim: true });
    /// assert_eq!(map.source(0..3), Some(0..7));
    /// assert_eq!(map.source(1..2), Some(1..6));
    /// ```
    pub fn source(&self, text: Range<u64>) -> Option<Range<u64>> {
        let touched = self.touched(text.clone());
        let first = touched.first()?;
        let last = touched.last()?;
        let start = if first.verbatim {
            first.source + text.start.saturating_sub(first.text)
        } else {
            first.source
        };
        let end = if last.verbatim {
            last.source + (text.end - last.text).min(last.length)
        } else {
            last.source + last.width
        };
        // A page may show its parts in an order different from its source.
        let lowest = touched.iter().skip(1).map(|run| run.source).fold(start, u64::min);
        let n = touched.len() - 1;
        let highest = touched.iter().take(n).map(|run| run.source + run.width).fold(end, u64::max);
        Some(lowest..highest)
    }

    /// Returns the runs that a span of text touches.
    pub fn touched(&self, text: Range<u64>) -> &[Run] {
        let first = self.runs.partition_point(|run| run.text + run.length <= text.start);
        let after = self.runs.partition_point(|run| run.text < text.end);
        self.runs.get(first..after).unwrap_or_default()
    }

    /// Composes two maps: `under` maps the source of this map to bytes one level down.
    ///
    /// The text of a page in a line of JSON maps to the JSON string, and the string maps to the line.
    #[must_use]
    pub fn through(&self, under: &Self) -> Self {
        let mut map = Self::default();
        for run in &self.runs {
            if !run.verbatim {
                if let Some(source) = under.source(run.source..run.source + run.width) {
                    map.push(Run {
                        source: source.start,
                        width: source.end - source.start,
                        ..*run
                    });
                }
                continue;
            }
            for below in under.touched(run.source..run.source + run.width) {
                let start = below.text.max(run.source);
                let end = (below.text + below.length).min(run.source + run.width);
                let (text, length) = (run.text + (start - run.source), end - start);
                let (source, width) = if below.verbatim {
                    (below.source + (start - below.text), length)
                } else {
                    (below.source, below.width)
                };
                map.push(Run { text, source, length, width, verbatim: below.verbatim });
            }
        }
        map
    }

    /// Encodes the runs as bytes: differences between neighboring runs, as LEB128 integers.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.runs.len() * 4);
        let (mut text, mut source) = (0, 0);
        for run in &self.runs {
            put(&mut bytes, (run.text - text) << 1 | u64::from(!run.verbatim));
            // Sources may be out of order, so this difference has a sign, in the lowest bit.
            let (step, back) = (run.source.abs_diff(source), run.source < source);
            put(&mut bytes, step << 1 | u64::from(back));
            put(&mut bytes, run.length);
            if !run.verbatim {
                put(&mut bytes, run.width);
            }
            (text, source) = (run.text + run.length, run.source + run.width);
        }
        bytes
    }

    /// Decodes the bytes of [`SourceMap::pack`]; `None` if they are malformed.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut runs = Vec::new();
        let mut rest = bytes;
        let (mut text, mut source) = (0_u64, 0_u64);
        while !rest.is_empty() {
            let head = get(&mut rest)?;
            let step = get(&mut rest)?;
            let length = get(&mut rest)?;
            let verbatim = head & 1 == 0;
            let width = if verbatim { length } else { get(&mut rest)? };
            let start = text.checked_add(head >> 1)?;
            let from = if step & 1 == 0 {
                source.checked_add(step >> 1)?
            } else {
                source.checked_sub(step >> 1)?
            };
            text = start.checked_add(length)?;
            source = from.checked_add(width)?;
            runs.push(Run { text: start, source: from, length, width, verbatim });
        }
        Some(Self { runs })
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7F {
        bytes.push(u8::try_from(number & 0x7F).expect("seven bits are left") | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).expect("seven bits are left"));
}

fn get(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7F);
        if shift == 63 && bits > 1 {
            return None;
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.verbatim {
            (self.text, self.source, self.length).serialize(serializer)
        } else {
            (self.text, self.source, self.length, self.width).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Run {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Vec::<u64>::deserialize(deserializer)?[..] {
            [text, source, length] => {
                Ok(Self { text, source, length, width: length, verbatim: true })
            }
            [text, source, length, width] => {
                Ok(Self { text, source, length, width, verbatim: false })
            }
            ref other => Err(de::Error::custom(format_args!(
                "read a run of {} numbers, expected [text, source, length] or [text, source, length, width]",
                other.len()
            ))),
        }
    }
}

impl Serialize for SourceMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.runs.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SourceMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut map = Self::default();
        let mut end = 0_u64;
        for run in Vec::<Run>::deserialize(deserializer)? {
            let after = run.text.checked_add(run.length);
            let fits = end <= run.text && run.source.checked_add(run.width).is_some();
            let Some(after) = after.filter(|_| fits) else {
                return Err(de::Error::custom(OutOfOrder(run)));
            };
            end = after;
            map.push(run);
        }
        Ok(map)
    }
}

/// A run that starts before the last one ends, or ends beyond `u64::MAX`.
struct OutOfOrder(Run);

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read a run at byte {} of the text, expected one after the end of the last",
            self.0.text
        )
    }
}

impl JsonSchema for SourceMap {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SourceMap".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "array",
            "description": "Runs: [text, source, length] if text and source bytes are the same, else [text, source, length, width]",
            "items": {
                "type": "array",
                "items": { "type": "integer", "minimum": 0 },
                "minItems": 3,
                "maxItems": 4
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(runs: &[(u64, u64, u64, Option<u64>)]) -> SourceMap {
        let mut map = SourceMap::default();
        for &(text, source, length, width) in runs {
            let verbatim = width.is_none();
            map.push(Run { text, source, length, width: width.unwrap_or(length), verbatim });
        }
        map
    }

    #[test]
    fn runs_that_continue_each_other_are_merged() {
        assert_eq!(map(&[(0, 7, 2, None), (2, 9, 3, None)]), map(&[(0, 7, 5, None)]));
        assert_eq!(map(&[(0, 7, 2, None), (2, 12, 3, None)]).runs().len(), 2);
    }

    #[test]
    fn a_span_maps_to_all_it_touches_and_a_gap_to_nothing() {
        let map = map(&[(0, 10, 4, None), (6, 30, 1, Some(6)), (7, 36, 5, None)]);
        assert_eq!(map.source(1..3), Some(11..13));
        assert_eq!(map.source(2..8), Some(12..37));
        assert_eq!(map.source(6..7), Some(30..36));
        assert_eq!(map.source(4..6), None);
        assert_eq!(map.source(40..41), None);
    }

    #[test]
    fn maps_compose() {
        // `"Q&amp;A \u0026 B"` in JSON, which holds a page.
        let string = map(&[(0, 1, 8, None), (8, 9, 1, Some(6)), (9, 15, 2, None)]);
        let page = map(&[(0, 0, 1, None), (1, 1, 1, Some(5)), (2, 6, 5, None)]);
        let both = page.through(&string);
        assert_eq!(
            both,
            map(&[
                (0, 1, 1, None),
                (1, 2, 1, Some(5)),
                (2, 7, 2, None),
                (4, 9, 1, Some(6)),
                (5, 15, 2, None)
            ])
        );
    }

    #[test]
    fn packed_maps_round_trip() {
        let map = map(&[(0, 1 << 40, 300, None), (305, 7, 1, Some(6)), (306, 13, 70_000, None)]);
        assert_eq!(SourceMap::unpack(&map.pack()), Some(map.clone()));
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(serde_json::from_str::<SourceMap>(&json).unwrap(), map);
        assert_eq!(SourceMap::unpack(&[0x80; 11]), None);
        assert!(serde_json::from_str::<SourceMap>("[[5,0,1],[0,0,1]]").is_err());
    }
}
