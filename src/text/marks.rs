//! Finds what a search was for in a text and cuts a snippet around it.

use std::ops::Range;

use super::terms::{Term, terms};

/// A snippet has about so many letters.
const SNIPPET_LENGTH: usize = 170;

/// So many of them stand before the first hit.
const LEAD: usize = 40;

/// A phrase that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    terms: Vec<Term>,
    is_prefix: bool,
    /// As it is written where it is found in capitals.
    capitals: Option<String>,
}

/// Where a needle was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Which of the needles.
    pub needle: usize,
}

impl Needle {
    /// Looks for a phrase, of whose last word only the beginning may be given; none where it has no word.
    #[must_use]
    pub fn new(phrase: &str, is_prefix: bool) -> Option<Self> {
        let terms = terms(phrase);
        (!terms.is_empty()).then_some(Self {
            terms,
            is_prefix,
            capitals: None,
        })
    }

    /// The same, found in capitals only wherever the text has it so.
    #[must_use]
    pub fn in_capitals(self, word: &str) -> Self {
        Self {
            capitals: Some(word.to_owned()),
            ..self
        }
    }

    /// The form in which alone it counts in a text, which has it so.
    fn capitals_in(&self, text: &str, terms: &[Term]) -> Option<&str> {
        let word = self.capitals.as_deref()?;
        let mut printed = terms.iter().map(|term| &text[term.range.clone()]);
        printed.any(|printed| printed == word).then_some(word)
    }

    fn stands_in(&self, text: &[Term]) -> bool {
        let n = self.terms.len();
        text.len() >= n
            && self
                .terms
                .iter()
                .zip(text)
                .enumerate()
                .all(|(at, (ours, theirs))| {
                    ours.folded == theirs.folded
                        || self.is_prefix && at + 1 == n && theirs.folded.starts_with(&ours.folded)
                })
    }
}

/// All places where needles stand, in order, none inside another.
#[must_use]
pub fn hits(text: &str, needles: &[Needle]) -> Vec<Hit> {
    hits_among(text, &terms(text), needles)
}

fn hits_among(text: &str, terms: &[Term], needles: &[Needle]) -> Vec<Hit> {
    let capitals: Vec<Option<&str>> = needles
        .iter()
        .map(|needle| needle.capitals_in(text, terms))
        .collect();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < terms.len() {
        let printed = &text[terms[at].range.clone()];
        let found = needles
            .iter()
            .enumerate()
            .filter(|(n, _)| capitals[*n].is_none_or(|word| word == printed))
            .filter(|(_, needle)| needle.stands_in(&terms[at..]))
            .max_by_key(|(_, needle)| needle.terms.len());
        let Some((needle, found)) = found else {
            at += 1;
            continue;
        };
        let n = found.terms.len();
        hits.push(Hit {
            range: terms[at].range.start..terms[at + n - 1].range.end,
            needle,
        });
        at += n;
    }
    hits
}

/// The part of a text where most of the needles stand closest, each hit between `open` and `close`; where there is none,
/// its beginning.
#[must_use]
pub fn snippet(text: &str, needles: &[Needle], (open, close): (char, char)) -> String {
    let terms = terms(text);
    let hits = hits_among(text, &terms, needles);
    let start = best(&hits).map_or(0, |hit| start_before(text, &terms, hit.range.start));
    let end = end_after(text, &terms, start);
    let mut snippet = String::new();
    if start > 0 {
        snippet.push('…');
    }
    let mut at = start;
    for hit in hits
        .iter()
        .filter(|hit| hit.range.start >= start && hit.range.end <= end)
    {
        snippet.push_str(&text[at..hit.range.start]);
        snippet.push(open);
        snippet.push_str(&text[hit.range.clone()]);
        snippet.push(close);
        at = hit.range.end;
    }
    snippet.push_str(&text[at..end]);
    let mut line = snippet.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text[end..].trim().is_empty() {
        line.push('…');
    }
    line
}

