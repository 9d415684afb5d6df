//! Actor and agent files of PETRARCH and TABARI, in their original format.
//!
//! ```text
//! !PERSON! = MAN, MEN, WOMAN, WOMEN
//! ANA_RUIZ_           ; a comment
//! +PRESIDENT_RUIZ_
//!     [CHLGOV 900311-19940311]
//!     [CHLELI >940312]
//! TAXI_DRIVER {TAXI_DRIVERS} [~LAB]
//! POLICE!PERSON! [~COP]
//! ```
//!
//! Names are in capitals with `_` for spaces. `+` adds another name of the same actor. Codes stand in brackets, with
//! the dates they hold; a name with several codes has them all. The programs take a name without a final `_` for the
//! start of a word; here it is a whole word.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Actors, BadLine, Builder, DatedCodes, Writing,
    cameo::{Dialect, Letters, triples},
};

impl Actors {
    /// Reads an actor or agent file of PETRARCH or TABARI, or a file with both.
    ///
    /// Returns the list, and the lines that could not be used in full.
    ///
    /// CAMEO codes become countries, PLOVER sectors and codes of international organizations. Dates are `YYYYMMDD` or
    /// `YYMMDD`; two-digit years up to 30 belong to this century. A file that uses `JRN` follows PLOVER, where `MED`
    /// is health care; in other files `MED` is media. In a file that mostly codes faiths or ethnic groups, letters
    /// that are also a country code do not name the country.
    ///
    /// ```
    /// use dateline_extract::Actors;
    ///
    /// let (actors, bad) = Actors::read_petrarch("ANA_RUIZ_ [CHLGOV >900311]\nOMO_CLUB [XQZ]\n");
    /// assert_eq!((actors.n_names(), bad.len(), bad[0].line), (1, 1, 2));
    /// ```
    pub fn read_petrarch(text: &str) -> (Self, Vec<BadLine>) {
        let letters = Letters::new();
        let mut reader = Reader {
            dialect: dialect(text, &letters),
            letters,
            builder: Builder::default(),
            bad: Vec::new(),
            sets: BTreeMap::new(),
            open: None,
        };
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            reader.line(at + 1, line);
        }
        reader.close();
        (reader.builder.finish(), reader.bad)
    }
}

/// Infers the conventions of a file from the letters it uses.
fn dialect(text: &str, letters: &Letters) -> Dialect {
    let mut dialect = Dialect::default();
    let (mut countries, mut faiths, mut others) = (0, 0, 0);
    for line in text.lines() {
        for code in uncommented(line).split('[').skip(1) {
            let code = code.split([']', ' ']).next().unwrap_or_default();
            dialect.plover |= triples(code.trim_start_matches('~')).any(|it| it == "JRN");
            match triples(code).next() {
                Some(first) if code.starts_with('~') || first == "---" => {}
                Some(first) if letters.is_known_role(first) => faiths += 1,
                Some(first) if letters.country(first).is_some() => countries += 1,
                _ => others += 1,
            }
        }
    }
    dialect.groups = others > countries + faiths;
    dialect.faiths = !dialect.groups && faiths > 10 * countries;
    dialect
}

/// Returns a line without its comment.
fn uncommented(line: &str) -> &str {
    line.split(['#', ';']).next().unwrap_or_default()
}

/// Actor whose names were read and whose codes may follow.
#[derive(Debug)]
struct Open {
    /// Line of its first name.
    line: usize,
    read: String,
    names: Vec<String>,
    codes: Vec<DatedCodes>,
    /// A code was read, even one that says there is none.
    is_coded: bool,
}

struct Reader {
    letters: Letters,
    dialect: Dialect,
    builder: Builder,
    bad: Vec<BadLine>,
    /// Words that `!NAME!` may stand for.
    sets: BTreeMap<String, Vec<String>>,
    open: Option<Open>,
}

