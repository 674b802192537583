//! JSON-LD as sites write it: several blocks, comments and CDATA around them, trailing commas, raw line ends in strings,
//! types as lists, articles under `@graph` or `mainEntity`, authors by reference.

use std::collections::HashMap;

use serde_json::{Deserializer, Value};

use super::page::{Page, squeeze};

/// A block larger than this is data for something else.
const MAX_BLOCK_BYTES: usize = 4 << 20;
/// More objects than this are a catalogue.
const MAX_OBJECTS: usize = 20_000;

/// What a page's JSON-LD says of its article.
pub(super) struct JsonLd {
    article: Value,
    page: Value,
    by_id: HashMap<String, Value>,
}

impl JsonLd {
    /// Reads all blocks and picks the article whose headline or address the page's own `title` or `url` names, else the first.
    pub(super) fn read(page: &Page, title: &str, url: &str) -> Self {
        let scripts = page.tagged(&["script"]).filter(|at| {
            page.attr(*at, "type")
                .is_some_and(|kind| kind.to_lowercase().contains("ld+json"))
        });
        let blocks: Vec<Value> = scripts
            .flat_map(|at| at + 1..page.end(at))
            .flat_map(|at| parse(&page.node(at).text))
            .collect();
        let mut by_id = HashMap::new();
        let (mut articles, mut pages) = (Vec::new(), Vec::new());
        for block in &blocks {
            index(block, &mut by_id);
            collect(block, &mut articles, &mut pages);
        }
        let is_own = |article: &&&Value| {
            let headline = text(&article["headline"]).unwrap_or_default();
            let address = address(article).unwrap_or_default();
            !headline.is_empty() && title.contains(&headline) || !url.is_empty() && address == url
        };
        let article = articles.iter().find(is_own).or(articles.first());
        let article = article.map_or(Value::Null, |article| (*article).clone());
        let page = pages.first().map_or(Value::Null, |page| (*page).clone());
        Self {
            article,
            page,
            by_id,
        }
    }

    /// The article's own word under a key.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        text(&self.article[key])
    }

    /// What the page around the article says under a key.
    pub(super) fn page_text(&self, key: &str) -> Option<String> {
        text(&self.page[key])
    }

    /// The article's text, a paragraph a line.
    pub(super) fn body(&self) -> String {
        let Some(text) = self.article["articleBody"].as_str() else {
            return String::new();
        };
        let broken = ["</p>", "<br>", "<br/>", "<br />", "\r"]
            .iter()
            .fold(text.to_owned(), |text, mark| text.replace(mark, "\n"));
        let lines: Vec<String> = broken
            .lines()
            .map(plain)
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\n")
    }

    /// Whether only those who pay may read the article.
    pub(super) fn is_paid(&self) -> bool {
        is_false(&self.article["isAccessibleForFree"]) || self.paid_parts().next().is_some()
    }

    /// The CSS selectors of what only those who pay may read.
    pub(super) fn paid_selectors(&self) -> Vec<&str> {
        self.paid_parts()
            .filter_map(|part| part["cssSelector"].as_str())
            .flat_map(|selector| selector.split(','))
            .collect()
    }

    fn paid_parts(&self) -> impl Iterator<Item = &Value> {
        let parts = match &self.article["hasPart"] {
            Value::Array(parts) => parts.as_slice(),
            part => std::slice::from_ref(part),
        };
        parts
            .iter()
            .filter(|part| is_false(&part["isAccessibleForFree"]))
    }

    /// How many words the article is stated to have.
    pub(super) fn word_count(&self) -> Option<usize> {
        self.text("wordCount")?.parse().ok()
    }

    /// Whether the page states an article at all.
    pub(super) fn is_article(&self) -> bool {
        self.article.is_object()
    }

    pub(super) fn url(&self) -> Option<String> {
        address(&self.article)
    }

    /// All words under a key, a list or one.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        match &self.article[key] {
            Value::Array(values) => values.iter().filter_map(text).collect(),
            value => text(value).into_iter().collect(),
        }
    }

    /// The names under `author` or `publisher`, each with whether it is stated to be an organization's.
    pub(super) fn names(&self, key: &str) -> Vec<(String, bool)> {
        self.names_under(&self.article[key])
    }

    /// The people that the page around the article states under a key.
    pub(super) fn page_names(&self, key: &str) -> Vec<String> {
        let names = self.names_under(&self.page[key]).into_iter();
        names
            .filter(|(_, is_organization)| !is_organization)
            .map(|(name, _)| name)
            .collect()
    }

    fn names_under(&self, value: &Value) -> Vec<(String, bool)> {
        let mut names = Vec::new();
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.iter().rev()),
                Value::Object(fields) if fields.contains_key("@list") => {
                    waiting.push(&fields["@list"]);
                }
                Value::Object(fields) => {
                    let known = fields
                        .get("@id")
                        .and_then(Value::as_str)
                        .and_then(|id| self.by_id.get(id));
                    if let Some(name) = name_of(value).or_else(|| known.and_then(name_of)) {
                        let is_organization = is_a(value, |kind| kind.ends_with("Organization"))
                            || known.is_some_and(|known| {
                                is_a(known, |kind| kind.ends_with("Organization"))
                            });
                        names.push((name, is_organization));
                    }
                }
                Value::String(id) if self.by_id.contains_key(id) => waiting.push(&self.by_id[id]),
                value => names.extend(text(value).map(|name| (name, false))),
            }
        }
        names
    }
}

