//! People in office, as terms from several sources.
//!
//! Terms of one person in one office are merged and keep the most exact dates. A term without an end ends when the next holder's starts.

mod cabinets;
mod congress;
mod country_info;
mod offices;
mod recent;
mod reign;

use std::{cmp::Reverse, collections::BTreeMap, path::Path};

use anyhow::Result;

use super::{Table, countries::plain, read};

/// One term of one person in one office.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    name: String,
    country: String,
    /// Start: a day, month or year.
    from: String,
    to: End,
    kind: &'static str,
    /// Role noun, or `-` if unknown.
    office: String,
    /// Sectors, the most specific first.
    sectors: &'static str,
    /// Gender: `m`, `f`, or `-` if unknown.
    gender: &'static str,
    /// Identifier: `Q…` (Wikidata), `reign:…`, `bioguide:…`, or `-` if unknown.
    id: String,
    source: &'static str,
}

/// End of a term.
#[derive(Debug, Clone, PartialEq)]
enum End {
    On(String),
    /// In office when the source was written.
    AtLeast(String),
    Open,
}

/// Context that all sources are read with.
struct Codes<'c> {
    countries: &'c Table,
    by_alpha2: &'c BTreeMap<String, String>,
}

impl Codes<'_> {
    /// Country codes by name.
    fn of(&self, name: &str) -> Option<&str> {
        let turned = name.split_once(", ").map(|(name, first)| format!("{first} {name}"));
        self.countries.get(name.trim_start_matches("the ")).or_else(|| self.countries.get(&turned?))
    }
}

/// Fills the table of people in office.
pub(super) fn fill(
    table: &mut Table,
    countries: &Table,
    by_alpha2: &BTreeMap<String, String>,
    data: &Path,
) -> Result<()> {
    let codes = Codes { countries, by_alpha2 };
    // One person has several rows, so the name alone is not a key.
    let mut terms: Vec<Term> = read(&table.path)?.lines().filter_map(ours).collect();
    table.rows.clear();
    let info = country_info::read(data)?;
    let in_order = [
        recent::wikidata(&codes, data)?,
        recent::g20(&codes, data)?,
        congress::executive(data)?,
        info.terms,
        recent::factbook(&codes, data)?,
        reign::terms(&info.cow, data)?,
        congress::legislators(data)?,
        cabinets::of_2019(&codes, data)?,
        offices::holders(&codes, data)?,
    ];
    // Terms of one country and surname are adjacent, so each is compared with few others.
    let mut by_surname: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, term) in terms.iter().enumerate() {
        by_surname.entry(place(term)).or_default().push(at);
    }
    for term in in_order.into_iter().flatten() {
        let known = by_surname.entry(place(&term)).or_default();
        // Wikidata has the names that people go by: *Bernie* beside *Bernard*.
        let by_name = |known: &Term| {
            term.source != "everypolitician" || folded(&known.name) == folded(&term.name)
        };
        if let Some(&at) =
            known.iter().find(|&&at| is_same(&terms[at], &term) && by_name(&terms[at]))
        {
            merge(&mut terms[at], &term);
        } else {
            known.push(terms.len());
            terms.push(term);
        }
    }
    end(&mut terms);
    at_home(&mut terms);
    // Some sources write `---` for a former country without a code.
    let has_code = |term: &&Term| {
        term.country.len() == 3 && term.country.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    for term in terms.iter().filter(|term| is_name(term)).filter(has_code) {
        let to = match &term.to {
            End::On(day) | End::AtLeast(day) => day,
            End::Open => "-",
        };
        let key = [&term.name, &term.country, &term.from, to, term.kind, &term.office].join("\t");
        table.add(&key, &[term.sectors, term.gender, &term.id, term.source]);
    }
    Ok(())
}

/// Sectors of offices.
const SECTORS: [&str; 8] = ["GOV", "LEG", "JUD", "MIL", "COP", "SPY", "OPP", "PTY"];

/// One of our own rows.
fn ours(line: &str) -> Option<Term> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, country, from, to, kind, office, sectors, gender, id, "dateline"] = cells.as_slice()
    else {
        return None;
    };
    let kind = ["head", "deputy", "minister", "legislator"].into_iter().find(|own| own == kind)?;
    let to = if *to == "-" { End::Open } else { End::On((*to).to_owned()) };
    let (name, country) = ((*name).to_owned(), (*country).to_owned());
    let gender = gender_of(gender);
    let (office, id) = ((*office).to_owned(), (*id).to_owned());
    Some(Term {
        name,
        country,
        from: (*from).to_owned(),
        to,
        kind,
        office,
        sectors: SECTORS.into_iter().find(|own| own == sectors)?,
        gender,
        id,
        source: "dateline",
    })
}

fn gender_of(letter: &str) -> &'static str {
    match letter {
        "m" | "M" => "m",
        "f" | "F" => "f",
        _ => "-",
    }
}

