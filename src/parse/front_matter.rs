//! Front matter as Hugo, Jekyll and Obsidian's clipper write it: YAML between `---` or TOML between `+++`.

use std::collections::HashMap;

use serde_json::Value;

use super::byline;
use super::printed_date;
use crate::domain::article::{Article, PublishedOrigin, TitleOrigin};

/// The values, keys in lower case.
pub(super) type Matter = HashMap<String, Value>;

/// Parts front matter from the text under it. A rule that opens a text is no front matter; lines that YAML cannot read are
/// read one by one, for titles with a bare colon are common.
pub(super) fn split(source: &str) -> (Matter, &str) {
    let source = source.trim_start_matches('\n');
    for fence in ["---", "+++"] {
        let Some((matter, body)) = fenced(source, fence) else {
            continue;
        };
        if !matter.lines().all(|line| is_matter(line, fence)) {
            continue;
        }
        let values: Option<Matter> = if fence == "---" {
            serde_saphyr::from_str(matter).ok()
        } else {
            toml::from_str(matter).ok()
        };
        let values = values.unwrap_or_else(|| by_line(matter));
        let lower = |(key, value): (String, Value)| (key.to_lowercase(), value);
        return (values.into_iter().map(lower).collect(), body);
    }
    (Matter::new(), source)
}

fn fenced<'a>(source: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let (opening, rest) = source.split_once('\n')?;
    if opening.trim_end() != fence {
        return None;
    }
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return Some((&rest[..length], &rest[length + line.len()..]));
        }
        length += line.len();
    }
    None
}

/// `key: value`, an item or line that belongs to the key above, a comment.
fn is_matter(line: &str, fence: &str) -> bool {
    let sign = if fence == "---" { ':' } else { '=' };
    line.trim().is_empty()
        || line.starts_with([' ', '\t', '-', '#', '[', ']', '}', '"'])
        || line.split_once(sign).is_some_and(|(key, _)| {
            key.trim().split(' ').count() <= 2 && !key.contains(['.', '!', '?', ','])
        })
}

fn by_line(matter: &str) -> Matter {
    let pairs = matter.lines().filter_map(|line| {
        let (key, value) = line
            .split_once([':', '='])
            .filter(|_| !line.starts_with([' ', '-', '#']))?;
        let value = value.trim().trim_matches(['"', '\'']);
        Some((key.trim().to_owned(), Value::String(value.to_owned())))
    });
    pairs.collect()
}

const ADDRESS_KEYS: [&str; 9] = [
    "url",
    "link",
    "canonical",
    "canonical_url",
    "canonicalurl",
    "source",
    "permalink",
    "original_url",
    "source_url",
];
const OUTLET_KEYS: [&str; 8] = [
    "outlet",
    "publication",
    "publisher",
    "site",
    "site_name",
    "website",
    "source",
    "agency",
];
/// `created` is not among them: clippers write there when the page was clipped.
const DATE_KEYS: [&str; 9] = [
    "date",
    "published",
    "published_at",
    "publishdate",
    "publish_date",
    "pubdate",
    "publication_date",
    "datepublished",
    "published_time",
];

fn text(matter: &Matter, keys: &[&str]) -> Option<String> {
    all(matter, keys).next()
}

fn all(matter: &Matter, keys: &[&str]) -> impl Iterator<Item = String> {
    let firsts = keys
        .iter()
        .filter_map(|key| texts(matter.get(*key)?).into_iter().next());
    firsts.collect::<Vec<_>>().into_iter()
}

/// Lets the front matter speak; what it does not say is left as it was.
pub(super) fn apply(matter: &Matter, article: &mut Article) {
    if let Some(title) = text(matter, &["title", "headline"]) {
        (article.title, article.title_origin) = (title, TitleOrigin::Metadata);
    }
    article.subtitle = text(
        matter,
        &[
            "subtitle",
            "deck",
            "description",
            "summary",
            "excerpt",
            "abstract",
        ],
    );
    apply_authors(matter, article);
    article.section = text(matter, &["section", "category", "categories"]);
    article.language =
        text(matter, &["lang", "language"]).map(|code| code.chars().take(2).collect());
    // Obsidian's clipper keeps the page's address under "source"; elsewhere that is the outlet.
    let is_address = |text: &String| text.starts_with("http");
    article.url = all(matter, &ADDRESS_KEYS).find(is_address);
    if let Some(name) = all(matter, &OUTLET_KEYS).find(|name| !is_address(name)) {
        article.source = Some(byline::agency(&name).unwrap_or_else(|| byline::named(&name)));
    }
    article.published = all(matter, &DATE_KEYS)
        .find_map(|date| printed_date::state(&date, PublishedOrigin::FrontMatter, article));
    article.keywords = keywords(matter);
}

fn apply_authors(matter: &Matter, article: &mut Article) {
    let authors = || {
        let stated = ["author", "authors", "creator"]
            .iter()
            .find_map(|key| matter.get(*key));
        stated.map(texts).unwrap_or_default()
    };
    let printed = text(matter, &["byline"]).map_or_else(authors, |byline| vec![byline]);
    if !printed.is_empty() {
        article.authors = printed
            .iter()
            .flat_map(|name| byline::authors(name, article))
            .collect();
        article.byline = Some(printed.join(", "));
    }
}

fn keywords(matter: &Matter) -> Vec<String> {
    let stated = ["tags", "keywords", "topics"]
        .iter()
        .filter_map(|key| matter.get(*key));
    stated
        .flat_map(|tags| match tags {
            Value::String(tags) => tags
                .split([',', ';'])
                .map(|tag| tag.trim().to_owned())
                .collect(),
            tags => texts(tags),
        })
        .map(|tag| tag.trim_start_matches('#').to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}

/// The texts of a value: itself, its items, or their names.
fn texts(value: &Value) -> Vec<String> {
    let texts = match value {
        Value::String(text) => vec![unlinked(text.trim())],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts_of_item).collect(),
        Value::Object(_) => texts_of_item(value),
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

fn texts_of_item(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let named = fields.get("name").or_else(|| fields.values().next());
            named
                .and_then(Value::as_str)
                .map(|name| vec![unlinked(name.trim())])
                .unwrap_or_default()
        }
        Value::Array(_) => Vec::new(),
        value => texts(value),
    }
}

/// `[[Jane Doe]]` is Jane Doe, `[[people/jane|Jane Doe]]` too.
fn unlinked(text: &str) -> String {
    let bare = text
        .strip_prefix("[[")
        .and_then(|text| text.strip_suffix("]]"));
    bare.map_or(text, |link| link.rsplit('|').next().unwrap_or(link))
        .to_owned()
}
