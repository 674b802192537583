//! One integration binary; each module drives the real program.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods
)]

/// The helper that the others read by.
mod support;

/// A small archive that changes with nothing.
mod newsroom;

/// What the daemon tells a hook of.
mod alerts;
/// Old, new and foreign archives.
mod archive;
/// The promises of reading-only SQL and of the reports.
mod ask;
/// Looking after an archive.
mod care;
/// Decisions about entities.
mod curation;
mod dates;
/// What leaves the archive, and cases that can be checked.
mod export;
/// Many articles in one file, and keys of one's own.
mod feeds;
mod formats;
/// Files taken in place.
mod ingest;
/// Files that are written, replaced, misnamed or locked while the daemon looks.
mod intake;
/// What the ledger keeps of files, interrupted ones and refused ones too.
mod ledger;
/// Encodings, letters and what is no letter.
mod letters;
/// How answers look on a terminal, in a pipe and in a manual.
mod manners;
/// What the program prints, held word by word.
mod outputs;
/// Reports as charts, figures, pages and documents.
mod pictures;
/// Where names and titles stand.
mod places;
/// What is said while something takes long.
mod progress;
/// The README's first screen is true.
mod readme;
/// Old articles read again.
mod reanalyze;
/// Recognizers of one's own.
mod recognizer;
/// What is asked of the archive ready-made.
mod reports;
/// Originals read again by newer parsers.
mod rereading;
/// Names mean the right people and things, measured on articles with known answers.
mod resolution;
/// The archive tells what it holds.
mod schema;
/// What a search finds, and how.
mod search;
/// SQL under attack, named queries, the prompt.
mod sql;
/// One story in several files, outlets and versions.
mod stories;
/// The code held to its own rules.
mod tidy;
/// Whatever goes wrong has a clear outcome.
mod trouble;
/// The inbox protocol.
mod watch;
/// Names that matter to the user.
mod watchlist;
