//! How much of an article its page holds: sites send those who do not pay the beginning alone.

use super::metadata::Metadata;
use super::page::Page;
use crate::domain::article::Extent;

/// A paid article of so many words is there as a whole: what is free of one is shorter.
const MIN_WHOLE_WORDS: usize = 250;
/// Counts outside are not of words, or not of one article.
const SOUND_COUNTS: std::ops::RangeInclusive<usize> = 20..=30_000;
/// How far up a paragraph the box for those who pay is looked for.
const MAX_HEIGHT: usize = 12;

/// Compares what was read with what the page states of the article; `elements` are those that the text stands in.
pub(super) fn of(page: &Page, metadata: &Metadata, body: &str, elements: &[usize]) -> Extent {
    let n_words = count_words(body);
    let counted = metadata
        .json_ld
        .word_count()
        .filter(|count| SOUND_COUNTS.contains(count))
        .filter(|count| !is_count_of_letters(*count, body));
    if let Some(count) = counted {
        const MIN_MISSING: usize = 50;
        if n_words * 5 < count * 3 && count - n_words >= MIN_MISSING {
            return Extent::Partial;
        }
        if n_words * 5 >= count * 4 {
            return Extent::Full;
        }
    }
    let is_paid = metadata.json_ld.is_paid()
        || metadata
            .meta(&["article:content_tier"])
            .is_some_and(|tier| tier.eq_ignore_ascii_case("locked"));
    let is_open =
        || elements.is_empty() || elements.iter().any(|at| is_for_payers(page, metadata, *at));
    if is_paid && n_words < MIN_WHOLE_WORDS && !is_open() {
        Extent::Partial
    } else {
        Extent::Full
    }
}

/// Some sites count letters.
fn is_count_of_letters(count: usize, body: &str) -> bool {
    let n_chars = body.chars().count();
    count * 20 > n_chars * 17 && count * 17 < n_chars * 20
}

/// Words between spaces; in scripts without spaces, a word for two characters.
fn count_words(body: &str) -> usize {
    let n_wide = body
        .chars()
        .filter(|c| ('\u{2e80}'..='\u{d7af}').contains(c))
        .count();
    body.split_whitespace().count().max(n_wide / 2)
}

/// Whether a paragraph stands in the part of the page that only those who pay get to see.
fn is_for_payers(page: &Page, metadata: &Metadata, at: usize) -> bool {
    const NAMES: [&str; 5] = ["paywall", "subscriber", "premium", "paid", "member"];
    let selectors = metadata.json_ld.paid_selectors();
    let is_selected = |at: usize| {
        selectors.iter().any(|selector| {
            let selector = selector.trim();
            let has = |name: &str, attribute: &str| {
                page.attr(at, attribute)
                    .is_some_and(|value| value.split_whitespace().any(|word| word == name))
            };
            selector
                .strip_prefix('.')
                .is_some_and(|name| has(name, "class"))
                || selector
                    .strip_prefix('#')
                    .is_some_and(|name| has(name, "id"))
        })
    };
    std::iter::once(at)
        .chain(page.ancestors(at).take(MAX_HEIGHT))
        .take_while(|at| !matches!(page.tag(*at), "article" | "main" | "body"))
        .any(|at| {
            let is_named = page
                .words(at)
                .split(' ')
                .any(|word| NAMES.iter().any(|name| word.starts_with(name)));
            super::regions::is_hidden(page, at) || is_selected(at) || is_named
        })
}
