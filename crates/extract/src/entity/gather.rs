//! From mentions to entities: one a person, a body, a place or a group.
//!
//! - by name: *Ann Lee* and *Lee*, *Kenya* and *Kenya's*, *European Union* and *EU*, *Kivu Relief Network (KRN)* and *KRN*
//! - by office: *President Ann Lee* and *the president*
//! - apart: two full names with one surname; *a reporter* and *a reporter*

use std::collections::BTreeMap;

use dateline_core::{
    EntityKind,
    codes::{Country, Sector},
};
use dateline_nlp::{Analysis, TokenIdx, Upos};
use jiff::civil::Date;

use super::{
    Entities, EntityDraft, EntityIdx, Facts, MentionDraft, Pending,
    lexicon::{Lexicon, Role, Sense, Usage},
    mention::{Found, Reference, What},
};

/// How far back, in mentions, a description looks for what it describes.
const MEMORY: usize = 300;

/// Gathers mentions, which stand in the order of the text, into entities.
pub(super) fn gather<'a>(
    analysis: &'a Analysis<'a>,
    found: &[Found<'a>],
    lexicon: &'a Lexicon,
    published: Option<Date>,
) -> Entities {
    let mut gatherer = Gatherer {
        analysis,
        lexicon,
        drafts: Vec::new(),
        facts: Vec::new(),
        owner: vec![None; found.len()],
        by_surname: BTreeMap::new(),
        by_key: BTreeMap::new(),
        pending: Vec::new(),
    };
    gatherer.people(found);
    gatherer.in_office(published);
    gatherer.things(found);
    gatherer.descriptions(found);
    gatherer.inherit(found);
    gatherer.finish(found)
}

/// What makes two mentions one entity, apart from the names of people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// A country, by any name.
    Country(Country),
    /// A name with a sense: *Paris* that acts is another than *Paris* where things happen.
    Name(&'a str, bool),
    /// Several spellings of one body.
    Shared(&'a str),
    /// A description.
    Role(&'a str, Option<Country>, bool),
    People(Country),
}

struct Gatherer<'a> {
    analysis: &'a Analysis<'a>,
    lexicon: &'a Lexicon,
    drafts: Vec<EntityDraft>,
    facts: Vec<Facts>,
    /// For each mention, its entity.
    owner: Vec<Option<usize>>,
    /// People by surname, in the order of their first full name.
    by_surname: BTreeMap<&'a str, Vec<Named<'a>>>,
    by_key: BTreeMap<Key<'a>, usize>,
    pending: Vec<Pending>,
}

/// A person by name.
#[derive(Debug, Clone, Copy)]
struct Named<'a> {
    given: Option<&'a str>,
    draft: usize,
}

