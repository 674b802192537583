//! What stands where in an archive, told for people: tables, columns, indexes, views.

/// All tables and views of an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The tables, then the views.
    pub tables: Vec<Table>,
}

/// A table or a view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Whether it is a view.
    pub is_view: bool,
    /// Whether it is searched with `match`.
    pub is_full_text: bool,
    /// What it is for, as its migration says.
    pub comment: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its indexes.
    pub indexes: Vec<Index>,
    /// A statement that shows what is in it.
    pub example: String,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, in lower case; empty where a view's column has none.
    pub kind: String,
    /// Whether it is (part of) the primary key.
    pub is_key: bool,
    /// Whether it always has a value.
    pub is_required: bool,
    /// The table and column that it refers to.
    pub references: Option<(String, String)>,
    /// What it may hold, where that is checked.
    pub check: String,
    /// What it holds, as its migration says; of a view's column, where it comes from.
    pub comment: String,
}

/// An index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The columns that it orders by.
    pub columns: Vec<String>,
    /// The question that it answers.
    pub comment: String,
}

impl Catalog {
    /// The table or view of that name, whatever its case.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables
            .iter()
            .find(|table| table.name.eq_ignore_ascii_case(name))
    }
}
