//! The encoder of the careful reader: a transformer that reads a few sentences at once, and layers that read tags, trees, names and
//! triggers of events off its vectors.
//!
//! A sentence becomes pieces of words ([`pieces`], [`characters`], [`letter_case`]) in windows ([`window`]). Six layers
//! ([`transformer`], [`attention`]) give each token a vector, which [`tag`], [`name`], [`parse`] and [`trigger`] read; [`tree`] finds
//! the best tree. Anything else that learns from the vectors is one more reader of [`transformer::Encoded`], with layers of its own in the
//! weights file ([`weights`]).
//!
//! Weights and inputs of linear layers have eight bits ([`linear`]), the rest is floating point in a fixed order ([`lanes`],
//! [`products`]): the same text gives the same analysis on every machine, whichever vector instructions it has.

mod annotate;
mod attention;
#[cfg(target_arch = "x86_64")]
mod bytes;
mod characters;
mod lanes;
mod letter_case;
mod linear;
mod machine;
mod multiply;
mod name;
mod parse;
mod pieces;
mod products;
mod rounded;
mod shorts;
mod tag;
#[cfg(test)]
mod tests;
mod transformer;
mod tree;
mod trigger;
mod weights;
mod window;

pub(crate) use annotate::Annotator;
pub(crate) use machine::Machine;
pub(crate) use weights::is_encoder;

/// The compiled-in weights, in builds that have them.
pub(crate) const WEIGHTS: Option<&[u8]> = {
    #[cfg(careful)]
    let weights: Option<&[u8]> = Some(include_bytes!("../../model/en/careful.weights"));
    #[cfg(not(careful))]
    let weights = None;
    weights
};
