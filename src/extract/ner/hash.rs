//! Hashes of features and words: the same on every machine, and good in all 64 bits.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Folds `b` into `a`.
#[must_use]
pub fn mix(a: u64, b: u64) -> u64 {
    let mixed = (a.rotate_left(25) ^ b).wrapping_mul(FACTOR);
    mixed ^ (mixed >> 31)
}

/// The hash of a text.
#[must_use]
pub fn text(text: &str) -> u64 {
    let mut chunks = text.as_bytes().chunks_exact(8);
    let mut hash = text.len() as u64;
    for chunk in &mut chunks {
        let word = chunk
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        hash = mix(hash, word);
    }
    let rest = chunks
        .remainder()
        .iter()
        .fold(0, |word, byte| word << 8 | u64::from(*byte));
    mix(hash, rest)
}

/// The key of a feature: its template and up to two parts.
#[must_use]
pub fn key(template: u64, a: u64, b: u64) -> u64 {
    mix(mix(template.wrapping_mul(0xd6e8_feb8_6659_fd93), a), b)
}
