//! The decompressed bytes of a web archive: a look-ahead window, in sections that end where a gzip member does.

use std::io::{self, BufRead};

use memchr::{memchr_iter, memmem};

use super::{
    super::{
        compressed::{self, Packing},
        encoding::is_binary,
    },
    members::{Members, PIECE, Tape},
};

/// Bytes at the start of a file that show what it contains.
const HEAD: usize = 1 << 10;
/// Start of a record. Versions before 1.0 were drafts and are not supported.
const LINE: &[u8] = b"WARC/1.";
/// Bytes of a first line, with the field behind it, that tell a record from a text about records.
const BEGINNING: usize = LINE.len() + "0\r\nContent-".len();
/// Bytes looked at behind a record: an empty line or several, and the beginning of the next.
const TAIL: usize = 64;
/// A window that was grown for a record of more than this is given back behind it.
const LARGE: usize = 4 << 20;

/// A web archive, decompressed while it is read.
pub(super) struct Stream<'r> {
    source: Source<'r>,
    /// What was unpacked; the window begins at `start`.
    held: Vec<u8>,
    start: usize,
    /// The place of the window among all that was unpacked.
    at: u64,
    order: Order,
    has_begun: bool,
    /// No head ends before this place, wherever it begins.
    headless: u64,
}

enum Source<'r> {
    /// One section, which ends with the file or with damage nothing can be read behind.
    Whole {
        from: Box<dyn BufRead + 'r>,
        damage: Option<String>,
        is_over: bool,
    },
    Members(Box<Members<'r>>),
}

/// Contents of the members of a gzip file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Still in the first record of the first.
    Unknown,
    /// A record each: places are those of the members in the file.
    Record,
    /// Pieces of one stream, often the only one: places are those in the stream, and the members make one section.
    Piece,
}

impl<'r> Stream<'r> {
    /// Reads a file as what it is by its first bytes: plain, packed by gzip, by zstd, or twice.
    pub(super) fn new(from: &'r mut dyn BufRead) -> io::Result<Self> {
        let mut tape = Tape::new(from);
        tape.reach(HEAD)?;
        let packing = Packing::of(tape.ahead());
        let inside = packing
            .and_then(|packing| Packing::of(&compressed::inflated(tape.ahead(), packing, 4).0));
        let source = match (packing, inside) {
            (Some(Packing::Gzip), None) => Source::Members(Box::new(Members::new(tape))),
            // What has lost its first bytes may be a member of gzip, too.
            (None, _) if is_binary(tape.ahead()) => Source::Members(Box::new(Members::new(tape))),
            (None, _) => Source::whole(Box::new(tape)),
            _ => match compressed::unpacked(Box::new(tape)) {
                Ok(from) => Source::whole(from),
                Err(error) if is_damage(&error) => Source::damaged(&error),
                Err(error) => return Err(error),
            },
        };
        Ok(Self {
            source,
            held: Vec::new(),
            start: 0,
            at: 0,
            order: Order::Unknown,
            has_begun: false,
            headless: 0,
        })
    }

    /// Offset of the current position, as reported in problems and records.
    pub(super) fn place(&self) -> u64 {
        match &self.source {
            Source::Members(members) if self.order != Order::Piece => members.start(),
            _ => self.at,
        }
    }

    /// Offset of the record at the current position.
    pub(super) fn begin(&mut self) -> u64 {
        // Damage may make two beginnings of one.
        let is_damaged = matches!(&self.source, Source::Members(members) if members.is_damaged());
        if self.order == Order::Unknown && self.has_begun && !is_damaged {
            self.order = Order::Piece;
        }
        self.has_begun = true;
        self.place()
    }

    /// Returns the damage found in the section so far, once.
    pub(super) fn take_damage(&mut self) -> Option<String> {
        match &mut self.source {
            Source::Whole { damage, .. } => damage.take(),
            Source::Members(members) => members.take_damage(),
        }
    }

