//! The story in a page's state: the data that a script would make the page from (`__NEXT_DATA__`, `window.__INITIAL_STATE__ = …`,
//! `Fusion.globalContent = …`, an Apollo cache). Keys differ from site to site, so that text is known by what it says: it repeats
//! what the page prints, or stands beside the page's title.

use std::collections::HashMap;

use serde_json::{Deserializer, Map, Value};

use super::fold;
use super::page::Page;
use crate::parse::fragment::html_to_paragraphs;

/// How a page of React hands its state over, in pieces: `self.__next_f.push([1,"…"])`.
const STREAM: &str = "__next_f.push(";
/// Less text than this is no story's.
const MIN_SCRIPT_BYTES: usize = 200;
/// All scripts together; more is data for something else.
const MAX_BYTES: usize = 16 << 20;
/// Places in a script where a value is tried to be read.
const MAX_TRIES: usize = 200;
/// A shorter string is no paragraph.
const MIN_PARAGRAPH_BYTES: usize = 60;
/// How far below the title a story's text may stand.
const MAX_DISTANCE: usize = 4;
/// So much of a paragraph tells it from any other.
const NEEDLE_BYTES: usize = 60;

/// The longest text in the page's state that is its story; empty if there is none.
pub(super) fn story(page: &Page, title: &str, printed: &[&str]) -> Vec<String> {
    let signs: Vec<&str> = printed.iter().copied().chain([title]).collect();
    let (mut n_bytes, mut streamed) = (0, String::new());
    let mut best = Found::default();
    let mut look_into = |values: Vec<Value>| {
        let search = Search {
            title: fold(title),
            needles: printed.iter().map(|text| needle(text)).collect(),
            by_key: values.iter().flat_map(index).collect(),
        };
        for value in &values {
            search.walk(value, MAX_DISTANCE + 1, &mut best);
        }
    };
    for script in page.tagged(&["script"]) {
        if page.end(script) <= script + 1 {
            continue;
        }
        let text = page.node(script + 1).text.as_str();
        let is_linked_data = page
            .attr(script, "type")
            .is_some_and(|kind| kind.contains("ld+json"));
        n_bytes += text.len();
        if is_linked_data || n_bytes > MAX_BYTES {
            continue;
        }
        if text.contains(STREAM) {
            streamed.extend(values(text).iter().filter_map(|piece| piece[1].as_str()));
        } else if may_tell(text, &signs) {
            look_into(values(text));
        }
    }
    if may_tell(&streamed, &signs) {
        look_into(rows(&streamed));
    }
    best.paragraphs
}

/// The rows of a stream that are JSON: `5:{"title":…}`.
fn rows(stream: &str) -> Vec<Value> {
    let values = stream.lines().filter_map(|row| row.split_once(':'));
    values
        .filter_map(|(_, value)| serde_json::from_str(value).ok())
        .collect()
}

/// The beginning of a text, folded.
pub(super) fn needle(text: &str) -> String {
    let mut needle = fold(&text[..text.floor_char_boundary(NEEDLE_BYTES * 2)]);
    needle.truncate(needle.floor_char_boundary(NEEDLE_BYTES));
    needle
}

/// Whether a script holds a piece of what the page says; in escapes, text that is not ASCII cannot be looked for.
fn may_tell(script: &str, signs: &[&str]) -> bool {
    const MIN_PIECE_BYTES: usize = 8;
    if script.len() < MIN_SCRIPT_BYTES || !script.contains('{') {
        return false;
    }
    signs.iter().take(4).chain(signs.last()).any(|sign| {
        let pieces = sign.split(|c: char| !c.is_ascii() || "\"'\\/&<>".contains(c));
        let longest = pieces.max_by_key(|piece| piece.len()).unwrap_or_default();
        if longest.trim().len() >= MIN_PIECE_BYTES {
            memchr::memmem::find(script.as_bytes(), longest.trim().as_bytes()).is_some()
        } else {
            !sign.is_ascii() && (script.contains(sign.trim()) || script.contains("\\u"))
        }
    })
}

