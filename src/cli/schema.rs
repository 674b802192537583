//! `schema`: the tables and columns of the archive, each with what it is for.

use anyhow::{Result, bail};
use clap::Args;

use super::output::OutputArgs;
use crate::config::Config;
use crate::domain::catalog::{Catalog, Column, Table};
use crate::domain::records::{Records, Section, Value};
use crate::store::{Store, StoreError};
use crate::text::nearest::nearest;

#[derive(Debug, Args)]
#[command(after_help = r#"Examples:
  microfiche schema mentions
  microfiche schema --format markdown > schema.md"#)]
pub(super) struct SchemaArgs {
    /// One table or view [default: all]
    table: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

impl SchemaArgs {
    pub(super) fn run(&self, config: &Config) -> Result<()> {
        let catalog = match Store::open_read_only(&config.archive.path) {
            Ok(store) => store.read(|reader| reader.catalog())?,
            // What a new archive would have.
            Err(StoreError::Missing(_)) => Store::blank_catalog()?,
            Err(error) => return Err(error.into()),
        };
        self.output
            .sections(&sections(&catalog, self.table.as_deref())?)
    }
}

/// Each table as a section of its columns; then the indexes and the examples.
pub(super) fn sections(catalog: &Catalog, only: Option<&str>) -> Result<Vec<Section>> {
    let tables: Vec<&Table> = match only {
        None => catalog.tables.iter().collect(),
        Some(name) => vec![find(catalog, name)?],
    };
    let mut sections: Vec<Section> = tables.iter().copied().map(of_table).collect();
    let indexes: Vec<Vec<Value>> = tables
        .iter()
        .flat_map(|table| table.indexes.iter().map(move |index| (table, index)))
        .map(|(table, index)| {
            row(&[
                &table.name,
                &index.name,
                &index.columns.join(", "),
                &index.comment,
            ])
        })
        .collect();
    if !indexes.is_empty() {
        let columns = ["table", "index", "columns", "what for"];
        sections.push(Section::new("Indexes", Records::new(&columns, indexes)));
    }
    let examples = tables
        .iter()
        .map(|table| row(&[&table.name, &table.example]));
    sections.push(Section::new(
        "Examples",
        Records::new(&["table", "query"], examples.collect()),
    ));
    Ok(sections)
}

fn find<'a>(catalog: &'a Catalog, name: &str) -> Result<&'a Table> {
    let Some(table) = catalog.table(name) else {
        let names = catalog.tables.iter().map(|table| table.name.as_str());
        match nearest(name, names) {
            Some(meant) => bail!("there is no table {name}; did you mean {meant}?"),
            None => bail!("there is no table {name}; `microfiche schema` lists them"),
        }
    };
    Ok(table)
}

/// The tables, or the views, and what they are for.
pub(super) fn list(catalog: &Catalog, views: bool) -> Records {
    let rows = catalog
        .tables
        .iter()
        .filter(|table| table.is_view == views)
        .map(|table| row(&[&table.name, &table.comment]));
    let what = if views { "view" } else { "table" };
    Records::new(&[what, "what for"], rows.collect())
}

fn of_table(table: &Table) -> Section {
    let rows = table.columns.iter().map(|column| {
        row(&[
            &column.name,
            &column.kind,
            &particulars(column),
            &column.comment,
        ])
    });
    let columns = ["column", "type", "rules", "what it holds"];
    let mut section = Section::new(&table.name, Records::new(&columns, rows.collect()));
    section.note = (!table.comment.is_empty()).then(|| table.comment.clone());
    section
}

/// What SQLite knows of a column.
fn particulars(column: &Column) -> String {
    let mut told = Vec::new();
    if column.is_key {
        told.push("primary key".to_owned());
    } else if column.is_required {
        told.push("not null".to_owned());
    }
    if let Some((table, key)) = &column.references {
        told.push(format!("→ {table}.{key}"));
    }
    if !column.check.is_empty() {
        told.push(column.check.clone());
    }
    told.join("; ")
}

fn row(values: &[&str]) -> Vec<Value> {
    let value = |text: &&str| {
        if text.is_empty() {
            Value::Null
        } else {
            Value::Text((*text).to_owned())
        }
    };
    values.iter().map(value).collect()
}
