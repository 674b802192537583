//! The article's text: the blocks of its box without what stands in their way.

use std::collections::HashSet;

use super::blocks::{self, Block, Kind};
use super::phrases::Label;
use super::page::Page;
use super::{phrases, regions};

/// A line that stands between the headline and the text and is this long begins the text.
const MIN_LEAD_CHARS: usize = 90;

/// One line above the text that is no longer than this is a deck.
const MAX_DECK_CHARS: usize = 300;

/// The paragraphs of the article on a page.
pub(super) fn paragraphs(page: &Page, title: &str, headline: Option<usize>) -> Vec<String> {
    let headline = headline.or_else(|| only_heading(page, title));
    let regions = regions::find(page, headline);
    let from = regions.main;
    let mut blocks = Vec::new();
    if let Some(headline) = headline.filter(|headline| *headline < from) {
        blocks = blocks::read(page, &regions, page.end(headline), from);
        blocks.retain(|block| is_lead(page, block));
        if blocks.len() == 1 && blocks[0].text.len() <= MAX_DECK_CHARS {
            blocks.clear();
        }
    }
    blocks.extend(blocks::read(page, &regions, from, page.end(from)));
    clean(&mut blocks, title);
    blocks.into_iter().map(|block| block.text).collect()
}

/// Where no element shows the title: a lower heading that says it, else the only heading of the first level.
fn only_heading(page: &Page, title: &str) -> Option<usize> {
    let title = fold(title);
    let mut firsts = page.tagged(&["h1"]);
    let only = firsts.next().filter(|_| firsts.next().is_none());
    page.tagged(&["h2", "h3"]).find(|at| !title.is_empty() && fold(&page.text_of(*at)) == title).or(only)
}

/// Whether a block above the text's box begins the text. A deck does not: it says what the headline says.
fn is_lead(page: &Page, block: &Block) -> bool {
    const DECKS: &[&str] = &[
        " deck ", " dek ", " standfirst ", " subtitle ", " subhead ", " subheadline ", " description ", " excerpt ", " strapline ",
        " sub ", " tagline ", " headline ", " subheading ",
    ];
    let is_deck = std::iter::once(block.element)
        .chain(page.ancestors(block.element).take(2))
        .any(|at| DECKS.iter().any(|deck| page.words(at).contains(deck)));
    block.kind == Kind::Paragraph && block.text.len() >= MIN_LEAD_CHARS && !is_deck && block.n_linked * 2 < block.text.len()
}

/// How many blocks at the top may be date lines and bylines.
const N_TOP: usize = 4;

fn clean(blocks: &mut Vec<Block>, title: &str) {
    cut_at_end(blocks);
    let title = fold(title);
    let mut seen = HashSet::new();
    // A heading stays while something of its own stays under it.
    let mut kept: Vec<Block> = Vec::new();
    let mut has_lost = false;
    for (at, block) in blocks.drain(..).enumerate() {
        let folded = fold(&block.text);
        let is_repeated = block.n_words() > 12 && block.kind != Kind::Item && !seen.insert(folded.clone());
        let is_out = folded.is_empty()
            || folded == title
            || is_repeated
            || block.is_linked()
            || phrases::is_in_the_way(&block.text)
            || phrases::is_caption(&block.text)
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
    line.split(' ').count() <= 14 && !line.ends_with(['.', '”', '"', '?', '!']) && super::day::printed(line, true).is_some()
}

/// Cuts where a label says that the article is over, unless most of the text follows; where it points elsewhere, only if
/// little follows.
fn cut_at_end(blocks: &mut Vec<Block>) {
    let length = |block: &Block| if block.is_linked() { 0 } else { block.text.len() };
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

/// Letters and digits in lower case: two lines that say the same are equal.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