/// The JSON values in a script: the whole of it, or what is assigned or handed over in it.
fn values(script: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(script.trim()) {
        return vec![value];
    }
    let mut values = Vec::new();
    let (mut rest, mut n_tries) = (script, 0);
    while let Some(at) = rest.find(['=', '(']) {
        rest = rest[at + 1..].trim_start();
        if !rest.starts_with(['{', '[', '"']) {
            continue;
        }
        n_tries += 1;
        if n_tries > MAX_TRIES {
            break;
        }
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(value)) = stream.next() else {
            continue;
        };
        rest = &rest[stream.byte_offset()..];
        match value {
            // `JSON.parse("…")`
            Value::String(text) => values.extend(serde_json::from_str::<Value>(&text)),
            value => values.push(value),
        }
    }
    values
}

/// The objects that a cache names by its keys.
fn index(value: &Value) -> Vec<(&str, &Value)> {
    let caches = std::iter::once(value).chain(value.as_object().into_iter().flat_map(Map::values));
    let entries = caches.filter_map(Value::as_object).flatten();
    entries
        .filter(|(key, value)| key.contains([':', '$']) && value.is_object())
        .map(|(key, value)| (key.as_str(), value))
        .collect()
}

/// The best text so far.
#[derive(Default)]
struct Found {
    /// How near to the title it stands; what repeats the page's text counts as near.
    rank: usize,
    n_bytes: usize,
    paragraphs: Vec<String>,
}

struct Search<'a> {
    title: String,
    needles: Vec<String>,
    by_key: HashMap<&'a str, &'a Value>,
}

impl Search<'_> {
    /// Looks at all texts in a value; `distance` is that from the title.
    fn walk(&self, value: &Value, distance: usize, best: &mut Found) {
        match value {
            Value::Object(fields) => {
                let distance = if self.holds_title(fields) {
                    0
                } else if Self::holds_other_title(fields) {
                    MAX_DISTANCE + 1
                } else {
                    distance + 1
                };
                for field in fields.values() {
                    self.offer(field, distance, best);
                    self.walk(field, distance, best);
                }
            }
            Value::Array(values) => {
                for value in values {
                    self.walk(value, distance, best);
                }
            }
            Value::String(text)
                if text.len() >= MIN_SCRIPT_BYTES && text.starts_with(['{', '[']) =>
            {
                if let Ok(value) = serde_json::from_str::<Value>(text) {
                    self.walk(&value, distance, best);
                }
            }
            _ => {}
        }
    }

    /// Whether an object states the page's title, itself or in a small object like `headlines`.
    fn holds_title(&self, fields: &Map<String, Value>) -> bool {
        let max_bytes = self.title.len() * 3 + 60;
        let is_short = |value: &Value| value.as_str().is_none_or(|text| text.len() <= max_bytes);
        let is_title = |value: &Value| {
            is_short(value) && value.as_str().is_some_and(|text| fold(text) == self.title)
        };
        let holds = |value: &Value| {
            value.as_object().is_some_and(|inner| {
                inner
                    .values()
                    .all(|value| is_short(value) && !value.is_array() && !value.is_object())
                    && inner.values().any(is_title)
            })
        };
        !self.title.is_empty() && fields.values().any(|value| is_title(value) || holds(value))
    }

    /// Whether an object states a title that is not the page's: its text is another story's.
    fn holds_other_title(fields: &Map<String, Value>) -> bool {
        ["title", "headline", "headlines"].iter().any(|key| {
            fields
                .get(*key)
                .is_some_and(|value| value.is_string() || value.is_object())
        })
    }

    fn offer(&self, field: &Value, distance: usize, best: &mut Found) {
        let n_raw = match field {
            Value::String(text) => text.len(),
            Value::Array(_) | Value::Object(_) => usize::MAX,
            _ => 0,
        };
        if n_raw < MIN_PARAGRAPH_BYTES
            || matches!(field, Value::Object(object) if !is_block(object))
        {
            return;
        }
        let mut paragraphs = Vec::new();
        self.read(field, &mut paragraphs);
        let n_bytes: usize = paragraphs.iter().map(String::len).sum();
        if n_bytes < MIN_PARAGRAPH_BYTES * 2 {
            return;
        }
        let folded = fold(&paragraphs.join(" "));
        let is_printed = self
            .needles
            .iter()
            .any(|needle| !needle.is_empty() && folded.contains(needle.as_str()));
        if !is_printed && distance > MAX_DISTANCE {
            return;
        }
        let rank = if is_printed { 0 } else { distance };
        let rank = MAX_DISTANCE + 1 - rank;
        let is_better =
            (rank, n_bytes, paragraphs.len()) > (best.rank, best.n_bytes, best.paragraphs.len());
        if is_better {
            *best = Found {
                rank,
                n_bytes,
                paragraphs,
            };
        }
    }

    /// The paragraphs of a text, of a list of blocks, or of what a reference names.
    fn read(&self, value: &Value, paragraphs: &mut Vec<String>) {
        match value {
            Value::String(text) if is_text(text) => paragraphs.extend(html_to_paragraphs(text)),
            Value::Array(values) => {
                for value in values {
                    match value {
                        Value::String(text) if text.contains(' ') => {
                            paragraphs.extend(html_to_paragraphs(text));
                        }
                        Value::Object(fields)
                            if Self::holds_other_title(fields) && !self.holds_title(fields) => {}
                        value => self.read(value, paragraphs),
                    }
                }
            }
            Value::Object(fields) => {
                let name = fields.get("__ref").or_else(|| {
                    fields
                        .get("id")
                        .filter(|_| fields.get("type").is_some_and(|kind| kind == "id"))
                });
                let named = name
                    .and_then(Value::as_str)
                    .and_then(|name| self.by_key.get(name));
                if let Some(Value::Object(fields)) = named {
                    // One step only: a cache may refer in circles.
                    read_block(fields, paragraphs);
                } else {
                    read_block(fields, paragraphs);
                }
            }
            _ => {}
        }
    }
}

