//! microfiche: drop news articles into a folder; ask who, where, when.
//!
//! The modules in the order in which a file meets them: [`inbox`] finds it, [`ingest`] takes it through [`parse`],
//! [`extract`] and [`resolve`] into the [`store`], and the commands of [`cli`] ask the store and [`render`] the answer.
//! Everything speaks in the plain values of [`domain`]. `ARCHITECTURE.md` is the map; `tests/it/tidy.rs` holds the code to it.

pub mod domain;

pub mod text;

pub mod parse;

pub mod extract;

pub mod resolve;

pub mod store;

pub mod inbox;

pub mod ingest;

pub mod daemon;

pub mod render;

pub mod config;

pub mod cli;
