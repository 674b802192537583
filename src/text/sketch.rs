//! How much wording two texts share, by their runs of three words (shingles, Broder 1997), and a few numbers from which texts
//! that are alike are found without comparing all pairs (MinHash with banding, Leskovec et al., Mining of Massive Datasets,
//! chapter 3). Whether they tell one story is decided by `versions`.

use super::normalize::fold_marks;
use super::terms::has_unspaced;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;

/// Texts with fewer shingles are too short to be known again by them.
const MIN_SHINGLES: usize = 20;

/// Bands of a whole text, and hashes in one of them. Two texts share at least one of 8 bands of 3 with probability
/// 1 - (1 - s^3)^8 at similarity s: 0.66 at 0.5, 0.97 at 0.7, 1.00 at 0.9; and 0.06 at 0.2.
const N_WHOLE: usize = 8;
const WHOLE_HASHES: usize = 3;

/// Bands of a text's opening, by which a first short version is found again in a long one: 1 - (1 - s^2)^4.
const N_OPENING: usize = 4;
const OPENING_HASHES: usize = 2;

/// Words of an opening.
const OPENING_WORDS: usize = 40;

/// Bands of a sketch.
pub const N_BANDS: usize = N_WHOLE + N_OPENING;

/// A text as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The hashes of its shingles, sorted, none twice.
    shingles: Vec<u64>,
    /// Those of its first words.
    opening: Vec<u64>,
}

/// How much wording two texts share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// Shingles of both over shingles of either.
    pub of_either: f64,
    /// Shingles of both over shingles of the text that has fewer.
    pub of_shorter: f64,
    /// Shingles of the longer over shingles of the shorter.
    pub ratio: f64,
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = fold_marks(text);
        // A run of a script without spaces is no word; its characters stand for its words.
        let list: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .flat_map(words_of)
            .collect();
        let mut shingles: Vec<u64> = list.windows(SHINGLE_WORDS).map(hash).collect();
        let n_opening = shingles.len().min(OPENING_WORDS + 1 - SHINGLE_WORDS);
        let opening = shingles[..n_opening].to_vec();
        shingles.sort_unstable();
        shingles.dedup();
        Self { shingles, opening }
    }

    /// One number a band: texts that are alike share one of them, texts that are not hardly ever do. None where the text is
    /// too short to tell.
    #[must_use]
    pub fn bands(&self) -> Option<[i64; N_BANDS]> {
        if self.shingles.len() < MIN_SHINGLES {
            return None;
        }
        let mut seed = 0;
        let mut band = |shingles: &[u64], n_hashes: usize| {
            let band = (0..n_hashes).fold(0, |band, _| {
                seed += 1;
                let least = shingles.iter().map(|shingle| mix(shingle ^ mix(seed)));
                mix(band ^ least.min().unwrap_or_default())
            });
            band.cast_signed()
        };
        Some(std::array::from_fn(|n| {
            if n < N_WHOLE {
                band(&self.shingles, WHOLE_HASHES)
            } else {
                band(&self.opening, OPENING_HASHES)
            }
        }))
    }

    /// How much wording this text shares with another.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Overlap {
        let (ours, theirs) = (&self.shingles, &other.shingles);
        let shared = n_shared(ours, theirs) as f64;
        let either = (ours.len() + theirs.len()) as f64 - shared;
        let fewer = ours.len().min(theirs.len()).max(1) as f64;
        Overlap {
            of_either: shared / either.max(1.0),
            of_shorter: shared / fewer,
            ratio: ours.len().max(theirs.len()) as f64 / fewer,
        }
    }
}

fn n_shared(a: &[u64], b: &[u64]) -> usize {
    let (mut n, mut at) = (0, 0);
    for value in a {
        while b.get(at).is_some_and(|other| other < value) {
            at += 1;
        }
        n += usize::from(b.get(at) == Some(value));
    }
    n
}

/// The word, or the characters of a word that is written without spaces.
fn words_of(run: &str) -> Vec<&str> {
    if !has_unspaced(run) {
        return vec![run];
    }
    let letters = run.char_indices();
    letters.map(|(at, c)| &run[at..at + c.len_utf8()]).collect()
}

/// FNV-1a over the words; these numbers are stored, so they must never change.
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The finalizer of SplitMix64 (Steele et al. 2014).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(n_sentences: usize) -> String {
        (0..n_sentences)
            .map(|n| {
                format!(
                    "Sentence {n} tells what ship {} carried to port {}. ",
                    n * 7,
                    n * 3
                )
            })
            .collect()
    }

    #[test]
    fn texts_that_are_alike_share_a_band() {
        let whole = Sketch::of(&story(40));
        let edited = Sketch::of(&story(40).replace("port 30", "the port of Oslo"));
        let other = Sketch::of(
            &story(40)
                .replace("ship", "train")
                .replace("carried to port", "left in town"),
        );
        let shares = |a: &Sketch, b: &Sketch| {
            let (a, b) = (a.bands().unwrap(), b.bands().unwrap());
            a.iter().zip(b).any(|(a, b)| *a == b)
        };
        assert!(shares(&whole, &edited) && !shares(&whole, &other));
        assert!(whole.overlap(&edited).of_either > 0.8);
        assert!(whole.overlap(&other).of_shorter < 0.5);
    }

    #[test]
    fn a_longer_text_holds_its_first_half() {
        let overlap = Sketch::of(&story(40)).overlap(&Sketch::of(&story(20)));
        assert!(overlap.of_shorter > 0.9 && overlap.of_either < 0.6 && overlap.ratio > 1.8);
        let (whole, start) = (Sketch::of(&story(400)), Sketch::of(&story(20)));
        assert_eq!(
            whole.bands().unwrap()[N_WHOLE..],
            start.bands().unwrap()[N_WHOLE..]
        );
    }

    #[test]
    fn stored_bands_keep_their_numbers() {
        let bands = Sketch::of(&story(20)).bands().unwrap();
        assert_eq!(
            (bands[0], bands[7]),
            (-8_389_487_663_151_719_138, 7_305_200_279_750_745_011)
        );
        assert_eq!(Sketch::of("Too short to tell.").bands(), None);
    }
}