    /// Moves to the next section. Returns `false` at the end of the file.
    pub(super) fn next_section(&mut self) -> io::Result<bool> {
        if self.order == Order::Unknown {
            self.order = Order::Record;
        }
        match &mut self.source {
            Source::Whole { .. } => Ok(false),
            Source::Members(members) => members.next(self.order == Order::Record),
        }
    }

    /// Returns at least the requested number of bytes of the section, or fewer at its end.
    ///
    /// Memory grows with the bytes read, not with the bytes requested.
    pub(super) fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        while self.ahead().len() < n && self.more()? {}
        Ok(self.ahead())
    }

    /// Skips bytes that were seen.
    pub(super) fn pass(&mut self, n: usize) {
        self.start += n;
        self.at += n as u64;
    }

    /// Skips empty lines.
    pub(super) fn pass_blank(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.peek(1)?;
            let n = ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if n == 0 {
                return Ok(());
            }
            self.pass(n);
        }
    }

    /// Removes bytes that were seen from the window.
    pub(super) fn take(&mut self, n: usize) -> Vec<u8> {
        self.at += n as u64;
        let end = self.start + n;
        // A record that makes up most of the window takes the window along: two of the largest need not lie in memory.
        if n > LARGE && self.held.len() - end < n {
            let rest = self.held.split_off(end);
            let mut taken = std::mem::replace(&mut self.held, rest);
            taken.drain(..self.start);
            self.start = 0;
            return taken;
        }
        let taken = self.held[self.start..end].to_vec();
        self.start = end;
        taken
    }

    /// Returns the length of the header at the current position, including its empty line, or `None` if it is longer than `most`.
    pub(super) fn head(&mut self, most: usize) -> io::Result<Option<usize>> {
        // What was looked through before need not be again: damage may look like one head after another that does not end.
        let mut seen =
            usize::try_from(self.headless.saturating_sub(self.at)).map_or(most, |n| n.min(most));
        loop {
            let ahead = self.ahead();
            let ahead = &ahead[..ahead.len().min(most)];
            seen = seen.min(ahead.len());
            for line in memchr_iter(b'\n', &ahead[seen..]) {
                let end = match &ahead[seen + line + 1..] {
                    [b'\n', ..] => seen + line + 2,
                    [b'\r', b'\n', ..] => seen + line + 3,
                    _ => continue,
                };
                self.headless = self.headless.max(self.at + (seen + line) as u64);
                return Ok(Some(end));
            }
            let is_all = ahead.len() == most;
            seen = seen.max(ahead.len().saturating_sub(2));
            self.headless = self.headless.max(self.at + seen as u64);
            if is_all || !self.more_of_record()? {
                return Ok(None);
            }
        }
    }

    /// Returns true if another record seems to start within that many bytes.
    pub(super) fn is_run_together(&self, n: usize) -> bool {
        let ahead = &self.ahead()[..n];
        memmem::find_iter(ahead, LINE)
            .any(|at| at > 0 && is_beginning(&ahead[at..], ahead[at - 1] == b'\n'))
    }

    /// Whether a record of so many bytes ends as it should: with the section; with empty lines and another record; or with two
    /// empty lines, if what follows is damage.
    pub(super) fn ends_after(&mut self, n: usize) -> io::Result<bool> {
        while self.ahead().len() < n && self.more_of_record()? {}
        let Some(tail) = self.peek(n + TAIL)?.get(n..) else { return Ok(false) };
        let is_last = tail.len() < TAIL;
        let rest = tail.trim_ascii_start();
        if !rest.is_empty() {
            let is_closed = tail.starts_with(b"\r\n\r\n");
            return Ok(rest.starts_with(b"WARC/") || is_closed && !self.is_run_together(n));
        }
        let is_damaged = match &self.source {
            Source::Whole { damage, .. } => damage.is_some(),
            Source::Members(members) => !members.is_over(),
        };
        Ok(!(is_last && is_damaged))
    }

    /// Goes to the next place a record seems to begin, which may be this, or to the end of the section, and says how many bytes
    /// it passed.
    pub(super) fn find_record(&mut self) -> io::Result<u64> {
        let from = self.at;
        // A record behind an empty line, or behind a head.
        let mut is_line = true;
        loop {
            let ahead = self.ahead();
            let found = memmem::find(ahead, LINE);
            let n = found.unwrap_or_else(|| ahead.len().saturating_sub(LINE.len() - 1));
            if n > 0 {
                is_line = ahead[n - 1] == b'\n';
            }
            self.pass(n);
            if found.is_some() {
                if is_beginning(self.peek(BEGINNING)?, is_line) {
                    break;
                }
                self.pass(1);
                is_line = false;
            } else if !self.more()? {
                self.pass(self.ahead().len());
                break;
            }
        }
        Ok(self.at - from)
    }

    fn ahead(&self) -> &[u8] {
        &self.held[self.start..]
    }

    /// Decompresses more of the section. Returns `false` at its end.
    fn more(&mut self) -> io::Result<bool> {
        self.make_room();
        match &mut self.source {
            Source::Whole { is_over: true, .. } => Ok(false),
            Source::Whole { from, damage, is_over } => loop {
                match from.fill_buf() {
                    Ok(piece) => {
                        let n = piece.len().min(PIECE);
                        self.held.extend_from_slice(&piece[..n]);
                        from.consume(n);
                        *is_over = n == 0;
                        return Ok(n > 0);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) if is_damage(&error) => {
                        *damage = Some(error.to_string());
                        *is_over = true;
                        return Ok(false);
                    }
                    Err(error) => return Err(error),
                }
            },
            Source::Members(members) => loop {
                if members.read(&mut self.held)? > 0 {
                    return Ok(true);
                }
                if !(self.order == Order::Piece && members.is_over() && members.next(false)?) {
                    return Ok(false);
                }
            },
        }
    }

    /// Unpacks another piece of a record that lacks it. Some tools cut a stream into members wherever a block of theirs is full,
    /// which is found out where the first record has no end in the first.
    fn more_of_record(&mut self) -> io::Result<bool> {
        if self.more()? {
            return Ok(true);
        }
        match &mut self.source {
            Source::Members(members) if self.order == Order::Unknown && members.is_over() => {
                if !members.goes_on()? {
                    return Ok(false);
                }
                self.order = Order::Piece;
                self.more()
            }
            _ => Ok(false),
        }
    }

    /// Room for another piece: what was passed is given up when it is half of what is held, and growth is by half.
    fn make_room(&mut self) {
        // Where there is no room, a quarter is worth the moving: a window as large as a record need not be held twice.
        let is_full = self.held.capacity() - self.held.len() < PIECE;
        if self.start * if is_full { 4 } else { 2 } >= self.held.len() {
            if self.held.capacity() > LARGE && self.held.len() - self.start < LARGE {
                self.held = self.held[self.start..].to_vec();
            } else {
                self.held.drain(..self.start);
            }
            self.start = 0;
        }
        if self.held.capacity() - self.held.len() < PIECE {
            self.held.reserve_exact(PIECE.max(self.held.len() / 2));
        }
    }
}

impl<'r> Source<'r> {
    fn whole(from: Box<dyn BufRead + 'r>) -> Self {
        Self::Whole { from, damage: None, is_over: false }
    }

    fn damaged(error: &io::Error) -> Self {
        Self::Whole { from: Box::new(io::empty()), damage: Some(error.to_string()), is_over: true }
    }
}

/// Whether a first line, which these bytes begin with, is to be believed: it is a line of its own, or a field of a record
/// follows where damage took the end of the line before.
fn is_beginning(ahead: &[u8], is_line: bool) -> bool {
    let [digit, rest @ ..] = &ahead[LINE.len()..] else { return false };
    let Some(fields) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) else {
        return false;
    };
    let is_field = fields.starts_with(b"WARC-") || fields.starts_with(b"Content-");
    digit.is_ascii_digit() && (is_line || is_field)
}

/// Returns true if an error is about damaged data, not about I/O.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
}
