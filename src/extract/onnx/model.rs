//! A token-classification model in ONNX and its tokenizer, as Hugging Face exports them: opened, checked, and run over a text
//! window by window. The windows have one fixed size, because many exports only run so.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tokenizers::Tokenizer;
use tract_onnx::prelude::{
    DatumType, Framework, InferenceFact, InferenceModel, InferenceModelExt, IntoRunnable, TValue,
    TVec, Tensor, TractResult, TypedRunnableModel,
};
use tract_onnx::tract_hir::infer::Factoid;

use super::decode::Word;
use super::labels::{Label, labels};
use crate::domain::recognizer::RecognizerChoice;

/// Subwords in a window, unless the model takes fewer.
const WINDOW: usize = 256;

/// This share of a window is also seen by the next one, so that no word is read without its neighbours.
const OVERLAP: usize = 4;

/// What each input of the model is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Ids,
    Mask,
    Types,
}

/// The inputs in order, with the type of their numbers.
type Inputs = Vec<(Input, DatumType)>;

/// A model that is ready to run.
pub(super) struct OnnxModel {
    plan: Arc<TypedRunnableModel>,
    inputs: Inputs,
    tokenizer: Tokenizer,
    labels: Vec<Label>,
    window: usize,
    /// Ids that stand before and behind each window's words.
    edges: (Vec<u32>, Vec<u32>),
    padding: u32,
    /// The first digits of the hash of all that its answers depend on.
    pub(super) print: String,
}

impl OnnxModel {
    /// Opens what the user chose; what is wrong, and what to do.
    pub(super) fn open(choice: &RecognizerChoice) -> Result<Self, String> {
        let path = &choice.model;
        if path.as_os_str().is_empty() {
            return Err(
                "engine = \"onnx\" needs a model; name the file: model = \"path/model.onnx\""
                    .into(),
            );
        }
        let bytes = fs::read(path).map_err(|error| {
            format!("cannot read the model {}: {error}; set model in [recognizer] to the .onnx file of a token-classification model", path.display())
        })?;
        let settings = beside(path, "config.json")
            .map(|path| read_json(&path))
            .transpose()?;
        let words = if choice.labels.is_empty() {
            stated_labels(path, settings.as_ref())?
        } else {
            choice.labels.clone()
        };
        let labels =
            labels(&words).map_err(|problem| format!("the model {}: {problem}", path.display()))?;
        let (mut tokenizer, tokenizer_bytes) = tokenizer(choice)?;
        let padding = padding(&tokenizer);
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .map_err(|error| error.to_string())?;
        let edges = edges(&tokenizer)?;
        let longest = settings
            .and_then(|settings| settings["max_position_embeddings"].as_u64())
            // Some models count positions from 2.
            .map_or(WINDOW, |longest| (longest as usize).saturating_sub(2));
        let window = longest
            .clamp(8, WINDOW)
            .max(edges.0.len() + edges.1.len() + 4);
        let (plan, inputs) =
            plan(path, window).map_err(|error| unusable(path, &format!("{error:#}")))?;
        let mut hasher = blake3::Hasher::new();
        for part in [&bytes[..], &tokenizer_bytes, words.join("\n").as_bytes()] {
            hasher.update(part);
        }
        let model = Self {
            plan,
            inputs,
            tokenizer,
            labels,
            window,
            edges,
            padding,
            print: hasher.finalize().to_hex()[..12].to_owned(),
        };
        model.check(path)?;
        Ok(model)
    }

    /// Runs it once: what cannot run says so now and not at the first article.
    fn check(&self, path: &Path) -> Result<(), String> {
        let scores = self
            .run(&[])
            .map_err(|error| unusable(path, &format!("{error:#}")))?;
        let (n, n_labels) = (scores.len(), self.labels.len());
        if n == self.window * n_labels {
            return Ok(());
        }
        Err(unusable(
            path,
            &format!(
                "it gives {n} scores for {} subwords where its {n_labels} labels need {}; the labels or the config.json beside it belong to another model",
                self.window,
                self.window * n_labels
            ),
        ))
    }