/// The hit from which on the next letters hold most needles, and among equals most hits; the first of those.
fn best(hits: &[Hit]) -> Option<&Hit> {
    let worth = |first: usize| {
        let within = hits[first..]
            .iter()
            .take_while(|hit| hit.range.end <= hits[first].range.start + SNIPPET_LENGTH - LEAD);
        let mut needles: Vec<usize> = within.map(|hit| hit.needle).collect();
        let n_hits = needles.len();
        needles.sort_unstable();
        needles.dedup();
        (needles.len(), n_hits, std::cmp::Reverse(first))
    };
    (0..hits.len())
        .max_by_key(|first| worth(*first))
        .map(|n| &hits[n])
}

/// The beginning of the sentence, paragraph or word some letters before a hit.
fn start_before(text: &str, terms: &[Term], hit: usize) -> usize {
    let before = terms.partition_point(|term| term.range.start < hit);
    let near = terms[..before]
        .iter()
        .rev()
        .take_while(|term| hit - term.range.start <= LEAD)
        .map(|term| term.range.start)
        .take_while(|start| !text[*start..hit].contains('\n'))
        .last()
        .unwrap_or(hit);
    let is_first = terms.first().is_none_or(|first| near <= first.range.start);
    if is_first {
        return 0;
    }
    // A mark that opens what follows belongs to it.
    let opened = text[..near].trim_end_matches(['"', '“', '‘', '(', '«', '「', '$', '£', '€']);
    opened.len()
}

fn end_after(text: &str, terms: &[Term], start: usize) -> usize {
    // What has no end of a word in reach is cut within it.
    let limit = match text[start..].char_indices().nth(SNIPPET_LENGTH) {
        Some((length, _)) => start + length,
        None => return text.len(),
    };
    terms
        .iter()
        .map(|term| term.range.end)
        .filter(|end| *end > start)
        .take_while(|end| *end <= limit)
        .last()
        .unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, phrases: &[&str]) -> String {
        let needle = |phrase: &&str| {
            let is_prefix = phrase.ends_with('*');
            Needle::new(phrase, is_prefix)
        };
        let needles: Vec<Needle> = phrases.iter().filter_map(needle).collect();
        snippet(text, &needles, ('«', '»'))
    }

    #[test]
    fn words_phrases_and_beginnings_are_marked_whatever_their_case_and_accents() {
        for (text, phrases, expected) in [
            ("The Ferry sails.", vec!["ferry"], "The «Ferry» sails."),
            (
                "A café, CAFÉ noir.",
                vec!["cafe noir"],
                "A café, «CAFÉ noir».",
            ),
            (
                "Harbours, harbour.",
                vec!["harbo*"],
                "«Harbours», «harbour».",
            ),
            ("The U.S. said.", vec!["u.s."], "The «U.S». said."),
            ("昨日東京大学で", vec!["東京"], "昨日«東京»大学で"),
            (
                "Nothing here.\n\nOr there.",
                vec!["else"],
                "Nothing here. Or there.",
            ),
        ] {
            assert_eq!(marked(text, &phrases), expected);
        }
    }

    #[test]
    fn a_word_in_capitals_is_marked_so_where_the_text_has_it() {
        let us = [Needle::new("US", false).unwrap().in_capitals("US")];
        for (text, expected) in [
            ("Tell us of the US.", "Tell us of the «US»."),
            ("Tell us.", "Tell «us»."),
        ] {
            assert_eq!(snippet(text, &us, ('«', '»')), expected);
        }
    }

    #[test]
    fn the_snippet_is_where_most_needles_stand() {
        let far = "word ".repeat(200);
        let text = format!("Strike one. {far}The harbour saw a strike. {far}");
        let snippet = marked(&text, &["harbour", "strike"]);
        assert!(snippet.contains("«harbour» saw a «strike»"), "{snippet}");
        assert!(
            snippet.starts_with('…') && snippet.ends_with('…'),
            "{snippet}"
        );
        assert!(snippet.chars().count() < 200, "{snippet}");
    }

    #[test]
    fn long_runs_without_a_space_are_cut_too() {
        let text = "東".repeat(5_000);
        assert!(marked(&text, &["東京"]).chars().count() < 200);
        assert!(marked(&"x".repeat(5_000), &["y"]).chars().count() < 200);
    }
}
