//! Access tokens: secrets that allow reading, adding documents, or administration.
//!
//! A token file has one line per token: a name, its scopes separated by commas, and the BLAKE3 hash of the token in hexadecimal,
//! separated by spaces. `#` starts a comment. The tokens themselves are not stored. They are 32 random bytes, which cannot be guessed
//! from a word list, so a plain hash is enough.

use std::{fmt, str::FromStr};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use blake3::Hash;

use crate::problem::Problem;

/// Permission of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Query the ledger.
    Read,
    /// Add documents.
    Ingest,
    /// Everything, including the metrics of the server.
    Admin,
}

impl Scope {
    /// Every scope.
    pub const ALL: &'static [Self] = &[Self::Read, Self::Ingest, Self::Admin];

    /// Returns the name, as in a token file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Ingest => "ingest",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let found = Self::ALL.iter().copied().find(|scope| scope.as_str() == text);
        found.ok_or_else(|| TokenError(format!("read `{text}`, expected read, ingest or admin")))
    }
}

/// Error of a token file or of the name of a scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TokenError(String);

/// Tokens of a server, read from a token file.
///
/// ```
/// use dateline_server::{Scope, Tokens};
///
/// let line = Tokens::line("desk", &[Scope::Read], "a long random secret");
/// assert!(Tokens::read(&line).is_ok());
/// ```
#[derive(Clone, Default)]
pub struct Tokens(Vec<Token>);

#[derive(Clone)]
struct Token {
    scopes: Vec<Scope>,
    hash: Hash,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.0.len())
    }
}

impl Tokens {
    /// Reads the content of a token file.
    ///
    /// # Errors
    ///
    /// The number of the first faulty line, without its secrets; or that the file has no token.
    pub fn read(file: &str) -> Result<Self, TokenError> {
        let mut tokens = Vec::new();
        for (number, line) in (1..).zip(file.lines()) {
            let words = line.split('#').next().unwrap_or_default();
            let words: Vec<&str> = words.split_whitespace().collect();
            let refused = |why: &str| TokenError(format!("line {number}: {why}"));
            let [_, scopes, hash] = words[..] else {
                if words.is_empty() {
                    continue;
                }
                return Err(refused("expected a name, scopes and a hash, separated by spaces"));
            };
            let scopes = scopes
                .split(',')
                .map(str::parse)
                .collect::<Result<_, TokenError>>()
                .map_err(|error| refused(&error.0))?;
            let hash = Hash::from_hex(hash)
                .map_err(|_| refused("the hash is not 64 hexadecimal digits"))?;
            tokens.push(Token { scopes, hash });
        }
        if tokens.is_empty() {
            return Err(TokenError(
                "no tokens in the file; create one with `dateline token`".to_owned(),
            ));
        }
        Ok(Self(tokens))
    }

    /// Returns the line of a token file for a token.
    pub fn line(name: &str, scopes: &[Scope], token: &str) -> String {
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
        format!("{name} {} {}", scopes.join(","), blake3::hash(token.as_bytes()).to_hex())
    }

    /// Checks the token of a request.
    ///
    /// # Errors
    ///
    /// If the request has no token, or one without the scope.
    pub(super) fn check(&self, headers: &HeaderMap, scope: Scope) -> Result<(), Problem> {
        let Some(given) = headers.get(header::AUTHORIZATION).and_then(secret) else {
            return Err(Problem::unauthorized(
                "a token is required: send `Authorization: Bearer TOKEN`, or enter it as the password in a browser",
            ));
        };
        let hash = blake3::hash(given.as_bytes());
        // Compares every token, each in constant time.
        let mut found = None;
        for token in &self.0 {
            if token.hash == hash {
                found = Some(token);
            }
        }
        match found {
            None => Err(Problem::unauthorized("unknown token")),
            Some(token)
                if token.scopes.contains(&scope) || token.scopes.contains(&Scope::Admin) =>
            {
                Ok(())
            }
            Some(_) => Err(Problem::new(
                StatusCode::FORBIDDEN,
                format!("the token does not have the scope `{scope}`"),
            )),
        }
    }
}

/// Returns the token of a header: a bearer token, or the password of basic authentication with any user name.
fn secret(header: &HeaderValue) -> Option<String> {
    let (kind, value) = header.to_str().ok()?.split_once(' ')?;
    if kind.eq_ignore_ascii_case("bearer") {
        return Some(value.trim().to_owned());
    }
    if !kind.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    Some(pair.split_once(':')?.1.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn check(authorization: &str, scope: Scope) -> u16 {
        let file = format!(
            "# ours\n{}\n{} # of the desk\n",
            Tokens::line("desk", &[Scope::Read], "secret-1"),
            Tokens::line("feed", &[Scope::Ingest], "secret-2"),
        );
        let request = Request::builder().header("authorization", authorization).body(()).unwrap();
        match Tokens::read(&file).unwrap().check(request.headers(), scope) {
            Ok(()) => 200,
            Err(problem) => problem.status().as_u16(),
        }
    }

    #[test]
    fn a_token_allows_what_its_scopes_name() {
        assert_eq!(check("Bearer secret-1", Scope::Read), 200);
        assert_eq!(check("bearer secret-2", Scope::Ingest), 200);
        assert_eq!(check("Bearer secret-1", Scope::Ingest), 403);
        assert_eq!(check("Bearer secret-3", Scope::Read), 401);
        assert_eq!(check("Digest secret-1", Scope::Read), 401);
        // `anybody:secret-1`, `:secret-1` and `secret-1`.
        assert_eq!(check("Basic YW55Ym9keTpzZWNyZXQtMQ==", Scope::Read), 200);
        assert_eq!(check("Basic OnNlY3JldC0x", Scope::Read), 200);
        assert_eq!(check("Basic c2VjcmV0LTE=", Scope::Read), 401);
        assert_eq!(check("Basic ***", Scope::Read), 401);
    }

    #[test]
    fn a_bad_line_is_named_and_not_shown() {
        let error = |file: &str| Tokens::read(file).unwrap_err().to_string();
        assert_eq!(error("desk read secret"), "line 1: the hash is not 64 hexadecimal digits");
        assert_eq!(
            error("\ndesk"),
            "line 2: expected a name, scopes and a hash, separated by spaces"
        );
        assert_eq!(
            error("desk write secret"),
            "line 1: read `write`, expected read, ingest or admin"
        );
        assert_eq!(error("# none"), "no tokens in the file; create one with `dateline token`");
    }
}
