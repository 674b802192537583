//! XML as trees of bounded depth and size, one per record, so that a file of any number of records takes the memory of one.
//! Entities that a document declares are never expanded. Markup that is broken spoils its record, not the ones after it.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::fragment;

/// Elements below this depth stay in [`Element::inner`] alone.
const MAX_DEPTH: usize = 200;
/// So many elements has a record at most.
const MAX_ELEMENTS: usize = 200_000;
/// So many attributes of an element are looked at.
const MAX_ATTRIBUTES: usize = 64;
/// After so many records with broken markup a file is given up: each may cost a reading of all that follows.
const MAX_BROKEN: usize = 16;

/// By which prefix a namespace is known here, whatever a document calls it; the empty one is the format's own.
const NAMESPACES: [(&str, &str); 14] = [
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://search.yahoo.com/mrss", "media"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://channel.netscape.com/rdf/simple/0.9/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://iptc.org/std/nar/", ""),
    ("http://iptc.org/std/NITF/", ""),
];

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element<'a> {
    /// `title`, `dc:creator`, with the prefixes above.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element<'a>>,
    /// Its own text, references resolved.
    pub(super) text: String,
    /// All that stands in it, as it stands there.
    pub(super) inner: &'a str,
    /// Where its start tag begins in the document.
    start: usize,
    /// Where `inner` begins in the document.
    inner_start: usize,
    as_written: String,
}

impl<'a> Element<'a> {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element<'a>> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The child of the child … that `path` names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element<'a>> {
        path.iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// Every element of that name in this one, in order.
    pub(super) fn every(&self, name: &str) -> Vec<&Element<'a>> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    /// The first element of that name in this one.
    pub(super) fn first(&self, name: &str) -> Option<&Element<'a>> {
        self.children.iter().find_map(|child| {
            if child.name == name {
                Some(child)
            } else {
                child.first(name)
            }
        })
    }

    fn gather<'e>(&'e self, name: &str, found: &mut Vec<&'e Element<'a>>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.gather(name, found);
        }
    }

    /// What it says, on one line.
    pub(super) fn line(&self) -> Option<String> {
        let line = if self.children.is_empty() {
            fragment::squeezed(&self.text)
        } else {
            fragment::html_to_line(self.inner)
        };
        (!line.is_empty()).then_some(line)
    }

    /// What stands in it without its children of these names.
    pub(super) fn inner_without(&self, names: &[&str]) -> String {
        let kept = self
            .pieces()
            .into_iter()
            .filter(|(child, _)| child.is_none_or(|child| !names.contains(&child.name.as_str())));
        kept.map(|(_, markup)| markup).collect()
    }

    /// Its content in order, as it stands: each child with its tags, and what stands between children.
    pub(super) fn pieces(&self) -> Vec<(Option<&Element<'a>>, &'a str)> {
        let (mut pieces, mut at) = (Vec::new(), 0);
        for child in &self.children {
            let start = child.start.saturating_sub(self.inner_start).max(at);
            let inner_end =
                (child.inner_start + child.inner.len()).saturating_sub(self.inner_start);
            let Some(behind) = self.inner.get(inner_end..) else {
                break;
            };
            let n_end_tag = match behind.find('>') {
                Some(end) if behind.starts_with("</") => end + 1,
                _ => 0,
            };
            let end = inner_end + n_end_tag;
            let (Some(between), Some(markup)) =
                (self.inner.get(at..start), self.inner.get(start..end))
            else {
                break;
            };
            pieces.push((None, between));
            pieces.push((Some(child), markup));
            at = end;
        }
        pieces.push((None, self.inner.get(at..).unwrap_or_default()));
        pieces
    }

    /// What the child of that name says.
    pub(super) fn line_of(&self, name: &str) -> Option<String> {
        self.all(name).find_map(Element::line)
    }
}

/// What goes on in a document.
pub(super) enum Part<'a> {
    /// A whole record.
    Record(Element<'a>),
    /// A record that cannot be read, and why.
    Broken(String),
}

