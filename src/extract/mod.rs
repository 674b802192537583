//! The recognizer: a body's names, dates, quotations and titles. Pure; the trained model is part of the program.

mod dates;
mod kinds;
pub mod lists;
pub mod ner;
mod quotes;
mod roles;

use std::ops::Range;

use crate::domain::analysis::{Analysis, Mention, Origin};
use crate::domain::article::Published;
use crate::domain::span::Span;
use crate::text::offsets::Offsets;
use crate::text::token::{Tokens, tokenize};

use ner::labels::CLASSES;
use ner::model::{Model, ModelError};
use ner::recognize::recognize;

static NEWS: &[u8] = include_bytes!("../../models/news.bin");

/// Finds everything that a body says of people, places, organizations and times.
#[derive(Debug, Clone)]
pub struct Extractor {
    model: Model,
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
        "news-en/3"
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
        for found in recognize(&self.model, body, &tokens) {
            let name = &found.name;
            let bytes = bytes_of(&tokens, &name.tokens);
            let share = f64::from(self.model.calibrated(found.probability));
            analysis.mentions.push(Mention {
                span: offsets.span(&bytes),
                text: body[bytes.clone()].to_owned(),
                kind: kinds::kind_of(CLASSES[name.class], body, &bytes),
                sentence: tokens
                    .sentences
                    .partition_point(|sentence| sentence.end <= name.tokens.start),
                confidence: (share * 1000.0).round() / 1000.0,
                origin: Origin::Model,
            });
        }
        analysis.dates = dates::find(body, published);
        analysis.roles = roles::find(body, &analysis.mentions);
        analysis.quotes = quotes::find(body, &analysis);
        analysis
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

#[cfg(test)]
mod tests;
