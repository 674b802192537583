//! The recognizer: a body's names, dates, quotations and titles. Pure; the trained model is part of the program.

mod dates;
mod kinds;
pub mod lists;
pub mod ner;
#[cfg(feature = "onnx")]
mod onnx;
mod places;
mod quotes;
mod roles;

use std::ops::Range;

use thiserror::Error;

use crate::domain::analysis::{Analysis, Kind, Mention, Origin};
use crate::domain::article::Published;
use crate::domain::recognizer::{Engine, RecognizerChoice};
use crate::domain::span::Span;
use crate::text::offsets::Offsets;
use crate::text::token::{Tokens, tokenize};

use ner::labels::CLASSES;
use ner::model::{Model, ModelError};
use ner::recognize::recognize;

/// The longest names are titles of laws and works. What is longer is no name: a run of letters, or a table.
const MAX_NAME_BYTES: usize = 400;

static NEWS: &[u8] = include_bytes!("../../models/news.bin");

/// Marks that open a quotation or brackets.
const OPENING: [&str; 9] = ["\"", "“", "„", "«", "'", "‘", "(", "[", "‹"];

/// What `articles.analyzer` calls the embedded model and the rules around it.
const EMBEDDED: &str = "news-en/5";

/// The number of the rules around any other model.
#[cfg(feature = "onnx")]
const RULES: u32 = 3;

/// Finds everything that a body says of people, places, organizations and times.
#[derive(Debug, Clone)]
pub struct Extractor {
    recognizer: Recognizer,
    name: &'static str,
    /// The languages that it reads; empty for all.
    languages: Vec<String>,
}

#[derive(Debug, Clone)]
enum Recognizer {
    Embedded(Box<Model>),
    #[cfg(feature = "onnx")]
    Onnx(onnx::Onnx),
}

/// Why there is no recognizer; says what to do.
#[derive(Debug, Error)]
pub enum RecognizerError {
    /// The model inside the program.
    #[error(transparent)]
    Embedded(#[from] ModelError),
    /// A model that the user chose.
    #[error("{0}")]
    Chosen(String),
}

/// A name that a recognizer found.
struct Found {
    bytes: Range<usize>,
    kind: Kind,
    confidence: f64,
}

impl Extractor {
    /// With the model inside the program.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::with_model(NEWS)
    }

    /// With a model from other bytes.
    pub fn with_model(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Ok(Self {
            recognizer: Recognizer::Embedded(Box::new(Model::from_bytes(bytes)?)),
            name: EMBEDDED,
            languages: vec!["en".to_owned()],
        })
    }

    /// The recognizer that the user chose.
    pub fn open(choice: &RecognizerChoice) -> Result<Self, RecognizerError> {
        match choice.engine {
            Engine::Embedded => Ok(Self::embedded()?),
            Engine::Onnx => Self::onnx(choice).map_err(RecognizerError::Chosen),
        }
    }

    #[cfg(feature = "onnx")]
    fn onnx(choice: &RecognizerChoice) -> Result<Self, String> {
        let model = onnx::Onnx::open(choice)?;
        // Opened once in a run, so that what is leaked stays small.
        let name = format!("onnx-{}/{RULES}", model.print()).leak();
        Ok(Self {
            recognizer: Recognizer::Onnx(model),
            name,
            languages: choice.languages.clone(),
        })
    }

    #[cfg(not(feature = "onnx"))]
    fn onnx(choice: &RecognizerChoice) -> Result<Self, String> {
        Err(format!(
            "engine = \"onnx\" (model {}) needs a program built with it: cargo install --path . --features onnx; or set engine = \"embedded\" in [recognizer]",
            choice.model.display()
        ))
    }

    /// What `articles.analyzer` calls it. The number behind the stroke rises whenever the model or the rules find something else than before,
    /// here or in `resolve`: then `reanalyze` reads the older articles again.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it knows this language, an ISO 639 code.
    #[must_use]
    pub fn reads(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|known| known == language)
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
        let names = self.names(body, &tokens);
        for found in names
            .into_iter()
            .filter(|name| is_name(&body[name.bytes.clone()]))
        {
            let is_before =
                |sentence: &Range<usize>| tokens.ranges[sentence.end - 1].end <= found.bytes.start;
            analysis.mentions.push(Mention {
                span: offsets.span(&found.bytes),
                text: body[found.bytes.clone()].to_owned(),
                kind: found.kind,
                sentence: tokens.sentences.partition_point(is_before),
                confidence: (found.confidence * 1000.0).round() / 1000.0,
                origin: Origin::Model,
            });
        }
        analysis.dates = dates::find(body, published);
        analysis.roles = roles::find(body, &analysis.mentions);
        analysis.quotes = quotes::find(body, &analysis);
        analysis
    }
}

impl Extractor {
    fn names(&self, body: &str, tokens: &Tokens) -> Vec<Found> {
        match &self.recognizer {
            Recognizer::Embedded(model) => recognize(model, body, tokens)
                .into_iter()
                .flat_map(|found| {
                    let bytes = bytes_of(tokens, &found.name.tokens);
                    let kind = kinds::kind_of(CLASSES[found.name.class], body, &bytes);
                    let confidence = f64::from(model.calibrated(found.probability));
                    let parts = match kind {
                        Kind::Location => places::parts(body, &bytes),
                        _ => vec![bytes],
                    };
                    parts.into_iter().map(move |bytes| Found {
                        bytes,
                        kind,
                        confidence,
                    })
                })
                .collect(),
            #[cfg(feature = "onnx")]
            Recognizer::Onnx(model) => model
                .recognize(body)
                .into_iter()
                .map(|found| Found {
                    bytes: found.bytes,
                    kind: found.kind,
                    confidence: f64::from(found.probability),
                })
                .collect(),
        }
    }
}

/// Whether a run of words can be one name: not a text, and no more than one cell of a table or one piece of markup.
fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME_BYTES && !text.contains(['|', '<', '>', '\t', '\n'])
}

fn sentences(body: &str, tokens: &Tokens) -> Vec<Span> {
    let mut offsets = Offsets::new(body);
    let mut spans = Vec::new();
    let mut start = tokens.sentences.first().map_or(0, |first| first.start);
    for (n, sentence) in tokens.sentences.iter().enumerate() {
        let opened = tokens.sentences.get(n + 1).map_or(0, |next| {
            n_opening(body, &tokens.ranges[start..=next.start])
        });
        let end = sentence.end - opened;
        spans.push(offsets.span(&bytes_of(tokens, &(start..end))));
        start = end;
    }
    spans
}

/// How many marks at the end of a sentence open the next one, whose first word comes last in `tokens`: those that stand at that
/// word and behind a space. The recognizer learned its sentences with such marks at their end, so only spans are moved.
fn n_opening(body: &str, tokens: &[Range<usize>]) -> usize {
    let mut opened = 0;
    for (n, pair) in tokens.windows(2).skip(1).rev().enumerate() {
        let mark = &body[pair[0].clone()];
        if pair[0].end != pair[1].start || !OPENING.contains(&mark) {
            break;
        }
        if body[..pair[0].start].ends_with(char::is_whitespace) {
            opened = n + 1;
        }
    }
    opened
}

fn bytes_of(tokens: &Tokens, range: &Range<usize>) -> Range<usize> {
    tokens.ranges[range.start].start..tokens.ranges[range.end - 1].end
}

#[cfg(test)]
mod tests;
