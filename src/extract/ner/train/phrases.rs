//! Names of places and people from lists, a name a line, for the lexicon.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::extract::ner::hash;
use crate::extract::ner::lexicon::extend_phrase;
use crate::text::normalize::fold_marks;
use crate::text::token::tokenize;

/// The lists; each is a kind of its own.
const LISTS: [&str; 7] = [
    "countries.txt",
    "cities-large.txt",
    "cities-medium.txt",
    "cities-small.txt",
    "regions.txt",
    "given-names.txt",
    "family-names.txt",
];

/// Reads the lists of a folder: the hash of each name, and its kinds.
pub fn read(folder: &Path) -> anyhow::Result<Vec<(u64, u8)>> {
    let mut phrases: BTreeMap<u64, u8> = BTreeMap::new();
    for (kind, list) in LISTS.iter().enumerate() {
        let path = folder.join(list);
        let names =
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for name in names.lines().map(fold_marks) {
            let tokens = tokenize(&name);
            let words = tokens
                .ranges
                .iter()
                .map(|range| hash::text(&name[range.clone()]));
            *phrases.entry(words.fold(0, extend_phrase)).or_default() |= 1 << kind;
        }
    }
    Ok(phrases.into_iter().collect())
}
