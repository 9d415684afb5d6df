//! Reads the members of a gzip file with their offsets. After damage, it searches for the next member.

use std::io::{self, BufRead, Read};

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use super::super::compressed::{Packing, RATIO, UNGUARDED, too_much};

/// Signature of a member.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];
/// Bytes read or decompressed at a time.
pub(super) const PIECE: usize = 64 << 10;
/// Maximum distance a search goes back, in bytes. Damaged deflate data decodes to noise, past the starts of later members, until
/// an invalid code; that is mostly after some kilobytes, and hardly ever after this many.
const BACK: usize = 1 << 20;
/// Bytes that searches may go back in total, plus twice the file. Otherwise a file with many member starts would take quadratic
/// time.
const BACK_IN_ALL: u64 = 16 << 20;
/// Total decompressed size before the ratio to the file size is checked. A few decompression bombs do not lose the records after
/// them; a file that contains nothing else is abandoned.
const UNGUARDED_IN_ALL: u64 = 64 << 20;
/// Bytes of a possible member that a search tries to decompress.
const TRIAL: usize = 1 << 10;
/// Decompressed bytes that the trial must yield for the member to be accepted.
const TRIAL_OUT: usize = 16;

/// Reader of a gzip file, member by member.
pub(super) struct Members<'r> {
    tape: Tape<'r>,
    inflate: Decompress,
    /// Offset of the member in the file.
    start: u64,
    state: State,
    damage: Option<String>,
    gone_back: u64,
    /// Decompressed size of all members so far.
    went: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Inside,
    Over,
    Damaged,
}

impl<'r> Members<'r> {
    /// Starts with the member at the current position.
    pub(super) fn new(tape: Tape<'r>) -> Self {
        let start = tape.place();
        Self {
            tape,
            inflate: Decompress::new_gzip(15),
            start,
            state: State::Inside,
            damage: None,
            gone_back: 0,
            went: 0,
        }
    }

    /// Offset of the member in the file.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Returns true if the member ended with the right checksum.
    pub(super) fn is_over(&self) -> bool {
        self.state == State::Over
    }

    /// Returns true if the member is damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.state == State::Damaged
    }

    /// Returns the damage found in the member so far, once.
    pub(super) fn take_damage(&mut self) -> Option<String> {
        self.damage.take()
    }

    /// Appends the next bytes of the member to `into` and returns their number: 0 at the end or after damage.
    pub(super) fn read(&mut self, into: &mut Vec<u8>) -> io::Result<usize> {
        while self.state == State::Inside {
            if self.tape.ahead().is_empty() && !self.tape.more()? {
                self.damaged("gzip member ends too early; get the file again".to_owned());
                break;
            }
            let (came, went) = (self.inflate.total_in(), self.inflate.total_out());
            let length = into.len();
            into.resize(length + PIECE, 0);
            let result = self.inflate.decompress(
                self.tape.ahead(),
                &mut into[length..],
                FlushDecompress::None,
            );
            let count = |n: u64| usize::try_from(n).expect("at most one piece");
            let used = count(self.inflate.total_in() - came);
            let n = count(self.inflate.total_out() - went);
            into.truncate(length + n);
            self.tape.pass(used);
            self.went += n as u64;
            match result {
                Ok(Status::StreamEnd) => self.state = State::Over,
                Ok(_) if used == 0 && n == 0 => {
                    self.damaged("gzip member makes no progress".to_owned());
                }
                Ok(_) => {
                    let (came, went) = (self.inflate.total_in(), self.inflate.total_out());
                    let is_trap = went > UNGUARDED && went / RATIO > came;
                    let is_full_of_traps =
                        self.went > UNGUARDED_IN_ALL && self.went / RATIO > self.tape.place();
                    if is_trap || is_full_of_traps {
                        self.damaged(too_much(Packing::Gzip));
                    }
                }
                // The decoder's message depends on how far it had read ahead, and does not help the user.
                Err(_) => {
                    let place = self.tape.place();
                    self.damaged(format!(
                        "gzip member is damaged before byte {place}; get the file again"
                    ));
                }
            }
            if n > 0 {
                return Ok(n);
            }
        }
        Ok(0)
    }

    /// Returns true if the next member does not start with a record.
    pub(super) fn goes_on(&mut self) -> io::Result<bool> {
        self.tape.reach(TRIAL)?;
        let text = first_bytes(self.tape.ahead());
        Ok(text.is_some_and(|text| !text.trim_ascii().is_empty() && !is_record(&text)))
    }

    fn damaged(&mut self, why: String) {
        self.state = State::Damaged;
        self.damage = Some(why);
    }

    /// Moves to the next member. Returns `false` at the end of the file. After a good member, the next starts at once, and any
    /// other data counts as a damaged member. After a damaged one, the next is searched for; with `holds_record`, it must start
    /// with a record.
    pub(super) fn next(&mut self, holds_record: bool) -> io::Result<bool> {
        if self.state != State::Over {
            return self.search(holds_record);
        }
        // Tapes and some disks pad files with zeros.
        loop {
            let n_zeros = self.tape.ahead().iter().take_while(|byte| **byte == 0).count();
            self.tape.pass(n_zeros);
            if !self.tape.ahead().is_empty() {
                break;
            }
            if !self.tape.more()? {
                return Ok(false);
            }
        }
        self.tape.reach(MAGIC.len())?;
        self.begin();
        if !self.tape.ahead().starts_with(&MAGIC) {
            self.damaged("expected a gzip member here; get the file again".to_owned());
        }
        Ok(true)
    }

    fn begin(&mut self) {
        self.start = self.tape.place();
        self.inflate = Decompress::new_gzip(15);
        self.state = State::Inside;
        self.damage = None;
    }

    fn search(&mut self, holds_record: bool) -> io::Result<bool> {
        let here = self.tape.place();
        let back = here.saturating_sub(self.start + 1).min(self.tape.at as u64);
        if self.gone_back + back <= BACK_IN_ALL + 2 * here {
            self.gone_back += back;
            self.tape.at -= usize::try_from(back).expect("at most the buffered bytes");
        }
        if self.tape.place() <= self.start {
            self.tape.pass(1);
        }
        loop {
            if let Some(n) = memmem::find(self.tape.ahead(), &MAGIC) {
                self.tape.pass(n);
                self.tape.reach(TRIAL)?;
                let text = first_bytes(self.tape.ahead());
                if text.is_some_and(|text| !holds_record || is_record(&text)) {
                    self.begin();
                    return Ok(true);
                }
                self.tape.pass(1);
            } else {
                let n = self.tape.ahead().len();
                self.tape.pass(n - n.min(MAGIC.len() - 1));
                if !self.tape.more()? {
                    return Ok(false);
                }
            }
        }
    }
}

