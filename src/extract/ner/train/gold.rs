//! Token-tag files: documents as the text that a reader would see, and their names.

use std::ops::Range;

use crate::extract::ner::labels::CLASSES;

/// A document rendered as text, with its names as byte spans.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The text: one sentence a line.
    pub text: String,
    /// Bytes and class (an index into [`CLASSES`]) of each name.
    pub names: Vec<(Range<usize>, usize)>,
}

/// A set with its own words for the classes.
const SYNONYMS: [(&str, &str); 9] = [
    ("PER", "Person"),
    ("ORG", "Organization"),
    ("LOC", "Location"),
    ("GPE", "Location"),
    ("FAC", "Facility"),
    ("MISC", "Misc"),
    ("WORK_OF_ART", "Misc"),
    ("EVENT", "Misc"),
    ("LAW", "Misc"),
];

/// Reads lines of a token and its tag, parted by a tab or blank; `-DOCSTART-` opens a document, an empty line ends a sentence.
/// Lines of five columns are a number, the token, the tag and two that do not matter (Universal NER).
#[must_use]
pub fn read(lines: &str) -> Vec<Gold> {
    let mut documents = vec![Gold::default()];
    let mut reader = Reader {
        glued: true,
        open: None,
    };
    for line in lines.lines() {
        if line.starts_with("-DOCSTART-") || line.starts_with("# newdoc") {
            documents.push(Gold::default());
            reader.open = None;
            reader.glued = true;
            continue;
        }
        let Some(document) = documents.last_mut() else {
            continue;
        };
        if line.starts_with("# ") && line.contains('=') {
            continue;
        }
        let columns: Vec<&str> = if line.contains('\t') {
            line.split('\t').collect()
        } else {
            line.split(' ').collect()
        };
        match columns.as_slice() {
            [_, token, tag, _, _] => reader.add(document, token, tag),
            [token, .., tag] if !token.trim().is_empty() => reader.add(document, token, tag),
            _ => {
                if !document.text.is_empty() && !document.text.ends_with('\n') {
                    document.text.push('\n');
                }
                reader.glued = true;
                reader.open = None;
            }
        }
    }
    documents.retain(|document| !document.text.is_empty());
    documents
}

struct Reader {
    glued: bool,
    open: Option<usize>,
}

impl Reader {
    fn add(&mut self, document: &mut Gold, token: &str, tag: &str) {
        if !self.glued && !hugs_left(token) {
            document.text.push(' ');
        }
        self.glued = matches!(token, "(" | "[" | "{" | "“" | "‘" | "$" | "£" | "€" | "#");
        let start = document.text.len();
        document.text.push_str(token);
        let end = document.text.len();
        let (position, class) = tag.trim().split_once('-').unwrap_or_default();
        let class = SYNONYMS
            .iter()
            .find(|(other, _)| *other == class)
            .map_or(class, |(_, class)| class);
        let class = CLASSES.iter().position(|known| *known == class);
        match (class, document.names.last_mut()) {
            (Some(class), Some((range, _))) if position == "I" && self.open == Some(class) => {
                range.end = end;
            }
            (Some(class), _) => document.names.push((start..end, class)),
            (None, _) => {}
        }
        self.open = class;
    }
}

fn hugs_left(token: &str) -> bool {
    let mut characters = token.chars();
    if let (Some(mark), None) = (characters.next(), characters.next()) {
        return ".,;:!?%)}]’”".contains(mark);
    }
    let contractions = ["'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m"];
    contractions.contains(&token)
}
