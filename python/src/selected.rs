//! The tables of some events: their rows by Arrow's kernels, with the row
//! numbers of events counted anew. What is selected is decided elsewhere.

use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::filter::filter;
use arrow_select::take::{TakeOptions, take, take_record_batch};
use threadline::EventGraph;
use threadline::graph::{Selection, Table};

/// The columns of a table that hold rows of `events`; `None` if it is not about
/// events.
pub(crate) fn event_columns(table: Table) -> Option<&'static [&'static str]> {
    match table {
        Table::Links => Some(&["source", "target"]),
        Table::Sources | Table::Revisions => Some(&["event"]),
        _ => None,
    }
}

/// The rows of the selected events, in their order.
pub(crate) fn events(
    batch: &RecordBatch,
    graph: &EventGraph,
    selection: &Selection,
) -> Result<RecordBatch, ArrowError> {
    let rows: UInt32Array = selection.events(graph).map(|event| Some(event.0)).collect();
    take_record_batch(batch, &rows)
}

/// The rows of which each of the `columns` names a selected event, as a row of
/// the table that [`events`] makes.
pub(crate) fn rows(
    batch: &RecordBatch,
    columns: &[&str],
    graph: &EventGraph,
    selection: &Selection,
) -> Result<RecordBatch, ArrowError> {
    let places = places(graph, selection);
    let mut arrays = batch.columns().to_vec();
    let mut kept = vec![true; batch.num_rows()];
    for name in columns {
        let at = batch.schema().index_of(name)?;
        arrays[at] = take(&places, &arrays[at], Some(TakeOptions { check_bounds: true }))?;
        for (row, kept) in kept.iter_mut().enumerate() {
            *kept &= arrays[at].is_valid(row);
        }
    }
    let kept = BooleanArray::from(kept);
    let arrays: Result<Vec<ArrayRef>, _> =
        arrays.iter().map(|array| filter(array, &kept)).collect();
    RecordBatch::try_new(batch.schema(), arrays?)
}

/// For each event its row among the selected ones; null if it is not selected.
fn places(graph: &EventGraph, selection: &Selection) -> UInt32Array {
    let mut next = 0;
    let place = |event| {
        selection.contains(event).then(|| {
            next += 1;
            next - 1
        })
    };
    graph.events().map(place).collect()
}