/// Returns the first bytes of a member if one seems to start here: a valid header, and data that decompresses.
fn first_bytes(head: &[u8]) -> Option<Vec<u8>> {
    // Reserved flags must be unset, and level and system must be known values: three random bytes alone are common in long files.
    let [_, _, _, flags, _, _, _, _, level, system, ..] = head else { return None };
    let can_be =
        flags & 0xE0 == 0 && [0, 2, 4].contains(level) && (*system <= 13 || *system == 255);
    if !can_be || !head.starts_with(&MAGIC) {
        return None;
    }
    let mut text = vec![0; TRIAL_OUT];
    let mut inflate = Decompress::new_gzip(15);
    let trial = &head[..head.len().min(TRIAL)];
    let status = inflate.decompress(trial, &mut text, FlushDecompress::None).ok()?;
    text.truncate(usize::try_from(inflate.total_out()).expect("at most the free space"));
    (text.len() == TRIAL_OUT || status == Status::StreamEnd).then_some(text)
}

fn is_record(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"WARC/")
}

/// A file read once, with the last part buffered so that a search can go back.
pub(super) struct Tape<'r> {
    from: &'r mut dyn BufRead,
    held: Vec<u8>,
    /// Offset in the file of the first buffered byte.
    first: u64,
    at: usize,
}

impl<'r> Tape<'r> {
    pub(super) fn new(from: &'r mut dyn BufRead) -> Self {
        Self { from, held: Vec::new(), first: 0, at: 0 }
    }

    /// Current offset in the file.
    fn place(&self) -> u64 {
        self.first + self.at as u64
    }

    /// Bytes read but not consumed.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.held[self.at..]
    }

    fn pass(&mut self, n: usize) {
        self.at += n;
    }

    /// Reads more bytes. Returns `false` at the end of the file.
    fn more(&mut self) -> io::Result<bool> {
        // Done rarely, so the buffer is not moved for every piece.
        if self.at > 2 * BACK {
            let n = self.at - BACK;
            self.held.drain(..n);
            self.first += n as u64;
            self.at = BACK;
        }
        let piece = loop {
            match self.from.fill_buf() {
                Ok(piece) => break piece,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        let n = piece.len().min(PIECE);
        self.held.extend_from_slice(&piece[..n]);
        self.from.consume(n);
        Ok(n > 0)
    }

    /// Reads until that many bytes are available, or the file ends.
    pub(super) fn reach(&mut self, n: usize) -> io::Result<()> {
        while self.ahead().len() < n && self.more()? {}
        Ok(())
    }
}

impl Read for Tape<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.pass(n);
        Ok(n)
    }
}

impl BufRead for Tape<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reach(1)?;
        Ok(self.ahead())
    }

    fn consume(&mut self, n: usize) {
        self.pass(n);
    }
}
