//! The recognizer: a body's names, dates, quotations and titles. Pure; the trained model is part of the program.

mod dates;
pub mod lists;
pub mod ner;
mod quotes;
mod roles;

use std::ops::Range;

use crate::domain::analysis::{Analysis, Kind, Mention, Origin};
use crate::domain::article::Published;
use crate::domain::span::Span;
use crate::text::offsets::Offsets;
use crate::text::token::{Tokens, tokenize};

use ner::features;
use ner::model::{Model, ModelError};

static NEWS: &[u8] = include_bytes!("../../models/news.bin");

/// Finds everything that a body says of people, places, organizations and times.
#[derive(Debug, Clone)]
pub struct Extractor {
    model: Model,
}

/// A name as the model marks it: the tokens, the class, and the smallest margin among its tokens.
struct Found {
    tokens: Range<usize>,
    class: usize,
    margin: i32,
}

impl Extractor {
    /// With the model inside the program.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::with_model(NEWS)
    }

    /// With a model from other bytes.
    pub fn with_model(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Ok(Self {
            model: Model::from_bytes(bytes)?,
        })
    }

    /// What `articles.analyzer` calls it. The number rises whenever the model or the rules find something else than before,
    /// here or in `resolve`: then `reanalyze` reads the older articles again.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "news-en/2"
    }

    /// Whether it knows this language, an ISO 639 code.
    #[must_use]
    pub fn reads(&self, language: &str) -> bool {
        language == "en"
    }

    /// Cuts a body into sentences, for languages without a model.
    #[must_use]
    pub fn sentences_only(&self, body: &str) -> Analysis {
        Analysis {
            sentences: sentences(body, &tokenize(body)),
            ..Analysis::default()
        }
    }

    /// Analyzes a body; `published` gives relative dates their value.
    #[must_use]
    pub fn analyze(&self, body: &str, published: Option<&Published>) -> Analysis {
        let tokens = tokenize(body);
        let mut analysis = Analysis {
            sentences: sentences(body, &tokens),
            ..Analysis::default()
        };
        let mut offsets = Offsets::new(body);
        for found in self.names(body, &tokens) {
            let Some(kind) = kind_of(body, &tokens, &found) else {
                continue;
            };
            let bytes = bytes_of(&tokens, &found.tokens);
            analysis.mentions.push(Mention {
                span: offsets.span(&bytes),
                text: body[bytes].to_owned(),
                kind,
                sentence: tokens
                    .sentences
                    .partition_point(|sentence| sentence.end <= found.tokens.start),
                confidence: confidence(found.margin),
                origin: Origin::Model,
            });
        }
        analysis.dates = dates::find(body, published);
        analysis.roles = roles::find(body, &analysis.mentions);
        analysis.quotes = quotes::find(body, &analysis);
        analysis
    }

    fn names(&self, body: &str, tokens: &Tokens) -> Vec<Found> {
        let rows = features::rows(body, tokens);
        let mut found: Vec<Found> = Vec::new();
        for sentence in &tokens.sentences {
            let decoded = self.model.decode(&rows[sentence.clone()]);
            for (n, (label, margin)) in decoded.labels.iter().zip(decoded.margins).enumerate() {
                let at = sentence.start + n;
                match (label, found.last_mut()) {
                    (0, _) => {}
                    (label, Some(last)) if label.is_multiple_of(2) && last.tokens.end == at => {
                        last.tokens.end = at + 1;
                        last.margin = last.margin.min(margin);
                    }
                    _ => found.push(Found {
                        tokens: at..at + 1,
                        class: (label - 1) / 2,
                        margin,
                    }),
                }
            }
        }
        found
    }
}

fn sentences(body: &str, tokens: &Tokens) -> Vec<Span> {
    let mut offsets = Offsets::new(body);
    let span = |sentence: &Range<usize>| offsets.span(&bytes_of(tokens, sentence));
    tokens.sentences.iter().map(span).collect()
}

fn bytes_of(tokens: &Tokens, range: &Range<usize>) -> Range<usize> {
    tokens.ranges[range.start].start..tokens.ranges[range.end - 1].end
}

/// A margin as a share of right answers: a logistic curve whose slope was read off held-out documents.
fn confidence(margin: i32) -> f64 {
    let share = 1.0 / (1.0 + (-f64::from(margin) / 60.0 - 0.3).exp());
    (share * 1000.0).round() / 1000.0
}

/// Words that make a name of something else an event.
const EVENTS: [&str; 22] = [
    "summit",
    "war",
    "cup",
    "championship",
    "championships",
    "olympics",
    "games",
    "festival",
    "election",
    "elections",
    "open",
    "prix",
    "conference",
    "awards",
    "revolution",
    "crisis",
    "hurricane",
    "typhoon",
    "marathon",
    "tour",
    "league",
    "holocaust",
];

/// Words that make it a law.
const LAWS: [&str; 12] = [
    "act",
    "agreement",
    "treaty",
    "law",
    "convention",
    "protocol",
    "accord",
    "accords",
    "constitution",
    "bill",
    "pact",
    "amendment",
];

/// The kind of a model's class; "Misc" is told apart by its head word. Dates have a finder of their own.
fn kind_of(body: &str, tokens: &Tokens, found: &Found) -> Option<Kind> {
    Some(match ner::model::CLASSES[found.class] {
        "Person" => Kind::Person,
        "Organization" => Kind::Organization,
        "Location" => Kind::Location,
        "Facility" => Kind::Facility,
        "NORP" => Kind::Group,
        "Product" => Kind::Product,
        "Date" => return None,
        _ => {
            let words = tokens.ranges[found.tokens.clone()]
                .iter()
                .map(|range| body[range.clone()].to_lowercase());
            let words: Vec<String> = words.collect();
            let names_one =
                |heads: &[&str]| words.iter().any(|word| heads.contains(&word.as_str()));
            let before = body[..tokens.ranges[found.tokens.start].start].trim_end();
            if names_one(&LAWS) {
                Kind::Law
            } else if names_one(&EVENTS) {
                Kind::Event
            } else if before.ends_with(['"', '“', '‘']) {
                Kind::Work
            } else {
                Kind::Other
            }
        }
    })
}

#[cfg(test)]
mod tests;
