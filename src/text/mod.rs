//! Text itself, whatever it says: the company of names, names folded to keys, sentences, tokens, language, likeness, lists of phrases.

pub mod association;
pub mod language;
pub mod nearest;
pub mod normalize;
pub mod offsets;
pub mod phrases;
pub mod sketch;
pub mod token;
