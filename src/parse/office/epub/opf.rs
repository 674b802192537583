//! A book's package file (OPF): its title, publisher, date, and the order in which its chapters are read.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::properties::{Properties, leaf, leaves};
use super::super::texts;
use crate::domain::article::Format;
use crate::domain::ledger::Rejection;
use crate::parse::Collector;
use crate::parse::bundle::Package;

/// What the package file says.
pub(super) struct Book {
    pub(super) properties: Properties,
    publisher: String,
    title: String,
    /// Of the page that was made into this book.
    pub(super) address: Option<String>,
    /// The chapters' paths in the package, in reading order.
    pub(super) spine: Vec<String>,
    /// The tables of contents, in both of their forms.
    pub(super) contents: Vec<String>,
}

impl Book {
    pub(super) fn read(
        package: &mut Package<'_>,
        collector: &mut Collector<'_>,
    ) -> Result<Self, Rejection> {
        let damaged = |message: &str| Rejection::Damaged {
            format: Format::Epub,
            message: message.to_owned(),
        };
        let container = texts::part(package, "META-INF/container.xml", collector)?;
        let path = elements(&container.unwrap_or_default())
            .into_iter()
            .find(|(name, _)| name == "rootfile")
            .and_then(|(_, mut attributes)| attributes.remove("full-path"))
            .ok_or_else(|| damaged("it does not name its package file"))?;
        let opf = texts::part(package, &path, collector)?
            .ok_or_else(|| damaged("its package file is missing"))?;
        let leaves = leaves(&opf);
        let (spine, contents) = chapters(&opf, &path);
        let mut properties = Properties::new(
            leaf(&leaves, &["title"]),
            leaf(&leaves, &["creator"]),
            leaf(&leaves, &["date"]),
        );
        let language = leaf(&leaves, &["language"]);
        properties.language = (language.len() >= 2 && language != "und")
            .then(|| language.chars().take(2).collect::<String>().to_lowercase());
        let address = ["source", "identifier"]
            .iter()
            .map(|name| leaf(&leaves, &[name]))
            .find(|text| text.starts_with("http"));
        Ok(Self {
            properties,
            publisher: leaf(&leaves, &["publisher"]).to_owned(),
            title: leaf(&leaves, &["title"]).to_owned(),
            address: address.map(str::to_owned),
            spine,
            contents,
        })
    }

    /// The publication's name: its title without the date, `The Paper [Tue, 05 Jan 2016]`.
    pub(super) fn publication(&self) -> String {
        let title = self.title.split(['[', '(']).next().unwrap_or_default();
        title
            .trim()
            .trim_end_matches([',', '-', '–', ':'])
            .trim()
            .to_owned()
    }

    pub(super) fn publisher(&self) -> Option<String> {
        let is_program = self.publisher.to_lowercase().contains("calibre");
        (!is_program && !self.publisher.is_empty()).then(|| self.publisher.clone())
    }
}

/// The reading order and the tables of contents, as paths in the package.
fn chapters(opf: &str, path: &str) -> (Vec<String>, Vec<String>) {
    let (mut items, mut spine, mut contents) = (HashMap::new(), Vec::new(), Vec::new());
    for (name, mut attributes) in elements(opf) {
        match name.as_str() {
            "item" => {
                let Some(href) = attributes.remove("href") else {
                    continue;
                };
                let href = resolve(path, &href);
                let is_nav = attributes
                    .get("properties")
                    .is_some_and(|words| words.contains("nav"));
                let is_ncx = attributes
                    .get("media-type")
                    .is_some_and(|kind| kind.contains("ncx"));
                if is_nav || is_ncx {
                    contents.push(href.clone());
                }
                items.insert(attributes.remove("id").unwrap_or_default(), (href, is_nav));
            }
            "itemref" => {
                let item = attributes.get("idref").and_then(|id| items.get(id));
                spine.extend(
                    item.filter(|(_, is_nav)| !is_nav)
                        .map(|(href, _)| href.clone()),
                );
            }
            _ => {}
        }
    }
    // A chapter that the reading order names again is not read again.
    let mut seen = HashSet::new();
    spine.retain(|chapter: &String| seen.insert(chapter.clone()));
    (spine, contents)
}

/// Every element's local name and attributes, in order.
pub(super) fn elements(xml: &str) -> Vec<(String, HashMap<String, String>)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut elements = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let name = element.local_name().as_ref().to_owned();
                elements.push((name, attributes(&element)));
            }
            Ok(Event::Eof) | Err(_) => return elements,
            Ok(_) => {}
        }
    }
}

pub(super) fn attributes(element: &BytesStart<'_>) -> HashMap<String, String> {
    element
        .html_attributes()
        .flatten()
        .map(|attribute| {
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value).map_or_else(
                |_| attribute.value.to_string(),
                std::borrow::Cow::into_owned,
            );
            (key, value)
        })
        .collect()
}

/// The path in the package that `href` in the part at `base` leads to; it never leaves the package, which is no file system.
pub(super) fn resolve(base: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut path: Vec<String> = base.split('/').map(str::to_owned).collect();
    path.pop();
    for part in href.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            part => path.push(unescape(part)),
        }
    }
    path.join("/")
}

/// `%20` is a space.
fn unescape(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let hex = behind
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
