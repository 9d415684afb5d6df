//! Mentions: chunks put together into phrases, with their titles, countries and owners.
//!
//! - *US President Ann Lee* is one person with a title and a country, and a mention of the United States inside.
//! - *the Kenyan foreign minister* is a person without a name; *10 Kenyan diplomats* are a group.
//! - *Ann Lee, the foreign minister,* is one person told of twice.

use dateline_core::{
    Form,
    codes::{Country, Sector},
};
use dateline_nlp::{Analysis, Deprel, NameKind, Sentence, Span, Token, TokenIdx, Upos, Xpos};

use super::{
    chunk::{Chunk, Part},
    lexicon::{self, Lexicon, Named, Role, Sense, Usage},
};

/// A mention before it is known whose it is.
#[derive(Debug, Clone)]
pub(super) struct Found<'l> {
    /// First and last token.
    pub(super) first: TokenIdx,
    pub(super) last: TokenIdx,
    pub(super) head: TokenIdx,
    pub(super) form: Form,
    pub(super) what: What<'l>,
    /// By the words around the name or noun.
    pub(super) country: Option<Country>,
    /// The words that tell the country.
    pub(super) country_at: Option<Span>,
    /// The mention it belongs to: *Putin* in *Putin's adviser*.
    pub(super) owner: Option<usize>,
    /// The mention it is told to be the same as: the name beside an apposition.
    pub(super) same: Option<usize>,
    /// Roles before a name, with their tokens.
    pub(super) titles: Vec<(TokenIdx, TokenIdx, &'l Role)>,
    /// Roles that modify the noun of a description: *rebel* of *rebel leaders*.
    pub(super) modifiers: Vec<&'l Role>,
    /// It counts people: *2,000 Libyans*, *thousands of Nigerians*.
    pub(super) counted: bool,
    pub(super) reference: Reference,
    pub(super) former: bool,
}

/// What a mention says of its entity.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'l> {
    /// A person by name, from one token to another.
    Person(TokenIdx, TokenIdx),
    /// A name of the lexicon; whether it acts rather than lies there.
    Known(Named, bool),
    /// A body or place only the tagger saw, with the role noun inside its name.
    Body(Option<&'l Role>),
    Place,
    /// One by role; several if plural.
    Role(&'l Role, bool),
    /// People of a country: *Kenyans*.
    People(Named),
}

/// How a description refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reference {
    /// *a reporter*
    New,
    /// *the president*
    Definite,
    /// *our president*: resolved by who speaks.
    Ours,
    /// *her spokesman*
    Owned,
}

/// Makes mentions of the chunks of a sentence.
pub(super) fn mentions<'l>(
    sentence: Sentence<'_>,
    chunks: &[Chunk<'l>],
    lexicon: &'l Lexicon,
    found: &mut Vec<Found<'l>>,
) {
    let reader = Reader { analysis: sentence.first().analysis(), lexicon };
    let mut at = 0;
    while at < chunks.len() {
        at = reader.phrase(sentence, chunks, at, found);
    }
}

/// A word that is not part of a phrase ends the search for it; no phrase is longer.
const REACH: u32 = 6;

/// What the words before its roles say of a phrase.
#[derive(Clone, Copy)]
struct Around {
    country: Option<Country>,
    country_at: Option<Span>,
    owner: Option<usize>,
    former: bool,
}

#[derive(Clone, Copy)]
struct Reader<'a, 'l> {
    analysis: &'a Analysis<'a>,
    lexicon: &'l Lexicon,
}