/// A document without its records.
#[derive(Debug, Default)]
pub(super) struct Shell<'a> {
    /// The root, if that is no record itself.
    pub(super) root: Option<Element<'a>>,
    /// Why the document cannot be read to its end.
    pub(super) damage: Option<String>,
}

/// The name of the root element, without its prefix.
pub(super) fn root_name(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().as_ref().to_owned());
            }
            Event::Text(text) if text.trim().is_empty() => {}
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            _ => return None,
        }
    }
}

/// Walks through `text` and hands over each element for whose name `is_record` holds, the outermost where they nest.
pub(super) fn walk<'a, E>(
    text: &'a str,
    is_record: impl Fn(&str) -> bool,
    mut on: impl FnMut(Part<'a>) -> Result<(), E>,
) -> Result<Shell<'a>, E> {
    let mut walk = Walk {
        text,
        prefixes: HashMap::new(),
        root_prefix: None,
        open: Vec::new(),
        record_depth: None,
        n_deeper: 0,
        n_elements: 0,
        n_outside: 0,
        shell: Shell::default(),
    };
    let (mut from, mut n_broken) = (0, 0);
    loop {
        let result = walk.read(from, &is_record, &mut on);
        let broken = match result {
            Ok(()) => break,
            Err(Trouble::Told(error)) => return Err(error),
            Err(Trouble::Broken(message)) => message,
        };
        n_broken += 1;
        let Some(depth) = walk.record_depth.take() else {
            walk.shell.damage = Some(broken);
            break;
        };
        let (start, tag) = (
            walk.open[depth].start,
            format!("<{}", walk.open[depth].as_written),
        );
        walk.open.truncate(depth);
        on(Part::Broken(broken.clone()))?;
        (walk.n_deeper, walk.n_elements) = (0, walk.n_outside);
        let Some(next) = text[start + 1..].find(&tag) else {
            break;
        };
        if n_broken >= MAX_BROKEN {
            walk.shell.damage = Some(broken);
            break;
        }
        from = start + 1 + next;
    }
    while let Some(element) = walk.open.pop() {
        walk.attach(element);
    }
    Ok(walk.shell)
}

enum Trouble<E> {
    Told(E),
    Broken(String),
}

struct Walk<'a> {
    text: &'a str,
    prefixes: HashMap<String, &'static str>,
    root_prefix: Option<String>,
    open: Vec<Element<'a>>,
    /// Where in `open` the record begins.
    record_depth: Option<usize>,
    /// Open elements below `MAX_DEPTH`.
    n_deeper: usize,
    /// In the record and, before it, outside of records.
    n_elements: usize,
    n_outside: usize,
    shell: Shell<'a>,
}

