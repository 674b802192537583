//! What the recognizer finds in an article's body.

use serde::{Deserialize, Serialize};

use super::article::Precision;
use super::span::Span;

/// What sort of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, ministry, team, agency, band.
    Organization,
    /// A country, city, region, sea, mountain.
    Location,
    /// A building, airport, bridge, base.
    Facility,
    /// A nationality, faith or party as a people: "Japanese", "Sunni", "Democrats".
    Group,
    /// A summit, war, election, championship, storm.
    Event,
    /// A law, treaty, agreement.
    Law,
    /// A book, film, song, newspaper series.
    Work,
    /// A thing that is made and sold.
    Product,
    /// A name of anything else.
    Other,
}

impl Kind {
    /// Every kind, in the order in which reports list them.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Organization,
        Self::Location,
        Self::Facility,
        Self::Group,
        Self::Event,
        Self::Law,
        Self::Work,
        Self::Product,
        Self::Other,
    ];

    /// The word that stands in `entities.kind` and `mentions.kind`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Location => "location",
            Self::Facility => "facility",
            Self::Group => "group",
            Self::Event => "event",
            Self::Law => "law",
            Self::Work => "work",
            Self::Product => "product",
            Self::Other => "other",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who found a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The trained model.
    Model,
    /// A written rule or list.
    Rule,
}

impl Origin {
    /// The word that stands in `mentions.origin`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Rule => "rule",
        }
    }
}

/// A name where it stands in a body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The body's text there.
    pub text: String,
    /// What it names.
    pub kind: Kind,
    /// The number of its sentence in [`Analysis::sentences`], from 0.
    pub sentence: usize,
    /// The recognizer's own estimate that span and kind are right, 0 to 1.
    pub confidence: f64,
    /// Who found it.
    pub origin: Origin,
}

/// What sort of time expression, after TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateType {
    /// A day, month, year or part of one.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs: "every Monday".
    Set,
}

impl DateType {
    /// The word that stands in `dates.type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Set => "set",
        }
    }
}

/// An expression of time where it stands in a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateMention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The body's text there.
    pub text: String,
    /// ISO 8601 as far as it is known from the words and the publication date; none where it cannot be told.
    pub value: Option<String>,
    /// The precision of `value`.
    pub precision: Option<Precision>,
    /// The sort of expression.
    #[serde(rename = "type")]
    pub date_type: DateType,
}

/// A direct quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Where it stands, without its quotation marks.
    #[serde(flatten)]
    pub span: Span,
    /// The body's text there.
    pub text: String,
    /// The speaker as an index into [`Analysis::mentions`], where one is named.
    pub speaker: Option<usize>,
    /// The verb that attributes it: `said`, `told`.
    pub cue: Option<String>,
    /// Where that verb stands.
    pub cue_span: Option<Span>,
    /// What the speaker was told by.
    pub rule: Option<QuoteRule>,
}

/// What tells the speaker of a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteRule {
    /// A name is the subject of the verb in the quotation's sentence.
    Name,
    /// A name and a colon or dash.
    Label,
    /// "He" or "she", and one person alone can be meant.
    Pronoun,
    /// "The minister", and one person alone holds that title.
    Title,
    /// It goes on with a quotation beside it that is attributed.
    Continued,
}

impl QuoteRule {
    /// The word that stands in `quotes.rule`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Label => "label",
            Self::Pronoun => "pronoun",
            Self::Title => "title",
            Self::Continued => "continued",
        }
    }
}

/// A title or function as printed next to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The person, as an index into [`Analysis::mentions`].
    pub mention: usize,
    /// Where the title stands.
    #[serde(flatten)]
    pub span: Span,
    /// The body's text there: `Vice Foreign Minister`.
    pub title: String,
}

/// In whose words something of a body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the reporter's.
    Body,
    /// In a direct quotation.
    Quotation,
}

impl Place {
    /// The word that stands in `mentions.place` and `roles.place`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Quotation => "quotation",
        }
    }
}

/// All that was found in one body. Mentions are in text order and do not overlap; the same holds for dates and quotes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Analysis {
    /// The body's sentences in order.
    pub sentences: Vec<Span>,
    /// The names.
    pub mentions: Vec<Mention>,
    /// The expressions of time.
    pub dates: Vec<DateMention>,
    /// The direct quotations.
    pub quotes: Vec<Quote>,
    /// The titles next to people.
    pub roles: Vec<Role>,
}

impl Analysis {
    /// In whose words a span stands.
    #[must_use]
    pub fn place_of(&self, span: Span) -> Place {
        let n = self
            .quotes
            .partition_point(|quote| quote.span.end < span.end);
        let is_quoted = self
            .quotes
            .get(n)
            .is_some_and(|quote| quote.span.start <= span.start);
        if is_quoted {
            Place::Quotation
        } else {
            Place::Body
        }
    }
}
