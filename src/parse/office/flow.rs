//! The text of an XML document as paragraphs: which elements break a paragraph, which are passed over, is the format's to say.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It stands on lines of its own.
    Block,
    /// It does so as a heading.
    Heading,
    /// Its text belongs to the words around it.
    Inline,
    /// It has no text of its own; what elements in it hold is read.
    Wrapper,
    /// It stands for these characters: a line break, a tab, a hyphen.
    Sign(&'static str),
    /// A table's row, which is one paragraph if its cells are short.
    Row,
    /// A cell of a row.
    Cell,
    /// None of its text is read: notes, deleted words, scripts.
    Hidden,
}

/// A paragraph as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text, every gap one space.
    pub(super) text: String,
    /// Whether it is a heading.
    pub(super) is_heading: bool,
}

/// An end tag is matched to one of so many open elements: text that is no sound XML gives what can be had.
const MAX_UNCLOSED: usize = 32;

/// A cell with more characters than this is a text of its own, and its table a page's layout.
const MAX_CELL: usize = 120;

/// The paragraphs of a document; where its XML breaks, they end.
pub(super) fn paragraphs(xml: &str, role: impl Fn(&BytesStart<'_>) -> Role) -> Vec<Paragraph> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut flow = Flow::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                flow.open(element.name().as_ref(), role(&element));
            }
            Ok(Event::Empty(element)) => {
                let name = element.name();
                flow.open(name.as_ref(), role(&element));
                flow.close(name.as_ref());
            }
            Ok(Event::End(element)) => flow.close(element.name().as_ref()),
            Ok(Event::Text(text)) => flow.text(&text.xml10_content()),
            Ok(Event::CData(text)) => flow.text(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => flow.text(&character(&name)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    flow.end();
    flow.paragraphs
}

/// What `&name;` stands for; nothing where that is not known.
pub(super) fn character(name: &quick_xml::events::BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => quick_xml::escape::resolve_html5_entity(name)
            .unwrap_or_default()
            .to_owned(),
    }
}

#[derive(Default)]
struct Flow {
    open: Vec<(String, Role)>,
    n_hidden: usize,
    text: String,
    is_heading: bool,
    paragraphs: Vec<Paragraph>,
    row: Option<Row>,
}

/// The row that is being read; rows within it are read as its text.
#[derive(Default)]
struct Row {
    n_nested: usize,
    /// Where it begins among the paragraphs.
    start: usize,
    n_cells: usize,
}

impl Flow {
    fn open(&mut self, name: &str, role: Role) {
        // A note breaks no paragraph, whatever it is made of.
        let is_hidden = self.n_hidden > 0 && role != Role::Hidden;
        let role = if is_hidden { Role::Inline } else { role };
        match role {
            Role::Block | Role::Heading => {
                self.end();
                self.is_heading = role == Role::Heading;
            }
            Role::Hidden => self.n_hidden += 1,
            Role::Sign(sign) => self.add(sign),
            Role::Row => {
                self.end();
                match &mut self.row {
                    Some(row) => row.n_nested += 1,
                    None => {
                        self.row = Some(Row {
                            start: self.paragraphs.len(),
                            ..Row::default()
                        });
                    }
                }
            }
            Role::Cell => {
                self.end();
                if let Some(row) = &mut self.row {
                    row.n_cells += 1;
                }
            }
            Role::Inline | Role::Wrapper => {}
        }
        self.open.push((name.to_owned(), role));
    }

    fn close(&mut self, name: &str) {
        let nearest = self.open.iter().rev().take(MAX_UNCLOSED);
        let Some(n_above) = nearest.map(|(open, _)| open).position(|open| open == name) else {
            return;
        };
        for _ in 0..=n_above {
            match self.open.pop() {
                Some((_, Role::Block | Role::Heading | Role::Cell)) => self.end(),
                Some((_, Role::Hidden)) => self.n_hidden -= 1,
                Some((_, Role::Row)) => self.end_row(),
                _ => {}
            }
        }
    }

    /// Text of the innermost element.
    fn text(&mut self, text: &str) {
        if self
            .open
            .last()
            .is_none_or(|(_, role)| *role != Role::Wrapper)
        {
            self.add(text);
        }
    }

    fn add(&mut self, text: &str) {
        if self.n_hidden == 0 {
            self.text.push_str(text);
        }
    }

    fn end(&mut self) {
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text.clear();
        let is_heading = std::mem::take(&mut self.is_heading);
        if !text.is_empty() {
            self.paragraphs.push(Paragraph { text, is_heading });
        }
    }

    fn end_row(&mut self) {
        self.end();
        match self.row.take() {
            Some(row) if row.n_nested > 0 => {
                self.row = Some(Row {
                    n_nested: row.n_nested - 1,
                    ..row
                });
            }
            Some(row) => {
                let cells = &self.paragraphs[row.start..];
                let is_short = |cell: &Paragraph| cell.text.len() <= MAX_CELL;
                if cells.len() > 1 && cells.len() <= row.n_cells && cells.iter().all(is_short) {
                    let cells = self.paragraphs.drain(row.start..).map(|cell| cell.text);
                    let text = cells.collect::<Vec<_>>().join(" | ");
                    let is_heading = false;
                    self.paragraphs.push(Paragraph { text, is_heading });
                }
            }
            None => {}
        }
    }
}
