//! Text itself, whatever it says: the company of names, names folded to keys, sentences, tokens, language, likeness, lists of
//! phrases, hits and snippets.

pub mod association;
pub mod language;
pub mod marks;
pub mod normalize;
pub mod offsets;
pub mod phrases;
pub mod sketch;
pub mod terms;
pub mod token;
