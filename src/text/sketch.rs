//! How alike two texts are, by their runs of three words (shingles, Broder 1997), and a few numbers from which texts that are
//! alike are found without comparing all pairs (MinHash with banding, Leskovec et al., Mining of Massive Datasets, chapter 3).

use super::normalize::fold;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 3;

/// Texts with fewer shingles are too short to be known again by them.
const MIN_SHINGLES: usize = 20;

/// Bands of a sketch, and hashes in a band. Two texts share at least one of 8 bands of 3 with probability
/// 1 - (1 - s^3)^8 at similarity s: 0.66 at 0.5, 0.97 at 0.7, 1.00 at 0.9; and 0.06 at 0.2.
pub const N_BANDS: usize = 8;
const BAND_HASHES: usize = 3;

/// Words that two copies of one article may differ by at either end: a banner, an invitation to subscribe.
const MAX_FURNITURE_WORDS: usize = 12;

/// A text as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Its words, folded, each with a space on both sides.
    words: String,
    /// The hashes of its shingles, sorted, none twice.
    shingles: Vec<u64>,
}

/// How two texts relate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Likeness {
    /// One is the other with at most a few words more at its ends.
    Same,
    /// They share this much: shingles of both over shingles of either, or, where one holds most of the other, that share of
    /// the shorter.
    Alike(f64),
}

impl Sketch {
    /// The sketch of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let list: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut shingles: Vec<u64> = list.windows(SHINGLE_WORDS).map(hash).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self {
            words: format!(" {} ", list.join(" ")),
            shingles,
        }
    }

    /// One number a band: texts that are alike share one of them, texts that are not hardly ever do. None where the text is
    /// too short to tell.
    #[must_use]
    pub fn bands(&self) -> Option<[i64; N_BANDS]> {
        if self.shingles.len() < MIN_SHINGLES {
            return None;
        }
        let mut seed = 0;
        Some(std::array::from_fn(|_| {
            let band = (0..BAND_HASHES).fold(0, |band, _| {
                seed += 1;
                let least = self.shingles.iter().map(|shingle| mix(shingle ^ mix(seed)));
                mix(band ^ least.min().unwrap_or_default())
            });
            band.cast_signed()
        }))
    }

    /// How this text relates to another.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let (short, long) = if self.words.len() <= other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        let n_words = |words: &str| words.split(' ').filter(|word| !word.is_empty()).count();
        if let Some(at) = long.words.find(&short.words) {
            let (before, after) = (&long.words[..at], &long.words[at + short.words.len()..]);
            if n_words(before).max(n_words(after)) <= MAX_FURNITURE_WORDS {
                return Likeness::Same;
            }
        }
        let shared = n_shared(&short.shingles, &long.shingles) as f64;
        let either = (short.shingles.len() + long.shingles.len()) as f64 - shared;
        let fewer = short.shingles.len().min(long.shingles.len()) as f64;
        let contained = shared / fewer.max(1.0);
        let jaccard = shared / either.max(1.0);
        // A paper that ran the first half of a wire story ran that story.
        Likeness::Alike(if contained >= 0.8 { contained } else { jaccard })
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
    fn a_banner_at_the_end_and_other_marks_make_no_other_text() {
        let (plain, copy) = (story(20), format!("“{}” Sign up for our letter", story(20)));
        assert_eq!(
            Sketch::of(&plain).likeness(&Sketch::of(&copy)),
            Likeness::Same
        );
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
        assert!(matches!(whole.likeness(&edited), Likeness::Alike(share) if share > 0.8));
        assert!(matches!(whole.likeness(&other), Likeness::Alike(share) if share < 0.5));
    }

    #[test]
    fn the_first_half_of_a_story_is_that_story() {
        let likeness = Sketch::of(&story(40)).likeness(&Sketch::of(&story(20)));
        assert!(matches!(likeness, Likeness::Alike(share) if share > 0.9));
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
