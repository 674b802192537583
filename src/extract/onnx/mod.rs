//! Recognizers of the user's own: any token-classification model in ONNX (behind the feature `onnx`).

mod decode;
mod labels;
mod model;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::analysis::Kind;
use crate::domain::recognizer::RecognizerChoice;

use model::OnnxModel;

/// A model that is ready to read.
#[derive(Clone)]
pub(super) struct Onnx(Arc<OnnxModel>);

/// A name that it found.
pub(super) struct Found {
    /// Where it stands.
    pub(super) bytes: Range<usize>,
    /// What it names.
    pub(super) kind: Kind,
    /// The model's probability.
    pub(super) probability: f32,
}

impl fmt::Debug for Onnx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Onnx({})", self.0.print)
    }
}

impl Onnx {
    /// Opens what the user chose; what is wrong, and what to do.
    pub(super) fn open(choice: &RecognizerChoice) -> Result<Self, String> {
        Ok(Self(Arc::new(OnnxModel::open(choice)?)))
    }

    /// The first digits of the model's hash.
    pub(super) fn print(&self) -> &str {
        &self.0.print
    }

    /// The names of a text, in order, none over another. A text on which the model fails has none, and the log says so.
    pub(super) fn recognize(&self, text: &str) -> Vec<Found> {
        let words = self.0.label(text).unwrap_or_else(|error| {
            tracing::error!("the ONNX model failed on a text, which gets no names: {error}");
            Vec::new()
        });
        let mut end = 0;
        let found = decode::names(text, &words).into_iter().filter_map(|name| {
            let bytes = trimmed(text, name.range);
            let kind = name.class.kind(text, &bytes)?;
            let is_free = !bytes.is_empty() && bytes.start >= end;
            end = end.max(bytes.end);
            is_free.then_some(Found {
                bytes,
                kind,
                probability: name.probability,
            })
        });
        found.collect()
    }
}

/// A name without the marks that some tokenizers leave on its words, and without a possessive; "U.S." keeps its full stop.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let name = whole.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = range.end - name.len();
    let mut bare = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    for possessive in ["'s", "’s", "'S", "’S"] {
        bare = bare.strip_suffix(possessive).unwrap_or(bare);
    }
    let last = bare.rsplit(' ').next().unwrap_or_default();
    let is_abbreviation = last.contains('.') && name[bare.len()..].starts_with('.');
    start..start + bare.len() + usize::from(is_abbreviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_a_name_are_no_part_of_it() {
        for (text, expected) in [
            ("“Kari Dahl”,", "Kari Dahl"),
            ("Dahl’s", "Dahl"),
            ("U.S.", "U.S."),
            ("Oslo.", "Oslo"),
            ("東京", "東京"),
            ("—", ""),
        ] {
            assert_eq!(&text[trimmed(text, 0..text.len())], expected);
        }
    }
}
