//! The decompressed bytes of a web archive: a look-ahead window over sections, each of which ends with its gzip member.

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
/// Length of a first line and the start of the next field, which distinguish a record from a text about records.
const BEGINNING: usize = LINE.len() + "0\r\nContent-".len();
/// Bytes examined after a record: one or more empty lines and the start of the next record.
const TAIL: usize = 64;
/// Size in bytes above which the memory of a window is released after the record it was grown for.
const LARGE: usize = 4 << 20;

/// A web archive, decompressed while it is read.
pub(super) struct Stream<'r> {
    source: Source<'r>,
    /// Decompressed bytes; the window starts at `start`.
    held: Vec<u8>,
    start: usize,
    /// Offset of the window in the decompressed data.
    at: u64,
    order: Order,
    has_begun: bool,
    /// Offset before which no header ends, wherever it starts.
    headless: u64,
}

enum Source<'r> {
    /// One section, up to the end of the file or to damage that cannot be skipped.
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
    /// Still in the first record of the first member.
    Unknown,
    /// One record per member: offsets are those of the members in the file.
    Record,
    /// Pieces of one stream, often a single one: offsets are those in the stream, and all members form one section.
    Piece,
}

impl<'r> Stream<'r> {
    /// Detects the format by the first bytes: plain, gzip, zstd, or compressed twice.
    pub(super) fn new(from: &'r mut dyn BufRead) -> io::Result<Self> {
        let mut tape = Tape::new(from);
        tape.reach(HEAD)?;
        let packing = Packing::of(tape.ahead());
        let inside = packing
            .and_then(|packing| Packing::of(&compressed::inflated(tape.ahead(), packing, 4).0));
        let source = match (packing, inside) {
            (Some(Packing::Gzip), None) => Source::Members(Box::new(Members::new(tape))),
            // A file that lost its first bytes may still contain gzip members.
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
        // Damage can make one record start look like two.
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
        // If one record is most of the window, it takes over the buffer, so that two of the largest records need not fit in
        // memory.
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
        // Bytes searched before are not searched again: damaged data may look like many headers that never end.
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

    /// Returns true if a record of `n` bytes ends properly: at the end of the section, with empty lines and another record, or
    /// with two empty lines if damage follows.
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

    /// Moves to the next position where a record seems to start, which may be the current one, or to the end of the section.
    /// Returns the number of bytes skipped.
    pub(super) fn find_record(&mut self) -> io::Result<u64> {
        let from = self.at;
        // A record may follow an empty line or a header.
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

    /// Decompresses more of an incomplete record. Some tools start a new member whenever a block is full; this shows when the
    /// first record does not end in the first member.
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

    /// Makes room for another piece: drops consumed bytes when they are half of the buffer, and grows it by half.
    fn make_room(&mut self) {
        // A full buffer is compacted from a quarter on, so a window as large as a record need not be in memory twice.
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

/// Returns true if these bytes seem to start a record: on a line of their own, or followed by a record field where damage removed
/// the previous line end.
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
