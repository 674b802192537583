//! The catalog of an archive: what tables and columns there are is asked of SQLite, what they are for is read from the
//! comments of the migrations, and of the archive itself for what is not ours.

use std::collections::HashMap;

use rusqlite::Connection;

use super::checks::{checks, in_words};
use super::schema::MIGRATIONS;
use super::{Reader, Store, StoreError};
use crate::domain::catalog::{Catalog, Column, Index, Table};

/// How many columns an example shows.
const EXAMPLE_COLUMNS: usize = 6;

impl Store {
    /// The catalog that a new archive would have.
    pub fn blank_catalog() -> Result<Catalog, StoreError> {
        let connection = Connection::open_in_memory()?;
        for migration in MIGRATIONS {
            connection.execute_batch(migration)?;
        }
        read(&connection)
    }
}

impl Reader<'_> {
    /// What tables and columns the archive has.
    pub fn catalog(&self) -> Result<Catalog, StoreError> {
        read(self.connection)
    }
}

pub(super) fn read(connection: &Connection) -> Result<Catalog, StoreError> {
    let comments = comments(connection)?;
    let mut statement = connection.prepare(
        "select tables.name, tables.type, sqlite_schema.sql
         from pragma_table_list as tables
         join sqlite_schema on sqlite_schema.name = tables.name
         where tables.schema = 'main' and tables.type <> 'shadow' and tables.name not like 'sqlite\\_%' escape '\\'
         order by tables.type = 'view', sqlite_schema.rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut tables = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let mut table = Table {
            comment: comments.of(&name),
            is_view: kind == "view",
            is_full_text: kind == "virtual",
            columns: columns(connection, &name, &comments)?,
            indexes: indexes(connection, &name, &comments)?,
            example: String::new(),
            name,
        };
        add_references(connection, &mut table)?;
        for (column, check) in checks(&row.get::<_, String>(2)?) {
            let columns = table.columns.iter_mut();
            for told in columns.filter(|told| told.name == column) {
                told.check = in_words(&check);
            }
        }
        tables.push(table);
    }
    let examples: Vec<String> = tables.iter().map(|table| example(table, &tables)).collect();
    for (table, example) in tables.iter_mut().zip(examples) {
        table.example = example;
    }
    Ok(Catalog { tables })
}

/// A statement that shows what is in a table, with names in place of the numbers that refer to other tables.
fn example(table: &Table, tables: &[Table]) -> String {
    let name = &table.name;
    if table.is_full_text {
        return format!(
            "select rowid, * from {name} where {name} match 'ferry OR harbour' limit 5"
        );
    }
    let mut shown = Vec::new();
    let mut joins = String::new();
    for column in table.columns.iter().take(EXAMPLE_COLUMNS) {
        let here = format!("{name}.{}", quoted(&column.name));
        let other = column
            .references
            .as_ref()
            .and_then(|(other, key)| Some((tables.iter().find(|table| table.name == *other)?, key)))
            .and_then(|(other, key)| Some((other, key, label(other)?)));
        let Some((other, key, label)) = other else {
            shown.push(here);
            continue;
        };
        let alias = column.name.strip_suffix("_id").unwrap_or(&column.name);
        shown.push(format!("{alias}.{} as {alias}", quoted(label)));
        joins.push_str(&format!(
            " left join {} as {alias} on {alias}.{} = {here}",
            other.name,
            quoted(key),
        ));
    }
    let mut shown = shown.join(", ");
    if joins.is_empty() {
        shown = shown.replace(&format!("{name}."), "");
    }
    format!("select {shown} from {name}{joins} limit 5")
}

/// The column by which people know a row.
fn label(table: &Table) -> Option<&'static str> {
    ["name", "title", "path", "text"]
        .into_iter()
        .find(|label| table.columns.iter().any(|column| column.name == *label))
}

/// A name as SQL takes it, also where it is a word of SQL's own.
fn quoted(name: &str) -> String {
    if name != "end" && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

fn columns(
    connection: &Connection,
    table: &str,
    comments: &Comments,
) -> Result<Vec<Column>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select name, lower(type), pk > 0, \"notnull\" from pragma_table_info(:table) order by cid",
    )?;
    let columns = statement.query_map([table], |row| {
        let name: String = row.get(0)?;
        Ok(Column {
            comment: comments.of(&format!("{table}.{name}")),
            name,
            kind: row.get(1)?,
            is_key: row.get(2)?,
            is_required: row.get(3)?,
            references: None,
            check: String::new(),
        })
    })?;
    Ok(columns.collect::<Result<_, _>>()?)
}