/// Whether a string is text for people: words with spaces between them, or in a script without.
fn is_text(text: &str) -> bool {
    text.len() >= MIN_PARAGRAPH_BYTES
        && !text.starts_with(['{', '[', '/'])
        && !text.starts_with("http")
        && (text.split(' ').nth(6).is_some() || !text.is_ascii())
}

/// Keys under which a block has its text, or the pieces of it.
const TEXTS: [&str; 11] = [
    "text",
    "value",
    "content",
    "html",
    "children",
    "body",
    "paragraph",
    "data",
    "model",
    "blocks",
    "paragraphs",
];

/// Whether an object is a document of blocks or a block itself.
fn is_block(fields: &Map<String, Value>) -> bool {
    TEXTS
        .iter()
        .any(|key| fields.get(*key).is_some_and(|value| !value.is_null()))
}

/// Reads a block: pieces of a line are put together, blocks in it are read one by one.
fn read_block(fields: &Map<String, Value>, paragraphs: &mut Vec<String>) {
    let mut line = String::new();
    gather(&fields_of(fields), &mut line, paragraphs);
    end_line(&mut line, paragraphs);
}

fn fields_of(fields: &Map<String, Value>) -> Vec<&Value> {
    TEXTS
        .iter()
        .filter_map(|key| fields.get(*key))
        .take(1)
        .collect()
}

fn gather(values: &[&Value], line: &mut String, paragraphs: &mut Vec<String>) {
    for value in values {
        match value {
            Value::String(text) => line.push_str(text),
            Value::Array(values) => {
                let is_list = values.iter().all(Value::is_string);
                for value in values {
                    gather(&[value], line, paragraphs);
                    if is_list {
                        end_line(line, paragraphs);
                    }
                }
            }
            Value::Object(fields) => {
                let ends = is_line_of_its_own(fields);
                if ends {
                    end_line(line, paragraphs);
                }
                gather(&fields_of(fields), line, paragraphs);
                if ends {
                    end_line(line, paragraphs);
                }
            }
            _ => {}
        }
    }
}

/// Whether a block says of itself that it is more than a piece of a line.
fn is_line_of_its_own(fields: &Map<String, Value>) -> bool {
    const INLINE: [&str; 12] = [
        "text",
        "span",
        "link",
        "a",
        "hyperlink",
        "strong",
        "em",
        "b",
        "i",
        "bold",
        "italic",
        "mark",
    ];
    let kinds = [
        "nodeType",
        "_type",
        "type",
        "tag",
        "name",
        "kind",
        "__typename",
    ];
    let is_sentence = |text: &str| {
        text.len() >= MIN_PARAGRAPH_BYTES && text.ends_with(['.', '!', '?', '”', '"', '»', '。'])
    };
    match kinds.iter().find_map(|key| fields.get(*key)?.as_str()) {
        Some(kind) => !INLINE.contains(&kind.to_lowercase().as_str()),
        None => fields_of(fields)
            .iter()
            .any(|text| text.as_str().is_some_and(is_sentence)),
    }
}