    /// The words of a text with their labels, in order.
    pub(super) fn label(&self, text: &str) -> Result<Vec<Word>, String> {
        let encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(|error| error.to_string())?;
        let (ids, places) = (encoding.get_ids(), encoding.get_offsets());
        let firsts = firsts(encoding.get_word_ids());
        let mut words = Vec::with_capacity(firsts.len());
        for (window, answered) in self.windows(ids.len()) {
            let near = firsts.partition_point(|first| first.start < answered.start)
                ..firsts.partition_point(|first| first.start < answered.end);
            if near.is_empty() {
                continue;
            }
            let scores = self
                .run(&ids[window.clone()])
                .map_err(|error| format!("{error:#}"))?;
            for word in &firsts[near] {
                let at = (self.edges.0.len() + word.start - window.start) * self.labels.len();
                let (label, probability) = likeliest(&scores[at..at + self.labels.len()]);
                let range = places[word.start].0..places[word.end - 1].1;
                if !range.is_empty() && text.get(range.clone()).is_some() {
                    words.push(Word {
                        range,
                        label: self.labels[label],
                        probability,
                    });
                }
            }
        }
        Ok(words)
    }

    /// The windows over `n` subwords, and of each the part whose labels are taken from it.
    fn windows(&self, n: usize) -> Vec<(Range<usize>, Range<usize>)> {
        let content = self.window - self.edges.0.len() - self.edges.1.len();
        let margin = content / OVERLAP / 2;
        let mut windows = Vec::new();
        let mut start = 0;
        while start < n {
            let end = (start + content).min(n);
            let from = if start == 0 { 0 } else { start + margin };
            let to = if end == n { n } else { end - margin };
            windows.push((start..end, from..to));
            if end == n {
                break;
            }
            start = end - 2 * margin;
        }
        windows
    }