fn is_false(value: &Value) -> bool {
    match value {
        Value::Bool(is) => !is,
        value => value
            .as_str()
            .is_some_and(|text| text.eq_ignore_ascii_case("false")),
    }
}

/// What somebody is called, whole or in parts.
fn name_of(value: &Value) -> Option<String> {
    let whole = match &value["name"] {
        Value::Array(names) => {
            let names: Vec<String> = names.iter().filter_map(text).collect();
            Some(names.join(", ")).filter(|names| !names.is_empty())
        }
        name => text(name),
    };
    whole.or_else(|| {
        let part = |key: &str| text(&value[key]);
        let parts = [
            part("givenName"),
            part("additionalName"),
            part("familyName"),
        ];
        let name: Vec<String> = parts.into_iter().flatten().collect();
        (!name.is_empty()).then(|| name.join(" "))
    })
}

/// A string or number as plain text: entities read, tags taken out.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => plain(fields.get("@value")?.as_str()?),
        Value::Array(values) => {
            return values
                .first()
                .filter(|value| !value.is_array())
                .and_then(text);
        }
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Text that may have been escaped for HTML once more.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return squeeze(text);
    }
    let page = Page::parse(text);
    let inner = Page::parse(&page.text_of(0));
    inner.text_of(0)
}

fn address(article: &Value) -> Option<String> {
    let at_id = |value: &Value| {
        value
            .as_str()
            .or_else(|| value["@id"].as_str())
            .map(str::to_owned)
    };
    at_id(&article["url"])
        .or_else(|| at_id(&article["mainEntityOfPage"]))
        .filter(|url| url.starts_with("http"))
}

fn is_a(value: &Value, fits: impl Fn(&str) -> bool) -> bool {
    match &value["@type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(fits),
        kind => kind.as_str().is_some_and(fits),
    }
}

/// Finds articles and pages where a block states them as its subject; articles that it merely lists are others.
fn collect<'a>(block: &'a Value, articles: &mut Vec<&'a Value>, pages: &mut Vec<&'a Value>) {
    let mut waiting = vec![block];
    while let Some(value) = waiting.pop() {
        if let Value::Array(values) = value {
            waiting.extend(values.iter().rev());
        } else if let Value::Object(fields) = value {
            if is_a(value, |kind| {
                kind.ends_with("Article")
                    || kind.ends_with("Posting")
                    || kind == "Report"
                    || kind == "Review"
            }) {
                articles.push(value);
            } else if is_a(value, |kind| {
                kind.ends_with("Page") || kind == "CreativeWork"
            }) {
                pages.push(value);
            }
            waiting.extend(
                ["mainEntityOfPage", "mainEntity", "@graph"]
                    .iter()
                    .filter_map(|key| fields.get(*key)),
            );
        }
        if articles.len() + waiting.len() > MAX_OBJECTS {
            return;
        }
    }
}

