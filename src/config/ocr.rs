//! `[parse.ocr]`: what reads scans.

use std::time::Duration;

use serde::Deserialize;

use crate::domain::document::Ocr;

/// `[parse.ocr]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OcrConfig {
    /// A program and its arguments; empty: scans are refused.
    pub command: Words,
    /// The time that it has for a page.
    pub timeout_ms: u64,
}

impl Default for OcrConfig {
    fn default() -> Self {
        Self {
            command: Words::Many(Vec::new()),
            timeout_ms: 120_000,
        }
    }
}

/// A command line: a list of words, or one text that is parted at its blanks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Word by word.
    Many(Vec<String>),
    /// In one.
    One(String),
}

impl OcrConfig {
    /// The program, if one is set.
    pub(super) fn ocr(&self) -> Option<Ocr> {
        let command = match &self.command {
            Words::Many(words) => words.clone(),
            Words::One(words) => words.split_whitespace().map(str::to_owned).collect(),
        };
        (!command.is_empty()).then(|| Ocr {
            command,
            timeout: Duration::from_millis(self.timeout_ms),
        })
    }
}
