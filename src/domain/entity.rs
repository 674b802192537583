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

/// One thing that an article speaks of. `(kind, key)` is its identity across the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityInArticle {
    /// What sort of thing.
    pub kind: Kind,
    /// The key of its fullest name in the article: `antony blinken`.
    pub key: String,
    /// Its fullest name as printed: `Antony Blinken`.
    pub name: String,
    /// Every name that the article calls it by, `name` among them; sorted, none twice.
    pub aliases: Vec<Alias>,
}

/// Which mention means which entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The entities of the article in order of first mention.
    pub entities: Vec<EntityInArticle>,
    /// For each mention, in order, the index of its entity.
    pub entity_of: Vec<usize>,
}
