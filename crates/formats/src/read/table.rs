//! Tables: one document per row, with column names in the first row. CSV follows RFC 4180. In TSV, cells are separated by tabs, with
//! the escapes `\t`, `\n`, `\r` and `\\`, and quotes are plain characters.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use csv_core::{ReadFieldResult, ReadRecordResult, Reader, ReaderBuilder};
use dateline_core::{Moment, Run, SourceMap};

use super::{
    About, Cut, Field, FieldNames, Format, LARGEST, OpenedDocument, Problem, Take, encoding, field,
    html, published,
};

/// Splits a table into rows. The first row names the columns.
pub(super) fn rows(from: &mut dyn BufRead, format: Format, take: &mut Take<'_>) -> io::Result<()> {
    let mut reader = reader(format);
    let mut columns: Option<Vec<String>> = None;
    let (mut at, mut start, mut number) = (0_u64, 0_u64, 1_u64);
    let mut bytes: Vec<u8> = Vec::new();
    let mut n_cells = 0;
    // Cells are parsed again when the row is opened; only the end of the row counts here.
    let (mut cells, mut ends) = ([0; 8192], [0; 512]);
    loop {
        let buffer = match from.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                take(Err(Problem::of_stream(at, Some(number), error)?));
                return Ok(());
            }
        };
        let (result, read, _, ended) = reader.read_record(buffer, &mut cells, &mut ends);
        n_cells += ended;
        bytes.extend_from_slice(&buffer[..read]);
        from.consume(read);
        at += read as u64;
        if bytes.len() > LARGEST {
            let why = format!("a row longer than {} MiB; is a quote left open?", LARGEST >> 20);
            take(Err(Problem { at: start, number: Some(number), why }));
            return Ok(());
        }
        match result {
            ReadRecordResult::InputEmpty
            | ReadRecordResult::OutputFull
            | ReadRecordResult::OutputEndsFull => {}
            ReadRecordResult::End if bytes.trim_ascii().is_empty() => return Ok(()),
            ReadRecordResult::Record | ReadRecordResult::End => {
                let mut row = std::mem::take(&mut bytes);
                let is_last = matches!(result, ReadRecordResult::End);
                let n_cells = std::mem::take(&mut n_cells);
                // A row ends at CR or LF. In CR LF, the LF is before the next row, as empty lines are.
                let blank = row.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
                row.drain(..blank);
                let row_at = std::mem::replace(&mut start, at) + blank as u64;
                if !row.trim_ascii().is_empty() {
                    match &columns {
                        None => columns = Some(named(&row, format)),
                        // Decided without decoding: a file that is not a table can have millions of such rows.
                        Some(columns) if n_cells != columns.len() => {
                            let why = uneven(n_cells, columns.len());
                            if !take(Err(Problem { at: row_at, number: Some(number), why })) {
                                return Ok(());
                            }
                        }
                        Some(columns) => {
                            let about = About { columns: columns.clone(), ..About::default() };
                            let cut =
                                Cut { at: row_at, number: Some(number), format, about, bytes: row };
                            if !take(Ok(cut)) {
                                return Ok(());
                            }
                        }
                    }
                    number += 1;
                }
                if is_last {
                    return Ok(());
                }
            }
        }
    }
}

