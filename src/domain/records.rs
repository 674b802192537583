//! Tables of plain values: what the store answers and what `render` prints.

/// One value of a record, as SQLite knows them.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Value {
    /// A number that is told to one digit behind the point.
    #[must_use]
    pub fn to_a_tenth(number: f64) -> Self {
        Self::Real((number * 10.0).round() / 10.0)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }
}

/// Rows under named columns; every row has as many values as there are columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    /// The columns' names, in order.
    pub columns: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<Vec<Value>>,
    /// Whether a limit cut the rows off: then there are more than these.
    pub truncated: bool,
}

impl Records {
    /// All rows that there are, under these columns.
    #[must_use]
    pub fn new(columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        Self {
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows,
            truncated: false,
        }
    }
}

/// How a section is best looked at; columns are told by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A bar for each row.
    Bars {
        /// What a bar stands for.
        label: &'static str,
        /// How long it is.
        value: &'static str,
    },
    /// A line for each column but the first, which holds the months.
    Lines,
    /// Names and the ties between them.
    Network {
        /// One end of a tie.
        from: &'static str,
        /// Its other end.
        to: &'static str,
        /// How strong it is.
        weight: &'static str,
    },
    /// Places by `latitude` and `longitude`.
    Map {
        /// What a place is called.
        label: &'static str,
        /// How large it is drawn.
        value: &'static str,
    },
}

/// What stands behind the numbers of a section; columns are told by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Evidence {
    /// Nothing but its own rows.
    #[default]
    Rows,
    /// The mentions of the entity whose id stands in that column.
    Entity(&'static str),
    /// The articles in which the entities of both columns stand.
    Pair(&'static str, &'static str),
    /// The articles in which that entity stands and the one whose id stands in that column.
    With(i64, &'static str),
    /// The articles whose day or month begins with the text in that column.
    Period(&'static str),
    /// The articles of the outlet that stands in that column.
    Outlet(&'static str),
    /// The quotation whose article and text stand in these columns.
    Quote(&'static str, &'static str),
}

/// One part of a report, under its own heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// The heading in words: `Top people`.
    pub title: String,
    /// The heading as a key for machines: `top_people`.
    pub key: String,
    /// What stands under it.
    pub records: Records,
    /// What a reader must know of how it was counted.
    pub note: Option<String>,
    /// The statement that made it, with its values.
    pub sql: String,
    /// How to draw it, where people would rather look than read.
    pub picture: Option<Picture>,
    /// How to open its numbers.
    pub evidence: Evidence,
    /// Columns that people need not read: numbers for programs, or what the heading says already.
    pub for_programs: &'static [&'static str],
}

impl Section {
    /// Records under a heading, whose key is made of its words.
    #[must_use]
    pub fn new(title: &str, records: Records) -> Self {
        Self {
            title: title.to_owned(),
            key: title.to_lowercase().replace(' ', "_"),
            records,
            ..Self::default()
        }
    }

    /// The same section, to be drawn so.
    #[must_use]
    pub fn drawn(mut self, picture: Picture) -> Self {
        self.picture = Some(picture);
        self
    }

    /// The same section, with what its numbers rest on.
    #[must_use]
    pub fn backed(mut self, evidence: Evidence) -> Self {
        self.evidence = evidence;
        self
    }

    /// The same section, whose tables for people lack these columns.
    #[must_use]
    pub fn without(mut self, for_programs: &'static [&'static str]) -> Self {
        self.for_programs = for_programs;
        self
    }

    /// The place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.records
            .columns
            .iter()
            .position(|column| column == name)
    }

    /// The column with the numbers of articles, where the rows name some.
    #[must_use]
    pub fn article_column(&self) -> Option<usize> {
        let are_articles = self.column("title").and(self.column("published_at"));
        let own = are_articles.and_then(|_| self.column("id"));
        self.column("article_id").or(own)
    }
}
