//! Copies: documents with nearly the same words, published within days of each other, as agencies' reports are.
//!
//! Every three consecutive words form a shingle, which is hashed. A MinHash signature (Broder 1997) in bands finds documents that
//! may share most of their shingles; comparing all shingles decides. A document is a copy of the earliest one with its words, by
//! publication date and then by id, so groups do not depend on the order of arrival.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use rusqlite::{Connection, params};

use crate::{
    document::Doc,
    error::{Failure, Result},
    name,
};

/// Words in a shingle.
const WORDS: usize = 3;
/// Bands of a signature, and minima in each band. Of the pairs that share half their shingles two in three meet in a band, of those
/// that share eight in ten nearly all.
const BANDS: u64 = 8;
const ROWS: u64 = 3;
/// Maximum number of days between a document and its copy.
const DAYS: i32 = 7;
/// Minimum share of shingles two copies have in common, in percent of all shingles of both.
const SHARED: usize = 60;
/// Minimum number of shingles in a text; shorter texts are never copies.
const FEWEST: usize = 12;
/// Maximum number of documents in the cache.
const REMEMBERED: usize = 4_096;

/// Cache of the shingles of documents compared lately.
#[derive(Debug, Default)]
pub(crate) struct Shingles {
    of: HashMap<Doc, Arc<[u32]>>,
}

/// Finds the copies of a new document among those stored. Returns the documents that became copies, or copies of another
/// document than before.
pub(crate) fn group(
    db: &Connection,
    shingles: &mut Shingles,
    doc: Doc,
    day: i32,
    text: &str,
) -> Result<Vec<Doc>> {
    let own: Arc<[u32]> = shingles_of(text).into();
    if own.len() < FEWEST {
        return Ok(Vec::new());
    }
    if shingles.of.len() > REMEMBERED {
        shingles.of.clear();
    }
    shingles.of.insert(doc, Arc::clone(&own));
    let mut candidates = BTreeSet::new();
    let mut meet =
        db.prepare_cached("SELECT doc FROM copy_band WHERE hash = ?1 AND day BETWEEN ?2 AND ?3")?;
    let mut insert =
        db.prepare_cached("INSERT INTO copy_band (hash, day, doc) VALUES (?1, ?2, ?3)")?;
    for hash in bands(&own) {
        let mut rows = meet.query(params![hash, day - DAYS, day + DAYS])?;
        while let Some(row) = rows.next()? {
            candidates.insert(row.get::<_, Doc>(0)?);
        }
        insert.execute(params![hash, day, doc])?;
    }
    let mut copies = Vec::new();
    for candidate in candidates {
        if are_copies(&own, &stored_shingles(db, shingles, candidate)?) {
            copies.push(candidate);
        }
    }
    if copies.is_empty() { Ok(Vec::new()) } else { link(db, doc, &copies) }
}

