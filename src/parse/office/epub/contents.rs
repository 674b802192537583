//! A book's table of contents, in its old form (NCX) or its new one (nav): what each chapter is called, and in which section it
//! stands.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::flow::character;
use super::super::texts;
use super::opf::{Book, attributes, resolve};
use crate::domain::ledger::Rejection;
use crate::parse::Collector;
use crate::parse::bundle::Package;

/// A chapter as the table of contents has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) section: Option<String>,
}

/// Entries by the chapter's path.
#[derive(Default)]
pub(super) struct Contents {
    entries: HashMap<String, Entry>,
}

impl Contents {
    pub(super) fn read(
        book: &Book,
        package: &mut Package<'_>,
        collector: &mut Collector<'_>,
    ) -> Result<Self, Rejection> {
        let mut contents = Self::default();
        for path in &book.contents {
            let table = texts::part(package, path, collector)?.unwrap_or_default();
            contents.add(&table, path);
        }
        Ok(contents)
    }

    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// Both forms nest: a `navPoint` holds its label, its target and its parts; so does a list's `li`.
    fn add(&mut self, table: &str, path: &str) {
        let mut reader = Reader::from_str(table);
        reader.config_mut().check_end_names = false;
        let mut open: Vec<Entry> = Vec::new();
        let mut target: Option<String> = None;
        let mut is_label = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "navPoint" | "li" => open.push(Entry::default()),
                    "text" | "span" => is_label = true,
                    "a" => {
                        is_label = true;
                        target = attributes(&element).remove("href");
                    }
                    _ => {}
                },
                Ok(Event::Empty(element)) if element.local_name().as_ref() == "content" => {
                    if let Some(href) = attributes(&element).remove("src") {
                        self.insert(resolve(path, &href), &open);
                    }
                }
                Ok(Event::Text(text)) if is_label => label(&mut open, &text.xml10_content()),
                Ok(Event::GeneralRef(name)) if is_label => label(&mut open, &character(&name)),
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "navPoint" | "li" => {
                        open.pop();
                    }
                    "text" | "span" => is_label = false,
                    "a" => {
                        is_label = false;
                        if let Some(href) = target.take() {
                            self.insert(resolve(path, &href), &open);
                        }
                    }
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    fn insert(&mut self, path: String, open: &[Entry]) {
        let Some((entry, above)) = open.split_last() else {
            return;
        };
        let section = above.last().map(|section| section.label.trim().to_owned());
        self.entries.entry(path).or_insert_with(|| Entry {
            label: entry.label.trim().to_owned(),
            section: section.filter(|section| !section.is_empty()),
        });
    }
}

fn label(open: &mut [Entry], text: &str) {
    if let Some(entry) = open.last_mut() {
        entry.label.push_str(text);
    }
}
