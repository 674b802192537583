//! One JSON object as an article: schema.org, IPTC ninjs 1 to 3, the output of scrapers, the answers of news APIs. They differ in
//! the names of their keys, so each field has a list of them; letter case, hyphens and underscores make no difference.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::draft::{Draft, paragraphs};
use super::super::printed_date::{Order, Stated};
use super::super::{fields, fragment};
use super::blocks::block_paragraphs;
use super::keys::{
    AUTHOR, AUTHOR_PATHS, BODY, BYLINE, DATE, DOMAIN, KEYWORDS, LANGUAGE, OTHERS, SAID, SECTION,
    SECTION_PATHS, SOURCE, SUBTITLE, SUMMARY, TITLE, URL, WRAPPERS,
};
use crate::domain::article::Format;
use crate::domain::document::Mapping;
use crate::domain::ledger::Rejection;
use crate::text::terms::n_words as n_words_in;

/// A text without title, date or address is an article from so many words on.
const MIN_WORDS: usize = 50;

/// An object that may be an article.
pub(in crate::parse) struct Record<'v> {
    object: &'v Map<String, Value>,
    fields: HashMap<String, &'v Value>,
    mapping: &'v Mapping,
    /// Read once, though asked for twice.
    body: OnceCell<Vec<String>>,
}

impl<'v> Record<'v> {
    pub(in crate::parse) fn new(object: &'v Map<String, Value>, mapping: &'v Mapping) -> Self {
        let mut fields: HashMap<String, &Value> = HashMap::new();
        let wrapped = WRAPPERS
            .iter()
            .filter_map(|key| object.get(*key)?.as_object());
        for (key, value) in std::iter::once(object).chain(wrapped).flatten() {
            fields.entry(folded(key)).or_insert(value);
        }
        Self {
            object,
            fields,
            mapping,
            body: OnceCell::new(),
        }
    }

    /// Whether it is one: it has a text, and something that tells a text of the press from any other.
    pub(in crate::parse) fn is_article(&self) -> bool {
        let has_summary = || !self.paragraphs(SUMMARY, &self.mapping.summary).is_empty();
        !self.is_of_another_type()
            && (self.is_whole() || self.has_title() && self.has_place() && has_summary())
    }

    /// Whether it is one with its text, not with a summary only.
    pub(super) fn is_whole(&self) -> bool {
        let n_words = || -> usize {
            let words = self.body().iter().map(|paragraph| n_words_in(paragraph));
            words.sum()
        };
        !self.is_of_another_type()
            && !self.body().is_empty()
            && (self.has_title() || self.has_place() || n_words() >= MIN_WORDS)
    }

    fn has_place(&self) -> bool {
        self.url().is_some()
            || self.date().is_some()
            || self.object.contains_key("@type")
            || self.is_ninjs()
    }

    pub(super) fn has_title(&self) -> bool {
        self.text(TITLE, &self.mapping.title).is_some()
    }

    /// Whether it says that it is something else: a person, a site, a breadcrumb by schema.org's words, a picture by IPTC's.
    pub(super) fn is_of_another_type(&self) -> bool {
        let types = self.object.get("@type").map(all_said).unwrap_or_default();
        let is_article = |kind: &String| {
            let kinds = ["Article", "Posting", "Report", "Review", "CreativeWork"];
            kinds.iter().any(|end| kind.ends_with(end))
        };
        // IPTC's kinds of news objects.
        let media = ["picture", "graphic", "audio", "video"];
        let kind = self.fields.get("type").and_then(|kind| kind.as_str());
        let is_media = self.is_ninjs() && kind.is_some_and(|kind| media.contains(&kind));
        is_media || !types.is_empty() && !types.iter().any(is_article)
    }

    /// Why it is no article.
    pub(in crate::parse) fn lacks(&self) -> Rejection {
        let has_summary = !self.paragraphs(SUMMARY, &self.mapping.summary).is_empty();
        Rejection::Lacks(match self.text(TITLE, &self.mapping.title) {
            Some(title) if has_summary => {
                format!(
                    "“{title}” has a summary only, and neither a date nor an address that would tell it from other data"
                )
            }
            Some(title) => format!("it has no text, only the title “{title}”"),
            None => "it has no text".into(),
        })
    }

    pub(super) fn format(&self) -> Format {
        if self.is_ninjs() {
            Format::Ninjs
        } else {
            Format::Json
        }
    }

