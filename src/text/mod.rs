//! Text itself, whatever it says: names folded to keys, sentences, tokens.

pub mod normalize;
pub mod offsets;
pub mod token;
