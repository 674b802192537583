//! Texts that publishing systems keep in blocks: Arc's content elements, Editor.js, Draft.js, Sanity's portable text, Contentful's
//! and ProseMirror's documents, the Guardian's blocks. A block is a paragraph or holds others; inline pieces are one paragraph.

use serde_json::{Map, Value};

use super::super::draft::paragraphs;
use super::super::fragment;
use super::keys::BODY;
use super::record::folded;

/// Blocks within blocks, at most.
const MAX_DEPTH: usize = 12;

/// Keys that name what a block is.
const KINDS: [&str; 5] = ["type", "_type", "nodeType", "__typename", "elementType"];

/// Blocks that hold no text of the story: parts of their kinds' names.
const SILENT: [&str; 22] = [
    "image",
    "picture",
    "photo",
    "video",
    "audio",
    "gallery",
    "embed",
    "media",
    "asset",
    "interstitial",
    "divider",
    "related",
    "newsletter",
    "advert",
    "promo",
    "reference",
    "table_of_contents",
    "pullquote",
    "tweet",
    "instagram",
    "code",
    "button",
];

/// Keys under which a block has its text, best first.
const TEXTS: [&str; 10] = [
    "bodyHtml", "html", "text", "content", "value", "rendered", "body", "data", "children", "items",
];

/// The paragraphs of a value: a text, a list of blocks or a tree of them.
pub(super) fn block_paragraphs(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    gather(value, false, 0, &mut found);
    found
}

fn gather(value: &Value, is_html: bool, depth: usize, found: &mut Vec<String>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::String(text) if is_html => found.extend(fragment::html_to_paragraphs(text)),
        Value::String(text) => found.extend(paragraphs(text)),
        Value::Array(items) if is_inline(items) => {
            let mut line = String::new();
            for item in items {
                inline_text(item, depth, &mut line);
            }
            found.extend(paragraphs(&line));
        }
        Value::Array(items) => {
            for item in items {
                gather(item, is_html, depth + 1, found);
            }
        }
        Value::Object(block) if !is_silent(block) => {
            let told = TEXTS.iter().find_map(|key| Some((*key, block.get(*key)?)));
            let told = told.or_else(|| {
                BODY.iter().find_map(|body| {
                    let entry = block.iter().find(|(key, _)| folded(key) == *body);
                    entry.map(|(key, value)| (key.as_str(), value))
                })
            });
            if let Some((key, value)) = told {
                gather(value, folded(key).ends_with("html"), depth + 1, found);
            }
        }
        _ => {}
    }
}

fn kind(block: &Map<String, Value>) -> Option<&str> {
    KINDS.iter().find_map(|key| block.get(*key)?.as_str())
}

fn is_silent(block: &Map<String, Value>) -> bool {
    kind(block).is_some_and(|kind| {
        let kind = kind.to_lowercase();
        SILENT.iter().any(|silent| kind.contains(silent))
    })
}

/// Whether a list holds pieces of one paragraph: marked as text or as a link, with their text in place.
fn is_inline(items: &[Value]) -> bool {
    const INLINE: [&str; 7] = [
        "text",
        "span",
        "link",
        "hyperlink",
        "a",
        "hard_break",
        "hardbreak",
    ];
    !items.is_empty()
        && items.iter().all(|item| {
            let Value::Object(piece) = item else {
                return false;
            };
            let has_own_text = ["text", "value"]
                .iter()
                .any(|key| piece.get(*key).is_some_and(Value::is_string));
            let is_link = piece
                .get("content")
                .or(piece.get("children"))
                .is_some_and(Value::is_array);
            kind(piece).is_some_and(|kind| INLINE.contains(&kind.to_lowercase().as_str()))
                && (has_own_text
                    || is_link
                    || kind(piece).is_some_and(|kind| kind.contains("reak")))
        })
}

fn inline_text(piece: &Value, depth: usize, line: &mut String) {
    if depth > MAX_DEPTH {
        return;
    }
    let own = ["text", "value"]
        .iter()
        .find_map(|key| piece.get(*key)?.as_str());
    if let Some(text) = own {
        line.push_str(text);
        return;
    }
    let within = piece
        .get("content")
        .or(piece.get("children"))
        .and_then(Value::as_array);
    match within {
        Some(pieces) => pieces
            .iter()
            .for_each(|piece| inline_text(piece, depth + 1, line)),
        None => line.push(' '),
    }
}