/// Tests for a usable name. A surname alone is enough for heads only; punctuation that names do not have indicates a note.
fn is_name(term: &Term) -> bool {
    let words = term.name.split(' ').count();
    (words > 1 || term.kind == "head" && term.name.len() > 2)
        && !term.name.contains(['(', ',', '"', '/', '[', '=', '?'])
        && !term.name.contains(|c: char| c.is_ascii_digit())
        && term.from.len() >= 4
}

/// Country and last word of the name, in lowercase without diacritics.
fn place(term: &Term) -> (String, String) {
    (term.country.clone(), folded(term.name.rsplit(' ').next().unwrap_or(&term.name)))
}

fn folded(word: &str) -> String {
    plain(word).unwrap_or_else(|| word.to_owned()).to_lowercase().replace('-', "")
}

/// Tests for two descriptions of one term, given the same surname and country.
fn is_same(known: &Term, other: &Term) -> bool {
    let office =
        known.office == other.office || [&known.office, &other.office].iter().any(|o| *o == "-");
    let kind = known.kind == other.kind || known.office != "-" && known.office == other.office;
    let (one, two) = (known.name.split(' ').next(), other.name.split(' ').next());
    let whole = known.name.contains(' ') && other.name.contains(' ');
    let initial = |name: Option<&str>| name.map(folded).and_then(|name| name.chars().next());
    let named = !whole || initial(one) == initial(two);
    office && kind && named && overlap(known, other)
}

/// Tests for terms that overlap or start within months of each other.
fn overlap(one: &Term, two: &Term) -> bool {
    let last = |term: &Term| match &term.to {
        End::On(day) | End::AtLeast(day) => format!("{day}~"),
        End::Open => "~".to_owned(),
    };
    let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
    let near =
        (year(&one.from) - year(&two.from)).abs() <= 1 && one.from.get(..7) == two.from.get(..7);
    near || one.from < last(two) && two.from < last(one)
}

/// Adds what another source knows of a term.
fn merge(known: &mut Term, other: &Term) {
    if known.gender == "-" {
        known.gender = other.gender;
    }
    // Wikidata's identifiers are the most useful.
    if known.id == "-" || other.id.starts_with('Q') && !known.id.starts_with('Q') {
        known.id.clone_from(&other.id);
    }
    if known.source == "dateline" {
        return;
    }
    if known.office == "-" {
        known.office.clone_from(&other.office);
    }
    if other.from.len() > known.from.len() && other.from.starts_with(&known.from) {
        known.from.clone_from(&other.from);
    }
    let to = match (&known.to, &other.to) {
        (End::On(own), End::On(day)) if day.len() > own.len() && day.starts_with(own.as_str()) => {
            &other.to
        }
        (End::AtLeast(own), End::On(day) | End::AtLeast(day)) if day > own => &other.to,
        (End::AtLeast(_), End::Open) => &End::Open,
        _ => return,
    };
    known.to = to.clone();
}

/// Removes heads of countries that share a head with another, where a row of ours says whose head that is first of all: the king of
/// the United Kingdom is not meant as that of Belize, nor the president of France as a prince of Andorra.
fn at_home(terms: &mut Vec<Term>) {
    let ours: Vec<(String, String, String)> = terms
        .iter()
        .filter(|term| term.kind == "head" && term.source == "dateline")
        .map(|term| (folded(&term.name), term.id.clone(), term.country.clone()))
        .collect();
    let name = |term: &Term| folded(term.name.trim_start_matches("Co-prince "));
    terms.retain(|term| {
        let is_one = |own: &str, id: &str| {
            term.kind == "head" && own == name(term) || id != "-" && id == term.id
        };
        term.source == "dateline"
            || ours.iter().all(|(own, id, country)| !is_one(own, id) || *country == term.country)
    });
}

/// Fills in missing ends of offices with one holder at a time: the next holder's start, where it agrees with the sources.
fn end(terms: &mut [Term]) {
    let mut order: Vec<usize> = (0..terms.len())
        .filter(|&at| {
            terms[at].kind == "head" && terms[at].office != "-" || terms[at].source == "dateline"
        })
        .collect();
    let key = |term: &Term| (term.country.clone(), term.office.clone(), term.from.clone());
    order.sort_by_key(|&at| key(&terms[at]));
    for pair in order.windows(2) {
        let (held, next) = (terms[pair[0]].clone(), terms[pair[1]].clone());
        if (&held.country, &held.office) != (&next.country, &next.office) || held.from == next.from
        {
            continue;
        }
        let fits = match &held.to {
            End::On(day) => day.len() < next.from.len() && next.from.starts_with(day.as_str()),
            // With years between, there may have been others.
            End::AtLeast(day) => {
                next.from.get(..4) <= day.get(..4)
                    || next.from.len() > 4 && later(day, 2) >= next.from
            }
            End::Open => held.source != "dateline" || folded(&held.name) != folded(&next.name),
        };
        if fits {
            terms[pair[0]].to = End::On(next.from);
        }
    }
    // Of two sources with the same start, the longer name is the fuller one. Rows keep the table's order.
    terms.sort_by_key(|term| Reverse(term.name.len()));
}

