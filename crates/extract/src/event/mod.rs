//! What happened, or may: acts coded by PLOVER.