impl<'a> Gatherer<'a> {
    fn text(&self, first: TokenIdx, last: TokenIdx) -> &'a str {
        self.analysis.span_of(first, last).of(self.analysis.text())
    }

    fn word(&self, at: TokenIdx) -> &'a str {
        self.analysis.token(at).span().of(self.analysis.text())
    }

    /// An entity of its own.
    fn add(&mut self, name: &str, kind: EntityKind) -> usize {
        self.drafts.push(EntityDraft {
            name: name.to_owned(),
            kind,
            country: None,
            international: None,
            sectors: Vec::new(),
            titles: Vec::new(),
            mentions: Vec::new(),
        });
        self.facts.push(Facts::default());
        self.drafts.len() - 1
    }

    /// The entity with a key.
    fn keyed(&mut self, key: Key<'a>, name: &str, kind: EntityKind) -> usize {
        if let Some(&draft) = self.by_key.get(&key) {
            return draft;
        }
        let draft = self.add(name, kind);
        self.by_key.insert(key, draft);
        draft
    }

    /// People by name: full names first, so that a bare surname finds its owner wherever that stands.
    fn people(&mut self, found: &[Found<'a>]) {
        for (at, mention) in found.iter().enumerate() {
            let What::Person(first, last) = mention.what else { continue };
            if first == last {
                continue;
            }
            let (given, surname) = (self.word(first), self.word(last));
            let known = self.by_surname.get(surname).and_then(|people| {
                people
                    .iter()
                    .find(|person| person.given.is_none_or(|known| is_same_given(known, given)))
            });
            let draft = if let Some(person) = known {
                person.draft
            } else {
                let draft = self.add(self.text(first, last), EntityKind::Person);
                self.facts[draft].gender = self.lexicon.gender(given);
                let person = Named { given: Some(given), draft };
                self.by_surname.entry(surname).or_default().push(person);
                draft
            };
            self.tell(draft, mention);
            self.owner[at] = Some(draft);
        }
        let mut latest: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in found.iter().enumerate() {
            if let (What::Person(_, last), Some(draft)) = (mention.what, self.owner[at]) {
                latest.insert(self.word(last), draft);
                continue;
            }
            let surname = self.word(mention.last);
            let draft = match mention.what {
                What::Person(first, last) if first == last => {
                    let known = latest
                        .get(surname)
                        .copied()
                        .or_else(|| self.by_surname.get(surname).map(|people| people[0].draft))
                        .or_else(|| self.by_given(surname));
                    known.unwrap_or_else(|| {
                        let draft = self.add(surname, EntityKind::Person);
                        self.facts[draft].gender = self.lexicon.gender(surname);
                        self.by_surname
                            .entry(surname)
                            .or_default()
                            .push(Named { given: None, draft });
                        draft
                    })
                }
                // The tagger took a surname for something else.
                What::Place | What::Body(None) if mention.first == mention.last => {
                    let Some(people) = self.by_surname.get(surname) else { continue };
                    latest.get(surname).copied().unwrap_or(people[0].draft)
                }
                _ => continue,
            };
            latest.insert(surname, draft);
            self.tell(draft, mention);
            self.owner[at] = Some(draft);
        }
    }

    /// What the lexicon knows of people: whose they are, and whether they govern on the day of publication.
    fn in_office(&mut self, published: Option<Date>) {
        let day = published.map(|day| day.to_string());
        for entity in self.drafts.iter_mut().filter(|draft| draft.kind == EntityKind::Person) {
            let is_held = |country| entity.country.is_none_or(|own| own == country);
            let known = self.lexicon.leaders(&entity.name);
            let mut known = known.iter().filter(|leader| is_held(leader.country)).copied();
            let serving = day.as_ref().and_then(|day| {
                if entity.name.contains(' ') {
                    known.clone().find(|leader| leader.is_in_office(day))
                } else {
                    self.lexicon.head(&entity.name, entity.country, day)
                }
            });
            let only =
                known.next().filter(|first| known.all(|other| other.country == first.country));
            if let Some(leader) = serving.or(only) {
                entity.country = Some(leader.country);
            }
            if serving.is_some() && entity.sectors.is_empty() {
                entity.sectors.push(Sector::Gov);
            }
        }
    }

    /// The one person who bears a given name.
    fn by_given(&self, given: &str) -> Option<usize> {
        let mut people = self
            .by_surname
            .values()
            .flatten()
            .take(MEMORY)
            .filter(|person| person.given == Some(given));
        let only = people.next()?;
        people.next().is_none().then_some(only.draft)
    }

    /// Puts what a mention says of a person into the draft.
    fn tell(&mut self, draft: usize, mention: &Found<'_>) {
        for &(first, last, role) in &mention.titles {
            self.office(draft, role, mention.former);
            if !matches!(role.usage, Usage::Honorific | Usage::Counterpart | Usage::Opponent) {
                let title = self.text(first, last);
                let titles = &mut self.drafts[draft].titles;
                if !titles.iter().any(|known| known.eq_ignore_ascii_case(title)) {
                    titles.push(title.to_owned());
                }
            }
        }
        let entity = &mut self.drafts[draft];
        entity.country = entity.country.or(mention.country);
    }

    /// A role brings its sectors, unless it is a thing of the past.
    fn office(&mut self, draft: usize, role: &Role, former: bool) {
        let entity = &mut self.drafts[draft];
        let facts = &mut self.facts[draft];
        facts.gender = facts.gender.or(role.gender);
        if former && matches!(role.usage, Usage::Office | Usage::Title | Usage::Relative) {
            add_sector(&mut entity.sectors, Sector::Eli);
            return;
        }
        for sector in role.sectors() {
            add_sector(&mut entity.sectors, sector);
        }
        facts.offices.push(role.noun);
    }

    /// Bodies, countries and places.
    fn things(&mut self, found: &[Found<'a>]) {
        let mut acronyms: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, mention) in found.iter().enumerate() {
            if self.owner[at].is_some() {
                continue;
            }
            let text = self.text(mention.first, mention.last);
            let draft = match mention.what {
                What::Known(named, acts) => {
                    let (key, kind) = match named.sense {
                        Sense::Country | Sense::Demonym => match named.country {
                            Some(country) => (Key::Country(country), EntityKind::Place),
                            None => (Key::Name(named.name, false), EntityKind::Place),
                        },
                        Sense::Capital | Sense::Seat if acts => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::Seat if !acts => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::Capital
                        | Sense::Seat
                        | Sense::Region
                        | Sense::City
                        | Sense::Area => (Key::Name(named.name, false), EntityKind::Place),
                        Sense::People => (Key::Name(named.name, true), EntityKind::Group),
                        Sense::Body => (Key::Name(named.name, true), EntityKind::Organization),
                        Sense::International if named.shared.is_empty() => {
                            (Key::Name(named.name, true), EntityKind::Organization)
                        }
                        Sense::International => {
                            (Key::Shared(named.shared), EntityKind::Organization)
                        }
                    };
                    let draft = self.keyed(key, text, kind);
                    self.facts[draft].is_country =
                        matches!(named.sense, Sense::Country | Sense::Demonym);
                    let entity = &mut self.drafts[draft];
                    entity.country = named.country;
                    entity.international = named.international.map(str::to_owned);
                    if kind != EntityKind::Place {
                        for sector in named.sectors() {
                            add_sector(&mut entity.sectors, sector);
                        }
                    }
                    draft
                }
                What::People(named) => {
                    let Some(country) = named.country else { continue };
                    let draft = self.keyed(Key::People(country), text, EntityKind::Group);
                    self.drafts[draft].country = Some(country);
                    draft
                }
                What::Body(role) => {
                    let draft = match acronyms.get(text) {
                        Some(&draft) => draft,
                        None => self.keyed(Key::Name(text, true), text, EntityKind::Organization),
                    };
                    if let Some(short) = self.acronym_behind(mention.last) {
                        acronyms.insert(short, draft);
                    }
                    let entity = &mut self.drafts[draft];
                    entity.country = entity.country.or(mention.country);
                    for sector in role.into_iter().flat_map(Role::sectors) {
                        add_sector(&mut entity.sectors, sector);
                    }
                    draft
                }
                What::Place => {
                    let draft = self.keyed(Key::Name(text, false), text, EntityKind::Place);
                    self.drafts[draft].country = self.drafts[draft].country.or(mention.country);
                    draft
                }
                What::Person(..) | What::Role(..) => continue,
            };
            self.rename(
                draft,
                text,
                matches!(mention.what, What::Known(named, _) if named.sense == Sense::Demonym),
            );
            self.owner[at] = Some(draft);
        }
    }

    /// The fullest name is the entity's name; a demonym names only what has no other.
    fn rename(&mut self, draft: usize, text: &str, is_demonym: bool) {
        let entity = &mut self.drafts[draft];
        if !is_demonym && (!self.facts[draft].is_named || text.len() > entity.name.len()) {
            text.clone_into(&mut entity.name);
        }
        self.facts[draft].is_named |= !is_demonym;
    }

    /// The short name a bracket behind a name gives: *(KRN)*.
    fn acronym_behind(&self, last: TokenIdx) -> Option<&'a str> {
        let open = self.analysis.token(last).next()?;
        let short = open.next()?;
        let is_short = open.text() == "(" && short.next()?.text() == ")";
        let word = self.word(short.idx());
        (is_short && word.len() > 1 && word.chars().all(|c| !c.is_lowercase())).then_some(word)
    }

    /// Descriptions: to the one of the text they fit, else entities of their own.
    fn descriptions(&mut self, found: &[Found<'a>]) {
        for (at, mention) in found.iter().enumerate() {
            let What::Role(role, plural) = mention.what else { continue };
            if mention.reference == Reference::Ours && !plural {
                self.pending.push(Pending {
                    mention: drafted(self.analysis, mention),
                    office: role.noun,
                    sectors: role.sectors().collect(),
                });
                continue;
            }
            let draft = mention
                .same
                .and_then(|same| self.owner[same])
                .or_else(|| self.described(found, at, role, plural))
                .unwrap_or_else(|| self.new_described(mention, role, plural));
            if mention.same.is_some() {
                self.office(draft, role, mention.former);
                let title = self.text(first_of_role(mention, role), mention.last);
                let titles = &mut self.drafts[draft].titles;
                if !titles.iter().any(|known| known.eq_ignore_ascii_case(title)) {
                    titles.push(title.to_owned());
                }
            }
            let entity = &mut self.drafts[draft];
            entity.country = entity.country.or(mention.country);
            self.owner[at] = Some(draft);
        }
    }

    /// The person of the text a description fits, the nearest before it, else the first behind it.
    fn described(
        &self,
        found: &[Found<'_>],
        at: usize,
        role: &Role,
        plural: bool,
    ) -> Option<usize> {
        let mention = &found[at];
        if plural || mention.reference != Reference::Definite || role.usage == Usage::Body {
            return None;
        }
        let fits = |other: &usize| {
            let draft = self.owner[*other]?;
            let entity = &self.drafts[draft];
            let is_place_fit = mention
                .country
                .is_none_or(|country| entity.country.is_none_or(|own| own == country));
            let is_office =
                self.facts[draft].offices.iter().any(|office| fits_office(role.noun, office))
                    || role.noun == "leader"
                        && mention.country.is_some()
                        && self.facts[draft].offices.iter().any(|office| HEADS.contains(office));
            (entity.kind == EntityKind::Person && is_place_fit && is_office).then_some(draft)
        };
        let before = (at.saturating_sub(MEMORY)..at).rev();
        let after = at + 1..(at + MEMORY).min(found.len());
        before.chain(after).find_map(|other| fits(&other))
    }

    fn new_described(&mut self, mention: &Found<'_>, role: &'a Role, plural: bool) -> usize {
        let name = self.text(mention.first, mention.last);
        let kind = match role.usage {
            Usage::Body => EntityKind::Organization,
            _ if plural => EntityKind::Group,
            _ => EntityKind::Person,
        };
        let key = Key::Role(role.noun, mention.country, plural);
        let draft = if mention.reference == Reference::Definite {
            self.keyed(key, name, kind)
        } else {
            let draft = self.add(name, kind);
            self.by_key.insert(key, draft);
            draft
        };
        self.office(draft, role, mention.former);
        draft
    }

    /// Who works for somebody, or stands against somebody, is of that one's country.
    fn inherit(&mut self, found: &[Found<'a>]) {
        for (at, mention) in found.iter().enumerate() {
            let (Some(own), Some(owner)) =
                (self.owner[at], mention.owner.and_then(|owner| self.owner[owner]))
            else {
                continue;
            };
            let (country, international) = {
                let owner = &self.drafts[owner];
                (owner.country, owner.international.clone())
            };
            let entity = &mut self.drafts[own];
            entity.country = entity.country.or(country);
            if entity.country.is_none() && entity.international.is_none() {
                entity.international = international;
            }
        }
    }

    /// Mentions into their entities, entities by first mention.
    fn finish(mut self, found: &[Found<'_>]) -> Entities {
        for (mention, owner) in found.iter().zip(&self.owner) {
            if let Some(owner) = *owner {
                self.drafts[owner].mentions.push(drafted(self.analysis, mention));
            }
        }
        let mut order: Vec<usize> = (0..self.drafts.len())
            .filter(|&draft| !self.drafts[draft].mentions.is_empty())
            .collect();
        order.sort_by_key(|&draft| {
            let first = self.drafts[draft].mentions[0].span;
            (first.start(), first.end())
        });
        let mut renamed = vec![None; self.drafts.len()];
        let mut entities = Entities {
            by_head: vec![None; self.analysis.n_tokens()],
            pending: self.pending,
            ..Entities::default()
        };
        let mut drafts: Vec<_> = self.drafts.into_iter().zip(self.facts).map(Some).collect();
        for (new, &old) in order.iter().enumerate() {
            renamed[old] = Some(EntityIdx(u32::try_from(new).expect("fewer entities than bytes")));
            let (draft, facts) = drafts[old].take().expect("each entity stands in the order once");
            entities.list.push(draft);
            entities.facts.push(facts);
        }
        for (mention, owner) in found.iter().zip(&self.owner) {
            let Some(idx) = owner.and_then(|owner| renamed[owner]) else { continue };
            let first =
                if matches!(mention.what, What::Role(..)) { mention.head } else { mention.first };
            for at in first.0..=mention.last.0 {
                let token = self.analysis.token(TokenIdx(at));
                let is_part = at == mention.head.0
                    || matches!(token.upos(), Upos::Propn | Upos::Noun | Upos::Adj);
                let slot = &mut entities.by_head[at as usize];
                if is_part && slot.is_none() {
                    *slot = Some(idx);
                }
            }
        }
        entities
    }
}

/// Offices a country's *leader* may hold.
const HEADS: [&str; 7] =
    ["president", "prime minister", "premier", "chancellor", "king", "queen", "supreme leader"];

/// Whether a description names an office: the same, or its last words (*the minister* for a foreign minister), but no
/// deputy's.
fn fits_office(described: &str, office: &str) -> bool {
    office.strip_suffix(described).is_some_and(|rest| {
        rest.is_empty() || rest.ends_with(' ') && !["vice ", "deputy "].contains(&rest)
    })
}

/// Whether two given names may be one: equal, or one the initial of the other.
fn is_same_given(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| {
        short.len() <= 2
            && short.ends_with('.')
            && short.as_bytes().first() == long.as_bytes().first()
    };
    a == b || is_initial(a, b) || is_initial(b, a)
}

fn add_sector(sectors: &mut Vec<Sector>, sector: Sector) {
    if !sectors.contains(&sector) {
        sectors.push(sector);
    }
}

fn drafted(analysis: &Analysis<'_>, mention: &Found<'_>) -> MentionDraft {
    MentionDraft {
        span: analysis.span_of(mention.first, mention.last),
        head: mention.head,
        form: mention.form,
    }
}

/// Where the words of a role begin in a mention that ends with them.
fn first_of_role(mention: &Found<'_>, role: &Role) -> TokenIdx {
    let words = u32::try_from(role.noun.split(' ').count()).unwrap_or(1);
    TokenIdx((mention.last.0 + 1).saturating_sub(words).max(mention.first.0))
}
