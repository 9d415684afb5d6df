//! Texts that are read whole, as UTF-8: lists of the user's and trees. News comes by `news`.

use std::{
    fmt, fs,
    io::{self, IsTerminal as _, Read, Write as _},
    path::PathBuf,
};

use crate::text::escaped;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// Standard input.
    Standard,
    /// A file, by the name it was given.
    File(PathBuf),
}

/// A text, and what had to be done to read it.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// For people, where bytes were replaced.
    pub(crate) note: Option<String>,
}

/// Why an input could not be read, and what to do.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The operating system refused.
    System(io::Error),
    /// The text opens with the byte order mark of UTF-16.
    Utf16,
    /// Offsets would not fit.
    TooLong,
}

impl Input {
    /// The inputs a command line names; without any it is standard input.
    pub(crate) fn all(files: &[PathBuf]) -> Vec<Self> {
        if files.is_empty() {
            return vec![Self::Standard];
        }
        let named = |file: &PathBuf| match file.to_str() {
            Some("-") => Self::Standard,
            _ => Self::File(file.clone()),
        };
        files.iter().map(named).collect()
    }

    /// The name of a file as it was given; `None` for standard input.
    pub(crate) fn file_name(&self) -> Option<String> {
        match self {
            Self::Standard => None,
            Self::File(path) => Some(path.to_string_lossy().into_owned()),
        }
    }

    /// The name to print beside a line number: `-` for standard input.
    pub(crate) fn name(&self) -> String {
        self.file_name().unwrap_or_else(|| "-".to_owned())
    }

    /// Reads all of it.
    ///
    /// # Errors
    ///
    /// If the operating system refuses, or what is there is no text in UTF-8 at all.
    pub(crate) fn read(&self) -> Result<Text, ReadError> {
        let mut bytes = Vec::new();
        let read = self.open().and_then(|mut from| from.read_to_end(&mut bytes));
        read.map_err(ReadError::System)?;
        decode(bytes)
    }

    /// Its bytes, as they come.
    ///
    /// # Errors
    ///
    /// If the operating system refuses.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::Standard => {
                let stdin = io::stdin().lock();
                if stdin.is_terminal() {
                    complain(
                        "reading from the terminal; end the text with Ctrl-D on a line of its own",
                    );
                }
                Ok(Box::new(stdin))
            }
            Self::File(path) => Ok(Box::new(fs::File::open(path)?)),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard input"),
            Self::File(path) => f.write_str(&escaped(&path.to_string_lossy())),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(error) => match error.kind() {
                io::ErrorKind::NotFound => f.write_str("no such file; check the name"),
                io::ErrorKind::PermissionDenied => {
                    f.write_str("not allowed to read it; check its permissions")
                }
                io::ErrorKind::IsADirectory => {
                    f.write_str("is a directory; name the files in it, as in DIRECTORY/*.txt")
                }
                _ => write!(f, "could not read it: {error}"),
            },
            Self::Utf16 => {
                f.write_str("is UTF-16; convert it first, as with `iconv -f UTF-16 -t UTF-8`")
            }
            Self::TooLong => f.write_str("is 4 GiB or more; split it into its articles"),
        }
    }
}

/// Says something to the person at the terminal.
pub(crate) fn complain(message: &str) {
    // A closed standard error leaves nobody to tell.
    drop(writeln!(io::stderr().lock(), "dateline: {message}"));
}

/// Reads bytes as UTF-8, replacing what is none: the text holds the replacements, and offsets count them.
fn decode(bytes: Vec<u8>) -> Result<Text, ReadError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ReadError::Utf16);
    }
    let read = match String::from_utf8(bytes) {
        Ok(text) => Text { text, note: None },
        Err(error) => {
            let first = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let n_replaced =
                bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
            let stretches = if n_replaced == 1 { "stretch" } else { "stretches" };
            let note = format!(
                "not all UTF-8: read {n_replaced} {stretches} of other bytes as U+FFFD, the first at byte {first}; \
                 convert it first to keep its words, as with `iconv -f LATIN1 -t UTF-8`"
            );
            Text { text: String::from_utf8_lossy(bytes).into_owned(), note: Some(note) }
        }
    };
    if u32::try_from(read.text.len()).is_err() {
        return Err(ReadError::TooLong);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_are_replaced_and_counted() {
        let read = decode(b"caf\xE9 and na\xEFve".to_vec()).unwrap();
        assert_eq!(read.text, "caf\u{FFFD} and na\u{FFFD}ve");
        let note = read.note.unwrap();
        assert!(note.contains("2 stretches") && note.contains("at byte 3"), "{note}");
    }

    #[test]
    fn utf_16_is_refused_with_the_cure() {
        let error = decode(b"\xFF\xFEh\0i\0".to_vec()).unwrap_err();
        assert!(error.to_string().contains("iconv"), "{error}");
    }

    #[test]
    fn a_file_name_cannot_drive_the_terminal() {
        assert_eq!(Input::File("a\u{1b}[2J.txt".into()).to_string(), "a\\u{1b}[2J.txt");
    }
}
