//! The bytes of a sketch, as ledgers store it: numbers in groups of seven bits (LEB128), hashes as they are.
//!
//! The layout belongs to the schema of the ledger, so it changes only with that.

use dateline_core::codes::PloverType;

use crate::{
    family::Form,
    sketch::{Party, Place, Role, Sketch},
};

/// Stands for an act without a type.
const UNTYPED: u8 = u8::MAX;

impl Sketch {
    /// Writes the sketch as bytes, which [`from_bytes`](Self::from_bytes) reads back.
    ///
    /// ```
    /// use dateline_coreference::Sketch;
    ///
    /// let sketch = Sketch::new(None, "storm", 18_794);
    /// assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(96);
        out.push(self.kind.map_or(UNTYPED, type_number));
        out.push(
            u8::from(self.is_plan)
                | u8::from(self.is_denied) << 1
                | u8::from(self.window.is_some()) << 2
                | (self.form as u8) << 3,
        );
        out.extend(self.mode.to_le_bytes());
        out.extend(self.lemma.to_le_bytes());
        out.extend(self.document.to_le_bytes());
        put(&mut out, i64::from(self.published));
        put(&mut out, i64::from(self.start));
        if let Some((from, to)) = self.window {
            put(&mut out, i64::from(from - self.published));
            put(&mut out, i64::from(to - from));
        }
        put_length(&mut out, self.parties.len());
        for party in &self.parties {
            put_party(&mut out, party);
        }
        put_length(&mut out, self.places.len());
        for place in &self.places {
            put(&mut out, place.actor);
            out.extend(place.own.to_le_bytes());
            out.push(u8::from(place.is_country));
        }
        for word in &self.words {
            out.extend(word.to_le_bytes());
        }
        out
    }

    /// Reads a sketch from its bytes; `None` if they are damaged.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let kind = match take::<1>(bytes)? {
            [UNTYPED] => None,
            [number] => Some(*PloverType::ALL.get(usize::from(number))?),
        };
        let [flags] = take::<1>(bytes)?;
        let mode = u16::from_le_bytes(take(bytes)?);
        let lemma = u32::from_le_bytes(take(bytes)?);
        let document = u64::from_le_bytes(take(bytes)?);
        let published = i32::try_from(number(bytes)?).ok()?;
        let start = u32::try_from(number(bytes)?).ok()?;
        let window = if flags & 4 == 0 {
            None
        } else {
            let from = published.checked_add(i32::try_from(number(bytes)?).ok()?)?;
            Some((from, from.checked_add(i32::try_from(number(bytes)?).ok()?)?))
        };
        let mut parties = Vec::new();
        for _ in 0..number(bytes)? {
            parties.push(party(bytes)?);
        }
        let mut places = Vec::new();
        for _ in 0..number(bytes)? {
            let actor = number(bytes)?;
            let own = u32::from_le_bytes(take(bytes)?);
            places.push(Place { actor, own, is_country: take::<1>(bytes)?[0] != 0 });
        }
        let pairs = bytes.chunks_exact(2);
        Some(Self {
            kind,
            is_plan: flags & 1 != 0,
            is_denied: flags & 2 != 0,
            form: *[Form::Open, Form::Call, Form::Meeting].get(usize::from(flags >> 3))?,
            mode,
            lemma,
            published,
            document,
            start,
            window,
            parties,
            places,
            words: pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
        })
    }
}

fn type_number(kind: PloverType) -> u8 {
    let at = PloverType::ALL.iter().position(|known| *known == kind).unwrap_or(0);
    u8::try_from(at).expect("there are sixteen types")
}

fn put_party(out: &mut Vec<u8>, party: &Party) {
    put(out, party.actor);
    out.extend(party.own.to_le_bytes());
    out.push(
        party.role as u8
            | u8::from(party.is_general) << 2
            | u8::from(party.block == party.own) << 3
            | u8::from(party.is_state) << 4
            | u8::from(party.is_body) << 5,
    );
    if party.block != party.own {
        out.extend(party.block.to_le_bytes());
    }
    out.extend(party.surname.to_le_bytes());
}

fn party(bytes: &mut &[u8]) -> Option<Party> {
    let actor = number(bytes)?;
    let own = u32::from_le_bytes(take(bytes)?);
    let [flags] = take::<1>(bytes)?;
    Some(Party {
        actor,
        own,
        block: if flags & 8 == 0 { u32::from_le_bytes(take(bytes)?) } else { own },
        surname: u16::from_le_bytes(take(bytes)?),
        role: *[Role::Either, Role::Source, Role::Target].get(usize::from(flags & 3))?,
        is_general: flags & 4 != 0,
        is_state: flags & 16 != 0,
        is_body: flags & 32 != 0,
    })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    put(out, i64::try_from(length).expect("lists of a sketch are short"));
}

fn put(out: &mut Vec<u8>, number: i64) {
    // Zigzag: the sign is the last bit, so that small numbers of either sign are short.
    let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
    while rest > 0x7F {
        out.push(u8::try_from(rest & 0x7F).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).expect("seven bits"));
}

fn number(bytes: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let [byte] = take::<1>(bytes)?;
        value |= u64::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sketch::{WORDS, tests::meeting};

    proptest! {
        #[test]
        fn a_sketch_reads_back_as_it_was(
            published in -100_000..100_000_i32,
            window in proptest::option::of((-400..400_i32, 1..400_i32)),
            actor in 0..i64::MAX / 4,
            words in proptest::collection::vec(any::<u16>(), 0..WORDS),
            is_typed in any::<bool>(),
        ) {
            let mut sketch = meeting(published, true);
            sketch.kind = sketch.kind.filter(|_| is_typed);
            sketch.window = window.map(|(from, length)| (published + from, published + from + length));
            sketch.parties[0].actor = actor;
            sketch.parties[1].role = Role::Target;
            sketch.places.push(Place { actor, own: 7, is_country: true });
            sketch.words = words;
            prop_assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Sketch::from_bytes(&bytes);
        }
    }
}
