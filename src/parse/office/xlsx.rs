//! Spreadsheets of articles: each sheet whose first row names the columns, row by row as in CSV.

use std::io::{Cursor, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::super::draft::Batch;
use super::super::table;
use super::{Collector, ParseError};
use crate::domain::article::Format;
use crate::domain::document::{Content, Document};
use crate::domain::ledger::Rejection;
use crate::parse::bundle::Package;

/// Further columns hold no field of an article.
const MAX_COLUMNS: u32 = 256;

/// A row of a sheet: its number and its cells by column.
type Row = (u32, Vec<String>);

/// A sheet from the row that names its columns on.
struct Table {
    sheet: String,
    header: Vec<String>,
    rows: Vec<Row>,
}

pub(super) fn read(
    package: &mut Package<'_>,
    document: &Document,
    collector: &mut Collector<'_>,
) -> Result<(), ParseError> {
    // The library unpacks without a bound; what unpacks within ours is safe for it.
    for name in package.names() {
        package.part(&name, collector)?;
    }
    let Content::Memory(bytes) = &document.content else {
        let (size, limit) = (document.size, collector.options().limits.member);
        return Err(Rejection::TooLarge { size, limit }.into());
    };
    let tables = catch_unwind(AssertUnwindSafe(|| tables(bytes)))
        .unwrap_or_else(|_| Err("its sheets cannot be read".into()));
    let tables = tables.map_err(|message| Rejection::Damaged {
        format: Format::Xlsx,
        message,
    })?;
    if tables.is_empty() {
        return Err(table::no_header().into());
    }
    let mapping = &collector.options().json;
    let mut batch = Batch::new(collector);
    for table in &tables {
        for (number, row) in &table.rows {
            let cells = table.header.iter().zip(row);
            let cells = cells.map(|(name, cell)| (name.as_str(), cell.as_str()));
            let article = table::article(cells, Format::Xlsx, mapping, document);
            batch.add(&format!("{}, row {number}", table.sheet), article)?;
        }
    }
    batch.finish("the sheet has no rows")
}

/// The sheets that hold a table of articles.
fn tables(bytes: &[u8]) -> Result<Vec<Table>, String> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut tables = Vec::new();
    for sheet in workbook.sheet_names() {
        let mut rows = rows(&mut workbook, &sheet)?.into_iter();
        // A title may stand above the table.
        let header =
            rows.find(|(_, cells)| table::n_known(cells.iter().map(String::as_str)).is_some());
        tables.extend(header.map(|(_, header)| Table {
            sheet,
            header,
            rows: rows.collect(),
        }));
    }
    Ok(tables)
}

/// The rows that have a cell, read cell by cell: a sheet may have one in its last row and column, and nothing before it.
fn rows(workbook: &mut Xlsx<impl Read + Seek>, name: &str) -> Result<Vec<Row>, String> {
    let mut cells = workbook
        .worksheet_cells_reader(name)
        .map_err(|error| error.to_string())?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if column >= MAX_COLUMNS || text.trim().is_empty() {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != row + 1) {
            rows.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
    }
    Ok(rows)
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTimeIso(time) | DataRef::DurationIso(time) => time.clone(),
        DataRef::DateTime(time) => time.as_datetime().map_or_else(String::new, |time| {
            // A date without a time is stored as midnight.
            let text = time.format("%Y-%m-%dT%H:%M:%S").to_string();
            text.trim_end_matches("T00:00:00").to_owned()
        }),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
