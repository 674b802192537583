//! Text itself, whatever it says: the company of names, names folded to keys, sentences, tokens, language, likeness, versions of
//! one story, lists of phrases, hits and snippets.

pub mod association;
pub mod clean;
pub mod decode;
pub mod language;
pub mod marks;
pub mod nearest;
pub mod normalize;
pub mod offsets;
pub mod phrases;
pub mod sketch;
pub mod terms;
pub mod token;
pub mod versions;