impl<'a, 'l> Reader<'a, 'l> {
    fn token(self, at: u32) -> Token<'a> {
        self.analysis.token(TokenIdx(at))
    }

    fn span(self, chunk: &Chunk<'_>) -> Span {
        self.analysis.span_of(TokenIdx(chunk.first), TokenIdx(chunk.last))
    }

    /// Reads the phrase that starts at a chunk, and gives the chunk after it.
    fn phrase(
        self,
        sentence: Sentence<'a>,
        chunks: &[Chunk<'l>],
        from: usize,
        found: &mut Vec<Found<'l>>,
    ) -> usize {
        // The chunks that stand together: modifiers, then roles, then a name.
        let mut end = from + 1;
        while end < chunks.len() && self.is_joined(&chunks[end - 1], &chunks[end]) {
            end += 1;
        }
        let run = &chunks[from..end];
        let roles_from = run.iter().position(|chunk| matches!(chunk.part, Part::Role(_)));
        let Some(roles_from) = roles_from else {
            for chunk in run {
                self.name(*chunk, found);
            }
            return end;
        };
        let mut roles_end = roles_from + 1;
        while run.get(roles_end).is_some_and(|chunk| matches!(chunk.part, Part::Role(_))) {
            roles_end += 1;
        }
        let (modifiers, roles) = (&run[..roles_from], &run[roles_from..roles_end]);
        let (mut country, mut country_at) = (None, None);
        let mut owner = None;
        for chunk in modifiers {
            if let Part::Known(named) = chunk.part {
                country = named.country.or(country);
                country_at = named.country.map(|_| self.span(chunk)).or(country_at);
                if named.sense == Sense::Demonym {
                    continue;
                }
            }
            owner = self.name(*chunk, found).or(owner);
        }
        let last_role = roles[roles.len() - 1];
        let name = run
            .get(roles_end)
            .copied()
            .filter(|chunk| chunk.first == last_role.last + 1)
            .or_else(|| self.unseen_name(last_role, chunks.get(end)));
        let titled = name.filter(|name| self.is_title(last_role, *name));
        let edge = self.left_edge(run[0].first, sentence.first().idx().0, chunks, from);
        let former = (edge..=last_role.first).any(|at| self.is_former(at));
        let around = Around { country, country_at, owner, former };
        if let Some(name) = titled {
            let floor =
                from.checked_sub(1).map_or(sentence.first().idx().0, |at| chunks[at].last + 1);
            let floor = modifiers.last().map_or(floor, |chunk| chunk.last + 1);
            let behind = chunks[from..].iter().find(|chunk| chunk.first > name.last);
            found.push(self.titled(around, roles, name, floor, behind));
            return if run.get(roles_end).is_some() { from + roles_end + 1 } else { end };
        }
        let next = chunks.get(from + roles_end);
        if let Some(description) = self.description(around, roles, edge, next, found) {
            found.push(description);
        }
        from + roles_end
    }

    /// A name with the roles before it, which may begin with other nouns from `floor` on: *Economy Minister Ann Lee*.
    fn titled(
        self,
        around: Around,
        roles: &[Chunk<'l>],
        name: Chunk<'l>,
        floor: u32,
        behind: Option<&Chunk<'l>>,
    ) -> Found<'l> {
        let opens = self.title_edge(roles[0].first, floor);
        let titles = roles.iter().enumerate().filter_map(|(at, chunk)| match chunk.part {
            Part::Role(role) => {
                let first = if at == 0 { opens } else { chunk.first };
                Some((TokenIdx(first), TokenIdx(chunk.last), role))
            }
            _ => None,
        });
        // "President Ana Ruiz of Peru"
        let of = || self.country_behind(name.last, behind, false);
        Found {
            first: TokenIdx(opens),
            last: TokenIdx(name.last),
            head: self.head_of(name.first, name.last),
            form: Form::Name,
            what: What::Person(TokenIdx(name.first), TokenIdx(name.last)),
            country: around.country.or_else(of),
            country_at: around.country_at,
            owner: around.owner,
            same: None,
            titles: titles.collect(),
            modifiers: Vec::new(),
            counted: false,
            reference: Reference::New,
            former: around.former,
        }
    }

    /// A role without a name: *the Kenyan foreign minister*, *rebel leaders in Darfur*.
    fn description(
        self,
        around: Around,
        roles: &[Chunk<'l>],
        edge: u32,
        next: Option<&Chunk<'l>>,
        found: &[Found<'l>],
    ) -> Option<Found<'l>> {
        let (noun, before) = roles.split_last()?;
        let Part::Role(role) = noun.part else { return None };
        let head = self.token(noun.last);
        let plural = matches!(head.xpos(), Xpos::NNS | Xpos::NNPS);
        let modifiers: Vec<&Role> = before
            .iter()
            .filter_map(|chunk| if let Part::Role(role) = chunk.part { Some(role) } else { None })
            .collect();
        let domestic = is_domestic(modifiers.first().unwrap_or(&role));
        let of = self.country_behind(noun.last, next, domestic);
        let country = around.country.or(of);
        let reference = self.reference(edge, noun.last);
        is_mention(role, plural, country, reference).then_some(())?;
        let behind = || (!plural && self.named_behind(noun.last, next)).then_some(found.len() + 1);
        Some(Found {
            first: TokenIdx(edge),
            last: TokenIdx(noun.last),
            head: head.idx(),
            form: Form::Nominal,
            what: What::Role(role, plural),
            country,
            country_at: around
                .country_at
                .or_else(|| next.filter(|_| of.is_some()).map(|it| self.span(it))),
            owner: around.owner,
            same: self.apposed(edge, found).or_else(behind),
            titles: Vec::new(),
            modifiers,
            counted: false,
            reference,
            former: around.former,
        })
    }

    /// Whether two chunks stand in one phrase: nothing between them but what modifies a noun.
    fn is_joined(self, before: &Chunk<'l>, after: &Chunk<'l>) -> bool {
        if after.first > before.last + 4 {
            return false;
        }
        // A name ends its phrase, unless it owns or modifies what follows.
        (before.last + 1..after.first).all(|at| {
            let token = self.token(at);
            match token.upos() {
                Upos::Adj | Upos::Num => true,
                Upos::Noun | Upos::Propn => token.deprel() == Deprel::Compound,
                Upos::Part => token.xpos() == Xpos::POS,
                Upos::Punct => token.xpos() == Xpos::HYPH,
                _ => false,
            }
        }) && !matches!((before.part, after.part), (Part::Role(_), Part::Known(_)))
    }

    /// Whether a role may stand before a name as its title.
    fn is_title(self, role: Chunk<'l>, name: Chunk<'l>) -> bool {
        let Part::Role(noun) = role.part else { return false };
        let head = self.token(role.last);
        let plural = matches!(head.xpos(), Xpos::NNS | Xpos::NNPS);
        let is_person = matches!(name.part, Part::Name(NameKind::Person));
        // The tagger may call a bare surname a place.
        let is_name = is_person
            || matches!(name.part, Part::Name(_)) && noun.usage == Usage::Office && !plural;
        is_name
            && !matches!(noun.usage, Usage::Body | Usage::Plural)
            && (!plural || noun.usage == Usage::Office)
    }

    /// A name the tagger missed behind a title: *counterpart Ruiz*.
    fn unseen_name(self, role: Chunk<'l>, next: Option<&Chunk<'l>>) -> Option<Chunk<'l>> {
        let Part::Role(noun) = role.part else { return None };
        if matches!(noun.usage, Usage::Body | Usage::Plural)
            || self.token(role.last).xpos() == Xpos::NNS
        {
            return None;
        }
        let limit = next.map_or(u32::MAX, |chunk| chunk.first);
        let mut last = role.last;
        let mut token = self.token(role.last);
        while let Some(after) = token.next() {
            let is_name =
                after.upos() == Upos::Propn && after.text().starts_with(char::is_uppercase);
            if !is_name || after.idx().0 >= limit {
                break;
            }
            last = after.idx().0;
            token = after;
        }
        (last > role.last).then_some(Chunk {
            first: role.last + 1,
            last,
            part: Part::Name(NameKind::Person),
        })
    }

    /// Where the phrase of a noun begins: its articles, numbers and adjectives taken in.
    fn left_edge(self, first: u32, start: u32, chunks: &[Chunk<'l>], from: usize) -> u32 {
        let floor = from.checked_sub(1).map_or(start, |before| chunks[before].last + 1);
        let mut edge = first;
        while edge > floor && first - edge < REACH {
            let token = self.token(edge - 1);
            let is_inside = match token.upos() {
                Upos::Det => token.deprel() == Deprel::Det,
                // "the ousted leader"
                Upos::Adj | Upos::Verb => token.deprel() == Deprel::Amod,
                Upos::Num => true,
                Upos::Pron => token.xpos() == Xpos::PRPS,
                Upos::Noun | Upos::Propn => token.deprel() == Deprel::Compound,
                Upos::Punct => token.xpos() == Xpos::HYPH,
                _ => false,
            };
            if !is_inside {
                break;
            }
            edge -= 1;
            if matches!(token.upos(), Upos::Det | Upos::Pron) {
                break;
            }
        }
        // "US-backed forces" begin with the country.
        let hyphenated = edge == floor && edge < first && self.token(edge).xpos() == Xpos::HYPH;
        match from.checked_sub(1) {
            Some(before) if hyphenated => chunks[before].first,
            _ => edge,
        }
    }

    /// Where a title begins with the nouns that modify it: *Economy* of *Economy Minister*.
    fn title_edge(self, first: u32, floor: u32) -> u32 {
        let modifies = |at: u32| {
            let token = self.token(at);
            token.deprel() == Deprel::Compound && matches!(token.upos(), Upos::Noun | Upos::Propn)
        };
        let mut edge = first;
        while edge > floor && first - edge < REACH && modifies(edge - 1) {
            edge -= 1;
        }
        edge
    }

    fn is_former(self, at: u32) -> bool {
        let token = self.token(at);
        ["former", "ex", "late", "ousted", "deposed"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(token.text()))
            || token.text().get(..3).is_some_and(|front| front.eq_ignore_ascii_case("ex-"))
    }

    /// Which country stands behind a role: *the president of Kenya*, *a group based in Peru*, *a priest from Oslo*; for those
    /// who live where they act, *rebels in Darfur* too.
    fn country_behind(
        self,
        last: u32,
        next: Option<&Chunk<'l>>,
        domestic: bool,
    ) -> Option<Country> {
        let next = next.filter(|chunk| chunk.first <= last + 4)?;
        let Part::Known(named) = next.part else { return None };
        let mut preposition = self.token(last).next()?;
        let based = preposition.text() == "based";
        if based {
            preposition = preposition.next()?;
        }
        let leads = match preposition.text() {
            "of" | "from" => true,
            "in" => domestic || based,
            _ => false,
        };
        let first = preposition.idx().0 + 1;
        let is_between = (first..next.first)
            .all(|at| matches!(self.token(at).upos(), Upos::Det | Upos::Adj | Upos::Noun));
        (leads && is_between && first <= next.first).then_some(named.country).flatten()
    }

    /// Whether a number or *thousands of* stands before a name of people.
    fn is_counted(self, first: TokenIdx, head: TokenIdx) -> bool {
        let head = self.analysis.token(head);
        let numbered = head.child(Deprel::Nummod).is_some();
        let of = self.analysis.token(first).previous().filter(|token| token.text() == "of");
        let measure = of.and_then(Token::previous);
        numbered
            || measure.is_some_and(|token| {
                token.xpos() == Xpos::NNS
                    && MEASURES.contains(&token.text().to_ascii_lowercase().as_str())
            })
    }

    fn reference(self, edge: u32, last: u32) -> Reference {
        let first = self.token(edge);
        match (first.upos(), first.xpos()) {
            (_, Xpos::PRPS) if first.text().eq_ignore_ascii_case("our") => Reference::Ours,
            (_, Xpos::PRPS) => Reference::Owned,
            (Upos::Det, _) if first.text().eq_ignore_ascii_case("the") => Reference::Definite,
            // *President said*, *White House spokesman said*: written as a name, meant as one.
            (Upos::Propn, _) if edge == last => Reference::Definite,
            _ => Reference::New,
        }
    }

    /// The person named right before a description between commas: *Ann Lee, the foreign minister,*.
    fn apposed(self, edge: u32, found: &[Found<'l>]) -> Option<usize> {
        let before = found.last()?;
        let comma = self.token(edge).previous()?;
        let touches =
            comma.text() == "," && comma.previous().is_some_and(|token| token.idx() == before.last);
        (touches && matches!(before.what, What::Person(..))).then(|| found.len() - 1)
    }

    /// Whether the name of the person stands right behind a description, between commas: *the foreign minister, Ann Lee,*.
    fn named_behind(self, last: u32, next: Option<&Chunk<'l>>) -> bool {
        let Some(name) = next.filter(|chunk| matches!(chunk.part, Part::Name(NameKind::Person)))
        else {
            return false;
        };
        let comma = self.token(last).next().is_some_and(|token| token.text() == ",");
        let closes = self
            .token(name.last)
            .next()
            .is_none_or(|token| matches!(token.text(), "," | "." | ";" | ")" | ":" | "\"" | "”"));
        comma && closes && name.first == last + 2
    }

    /// Makes a mention of one name, and gives its number.
    fn name(self, chunk: Chunk<'l>, found: &mut Vec<Found<'l>>) -> Option<usize> {
        let head = self.head_of(chunk.first, chunk.last);
        let mut country = None;
        let what = match chunk.part {
            Part::Known(named) if named.sense == Sense::Demonym => {
                let token = self.token(chunk.last);
                let is_people = matches!(token.xpos(), Xpos::NNS | Xpos::NNPS)
                    || token.upos() == Upos::Noun && token.deprel() != Deprel::Compound;
                if is_people { What::People(named) } else { What::Known(named, true) }
            }
            Part::Known(named) => What::Known(named, acts(self.analysis.token(head))),
            Part::Name(NameKind::Person) => {
                What::Person(TokenIdx(chunk.first), TokenIdx(chunk.last))
            }
            Part::Name(NameKind::Organization) => {
                let (inside, role) = self.inside(chunk);
                country = inside;
                What::Body(role)
            }
            Part::Name(NameKind::Location) => {
                country = self.inside(chunk).0;
                What::Place
            }
            Part::Name(NameKind::Other) | Part::Role(_) => return None,
        };
        found.push(Found {
            first: TokenIdx(chunk.first),
            last: TokenIdx(chunk.last),
            head,
            form: Form::Name,
            what,
            country,
            country_at: country.map(|_| self.span(&chunk)),
            owner: None,
            same: None,
            titles: Vec::new(),
            modifiers: Vec::new(),
            counted: self.is_counted(TokenIdx(chunk.first), head),
            reference: Reference::New,
            former: false,
        });
        Some(found.len() - 1)
    }

    /// The country and the role that stand inside a name: *Kenyan Foreign Ministry*.
    fn inside(self, chunk: Chunk<'l>) -> (Option<Country>, Option<&'l Role>) {
        let (mut country, mut role) = (None, None);
        for at in chunk.first..=chunk.last.min(chunk.first + REACH) {
            let token = self.token(at);
            let rest =
                &self.analysis.text()[token.span().start()..self.token(chunk.last).span().end()];
            if let Some((named, _)) = lexicon::name_at(token.text(), rest) {
                country = country.or(named.country);
            }
            if let Some((body, _)) = self.lexicon.role_at(token.text(), rest) {
                role = role.or(Some(body)).filter(|role| role.usage == Usage::Body);
            }
        }
        (country, role)
    }

    /// The token of a run whose own head lies outside of it.
    fn head_of(self, first: u32, last: u32) -> TokenIdx {
        (first..=last)
            .find(|&at| {
                self.token(at).head().is_none_or(|head| !(first..=last).contains(&head.idx().0))
            })
            .map_or(TokenIdx(first), TokenIdx)
    }
}

/// Plurals that count those behind *of*.
const MEASURES: [&str; 6] = ["dozens", "hundreds", "thousands", "millions", "scores", "tens"];

/// Whether those of a role are at home where they are: *rebels in Darfur* are of Sudan, *troops in Darfur* may be anybody's.
fn is_domestic(role: &Role) -> bool {
    let at_home = |sector: Sector| {
        matches!(
            sector,
            Sector::Reb
                | Sector::Opp
                | Sector::Cvl
                | Sector::Cop
                | Sector::Jud
                | Sector::Leg
                | Sector::Pty
                | Sector::Edu
                | Sector::Lab
                | Sector::Crm
                | Sector::Gov
        )
    };
    role.sectors().next().is_some_and(at_home)
}

/// Whether a role noun alone is worth a mention.
fn is_mention(role: &Role, plural: bool, country: Option<Country>, reference: Reference) -> bool {
    match role.usage {
        Usage::Honorific => false,
        Usage::Plural => plural,
        Usage::Title => country.is_some() || plural || reference == Reference::Definite,
        _ => true,
    }
}

/// Whether a place stands for those who govern it: it does something, owns an act, or is a party to one.
fn acts(head: Token<'_>) -> bool {
    // No preposition, and not alone: an argument, whatever the parser hung it on.
    if head.deprel() == Deprel::Obl && head.children().all(|child| child.deprel() != Deprel::Case) {
        return true;
    }
    let preposition = head.child(Deprel::Case).map(Token::text);
    let verb = head.head().filter(|_| matches!(head.deprel(), Deprel::Obj | Deprel::NsubjPass));
    if verb.is_some_and(|verb| lexicon::takes_place(verb.lemma())) {
        return false;
    }
    match head.deprel() {
        Deprel::Nsubj
        | Deprel::NmodPoss
        | Deprel::OblAgent
        | Deprel::Iobj
        | Deprel::Obj
        | Deprel::Compound
        | Deprel::NmodDesc => true,
        Deprel::Nmod | Deprel::Obl => preposition.is_some_and(|word| {
            matches!(
                word,
                "as" | "with"
                    | "between"
                    | "against"
                    | "by"
                    | "for"
                    | "of"
                    | "over"
                    | "toward"
                    | "towards"
            )
        }),
        Deprel::Conj => head.head().is_some_and(|first| {
            let owner = first.deprel();
            matches!(owner, Deprel::Nsubj | Deprel::NmodPoss | Deprel::OblAgent | Deprel::Obj)
                || first.child(Deprel::Case).is_some_and(|case| {
                    matches!(case.text(), "with" | "between" | "against" | "by")
                })
        }),
        _ => false,
    }
}
