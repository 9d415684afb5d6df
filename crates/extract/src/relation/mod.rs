//! How events hang together.
