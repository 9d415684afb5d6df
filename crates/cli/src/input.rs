//! Files that are read whole, as UTF-8: the user's lists, and the input of `parse`. Other commands read news through [`crate::news`].

use std::{
    fmt, fs,
    io::{self, IsTerminal as _, Read, Write as _},
    path::PathBuf,
};

use crate::text::escaped;

/// A source of input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// A text read from a file.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Warning about replaced bytes.
    pub(crate) note: Option<String>,
}

/// An input that could not be read.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// Error of the operating system.
    System(io::Error),
    /// The text begins with a UTF-16 byte order mark.
    Utf16,
    /// Too long for 32-bit offsets.
    TooLong,
}

impl Input {
    /// Converts the paths of a command line; without paths, standard input.
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

    /// Returns the name of the file as given; `None` for standard input.
    pub(crate) fn file_name(&self) -> Option<String> {
        match self {
            Self::Standard => None,
            Self::File(path) => Some(path.to_string_lossy().into_owned()),
        }
    }

    /// Returns the name to print with a line number; `-` for standard input.
    pub(crate) fn name(&self) -> String {
        self.file_name().unwrap_or_else(|| "-".to_owned())
    }

    /// Reads the whole input.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is UTF-16, or is too long.
    pub(crate) fn read(&self) -> Result<Text, ReadError> {
        let mut bytes = Vec::new();
        let read = self.open().and_then(|mut from| from.read_to_end(&mut bytes));
        read.map_err(ReadError::System)?;
        decode(bytes)
    }

    /// Opens the input.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::Standard => {
                let stdin = io::stdin().lock();
                if stdin.is_terminal() {
                    complain("reading from the terminal; press Ctrl-D on an empty line to finish");
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
                    f.write_str("permission denied; check the permissions of the file")
                }
                io::ErrorKind::IsADirectory => {
                    f.write_str("is a folder; give the files in it, such as FOLDER/*.txt")
                }
                _ => write!(f, "could not be read: {error}"),
            },
            Self::Utf16 => f.write_str(
                "is UTF-16; convert it to UTF-8 first, for example with `iconv -f UTF-16 -t UTF-8`",
            ),
            Self::TooLong => f.write_str("is 4 GiB or larger; split it into articles"),
        }
    }
}

/// Prints a message on standard error.
pub(crate) fn complain(message: &str) {
    // If standard error is closed, there is nobody to tell.
    drop(writeln!(io::stderr().lock(), "dateline: {message}"));
}

/// Decodes UTF-8, replacing invalid bytes by U+FFFD. Offsets refer to the text with the replacements.
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
            let sequences = if n_replaced == 1 { "sequence" } else { "sequences" };
            let note = format!(
                "not valid UTF-8: {n_replaced} {sequences} of bytes replaced by U+FFFD, the first at byte {first}; \
                 to keep all characters, convert the file first, for example with `iconv -f LATIN1 -t UTF-8`"
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
        assert!(note.contains("2 sequences") && note.contains("at byte 3"), "{note}");
    }

    #[test]
    fn utf_16_is_refused_with_advice() {
        let error = decode(b"\xFF\xFEh\0i\0".to_vec()).unwrap_err();
        assert!(error.to_string().contains("iconv"), "{error}");
    }

    #[test]
    fn a_file_name_cannot_drive_the_terminal() {
        assert_eq!(Input::File("a\u{1b}[2J.txt".into()).to_string(), "a\\u{1b}[2J.txt");
    }
}
