//! A page as a flat list of nodes in reading order. A subtree is a range of it, so every walk is a loop: no recursion,
//! however deep a page is nested, and one pass however large it is.

use html5ever::LocalName;
use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::node::Element;
use scraper::{Html, HtmlTreeSink, Node as Parsed};

use super::{attributes, words};

/// The parser's work grows with the depth of what is open; sound pages stay below 100.
const MAX_DEPTH: usize = 1_000;
/// Unclosed formatting elements multiply; sound pages stay below 50,000.
const MAX_NODES: usize = 400_000;
/// The limits are looked at after so many bytes.
const CHUNK_BYTES: usize = 8 << 10;

/// An element or a piece of text.
pub(super) struct Node {
    /// The element's name; empty for text.
    pub(super) tag: LocalName,
    /// The text of a text node.
    pub(super) text: String,
    /// The node that holds it; its own index at the root.
    pub(super) parent: usize,
    /// The index after its last descendant.
    pub(super) end: usize,
    attributes: Vec<(LocalName, String)>,
}

/// A parsed page.
pub(super) struct Page {
    nodes: Vec<Node>,
    words: Vec<String>,
}

impl Page {
    pub(super) fn parse(source: &str) -> Self {
        flatten(&parse(&attributes::bounded(source)))
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, at: usize) -> &Node {
        &self.nodes[at]
    }

    pub(super) fn tag(&self, at: usize) -> &str {
        &self.nodes[at].tag
    }

    /// The words of an element's id and classes, see [`words::of`].
    pub(super) fn words(&self, at: usize) -> &str {
        &self.words[at]
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        self.nodes[at].tag.is_empty()
    }

    pub(super) fn parent(&self, at: usize) -> usize {
        self.nodes[at].parent
    }

    pub(super) fn end(&self, at: usize) -> usize {
        self.nodes[at].end
    }

    /// An attribute's value, trimmed; none where it is absent or empty.
    pub(super) fn attr(&self, at: usize, name: &str) -> Option<&str> {
        let (_, value) = self.nodes[at]
            .attributes
            .iter()
            .find(|(key, _)| &**key == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn has_attr(&self, at: usize, name: &str) -> bool {
        self.nodes[at]
            .attributes
            .iter()
            .any(|(key, _)| &**key == name)
    }

    /// Elements with one of these names, in reading order.
    pub(super) fn tagged<'a>(&'a self, tags: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        (0..self.len()).filter(move |at| tags.contains(&self.tag(*at)))
    }

    /// The text under a node, spaces collapsed; no scripts and styles.
    pub(super) fn text_of(&self, at: usize) -> String {
        let mut text = String::new();
        for at in at..self.end(at) {
            if self.is_text(at) && !matches!(self.tag(self.parent(at)), "script" | "style") {
                text.push_str(&self.nodes[at].text);
            } else if !is_inline(self.tag(at)) {
                text.push(' ');
            }
        }
        squeeze(&text)
    }

    /// The text under a node with a space between elements: for boxes whose parts stand apart on the screen.
    pub(super) fn spaced_text_of(&self, at: usize) -> String {
        let texts = (at..self.end(at)).filter(|at| {
            self.is_text(*at) && !matches!(self.tag(self.parent(*at)), "script" | "style")
        });
        let text: Vec<&str> = texts.map(|at| self.nodes[at].text.as_str()).collect();
        squeeze(&text.join(" ")).replace(" ,", ",")
    }

    /// Ancestors, nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = at;
        std::iter::from_fn(move || {
            let parent = self.parent(at);
            let is_root = parent == at;
            at = parent;
            (!is_root).then_some(parent)
        })
    }
}

/// Whether an element stands within a line of text.
pub(super) fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "" | "#comment"
            | "a"
            | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "nobr"
            | "ruby"
            | "rt"
            | "rb"
            | "rp"
    )
}

/// Collapses white space and trims.
pub(super) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Parses piece by piece and stops where a page's nesting makes the parser's work explode.
fn parse(source: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = driver::parse_document(sink, ParseOpts::default());
    let mut rest = source;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.ceil_char_boundary(CHUNK_BYTES.min(rest.len())));
        parser.process(StrTendril::from_slice(chunk));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let tip = std::iter::successors(Some(html.tree.root()), ego_tree::NodeRef::last_child);
        if html.tree.nodes().len() > MAX_NODES || tip.count() > MAX_DEPTH {
            break;
        }
    }
    parser.finish()
}

fn flatten(html: &Html) -> Page {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open = vec![0];
    for edge in html.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => {
                let at = nodes.len();
                let parent = open.last().copied().unwrap_or(0);
                nodes.push(flat(node.value(), parent));
                open.push(at);
            }
            ego_tree::iter::Edge::Close(_) => {
                if let Some(at) = open.pop() {
                    nodes[at].end = nodes.len();
                }
            }
        }
    }
    let mut page = Page {
        nodes,
        words: Vec::new(),
    };
    page.words = (0..page.len()).map(|at| words::of(&page, at)).collect();
    page
}

fn flat(node: &Parsed, parent: usize) -> Node {
    let (tag, text, attributes) = match node {
        Parsed::Text(text) => (LocalName::from(""), text.to_string(), Vec::new()),
        Parsed::Element(element) => (
            element.name.local.clone(),
            String::new(),
            attributes(element),
        ),
        Parsed::Document => (LocalName::from("#document"), String::new(), Vec::new()),
        _ => (LocalName::from("#comment"), String::new(), Vec::new()),
    };
    Node {
        tag,
        text,
        parent,
        end: 0,
        attributes,
    }
}

fn attributes(element: &Element) -> Vec<(LocalName, String)> {
    let kept = element
        .attrs
        .iter()
        .filter(|(name, _)| !name.local.starts_with("on"));
    kept.map(|(name, value)| (name.local.clone(), value.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_is_a_range() {
        let page = Page::parse("<body><div id=a>one <b>two</b></div><p>three");
        let div = page.tagged(&["div"]).next().unwrap();
        assert_eq!(page.text_of(div), "one two");
        assert_eq!(page.attr(div, "id"), Some("a"));
        let p = page.tagged(&["p"]).next().unwrap();
        assert!(p >= page.end(div) && page.parent(p) < div);
    }

    #[test]
    fn nesting_without_end_is_cut_off() {
        let page = Page::parse(&"<div>".repeat(1_000_000));
        assert!(page.len() < 10_000);
        let fonts: String = (0..1_000_000).map(|n| format!("<font a={n}><p>")).collect();
        assert!(Page::parse(&fonts).len() < 3 * MAX_NODES);
    }
}
