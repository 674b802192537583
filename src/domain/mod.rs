//! Plain values that every stage speaks in: no I/O, no SQL, no clock, no imports of ours.

pub mod analysis;
pub mod article;
pub mod catalog;
pub mod correction;
pub mod document;
pub mod entity;
pub mod export;
pub mod identity;
pub mod ledger;
pub mod likeness;
pub mod network;
pub mod query;
pub mod recognizer;
pub mod records;
pub mod scope;
pub mod span;
pub mod watchlist;
