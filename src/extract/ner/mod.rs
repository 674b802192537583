//! The recognizer of names: what it sees of a token, the model's bytes, how they are read; its trainer is behind a feature.

pub mod decode;
pub mod document;
pub mod features;
pub mod hash;
pub mod labels;
pub mod lexicon;
pub mod model;
pub mod net;
pub mod recognize;
pub mod shares;
pub mod table;
#[cfg(feature = "train")]
pub mod train;
pub mod words;
