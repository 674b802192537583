//! Which recognizer reads the articles.

use std::path::PathBuf;

use serde::Deserialize;

/// What finds the names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// The model inside the program.
    #[default]
    Embedded,
    /// A model of the user's own, in ONNX.
    Onnx,
}

/// The recognizer that the user chose; all but `engine` is for ONNX.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecognizerChoice {
    /// What finds the names.
    pub engine: Engine,
    /// The model: `model.onnx`.
    pub model: PathBuf,
    /// Its tokenizer; where none is named, the `tokenizer.json` that stands with the model.
    pub tokenizer: PathBuf,
    /// Its labels in order; where none are named, `id2label` of the `config.json` that stands with the model.
    pub labels: Vec<String>,
    /// The languages that it reads, as ISO 639 codes; where none are named, all.
    pub languages: Vec<String>,
}