    fn is_ninjs(&self) -> bool {
        let has = |key: &&str| self.fields.contains_key(*key);
        has(&"uri")
            && [
                "versioncreated",
                "bodies",
                "bodyhtml",
                "bodytext",
                "bodyxhtml",
            ]
            .iter()
            .any(has)
    }

    pub(in crate::parse) fn draft(&self) -> Result<Draft, Rejection> {
        let status = self
            .fields
            .get("pubstatus")
            .and_then(|status| said(status))
            .unwrap_or_default();
        if ["canceled", "cancelled", "withheld"].contains(&status.to_lowercase().as_str()) {
            return Err(Rejection::Lacks(format!(
                "its publisher has withdrawn it (pubstatus: {status})"
            )));
        }
        let mapping = self.mapping;
        let source = self.text(SOURCE, &mapping.source);
        let url = self.url();
        // A source named by its address is that of a site.
        let source_domain = source
            .as_deref()
            .filter(|source| !source.contains(' '))
            .and_then(fields::domain);
        let domain = self.text(DOMAIN, &[]).as_deref().and_then(fields::domain);
        let from_url = || url.as_deref().and_then(fields::domain);
        let mut keywords = self.texts(KEYWORDS, &mapping.keywords);
        if let [one] = keywords.as_slice() {
            keywords = one.split([',', ';']).map(str::to_owned).collect();
        }
        let mut body = self.body().to_vec();
        let mut summary = self.paragraphs(SUMMARY, &mapping.summary);
        if let Some(cut) = body.last_mut().filter(|last| last.ends_with(" chars]")) {
            // An API that sells the rest.
            let end = cut.rfind("[+").unwrap_or(cut.len());
            cut.truncate(cut[..end].trim_end().len());
            summary = std::mem::take(&mut body);
        }
        Ok(Draft {
            title: self
                .text(TITLE, &mapping.title)
                .map(|title| fragment::html_to_line(&title)),
            subtitle: self
                .text(SUBTITLE, &[])
                .map(|text| fragment::html_to_line(&text)),
            byline: self.text(BYLINE, &[]),
            authors: self.texts_or_at(AUTHOR, &mapping.author, &AUTHOR_PATHS),
            dateline: self.text(&["dateline"], &[]),
            located: self.text(&["located"], &[]),
            domain: source_domain.clone().or(domain).or_else(from_url),
            source: source_domain.or(source),
            section: self
                .texts_or_at(SECTION, &mapping.section, &SECTION_PATHS)
                .into_iter()
                .next(),
            language: self.text(LANGUAGE, &mapping.language),
            url,
            published: self.date(),
            keywords,
            body,
            summary,
            ..Draft::default()
        })
    }

    fn url(&self) -> Option<String> {
        let mapped = self.mapping.url.iter().filter_map(|path| self.at(path));
        mapped
            .chain(self.values(URL))
            .find_map(|value| fields::url(&said(value)?))
    }

    fn date(&self) -> Option<Stated> {
        let language = self.text(LANGUAGE, &self.mapping.language);
        let domain = self.url().as_deref().and_then(fields::domain);
        let order = Order::of_language(language.as_deref().unwrap_or_default())
            .or_else(|| Order::of_domain(domain.as_deref().unwrap_or_default()));
        let mapped = self.mapping.date.iter().filter_map(|path| self.at(path));
        mapped
            .chain(self.values(DATE))
            .find_map(|value| fields::date_in(&said(value)?, order))
    }

    fn body(&self) -> &[String] {
        self.body.get_or_init(|| {
            let own = self.paragraphs(BODY, &self.mapping.body);
            if own.is_empty() && self.has_title() && self.has_place() {
                self.body_of_child()
            } else {
                own
            }
        })
    }

    /// The text that an article keeps in an object inside, if only one of them holds any.
    fn body_of_child(&self) -> Vec<String> {
        let mut bodies = self.object.iter().filter_map(|(key, value)| {
            let child = value.as_object()?;
            if OTHERS.contains(&folded(key).as_str()) {
                return None;
            }
            let record = Self::new(child, self.mapping);
            let body = record.paragraphs(BODY, &[]);
            (!body.is_empty() && !record.has_title() && !record.is_of_another_type())
                .then_some(body)
        });
        let body = bodies.next().unwrap_or_default();
        if bodies.next().is_some() {
            return Vec::new();
        }
        body
    }