impl<'a> Walk<'a> {
    fn read<E>(
        &mut self,
        from: usize,
        is_record: &impl Fn(&str) -> bool,
        on: &mut impl FnMut(Part<'a>) -> Result<(), E>,
    ) -> Result<(), Trouble<E>> {
        let mut reader = Reader::from_str(&self.text[from..]);
        let config = reader.config_mut();
        (
            config.check_end_names,
            config.allow_unmatched_ends,
            config.allow_dangling_amp,
        ) = (false, true, true);
        loop {
            let before = from + reader.buffer_position() as usize;
            let event = reader.read_event();
            let after = from + reader.buffer_position() as usize;
            match event.map_err(|error| Trouble::Broken(error.to_string()))? {
                Event::Start(start) => self.start(&start, before, after, is_record, on)?,
                Event::Empty(start) => {
                    self.start(&start, before, after, is_record, on)?;
                    self.end(start.name().as_ref(), after, on)?;
                }
                Event::End(end) => self.end(end.name().as_ref(), before, on)?,
                Event::Text(text) => self.push(&text),
                Event::CData(data) => self.push(&data),
                Event::GeneralRef(reference) => self.push(&resolved(&reference)),
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => {
                    return Err(Trouble::Broken("it breaks off before its end".into()));
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            }
        }
    }

    fn start<E>(
        &mut self,
        start: &BytesStart<'_>,
        before: usize,
        after: usize,
        is_record: &impl Fn(&str) -> bool,
        on: &mut impl FnMut(Part<'a>) -> Result<(), E>,
    ) -> Result<(), Trouble<E>> {
        // A record within one of its own kind: the end of the first was forgotten.
        if let Some(depth) = self
            .record_depth
            .filter(|depth| self.open[*depth].as_written == start.name().as_ref())
        {
            self.n_deeper = 0;
            self.close(depth, before, on)?;
        }
        if self.open.len() >= MAX_DEPTH {
            self.n_deeper += 1;
            return Ok(());
        }
        self.n_elements += 1;
        if self.n_elements > MAX_ELEMENTS {
            return Err(Trouble::Broken(format!(
                "it has more than {MAX_ELEMENTS} elements"
            )));
        }
        let attributes = attributes(start);
        for (key, uri) in &attributes {
            let known = NAMESPACES.iter().find(|(known, _)| {
                uri.trim_end_matches('/')
                    .starts_with(known.trim_end_matches('/'))
            });
            if let (Some(prefix), Some((_, name))) = (key.strip_prefix("xmlns:"), known) {
                self.prefixes.insert(prefix.to_owned(), name);
            }
        }
        let as_written = start.name().as_ref().to_owned();
        if self.root_prefix.is_none() {
            let prefix = as_written.split_once(':').map_or("", |(prefix, _)| prefix);
            self.root_prefix = Some(if prefix == "rdf" { "" } else { prefix }.to_owned());
        }
        let name = self.known_as(&as_written);
        if self.record_depth.is_none() && is_record(&name) {
            self.record_depth = Some(self.open.len());
            self.n_outside = self.n_elements;
        }
        self.open.push(Element {
            name,
            attributes,
            inner: &self.text[after..],
            start: before,
            inner_start: after,
            as_written,
            ..Element::default()
        });
        Ok(())
    }

    fn known_as(&self, name: &str) -> String {
        let Some((prefix, local)) = name.split_once(':') else {
            return name.to_owned();
        };
        if self.root_prefix.as_deref() == Some(prefix) {
            return local.to_owned();
        }
        match self.prefixes.get(prefix) {
            Some(&"") => local.to_owned(),
            Some(known) => format!("{known}:{local}"),
            None => name.to_owned(),
        }
    }

    /// Closes the innermost element of that name and what was left open in it; an end without a beginning is passed over.
    fn end<E>(
        &mut self,
        name: &str,
        at: usize,
        on: &mut impl FnMut(Part<'a>) -> Result<(), E>,
    ) -> Result<(), Trouble<E>> {
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return Ok(());
        }
        let Some(depth) = self.open.iter().rposition(|open| open.as_written == name) else {
            return Ok(());
        };
        self.close(depth, at, on)
    }

    /// Closes what is open down to `depth`.
    fn close<E>(
        &mut self,
        depth: usize,
        at: usize,
        on: &mut impl FnMut(Part<'a>) -> Result<(), E>,
    ) -> Result<(), Trouble<E>> {
        while self.open.len() > depth {
            let Some(mut element) = self.open.pop() else {
                break;
            };
            element.inner =
                &element.inner[..(at + element.inner.len()).saturating_sub(self.text.len())];
            if self.record_depth == Some(self.open.len()) {
                (self.record_depth, self.n_elements) = (None, self.n_outside);
                on(Part::Record(element)).map_err(Trouble::Told)?;
            } else {
                self.attach(element);
            }
        }
        Ok(())
    }

    fn attach(&mut self, element: Element<'a>) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.shell.root = Some(element),
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = start.html_attributes();
    let read = attributes
        .with_checks(false)
        .take(MAX_ATTRIBUTES)
        .filter_map(Result::ok);
    read.map(|attribute| {
        let value = fragment::resolved(&attribute.value).into_owned();
        (attribute.key.as_ref().to_owned(), value)
    })
    .collect()
}

/// What a reference stands for; one that the document declares stands for itself.
fn resolved(reference: &BytesRef<'_>) -> String {
    match reference.strip_prefix('#') {
        Some(number) => fragment::numbered(number).unwrap_or_default(),
        None => quick_xml::escape::resolve_html5_entity(reference)
            .map_or_else(|| format!("&{};", &**reference), str::to_owned),
    }
}
