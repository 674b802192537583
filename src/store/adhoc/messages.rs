//! What went wrong with a query, in words that say how to go on.

use std::time::Duration;

use rusqlite::{Connection, Error, ErrorCode};

use super::{MAX_HEAP_BYTES, MAX_VALUE_BYTES};
use crate::domain::catalog::Catalog;
use crate::store::{StoreError, catalog};
use crate::text::nearest::nearest;

/// Words that a syntax error may have meant.
const KEYWORDS: [&str; 24] = [
    "select", "from", "where", "group", "order", "by", "having", "limit", "offset", "join", "left",
    "on", "as", "and", "or", "not", "in", "like", "between", "distinct", "union", "with", "case",
    "desc",
];

/// `late` is the time after which the query was stopped, if it was.
pub(super) fn in_words(
    connection: &Connection,
    error: &Error,
    sql: &str,
    late: Option<Duration>,
) -> StoreError {
    let said = said(error);
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => late.map_or(StoreError::Interrupted, |time| {
            StoreError::TimedOut(time.as_secs_f64())
        }),
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => forbidden(),
        // What a pragma or a virtual table asks for inside of a query is refused by a message alone.
        _ if ["not authorized", "prohibited", "readonly", "access to "]
            .iter()
            .any(|word| said.contains(word)) =>
        {
            forbidden()
        }
        Some(ErrorCode::TooBig) => StoreError::Query(format!(
            "a value in the query grew beyond {} MiB; make it smaller, for instance with substr()",
            MAX_VALUE_BYTES >> 20
        )),
        Some(ErrorCode::OutOfMemory) => StoreError::Query(format!(
            "the query needs more than {} MiB of memory; narrow it",
            MAX_HEAP_BYTES >> 20
        )),
        _ => StoreError::Query(with_hint(connection, &said, error, sql)),
    }
}

fn forbidden() -> StoreError {
    StoreError::Forbidden(
        "the archive is written by `watch` and `ingest` alone; use another program on a copy made by `backup`".into(),
    )
}

/// SQLite's message, without the statement.
fn said(error: &Error) -> String {
    match error {
        Error::SqlInputError { msg, .. } => msg.clone(),
        Error::SqliteFailure(_, Some(message)) => message.clone(),
        error => error.to_string(),
    }
}

fn with_hint(connection: &Connection, said: &str, error: &Error, sql: &str) -> String {
    let mut told = said.to_owned();
    if let Some(hint) = hint(connection, said, sql) {
        told.push_str("; ");
        told.push_str(&hint);
    }
    let Error::SqlInputError { offset, .. } = error else {
        return told;
    };
    let before = usize::try_from(*offset).ok().and_then(|at| sql.get(..at));
    if let Some(before) = before.filter(|_| sql.trim_end().contains('\n')) {
        told.push_str(&format!(" (line {})", before.matches('\n').count() + 1));
    }
    told
}

fn hint(connection: &Connection, said: &str, sql: &str) -> Option<String> {
    let catalog = || catalog::read(connection).unwrap_or_default();
    let meant = |word: &str, among: Vec<&str>, all: &str| match nearest(word, among) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("{all} tells what there is"),
    };
    if let Some(column) = said.strip_prefix("no such column: ") {
        // SQLite has a hint of its own for words in the wrong quotes.
        let column = column
            .split([' ', '.'])
            .next_back()
            .filter(|_| !column.contains(' '))?;
        let catalog = catalog();
        return Some(meant(column, columns(&catalog, sql), "`microfiche schema`"));
    }
    if let Some(table) = said.strip_prefix("no such table: ") {
        let catalog = catalog();
        let tables = catalog.tables.iter().map(|table| table.name.as_str());
        return Some(meant(table, tables.collect(), "`microfiche schema`"));
    }
    if let Some(function) = said.strip_prefix("no such function: ") {
        let names = function_names(connection);
        if names.iter().any(|name| name.eq_ignore_ascii_case(function)) {
            return Some("a query that only reads may not call it".to_owned());
        }
        let names = names.iter().map(String::as_str).collect();
        let all = "`select distinct name from pragma_function_list`";
        return Some(meant(function, names, all));
    }
    if said.ends_with("syntax error") {
        let word = said.split('"').nth(1)?;
        let before = sql.split(word).next()?.split_whitespace().next_back()?;
        return [word, before]
            .into_iter()
            .filter(|word| !KEYWORDS.contains(&word.to_lowercase().as_str()))
            .find_map(|word| nearest(word, KEYWORDS))
            .map(|meant| format!("did you mean {meant}?"));
    }
    let too_complex = [
        "too large",
        "too many",
        "overflow",
        "too complex",
        "Recursion limit",
    ];
    let is_ours = said.starts_with("the pattern");
    (!is_ours && too_complex.iter().any(|word| said.contains(word)))
        .then(|| "part it into smaller queries".to_owned())
}

/// The columns of the tables that the query names, or all where it names none.
fn columns<'a>(catalog: &'a Catalog, sql: &str) -> Vec<&'a str> {
    let words: Vec<&str> = sql
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let named = |name: &str| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    let is_none_named = !catalog.tables.iter().any(|table| named(&table.name));
    catalog
        .tables
        .iter()
        .filter(|table| is_none_named || named(&table.name))
        .flat_map(|table| table.columns.iter().map(|column| column.name.as_str()))
        .collect()
}

/// Every function that a query may call.
pub(super) fn function_names(connection: &Connection) -> Vec<String> {
    let names = || {
        let mut statement =
            connection.prepare("select distinct name from pragma_function_list order by name")?;
        let names = statement.query_map([], |row| row.get(0))?;
        names.collect::<Result<Vec<String>, _>>()
    };
    names().unwrap_or_default()
}
