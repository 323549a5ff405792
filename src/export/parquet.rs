//! A folder with one Parquet file a table, for pandas, Polars, DuckDB, Spark.
//!
//! The columns are those of CSV, with types: ids are keys and names, lists are
//! lists, days are dates. Values that repeat are kept in dictionaries, pages
//! are packed with zstd and have statistics. Rows are written in groups, so
//! memory does not grow with the graph.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, RecordBatch, StringArray, TimestampMillisecondArray,
    UInt16Array, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result as ParquetResult;
use parquet::file::properties::WriterProperties;

use crate::error::{Error, ErrorKind, Result};
use crate::export::attributes::GENERATOR;
use crate::export::records;
use crate::export::target::Target;
use crate::export::{make_folder, problems_of, topics_of};
use crate::graph::{EventGraph, Link, ProblemRow, RevisionRow, Selection, SourceRow};
use crate::model::{EventId, TopicId};

/// Rows that are turned into columns at a time.
const BATCH: usize = 4_096;

/// Rows of a group: what DuckDB writes and reads best in parallel.
const GROUP_ROWS: usize = 122_880;

/// What a group weighs in memory at most before it is written.
const GROUP_BYTES: usize = 32 << 20;

/// Writes a file for each table into a folder, which is made if need be.
///
/// # Errors
/// If the folder or a file cannot be written. No file is ever half written.
pub(super) fn write_folder(graph: &EventGraph, selection: &Selection, folder: &Path) -> Result<()> {
    make_folder(folder)?;
    let events = || selection.events(graph);
    let sources = events().flat_map(|event| graph.sources_of(event));
    let revisions = events().flat_map(|event| graph.revisions_of(event));
    let path = |name: &str| folder.join(name);
    table(&path("events.parquet"), events(), |rows| event_columns(graph, rows))?;
    let links = selection.links(graph);
    table(&path("links.parquet"), links, |rows| link_columns(graph, rows))?;
    let topics = topics_of(graph, selection);
    table(&path("topics.parquet"), topics, |rows| topic_columns(graph, rows))?;
    table(&path("sources.parquet"), sources, |rows| source_columns(graph, rows))?;
    table(&path("revisions.parquet"), revisions, |rows| revision_columns(graph, rows))?;
    let problems = problems_of(graph, selection);
    table(&path("problems.parquet"), problems, problem_columns)
}

/// A column: its name, whether it may be null, its values.
type Column = (&'static str, bool, ArrayRef);

/// Writes a table, batch by batch.
fn table<T>(
    path: &Path,
    mut rows: impl Iterator<Item = T>,
    columns: impl Fn(&[T]) -> Vec<Column>,
) -> Result<()> {
    let mut target = Target::open(path)?;
    let mut write = || -> ParquetResult<()> {
        let (names, none): (Vec<_>, Vec<_>) = columns(&[])
            .into_iter()
            .map(|(name, null, column)| ((name, null), column.data_type().clone()))
            .unzip();
        let fields = names.iter().zip(none);
        let fields: Vec<Field> =
            fields.map(|(&(name, null), of_type)| Field::new(name, of_type, null)).collect();
        let schema = Arc::new(Schema::new(fields));
        let mut writer =
            ArrowWriter::try_new(&mut target, Arc::clone(&schema), Some(properties()))?;
        loop {
            let batch: Vec<T> = rows.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let columns = columns(&batch).into_iter().map(|(_, _, column)| column).collect();
            writer.write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)?;
            if writer.in_progress_size() > GROUP_BYTES {
                writer.flush()?;
            }
        }
        writer.close().map(drop)
    };
    write().map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot write the file").at(path).because(cause)
    })?;
    target.finish()
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(GENERATOR.to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .build()
}

