//! Which pages of a web archive were handed on: a page that was captured again unchanged, and the text that a program made of
//! one, are the same article.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::record::Record;

/// So many pages are remembered, in 16 bytes each or somewhat more; later ones are handed on however often they come.
const MAX_PAGES: usize = 2_000_000;

/// Pages by the hashes of their addresses and of what was captured there.
#[derive(Default)]
pub(super) struct Seen {
    addresses: HashSet<u64>,
    captures: HashSet<u64>,
}

impl Seen {
    /// Whether a page was not met before; it is remembered.
    pub(super) fn is_new(&mut self, record: &Record, body: &[u8]) -> bool {
        if self.captures.len() >= MAX_PAGES {
            return true;
        }
        let address = hash(&record.address());
        if record.field("warc-type") == "conversion" && self.addresses.contains(&address) {
            return false;
        }
        self.addresses.insert(address);
        self.captures.insert(hash(&(address, body)))
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
