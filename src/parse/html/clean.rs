//! Takes out of the blocks of an article what stands in its way: pointers elsewhere, calls to act, captions, headings that lost
//! what they headed, the writer's life.

use std::collections::HashSet;

use super::blocks::{Block, Kind};
use super::page::Page;
use super::{fold, phrases, pointers};
use crate::parse::printed_date;

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
pub(super) fn clean(page: &Page, blocks: &mut Vec<Block>, known: &Known) {
    pointers::cut(page, blocks);
    drop_furniture(page, blocks, known);
    drop_lives(blocks, known.authors);
    trim_to_stated(page, blocks, known.stated);
}

fn drop_furniture(page: &Page, blocks: &mut Vec<Block>, known: &Known) {
    let (title, byline) = (fold(known.title), known.byline.map(fold));
    let mut seen = HashSet::new();
    // A heading stays while something of its own stays under it.
    let mut kept: Vec<Block> = Vec::new();
    let mut lost = None;
    for (at, block) in blocks.drain(..).enumerate() {
        let folded = fold(&block.text);
        let is_repeated =
            block.n_words() > 12 && block.kind != Kind::Item && !seen.insert(folded.clone());
        let is_out = folded.is_empty()
            || folded == title
            || byline.as_ref() == Some(&folded)
            || is_repeated
            || block.is_linked() && (kept.is_empty() || !block.is_sentence())
            || phrases::is_in_the_way(&block.text, block.n_linked > 0)
            || phrases::is_caption(&block.text)
            || phrases::is_notice(&block.text)
            || block.n_linked > 0 && phrases::is_offer(&block.text)
            || at < N_TOP
                && (is_top_line(&block.text)
                    || lost.is_some() && printed_date::is_only_time(&block.text));
        if is_out {
            lost = Some(block);
            continue;
        }
        if let Some(lost) = lost.take() {
            if block.kind == Kind::Heading {
                pop_bare_headings(&mut kept);
            } else {
                pop_headings_of(page, &mut kept, &lost, &block);
            }
        }
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

/// Drops headings that stand in a box with what was lost, if the text goes on outside that box.
fn pop_headings_of(page: &Page, kept: &mut Vec<Block>, lost: &Block, next: &Block) {
    let is_bare = |heading: &Block| {
        let frame = page.parent(heading.element);
        let holds = |block: &Block| frame < block.at && block.at < page.end(frame);
        heading.kind == Kind::Heading && holds(lost) && !holds(next)
    };
    while kept.last().is_some_and(is_bare) {
        kept.pop();
    }
}

/// A date line or byline on top of the text.
fn is_top_line(line: &str) -> bool {
    line.split(' ').count() <= 14
        && !line.ends_with(['.', '”', '"', '?', '!'])
        && printed_date::has_day(line)
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
fn trim_to_stated(page: &Page, blocks: &mut Vec<Block>, stated: &str) {
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
    let (Some(first), Some(last)) = (
        is_stated.iter().position(|is| *is),
        is_stated.iter().rposition(|is| *is),
    ) else {
        return;
    };
    // A paragraph beside the stated ones is the story's, though it was not stated.
    let is_beside = |block: &Block, stated: &Block| {
        let is_same = page.tag(block.element) == page.tag(stated.element)
            && page.parent(block.element) == page.parent(stated.element);
        is_same && block.is_prose() && block.n_linked == 0 && block.is_sentence()
    };
    let n_behind = blocks[last + 1..]
        .iter()
        .take_while(|block| is_beside(block, &blocks[last]))
        .count();
    let n_lead = blocks[..first]
        .iter()
        .rev()
        .take_while(|block| is_beside(block, &blocks[first]))
        .count();
    let (first, end) = (first - n_lead, last + 1 + n_behind);
    let n_bytes = |blocks: &[Block]| blocks.iter().map(|block| block.text.len()).sum::<usize>();
    let n_unstated: usize = blocks[first..end]
        .iter()
        .zip(&is_stated[first..end])
        .skip(n_lead)
        .take(last + 1 - first - n_lead)
        .filter(|(_, is_stated)| !**is_stated)
        .map(|(block, _)| block.text.len())
        .sum();
    let n_stated = n_bytes(&blocks[first..end]) - n_unstated;
    if n_stated as f64 >= MIN_SHARE * n_bytes(blocks) as f64 {
        blocks.truncate(end);
        blocks.drain(..first);
    }
}
