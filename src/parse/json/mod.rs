//! JSON: one article, a list of them, a list somewhere inside, a JSON Feed, or one object a line.

mod blocks;
mod feed;
mod graph;
pub(super) mod keys;
mod lines;
mod list;
mod record;

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use super::Collector;
use super::collector::{ParseError, Stopped};
use super::draft::Batch;
use crate::domain::article::Format;
use crate::domain::document::{Document, Mapping};
use crate::domain::ledger::Rejection;

pub(super) use lines::read as read_lines;
pub(super) use list::{is_one as is_list, read as read_list};
pub(super) use record::{Record, folded};

/// One object holds so many values at most: a value takes many times the memory of its text.
const MAX_VALUES: usize = 1_000_000;
/// Lists of articles stand at most so deep.
const MAX_DEPTH: usize = 8;

/// Keys under which an object that could be an article by itself has a list of them; any other may hold its comments.
const LISTS: [&str; 16] = [
    "items",
    "articles",
    "results",
    "data",
    "docs",
    "documents",
    "hits",
    "entries",
    "posts",
    "stories",
    "news",
    "newsitems",
    "response",
    "records",
    "rows",
    "@graph",
];

const NOTHING: &str = "no object in it has both a text and a title, date or address; if it names them in a way of its own, \
    say so under [parse.json] in config.toml and drop it again";

pub(super) fn read(
    text: &str,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<Format, ParseError> {
    let text = text.trim();
    let (mut rest, is_list) = text
        .strip_prefix('[')
        .map_or((text, false), |rest| (rest, true));
    let mut walk = Walk::new(document, collector, Format::Json);
    let place = if is_list { Place::Item } else { Place::Inner };
    let mut n_items = 0;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_list && c == ',');
        if is_list && rest.starts_with(']') || !is_list && rest.is_empty() {
            break;
        }
        n_items += 1;
        let name = format!("item {n_items}");
        // Item by item: what follows a good one may be broken, and only one is in memory.
        let mut items = Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        let Some(Ok(_)) = items.next() else {
            let message = match value(rest) {
                Err(Rejection::Damaged { message, .. }) => message,
                _ => "it breaks off before its end".into(),
            };
            let message = format!("{message}; nothing after it was read");
            walk.batch.add(&name, Err(damaged(message)))?;
            break;
        };
        let (item, after) = rest.split_at(items.byte_offset());
        rest = after;
        match value(item) {
            Ok(value) => walk.value(&name, &value, 0, place)?,
            Err(rejection) => walk.batch.add(&name, Err(rejection))?,
        }
    }
    let format = walk.format;
    walk.batch.finish(NOTHING)?;
    Ok(format)
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// The text or a summary.
    Text,
    /// Another field of an article.
    Field,
}

impl Column {
    pub(super) fn is_text(self) -> bool {
        self == Self::Text
    }
}

/// The column that a name stands for, if articles have it.
pub(super) fn column_of(name: &str) -> Option<Column> {
    let name = folded(name);
    let is_in = |names: &[&str]| names.contains(&name.as_str());
    if is_in(keys::BODY) || is_in(keys::SUMMARY) {
        return Some(Column::Text);
    }
    let fields = [
        keys::TITLE,
        keys::DATE,
        keys::URL,
        keys::AUTHOR,
        keys::BYLINE,
        keys::SOURCE,
        keys::SECTION,
    ];
    fields
        .iter()
        .any(|names| is_in(names))
        .then_some(Column::Field)
}

fn damaged(message: String) -> Rejection {
    Rejection::Damaged {
        format: Format::Json,
        message,
    }
}

/// One value; nested deeper than 127 or of more values than [`MAX_VALUES`] it is refused.
fn value(text: &str) -> Result<Value, Rejection> {
    let n_values = n_values(text);
    if n_values > MAX_VALUES {
        return Err(damaged(format!("it holds more than {MAX_VALUES} values")));
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        damaged(match message.strip_prefix("recursion limit exceeded") {
            Some(place) => format!("it is nested more than 127 deep{place}"),
            None if error.is_eof() => {
                format!("it breaks off before its end, at line {}", error.line())
            }
            None => message,
        })
    })
}

