//! The article's text: the blocks of its box without what stands in their way.

use super::blocks::{self, Block, Kind};
use super::clean::{Known, clean};
use super::deck;
use super::fold;
use super::page::Page;
use super::regions::{self, Rules};
use crate::text::terms;

/// A line that stands between the headline and the text and is this long begins the text.
const MIN_LEAD_CHARS: usize = 90;

/// One line above the text that is no longer than this is a deck.
const MAX_DECK_CHARS: usize = 300;

/// A text of fewer words may be what is left of one that was taken for furniture.
const MIN_WORDS: usize = 25;

/// The paragraphs of the article on a page; `stated` is its text where JSON-LD gives it.
pub(super) fn paragraphs(page: &Page, known: &Known, headline: Option<usize>) -> Vec<String> {
    let headline = headline.or_else(|| only_heading(page, known.title));
    let mut found = blocks_of(page, known, headline, Rules::Strict);
    if n_words(&found) < MIN_WORDS {
        let lenient = blocks_of(page, known, headline, Rules::Lenient);
        if n_words(&lenient) > n_words(&found) {
            found = lenient;
        }
    }
    let n_stated = terms::n_words(known.stated);
    if n_stated >= MIN_WORDS && n_words(&found) * 2 < n_stated {
        // The page loads its text later, or hides it.
        found = known
            .stated
            .lines()
            .map(|line| Block::paragraph(line.trim()))
            .collect();
        clean(
            &mut found,
            &Known {
                stated: "",
                ..*known
            },
        );
    }
    found.into_iter().map(|block| block.text).collect()
}

fn n_words(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::n_words).sum()
}

fn blocks_of(page: &Page, known: &Known, headline: Option<usize>, rules: Rules) -> Vec<Block> {
    let regions = regions::find(page, headline, rules);
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
    if let Some(headline) = headline {
        // A rubric stands above the headline, and the day.
        blocks.retain(|block| block.at >= headline || block.text.len() >= MIN_LEAD_CHARS);
    }
    if is_index(&blocks) {
        return Vec::new();
    }
    clean(&mut blocks, known);
    blocks
}

/// Whether the blocks are headlines of other articles with a line or two each.
fn is_index(blocks: &[Block]) -> bool {
    const MIN_HEADLINES: usize = 5;
    let n_headlines = blocks
        .iter()
        .filter(|block| block.kind == Kind::Heading && block.is_linked())
        .count();
    let n_prose = blocks
        .iter()
        .filter(|block| {
            block.kind != Kind::Heading && !block.is_linked() && block.text.len() >= MIN_LEAD_CHARS
        })
        .count();
    n_headlines >= MIN_HEADLINES && n_prose <= n_headlines
}

/// Where no element shows the title: a lower heading that says it, else the only heading of the first level.
fn only_heading(page: &Page, title: &str) -> Option<usize> {
    let title = fold(title);
    let mut firsts = page.tagged(&["h1"]);
    let only = firsts.next().filter(|_| firsts.next().is_none());
    page.tagged(&["h2", "h3"])
        .find(|at| !title.is_empty() && fold(&page.text_of(*at)) == title)
        .or(only)
}

/// Whether a block above the text's box begins the text. A deck does not: it says what the headline says.
fn is_lead(page: &Page, block: &Block) -> bool {
    let is_deck = std::iter::once(block.element)
        .chain(page.ancestors(block.element).take(2))
        .any(|at| deck::is_one(page, at) || page.words(at).contains(" headline "));
    block.kind == Kind::Paragraph
        && block.text.len() >= MIN_LEAD_CHARS
        && !is_deck
        && block.n_linked * 2 < block.text.len()
}
