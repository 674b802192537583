//! A table from keys to row numbers that is read in place: no row is wasted and nothing is built at the start.
//!
//! The keys are dealt into buckets of about eight; the table holds where each bucket starts and 16 bits of each key. A key
//! that is not in the table is taken for one that is about once in 8,000 times.

/// A table inside the model's bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table {
    starts: &'static [u8],
    prints: &'static [u8],
}

/// Bytes of prints that are compared at once.
const BLOCK: usize = 16;

/// Keys to a bucket, on average.
#[cfg(feature = "train")]
const PER_BUCKET: usize = 8;

impl Table {
    /// The table that [`build`] wrote.
    #[must_use]
    pub fn new(starts: &'static [u8], prints: &'static [u8]) -> Self {
        Self { starts, prints }
    }

    /// The row of a key.
    #[inline]
    #[must_use]
    pub fn find(&self, key: u64) -> Option<usize> {
        let n_buckets = (self.starts.len() / 4).checked_sub(1)?;
        let bucket = bucket(key, n_buckets);
        let bounds = self.starts.get(bucket * 4..bucket * 4 + 8)?;
        let start = u32::from_le_bytes([bounds[0], bounds[1], bounds[2], bounds[3]]) as usize;
        let end = u32::from_le_bytes([bounds[4], bounds[5], bounds[6], bounds[7]]) as usize;
        let print = (key as u16).to_le_bytes();
        let mut at = start;
        while at < end {
            let Some(block) = self.prints.get(at * 2..)?.first_chunk::<BLOCK>() else {
                let mut last = self.prints.get(at * 2..end * 2)?.chunks_exact(2);
                return last.position(|other| other == print).map(|n| at + n);
            };
            // All of a block are compared at once; those behind the bucket's end do not count.
            let mut hits = 0_u32;
            for (place, other) in block.as_chunks::<2>().0.iter().enumerate() {
                hits |= u32::from(*other == print) << place;
            }
            let place = hits.trailing_zeros() as usize;
            if place < end - at && hits != 0 {
                return Some(at + place);
            }
            at += BLOCK / 2;
        }
        None
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.prints.len() / 2
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }
}

fn bucket(key: u64, n_buckets: usize) -> usize {
    (((key >> 32) * n_buckets as u64) >> 32) as usize
}

/// The bytes of a table's two parts, and for each row the index of its key in `keys`. Of keys that the table cannot tell
/// apart the first is kept.
#[cfg(feature = "train")]
#[must_use]
pub fn build(keys: &[u64]) -> (Vec<u8>, Vec<u8>, Vec<usize>) {
    let n_buckets = keys.len().div_ceil(PER_BUCKET).max(1);
    let mut rows: Vec<usize> = (0..keys.len()).collect();
    let place = |n: &usize| (bucket(keys[*n], n_buckets), keys[*n] as u16);
    rows.sort_by_key(|n| (place(n), *n));
    rows.dedup_by_key(|n| place(n));
    let mut counts = vec![0_u32; n_buckets + 1];
    for n in &rows {
        counts[place(n).0 + 1] += 1;
    }
    let starts = counts.iter().scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    });
    let starts = starts.flat_map(u32::to_le_bytes).collect();
    let prints = rows
        .iter()
        .flat_map(|n| (keys[*n] as u16).to_le_bytes())
        .collect();
    (starts, prints, rows)
}
