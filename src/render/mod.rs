//! Records for people and for programs: tables, CSV, JSON, NDJSON, Markdown. Knows nothing of SQL.

pub mod chart;
pub mod document;
pub mod figure;
pub mod graph;
mod look;
pub mod page;
mod picture;
mod table;
mod words;
mod wrap;

use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::{Map, Value as Json};

use crate::domain::records::{Records, Section, Value};

pub use look::Look;

/// How records are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table that fits the terminal
    Table,
    /// Comma-separated values with a header
    Csv,
    /// One JSON array (or object of arrays)
    Json,
    /// One JSON object a line
    Ndjson,
    /// A Markdown table
    Markdown,
}

/// Prints the answer to somebody's own query: in a table too, every column stands under the name that the query gives it.
pub fn answer(out: &mut impl Write, answer: &Records, format: Format) -> io::Result<()> {
    match format {
        Format::Table => writeln!(out, "{}", table::of_query(answer, Look::current())),
        _ => records(out, answer, format),
    }
}

/// Prints one set of records.
pub fn records(out: &mut impl Write, records: &Records, format: Format) -> io::Result<()> {
    match format {
        Format::Table => writeln!(out, "{}", table::of_report(records, &[], Look::current())),
        Format::Markdown => writeln!(out, "{}", table::of_markdown(records)),
        Format::Csv => csv(out, records),
        Format::Json => writeln!(out, "{:#}", array(records)),
        Format::Ndjson => {
            objects(records, None).try_for_each(|object| writeln!(out, "{}", Json::Object(object)))
        }
    }
}

/// Prints a report of several sections.
pub fn sections(out: &mut impl Write, sections: &[Section], format: Format) -> io::Result<()> {
    if format == Format::Json {
        let report: Map<String, Json> = sections
            .iter()
            .map(|section| (section.key.clone(), array(&section.records)))
            .collect();
        return writeln!(out, "{:#}", Json::Object(report));
    }
    if format == Format::Table {
        return tables(out, sections);
    }
    for (n, section) in sections.iter().enumerate() {
        match format {
            Format::Ndjson => {
                for object in objects(&section.records, Some(&section.key)) {
                    writeln!(out, "{}", Json::Object(object))?;
                }
                continue;
            }
            Format::Markdown => writeln!(out, "## {}\n", section.title)?,
            _ => writeln!(out, "{}{}", if n > 0 { "\n" } else { "" }, section.title)?,
        }
        if let Some(note) = &section.note {
            writeln!(
                out,
                "{note}{}",
                if format == Format::Markdown { "\n" } else { "" }
            )?;
        }
        records(out, &section.records, format)?;
        if format == Format::Markdown {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Sections for people; those that are empty and stand together are named together.
fn tables(out: &mut impl Write, sections: &[Section]) -> io::Result<()> {
    let is_empty = |section: &Section| section.records.rows.is_empty();
    let runs = sections.chunk_by(|one, next| is_empty(one) && is_empty(next));
    for (n, run) in runs.enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        heading(out, run)?;
        for section in run.iter().filter(|section| !is_empty(section)) {
            let look = Look::current();
            let table = table::of_report(&section.records, section.for_programs, look);
            writeln!(out, "{table}")?;
        }
        if run.iter().all(is_empty) {
            writeln!(out, "  nothing")?;
        }
    }
    Ok(())
}

/// The titles of sections, and what must be known of them.
pub(crate) fn heading(out: &mut impl Write, sections: &[Section]) -> io::Result<()> {
    let titles: Vec<&str> = sections
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    let notes = sections.iter().filter_map(|section| section.note.clone());
    let width = Look::current().width.map_or(usize::MAX, usize::from);
    for text in std::iter::once(titles.join(", ")).chain(notes) {
        for line in wrap::wrapped(&text, width, usize::MAX) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn csv(out: &mut impl Write, records: &Records) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    // The library's own way from its error to io's forgets that a pipe was closed.
    let plain = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    };
    writer.write_record(&records.columns).map_err(plain)?;
    for row in &records.rows {
        writer.write_record(row.iter().map(text)).map_err(plain)?;
    }
    writer.flush()
}

fn array(records: &Records) -> Json {
    Json::Array(objects(records, None).map(Json::Object).collect())
}

/// The rows as objects, with the section first that they belong to.
fn objects<'r>(
    records: &'r Records,
    section: Option<&'r str>,
) -> impl Iterator<Item = Map<String, Json>> + 'r {
    let columns = records.columns.iter().map(String::as_str);
    let keys = keys(section.map(|_| "section").into_iter().chain(columns));
    records.rows.iter().map(move |row| {
        let section = section.map(Json::from).into_iter();
        keys.iter()
            .cloned()
            .zip(section.chain(row.iter().map(json)))
            .collect()
    })
}

/// A key of its own for each column, so that none takes another's place in an object: the second `id` is `id_2`.
fn keys<'c>(columns: impl Iterator<Item = &'c str> + Clone) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let names: HashSet<&str> = columns.clone().collect();
    let key = |column: &str| {
        let mut key = column.to_owned();
        let mut n = 1;
        while taken.contains(&key) || n > 1 && names.contains(key.as_str()) {
            n += 1;
            key = format!("{column}_{n}");
        }
        taken.insert(key.clone());
        key
    };
    columns.map(key).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(_) | Value::Blob(_) => text(value).into(),
    }
}
