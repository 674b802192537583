//! The article's text: the blocks of its box without what stands in their way.

use super::blocks::{self, Block, Kind};
use super::clean::{Known, clean};
use super::deck;
use super::fold;
use super::page::Page;
use super::regions::{self, Rules};
use super::state;

/// A line that stands between the headline and the text and is this long begins the text.
const MIN_LEAD_CHARS: usize = 90;

/// One line above the text that is no longer than this is a deck.
const MAX_DECK_CHARS: usize = 300;

/// A text of fewer words may be what is left of one that was taken for furniture.
const MIN_WORDS: usize = 25;

/// Less text in the page's data is no story.
const MIN_BYTES: usize = 150;

/// The article's text on a page.
pub(super) struct Text {
    pub(super) paragraphs: Vec<String>,
    /// The elements that they stand in; none if the text comes from the page's data.
    pub(super) elements: Vec<usize>,
}

/// Finds the article's text: as the page prints it, or from the page's data if that has more of it.
pub(super) fn text(page: &Page, known: &Known, headline: Option<usize>) -> Text {
    let headline = headline.or_else(|| only_heading(page, known.title));
    let mut found = blocks_of(page, known, headline, Rules::Strict);
    if n_words(&found) < MIN_WORDS {
        let lenient = blocks_of(page, known, headline, Rules::Lenient);
        if n_words(&lenient) > n_words(&found) {
            found = lenient;
        }
    }
    let stated = cleaned(page, known, known.stated.lines());
    if n_bytes(&found) * 2 < n_bytes(&stated) && n_bytes(&stated) >= MIN_BYTES
        || is_fuller(&stated, &found)
    {
        // The page loads its text later, or hides it.
        found = with_lead(found, stated);
    }
    let printed: Vec<&str> = found
        .iter()
        .filter(|block| block.is_prose())
        .map(|block| block.text.as_str())
        .collect();
    let state = state::story(page, known.title, &printed);
    let state = cleaned(page, known, state.iter().map(String::as_str));
    if found.is_empty() && n_bytes(&state) >= MIN_BYTES || is_fuller(&state, &found) {
        found = with_lead(found, state);
    }
    let is_printed = found.iter().all(|block| block.element > 0);
    Text {
        elements: found
            .iter()
            .filter(|_| is_printed)
            .map(|block| block.element)
            .collect(),
        paragraphs: found.into_iter().map(|block| block.text).collect(),
    }
}

/// Lines from the page's data, without what stands in the article's way.
fn cleaned<'a>(page: &Page, known: &Known, lines: impl Iterator<Item = &'a str>) -> Vec<Block> {
    let mut blocks: Vec<Block> = lines.map(|line| Block::paragraph(line.trim())).collect();
    if !blocks.is_empty() {
        let known = Known {
            stated: "",
            ..*known
        };
        clean(page, &mut blocks, &known);
    }
    blocks
}

/// Whether a text tells what the page prints, and at least a quarter more.
fn is_fuller(text: &[Block], printed: &[Block]) -> bool {
    if n_bytes(text) < MIN_BYTES || n_bytes(text) * 4 < n_bytes(printed) * 5 {
        return false;
    }
    let folded = folded(text);
    let lines = || printed.iter().filter(|block| block.is_prose());
    let n_told = lines()
        .filter(|block| folded.contains(&state::needle(&block.text)))
        .count();
    let is_much_longer = n_bytes(text) > n_bytes(printed) * 2;
    n_told > 0 && (n_told * 2 >= lines().count() || is_much_longer)
        || n_told == 0 && n_bytes(printed) * 4 < n_bytes(text)
}

/// A text from the page's data, led by the paragraphs that the page alone has in front of it.
fn with_lead(printed: Vec<Block>, text: Vec<Block>) -> Vec<Block> {
    let folded = folded(&text);
    let is_told = |block: &Block| folded.contains(&state::needle(&block.text));
    let n_lead = printed.iter().position(is_told).unwrap_or(0);
    let lead = printed.into_iter().take(n_lead);
    lead.filter(Block::is_prose).chain(text).collect()
}

fn folded(blocks: &[Block]) -> String {
    blocks.iter().map(|block| fold(&block.text)).collect()
}

fn n_words(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::n_words).sum()
}

fn n_bytes(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
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
    clean(page, &mut blocks, known);
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
