//! Regular English morphology: *expelled* is *expel*, *parties* is *party*, *larger* is *large*.
//!
//! Each rule removes an ending and repairs the stem: a doubled consonant becomes single, and a dropped *e* is restored if stems of
//! that shape have one. Other stems are in the table of exceptions.

use crate::Xpos;

/// Position of a word, as far as its capitalization depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// True for the first word of a sentence.
    pub(super) opens_sentence: bool,
}

/// Ends of stems that always take an *e*: *persuade*, *execute*.
const ALWAYS: &[&str] = &[
    "ad", "id", "od", "ud", "ak", "ik", "ok", "uk", "um", "om", "im", "in", "ir", "ar", "ur", "at",
    "ut", "ot", "il", "ul", "ol", "ib", "ob", "ab", "ub", "ag", "eg", "ig", "og", "ug", "as", "is",
    "os", "us", "es", "az", "iz", "oz", "yz", "ap", "yp", "yl",
];
/// Ends of stems that take an *e* if they have no other vowel: *phone*, but not *abandon*.
const IF_SHORT: &[&str] = &["am", "an", "on", "un", "al", "ip", "op", "up", "it", "or", "yr"];
/// Longer ends of stems that take an *e*: *change*, *handle*, *endorse*.
const LONGER: &[&str] = &[
    "ang", "ung", "eng", "rg", "dg", "lg", "bl", "pl", "tl", "dl", "gl", "kl", "fl", "cl", "zl",
    "ns", "rs", "ls", "ps", "uis", "ais", "eas", "aus", "oos", "ous", "uid", "uir", "plor", "gnor",
    "stor", "ced", "sed", "v", "c", "u", "eiz", "eez", "ooz", "oth", "plet", "delet", "mpet",
    "suad", "rven", "nven",
];

/// Endings of plurals that no singular has.
const PLURAL_ENDINGS: [&str; 2] = ["ions", "ments"];

/// Writes the lemma of a word, given as written and in lowercase.
pub(super) fn lemma(word: &str, lower: &str, xpos: Xpos, place: Place, out: &mut String) {
    match xpos {
        Xpos::NNP | Xpos::SYM | Xpos::LS => out.push_str(word),
        Xpos::NNPS => {
            out.push_str(word);
            singular(out);
        }
        // *iPhone*
        Xpos::NN
            if word.chars().skip(1).any(char::is_uppercase)
                && word.chars().any(char::is_lowercase) =>
        {
            out.push_str(word);
        }
        // *1,200* is 1200, *the 1990's* are the 1990s.
        Xpos::CD if lower.starts_with(|c: char| c.is_ascii_digit()) => {
            out.extend(lower.chars().filter(|&c| c != ','));
        }
        Xpos::NNS if lower.starts_with(|c: char| c.is_ascii_digit()) => {
            out.extend(lower.chars().filter(|&c| c != '\''));
        }
        Xpos::JJ if word.starts_with(char::is_uppercase) && !place.opens_sentence => {
            out.push_str(if is_loud(word) { lower } else { word });
        }
        Xpos::NNS => {
            out.push_str(lower);
            singular(out);
        }
        // No singular ends so; the tag is wrong.
        Xpos::NN if PLURAL_ENDINGS.iter().any(|ending| lower.ends_with(ending)) => {
            out.push_str(lower);
            singular(out);
        }
        _ => {
            out.push_str(lower);
            match xpos {
                Xpos::VBZ => third_person(out),
                Xpos::VBD | Xpos::VBN => past(out),
                Xpos::VBG => take_off(out, "ing"),
                Xpos::JJR | Xpos::RBR => compared(out, "er"),
                Xpos::JJS | Xpos::RBS => compared(out, "est"),
                _ => {}
            }
        }
    }
}

fn is_loud(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u')
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|byte| is_vowel(byte) || byte == b'y')
}

fn cut(out: &mut String, n_bytes: usize) {
    out.truncate(out.len() - n_bytes);
}

/// Endings in which the plural is *es*.
const AFTER_HISS: [&str; 6] = ["ches", "shes", "sses", "xes", "zzes", "oes"];

fn singular(out: &mut String) {
    let ends = |ending: &str| out.len() > ending.len() + 1 && out.ends_with(ending);
    if ends("men") {
        cut(out, 2);
        out.push_str("an");
    } else if ends("ies") && out.len() > 4 {
        cut(out, 3);
        out.push('y');
    } else if AFTER_HISS.iter().any(|ending| ends(ending)) {
        cut(out, 2);
    } else if ends("s") && !ends("ss") && !ends("us") && !ends("is") {
        cut(out, 1);
        if out.ends_with('\'') {
            cut(out, 1);
        }
    }
}