/// Makes a document a copy of the earliest of its copies, and later copies its own.
fn link(db: &Connection, doc: Doc, copies: &[Doc]) -> Result<Vec<Doc>> {
    let mut select =
        db.prepare_cached("SELECT published, id, copy_of FROM document WHERE doc = ?1")?;
    let mut place = |doc: Doc| -> Result<((String, String), Option<Doc>)> {
        Ok(select.query_row([doc], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?)
    };
    let (own, _) = place(doc)?;
    let mut update = db.prepare_cached("UPDATE document SET copy_of = ?2 WHERE doc = ?1")?;
    let mut changed = Vec::new();
    let mut earliest: Option<((String, String), Doc)> = None;
    for &copy in copies {
        let (at, original) = place(copy)?;
        if at < own {
            if earliest.as_ref().is_none_or(|(known, _)| at < *known) {
                earliest = Some((at, copy));
            }
            continue;
        }
        let is_earlier = match original {
            Some(original) => own < place(original)?.0,
            None => true,
        };
        if is_earlier {
            update.execute(params![copy, doc])?;
            changed.push(copy);
        }
    }
    if let Some((_, original)) = earliest {
        update.execute(params![doc, original])?;
        changed.push(doc);
    }
    Ok(changed)
}

/// Returns the original of a document: the earliest of its group of copies, or itself.
pub(crate) fn root(db: &Connection, doc: Doc) -> Result<Doc> {
    let mut select = db.prepare_cached("SELECT copy_of FROM document WHERE doc = ?1")?;
    let mut root = doc;
    // A copy is later than its original, so this ends.
    while let Some(original) = select.query_row([root], |row| row.get::<_, Option<Doc>>(0))? {
        root = original;
    }
    Ok(root)
}

/// Whether two sorted lists of shingles have enough in common.
fn are_copies(one: &[u32], other: &[u32]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() * 100 < long.len() * SHARED {
        return false;
    }
    let mut shared = 0;
    let mut rest = long.iter().peekable();
    for shingle in short {
        while rest.next_if(|&other| other < shingle).is_some() {}
        shared += usize::from(rest.next_if_eq(&shingle).is_some());
    }
    shared * 100 >= SHARED * (one.len() + other.len() - shared)
}

fn stored_shingles(db: &Connection, shingles: &mut Shingles, doc: Doc) -> Result<Arc<[u32]>> {
    if let Some(known) = shingles.of.get(&doc) {
        return Ok(Arc::clone(known));
    }
    let mut select = db.prepare_cached("SELECT text FROM document WHERE doc = ?1")?;
    let of: Arc<[u32]> = select
        .query_row([doc], |row| Ok(shingles_of(row.get_ref(0)?.as_str()?)))
        .map_err(Failure::from)?
        .into();
    shingles.of.insert(doc, Arc::clone(&of));
    Ok(of)
}

/// Returns the shingles of a text as hashes, sorted and without duplicates.
fn shingles_of(text: &str) -> Vec<u32> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| name::hash(&word.to_lowercase()))
        .collect();
    let mut shingles: Vec<u32> = words
        .windows(WORDS)
        .map(|shingle| {
            let mixed = shingle.iter().fold(0_u64, |hash, &word| mix(hash.rotate_left(21) ^ word));
            u32::try_from(mixed >> 32).expect("32 bits are left")
        })
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Returns the bands of the signature, each the mixed minima of the band in 32 bits.
fn bands(shingles: &[u32]) -> impl Iterator<Item = i64> + '_ {
    (0..BANDS).map(|band| {
        let minima = (0..ROWS).map(|row| {
            let seed = mix(band * ROWS + row + 1);
            shingles.iter().map(|&shingle| mix(u64::from(shingle) ^ seed)).min().unwrap_or(0)
        });
        let mixed = minima.fold(band, |hash, minimum| mix(hash.rotate_left(17) ^ minimum));
        i64::from(u32::try_from(mixed >> 32).expect("32 bits are left"))
    })
}

/// Spreads the bits of a number: the last step of SplitMix64 (Steele and others 2014).
fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Finland and Sweden agreed on Tuesday to patrol the northern waters together, their defense \
                        ministers said after talks in Turku. Ships of both navies will leave port in May and stay until \
                        the autumn, and a joint staff is to be set up on an island between the two coasts.";

    fn alike(one: &str, other: &str) -> bool {
        are_copies(&shingles_of(one), &shingles_of(other))
    }

    #[test]
    fn a_copy_may_have_another_headline() {
        let copy = format!("Two navies, one watch\n\nTURKU (Wire) - {WIRE}");
        assert!(alike(WIRE, &copy));
        let (one, other) = (shingles_of(WIRE), shingles_of(&copy));
        assert!(bands(&one).any(|band| bands(&other).any(|other| other == band)));
    }

    #[test]
    fn the_same_event_in_other_words_is_not_a_copy() {
        let other = "The defense ministers of Sweden and Finland said on Tuesday in Turku that their navies would watch \
                     the northern waters side by side from May until autumn, with one staff on an island.";
        assert!(!alike(WIRE, other));
    }
}