fn end_line(line: &mut String, paragraphs: &mut Vec<String>) {
    if line.chars().any(char::is_alphanumeric) {
        paragraphs.extend(html_to_paragraphs(line));
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The ferry between the two islands sailed again on Monday, a year after the storm that broke its pier.";
    const SECOND: &str = "The council will pay for two boats a day until spring, and then it will count the passengers once more.";
    const OTHER: &str = "The bridge over the sound is shut until May, and those who have to cross it go round by the old road.";

    #[test]
    fn stories_are_found_in_the_state_of_every_system() {
        for state in [
            r#"<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"article":{"title":"Ferry sails","body":"<p>{0}</p><p>{1}</p>"},"more":[{"title":"Bridge shut","body":"<p>{2}</p><p>{2}</p><p>{2}</p>"}]}}}</script>"#,
            r#"<script>window.__INITIAL_STATE__ = {"page":{"headline":"Ferry sails","paragraphs":["{0}","{1}"]}};</script>"#,
            r#"<script>window.Fusion=window.Fusion||{};Fusion.arcSite="x";Fusion.globalContent={"headlines":{"basic":"Ferry sails"},"content_elements":[{"type":"text","content":"{0}"},{"type":"image","caption":"{2}"},{"type":"text","content":"{1}"}]};Fusion.x={}</script>"#,
            r#"<script>window.__APOLLO_STATE__={"Article:1":{"__typename":"Article","title":"Ferry sails","body":[{"__ref":"Paragraph:a"},{"__ref":"Paragraph:b"}]},"Paragraph:b":{"text":"{1}"},"Paragraph:a":{"text":"{0}"}}</script>"#,
            r#"<script>window.__DATA__=JSON.parse("{\"title\":\"Ferry sails\",\"text\":\"<p>{0}</p><p>{1}</p>\"}");</script>"#,
            r#"<script type="application/json">{"story":{"title":"Ferry sails","content":{"nodeType":"document","content":[{"nodeType":"paragraph","content":[{"nodeType":"text","value":"{0a}"},{"nodeType":"hyperlink","content":[{"nodeType":"text","value":"{0b}"}]}]},{"nodeType":"paragraph","content":[{"nodeType":"text","value":"{1}"}]}]}}}</script>"#,
            r#"<script>self.__next_f.push([1,"5:{\"title\":\"Ferry sails\",\"te"])</script><script>self.__next_f.push([1,"xt\":\"<p>{0}</p><p>{1}</p>\"}\n"])</script>"#,
        ] {
            let (start, end) = FIRST.split_at(40);
            let html = state
                .replace("{0a}", start)
                .replace("{0b}", end)
                .replace("{0}", FIRST)
                .replace("{1}", SECOND)
                .replace("{2}", OTHER);
            let page = Page::parse(&format!("<body>{html}"));
            assert_eq!(story(&page, "Ferry sails", &[]), [FIRST, SECOND], "{html}");
        }
    }

    #[test]
    fn a_story_of_another_title_is_not_read() {
        let html = format!(
            r#"<script type="application/json">{{"more":[{{"title":"Bridge shut","body":"<p>{OTHER}</p><p>{SECOND}</p>"}}],"x":"Ferry sails"}}</script>"#
        );
        let page = Page::parse(&html);
        assert!(story(&page, "Ferry line", &[FIRST]).is_empty());
        for broken in [
            "{",
            "window.x={\"a\":",
            "self.x([1,\"",
            "(((((((({{{{",
            "=\"\\u",
        ] {
            let html = format!(
                "<script>{}Ferry sails{}</script>",
                broken.repeat(400),
                FIRST
            );
            assert!(story(&Page::parse(&html), "Ferry sails", &[FIRST]).is_empty());
        }
    }
}
