//! Parquet, a group of rows at a time.

use crate::cell::{Cell, Column, TableWriter, Type};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type as Schema;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a group at most.
const GROUP_ROWS: usize = 16_384;
/// Bytes of text that a group may hold before it is written.
const GROUP_BYTES: usize = 16 << 20;

/// What waits to be written in a column: the values that are there, and for each row whether one is.
#[derive(Debug)]
enum Held {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<bool>),
}

impl Held {
    fn new(kind: Type) -> Held {
        match kind {
            Type::Text => Held::Text(Vec::new()),
            Type::Int => Held::Int(Vec::new()),
            Type::Float => Held::Float(Vec::new()),
            Type::Bool => Held::Bool(Vec::new()),
        }
    }

    /// Takes a cell; gives whether there is a value. A cell of another type than the column's counts as none.
    fn take(&mut self, cell: Cell) -> bool {
        match (self, cell) {
            (Held::Text(all), Cell::Text(text)) => all.push(ByteArray::from(text.into_bytes())),
            (Held::Int(all), Cell::Int(n)) => all.push(n),
            (Held::Float(all), Cell::Float(x)) => all.push(x),
            (Held::Bool(all), Cell::Bool(yes)) => all.push(yes),
            _ => return false,
        }
        true
    }
}

/// Writes a table as Parquet: every column optional, text as UTF-8 strings, Snappy.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: &'static [Column],
    held: Vec<(Held, Vec<i16>)>,
    group_rows: usize,
    group_bytes: usize,
    rows: u64,
}

fn failed(e: ParquetError) -> io::Error {
    match e {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(e) => *e,
            Err(e) => io::Error::other(e),
        },
        e => io::Error::other(e),
    }
}

fn schema(table: &str, columns: &[Column]) -> Result<Schema, ParquetError> {
    let field = |c: &Column| {
        let (physical, logical) = match c.kind {
            Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Type::Int => (Physical::INT64, None),
            Type::Float => (Physical::DOUBLE, None),
            Type::Bool => (Physical::BOOLEAN, None),
        };
        let field = Schema::primitive_type_builder(c.name, physical);
        Ok(Arc::new(field.with_logical_type(logical).with_repetition(Repetition::OPTIONAL).build()?))
    };
    let fields = columns.iter().map(field).collect::<Result<_, ParquetError>>()?;
    Schema::group_type_builder(table).with_fields(fields).build()
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Starts a file of this table; what stands in each column is told in the file's own notes.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn new(out: W, table: &str, columns: &'static [Column], version: &str) -> io::Result<ParquetWriter<W>> {
        let schema = Arc::new(schema(table, columns).map_err(failed)?);
        let note = |key: String, value: &str| KeyValue { key, value: Some(value.to_owned()) };
        let mut notes = vec![note("dateline".to_owned(), version)];
        notes.extend(columns.iter().map(|c| note(format!("column {}", c.name), c.about)));
        let properties = WriterProperties::builder()
            .set_created_by(version.to_owned())
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(notes))
            .build();
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(failed)?;
        let held = columns.iter().map(|c| (Held::new(c.kind), Vec::new())).collect();
        Ok(ParquetWriter { writer, columns, held, group_rows: 0, group_bytes: 0, rows: 0 })
    }

    /// Writes the rows that wait.
    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.group_rows == 0 {
            return Ok(());
        }
        let fresh = self.columns.iter().map(|c| (Held::new(c.kind), Vec::new())).collect();
        let held = std::mem::replace(&mut self.held, fresh);
        (self.group_rows, self.group_bytes) = (0, 0);
        let mut group = self.writer.next_row_group()?;
        for (values, there) in held {
            match values {
                Held::Text(v) => write_column::<ByteArrayType, W>(&mut group, &v, &there)?,
                Held::Int(v) => write_column::<Int64Type, W>(&mut group, &v, &there)?,
                Held::Float(v) => write_column::<DoubleType, W>(&mut group, &v, &there)?,
                Held::Bool(v) => write_column::<BoolType, W>(&mut group, &v, &there)?,
            }
        }
        group.close()?;
        Ok(())
    }
}

fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    there: &[i16],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("a row has more cells than the table columns".to_owned()));
    };
    column.typed::<T>().write_batch(values, Some(there), None)?;
    column.close()
}

impl<W: Write + Send> TableWriter for ParquetWriter<W> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        let mut cells = cells.into_iter();
        for (held, there) in &mut self.held {
            let cell = cells.next().unwrap_or_default();
            if let Cell::Text(text) = &cell {
                self.group_bytes += text.len();
            }
            there.push(i16::from(held.take(cell)));
        }
        self.group_rows += 1;
        self.rows += 1;
        if self.group_rows >= GROUP_ROWS || self.group_bytes >= GROUP_BYTES {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        self.write_group().map_err(failed)?;
        let mut out = self.writer.into_inner().map_err(failed)?;
        out.flush()?;
        Ok(self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{float, int, text, yes};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    const COLUMNS: &[Column] = &[text("words", "w"), int("start", "s"), float("value", "v"), yes("government", "g")];

    fn written(rows: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Box::new(ParquetWriter::new(&mut out, "facts", COLUMNS, "dateline 0").unwrap());
        for i in 0..rows {
            let words = if i % 3 == 0 { Cell::Null } else { Cell::from(format!("żółw {i}")) };
            writer.row(vec![words, Cell::from(i), Cell::from(i as f64 / 4.0), Cell::from(i % 2 == 0)]).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), rows as u64);
        out
    }

    #[test]
    fn rows_come_back_over_several_groups() {
        let rows = GROUP_ROWS + 100;
        let bytes = written(rows);
        assert_eq!(bytes, written(rows), "the same rows give the same bytes");
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let mut seen = 0;
        for (i, row) in reader.get_row_iter(None).unwrap().enumerate() {
            let row: Vec<Field> = row.unwrap().get_column_iter().map(|(_, f)| f.clone()).collect();
            let words = if i % 3 == 0 { Field::Null } else { Field::Str(format!("żółw {i}")) };
            assert_eq!(row, [words, Field::Long(i as i64), Field::Double(i as f64 / 4.0), Field::Bool(i % 2 == 0)]);
            seen += 1;
        }
        assert_eq!(seen, rows);
    }

    #[test]
    fn a_table_without_rows_is_a_file() {
        let reader = SerializedFileReader::new(bytes::Bytes::from(written(0))).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
        assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), COLUMNS.len());
    }
}
