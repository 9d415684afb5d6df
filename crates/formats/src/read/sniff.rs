//! What a stream is, by its first bytes.
