//! Documents to be ingested: texts in files and folders, and lines of JSON.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
};

use dateline_core::{Document, Moment};
use dateline_extract::read_document;
use serde_json::Value;

use crate::input::Input;

/// A line longer than this many bytes is no document.
const LONGEST_LINE: u64 = 64 << 20;

/// Something that should be a document, by the name it is reported under.
#[derive(Debug)]
pub(super) struct News {
    pub(super) name: String,
    /// The document, or why it is none.
    pub(super) read: Result<Document, String>,
    /// What had to be done to read it.
    pub(super) note: Option<String>,
}

/// Reads all paths in their order, folders in the order of their names, and hands on each document; stops when `take` says so.
pub(super) fn walk(paths: &[PathBuf], take: &mut dyn FnMut(News) -> bool) {
    let mut left: Vec<(PathBuf, bool)> =
        paths.iter().rev().map(|path| (path.clone(), true)).collect();
    while let Some((path, is_named)) = left.pop() {
        let goes_on = if path.as_os_str() == "-" {
            lines(&mut io::stdin().lock(), "-", take)
        } else if path.is_dir() {
            match entries(&path) {
                Ok(entries) => {
                    left.extend(entries.into_iter().rev().map(|path| (path, false)));
                    true
                }
                Err(error) => take(failed(&path, &error.to_string())),
            }
        } else {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("jsonl" | "ndjson") => match File::open(&path) {
                    Ok(file) => lines(&mut BufReader::new(file), &path.to_string_lossy(), take),
                    Err(error) => take(failed(&path, &error.to_string())),
                },
                Some("txt") => take(text(&path)),
                // Whoever names a file wants it read; in a folder there may be anything.
                _ if is_named => take(text(&path)),
                _ => true,
            }
        };
        if !goes_on {
            return;
        }
    }
}

/// What is in a folder, by name, without what is hidden. Links to folders are not followed, so a walk ends.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_link_to_folder = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !entry.file_name().to_string_lossy().starts_with('.') && !is_link_to_folder {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn failed(path: &Path, why: &str) -> News {
    News { name: path.to_string_lossy().into_owned(), read: Err(why.to_owned()), note: None }
}

fn text(path: &Path) -> News {
    let name = path.to_string_lossy().into_owned();
    let input = Input::File(path.to_owned());
    match input.read() {
        Ok(read) => {
            let mut document = read_document(&read.text);
            document.id = Some(name.clone());
            News { name, read: whole(document), note: read.note }
        }
        Err(error) => News { name, read: Err(error.to_string()), note: None },
    }
}

fn whole(document: Document) -> Result<Document, String> {
    if document.text.trim().is_empty() { Err("no text".to_owned()) } else { Ok(document) }
}

/// Reads documents a line; `false` where `take` has had enough.
fn lines(from: &mut dyn BufRead, name: &str, take: &mut dyn FnMut(News) -> bool) -> bool {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let name = format!("{name}:{number}");
        let read = from.take(LONGEST_LINE + 1).read_until(b'\n', &mut line);
        let read = match read {
            Ok(0) => return true,
            Ok(_) if line.len() as u64 > LONGEST_LINE => {
                if let Err(error) = skip_line(from) {
                    return take(News { name, read: Err(error.to_string()), note: None });
                }
                Err(format!(
                    "longer than {} MiB; one document a line is expected",
                    LONGEST_LINE >> 20
                ))
            }
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => document(&line),
            Err(error) => return take(News { name, read: Err(error.to_string()), note: None }),
        };
        if !take(News { name, read, note: None }) {
            return false;
        }
    }
    true
}

fn skip_line(from: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = from.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (length, is_over) =
            (end.map_or(buffer.len(), |at| at + 1), end.is_some() || buffer.is_empty());
        from.consume(length);
        if is_over {
            return Ok(());
        }
    }
}

/// The document of a line of JSON.
fn document(line: &[u8]) -> Result<Document, String> {
    let mut value: Value =
        serde_json::from_slice(line).map_err(|error| format!("no JSON: {error}"))?;
    if value.get("schema").is_some() {
        value = value["document"].take();
    }
    let Value::Object(mut fields) = value else {
        return Err("expected a JSON object with a `text`".to_owned());
    };
    let mut field = |name: &str| match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("read `{name}` as {other}, expected words in quotes")),
    };
    let date = match field("published")? {
        Some(date) => Some(date),
        None => field("date")?,
    };
    let published =
        date.map(|date| date.parse::<Moment>()).transpose().map_err(|error| error.to_string())?;
    whole(Document {
        id: field("id")?,
        published,
        title: field("title")?,
        publisher: field("publisher")?,
        agency: field("agency")?,
        byline: field("byline")?,
        url: field("url")?,
        language: field("language")?,
        text: field("text")?.ok_or("no `text`")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<(String, Result<String, String>)> {
        let mut news = Vec::new();
        let mut from = bytes;
        lines(&mut from, "a", &mut |it| {
            news.push((it.name, it.read.map(|document| document.text)));
            true
        });
        news
    }

    #[test]
    fn each_line_is_a_document_or_says_why_not() {
        let news = read(b"{\"text\":\"One.\"}\n\n{\"text\":7}\nrubbish\n{\"schema\":\"dateline/1\",\"document\":{\"text\":\"Two.\"}}");
        let names: Vec<&str> = news.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a:1", "a:3", "a:4", "a:5"]);
        assert_eq!(news[0].1.as_deref(), Ok("One."));
        assert!(news[1].1.as_ref().unwrap_err().contains("`text`"));
        assert!(news[2].1.as_ref().unwrap_err().contains("no JSON"));
        assert_eq!(news[3].1.as_deref(), Ok("Two."));
    }

    #[test]
    fn a_bad_date_is_named() {
        let news = read(b"{\"text\":\"One.\",\"date\":\"tomorrow\"}\n");
        assert!(news[0].1.as_ref().unwrap_err().contains("tomorrow"));
    }
}
