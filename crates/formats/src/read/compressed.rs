//! Stub.
use std::io::{self, BufRead};
pub(crate) fn unpacked<'r>(from: Box<dyn BufRead + 'r>) -> io::Result<Box<dyn BufRead + 'r>> {
    Ok(from)
}
pub(crate) fn prefix(head: &[u8], most: usize) -> Vec<u8> {
    head[..head.len().min(most)].to_vec()
}