impl Reader {
    fn line(&mut self, number: usize, whole: &str) {
        let line = uncommented(whole).trim();
        if line.is_empty() {
            return;
        }
        if let Some((name, words)) = line.strip_prefix('!').and_then(|line| line.split_once('='))
            && let Some(name) = name.trim_end().strip_suffix('!')
        {
            let words = words.split(',').map(|word| word.trim().to_owned());
            self.sets.insert(name.to_owned(), words.filter(|word| !word.is_empty()).collect());
            return;
        }
        let (written, brackets) = line.split_at(line.find('[').unwrap_or(line.len()));
        let written = written.trim_end();
        if written.contains(']') {
            self.refuse(
                number,
                written,
                "a code in brackets, as in [USAGOV]",
                "the line is left out",
            );
            return;
        }
        if brackets.contains("[~") || brackets.contains("~]") {
            self.close();
            self.agent(number, written, brackets);
            return;
        }
        if let Some(alias) = written.strip_prefix('+') {
            match &mut self.open {
                Some(open) => open.names.push(alias.to_owned()),
                None => self.refuse(
                    number,
                    written,
                    "the name of an actor before its other names",
                    "the line is left out",
                ),
            }
        } else if !written.is_empty() {
            // Consecutive names without a code between them share the next code.
            let goes_on = brackets.is_empty();
            match &mut self.open {
                Some(open) if !open.is_coded && goes_on => open.names.push(written.to_owned()),
                _ => {
                    self.close();
                    self.open = Some(Open {
                        line: number,
                        read: written.to_owned(),
                        names: vec![written.to_owned()],
                        codes: Vec::new(),
                        is_coded: false,
                    });
                }
            }
        }
        self.codes(number, brackets);
    }

    fn refuse(&mut self, line: usize, read: &str, expected: &'static str, cure: &'static str) {
        self.bad.push(BadLine::new(line, read, expected, cure));
    }

    /// Reads the codes in brackets: `[KENGOV >20130409] [KENELI]`.
    fn codes(&mut self, number: usize, brackets: &str) {
        const CURE: &str = "the code is left out";
        for piece in brackets.split('[').skip(1) {
            let Some((inside, _)) = piece.split_once(']') else {
                self.refuse(number, brackets, "a bracket that closes the code", CURE);
                continue;
            };
            let inside = inside.trim();
            let (code, days) = inside.split_at(inside.find([' ', '\t']).unwrap_or(inside.len()));
            // "[---]" says that there is no code.
            let mut read = None;
            if !code.starts_with("--") {
                let Some(codes) = self.letters.read(code, self.dialect) else {
                    let expected =
                        "a CAMEO code of a country or a kind of actor, as in KENGOV or IGOUNO";
                    self.refuse(number, inside, expected, CURE);
                    continue;
                };
                let Some((from, to)) = stretch(days) else {
                    let expected = "days as >DAY, <DAY or DAY-DAY, a day as YYYYMMDD or YYMMDD";
                    self.refuse(number, inside, expected, CURE);
                    continue;
                };
                read = Some(DatedCodes { codes, from, to });
            }
            match &mut self.open {
                Some(open) => {
                    open.is_coded = true;
                    open.codes.extend(read);
                }
                None => self.refuse(number, inside, "the name of an actor before its code", CURE),
            }
        }
    }

    /// Completes the actor whose names were read.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.codes.is_empty() {
            // A bad code was already reported.
            if !open.is_coded && self.bad.last().is_none_or(|bad| bad.line < open.line) {
                self.refuse(
                    open.line,
                    &open.read,
                    "a code in brackets behind the name or below it",
                    "the name is left out",
                );
            }
            return;
        }
        let names: Vec<String> = open.names.iter().flat_map(|name| spellings(name)).collect();
        let Some(first) = names.first() else { return };
        let actor = self.builder.named(first);
        for name in &names {
            self.builder.spell(actor, name, Writing::Upper);
        }
        for codes in open.codes {
            self.builder.code(actor, codes);
        }
    }

    /// Reads an agent: `CHAMBER_OF_COMMERCE {CHAMBERS_OF_COMMERCE} [~BUS]`.
    fn agent(&mut self, number: usize, written: &str, brackets: &str) {
        const CURE: &str = "the line is left out";
        let code = brackets.trim_start_matches('[').split(']').next().unwrap_or_default().trim();
        let Some(codes) = self.letters.read(code, self.dialect).filter(|_| code.len() >= 4) else {
            return self.refuse(number, brackets, "a role behind `~`, as in [~MIL]", CURE);
        };
        let (noun, plural) = match written.split_once('{') {
            Some((noun, plural)) => (noun, Some(words(plural.trim_end_matches('}')))),
            None => (written, None),
        };
        let noun = words(noun.trim_start_matches('+'));
        if !noun.contains(char::is_alphanumeric) {
            return self.refuse(number, written, "a noun before the role", CURE);
        }
        // "~IGO" alone is what PLOVER calls a sector, and "~JNK" marks a noun that is not an actor.
        if codes.sectors.is_empty() {
            return;
        }
        let Some((before, set, after)) = set_in(&noun) else {
            let plural = plural.unwrap_or_else(|| plural_of(&noun));
            self.builder.agent(&noun, &[plural], codes.sectors);
            return;
        };
        let Some(stand_ins) = self.sets.get(set) else {
            let expected = "a set of words defined above, as in !PERSON! = MAN, MEN";
            return self.refuse(number, written, expected, CURE);
        };
        for word in stand_ins {
            self.builder.agent(&format!("{before}{word}{after}"), &[], codes.sectors.clone());
        }
    }
}

