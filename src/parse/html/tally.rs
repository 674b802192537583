//! How much running text, links, pictures and controls each part of a page holds. A subtree is a range of nodes, so that sums over
//! the nodes answer for any of them at once.

use super::page::{Page, is_inline};
use super::signs::Strength;

/// A shorter line is no running text.
const MIN_PROSE_BYTES: usize = 60;
/// A box with less running text than this has no paragraph.
const MIN_BOX_BYTES: usize = 80;

/// What a part of a page holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Bytes of running text outside links.
    pub(super) prose: u32,
    /// Blocks of running text.
    pub(super) n_prose: u32,
    /// Bytes of short lines outside links.
    pub(super) short: u32,
    /// Bytes of links.
    pub(super) linked: u32,
    /// Blocks that are links as a whole.
    pub(super) n_links: u32,
    /// Lower headings that are links as a whole.
    pub(super) n_linked_headings: u32,
    pub(super) n_pictures: u32,
    pub(super) n_controls: u32,
    /// Fields to write into.
    pub(super) n_inputs: u32,
    /// Headlines of the page or of other articles.
    pub(super) n_headlines: u32,
}

impl Contents {
    fn zip(self, other: Self, op: impl Fn(u32, u32) -> u32) -> Self {
        Self {
            prose: op(self.prose, other.prose),
            n_prose: op(self.n_prose, other.n_prose),
            short: op(self.short, other.short),
            linked: op(self.linked, other.linked),
            n_links: op(self.n_links, other.n_links),
            n_linked_headings: op(self.n_linked_headings, other.n_linked_headings),
            n_pictures: op(self.n_pictures, other.n_pictures),
            n_controls: op(self.n_controls, other.n_controls),
            n_inputs: op(self.n_inputs, other.n_inputs),
            n_headlines: op(self.n_headlines, other.n_headlines),
        }
    }

    /// Whether it is paragraphs and hardly anything else: not pointers with a line of text each, not pictures with captions, not a form.
    pub(super) fn is_prose(self) -> bool {
        self.prose as usize >= MIN_BOX_BYTES
            && self.n_controls == 0
            && self.n_links == 0
            && self.n_headlines == 0
            && self.short * 3 <= self.prose
            && self.linked * 2 <= self.prose
            && (self.n_pictures == 0 || self.n_pictures < self.n_prose)
    }

    /// Whether it is one paragraph of running text, whatever links are in it.
    fn is_paragraph(self) -> bool {
        self.n_prose == 1 && self.n_controls + self.n_pictures == 0 && self.linked <= self.prose
    }

    /// Whether it points to other articles: links under a label, or linked headings with a line of text each.
    pub(super) fn is_pointer(self) -> bool {
        const MAX_LABEL_BYTES: u32 = 80;
        const MAX_TEASER_BYTES: u32 = 140;
        let own = self.prose + self.short;
        let is_list = self.n_links > 0 && self.n_prose == 0 && (8..=MAX_LABEL_BYTES).contains(&own);
        let n_teasers = self.n_linked_headings;
        let is_cards = n_teasers > 0
            && self.n_prose <= n_teasers
            && own <= n_teasers * MAX_TEASER_BYTES + MAX_LABEL_BYTES;
        self.n_headlines == 0 && self.linked > 0 && (is_list || is_cards)
    }

    /// Whether it is a form to sign up or to write in, and a few words that invite to it.
    pub(super) fn is_form(self) -> bool {
        const MAX_BYTES: u32 = 400;
        self.n_inputs > 0 && self.n_headlines == 0 && self.prose + self.short <= MAX_BYTES
    }

    /// Whether it is what may stand in a story between or behind paragraphs: a short line, a paragraph, a picture.
    pub(super) fn is_plain(self) -> bool {
        self.n_controls == 0 && self.n_headlines == 0 && self.linked * 2 <= self.prose + self.short
    }
}

/// The sums over a page's nodes.
pub(super) struct Tally {
    /// What stands before each node.
    before: Vec<Contents>,
}