    /// The scores of every place of a window.
    fn run(&self, ids: &[u32]) -> TractResult<Vec<f32>> {
        let (before, behind) = &self.edges;
        let mut row: Vec<i64> = before
            .iter()
            .chain(ids)
            .chain(behind)
            .map(|id| i64::from(*id))
            .collect();
        let n_real = row.len();
        row.resize(self.window, i64::from(self.padding));
        let mask: Vec<i64> = (0..self.window).map(|n| i64::from(n < n_real)).collect();
        let types = vec![0; self.window];
        let mut inputs: TVec<TValue> = TVec::new();
        for (input, datum) in &self.inputs {
            let values = match input {
                Input::Ids => &row,
                Input::Mask => &mask,
                Input::Types => &types,
            };
            let tensor = Tensor::from_shape(&[1, self.window], values)?;
            inputs.push(tensor.cast_to_dt(*datum)?.into_owned().into());
        }
        let outputs = self.plan.run(inputs)?;
        let scores = outputs[0].cast_to::<f32>()?;
        Ok(scores.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
    }
}

fn unusable(path: &Path, why: &str) -> String {
    format!(
        "the model {} cannot be used: {why}; export it anew for token classification, as with: optimum-cli export onnx --task token-classification",
        path.display()
    )
}

/// The model made ready for windows of one size.
fn plan(path: &Path, window: usize) -> TractResult<(Arc<TypedRunnableModel>, Inputs)> {
    let mut model: InferenceModel = tract_onnx::onnx().model_for_path(path)?;
    let mut inputs = Vec::new();
    for n in 0..model.inputs.len() {
        let outlet = model.inputs[n];
        let name = model.node(outlet.node).name.clone();
        let input = if name.contains("mask") {
            Input::Mask
        } else if name.contains("type") || name.contains("segment") {
            Input::Types
        } else {
            Input::Ids
        };
        let datum = model
            .input_fact(n)?
            .datum_type
            .concretize()
            .unwrap_or(DatumType::I64);
        model.set_input_fact(n, InferenceFact::dt_shape(datum, [1, window]))?;
        inputs.push((input, datum));
    }
    // Exports for training give losses and hidden states as well.
    let scores = model.outputs.iter().position(|outlet| {
        model
            .outlet_label(*outlet)
            .is_some_and(|label| label.contains("logits"))
    });
    let scores = model.outputs[scores.unwrap_or(0)];
    let model = model.with_output_outlets(&[scores])?;
    Ok((model.into_optimized()?.into_runnable()?, inputs))
}

/// Ranges of subwords that make a word each; special ones belong to none.
fn firsts(words: &[Option<u32>]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (n, word) in words.iter().enumerate() {
        match ranges.last_mut() {
            Some(range) if word.is_some() && *word == last => range.end = n + 1,
            _ if word.is_some() => ranges.push(n..n + 1),
            _ => {}
        }
        last = *word;
    }
    ranges
}

/// The best label and its share, by softmax.
fn likeliest(scores: &[f32]) -> (usize, f32) {
    let (best, highest) = scores
        .iter()
        .copied()
        .enumerate()
        .fold(
            (0, f32::MIN),
            |best, one| if one.1 > best.1 { one } else { best },
        );
    let sum: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    (best, 1.0 / sum)
}

/// A file in the folder of the model, or in the one above, where repositories that hold several exports have it.
fn beside(model: &Path, name: &str) -> Option<PathBuf> {
    let folder = model.parent()?;
    let above = folder.parent();
    std::iter::once(folder)
        .chain(above)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn read_json(path: &Path) -> Result<Value, String> {
    let bytes =
        fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| format!("{} is no JSON: {error}", path.display()))
}

fn stated_labels(model: &Path, settings: Option<&Value>) -> Result<Vec<String>, String> {
    let stated = settings.and_then(|settings| settings["id2label"].as_object());
    let stated = stated.ok_or_else(|| {
        format!("the model {} comes without labels: no config.json with id2label stands beside it; put it there, or state them in order in [recognizer]: labels = [\"O\", \"B-PER\", …]", model.display())
    })?;
    (0..stated.len())
        .map(|n| {
            stated
                .get(&n.to_string())
                .and_then(Value::as_str)
                .map(str::to_owned)
        })
        .collect::<Option<_>>()
        .ok_or_else(|| {
            format!(
                "id2label in the config.json beside {} does not number its labels from 0",
                model.display()
            )
        })
}

fn tokenizer(choice: &RecognizerChoice) -> Result<(Tokenizer, Vec<u8>), String> {
    let path = if choice.tokenizer.as_os_str().is_empty() {
        beside(&choice.model, "tokenizer.json").ok_or_else(|| {
            format!("no tokenizer.json stands beside the model {}; name it in [recognizer]: tokenizer = \"path/tokenizer.json\"", choice.model.display())
        })?
    } else {
        choice.tokenizer.clone()
    };
    let bytes = fs::read(&path)
        .map_err(|error| format!("cannot read the tokenizer {}: {error}; set tokenizer in [recognizer] to the tokenizer.json of the model", path.display()))?;
    let tokenizer = Tokenizer::from_bytes(&bytes)
        .map_err(|error| format!("the tokenizer {} cannot be used: {error}; it must be the tokenizer.json of a fast tokenizer", path.display()))?;
    Ok((tokenizer, bytes))
}

fn padding(tokenizer: &Tokenizer) -> u32 {
    let stated = tokenizer.get_padding().map(|padding| padding.pad_id);
    stated
        .or_else(|| {
            ["[PAD]", "<pad>"]
                .into_iter()
                .find_map(|word| tokenizer.token_to_id(word))
        })
        .unwrap_or(0)
}

/// The ids that the tokenizer puts around a text.
fn edges(tokenizer: &Tokenizer) -> Result<(Vec<u32>, Vec<u32>), String> {
    let encoding = tokenizer
        .encode("a", true)
        .map_err(|error| error.to_string())?;
    let (ids, special) = (encoding.get_ids(), encoding.get_special_tokens_mask());
    let before = special.iter().take_while(|is| **is == 1).count();
    let behind = special[before..]
        .iter()
        .rev()
        .take_while(|is| **is == 1)
        .count();
    Ok((ids[..before].to_vec(), ids[ids.len() - behind..].to_vec()))
}