/// Returns the set of words in a noun, with the text before and after it.
fn set_in(noun: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = noun.split_once('!')?;
    let (set, after) = rest.split_once('!')?;
    Some((before, set, after))
}

/// Returns the regular English plural of a noun.
fn plural_of(noun: &str) -> String {
    let ends = |ending: &str| noun.to_ascii_lowercase().ends_with(ending);
    let is_vowel = |c: char| "aeiou".contains(c.to_ascii_lowercase());
    if ends("y") && !noun.chars().rev().nth(1).is_some_and(is_vowel) {
        format!("{}ies", &noun[..noun.len() - 1])
    } else if ends("s") || ends("x") || ends("ch") || ends("sh") || ends("z") {
        format!("{noun}es")
    } else if ends("man") {
        format!("{}men", &noun[..noun.len() - 3])
    } else {
        format!("{noun}s")
    }
}

/// Returns a name with spaces for its `_`.
fn words(name: &str) -> String {
    let blanked = name.replace('_', " ");
    blanked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the spellings of a name without an article. `KIVU_RELIEF_NETWORK_(KRN)_` has two.
fn spellings(name: &str) -> Vec<String> {
    let name = words(name);
    let name = name.strip_prefix("THE ").unwrap_or(&name).to_owned();
    let short = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match short {
        Some((long, short)) if !long.trim().is_empty() => {
            vec![long.trim().to_owned(), short.trim().to_owned()]
        }
        _ => vec![name],
    }
    .into_iter()
    .filter(|name| name.contains(char::is_alphanumeric))
    .collect()
}

/// First and last date; `None` leaves an end open.
type Stretch = (Option<Date>, Option<Date>);

/// Reads the dates after a code. No dates mean always.
fn stretch(days: &str) -> Option<Stretch> {
    let days = days.trim();
    if days.is_empty() {
        return Some((None, None));
    }
    if let Some(from) = days.strip_prefix('>') {
        return Some((Some(day(from)?), None));
    }
    if let Some(to) = days.strip_prefix('<') {
        return Some((None, Some(day(to)?)));
    }
    let (from, to) = days.split_once('-')?;
    let (from, to) = (day(from)?, day(to)?);
    (from <= to).then_some((Some(from), Some(to)))
}

/// Reads `YYYYMMDD` or `YYMMDD`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = text.split_at_checked(text.len().checked_sub(4)?)?;
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        4 => number,
        2 if number <= 30 => 2000 + number,
        2 => 1900 + number,
        _ => return None,
    };
    let (month, day) = (rest[..2].parse().ok()?, rest[2..].parse().ok()?);
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(actors: &Actors, text: &str, day: Option<&str>) -> String {
        let first = text.split(' ').next().unwrap();
        let Some((idx, length)) = actors.name_at(first, text) else { return "-".to_owned() };
        let codes = actors.actor(idx).on(day.map(|day| day.parse().unwrap())).unwrap_or_default();
        let place = codes.country.map(|it| it.to_string()).or(codes.international);
        let mut shown = format!("{} {}", &text[..length], place.unwrap_or_else(|| "-".to_owned()));
        for sector in codes.sectors {
            shown = format!("{shown} {sector}");
        }
        shown
    }

    fn bad(bad: &[BadLine]) -> Vec<String> {
        bad.iter().map(|bad| format!("{} {}", bad.line, bad.read)).collect()
    }

    #[test]
    fn actors_have_other_names_and_codes_by_day() {
        let (actors, found) = Actors::read_petrarch(
            "# people\nANA_RUIZ_  ; of Chile\n+PRESIDENT_RUIZ_ # once\n\t[CHLELI 890101-900310]\n\
             \t[CHLGOV >900311]\n\t[---]\n\nKIVU_RELIEF_NETWORK_(KRN)_ [NGOHRI]\nUNITED_FARMERS\nU.F._\n\t[IGOUNO]\n",
        );
        assert_eq!(bad(&found), [""; 0]);
        assert_eq!(shown(&actors, "Ana Ruiz said", Some("1989-05-05")), "Ana Ruiz CHL ELI");
        assert_eq!(shown(&actors, "Ana Ruiz's aide", Some("1995-05-05")), "Ana Ruiz CHL GOV");
        assert_eq!(shown(&actors, "President Ruiz", None), "President Ruiz CHL GOV");
        assert_eq!(shown(&actors, "Ana Ruiz", Some("1980-01-01")), "Ana Ruiz CHL");
        assert_eq!(shown(&actors, "KRN said", None), "KRN - NGO");
        assert_eq!(shown(&actors, "United Farmers", None), "United Farmers UNO IGO");
        assert_eq!(shown(&actors, "U.F. said", None), "U.F. UNO IGO");
    }

    #[test]
    fn agents_have_plurals_and_sets() {
        let (actors, found) = Actors::read_petrarch(
            "!PERSON! = MAN, MEN, WOMAN, WOMEN\n\nTAXI_DRIVER [~LAB]\nTHIEF {THIEVES} [~CRM]\n\
             POLICE!PERSON![~COP]\nCOUNTESS [~ELI]\nCITY [~GOV]\nBYSTANDER [~JNK]\n",
        );
        assert_eq!(bad(&found), [""; 0]);
        let noun = |text: &str| {
            let first = text.split(' ').next().unwrap();
            let (idx, length) = actors.noun_at(first, text)?;
            Some(format!("{} {}", &text[..length], actors.agents()[idx.index()].sectors[0]))
        };
        assert_eq!(noun("taxi drivers met").as_deref(), Some("taxi drivers LAB"));
        assert_eq!(noun("Thieves fled").as_deref(), Some("Thieves CRM"));
        assert_eq!(noun("policewoman said").as_deref(), Some("policewoman COP"));
        assert_eq!(noun("cities").as_deref(), Some("cities GOV"));
        assert_eq!(noun("countesses").as_deref(), Some("countesses ELI"));
        assert_eq!(noun("bystander"), None);
    }

    #[test]
    fn bad_lines_are_reported_and_the_rest_is_read() {
        let (actors, found) = Actors::read_petrarch(
            "+ALONE_\nANA_RUIZ [CHLGOV 9003011-940311]\n\t[CHLOPP 940312-930101] [CHLELI]\nBO_RUIZ_\n\
             CY_RUIZ_ [PERGOV]\nDI_RUIZ_\n\tPERGOV]\n\t[PERGOV\nED_RUIZ [QQQGOV]\nBAKE!FOLK! [~BUS]\n",
        );
        assert_eq!(
            bad(&found),
            [
                "1 +ALONE_",
                "2 CHLGOV 9003011-940311",
                "3 CHLOPP 940312-930101",
                "4 BO_RUIZ_",
                "7 PERGOV]",
                "8 [PERGOV",
                "9 QQQGOV",
                "10 BAKE!FOLK!",
            ]
        );
        assert_eq!(shown(&actors, "Ana Ruiz", None), "Ana Ruiz CHL ELI");
        assert_eq!(shown(&actors, "Cy Ruiz", None), "Cy Ruiz PER GOV");
        assert_eq!(shown(&actors, "Bo Ruiz", None), "-");
    }

    #[test]
    fn two_digit_years_up_to_30_belong_to_this_century() {
        assert_eq!(day("300101"), Date::new(2030, 1, 1).ok());
        assert_eq!(day(" 310101"), Date::new(1931, 1, 1).ok());
        assert_eq!(day("19000228"), Date::new(1900, 2, 28).ok());
        assert_eq!((day("000230"), day("1"), day("2004017")), (None, None, None));
    }

    #[test]
    fn letters_of_groups_are_not_countries() {
        let (actors, found) =
            Actors::read_petrarch("QUIRRI_ [QRR]\nBENU_ [BEN]\n+BENUANS_\nZOZO_ [ZZO]\n");
        assert_eq!(bad(&found), [""; 0]);
        assert_eq!(shown(&actors, "Benuans left", None), "Benuans -");
    }
}