/// The same date some years later.
fn later(day: &str, years: i32) -> String {
    let year = day.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
    format!("{:04}{}", year + years, day.get(4..).unwrap_or_default())
}

fn is_capital(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
}

/// A name in ordinary case: *Ana Ruiz-Diaz* for *Ana RUIZ-DIAZ*; *Charles III* is kept.
fn titled(name: &str) -> String {
    let part = |part: &str| {
        let is_number = part.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && part != "XI";
        if !is_capital(part) || is_number {
            return part.to_owned();
        }
        let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        format!("{first}{}", rest.to_lowercase())
    };
    let word = |word: &str| word.split('-').map(part).collect::<Vec<String>>().join("-");
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}

/// The role noun of an office: *defense minister* for *Minister of Defense*.
fn role(office: &str) -> String {
    let lower = office.to_lowercase();
    let lower = lower.split([',', ';', '&', '(']).next().unwrap_or_default().trim();
    let plain = lower.strip_prefix("acting ").unwrap_or(lower);
    let portfolio = [
        "minister of ",
        "minister for ",
        "federal minister of ",
        "secretary of the ",
        "secretary of ",
    ]
    .into_iter()
    .find_map(|start| {
        plain.strip_prefix(start).map(|rest| (start, rest.trim_start_matches("the ")))
    });
    if let Some((start, of)) = portfolio {
        let of = match of {
            "state" if start.starts_with("secretary") => return "secretary of state".to_owned(),
            "foreign affairs" | "foreign relations" | "external affairs" | "external relations" => {
                "foreign"
            }
            "national defense" | "defence" => "defense",
            other if other.starts_with("state") => return "-".to_owned(),
            "internal affairs" | "home affairs" => "interior",
            "public health" => "health",
            "labour" => "labor",
            other => other.strip_prefix("national ").unwrap_or(other),
        };
        let noun = if start.starts_with("secretary") { "secretary" } else { "minister" };
        return format!("{of} {noun}");
    }
    let has = |word: &str| plain.contains(word);
    if has("vice president") || has("vice-president") {
        "vice president".to_owned()
    } else if has("deputy") || has("vice premier") || has("former") {
        "-".to_owned()
    } else if has("prime minister") || has("premier") {
        "prime minister".to_owned()
    } else if has("monarch") {
        "king".to_owned()
    } else if has("chancellor") && !has("exchequer") {
        "chancellor".to_owned()
    } else {
        let known = [
            "supreme leader",
            "president",
            "king",
            "queen",
            "emperor",
            "emir",
            "sultan",
            "prince",
            "governor-general",
            "pope",
        ];
        known.into_iter().find(|word| has(word)).unwrap_or("-").to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(line: &str) -> Term {
        ours(&line.replace(" | ", "\t")).unwrap()
    }

    #[test]
    fn capitals_are_taken_back() {
        assert_eq!(titled("Izz al-ASBAHI"), "Izz al-Asbahi");
        assert_eq!(titled("CHARLES III"), "Charles III");
    }

    #[test]
    fn offices_are_role_nouns() {
        assert_eq!(role("Minister of Foreign Affairs & Trade"), "foreign minister");
        assert_eq!(role("Federal Chancellor of Germany"), "chancellor");
        assert_eq!(role("Deputy Prime Minister"), "-");
        assert_eq!(role("Secretary of State"), "secretary of state");
    }

    #[test]
    fn a_term_ends_where_the_next_one_starts() {
        let mut terms = [
            term("Ana Ruiz | XXA | 2001-02-03 | - | head | president | GOV | f | - | dateline"),
            term("Bo Li | XXA | 2005-04-01 | - | head | president | GOV | m | - | dateline"),
        ];
        end(&mut terms);
        let ana = terms.iter().find(|term| term.name == "Ana Ruiz").unwrap();
        assert_eq!(ana.to, End::On("2005-04-01".to_owned()));
    }

    #[test]
    fn a_surname_is_found_in_the_full_name() {
        let whole =
            term("Ana Ruiz | XXA | 2001 | 2005 | head | president | GOV | f | - | dateline");
        let short =
            term("Ruiz | XXA | 2001-02-03 | 2005-04 | head | - | GOV | - | reign:1 | dateline");
        assert!(is_same(&whole, &short));
        let earlier =
            term("Ruiz | XXA | 1951-02-03 | 1955-04 | head | - | GOV | - | reign:1 | dateline");
        assert!(!is_same(&whole, &earlier));
    }
}