fn event_columns(graph: &EventGraph, rows: &[EventId]) -> Vec<Column> {
    let each = || rows.iter().copied();
    let lead = |event| graph.lead_topic(event).map(|topic| graph.topic_name(topic));
    let days = each().map(|event| graph.date(event).map(|date| date.days()));
    let present: BooleanArray = each().map(|event| Some(graph.present(event))).collect();
    vec![
        ("key", false, texts(each().map(|event| graph.key(event)))),
        ("date", true, Arc::new(Date32Array::from_iter(days))),
        ("title", false, texts(each().map(|event| graph.title(event)))),
        ("summary", true, texts_or_null(each().map(|event| graph.summary(event)))),
        ("lead_topic", true, texts_or_null(each().map(lead))),
        ("topics", false, lists(each().map(|event| records::topics(graph, event)))),
        ("present", false, Arc::new(present)),
        ("page", true, texts_or_null(each().map(|event| graph.page(event)))),
    ]
}

fn link_columns(graph: &EventGraph, rows: &[Link]) -> Vec<Column> {
    let each = || rows.iter();
    let ranks = UInt16Array::from_iter_values(each().map(|link| link.rank));
    let lines = UInt32Array::from_iter_values(each().map(|link| link.line));
    vec![
        ("source", false, texts(each().map(|link| graph.key(link.source)))),
        ("target", false, texts(each().map(|link| graph.key(link.target)))),
        ("rank", false, Arc::new(ranks)),
        ("topics", false, lists(each().map(|link| records::link_topics(graph, link.id)))),
        ("line", false, Arc::new(lines)),
    ]
}

fn topic_columns(graph: &EventGraph, rows: &[TopicId]) -> Vec<Column> {
    vec![("name", false, texts(rows.iter().map(|&topic| graph.topic_name(topic))))]
}

fn source_columns(graph: &EventGraph, rows: &[SourceRow<'_>]) -> Vec<Column> {
    vec![
        ("event", false, texts(rows.iter().map(|source| graph.key(source.event)))),
        ("name", false, texts(rows.iter().map(|source| source.name))),
        ("url", false, texts(rows.iter().map(|source| source.url))),
        ("kind", false, texts(rows.iter().map(|source| source.kind))),
    ]
}

fn revision_columns(graph: &EventGraph, rows: &[RevisionRow<'_>]) -> Vec<Column> {
    // Parquet has no seconds; what does not fit into milliseconds is no time.
    let seen = rows.iter().map(|revision| revision.seen?.checked_mul(1_000));
    vec![
        ("event", false, texts(rows.iter().map(|revision| graph.key(revision.event)))),
        ("key", false, texts(rows.iter().map(|revision| revision.key))),
        ("title", false, texts(rows.iter().map(|revision| revision.title))),
        ("seen", true, Arc::new(TimestampMillisecondArray::from_iter(seen))),
        ("kind", false, texts(rows.iter().map(|revision| revision.kind))),
    ]
}

fn problem_columns(rows: &[ProblemRow<'_>]) -> Vec<Column> {
    let lines = UInt32Array::from_iter_values(rows.iter().map(|problem| problem.line));
    vec![
        ("code", false, texts(rows.iter().map(|problem| problem.code))),
        ("severity", false, texts(rows.iter().map(|problem| problem.severity))),
        ("page", false, texts(rows.iter().map(|problem| problem.page))),
        ("line", false, Arc::new(lines)),
        ("message", false, texts(rows.iter().map(|problem| problem.message))),
    ]
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(texts))
}

fn texts_or_null<'t>(texts: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(texts))
}

fn lists<'t>(lists: impl Iterator<Item = Vec<&'t str>>) -> ArrayRef {
    // The name that the Parquet format gives the items of a list.
    let item = Field::new("element", DataType::Utf8, false);
    let mut builder = ListBuilder::new(StringBuilder::new()).with_field(item);
    for list in lists {
        list.iter().for_each(|text| builder.values().append_value(text));
        builder.append(true);
    }
    Arc::new(builder.finish())
}
