//! Text itself, whatever it says: names folded to keys, sentences, tokens, language, likeness, lists of phrases.

pub mod language;
pub mod normalize;
pub mod offsets;
pub mod phrases;
pub mod sketch;
pub mod token;
