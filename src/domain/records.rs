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
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
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

/// One part of a report, under its own heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The heading in words: `Top people`.
    pub title: String,
    /// The heading as a key for machines: `top_people`.
    pub key: String,
    /// What stands under it.
    pub records: Records,
}
