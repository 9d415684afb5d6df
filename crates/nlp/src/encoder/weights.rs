//! The weights file of the encoder: settings, lists and tensors, found by name.
//!
//! A header of lines is followed by an empty line and the bytes of the tensors:
//!
//! ```text
//! dateline-encoder 1
//! set width 384
//! list upos 17              then 17 lines, one entry each
//! tensor word i8 29000 384  a name, the kind of number, rows and columns
//! ```
//!
//! Tensors follow each other in the order of the header: little-endian, row by row, without padding. What the file calls a
//! linear layer `NAME` is three tensors: `NAME` with a row of bytes for each output, `NAME.scale` and `NAME.bias`.
//!
//! The file is compiled in, so an error in it is an error of the build: every function here panics, and says why.

use std::str::FromStr;

/// First line of a file of this version.
const MAGIC: &str = "dateline-encoder 1";

/// Returns true if bytes are a weights file of an encoder, of this version or another.
pub(crate) fn is_encoder(bytes: &[u8]) -> bool {
    bytes.starts_with(b"dateline-encoder ")
}

/// Kind of number in a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    /// Signed bytes.
    Byte,
    /// 32-bit floating-point numbers.
    Float,
}

/// A table of numbers, as stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tensor<'b> {
    name: &'b str,
    number: Number,
    n_rows: usize,
    n_columns: usize,
    bytes: &'b [u8],
}

impl<'b> Tensor<'b> {
    pub(crate) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Checks the shape.
    pub(crate) fn expect(self, n_rows: usize, n_columns: usize) -> Self {
        assert_eq!(
            (self.n_rows, self.n_columns),
            (n_rows, n_columns),
            "shape of tensor `{}` in the weights file",
            self.name
        );
        self
    }

    /// Returns signed bytes, as stored.
    pub(crate) fn bytes(&self) -> &'b [u8] {
        assert_eq!(self.number, Number::Byte, "kind of tensor `{}`", self.name);
        self.bytes
    }

    /// Reads floating-point numbers.
    pub(crate) fn floats(&self) -> Vec<f32> {
        assert_eq!(self.number, Number::Float, "kind of tensor `{}`", self.name);
        self.bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect()
    }
}

/// Contents of the file.
#[derive(Debug, Clone)]
pub(crate) struct Weights<'b> {
    settings: Vec<(&'b str, usize)>,
    lists: Vec<(&'b str, Vec<&'b str>)>,
    tensors: Vec<Tensor<'b>>,
}

impl<'b> Weights<'b> {
    /// Reads a weights file.
    ///
    /// # Panics
    ///
    /// If the bytes are not a complete file of this version.
    pub(crate) fn read(bytes: &'b [u8]) -> Self {
        let end = bytes
            .windows(2)
            .position(|two| two == b"\n\n")
            .expect("the header of a weights file ends with an empty line");
        let header = std::str::from_utf8(&bytes[..end]).expect("the header is UTF-8");
        let mut rest = &bytes[end + 2..];
        let mut lines = header.split('\n');
        assert_eq!(lines.next(), Some(MAGIC), "first line of a weights file of this build");
        let mut weights = Self { settings: Vec::new(), lists: Vec::new(), tensors: Vec::new() };
        while let Some(line) = lines.next() {
            let words: Vec<&'b str> = line.split(' ').collect();
            match words[..] {
                ["set", name, number] => weights.settings.push((name, parsed(line, number))),
                ["list", name, count] => {
                    let count = parsed(line, count);
                    let entries: Vec<&'b str> = lines.by_ref().take(count).collect();
                    assert_eq!(entries.len(), count, "entries of list `{name}`");
                    weights.lists.push((name, entries));
                }
                ["tensor", name, kind, n_rows, n_columns] => {
                    let (number, size) = match kind {
                        "i8" => (Number::Byte, 1),
                        "f32" => (Number::Float, 4),
                        _ => panic!("unknown kind of number in the weights file: {line}"),
                    };
                    let (n_rows, n_columns) = (parsed(line, n_rows), parsed(line, n_columns));
                    let (taken, left) = rest
                        .split_at_checked(n_rows * n_columns * size)
                        .unwrap_or_else(|| panic!("the weights file ends within `{name}`"));
                    rest = left;
                    weights.tensors.push(Tensor { name, number, n_rows, n_columns, bytes: taken });
                }
                _ => panic!("unknown line in the weights file: {line}"),
            }
        }
        assert!(rest.is_empty(), "{} bytes after the last tensor", rest.len());
        weights
    }

    /// Returns a setting.
    pub(crate) fn setting(&self, name: &str) -> usize {
        let found = self.settings.iter().find(|(found, _)| *found == name);
        found.unwrap_or_else(|| panic!("the weights file has no setting `{name}`")).1
    }

    /// Returns the entries of a list.
    pub(crate) fn list(&self, name: &str) -> &[&'b str] {
        let found = self.lists.iter().find(|(found, _)| *found == name);
        &found.unwrap_or_else(|| panic!("the weights file has no list `{name}`")).1
    }

    /// Returns the entries of a list of labels.
    pub(crate) fn labels<L: FromStr>(&self, name: &str) -> Vec<L> {
        let label = |entry: &&str| {
            entry.parse().unwrap_or_else(|_| panic!("unknown label `{entry}` in list `{name}`"))
        };
        self.list(name).iter().map(label).collect()
    }

    /// Returns a tensor.
    pub(crate) fn tensor(&self, name: &str) -> Tensor<'b> {
        let found = self.tensors.iter().find(|tensor| tensor.name == name);
        *found.unwrap_or_else(|| panic!("the weights file has no tensor `{name}`"))
    }
}

fn parsed(line: &str, number: &str) -> usize {
    number.parse().unwrap_or_else(|_| panic!("no number in the weights file: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tail: &[u8]) -> Vec<u8> {
        let header = "dateline-encoder 1\nset width 2\nlist upos 2\nNOUN\nVERB\n\
                      tensor word i8 1 2\ntensor case f32 1 1\n\n";
        [header.as_bytes(), tail].concat()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = file(&[255, 1, 0, 0, 128, 63]);
        let weights = Weights::read(&bytes);
        assert_eq!((weights.setting("width"), weights.list("upos")), (2, &["NOUN", "VERB"][..]));
        assert_eq!(weights.tensor("word").expect(1, 2).bytes(), [255, 1]);
        assert_eq!(weights.tensor("case").floats(), [1.0]);
    }

    #[test]
    #[should_panic(expected = "the weights file ends within `case`")]
    fn a_cut_file_is_refused() {
        Weights::read(&file(&[255, 1, 0]));
    }

    #[test]
    #[should_panic(expected = "1 bytes after the last tensor")]
    fn a_longer_file_is_refused() {
        Weights::read(&file(&[255, 1, 0, 0, 128, 63, 9]));
    }
}
