//! Properties of readers on arbitrary bytes: noise, shuffled pieces of each format, and damaged fixtures.

use std::{fs, path::Path};

use dateline_formats::read::Format;
use proptest::{collection::vec, prelude::*, sample::select};

use crate::invariants::check;

/// Pieces of the formats, and some that belong to none.
const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<a href='x'>",
    "</a>",
    "&amp;",
    "&amp",
    "&#x2014;",
    "&#0;",
    "&nbsp;",
    "&unknown;",
    "<",
    ">",
    "Talks resumed on Friday. ",
    "é",
    "🙂",
    "\0",
    "\r\n",
    " ",
    "<article>",
    "</article>",
    "<div>",
    "</div>",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
    "<frameset>",
    "<title>",
    "<plaintext>",
    "The minister said that the delegations would meet again before the end of the month. ",
];
const XML: &[&str] = &[
    "<rss>",
    "<channel>",
    "<item>",
    "</item>",
    "<description>",
    "</description>",
    "<![CDATA[",
    "]]>",
    "<p>",
    "</p>",
    "&lt;p&gt;",
    "&amp;",
    "&#x2014;",
    "&x;",
    "<?xml version='1.0'?>",
    "<!DOCTYPE a [",
    "]>",
    "<feed>",
    "<entry>",
    "</entry>",
    "<content type='xhtml'>",
    "</content>",
    "<title/>",
    "<nitf>",
    "<body.content>",
    "</body.content>",
    "<dateline>",
    "</dateline>",
    "OSLO --",
    "<newsItem guid='1'>",
    "</newsItem>",
    "<inlineXML>",
    "</inlineXML>",
    "<inlineData>",
    "</inlineData>",
    "Talks resumed. ",
    "é",
    " ",
    "\n",
    "<",
    "</",
    "<pubDate>2021-05-08</pubDate>",
];
const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"text\"",
    "\"html\"",
    "\"title\"",
    "\"published\"",
    "\"articles\"",
    ":",
    ",",
    "\"Talks resumed.\"",
    "\"<p>Q&amp;A</p>\"",
    "\"\\u2014\\n\\ud83d\\ude42\\ud83d\"",
    "\"2021-05-08\"",
    "12",
    "null",
    "\n",
    " ",
    "\"",
    "\\",
    "é",
    "\u{feff}",
];
const TABLE: &[&str] = &[
    "text",
    "date",
    "title",
    ",",
    "\t",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "Talks",
    " ",
    "\\n",
    "\\\\",
    "2021-05-08",
    "é",
    "html",
    "<b>x</b>&amp;",
];
const WARC: &[&str] = &[
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "WARC-Type: conversion\r\n",
    "Content-Type: text/plain\r\n",
    "Content-Length: 9\r\n",
    "Content-Length: 0\r\n",
    "Content-Length: -5\r\n",
    "Content-Length: 18446744073709551615\r\n",
    "Content-Length: 60\r\n",
    "\r\n",
    "HTTP/1.1 200 OK\r\n",
    "Content-Type: text/html\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n",
    "5\r\nTalks\r\n",
    "Talks are",
    "<html><p>Talks</p>",
    "\u{1f}",
    "noise",
];

fn of(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    vec(select(pieces), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

fn any_format() -> impl Strategy<Value = Format> {
    let streams: Vec<Format> =
        Format::ALL.iter().copied().filter(|format| *format != Format::Parquet).collect();
    select(streams)
}

/// Returns every fixture with the format of its folder.
fn fixtures() -> Vec<(Format, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats");
    let mut all = Vec::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let format = folder.file_name().unwrap().to_string_lossy().parse().unwrap();
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_none_or(|extension| extension != "snap") {
                all.push((format, fs::read(file).unwrap()));
            }
        }
    }
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn noise_is_read_as_any_format(format in any_format(), bytes in vec(any::<u8>(), 0..400)) {
        check(format, &bytes);
    }

    #[test]
    fn html_maps_to_its_source(bytes in of(HTML)) {
        check(Format::Html, &bytes);
    }

    #[test]
    fn xml_maps_to_its_source(format in select(vec![Format::Feed, Format::NewsMl, Format::Nitf]), bytes in of(XML)) {
        check(format, &bytes);
    }

    #[test]
    fn json_maps_to_its_source(format in select(vec![Format::Ndjson, Format::Json, Format::JsonFeed]), bytes in of(JSON)) {
        check(format, &bytes);
    }

    #[test]
    fn tables_map_to_their_source(format in select(vec![Format::Csv, Format::Tsv]), bytes in of(TABLE)) {
        check(format, &bytes);
    }

    #[test]
    fn archives_map_to_their_source(bytes in of(WARC), is_packed in any::<bool>()) {
        check(Format::Warc, &if is_packed { packed(&bytes) } else { bytes });
    }

    #[test]
    fn damage_loses_only_what_it_hits(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        with in vec(any::<u8>(), 0..8),
        is_cut in any::<bool>(),
    ) {
        let fixtures = fixtures();
        let (format, mut bytes) = fixtures[which.index(fixtures.len())].clone();
        let at = at.index(bytes.len());
        if is_cut {
            bytes.truncate(at);
        }
        let end = (at + with.len()).min(bytes.len());
        bytes.splice(at.min(end)..end, with);
        check(format, &bytes);
    }
}

#[test]
fn a_record_behind_damage_is_read() {
    let page = fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats/warc/good.warc"),
    )
    .unwrap();
    let count =
        |bytes: &[u8]| check(Format::Warc, bytes).iter().filter(|piece| piece.is_ok()).count();
    assert_eq!(count(&page), 2);
    for at in (0..page.len()).step_by(7) {
        let mut damaged = page.clone();
        damaged[at] ^= 0x20;
        damaged.extend_from_slice(&page);
        assert!(count(&damaged) >= 2, "damage at {at}");
    }
}

#[test]
fn deep_pages_are_refused_at_once() {
    let deep = "<div>".repeat(50_000) + "Talks resumed.";
    let documents = check(Format::Html, deep.as_bytes());
    let (_, documents) = documents[0].as_ref().unwrap();
    assert!(documents[0].as_ref().unwrap_err().contains("512"), "{documents:?}");
}
