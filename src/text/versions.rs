//! Whether two texts are versions of one story. Shared wording is not enough: bank rates, court notices and market closings
//! share nearly all of it and tell different things. So names, numbers and days must agree too.

use std::cell::OnceCell;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::normalize::{fold, words_key};
use super::sketch::Sketch;

/// Versions of a story are published within so many days.
const MAX_DAYS: i64 = 7;

/// The share of common wording that versions have, if both are dated …
const MIN_SHARED: f64 = 0.5;

/// … and if one of them is not.
const MIN_SHARED_UNDATED: f64 = 0.6;

/// A shorter version, such as the first half of a story, is contained in the longer one to this share.
const MIN_CONTAINED: f64 = 0.8;

/// A version this much longer than another must open like it; a digest contains stories that it does not open with.
const MAX_RATIO: f64 = 3.0;

/// The words in which the openings of two texts are compared: of the shorter, and of the longer.
const OPENING: (usize, usize) = (24, 60);

/// One text holds the other nearly whole, so the day of publication need not agree.
const NEARLY_WHOLE: f64 = 0.9;

/// Under the same headline and with this share of common wording, one corrected name or number makes a version.
const CORRECTED: f64 = 0.8;

/// Texts of fewer words are often templates in which a name may be filled in or left out.
const SHORT_TEXT: usize = 60;

/// A text of so many words may have one other name …
const WORDS_PER_NAME: usize = 50;

/// … or of so many one other number; a shorter one none.
const WORDS_PER_NUMBER: usize = 100;

/// And of the names, and of the numbers, at most one in so many may differ …
const FACTS_PER_CONFLICT: usize = 5;

/// … or, of the names under one headline, in so many.
const NAMES_PER_CONFLICT: usize = 3;

/// An article as it is compared with others.
#[derive(Debug)]
pub struct Told<'a> {
    /// The body.
    pub body: &'a str,
    /// The sketch of the body.
    pub sketch: &'a Sketch,
    /// The headline.
    pub title: &'a str,
    /// The dateline as printed.
    pub dateline: Option<&'a str>,
    /// ISO 8601, cut to its precision.
    pub published_at: Option<&'a str>,
    facts: OnceCell<Facts>,
}

/// What a text says beside its wording.
#[derive(Debug)]
struct Facts {
    n_words: usize,
    /// Capitalized words, folded; in scripts without capitals, all words.
    capitalized: HashSet<String>,
    /// Those of them that stand within a sentence, so that they are names.
    names: HashSet<String>,
    numbers: HashSet<String>,
}

/// What may differ between the facts of two texts.
struct Allowance {
    /// So many names or numbers at any rate.
    corrections: usize,
    /// One in so many names.
    names_per_conflict: usize,
}

/// What is known of the days on which two texts were published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// So many lie between them.
    Apart(i64),
    /// Their datelines print different days; how far apart these are is not known.
    Differ,
    Unknown,
}

impl<'a> Told<'a> {
    /// An article to be compared.
    #[must_use]
    pub fn new(
        body: &'a str,
        sketch: &'a Sketch,
        title: &'a str,
        dateline: Option<&'a str>,
        published_at: Option<&'a str>,
    ) -> Self {
        Self {
            body,
            sketch,
            title,
            dateline,
            published_at,
            facts: OnceCell::new(),
        }
    }

    /// Whether this article and another tell the same story: the same news in other words, at another length, or corrected.
    #[must_use]
    pub fn is_version_of(&self, other: &Self) -> bool {
        let overlap = self.sketch.overlap(other.sketch);
        let days = self.days(other);
        let least = match days {
            Days::Apart(days) if days > MAX_DAYS => return false,
            Days::Apart(_) => MIN_SHARED,
            Days::Differ | Days::Unknown => MIN_SHARED_UNDATED,
        };
        if overlap.of_either < least && overlap.of_shorter < MIN_CONTAINED
            || overlap.ratio > MAX_RATIO && !self.opens_like(other)
        {
            return false;
        }
        let is_other_day = !matches!(days, Days::Apart(0) | Days::Unknown);
        let is_same_headline = words_key(self.title) == words_key(other.title);
        let is_corrected = is_same_headline && !is_other_day && overlap.of_either >= CORRECTED;
        let day_conflicts = usize::from(is_other_day && overlap.of_shorter < NEARLY_WHOLE);
        let allowance = Allowance {
            corrections: usize::from(is_corrected),
            names_per_conflict: if is_same_headline && overlap.of_shorter >= MIN_CONTAINED {
                NAMES_PER_CONFLICT
            } else {
                FACTS_PER_CONFLICT
            },
        };
        self.facts().agree(other.facts(), day_conflicts, &allowance)
    }

    fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::of(self.body))
    }

    fn days(&self, other: &Self) -> Days {
        if let (Some(ours), Some(theirs)) = (self.published_at, other.published_at) {
            if let (Some(ours), Some(theirs)) = (day(ours), day(theirs)) {
                return Days::Apart((ours - theirs).num_days().abs());
            }
            if !ours.starts_with(theirs) && !theirs.starts_with(ours) {
                return Days::Apart(i64::MAX);
            }
        }
        match (self.dateline.map(digits), other.dateline.map(digits)) {
            (Some(ours), Some(theirs)) if !ours.is_empty() && !theirs.is_empty() => {
                if ours == theirs {
                    Days::Unknown
                } else {
                    Days::Differ
                }
            }
            _ => Days::Unknown,
        }
    }

    /// Whether half of the opening of the shorter text stands in the opening of the longer one.
    fn opens_like(&self, other: &Self) -> bool {
        let (short, long) = if self.body.len() <= other.body.len() {
            (self.body, other.body)
        } else {
            (other.body, self.body)
        };
        let opening = |body: &str, n_words: usize| {
            let words: Vec<&str> = body.split_whitespace().take(n_words).collect();
            Sketch::of(&words.join(" "))
        };
        let overlap = opening(short, OPENING.0).overlap(&opening(long, OPENING.1));
        overlap.of_shorter >= 0.5
    }
}

impl Facts {
    fn of(body: &str) -> Self {
        let mut facts = Self {
            n_words: 0,
            capitalized: HashSet::new(),
            names: HashSet::new(),
            numbers: HashSet::new(),
        };
        let mut before = '\n';
        let mut rest = body;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            if let Some(mark) = rest[..start]
                .chars()
                .rfind(|c| *c == '\n' || !c.is_whitespace())
            {
                before = mark;
            }
            let length = word_length(&rest[start..]);
            let word = &rest[start..start + length];
            facts.add(
                word,
                matches!(
                    before,
                    '.' | '!' | '?' | ':' | '\n' | '"' | '“' | '”' | '‘' | '«' | '„' | '('
                ),
            );
            before = ' ';
            rest = &rest[start + length..];
        }
        facts
    }

    fn add(&mut self, word: &str, opens_sentence: bool) {
        self.n_words += 1;
        if word.contains(char::is_numeric) {
            self.numbers.insert(fold(word));
            return;
        }
        let is_small = word.chars().next().is_some_and(char::is_lowercase);
        if is_small || word.chars().nth(1).is_none() {
            return;
        }
        let word = fold(word);
        if !opens_sentence {
            self.names.insert(word.clone());
        }
        self.capitalized.insert(word);
    }

    /// Whether names and numbers agree. What only one of the texts adds is no conflict; what each has instead of the other's is.
    fn agree(&self, other: &Self, day_conflicts: usize, allowance: &Allowance) -> bool {
        let n_words = self.n_words.min(other.n_words);
        let is_name = |word: &&String| self.names.contains(*word) || other.names.contains(*word);
        let names = |facts: &Self| -> HashSet<String> {
            facts.capitalized.iter().filter(is_name).cloned().collect()
        };
        let is_few = |conflicts: usize, allowed: usize, n_facts: usize| {
            conflicts <= allowance.corrections || conflicts <= allowed.min(n_facts)
        };
        // Between short texts of one length nothing was added: a name that only one has stands instead of nothing.
        let is_one_length =
            n_words < SHORT_TEXT && self.n_words.abs_diff(other.n_words) * 12 <= n_words;
        let n_conflicts = |ours: &HashSet<String>, theirs: &HashSet<String>| {
            let n_facts = if is_one_length {
                ours.len().max(theirs.len())
            } else {
                ours.len().min(theirs.len())
            };
            n_facts - ours.intersection(theirs).count()
        };
        let (ours, theirs) = (names(self), names(other));
        let n_names = ours.len().min(theirs.len()) / allowance.names_per_conflict;
        let n_numbers = self.numbers.len().min(other.numbers.len()) / FACTS_PER_CONFLICT;
        let number_conflicts = n_conflicts(&self.numbers, &other.numbers);
        let numbers_allowed = n_words / WORDS_PER_NUMBER;
        is_few(
            n_conflicts(&ours, &theirs),
            n_words / WORDS_PER_NAME,
            n_names,
        ) && is_few(number_conflicts, numbers_allowed, n_numbers)
            && (day_conflicts == 0 || number_conflicts + day_conflicts <= numbers_allowed)
    }
}

/// Letters and digits, and the marks within a number or an abbreviation.
fn word_length(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let goes_on = characters
            .peek()
            .is_some_and(|(_, next)| next.is_alphanumeric());
        if !(c.is_alphanumeric() || matches!(c, '.' | ',' | '/') && goes_on) {
            return at;
        }
    }
    rest.len()
}

fn day(published_at: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(published_at.get(..10)?, "%Y-%m-%d").ok()
}

/// The numbers of a dateline but for its year: the day, and the month if that is printed as a number.
fn digits(dateline: &str) -> Vec<&str> {
    let numbers = dateline.split(|c: char| !c.is_ascii_digit());
    numbers
        .filter(|number| matches!(number.len(), 1 | 2))
        .collect()
}

#[cfg(test)]
mod tests;
