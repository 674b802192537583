//! The lines of text in a part of a page, each with what tells prose from furniture.

use super::page::{Page, is_inline};
use super::regions::Regions;
use crate::parse::printed_date;
use crate::text::terms::n_words;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Heading,
    Item,
    Row,
}

/// A line of text on the page.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Bytes of `text` that are links.
    pub(super) n_linked: usize,
    /// The element that it stands in.
    pub(super) element: usize,
    /// Where its text begins.
    pub(super) at: usize,
}

impl Block {
    /// A paragraph that stands nowhere on the page.
    pub(super) fn paragraph(text: &str) -> Self {
        Self {
            kind: Kind::Paragraph,
            text: text.to_owned(),
            n_linked: 0,
            element: 0,
            at: 0,
        }
    }

    pub(super) fn n_words(&self) -> usize {
        n_words(&self.text)
    }

    /// Whether it is a paragraph of running text.
    pub(super) fn is_prose(&self) -> bool {
        const MIN_BYTES: usize = 60;
        const LONG_BYTES: usize = 140;
        let is_text = self.text.len() >= MIN_BYTES && ends_sentence(&self.text)
            || self.text.len() >= LONG_BYTES;
        self.kind != Kind::Heading && is_text && !self.is_linked()
    }

    /// Whether it is a whole sentence or more, as a paragraph is and a headline that points elsewhere is not.
    pub(super) fn is_sentence(&self) -> bool {
        const MIN_WORDS: usize = 12;
        const MIN_WIDE_CHARS: usize = 30;
        let is_long = self.n_words() >= MIN_WORDS
            || self.text.ends_with('。') && self.text.chars().count() >= MIN_WIDE_CHARS;
        let ends = self.text.trim_end_matches(['”', '"', '»', '’', '“', ')']);
        is_long && self.kind == Kind::Paragraph && ends.ends_with(['.', '。', '।', '؟'])
    }

    /// Whether it is links rather than a text with links in it.
    pub(super) fn is_linked(&self) -> bool {
        const MAX_WORDS: usize = 25;
        let tenths = if self.n_words() <= MAX_WORDS { 7 } else { 8 };
        self.n_linked * 10 >= self.text.len() * tenths
    }
}

/// Whether a line ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    text.ends_with([
        '.', '!', '?', '…', ':', '”', '"', '’', '»', '“', ')', '。', '！', '？', '」', '』', '।',
        '؟', '۔',
    ])
}

/// The kept blocks between two nodes, in reading order.
pub(super) fn read(page: &Page, regions: &Regions, from: usize, to: usize) -> Vec<Block> {
    let mut reader = Reader {
        blocks: Vec::new(),
        text: String::new(),
        n_linked: 0,
        at: None,
    };
    // Ends of the blocks and links that are open.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut link_end, mut at, mut was_break) = (0, from, false);
    while at < to {
        while open.last().is_some_and(|(_, end)| *end <= at) {
            if let Some((element, _)) = open.pop() {
                reader.flush(page, element);
            }
        }
        let tag = page.tag(at);
        if regions
            .headline
            .is_some_and(|headline| page.end(headline) == at)
        {
            reader.flush(page, from);
        }
        let element = open.last().map_or(from, |(element, _)| *element);
        if regions.dropped[at] {
            if !is_inline(tag) {
                reader.flush(page, element);
            }
            at = page.end(at).max(at + 1);
            continue;
        }
        if page.is_text(at) {
            let text = &page.node(at).text;
            if !text.trim().is_empty() {
                was_break = false;
            }
            reader.push(text, at, at < link_end);
        } else if tag == "br" {
            if was_break || reader.ends_sentence() || reader.is_top_line() {
                reader.flush(page, element);
            }
            reader.text.push(' ');
            was_break = true;
        } else if tag == "a" {
            link_end = link_end.max(page.end(at));
        } else if is_cell(page, at) {
            reader.next_cell(tag);
        } else if !is_inline(tag) {
            reader.flush(page, element);
            open.push((at, page.end(at)));
        }
        at += 1;
    }
    while let Some((element, _)) = open.pop() {
        reader.flush(page, element);
    }
    reader.flush(page, from);
    reader.blocks
}

/// Cells of one row stand in one line, unless they are boxes of a layout.
fn is_cell(page: &Page, at: usize) -> bool {
    matches!(page.tag(at), "td" | "th")
        && page.end(at) - at < 12
        && !has_paragraphs(page, at)
        && (at + 1..page.end(at)).all(|at| is_inline(page.tag(at)) || page.tag(at) == "p")
        || page.tag(at) == "p"
            && matches!(page.tag(page.parent(at)), "td" | "th")
            && is_cell(page, page.parent(at))
}

/// Whether a cell holds several paragraphs of text.
fn has_paragraphs(page: &Page, at: usize) -> bool {
    const MIN_BYTES: usize = 200;
    let within = at..page.end(at);
    let n_paragraphs = within.clone().filter(|at| page.tag(*at) == "p").count();
    n_paragraphs > 1 && within.map(|at| page.node(at).text.len()).sum::<usize>() >= MIN_BYTES
}

struct Reader {
    blocks: Vec<Block>,
    text: String,
    n_linked: usize,
    at: Option<usize>,
}

impl Reader {
    fn push(&mut self, text: &str, at: usize, is_linked: bool) {
        if !text.trim().is_empty() {
            self.at.get_or_insert(at);
        }
        self.text.push_str(text);
        if is_linked {
            self.n_linked += text.trim().len();
        }
    }

    /// Parts a cell from the one before it, so that two names do not become one.
    fn next_cell(&mut self, tag: &str) {
        let is_filled = self
            .text
            .rsplit('|')
            .next()
            .is_some_and(|cell| cell.contains(char::is_alphanumeric));
        self.text
            .push_str(if tag != "p" && is_filled { " | " } else { " " });
    }

    /// Whether the line so far is a paragraph that may end here.
    fn ends_sentence(&self) -> bool {
        let text = self.text.trim_end();
        text.len() > 80 && text.ends_with(['.', '!', '?', '”', '"', '…'])
    }

    /// Whether the line so far is a byline or a date: what follows it is another line.
    fn is_top_line(&self) -> bool {
        const MAX_CHARS: usize = 60;
        let line = self.text.trim();
        let starts_so = ["By ", "BY ", "by "]
            .iter()
            .any(|sign| line.starts_with(sign))
            || printed_date::has_day(line);
        line.len() <= MAX_CHARS && !line.ends_with(',') && starts_so
    }

    fn flush(&mut self, page: &Page, element: usize) {
        let text = super::page::squeeze(&std::mem::take(&mut self.text));
        let text = text.strip_suffix(" |").unwrap_or(&text).to_owned();
        let n_linked = std::mem::take(&mut self.n_linked);
        let at = self.at.take().unwrap_or(element);
        if !text.is_empty() {
            let kind = kind(page, element);
            self.blocks.push(Block {
                kind,
                text,
                n_linked,
                element,
                at,
            });
        }
    }
}

fn kind(page: &Page, element: usize) -> Kind {
    let of = |tag: &str| match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Kind::Heading),
        "li" | "dd" | "dt" => Some(Kind::Item),
        "td" | "tr" | "th" => Some(Kind::Row),
        "div" | "article" | "section" | "main" | "body" => Some(Kind::Paragraph),
        _ => None,
    };
    std::iter::once(element)
        .chain(page.ancestors(element).take(3))
        .find_map(|at| of(page.tag(at)))
        .unwrap_or(Kind::Paragraph)
}
