//! Pairs of names of events: a CSV table or a frame with the columns `from` and
//! `to`, or `from_event` and `to_event`, as answers call them.

use std::borrow::Cow;
use std::io::Read;

use arrow_array::RecordBatch;
use csv::ReaderBuilder;

use crate::error::{Error, ErrorKind, Result};
use crate::import::arrow::Frame;
use crate::import::csv::place;
use crate::model::cell;

/// The names of the two columns.
const COLUMNS: [[&str; 2]; 2] = [["from", "to"], ["from_event", "to_event"]];

/// The pairs of a CSV table, whose first line names the columns. Other columns
/// are passed over; a cell that is missing is an empty name.
///
/// # Errors
/// If it cannot be read, is no UTF-8, lacks a column, or has a line with more
/// cells than the first one.
pub fn read_pairs(table: impl Read) -> Result<Vec<(String, String)>> {
    let fail = |cause: csv::Error| {
        let kind = if cause.is_io_error() { ErrorKind::Io } else { ErrorKind::Input };
        Error::new(kind, "cannot read the pairs").because(cause)
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(table);
    let headers = reader.byte_headers().map_err(fail)?;
    let places = |[from, to]: [&str; 2]| Some((place(headers, from)?, place(headers, to)?));
    let Some((from, to)) = COLUMNS.into_iter().find_map(places) else {
        let message = "the pairs need the columns `from` and `to`; the first line has to name the \
                       columns, with commas between them";
        return Err(Error::new(ErrorKind::Input, message));
    };
    let columns = headers.len();
    let pair = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(fail)?;
        // Words of a title with a comma among them: what follows would be lost.
        if record.len() > columns {
            let line = record.position().map_or(0, csv::Position::line);
            let message = format!(
                "line {line} of the pairs has {} cells, the first line names {columns}; a name \
                 that holds a comma has to stand in quotes",
                record.len()
            );
            return Err(Error::new(ErrorKind::Input, message));
        }
        let name = |column: usize| cell::read(record.get(column).unwrap_or_default()).to_owned();
        Ok((name(from), name(to)))
    };
    reader.records().map(pair).collect()
}

/// The pairs of a frame: two columns of text of any kind, or of numbers where
/// keys are numbers. Null is an empty name.
///
/// # Errors
/// If a column is missing, or has a type that makes no sense.
pub fn pairs_in(frame: &[RecordBatch]) -> Result<Vec<(Cow<'_, str>, Cow<'_, str>)>> {
    let mut pairs = Vec::new();
    for batch in frame {
        let has = |names: &&[&str; 2]| names.iter().all(|n| batch.column_by_name(n).is_some());
        let [from, to] = COLUMNS.iter().find(has).unwrap_or(&COLUMNS[0]);
        let frame = Frame { name: "the pairs", batch };
        let (from, to) = (frame.needed(from)?, frame.needed(to)?);
        pairs.extend((0..batch.num_rows()).map(|row| (from.text(row), to.text(row))));
    }
    Ok(pairs)
}