fn third_person(out: &mut String) {
    let ends = |ending: &str| out.len() > ending.len() && out.ends_with(ending);
    if ends("ies") && out.len() > 4 {
        cut(out, 3);
        out.push('y');
    } else if AFTER_HISS.iter().any(|ending| ends(ending)) {
        cut(out, 2);
    } else if ends("s") && !ends("ss") {
        cut(out, 1);
    }
}

fn past(out: &mut String) {
    if out.ends_with("ied") {
        let is_short = out.len() <= 4;
        cut(out, if is_short { 1 } else { 3 });
        if !is_short {
            out.push('y');
        }
    } else if out.ends_with("eed") && out.len() > 4 {
        cut(out, 1);
    } else {
        take_off(out, "ed");
    }
}

fn compared(out: &mut String, ending: &str) {
    let Some(stem) = out.strip_suffix(ending).filter(|stem| stem.len() > 1) else {
        return;
    };
    if let Some(rest) = stem.strip_suffix('i') {
        let len = rest.len();
        out.truncate(len);
        out.push('y');
    } else {
        take_off(out, ending);
    }
}

/// Removes an ending that starts with a vowel, and repairs the stem.
fn take_off(out: &mut String, ending: &str) {
    let Some(stem) = out.strip_suffix(ending).filter(|stem| has_vowel(stem) && stem.len() > 1)
    else {
        return;
    };
    let len = stem.len();
    if !stem.is_ascii() {
        out.truncate(len);
        return;
    }
    out.truncate(len);
    let bytes = out.as_bytes();
    let last = bytes[len - 1];
    // *dying*
    if ending == "ing" && last == b'y' && len == 2 {
        out.pop();
        out.push_str("ie");
        return;
    }
    if len > 2 && bytes[len - 2] == last && !is_vowel(last) {
        let n_syllables =
            bytes.windows(2).filter(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).count();
        let keeps = match last {
            b's' | b'z' | b'f' => true,
            b'l' => n_syllables < 2,
            _ => false,
        };
        if !keeps {
            out.pop();
        }
        return;
    }
    if wants_e(out) {
        out.push('e');
    }
}

/// Returns true if a stem lost an *e* to its ending.
fn wants_e(stem: &str) -> bool {
    if LONGER.iter().any(|end| stem.ends_with(end)) {
        return true;
    }
    let bytes = stem.as_bytes();
    let Some(before) = bytes.len().checked_sub(2) else {
        return false;
    };
    let end = &stem[before..];
    // The vowel must stand alone: *trade*, but not *tread*; the *u* of *acquire* is no vowel.
    let is_alone = before == 0
        || !is_vowel(bytes[before - 1])
        || before > 1 && bytes[before - 1] == b'u' && matches!(bytes[before - 2], b'q' | b'g')
        || bytes[before - 1] == b'i' && matches!(end, "at" | "ot" | "ol");
    if end == "at" && before > 0 && matches!(bytes[before - 1], b'u' | b'i')
        || stem.ends_with("creat")
    {
        return true;
    }
    let n_vowels = bytes.iter().filter(|&&byte| is_vowel(byte)).count();
    is_alone
        && (ALWAYS.contains(&end) || IF_SHORT.contains(&end) && n_vowels <= 1)
        && !(end == "at" && n_vowels == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, xpos: Xpos, lemmas: &str) {
        for (word, expected) in words.split(' ').zip(lemmas.split(' ')) {
            let mut out = String::new();
            let place = Place { opens_sentence: false };
            lemma(word, &word.to_lowercase(), xpos, place, &mut out);
            assert_eq!(out, expected, "{word}");
        }
    }

    #[test]
    fn lemmas_of_past_tenses() {
        check(
            "expelled walked used agreed carried stopped called decided handled changed resumed",
            Xpos::VBD,
            "expel walk use agree carry stop call decide handle change resume",
        );
    }

    #[test]
    fn lemmas_of_participles() {
        check(
            "saying making sitting lying hoping visiting creating bringing seeing acquiring",
            Xpos::VBG,
            "say make sit lie hope visit create bring see acquire",
        );
    }

    #[test]
    fn lemmas_of_plurals() {
        check("parties boxes talks policemen boys", Xpos::NNS, "party box talk policeman boy");
        check("Americans Democrats", Xpos::NNPS, "American Democrat");
    }

    #[test]
    fn lemmas_of_comparatives() {
        check("larger bigger happier older", Xpos::JJR, "large big happy old");
    }
}
