//! What leaves the archive for other programs: tables of typed columns, rows that pass one by one, and what is chosen.

use std::borrow::Cow;

use super::scope::Scope;

/// A table that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Dataset {
    /// One row for each article, with its text
    Articles,
    /// People, organizations, places …, with how many of the chosen articles mention them
    Entities,
    /// Each place where a name stands, with its sentence
    Mentions,
    /// Two names in one article: each pair once, with the number of such articles
    Graph,
    /// Quotations with their speakers
    Quotes,
    /// Titles as printed next to a person
    Roles,
    /// Dates in the text
    Dates,
}

/// What a column holds; every value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers of 64 bits.
    Integer,
    /// Floating point of 64 bits.
    Real,
    /// UTF-8.
    Text,
}

/// A column by its name.
pub type Column = (&'static str, ColumnType);

/// A value of a row that passes.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(Cow<'a, str>),
}

impl Cell<'_> {
    /// The text; empty where there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The whole number; 0 where there is none.
    #[must_use]
    pub fn integer(&self) -> i64 {
        match self {
            Self::Integer(number) => *number,
            _ => 0,
        }
    }
}

/// Which articles, and what stands in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Period, outlet, and kind of name; its limit does not count here.
    pub scope: Scope,
    /// Only articles that mention this entity.
    pub entity: Option<i64>,
    /// Only these articles, which a search found.
    pub articles: Option<Vec<i64>>,
}

impl Choice {
    /// Whether no article is left out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.scope.is_whole() && self.entity.is_none() && self.articles.is_none()
    }
}

const ID: Column = ("id", ColumnType::Integer);
const ARTICLE_ID: Column = ("article_id", ColumnType::Integer);
const ARTICLE: Column = ("article", ColumnType::Text);
const PUBLISHED_AT: Column = ("published_at", ColumnType::Text);
const SOURCE: Column = ("source", ColumnType::Text);
const ENTITY_ID: Column = ("entity_id", ColumnType::Integer);
const ENTITY: Column = ("entity", ColumnType::Text);
const KIND: Column = ("kind", ColumnType::Text);
const TEXT: Column = ("text", ColumnType::Text);
const START: Column = ("start", ColumnType::Integer);
const END: Column = ("end", ColumnType::Integer);
const PLACE: Column = ("place", ColumnType::Text);
const N_ARTICLES: Column = ("n_articles", ColumnType::Integer);

impl Dataset {
    /// Every dataset, in the order in which they are written when several are asked for.
    pub const ALL: [Self; 7] = [
        Self::Articles,
        Self::Entities,
        Self::Mentions,
        Self::Graph,
        Self::Quotes,
        Self::Roles,
        Self::Dates,
    ];

    /// Its name, also as a table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Entities => "entities",
            Self::Mentions => "mentions",
            Self::Graph => "graph",
            Self::Quotes => "quotes",
            Self::Roles => "roles",
            Self::Dates => "dates",
        }
    }

    /// Whether its rows belong to names, which have a kind.
    #[must_use]
    pub fn has_kind(self) -> bool {
        !matches!(self, Self::Articles | Self::Quotes | Self::Dates)
    }

    /// Its columns, those of the archive's view of the same name where there is one.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Articles => ARTICLES,
            Self::Entities => ENTITIES,
            Self::Mentions => MENTIONS,
            Self::Graph => GRAPH,
            Self::Quotes => QUOTES,
            Self::Roles => ROLES,
            Self::Dates => DATES,
        }
    }
}

const ARTICLES: &[Column] = &[
    ID,
    ("title", ColumnType::Text),
    ("subtitle", ColumnType::Text),
    ("byline", ColumnType::Text),
    ("dateline", ColumnType::Text),
    SOURCE,
    ("section", ColumnType::Text),
    ("language", ColumnType::Text),
    ("url", ColumnType::Text),
    PUBLISHED_AT,
    ("published_precision", ColumnType::Text),
    ("word_count", ColumnType::Integer),
    ("ingested_at", ColumnType::Text),
    ("file", ColumnType::Text),
    ("body", ColumnType::Text),
    ("story_id", ColumnType::Integer),
    ("extent", ColumnType::Text),
    ("analyzer", ColumnType::Text),
];

const ENTITIES: &[Column] = &[
    ID,
    KIND,
    ("name", ColumnType::Text),
    ("wikidata_id", ColumnType::Text),
    ("description", ColumnType::Text),
    ("n_mentions", ColumnType::Integer),
    N_ARTICLES,
    ("first_seen", ColumnType::Text),
    ("last_seen", ColumnType::Text),
    ("country", ColumnType::Text),
    ("part_of", ColumnType::Text),
    ("latitude", ColumnType::Real),
    ("longitude", ColumnType::Real),
];

const MENTIONS: &[Column] = &[
    ID,
    ARTICLE_ID,
    ARTICLE,
    PUBLISHED_AT,
    SOURCE,
    ENTITY_ID,
    ENTITY,
    KIND,
    TEXT,
    START,
    END,
    ("sentence", ColumnType::Text),
    ("confidence", ColumnType::Real),
    ("origin", ColumnType::Text),
    PLACE,
];

const GRAPH: &[Column] = &[
    ENTITY_ID,
    ENTITY,
    KIND,
    ("other_id", ColumnType::Integer),
    ("other", ColumnType::Text),
    ("other_kind", ColumnType::Text),
    N_ARTICLES,
];

const QUOTES: &[Column] = &[
    ID,
    ARTICLE_ID,
    ARTICLE,
    PUBLISHED_AT,
    SOURCE,
    ("speaker_id", ColumnType::Integer),
    ("speaker", ColumnType::Text),
    ("cue", ColumnType::Text),
    TEXT,
    START,
    END,
    ("rule", ColumnType::Text),
    ("cue_start", ColumnType::Integer),
    ("cue_end", ColumnType::Integer),
    ("speaker_start", ColumnType::Integer),
    ("speaker_end", ColumnType::Integer),
];

const ROLES: &[Column] = &[
    ID,
    ARTICLE_ID,
    ARTICLE,
    PUBLISHED_AT,
    SOURCE,
    ENTITY_ID,
    ENTITY,
    ("role", ColumnType::Text),
    START,
    END,
    PLACE,
];

const DATES: &[Column] = &[
    ID,
    ARTICLE_ID,
    ARTICLE,
    PUBLISHED_AT,
    SOURCE,
    TEXT,
    START,
    END,
    ("value", ColumnType::Text),
    ("precision", ColumnType::Text),
    ("type", ColumnType::Text),
];
