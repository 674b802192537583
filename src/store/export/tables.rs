//! A new SQLite file that holds exported rows as plain tables, for programs that know nothing of the archive.

use std::path::Path;

use rusqlite::{Connection, params_from_iter};

use super::StoreError;
use crate::domain::export::{Cell, ColumnType, Dataset};

/// A file of plain tables in the making; nothing of it counts before [`TableFile::finish`].
#[derive(Debug)]
pub struct TableFile {
    connection: Connection,
    insert: String,
}

impl TableFile {
    /// Begins a new file.
    #[expect(
        clippy::disallowed_methods,
        reason = "the file is no archive, and needs nothing of what Store::open sets up"
    )]
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // A file that is not whole is thrown away, so there is nothing to roll back.
        connection.pragma_update(None, "journal_mode", "off")?;
        connection.execute_batch("begin")?;
        Ok(Self {
            connection,
            insert: String::new(),
        })
    }

    /// Adds the table into which the rows that follow go. Its names are the constants of [`Dataset`].
    pub fn table(&mut self, dataset: Dataset) -> Result<(), StoreError> {
        let word = |of| match of {
            ColumnType::Integer => "integer",
            ColumnType::Real => "real",
            ColumnType::Text => "text",
        };
        let columns = dataset.columns().iter();
        let columns = columns.map(|(name, of)| match *name {
            "id" => "id integer primary key".to_owned(),
            name => format!("\"{name}\" {}", word(*of)),
        });
        let columns: Vec<String> = columns.collect();
        let table = dataset.as_str();
        self.connection.execute_batch(&format!(
            "create table {table} ({}) strict",
            columns.join(", ")
        ))?;
        let marks = vec!["?"; columns.len()].join(", ");
        self.insert = format!("insert into {table} values ({marks})");
        Ok(())
    }

    /// Adds a row.
    pub fn row(&mut self, row: &[Cell<'_>]) -> Result<(), StoreError> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        let values = row.iter().map(|cell| {
            ToSqlOutput::Borrowed(match cell {
                Cell::Null => ValueRef::Null,
                Cell::Integer(number) => ValueRef::Integer(*number),
                Cell::Real(number) => ValueRef::Real(*number),
                Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            })
        });
        self.connection
            .prepare_cached(&self.insert)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Completes the file.
    pub fn finish(self) -> Result<(), StoreError> {
        self.connection.execute_batch("commit")?;
        Ok(())
    }
}
