//! Text itself, whatever it says: names folded to keys, sentences, tokens, languages.

pub mod normalize;