/// Returns the document of a row.
pub(super) fn document(cut: &Cut, names: &FieldNames) -> Result<OpenedDocument, String> {
    let columns = &cut.about.columns;
    let decoded = encoding::decode(&cut.bytes, None);
    let cells = cells(&decoded.text, cut.format);
    if cells.len() != columns.len() {
        return Err(uneven(cells.len(), columns.len()));
    }
    let chosen = names.choose(columns.iter().map(String::as_str));
    let of = |field: Field| chosen.fields.get(&field).into_iter().flatten();
    let cell =
        |name: &String| columns.iter().position(|column| column == name).map(|at| &cells[at]);
    let words = |field: Field| {
        let mut all = of(field).filter_map(cell).map(|(words, _)| words.trim());
        all.find(|words| !words.is_empty()).map(str::to_owned)
    };
    let mut body = None;
    for field in [Field::Text, Field::Html] {
        for (words, map) in of(field).filter_map(cell) {
            if body.is_none() && !words.trim().is_empty() {
                let as_html = field == Field::Html;
                body = Some(if as_html {
                    html::words(words, map)
                } else {
                    (words.clone(), map.clone())
                });
            }
        }
    }
    let Some((text, map)) = body.filter(|(text, _)| !text.trim().is_empty()) else {
        let known = of(Field::Text).chain(of(Field::Html)).find(|name| columns.contains(name));
        return Err(match known {
            Some(name) => format!("no text in column `{name}`"),
            None => format!(
                "no column `text` among `{}`; say which it is with --map text=NAME",
                columns.join("`, `")
            ),
        });
    };
    let published = words(Field::Published).map(|date| moment(&date)).transpose()?;
    let is_there = |(name, _): &(&String, &Field)| columns.contains(name);
    Ok(OpenedDocument {
        document: field::document(text, published, words),
        map: map.through(&decoded.map),
        encoding: decoded.encoding,
        guessed: chosen
            .guessed
            .iter()
            .filter(is_there)
            .map(|(name, field)| (name.clone(), *field))
            .collect::<BTreeMap<_, _>>(),
        note: decoded.note,
    })
}

fn moment(date: &str) -> Result<Moment, String> {
    published::moment(date).or_else(|| date.parse().ok()).ok_or_else(|| {
        format!("read the date `{date}`, expected one such as 2021-05-08 or 2021-05-08T09:30")
    })
}

fn uneven(n: usize, expected: usize) -> String {
    format!("a row of {n} cells, expected {expected} as in the first row")
}

fn reader(format: Format) -> Reader {
    let mut builder = ReaderBuilder::new();
    if format == Format::Tsv {
        builder.delimiter(b'\t').quoting(false);
    }
    builder.build()
}

fn named(row: &[u8], format: Format) -> Vec<String> {
    let decoded = encoding::decode(row, None);
    cells(&decoded.text, format).into_iter().map(|(words, _)| words.trim().to_owned()).collect()
}

/// Returns the cells of a row, each with a map into it.
fn cells(row: &str, format: Format) -> Vec<(String, SourceMap)> {
    let mut reader = reader(format);
    let mut out = vec![0; row.len() + 1];
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let start = at;
        let mut written = 0;
        let is_last = loop {
            let (result, read, wrote) =
                reader.read_field(&row.as_bytes()[at..], &mut out[written..]);
            at += read;
            written += wrote;
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return cells,
            }
        };
        // Delimiters and quotes are single bytes, so a cell consists of whole characters.
        let words = String::from_utf8_lossy(&out[..written]).into_owned();
        cells.push(placed(words, &row[start..at], start as u64, format));
        if is_last {
            return cells;
        }
    }
}

/// Decodes a cell and its map.
fn placed(words: String, raw: &str, at: u64, format: Format) -> (String, SourceMap) {
    let raw = raw.trim_end_matches(['\r', '\n']);
    if format == Format::Tsv {
        return escaped(raw.strip_suffix('\t').unwrap_or(raw), at);
    }
    let Some(quoted) = raw.strip_prefix('"') else {
        if raw.starts_with(&words) {
            let length = words.len() as u64;
            return (words, SourceMap::verbatim(at, length));
        }
        return as_a_whole(words, raw, at);
    };
    let mut map = SourceMap::default();
    let mut text = String::with_capacity(words.len());
    let mut place = 0;
    while text.len() < words.len() {
        let rest = &quoted[place..];
        let plain = rest.find('"').unwrap_or(rest.len()).min(words.len() - text.len());
        let source = at + 1 + place as u64;
        let (length, pair) = (plain as u64, rest[plain..].starts_with("\"\""));
        map.push(Run { text: text.len() as u64, source, length, width: length, verbatim: true });
        text.push_str(rest.get(..plain).unwrap_or_default());
        if !pair {
            break;
        }
        map.push(Run {
            text: text.len() as u64,
            source: source + length,
            length: 1,
            width: 2,
            verbatim: false,
        });
        text.push('"');
        place += plain + 2;
    }
    // Misplaced quotes are read leniently; then only the position of the whole cell is known.
    if text == words { (words, map) } else { as_a_whole(words, raw, at) }
}

