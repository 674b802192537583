//! What a token can be: outside of every name, or the begin, inside, end or whole of a name of some class (BIOES).

use std::ops::Range;

/// The classes of the training data that the model tells apart.
pub const CLASSES: [&str; 7] = [
    "Person",
    "Organization",
    "Location",
    "Facility",
    "NORP",
    "Product",
    "Misc",
];

/// Positions within a name.
const PER_CLASS: usize = 4;
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const WHOLE: usize = 3;

/// Outside, and four positions of each class.
pub const N_LABELS: usize = 1 + PER_CLASS * CLASSES.len();

/// A row of weights: the labels, filled up to what vector registers like.
pub const LANES: usize = 32;

/// A name: its tokens and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// An index into [`CLASSES`].
    pub class: usize,
}

fn position(label: usize) -> usize {
    (label - 1) % PER_CLASS
}

/// The class of a label; none for outside.
#[must_use]
pub fn class(label: usize) -> Option<usize> {
    label.checked_sub(1).map(|label| label / PER_CLASS)
}

/// Whether a label may stand at the start of a sentence, or behind the end of another name.
#[must_use]
pub fn may_start(label: usize) -> bool {
    label == 0 || matches!(position(label), BEGIN | WHOLE)
}

/// Whether a label may stand at the end of a sentence.
#[must_use]
pub fn may_end(label: usize) -> bool {
    label == 0 || matches!(position(label), END | WHOLE)
}

/// Whether a label may follow another.
#[must_use]
pub fn may_follow(before: usize, label: usize) -> bool {
    if may_end(before) {
        may_start(label)
    } else {
        class(before) == class(label) && !may_start(label)
    }
}

/// The label of each token of a name, in order.
pub fn of_name(name: &Name) -> impl Iterator<Item = usize> {
    let (n, first) = (name.tokens.len(), 1 + PER_CLASS * name.class);
    (0..n).map(move |at| {
        first
            + match at {
                0 if n == 1 => WHOLE,
                0 => BEGIN,
                at if at + 1 == n => END,
                _ => INSIDE,
            }
    })
}

/// The names in a sequence of labels in which each follows the one before as it may.
#[must_use]
pub fn names(labels: &[usize]) -> Vec<Name> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        if may_start(*label) {
            start = at;
        }
        if let Some(class) = class(*label).filter(|_| may_end(*label)) {
            found.push(Name {
                tokens: start..at + 1,
                class,
            });
        }
    }
    found
}
