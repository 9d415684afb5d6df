//! Names, as BILOU tags (Ratinov and Roth 2009): a token begins, continues or ends a name of one of four kinds, is a whole name,
//! or is outside of names. The Viterbi algorithm finds the best consistent sequence.

use crate::{
    analysis::{Name, TokenIdx},
    tags::NameKind,
};

/// Number of tags: one for tokens outside of names, and four for each kind.
pub(crate) const N_NAME_TAGS: usize = 1 + 4 * NameKind::ALL.len();

/// Position of a token in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "train"), expect(unreachable_pub, reason = "public to trainers only"))]
pub enum NameTag {
    /// Outside of names.
    Outside,
    /// First of several.
    Begin(NameKind),
    /// Between first and last.
    Inside(NameKind),
    /// Last of several.
    Last(NameKind),
    /// A name of one token.
    Unit(NameKind),
}

impl NameTag {
    /// Index among the outputs of the network.
    #[cfg_attr(not(feature = "train"), expect(unreachable_pub, reason = "public to trainers only"))]
    pub fn index(self) -> usize {
        match self {
            Self::Outside => 0,
            Self::Begin(kind) => 1 + 4 * kind as usize,
            Self::Inside(kind) => 2 + 4 * kind as usize,
            Self::Last(kind) => 3 + 4 * kind as usize,
            Self::Unit(kind) => 4 + 4 * kind as usize,
        }
    }

    fn at(index: usize) -> Self {
        let Some(place) = index.checked_sub(1) else { return Self::Outside };
        let kind = NameKind::ALL[place / 4];
        [Self::Begin(kind), Self::Inside(kind), Self::Last(kind), Self::Unit(kind)][place % 4]
    }

    /// Returns true if no name is open after it, so the next token may begin a name or be outside.
    fn closes(self) -> bool {
        !matches!(self, Self::Begin(_) | Self::Inside(_))
    }
}

/// Buffers of the search, reused from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// Best previous tag for each token and tag.
    back: Vec<[u8; N_NAME_TAGS]>,
}

/// Decodes names from the scores of a sentence: `stride` numbers for each token, of which the first [`N_NAME_TAGS`] are scores.
pub(crate) fn decode(
    scores: &[i32],
    stride: usize,
    first: u32,
    search: &mut Search,
    names: &mut Vec<Name>,
) {
    // Most sentences have no name at all, which shows from each token alone.
    let is_bare = scores
        .chunks_exact(stride)
        .all(|line| line[1..N_NAME_TAGS].iter().all(|score| *score < line[0]));
    if is_bare {
        return;
    }
    search.back.clear();
    // Before the first token nothing is open.
    let mut best = [WORST; N_NAME_TAGS];
    best[NameTag::Outside.index()] = 0;
    for line in scores.chunks_exact(stride) {
        let (now, back) = step(&best, line);
        search.back.push(back);
        best = now;
    }
    let mut tag = best_closed(&best).0;
    let from = names.len();
    let mut last = TokenIdx(first);
    for (offset, back) in search.back.iter().enumerate().rev() {
        let idx = TokenIdx(first + u32::try_from(offset).expect("sentences are short"));
        match NameTag::at(usize::from(tag)) {
            NameTag::Last(_) => last = idx,
            NameTag::Begin(kind) => names.push(Name { first: idx, last, kind }),
            NameTag::Unit(kind) => names.push(Name { first: idx, last: idx, kind }),
            NameTag::Outside | NameTag::Inside(_) => {}
        }
        tag = back[usize::from(tag)];
    }
    names[from..].reverse();
}

/// A score lower than that of any sequence.
const WORST: i64 = i64::MIN / 2;

/// Computes the best score of each tag at the next token, and the tag before it.
fn step(best: &[i64; N_NAME_TAGS], line: &[i32]) -> ([i64; N_NAME_TAGS], [u8; N_NAME_TAGS]) {
    let mut now = [WORST; N_NAME_TAGS];
    let mut back = [0; N_NAME_TAGS];
    let mut set = |tag: NameTag, (from, sum): (u8, i64)| {
        let tag = tag.index();
        now[tag] = sum.saturating_add(i64::from(line[tag])).max(WORST);
        back[tag] = from;
    };
    let closed = best_closed(best);
    set(NameTag::Outside, closed);
    for &kind in NameKind::ALL {
        set(NameTag::Begin(kind), closed);
        set(NameTag::Unit(kind), closed);
        let open = [NameTag::Begin(kind), NameTag::Inside(kind)]
            .map(|tag| (numbered(tag.index()), best[tag.index()]));
        let open = if open[1].1 > open[0].1 { open[1] } else { open[0] };
        set(NameTag::Inside(kind), open);
        set(NameTag::Last(kind), open);
    }
    (now, back)
}

/// Returns the best tag that leaves no name open, with its score.
fn best_closed(best: &[i64; N_NAME_TAGS]) -> (u8, i64) {
    let mut chosen = (0, best[0]);
    for (tag, &sum) in best.iter().enumerate().skip(1) {
        if sum > chosen.1 && NameTag::at(tag).closes() {
            chosen = (numbered(tag), sum);
        }
    }
    chosen
}

fn numbered(tag: usize) -> u8 {
    u8::try_from(tag).expect("few tags")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tags: &[NameTag]) -> Vec<(u32, u32, NameKind)> {
        let mut scores = vec![0; tags.len() * N_NAME_TAGS];
        for (line, tag) in scores.chunks_exact_mut(N_NAME_TAGS).zip(tags) {
            line[tag.index()] = 10;
        }
        let mut names = Vec::new();
        decode(&scores, N_NAME_TAGS, 5, &mut Search::default(), &mut names);
        names.iter().map(|name| (name.first.0, name.last.0, name.kind)).collect()
    }

    #[test]
    fn names_come_in_the_order_of_the_text() {
        use NameKind::{Location, Person};
        let tags = [
            NameTag::Begin(Person),
            NameTag::Inside(Person),
            NameTag::Last(Person),
            NameTag::Outside,
            NameTag::Unit(Location),
        ];
        assert_eq!(read(&tags), [(5, 7, Person), (9, 9, Location)]);
    }

    #[test]
    fn a_name_is_never_left_open() {
        for (first, last, _) in read(&[NameTag::Outside, NameTag::Begin(NameKind::Person)]) {
            assert!(first <= last && last <= 6);
        }
        assert_eq!(read(&[NameTag::Outside; 3]), []);
    }

    #[test]
    fn tags_have_consecutive_indices() {
        for index in 0..N_NAME_TAGS {
            assert_eq!(NameTag::at(index).index(), index);
        }
    }
}
