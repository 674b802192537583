//! Rows as text: CSV with a header, or one JSON object a line.

use std::io::{self, Write};

use crate::domain::export::{Cell, Column};

/// CSV with a header.
pub(super) struct CsvLines<W: Write>(csv::Writer<W>);

impl<W: Write> CsvLines<W> {
    pub(super) fn new(out: W, columns: &[Column]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        let header = writer.write_record(columns.iter().map(|(name, _)| name));
        header.map_err(as_it_was)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        self.fields(row).map_err(as_it_was)
    }

    fn fields(&mut self, row: &[Cell<'_>]) -> csv::Result<()> {
        for cell in row {
            match cell {
                Cell::Null => self.0.write_field("")?,
                Cell::Integer(number) => self.0.write_field(number.to_string())?,
                Cell::Real(number) => self.0.write_field(number.to_string())?,
                Cell::Text(text) => self.0.write_field(text.as_ref())?,
            }
        }
        self.0.write_record(None::<&[u8]>)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
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
