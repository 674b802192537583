//! Scores a recognizer against gold documents: exact spans and kinds through the whole program, as users get them, and whether
//! its confidence can be believed.

use std::collections::{BTreeMap, HashSet};

use super::gold::Gold;
use crate::domain::analysis::{Analysis, Kind};
use crate::extract::Extractor;
use crate::extract::ner::labels::CLASSES;

/// Right, surplus and missing names.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    right: usize,
    surplus: usize,
    missing: usize,
}

/// The result of a comparison.
#[derive(Debug, Default)]
pub struct Scores {
    classes: [Counts; CLASSES.len()],
    /// Right ones and all, by tenths of confidence.
    reliability: [(usize, usize, f64); 10],
    wrong: BTreeMap<String, usize>,
}

type Place = (usize, usize, usize);

/// Compares what is found in each document with what is there.
#[must_use]
pub fn score(extractor: &Extractor, documents: &[Gold]) -> Scores {
    let mut scores = Scores::default();
    for document in documents {
        scores.add(document, &extractor.analyze(&document.text, None));
    }
    scores
}

impl Scores {
    fn add(&mut self, document: &Gold, analysis: &Analysis) {
        let bytes = document.text.char_indices().map(|(byte, _)| byte);
        let starts: Vec<usize> = bytes.chain([document.text.len()]).collect();
        let names = document.names.iter();
        let gold: HashSet<Place> = names
            .map(|(range, class)| (range.start, range.end, *class))
            .collect();
        let mut found = HashSet::new();
        for mention in &analysis.mentions {
            let place = (
                starts[mention.span.start],
                starts[mention.span.end],
                class(mention.kind),
            );
            found.insert(place);
            let bin = &mut self.reliability[((mention.confidence * 10.0) as usize).min(9)];
            bin.0 += usize::from(gold.contains(&place));
            bin.1 += 1;
            bin.2 += mention.confidence;
        }
        for place in gold.union(&found) {
            let counts = &mut self.classes[place.2];
            let sign = match (gold.contains(place), found.contains(place)) {
                (true, true) => {
                    counts.right += 1;
                    continue;
                }
                (false, _) => {
                    counts.surplus += 1;
                    '+'
                }
                _ => {
                    counts.missing += 1;
                    '-'
                }
            };
            let error = format!(
                "{sign} {} {}",
                CLASSES[place.2],
                &document.text[place.0..place.1]
            );
            *self.wrong.entry(error).or_default() += 1;
        }
    }

    /// A table of precision, recall and F1, one of reliability, and the `n_errors` most frequent errors.
    #[must_use]
    pub fn table(&self, n_errors: usize) -> String {
        let mut lines: Vec<String> = Vec::new();
        let sum = |classes: &[Counts]| {
            classes
                .iter()
                .fold(Counts::default(), |sum, counts| Counts {
                    right: sum.right + counts.right,
                    surplus: sum.surplus + counts.surplus,
                    missing: sum.missing + counts.missing,
                })
        };
        let classes = CLASSES.iter().zip(&self.classes);
        lines.extend(classes.map(|(class, counts)| row(class, *counts)));
        lines.push(row("PER ORG LOC", sum(&self.classes[..3])));
        lines.push(row("all", sum(&self.classes)));
        for (n, (right, all, confidence)) in self.reliability.iter().enumerate() {
            let share = |of: f64| of / (*all).max(1) as f64;
            lines.push(format!(
                "confidence {:.1}-{:.1}: {:.3} right, {:.3} expected, {all} names",
                n as f64 / 10.0,
                (n + 1) as f64 / 10.0,
                share(*right as f64),
                share(*confidence)
            ));
        }
        let mut wrong: Vec<_> = self.wrong.iter().collect();
        wrong.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let errors = wrong.iter().take(n_errors);
        lines.extend(errors.map(|(error, count)| format!("{count:5} {error}")));
        lines.join("\n")
    }
}

fn row(label: &str, counts: Counts) -> String {
    let share = |of: usize| 100.0 * counts.right as f64 / (of.max(1)) as f64;
    let n_gold = counts.right + counts.missing;
    let (precision, recall) = (share(counts.right + counts.surplus), share(n_gold));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    format!("{label:14} precision {precision:5.1}  recall {recall:5.1}  F1 {f1:5.2}  of {n_gold}")
}

fn class(kind: Kind) -> usize {
    match kind {
        Kind::Person => 0,
        Kind::Organization => 1,
        Kind::Location => 2,
        Kind::Facility => 3,
        Kind::Group => 4,
        Kind::Product => 5,
        Kind::Event | Kind::Law | Kind::Work | Kind::Other => 6,
    }
}
