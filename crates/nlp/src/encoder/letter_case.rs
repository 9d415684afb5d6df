//! Case of a token, which its pieces do not show because they are lowercase.

/// Number of classes; the first is that of the pieces around a window.
pub(crate) const N_CASES: usize = 8;

/// Case of the pieces around a window.
pub(crate) const OUTSIDE: u8 = 0;

const NUMBER: u8 = 1;
const MARK: u8 = 2;
const LOWER: u8 = 3;
const UPPER: u8 = 4;
const CAPITALIZED: u8 = 5;
const CAPITALIZED_FIRST: u8 = 6;
const MIXED: u8 = 7;

/// Returns the case of a token; `is_first` says that a sentence begins with it.
pub(crate) fn case(token: &str, is_first: bool) -> u8 {
    let letters = token.chars().filter(|character| character.is_alphabetic());
    match letters.take(2).count() {
        0 if token.chars().any(char::is_numeric) => return NUMBER,
        0 => return MARK,
        n_letters => {
            if is_lower(token) {
                return LOWER;
            }
            if n_letters > 1 && is_upper(token) {
                return UPPER;
            }
            let mut rest = token.chars();
            let begins_upper = rest.next().is_some_and(char::is_uppercase);
            if begins_upper && (n_letters == 1 || is_lower(rest.as_str())) {
                return if is_first { CAPITALIZED_FIRST } else { CAPITALIZED };
            }
        }
    }
    MIXED
}

/// Returns true if some letter is lowercase and none uppercase.
fn is_lower(text: &str) -> bool {
    text.chars().any(char::is_lowercase) && !text.chars().any(is_upper_or_title)
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
        && !text.chars().any(|character| character.is_lowercase() || is_title(character))
}

fn is_upper_or_title(character: char) -> bool {
    character.is_uppercase() || is_title(character)
}

/// Returns true for a letter in title case, as in *ǅ*: a digraph of an uppercase and a lowercase letter.
fn is_title(character: char) -> bool {
    !character.is_ascii()
        && !character.is_uppercase()
        && !character.is_lowercase()
        && character.to_lowercase().next() != Some(character)
        && character.to_uppercase().next() != Some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_told_apart() {
        let classes =
            |tokens: &[&str]| tokens.iter().map(|token| case(token, false)).collect::<Vec<_>>();
        assert_eq!(classes(&["1998", "5,000", "²"]), [NUMBER; 3]);
        assert_eq!(classes(&["—", "$", "\u{301}"]), [MARK; 3]);
        assert_eq!(classes(&["talks", "n't", "e-mail", "x86"]), [LOWER; 4]);
        assert_eq!(classes(&["UN", "U.S.", "G20S"]), [UPPER; 3]);
        assert_eq!(classes(&["Kenya", "I", "A.", "G20", "Jean-paul"]), [CAPITALIZED; 5]);
        assert_eq!(classes(&["McDonald", "iPhone", "漢字", "3D", "ǅ"]), [MIXED; 5]);
        assert_eq!(case("Talks", true), CAPITALIZED_FIRST);
        assert_eq!(case("UN", true), UPPER);
    }
}
