//! Shows the trainer what its articles lack: abbreviations with their points, `U.S.` for `US`, and places in a row as places each.

use std::ops::Range;

use super::gold::Gold;
use super::random::Random;
use crate::extract::ner::labels::CLASSES;
use crate::extract::places;

/// Abbreviations that other outlets write with points.
const WITH_POINTS: [(&str, &str); 7] = [
    ("US", "U.S."),
    ("UK", "U.K."),
    ("UN", "U.N."),
    ("EU", "E.U."),
    ("UAE", "U.A.E."),
    ("USA", "U.S.A."),
    ("DRC", "D.R.C."),
];

/// The document with a share of its abbreviations with points; the same for the same number.
#[must_use]
pub fn vary(gold: &Gold, number: usize, share: f32) -> Gold {
    let mut random = Random(0x51ed_270b + number as u64 * 0xc2b2_ae35);
    let mut varied = Gold::default();
    let mut done = 0;
    for (range, class) in &gold.names {
        varied.text.push_str(&gold.text[done..range.start]);
        let start = varied.text.len();
        for word in gold.text[range.clone()].split_inclusive(' ') {
            let bare = word.trim_end();
            let pointed = WITH_POINTS.iter().find(|(plain, _)| *plain == bare);
            match pointed.filter(|_| random.part() < share) {
                Some((_, pointed)) => varied.text.push_str(pointed),
                None => varied.text.push_str(bare),
            }
            varied.text.push_str(&word[bare.len()..]);
        }
        varied.names.push((start..varied.text.len(), *class));
        done = range.end;
    }
    varied.text.push_str(&gold.text[done..]);
    varied
}

/// The document with `Bergton, Norway` as two names.
#[must_use]
pub fn part_places(gold: &Gold) -> Gold {
    let parts = |(range, class): &(Range<usize>, usize)| {
        let parts = if CLASSES[*class] == "Location" {
            places::parts(&gold.text, range)
        } else {
            vec![range.clone()]
        };
        let class = *class;
        parts.into_iter().map(move |part| (part, class))
    };
    Gold {
        text: gold.text.clone(),
        names: gold.names.iter().flat_map(parts).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_longer_text() {
        let gold = Gold {
            text: "The US and Bergton, Norway met.\n".into(),
            names: vec![(4..6, 2), (11..26, 2)],
        };
        let varied = part_places(&vary(&gold, 7, 1.0));
        let names: Vec<&str> = varied
            .names
            .iter()
            .map(|(range, _)| &varied.text[range.clone()])
            .collect();
        assert_eq!(CLASSES[2], "Location");
        assert_eq!(names, ["U.S.", "Bergton", "Norway"]);
        assert_eq!(varied.text, "The U.S. and Bergton, Norway met.\n");
    }
}
