//! Who or what a name names, across the archive.

use super::analysis::Kind;

/// How an alias came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrigin {
    /// Printed so in an article.
    Text,
    /// Printed in brackets behind the full name.
    Acronym,
}

impl NameOrigin {
    /// The word that stands in `entity_names.origin`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Acronym => "acronym",
        }
    }
}

/// A name by which an entity is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// As printed, without possessive or form of address: `Blinken`.
    pub name: String,
    /// The key of `name`: `blinken`.
    pub key: String,
    /// How it came to be known.
    pub origin: NameOrigin,
}

/// What the program itself knows of an entity, from its tables of places and bodies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Its Wikidata id, where sure: `Q17`.
    pub wikidata_id: Option<String>,
    /// What it is, in a few words: `capital of Japan`.
    pub description: String,
    /// The country in which it lies or which it is, ISO 3166 of two letters.
    pub country: Option<String>,
    /// Where it lies, roughly: degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// What it is a part of: Tokyo of Japan, the Japanese of Japan.
    pub part_of: Option<Box<EntityInArticle>>,
}

/// One thing that an article speaks of. `(kind, key)` is its identity across the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityInArticle {
    /// What sort of thing.
    pub kind: Kind,
    /// The key of its fullest name in the article, or of the name that the tables know it by: `antony blinken`.
    pub key: String,
    /// Its fullest name as printed, or its known name: `Antony Blinken`.
    pub name: String,
    /// Every name that the article calls it by; sorted, none twice.
    pub aliases: Vec<Alias>,
    /// What is known of it beyond the article; its name is then fixed.
    pub facts: Option<Facts>,
}

/// Which mention means which entity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// The entities of the article in order of first mention.
    pub entities: Vec<EntityInArticle>,
    /// For each mention, in order, the index of its entity.
    pub entity_of: Vec<usize>,
}
