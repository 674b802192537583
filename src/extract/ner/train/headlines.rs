//! Shows the trainer names as headlines print them: some short sentences are turned into title case or capitals.

use super::gold::Gold;
use super::random::Random;

/// Longer sentences are no headlines.
const MAX_WORDS: usize = 20;

/// Of so many sentences made headlines one is in capitals.
const CAPITALS: f32 = 0.3;

/// Words that stay small in title case.
const SMALL: [&str; 18] = [
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "off", "on", "or", "the",
    "to", "vs", "with",
];

/// The document with a share of its short sentences as headlines; the same for the same number.
#[must_use]
pub fn vary(gold: &Gold, number: usize, share: f32) -> Gold {
    let mut random = Random(0x9e37_79b9 + number as u64 * 0x85eb_ca6b);
    let mut gold = gold.clone();
    let mut start = 0;
    while let Some(length) = gold.text[start..].find('\n') {
        let line = start..start + length;
        start = line.end + 1;
        let (is_chosen, is_upper) = (random.part() < share, random.part() < CAPITALS);
        if !is_chosen || gold.text[line.clone()].split(' ').count() > MAX_WORDS {
            continue;
        }
        let varied = if is_upper {
            gold.text[line.clone()].to_ascii_uppercase()
        } else {
            title_case(&gold.text[line.clone()])
        };
        // Of the same length: places of names stay.
        gold.text.replace_range(line, &varied);
    }
    gold
}

fn title_case(line: &str) -> String {
    let mut varied = String::with_capacity(line.len());
    for word in line.split_inclusive(' ') {
        let is_small = !varied.is_empty() && SMALL.contains(&word.trim_end());
        let mut characters = word.chars();
        match characters.next() {
            Some(first) if !is_small => {
                varied.push(first.to_ascii_uppercase());
                varied.push_str(characters.as_str());
            }
            _ => varied.push_str(word),
        }
    }
    varied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_places_in_headlines() {
        let gold = Gold {
            text: "Ann Lee leaves the office of Bern.\n".repeat(50),
            names: vec![(0..7, 0)],
        };
        let varied = vary(&gold, 7, 0.5);
        assert_eq!(varied.text.len(), gold.text.len());
        assert!(varied.text.contains("Ann Lee Leaves the Office of Bern."));
        assert!(varied.text.contains("ANN LEE LEAVES THE OFFICE OF BERN."));
        assert!(varied.text.contains("Ann Lee leaves the office of Bern."));
    }
}