    /// What the keys say, or else what stands at one of the paths.
    fn texts_or_at(&self, keys: &[&str], mapped: &[String], paths: &[&str]) -> Vec<String> {
        let texts = self.texts(keys, mapped);
        if !texts.is_empty() {
            return texts;
        }
        let values = paths.iter().filter_map(|path| self.at(path));
        values
            .map(all_said)
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }

    /// What the first of the keys says that says anything.
    fn text(&self, keys: &[&str], mapped: &[String]) -> Option<String> {
        self.texts(keys, mapped).into_iter().next()
    }

    fn texts(&self, keys: &[&str], mapped: &[String]) -> Vec<String> {
        let mapped = mapped.iter().filter_map(|path| self.at(path));
        let values = mapped.chain(self.values(keys));
        values
            .map(all_said)
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }

    fn paragraphs(&self, keys: &[&str], mapped: &[String]) -> Vec<String> {
        let mapped = mapped
            .iter()
            .filter_map(|path| self.at(path))
            .map(|value| ("", value));
        let known = keys
            .iter()
            .filter_map(|key| Some((*key, *self.fields.get(*key)?)));
        let read = mapped.chain(known).map(|(key, value)| {
            if !matches!(key, "bodies" | "descriptions") && !value.is_string() {
                return block_paragraphs(value);
            }
            let texts = match value {
                // Versions of one text: IPTC's bodies and descriptions have roles.
                Value::Array(versions) if matches!(key, "bodies" | "descriptions") => {
                    main_of(versions).and_then(said).into_iter().collect()
                }
                value => all_said(value),
            };
            let is_html = key.ends_with("html");
            let read = |text: &String| {
                if is_html {
                    fragment::html_to_paragraphs(text)
                } else {
                    paragraphs(text)
                }
            };
            texts.iter().flat_map(read).collect::<Vec<_>>()
        });
        let mut read = read.filter(|paragraphs| !paragraphs.is_empty());
        read.next().unwrap_or_default()
    }

    fn values(&self, keys: &[&str]) -> impl Iterator<Item = &'v Value> {
        keys.iter().filter_map(|key| self.fields.get(*key).copied())
    }

    /// The value at a dotted path.
    fn at(&self, path: &str) -> Option<&'v Value> {
        if let Some(value) = self.object.get(path) {
            return Some(value);
        }
        let (first, rest) = path.split_once('.')?;
        rest.split('.')
            .try_fold(self.object.get(first)?, |value, key| match value {
                Value::Array(items) => items.get(key.parse::<usize>().ok()?),
                value => value.get(key),
            })
    }
}

/// A key without its case, hyphens and underscores.
pub(in crate::parse) fn folded(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The version of a text that is the main one, or has markup, or comes first.
fn main_of(versions: &[Value]) -> Option<&Value> {
    let is_main = |version: &&Value| {
        version["role"]
            .as_str()
            .is_some_and(|role| role.to_lowercase().contains("main"))
    };
    let has_markup = |version: &&Value| {
        ["contentType", "contenttype"].iter().any(|key| {
            version[*key]
                .as_str()
                .is_some_and(|kind| kind.contains("html"))
        })
    };
    versions
        .iter()
        .find(is_main)
        .or_else(|| versions.iter().find(has_markup))
        .or(versions.first())
}

/// What one value says.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number
            .as_i64()
            .map(|number| number.to_string())
            .or_else(|| Some((number.as_f64()? as i64).to_string()))?,
        Value::Array(values) => return values.iter().find_map(said),
        Value::Object(object) => {
            return SAID
                .iter()
                .filter(|key| **key != "@id")
                .find_map(|key| said(object.get(*key)?))
                .or_else(|| full_name(object))
                .or_else(|| said(object.get("@id")?));
        }
        _ => return None,
    };
    let is_nothing = ["", "nan", "none", "null"].contains(&text.to_lowercase().as_str());
    (!is_nothing).then_some(text)
}

/// A person whose name is stated in two parts.
fn full_name(object: &Map<String, Value>) -> Option<String> {
    let part = |names: &[&str]| {
        let entry = object
            .iter()
            .find(|(key, _)| names.contains(&folded(key).as_str()));
        entry?.1.as_str()
    };
    let given = part(&["givenname", "firstname", "forename"])?;
    let family = part(&["familyname", "lastname", "surname"])?;
    Some(format!("{} {}", given.trim(), family.trim()))
}

fn all_said(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(said).collect(),
        value => said(value).into_iter().collect(),
    }
}
