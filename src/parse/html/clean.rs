//! Takes out of the blocks of an article what stands in its way: pointers elsewhere, calls to act, captions, headings that lost
//! what they headed, the writer's life.

use std::collections::HashSet;

use super::blocks::{Block, Kind};
use super::phrases::{self, Label};
use super::{day, fold};

/// How many blocks at the top may be date lines and bylines.
const N_TOP: usize = 4;

/// What is known of the article and must not stand in its text again.
pub(super) struct Known<'a> {
    pub(super) title: &'a str,
    pub(super) authors: &'a [String],
    pub(super) byline: Option<&'a str>,
    /// The text as JSON-LD states it.
    pub(super) stated: &'a str,
}

/// Leaves the article's own blocks.
pub(super) fn clean(blocks: &mut Vec<Block>, known: &Known) {
    drop_furniture(blocks, known);
    drop_lives(blocks, known.authors);
    trim_to_stated(blocks, known.stated);
}

fn drop_furniture(blocks: &mut Vec<Block>, known: &Known) {
    cut_at_end(blocks);
    let (title, byline) = (fold(known.title), known.byline.map(fold));
    let mut seen = HashSet::new();
    // A heading stays while something of its own stays under it.
    let mut kept: Vec<Block> = Vec::new();
    let mut has_lost = false;
    for (at, block) in blocks.drain(..).enumerate() {
        let folded = fold(&block.text);
        let is_repeated =
            block.n_words() > 12 && block.kind != Kind::Item && !seen.insert(folded.clone());
        let is_out = folded.is_empty()
            || folded == title
            || byline.as_ref() == Some(&folded)
            || is_repeated
            || block.is_linked()
            || phrases::is_in_the_way(&block.text, block.n_linked > 0)
            || phrases::is_caption(&block.text)
            || block.n_linked > 0 && phrases::is_offer(&block.text)
            || at < N_TOP && is_top_line(&block.text);
        if is_out {
            has_lost = true;
            continue;
        }
        if block.kind == Kind::Heading && has_lost {
            pop_bare_headings(&mut kept);
        }
        has_lost = false;
        kept.push(block);
    }
    pop_bare_headings(&mut kept);
    *blocks = kept;
}

fn pop_bare_headings(kept: &mut Vec<Block>) {
    while kept.last().is_some_and(|block| block.kind == Kind::Heading) {
        kept.pop();
    }
}

/// A date line or byline on top of the text.
fn is_top_line(line: &str) -> bool {
    line.split(' ').count() <= 14
        && !line.ends_with(['.', '”', '"', '?', '!'])
        && day::printed(line, true).is_some()
}

/// Cuts where a label says that the article is over, unless most of the text follows; where it points elsewhere, only if
/// little follows.
fn cut_at_end(blocks: &mut Vec<Block>) {
    let length = |block: &Block| {
        if block.is_linked() {
            0
        } else {
            block.text.len()
        }
    };
    let total: usize = blocks.iter().map(length).sum();
    let mut before = 0;
    for at in 0..blocks.len() {
        let is_end = match phrases::label(&blocks[at].text) {
            Some(Label::End) => before * 2 > total,
            Some(Label::Pointer) => before * 5 > total * 4,
            None => false,
        };
        if is_end {
            blocks.truncate(at);
            return;
        }
        before += length(&blocks[at]);
    }
    blocks.retain(|block| phrases::label(&block.text).is_none());
}

/// How many blocks at the end may tell who wrote the article.
const N_END: usize = 3;

fn drop_lives(blocks: &mut Vec<Block>, authors: &[String]) {
    let start = blocks.len().saturating_sub(N_END).max(1);
    let mut at = 0;
    blocks.retain(|block| {
        at += 1;
        at <= start || !phrases::is_life(&block.text, authors)
    });
}

/// Where JSON-LD states nearly all of the text, what stands before and after it on the page is not the article's.
fn trim_to_stated(blocks: &mut Vec<Block>, stated: &str) {
    const MIN_SHARE: f64 = 0.85;
    const NEEDLE_CHARS: usize = 60;
    let stated = fold(stated);
    let is_stated: Vec<bool> = blocks
        .iter()
        .map(|block| {
            let needle = fold(&block.text);
            stated.contains(&needle[..needle.floor_char_boundary(NEEDLE_CHARS)])
        })
        .collect();
    let total: usize = blocks.iter().map(|block| block.text.len()).sum();
    let n_stated: usize = blocks
        .iter()
        .zip(&is_stated)
        .filter(|(_, is_stated)| **is_stated)
        .map(|(block, _)| block.text.len())
        .sum();
    if (n_stated as f64) < MIN_SHARE * total as f64 {
        return;
    }
    if let (Some(first), Some(last)) = (
        is_stated.iter().position(|is| *is),
        is_stated.iter().rposition(|is| *is),
    ) {
        blocks.truncate(last + 1);
        blocks.drain(..first);
    }
}
