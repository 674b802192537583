//! Boxes in a story that point elsewhere ("You might like", "Mehr zum Thema"): a label, and the links under it. The story goes on
//! behind them, or it is over there; the paragraphs that follow tell which.

use super::blocks::{Block, Kind};
use super::page::Page;
use super::pointing::{self, Label};
use super::regions::is_line;

/// Takes the boxes out, and cuts the text where nothing of the story follows a label.
pub(super) fn cut(page: &Page, blocks: &mut Vec<Block>) {
    let length = |block: &Block| {
        if block.is_linked() {
            0
        } else {
            block.text.len()
        }
    };
    let total: usize = blocks.iter().map(length).sum();
    let mut is_kept = vec![true; blocks.len()];
    let mut story = None;
    let (mut at, mut before) = (0, 0);
    while at < blocks.len() {
        let Some(label) = pointing::label(&blocks[at].text) else {
            before += length(&blocks[at]);
            if blocks[at].is_prose() {
                story = Some(&blocks[at]);
            }
            at += 1;
            continue;
        };
        let end = end_of_box(page, blocks, at, story);
        let is_over = match (label, what_follows(page, blocks, end, story)) {
            (Label::Over, _) | (_, Follows::Others) | (Label::End, Follows::Unknown) => {
                before * 2 > total
            }
            (_, Follows::Unknown) => before * 5 > total * 4,
            (_, Follows::Story) => false,
        };
        let end = match label {
            _ if is_over => blocks.len(),
            Label::Over => at + 1,
            _ => end,
        };
        is_kept[at..end].fill(false);
        at = end;
    }
    let mut is_kept = is_kept.into_iter();
    blocks.retain(|_| is_kept.next().unwrap_or(true));
}

/// Where the box ends that begins with the label at `at`: with the element around it, or with the links under the label.
fn end_of_box(page: &Page, blocks: &[Block], at: usize, story: Option<&Block>) -> usize {
    if let Some(story) = story {
        let mut frame = blocks[at].element;
        // The largest element that begins behind the story's last paragraph.
        while page.parent(frame) > story.at {
            frame = page.parent(frame);
        }
        let end = page.end(frame);
        let inner = blocks[at + 1..]
            .iter()
            .take_while(|block| frame > story.at && block.at < end);
        let inner: Vec<&Block> = inner.collect();
        let has_story = inner
            .iter()
            .any(|block| block.is_prose() && is_akin(page, blocks, story, block));
        if !inner.is_empty() && !has_story {
            return at + 1 + inner.len();
        }
    }
    let links = blocks[at + 1..]
        .iter()
        .enumerate()
        .take_while(|(n, block)| {
            let heads_story = *n > 0
                && block.kind == Kind::Heading
                && !block.is_linked()
                && blocks.get(at + 2 + n).is_some_and(Block::is_prose);
            !heads_story && is_pointer(block)
        });
    at + 1 + links.count()
}

/// Whether a line is what stands under such a label: a link, an hour, a rubric.
fn is_pointer(block: &Block) -> bool {
    const MAX_WORDS: usize = 14;
    block.is_linked()
        || !block.is_prose() && block.n_words() <= MAX_WORDS && !block.text.ends_with('.')
}

/// What stands behind a box that points elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// Paragraphs of the story.
    Story,
    /// Links with a paragraph each: teasers of other articles.
    Others,
    /// Nothing that is surely one or the other.
    Unknown,
}

fn what_follows(page: &Page, blocks: &[Block], end: usize, story: Option<&Block>) -> Follows {
    let Some(story) = story else {
        return Follows::Story;
    };
    let rest = blocks[end..]
        .iter()
        .take_while(|block| pointing::label(&block.text).is_none());
    let (mut n_story, mut n_links, mut n_links_before) = (0, 0, 0);
    for block in rest {
        if block.is_linked() && !block.is_sentence() {
            n_links += 1;
        } else if block.is_prose() && is_akin(page, blocks, story, block) {
            n_story += 1;
            n_links_before = n_links;
        }
    }
    match (n_story, n_links_before) {
        (0, _) => Follows::Unknown,
        (_, 0) => Follows::Story,
        (n_story, n_links) if n_story > n_links * 2 + 1 => Follows::Story,
        _ => Follows::Others,
    }
}

/// Whether a paragraph stands on the page as the story's do: in the same box, or in a box of the same name, or in one that holds
/// nothing but paragraphs.
fn is_akin(page: &Page, blocks: &[Block], story: &Block, other: &Block) -> bool {
    const MIN_PARAGRAPHS: usize = 2;
    if story.element == other.element {
        return true;
    }
    let Some((mine, its)) = below_common(page, story.element, other.element) else {
        return true;
    };
    let is_same = page.tag(mine) == page.tag(its) && page.words(mine) == page.words(its);
    if is_line(page.tag(its)) && is_line(page.tag(mine)) || is_same {
        return true;
    }
    let before = |node: usize| blocks.partition_point(|block| block.at < node);
    let inside = &blocks[before(its)..before(page.end(its))];
    inside.len() >= MIN_PARAGRAPHS && inside.iter().all(Block::is_prose)
}

/// The boxes of two elements side by side in the smallest box that holds both; none if one holds the other.
fn below_common(page: &Page, one: usize, other: usize) -> Option<(usize, usize)> {
    let holds = |outer: usize, inner: usize| outer <= inner && inner < page.end(outer);
    let below = |at: usize, other: usize| {
        std::iter::once(at)
            .chain(page.ancestors(at))
            .take_while(|at| !holds(*at, other))
            .last()
    };
    Some((below(one, other)?, below(other, one)?))
}
