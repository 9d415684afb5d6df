//! Web archives with one damaged record: all others are read, each at its offset.

use dateline_formats::read::Format;
use flate2::{Compression, write::GzEncoder};
use proptest::{collection::vec, prelude::*, sample::Index, sample::select};

use crate::invariants::check;

/// Damage to a record.
#[derive(Debug, Clone)]
enum Damage {
    /// The file is cut here and continues with the next record.
    Cut(Index),
    Flip(Index, u8),
    /// `Content-Length` has this value.
    Length(&'static str),
    /// `Content-Length` is wrong by this many bytes.
    Off(i64),
}

fn damages() -> impl Strategy<Value = Damage> {
    let lengths =
        vec!["", "0", "-5", "+9", "18446744073709551615", "abc", "99999999999999999999999"];
    prop_oneof![
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 1_u8..).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        select(lengths).prop_map(Damage::Length),
        (-400_i64..4000).prop_filter("it is wrong", |off| *off != 0).prop_map(Damage::Off),
    ]
}

fn body(n: usize, n_words: usize) -> String {
    let words: Vec<String> =
        (0..n_words).map(|word| format!("word{}", word * word % 977)).collect();
    let words = words.join(" ");
    format!("<html><p>Talks number {n} resumed. {words}</p>\n\n</html>")
}

fn record(body: &str, length: &dyn Fn(usize) -> String) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    let length = length(http.len());
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n\
         WARC-Date: 2021-05-08T20:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {length}\r\n\r\n{http}\r\n\r\n"
    )
    .into_bytes()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_loses_no_other_record(
        sizes in vec(0_usize..300, 2..6),
        which in any::<Index>(),
        damage in damages(),
        is_packed in any::<bool>(),
    ) {
        let which = which.index(sizes.len());
        let mut file = Vec::new();
        let mut expected = Vec::new();
        let mut claimed = 0;
        let mut ends = Vec::new();
        for (n, size) in sizes.iter().enumerate() {
            let body = body(n, *size);
            let mut bytes = record(&body, &|length| match damage {
                Damage::Length(said) if n == which => said.to_owned(),
                Damage::Off(off) if n == which => (i64::try_from(length).unwrap() + off).to_string(),
                _ => length.to_string(),
            });
            // The empty lines after a plain record are needed to recognize the next.
            let mut n_bytes = bytes.len() - 4;
            if is_packed {
                bytes = packed(&bytes);
                n_bytes = bytes.len();
            }
            if n == which {
                let off = if let Damage::Off(off) = damage { off } else { 0 };
                claimed = i64::try_from(file.len() + n_bytes).unwrap() + off;
                match &damage {
                    Damage::Cut(at) => bytes.truncate(at.index(n_bytes)),
                    Damage::Flip(at, mask) => bytes[at.index(n_bytes)] ^= mask,
                    Damage::Length(_) | Damage::Off(_) => {}
                }
            } else {
                expected.push((file.len() as u64, body));
            }
            file.extend(bytes);
            if n != which {
                ends.push(i64::try_from(file.len()).unwrap());
            }
        }
        // A wrong length that ends where another record ends cannot be detected.
        prop_assume!(is_packed || !ends.iter().any(|end| (end - 4..=*end).contains(&claimed)));
        let found: Vec<(u64, String)> = check(Format::Warc, &file)
            .into_iter()
            .flatten()
            .map(|(cut, _)| (cut.at, String::from_utf8_lossy(&cut.bytes).into_owned()))
            .collect();
        for good in &expected {
            prop_assert!(found.contains(good), "lost the record at {}, found those at {:?}", good.0, found.iter().map(|cut| cut.0).collect::<Vec<_>>());
        }
    }
}