fn as_a_whole(words: String, raw: &str, at: u64) -> (String, SourceMap) {
    let mut map = SourceMap::default();
    let (length, width) = (words.len() as u64, raw.len() as u64);
    map.push(Run { text: 0, source: at, length, width, verbatim: false });
    (words, map)
}

/// Decodes the escapes of a TSV cell.
fn escaped(raw: &str, at: u64) -> (String, SourceMap) {
    let mut map = SourceMap::default();
    let mut text = String::with_capacity(raw.len());
    let mut place = 0;
    while place < raw.len() {
        let rest = &raw[place..];
        let known = |at: usize| match rest.as_bytes().get(at + 1) {
            Some(b't') => Some('\t'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b'\\') => Some('\\'),
            _ => None,
        };
        let found = rest.match_indices('\\').find_map(|(at, _)| Some((at, known(at)?)));
        let plain = found.map_or(rest.len(), |(at, _)| at);
        let (source, length) = (at + place as u64, plain as u64);
        map.push(Run { text: text.len() as u64, source, length, width: length, verbatim: true });
        text.push_str(&rest[..plain]);
        place += plain;
        if let Some((_, character)) = found {
            let source = source + length;
            map.push(Run { text: text.len() as u64, source, length: 1, width: 2, verbatim: false });
            text.push(character);
            place += 2;
        }
    }
    (text, map)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: Format, bytes: &str) -> Vec<Result<OpenedDocument, String>> {
        let mut found = Vec::new();
        rows(&mut bytes.as_bytes(), format, &mut |piece| {
            found.push(
                piece
                    .map_err(|problem| problem.why)
                    .and_then(|cut| document(&cut, &FieldNames::default())),
            );
            true
        })
        .unwrap();
        found
    }

    #[test]
    fn cells_map_through_their_quotes() {
        let csv = "\u{feff}Date,Headline,Text\r\n2021-05-08,Dam,\"Talks, \"\"long\"\" ones,\nresumed.\"\r\n\r\n2021-05-09,,\n";
        let found = read(Format::Csv, csv);
        let first = found[0].as_ref().unwrap();
        assert_eq!(first.document.text, "Talks, \"long\" ones,\nresumed.");
        assert_eq!(first.document.title.as_deref(), Some("Dam"));
        assert_eq!(first.map.source(7..8), Some(23..25));
        assert_eq!(first.map.source(8..12), Some(25..29));
        assert!(found[1].as_ref().unwrap_err().contains("no text in column `Text`"));
    }

    #[test]
    fn quotes_are_text_in_tsv() {
        let found =
            read(Format::Tsv, "date\ttext\n2021-05-08\t\"Talks\" resumed.\\nMore\n2021-05-08\n");
        let first = found[0].as_ref().unwrap();
        assert_eq!(first.document.text, "\"Talks\" resumed.\nMore");
        assert_eq!(first.map.source(16..21), Some(27..33));
        assert!(found[1].as_ref().unwrap_err().contains("a row of 1 cells, expected 2"));
    }

    #[test]
    fn a_table_without_text_is_explained() {
        assert!(
            read(Format::Csv, "a,b\n1,2\n")[0].as_ref().unwrap_err().contains("--map text=NAME")
        );
        assert!(read(Format::Csv, "text\n\"open").remove(0).is_ok());
    }
}