impl Tally {
    /// Counts a page's nodes, those left out aside.
    pub(super) fn of(page: &Page, dropped: &[bool]) -> Self {
        let mut own = vec![Contents::default(); page.len()];
        let mut link_end = 0;
        for at in 0..page.len() {
            let tag = page.tag(at);
            match tag {
                "input" | "button" | "textarea" | "select" => {
                    own[at].n_controls += 1;
                    own[at].n_inputs += u32::from(is_written_into(page, at));
                }
                "img" | "picture" if page.tag(page.parent(at)) != "picture" => {
                    own[at].n_pictures += 1;
                }
                "h1" | "article" => own[at].n_headlines += 1,
                "a" => link_end = link_end.max(page.end(at)),
                "" if !dropped[at] => {
                    let n_bytes: usize = page
                        .node(at)
                        .text
                        .split_whitespace()
                        .map(|word| word.len() + 1)
                        .sum();
                    if n_bytes > 0 {
                        let block = block_of(page, at);
                        if at < link_end {
                            own[block].linked += n_bytes as u32;
                        } else {
                            own[block].short += n_bytes as u32;
                        }
                    }
                }
                _ => {}
            }
        }
        let mut before = Vec::with_capacity(page.len() + 1);
        let mut sum = Contents::default();
        for (at, block) in own.into_iter().enumerate() {
            before.push(sum);
            let mut block = told(block);
            if block.n_links > 0 && matches!(page.tag(at), "h3" | "h4" | "h5" | "h6") {
                block.n_linked_headings = 1;
            }
            sum = sum.zip(block, u32::saturating_add);
        }
        before.push(sum);
        Self { before }
    }

    /// What a node holds.
    pub(super) fn within(&self, page: &Page, at: usize) -> Contents {
        let end = page.end(at).max(at + 1);
        self.before[end].zip(self.before[at], u32::saturating_sub)
    }
}

fn is_written_into(page: &Page, at: usize) -> bool {
    match page.tag(at) {
        "input" => matches!(page.attr(at, "type"), None | Some("email" | "text" | "tel")),
        tag => tag == "textarea",
    }
}

/// The nearest element around a text that is no part of a line.
fn block_of(page: &Page, at: usize) -> usize {
    page.ancestors(at)
        .find(|at| !is_inline(page.tag(*at)))
        .unwrap_or(0)
}

/// A block's own text as running text, a short line or a link.
fn told(block: Contents) -> Contents {
    let n_bytes = block.short;
    let is_link = block.linked > 0 && block.linked >= n_bytes * 2;
    if n_bytes as usize >= MIN_PROSE_BYTES && block.linked <= n_bytes {
        Contents {
            prose: n_bytes,
            n_prose: 1,
            short: 0,
            ..block
        }
    } else {
        Contents {
            n_links: u32::from(is_link),
            ..block
        }
    }
}

/// How far up the paragraphs beside a box are looked for, through boxes that hold nothing else.
const MAX_FRAMES: usize = 3;

/// Whether what a node holds is the story's although a name or a style speaks against it: paragraphs and nothing else, beside other
/// paragraphs behind the headline.
pub(super) fn is_in_story(
    page: &Page,
    tally: &Tally,
    at: usize,
    headline: Option<usize>,
    strength: Strength,
) -> bool {
    let own = tally.within(page, at);
    let is_fit = match strength {
        Strength::Faint | Strength::Linking if page.tag(at) == "p" => own.is_paragraph(),
        Strength::Faint => own.is_prose(),
        Strength::Linking => own.is_prose() && own.linked == 0,
        Strength::Firm => false,
    };
    if !is_fit || headline.is_some_and(|headline| at < headline) {
        return false;
    }
    let mut boxes = page.ancestors(at).take(MAX_FRAMES);
    let around = boxes.find_map(|parent| {
        let all = tally.within(page, parent);
        let others = all.prose.saturating_sub(own.prose) as usize;
        (others >= MIN_PROSE_BYTES).then_some((parent, all))
    });
    around.is_some_and(|(parent, all)| {
        let is_frame = matches!(page.tag(parent), "body" | "html" | "main");
        page.tag(at) == "p" || !is_frame && all.n_headlines <= 2
    })
}
