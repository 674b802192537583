//! What a search asks: words, phrases and fields, joined by AND, OR and NOT. [`parse`] reads it as people type it; where it
//! cannot be read, a [`QueryError`] says where it broke and what was meant.

mod acronym;
mod date;
mod fields;
mod lexer;
mod parser;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::analysis::Kind;

pub use parser::parse;

/// A search that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// What it asks.
    pub root: Node,
    /// What may have been meant otherwise, in words.
    pub hints: Vec<String>,
}

/// A part of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// All of these.
    And(Vec<Self>),
    /// Any of these.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// Words in the text.
    Text(Text),
    /// What is known of the article.
    Filter(Filter),
}

/// Words that the title or body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// In one of the columns only.
    pub column: Option<Column>,
    /// One phrase, or several that stand near each other.
    pub phrases: Vec<Phrase>,
    /// How many words may stand between several.
    pub distance: u32,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    /// The words, as typed.
    pub words: String,
    /// Whether the last is only the beginning of a word.
    pub is_prefix: bool,
    /// Whether it is one word in capitals that may be an acronym.
    pub is_acronym: bool,
}

/// A part of an article that has words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// `title:`
    Title,
    /// `body:`
    Body,
}

/// A test of what is known of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The test.
    pub test: Test,
    /// Where its value stands in the query: bytes.
    pub at: Range<usize>,
}

/// What is asked of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It mentions whoever goes by that name.
    Entity {
        /// Only such.
        kind: Option<Kind>,
        /// The name.
        name: String,
    },
    /// It mentions something of that kind.
    Kind(Kind),
    /// It prints that word in capitals.
    Capitals(Text),
    /// An outlet printed it.
    Source(String),
    /// It is written in that language: ISO 639.
    Language(String),
    /// It was published in that time; bounds compare as text with `articles.published_at`.
    Date {
        /// Not before this.
        from: Option<String>,
        /// Before this.
        before: Option<String>,
    },
}

/// Why a search cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Where it broke: bytes of the query.
    pub at: Range<usize>,
    /// What is wrong.
    pub problem: String,
    /// The query that may have been meant.
    pub meant: Option<String>,
}

impl QueryError {
    /// The error over the query, with a caret under the place.
    #[must_use]
    pub fn in_words(&self, query: &str) -> String {
        if query.trim().is_empty() {
            return self.problem.clone();
        }
        let line: String = query
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let before = line.get(..self.at.start).unwrap_or(&line);
        let broken = line.get(self.at.clone()).unwrap_or_default();
        let mut words = format!(
            "{}\n  {line}\n  {}{}",
            self.problem,
            " ".repeat(before.width()),
            "^".repeat(broken.width().max(1))
        );
        if let Some(meant) = &self.meant {
            words.push_str(&format!("\ndid you mean: {meant}"));
        }
        words
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for QueryError {}

impl Query {
    /// A query that asks for one value of a field alone.
    pub fn of_field(field: &str, value: &str) -> Result<Self, QueryError> {
        parse(&asking(field, value))
    }

    /// The query with more asked of its articles: `field` must be `value`.
    pub fn narrowed(self, field: &str, value: &str) -> Result<Self, QueryError> {
        Self::of_field(field, value)?;
        let (own, more) = (self.text.trim(), asking(field, value));
        let joined = if matches!(self.root, Node::Or(_)) {
            format!("({own}) {more}")
        } else {
            format!("{own} {more}")
        };
        parse(&joined)
    }
}

fn asking(field: &str, value: &str) -> String {
    format!("{field}:\"{}\"", value.replace('"', " "))
}

impl Node {
    /// The phrases that articles are found by, for marking them.
    #[must_use]
    pub fn phrases(&self) -> Vec<&Phrase> {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().flat_map(Self::phrases).collect(),
            Self::Text(text) => text.phrases.iter().collect(),
            Self::Not(_) | Self::Filter(_) => Vec::new(),
        }
    }

    /// The filters that articles are found by.
    #[must_use]
    pub fn filters(&self) -> Vec<&Filter> {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().flat_map(Self::filters).collect(),
            Self::Filter(filter) => vec![filter],
            Self::Not(_) | Self::Text(_) => Vec::new(),
        }
    }
}
