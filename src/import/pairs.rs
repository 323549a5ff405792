//! Pairs of names of events: a CSV table or a frame with the columns `from` and
//! `to`, or `from_event` and `to_event`, as answers call them.

use std::borrow::Cow;
use std::io::Read;

use arrow_array::RecordBatch;
use arrow_schema::DataType;
use csv::ReaderBuilder;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::arrow::Frame;
use crate::import::csv::place;
use crate::model::cell;

/// The names of the two columns.
const COLUMNS: [[&str; 2]; 2] = [["from", "to"], ["from_event", "to_event"]];

/// The pairs of a table, and the line that each stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOfPairs {
    /// The two names of each.
    pub pairs: Vec<(String, String)>,
    /// From 1.
    pub lines: Vec<u64>,
}

/// The pairs of a CSV table, whose first line names the columns. Other columns
/// are passed over; a cell that is missing is an empty name. `name` is what
/// messages call the table.
///
/// # Errors
/// If it cannot be read, is no UTF-8, lacks a column, or has a line with more
/// cells than the first one.
pub fn read_pairs(table: impl Read, name: &str) -> Result<TableOfPairs> {
    let fail = |cause: csv::Error| unreadable(cause, name);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(table);
    let headers = reader.byte_headers().map_err(fail)?;
    let places = |[from, to]: [&str; 2]| Some((place(headers, from)?, place(headers, to)?));
    let Some((from, to)) = COLUMNS.into_iter().find_map(places) else {
        let message = "the pairs need the columns `from` and `to`; the first line has to name the \
                       columns, with commas between them";
        return Err(Error::new(ErrorKind::Input, message).at(name));
    };
    let columns = headers.len();
    let mut found = TableOfPairs::default();
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let line = record.position().map_or(0, csv::Position::line);
        // Words of a title with a comma among them: what follows would be lost.
        if record.len() > columns {
            let message = format!(
                "{} cells, and the first line names {columns}; a name that holds a comma has to \
                 stand in quotes",
                record.len()
            );
            return Err(Error::new(ErrorKind::Input, message).at(format!("{name}:{line}")));
        }
        let cell = |column: usize| cell::read(record.get(column).unwrap_or_default()).to_owned();
        found.pairs.push((cell(from), cell(to)));
        found.lines.push(line);
    }
    Ok(found)
}

fn unreadable(cause: csv::Error, name: &str) -> Error {
    let at = match cause.position() {
        Some(position) => format!("{name}:{}", position.line()),
        None => name.to_owned(),
    };
    match cause.kind() {
        csv::ErrorKind::Utf8 { .. } => Error::new(ErrorKind::Input, "the line is not UTF-8").at(at),
        csv::ErrorKind::Io(_) => Error::new(ErrorKind::Io, "cannot read it").at(at).because(cause),
        _ => Error::new(ErrorKind::Input, "cannot read the pairs").at(at).because(cause),
    }
}

/// The pairs of a frame: two columns of text of any kind, or of numbers where
/// keys of the graph are numbers. Null is an empty name.
///
/// # Errors
/// If a column is missing, has a type that makes no sense, or holds numbers
/// where no key is one: they are rows of a table, or somebody else's ids.
pub fn pairs_in<'f>(
    frame: &'f [RecordBatch],
    graph: &EventGraph,
) -> Result<Vec<(Cow<'f, str>, Cow<'f, str>)>> {
    let mut pairs = Vec::new();
    for batch in frame {
        let has = |names: &&[&str; 2]| names.iter().all(|n| batch.column_by_name(n).is_some());
        let [from, to] = COLUMNS.iter().find(has).unwrap_or(&COLUMNS[0]);
        for name in [from, to] {
            let column = batch.column_by_name(name).map(|column| column.data_type());
            if column.is_some_and(DataType::is_numeric) && !has_numbers_for_keys(graph) {
                let message = format!(
                    "the column `{name}` of the pairs holds numbers, and no event of this graph \
                     has a number for its key; pairs name events by key, an end of it, or words"
                );
                return Err(Error::new(ErrorKind::Input, message));
            }
        }
        let frame = Frame { name: "the pairs", batch };
        let (from, to) = (frame.needed(from)?, frame.needed(to)?);
        pairs.extend((0..batch.num_rows()).map(|row| (from.text(row), to.text(row))));
    }
    Ok(pairs)
}

fn has_numbers_for_keys(graph: &EventGraph) -> bool {
    graph.events().any(|event| graph.key(event).parse::<f64>().is_ok())
}
