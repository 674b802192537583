//! Records for people and for programs: tables, CSV, JSON, NDJSON, Markdown. Knows nothing of SQL.

pub mod chart;
pub mod document;
pub mod figure;
pub mod graph;
mod look;
pub mod page;
mod picture;
pub mod plain;
mod table;
mod words;
mod wrap;

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::{Map, Value as Json};

use crate::domain::records::{Records, Section, Value};
use crate::text::clean::{is_layout, printable, printable_line};

pub use look::Look;

/// How records are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table that fits the terminal
    Table,
    /// Comma-separated values with a header
    Csv,
    /// CSV for spreadsheets
    #[value(skip)]
    Excel,
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
        Format::Csv => csv(out, records, false),
        Format::Excel => csv(out, records, true),
        Format::Json => writeln!(out, "{}", shown_json(&format!("{:#}", array(records)))),
        Format::Ndjson => objects(records, None).try_for_each(|object| {
            writeln!(out, "{}", shown_json(&Json::Object(object).to_string()))
        }),
    }
}

/// Prints a report of several sections.
pub fn sections(out: &mut impl Write, sections: &[Section], format: Format) -> io::Result<()> {
    if format == Format::Json {
        let report: Map<String, Json> = sections
            .iter()
            .map(|section| (section.key.clone(), array(&section.records)))
            .collect();
        return writeln!(
            out,
            "{}",
            shown_json(&format!("{:#}", Json::Object(report)))
        );
    }
    if format == Format::Table {
        return tables(out, sections);
    }
    for (n, section) in sections.iter().enumerate() {
        match format {
            Format::Ndjson => {
                for object in objects(&section.records, Some(&section.key)) {
                    writeln!(out, "{}", shown_json(&Json::Object(object).to_string()))?;
                }
                continue;
            }
            Format::Markdown => writeln!(out, "## {}\n", printable_line(&section.title))?,
            _ => writeln!(
                out,
                "{}{}",
                if n > 0 { "\n" } else { "" },
                printable_line(&section.title)
            )?,
        }
        if let Some(note) = &section.note {
            writeln!(
                out,
                "{}{}",
                printable(note),
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
        for line in wrap::wrapped(&printable(&text), width, usize::MAX) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// CSV; for spreadsheets with a byte-order mark and without formulas.
fn csv(out: &mut impl Write, records: &Records, for_sheets: bool) -> io::Result<()> {
    if for_sheets {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let cell = |text: String| if for_sheets { no_formula(text) } else { text };
    let mut writer = csv::Writer::from_writer(out);
    // The library's own way from its error to io's forgets that a pipe was closed.
    let plain = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    };
    let columns = records.columns.iter().cloned().map(cell);
    writer.write_record(columns).map_err(plain)?;
    for row in &records.rows {
        let cells = row.iter().map(|value| match value {
            Value::Text(text) => cell(text.clone()),
            value => text(value),
        });
        writer.write_record(cells).map_err(plain)?;
    }
    writer.flush()
}

/// What tells a spreadsheet that a file is UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A text that no spreadsheet takes for a formula.
#[must_use]
pub fn no_formula(text: String) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula && text.parse::<f64>().is_err() {
        format!("'{text}")
    } else {
        text
    }
}

/// JSON in which what a terminal would obey is escaped; it means the same.
fn shown_json(json: &str) -> Cow<'_, str> {
    let steers = |c: char| c != '\n' && (c.is_control() || is_layout(c));
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if steers(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
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
