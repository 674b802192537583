//! The article's text: the blocks of its box without what stands in their way.

use std::collections::HashSet;

use super::blocks::{self, Block, Kind};
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

fn clean(blocks: &mut Vec<Block>, title: &str) {
    cut_at_end(blocks);
    let title = fold(title);
    let mut seen = HashSet::new();
    blocks.retain(|block| {
        let folded = fold(&block.text);
        let is_repeated = block.n_words() > 12 && block.kind != Kind::Item && !seen.insert(folded.clone());
        !folded.is_empty()
            && folded != title
            && !is_repeated
            && !(block.is_linked() && block.n_words() <= 25)
            && !phrases::is_in_the_way(&block.text)
    });
    while blocks.last().is_some_and(|block| block.kind == Kind::Heading) {
        blocks.pop();
    }
}

/// Cuts where a label says that the article is over, unless most of the text follows.
fn cut_at_end(blocks: &mut Vec<Block>) {
    let total: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut before = 0;
    for at in 0..blocks.len() {
        if phrases::ends_article(&blocks[at].text) && before * 2 > total {
            blocks.truncate(at);
            return;
        }
        before += blocks[at].text.len();
    }
}

/// Letters and digits in lower case: two lines that say the same are equal.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
