//! Rows as Parquet: 64-bit integers, doubles and UTF-8, each value optional, in groups of bounded size.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::domain::export::{Cell, Column, ColumnType};

/// A group is written when it holds so many rows or so many bytes of text: readers skip and read by groups.
const GROUP_ROWS: usize = 100_000;
const GROUP_BYTES: usize = 16 << 20;

/// The values of a column in the group at hand, those that are there.
enum Values {
    Integers(Vec<i64>),
    Reals(Vec<f64>),
    Texts(Vec<ByteArray>),
}

struct Buffer {
    values: Values,
    /// 1 where the row has a value, 0 where it has none.
    present: Vec<i16>,
}

/// A Parquet file in the making.
pub(super) struct ParquetRows<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    buffers: Vec<Buffer>,
    n_rows: usize,
    n_bytes: usize,
}

impl<W: Write + Send> ParquetRows<W> {
    pub(super) fn new(out: W, name: &str, columns: &[Column]) -> io::Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<_, _>>();
        let schema = fields
            .and_then(|fields| Type::group_type_builder(name).with_fields(fields).build())
            .map_err(failed)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("microfiche {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties));
        Ok(Self {
            writer: writer.map_err(failed)?,
            buffers: columns.iter().map(|(_, of)| Buffer::new(*of)).collect(),
            n_rows: 0,
            n_bytes: 0,
        })
    }

    pub(super) fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        for (buffer, cell) in self.buffers.iter_mut().zip(row) {
            self.n_bytes += buffer.take(cell);
        }
        self.n_rows += 1;
        if self.n_rows >= GROUP_ROWS || self.n_bytes >= GROUP_BYTES {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        if self.n_rows > 0 {
            self.write_group().map_err(failed)?;
        }
        let mut out = self.writer.into_inner().map_err(failed)?;
        out.flush()
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for buffer in &mut self.buffers {
            let Some(mut column) = group.next_column()? else {
                break;
            };
            let present = Some(buffer.present.as_slice());
            match &buffer.values {
                Values::Integers(values) => {
                    write::<Int64Type>(&mut column, values, present)?;
                }
                Values::Reals(values) => write::<DoubleType>(&mut column, values, present)?,
                Values::Texts(values) => write::<ByteArrayType>(&mut column, values, present)?,
            }
            column.close()?;
            buffer.clear();
        }
        group.close()?;
        (self.n_rows, self.n_bytes) = (0, 0);
        Ok(())
    }
}

fn write<T: DataType>(
    column: &mut parquet::file::writer::SerializedColumnWriter<'_>,
    values: &[T::T],
    present: Option<&[i16]>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, present, None)?;
    Ok(())
}

impl Buffer {
    fn new(of: ColumnType) -> Self {
        let values = match of {
            ColumnType::Integer => Values::Integers(Vec::new()),
            ColumnType::Real => Values::Reals(Vec::new()),
            ColumnType::Text => Values::Texts(Vec::new()),
        };
        Self {
            values,
            present: Vec::new(),
        }
    }

    /// Keeps a value, and says how many bytes of text it takes. One of another type than the column's is none.
    fn take(&mut self, cell: &Cell<'_>) -> usize {
        let mut n_bytes = 0;
        let is_there = match (&mut self.values, cell) {
            (Values::Integers(values), Cell::Integer(number)) => {
                values.push(*number);
                true
            }
            (Values::Reals(values), Cell::Real(number)) => {
                values.push(*number);
                true
            }
            (Values::Texts(values), Cell::Text(text)) => {
                n_bytes = text.len();
                values.push(ByteArray::from(text.as_ref()));
                true
            }
            _ => false,
        };
        self.present.push(i16::from(is_there));
        n_bytes
    }

    fn clear(&mut self) {
        self.present.clear();
        match &mut self.values {
            Values::Integers(values) => values.clear(),
            Values::Reals(values) => values.clear(),
            Values::Texts(values) => values.clear(),
        }
    }
}

fn field((name, of): &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match of {
        ColumnType::Integer => (Physical::INT64, None),
        ColumnType::Real => (Physical::DOUBLE, None),
        ColumnType::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let field = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    Ok(Arc::new(field.build()?))
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}