fn index(block: &Value, by_id: &mut HashMap<String, Value>) {
    let mut waiting = vec![block];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(values) => waiting.extend(values),
            Value::Object(fields) => {
                if let (Some(id), true) = (
                    fields.get("@id").and_then(Value::as_str),
                    ["name", "givenName", "familyName"]
                        .iter()
                        .any(|key| fields.contains_key(*key)),
                ) {
                    by_id.entry(id.to_owned()).or_insert_with(|| value.clone());
                }
                waiting.extend(fields.values());
            }
            _ => {}
        }
        if by_id.len() > MAX_OBJECTS {
            return;
        }
    }
}

fn parse(block: &str) -> Vec<Value> {
    if block.len() > MAX_BLOCK_BYTES {
        return Vec::new();
    }
    let start = block.find(['{', '[']).unwrap_or(block.len());
    let block = match block.trim_start() {
        // `//<![CDATA[` and the like: the bracket of the mark is not the data's.
        marked
            if marked.starts_with("//") || marked.starts_with("<!") || marked.starts_with("/*") =>
        {
            marked.find('{').map_or("", |start| &marked[start..])
        }
        _ => &block[start..],
    };
    let read = |text: &str| -> Vec<Value> {
        Deserializer::from_str(text)
            .into_iter()
            .map_while(Result::ok)
            .collect()
    };
    let values = read(block);
    if values.is_empty() {
        read(&mended(block))
    } else {
        values
    }
}

/// Mends what JSON forbids and sites write: raw line ends and stray backslashes in strings, commas before a closing bracket.
fn mended(block: &str) -> String {
    let mut mended = String::with_capacity(block.len() + 64);
    let mut is_in_string = false;
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if is_in_string => match chars.peek() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                    mended.push(c);
                    mended.extend(chars.next());
                }
                Some('\'') | None => {}
                Some(_) => mended.push_str("\\\\"),
            },
            '"' => {
                is_in_string = !is_in_string;
                mended.push(c);
            }
            c if is_in_string && c.is_control() => mended.push(' '),
            '}' | ']' if !is_in_string => {
                let length = mended.trim_end().trim_end_matches(',').len();
                mended.truncate(length);
                mended.push(c);
            }
            c => mended.push(c),
        }
    }
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &str) -> JsonLd {
        JsonLd::read(
            &Page::parse(&format!(
                "<script type='application/ld+json'>{block}</script>"
            )),
            "",
            "",
        )
    }

    #[test]
    fn blocks_are_read_however_sites_write_them() {
        for block in [
            r#"{"@type":"NewsArticle","headline":"Ferry sails"}"#,
            r#"<!-- {"@type":["Thing","NewsArticle"],"headline":"Ferry sails",} -->"#,
            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\nsails\"}\n//]]>",
            r#"[{"@type":"WebSite"},{"@graph":[{"@type":"ReportageNewsArticle","headline":"Ferry sails"}]}]"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Ferry &#115;ails"}};"#,
        ] {
            assert_eq!(
                read(block).text("headline").as_deref(),
                Some("Ferry sails"),
                "{block}"
            );
        }
    }

    #[test]
    fn authors_are_found_by_reference() {
        let block = r##"{"@graph":[{"@type":"Person","@id":"#ida","name":"Ida Holm"},
            {"@type":"Article","author":[{"@id":"#ida"},{"@type":"Organization","name":"AP"},"Per Lund"]}]}"##;
        let names = [
            ("Ida Holm".into(), false),
            ("AP".into(), true),
            ("Per Lund".into(), false),
        ];
        assert_eq!(read(block).names("author"), names);
    }

    #[test]
    fn an_article_that_is_only_listed_is_another() {
        let block = r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]}"#;
        assert_eq!(read(block).text("headline"), None);
        let _ = read(&"[".repeat(100_000));
    }
}