/// How many values a text holds, about: the marks that part or open them outside strings.
fn n_values(text: &str) -> usize {
    let mut strings = Strings::default();
    text.bytes()
        .filter(|byte| strings.are_left(*byte) && matches!(byte, b',' | b'[' | b'{'))
        .count()
}

/// Tells the bytes of JSON that stand outside its strings, fed one by one.
#[derive(Debug, Default)]
struct Strings {
    is_inside: bool,
    is_escaped: bool,
}

impl Strings {
    /// Whether this byte, the next one, stands outside; a quotation mark does not.
    fn are_left(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.is_inside => self.is_escaped = true,
            b'"' => self.is_inside = !self.is_inside,
            _ => return !self.is_inside,
        }
        false
    }
}

/// Looks for the articles in a value.
struct Walk<'w, 'b, 'a> {
    document: &'w Document,
    mapping: &'w Mapping,
    batch: Batch<'b, 'a>,
    format: Format,
}

/// Where a value stands, which says whether it is named if it is no article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is all there is, or a part of another: it is not.
    Inner,
    /// In a list somewhere inside: it is if it has a title.
    Listed,
    /// In the file's own list, or on a line of its own: it is.
    Item,
}

impl<'w, 'b, 'a> Walk<'w, 'b, 'a> {
    fn new(document: &'w Document, collector: &'b mut Collector<'a>, format: Format) -> Self
    where
        'a: 'w,
    {
        Self {
            document,
            mapping: &collector.options().json,
            batch: Batch::new(collector),
            format,
        }
    }

    fn value(
        &mut self,
        name: &str,
        value: &Value,
        depth: usize,
        place: Place,
    ) -> Result<(), Stopped> {
        match value {
            Value::Array(items) if depth < MAX_DEPTH => {
                for (at, item) in items.iter().enumerate() {
                    let name = format!("{name}, item {}", at + 1);
                    self.value(&name, item, depth + 1, Place::Listed)?;
                }
                Ok(())
            }
            Value::Object(object) if feed::is_one(object) => {
                self.format = Format::JsonFeed;
                feed::read(object, self.document, &mut self.batch)
            }
            Value::Object(object) => match graph::resolved(object) {
                Some(resolved) => self.object(name, &resolved, depth, place),
                None => self.object(name, object, depth, place),
            },
            _ => Ok(()),
        }
    }

    fn object(
        &mut self,
        name: &str,
        object: &Map<String, Value>,
        depth: usize,
        place: Place,
    ) -> Result<(), Stopped> {
        let record = Record::new(object, self.mapping);
        let is_alone = depth == 0 && place == Place::Inner;
        let n_before = self.batch.n_all();
        if !record.is_whole() && depth < MAX_DEPTH {
            // A list has a title and a description too: what is in it comes first.
            let is_article = record.is_article();
            let is_list = |key: &str| LISTS.contains(&key.to_lowercase().as_str());
            for (key, value) in object.iter().filter(|(key, _)| !is_article || is_list(key)) {
                let name = if is_alone {
                    key.clone()
                } else {
                    format!("{name}, {key}")
                };
                self.value(&name, value, depth + 1, Place::Inner)?;
            }
        }
        let is_named = place == Place::Item || place == Place::Listed && record.has_title();
        if record.is_of_another_type() || n_before < self.batch.n_all() {
            return Ok(());
        }
        if record.is_article() {
            let format = record.format();
            if is_alone {
                self.format = format;
            }
            let draft = record.draft();
            let result = draft.and_then(|draft| draft.finish(format, self.document));
            return self.batch.add(name, result);
        }
        if is_named || is_alone && record.has_title() {
            self.batch.add(name, Err(record.lacks()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
