//! Rows as text: CSV with a header, or one JSON object a line.

use std::io::{self, Write};

use crate::domain::export::{Cell, Column};
use crate::render::{BYTE_ORDER_MARK, no_formula};

/// CSV with a header.
pub(super) struct CsvLines<W: Write> {
    out: csv::Writer<W>,
    for_sheets: bool,
}

impl<W: Write> CsvLines<W> {
    /// `for_sheets` adds a byte-order mark and makes cells harmless that a spreadsheet would take for formulas.
    pub(super) fn new(mut out: W, columns: &[Column], for_sheets: bool) -> io::Result<Self> {
        if for_sheets {
            out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        let mut writer = csv::Writer::from_writer(out);
        let header = writer.write_record(columns.iter().map(|(name, _)| name));
        header.map_err(as_it_was)?;
        Ok(Self {
            out: writer,
            for_sheets,
        })
    }

    pub(super) fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        self.fields(row).map_err(as_it_was)
    }

    fn fields(&mut self, row: &[Cell<'_>]) -> csv::Result<()> {
        for cell in row {
            match cell {
                Cell::Null => self.out.write_field("")?,
                Cell::Integer(number) => self.out.write_field(number.to_string())?,
                Cell::Real(number) => self.out.write_field(number.to_string())?,
                Cell::Text(text) if self.for_sheets => {
                    self.out.write_field(no_formula(text.to_string()))?;
                }
                Cell::Text(text) => self.out.write_field(text.as_ref())?,
            }
        }
        self.out.write_record(None::<&[u8]>)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The error of the file or pipe, by which a closed pipe is known.
fn as_it_was(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One JSON object on a line, its keys in the order of the columns.
pub(super) fn json_line(
    out: &mut impl Write,
    columns: &[Column],
    row: &[Cell<'_>],
) -> io::Result<()> {
    let mut before = '{';
    for ((name, _), cell) in columns.iter().zip(row) {
        write!(out, "{before}\"{name}\":")?;
        match cell {
            Cell::Null => out.write_all(b"null")?,
            Cell::Integer(number) => write!(out, "{number}")?,
            Cell::Real(number) => serde_json::to_writer(&mut *out, number)?,
            Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
        }
        before = ',';
    }
    out.write_all(b"}\n")
}
