//! What a work's properties say: title, author, date, as their programs wrote them.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::flow::character;
use crate::parse::printed_date::{self, Order, Stated};

/// Names that programs give to whoever has not set one, in lower case.
const NOBODY: [&str; 9] = [
    "microsoft office user",
    "windows user",
    "office user",
    "unknown author",
    "python docx",
    "admin user",
    "default user",
    "unknown",
    "user name",
];

/// Beginnings of titles that programs make up, in lower case.
const UNTITLED: [&str; 8] = [
    "microsoft word -",
    "untitled",
    "document",
    "dokument",
    "slide 1",
    "print",
    "normal",
    "(anonymous)",
];

/// What a file says of itself as a whole.
#[derive(Debug, Clone, Default)]
pub(in crate::parse) struct Properties {
    pub(in crate::parse) title: Option<String>,
    pub(in crate::parse) author: Option<String>,
    pub(in crate::parse) published: Option<Stated>,
    pub(in crate::parse) language: Option<String>,
    pub(in crate::parse) keywords: Vec<String>,
}

impl Properties {
    /// Puts together what is stated; what a program made up counts as not stated.
    pub(in crate::parse) fn new(title: &str, author: &str, date: &str) -> Self {
        let folded = title.to_lowercase();
        let is_file_name = [
            ".doc", ".docx", ".odt", ".pdf", ".rtf", ".indd", ".qxd", ".tex",
        ]
        .iter()
        .any(|ending| folded.ends_with(ending));
        let is_made_up = is_file_name || UNTITLED.iter().any(|start| folded.starts_with(start));
        let is_nobody = NOBODY.contains(&author.to_lowercase().as_str());
        Self {
            title: stated(title).filter(|_| !is_made_up),
            author: stated(author).filter(|_| !is_nobody),
            published: printed_date::read(date, Order::Unknown),
            ..Self::default()
        }
    }
}

fn stated(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The text of every element that holds only text, by its local name, in order.
pub(super) fn leaves(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut leaves = Vec::new();
    let (mut name, mut text) = (None, String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                name = Some(element.local_name().as_ref().to_owned());
                text.clear();
            }
            Ok(Event::Text(part)) => text.push_str(&part.xml10_content()),
            Ok(Event::CData(part)) => text.push_str(&part.xml10_content()),
            Ok(Event::GeneralRef(part)) => text.push_str(&character(&part)),
            Ok(Event::End(_)) => {
                let text = text.trim();
                if let Some(name) = name.take().filter(|_| !text.is_empty()) {
                    leaves.push((name, text.to_owned()));
                }
            }
            Ok(Event::Eof) | Err(_) => return leaves,
            Ok(_) => {}
        }
    }
}

/// The first leaf of one of these names, the first name first; empty where there is none.
pub(super) fn leaf<'a>(leaves: &'a [(String, String)], names: &[&str]) -> &'a str {
    names
        .iter()
        .find_map(|name| leaves.iter().find(|(known, _)| known == name))
        .map_or("", |(_, text)| text)
}

/// The properties in `docProps/core.xml` or `meta.xml`, which share most names.
pub(super) fn of_office(xml: &str) -> Properties {
    let leaves = leaves(xml);
    let language = leaf(&leaves, &["language"]);
    let keywords = leaves
        .iter()
        .filter(|(name, _)| matches!(name.as_str(), "keyword" | "keywords"))
        .flat_map(|(_, words)| words.split([',', ';']))
        .filter_map(stated);
    Properties {
        language: stated(language).map(|code| code.chars().take(2).collect()),
        keywords: keywords.collect(),
        ..Properties::new(
            leaf(&leaves, &["title"]),
            leaf(&leaves, &["initial-creator", "creator"]),
            leaf(&leaves, &["created", "creation-date", "date"]),
        )
    }
}
