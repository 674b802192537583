//! Text itself, whatever it says: names folded to keys, sentences, tokens, language, likeness.

pub mod language;
pub mod normalize;
pub mod offsets;
pub mod sketch;
pub mod token;