fn add_references(connection: &Connection, table: &mut Table) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "select \"from\", \"table\", coalesce(\"to\", 'id') from pragma_foreign_key_list(:table)",
    )?;
    let mut rows = statement.query([&table.name])?;
    while let Some(row) = rows.next()? {
        let from: String = row.get(0)?;
        if let Some(column) = table.columns.iter_mut().find(|column| column.name == from) {
            column.references = Some((row.get(1)?, row.get(2)?));
        }
    }
    Ok(())
}

fn indexes(
    connection: &Connection,
    table: &str,
    comments: &Comments,
) -> Result<Vec<Index>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select list.name, group_concat(coalesce(info.name, '(an expression)'), ',' order by info.seqno)
         from pragma_index_list(:table) as list, pragma_index_info(list.name) as info
         where list.origin = 'c'
         group by list.name
         order by max(list.seq) desc",
    )?;
    let indexes = statement.query_map([table], |row| {
        let (name, columns): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(Index {
            comment: comments.of(&name),
            name,
            columns: columns.split(',').map(str::to_owned).collect(),
        })
    })?;
    Ok(indexes.collect::<Result<_, _>>()?)
}

/// Comments by what they speak of: `table`, `index`, `table.column`.
#[derive(Debug, Default)]
struct Comments(HashMap<String, String>);

impl Comments {
    fn of(&self, thing: &str) -> String {
        self.0.get(thing).cloned().unwrap_or_default()
    }

    fn note(&mut self, thing: String, comment: &str) {
        if !comment.is_empty() {
            self.0.insert(thing, comment.to_owned());
        }
    }

    /// Reads what stands above a statement and behind its lines.
    fn learn(&mut self, sql: &str) {
        let mut above = String::new();
        let mut table: Option<String> = None;
        for line in sql.lines() {
            let line = line.trim();
            if let Some(comment) = line.strip_prefix("--") {
                above.push_str(if above.is_empty() { "" } else { " " });
                above.push_str(comment.trim());
                continue;
            }
            let (code, behind) = line.split_once("--").unwrap_or((line, ""));
            let words: Vec<&str> = code.split_whitespace().collect();
            match words.as_slice() {
                [] => above.clear(),
                ["create", "table" | "view" | "index", name, ..]
                | ["create", "virtual" | "unique", "table" | "index", name, ..] => {
                    self.note((*name).to_owned(), &above);
                    table = matches!(words[1], "table" | "view").then(|| (*name).to_owned());
                }
                ["alter", "table", name, "add", "column", column, ..] => {
                    let column = format!("{name}.{}", unquoted(column));
                    self.note(column.clone(), &above);
                    self.note(column, behind.trim());
                }
                [column, ..] => {
                    if let Some(table) = &table {
                        let column = format!("{table}.{}", unquoted(column));
                        self.note(column, behind.trim());
                    }
                }
            }
            if code.trim_end().ends_with(';') {
                table = None;
            }
            above.clear();
        }
    }

    /// A column of a view that is plainly a column of a table: where it comes from, and what that holds.
    fn learn_view(&mut self, view: &str, sql: &str) {
        let words: Vec<&str> = sql.split_whitespace().collect();
        let mut tables: HashMap<&str, &str> = HashMap::new();
        for (n, word) in words.iter().enumerate() {
            if matches!(*word, "from" | "join") {
                let Some(table) = words.get(n + 1) else {
                    continue;
                };
                let alias = match words.get(n + 2..n + 4) {
                    Some(["as", alias]) => alias,
                    _ => table,
                };
                tables.insert(alias, table);
            }
        }
        for line in sql.lines().map(|line| line.trim().trim_end_matches(',')) {
            let (source, name) = line.split_once(" as ").unwrap_or((line, ""));
            let Some((alias, column)) = source.split_once('.') else {
                continue;
            };
            let Some(table) = tables.get(alias) else {
                continue;
            };
            let column = unquoted(column);
            let name = if name.is_empty() { column } else { name };
            let origin = format!("{table}.{column}");
            let comment = self.of(&origin);
            let told = if comment.is_empty() {
                origin
            } else {
                format!("{origin}: {comment}")
            };
            self.note(format!("{view}.{name}"), &told);
        }
    }
}

fn comments(connection: &Connection) -> Result<Comments, StoreError> {
    let mut comments = Comments::default();
    let mut statement = connection.prepare(
        "select name, type, sql from sqlite_schema where sql is not null order by rowid",
    )?;
    let mut rows = statement.query([])?;
    let mut views = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, kind, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        comments.learn(&sql);
        if kind == "view" {
            views.push((name, sql));
        }
    }
    for migration in MIGRATIONS {
        comments.learn(migration);
    }
    for (name, sql) in views {
        comments.learn_view(&name, &sql);
    }
    Ok(comments)
}

fn unquoted(name: &str) -> &str {
    name.trim_matches(['"', '`', ',', ';'])
}
