//! Whole tables as Arrow record batches: checked, and without copying.

use std::sync::Arc;

use arrow_array::types::UInt32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, ListArray, PrimitiveArray, RecordBatch, StringArray,
    TimestampSecondArray, UInt16Array, UInt32Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};

use crate::error::{Error, ErrorKind, Result};
use crate::graph::columns::{Lists, Texts};
use crate::graph::tables::{EventGraph, Table};

impl Table {
    /// The columns: names, types, and which may be null.
    pub fn schema(self) -> SchemaRef {
        let utf8 = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
        let u32 = |name: &str, nullable| Field::new(name, DataType::UInt32, nullable);
        let ids = |name: &str| Field::new(name, DataType::List(item()), false);
        let fields = match self {
            Self::Events => vec![
                utf8("key", false),
                Field::new("date", DataType::Date32, true),
                utf8("title", false),
                utf8("summary", true),
                u32("lead_topic", true),
                ids("topics"),
                Field::new("present", DataType::Boolean, false),
                utf8("page", true),
            ],
            Self::Links => vec![
                u32("source", false),
                u32("target", false),
                Field::new("rank", DataType::UInt16, false),
                ids("topics"),
                u32("line", false),
            ],
            Self::Topics => vec![utf8("name", false)],
            Self::Sources => {
                vec![
                    u32("event", false),
                    utf8("name", false),
                    utf8("url", false),
                    utf8("kind", false),
                ]
            }
            Self::Revisions => vec![
                u32("event", false),
                utf8("key", false),
                utf8("title", false),
                Field::new("seen", DataType::Timestamp(TimeUnit::Second, None), true),
                utf8("kind", false),
            ],
            Self::Problems => vec![
                utf8("code", false),
                utf8("severity", false),
                utf8("page", false),
                u32("line", false),
                utf8("message", false),
            ],
            Self::Adjacency => vec![u32("out_start", false), ids("in_links")],
        };
        Arc::new(Schema::new(fields))
    }
}

fn item() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::UInt32, false))
}

impl EventGraph {
    /// A table as an Arrow record batch that shares the graph's buffers.
    ///
    /// # Errors
    /// If the table is damaged: offsets or text that make no sense.
    ///
    /// # Complexity
    /// Linear in the length of the table's texts, which are checked.
    ///
    /// # Example
    /// ```
    /// # fn main() -> Result<(), threadline::Error> {
    /// use threadline::graph::Table;
    ///
    /// let graph = threadline::EventGraph::empty();
    /// let topics = graph.table(Table::Topics)?;
    /// assert_eq!(topics.num_rows(), 0);
    /// assert_eq!(topics.schema().field(0).name(), "name");
    /// # Ok(())
    /// # }
    /// ```
    pub fn table(&self, table: Table) -> Result<RecordBatch> {
        let damaged = |cause: ArrowError| {
            let message = format!("the table `{}` is damaged; build the graph again", table.name());
            Error::new(ErrorKind::Damaged, message).because(cause)
        };
        let columns = self.arrays(table).map_err(damaged)?;
        RecordBatch::try_new(table.schema(), columns).map_err(damaged)
    }

    fn arrays(&self, table: Table) -> Result<Vec<ArrayRef>, ArrowError> {
        let tables = &self.tables;
        Ok(match table {
            Table::Events => {
                let events = &tables.events;
                vec![
                    texts(&events.key)?,
                    Arc::new(Date32Array::try_new(events.date.clone(), events.date_valid.clone())?),
                    texts(&events.title)?,
                    texts(&events.summary)?,
                    ids(&events.lead_topic, events.lead_topic_valid.clone())?,
                    lists(&events.topics)?,
                    Arc::new(BooleanArray::new(events.present.clone(), None)),
                    texts(&events.page)?,
                ]
            }
            Table::Links => {
                let links = &tables.links;
                vec![
                    ids(&links.source, None)?,
                    ids(&links.target, None)?,
                    Arc::new(UInt16Array::try_new(links.rank.clone(), None)?),
                    lists(&links.topics)?,
                    ids(&links.line, None)?,
                ]
            }
            Table::Topics => vec![texts(&tables.topics)?],
            Table::Sources => {
                let sources = &tables.sources;
                vec![
                    ids(&sources.event, None)?,
                    texts(&sources.name)?,
                    texts(&sources.url)?,
                    texts(&sources.kind)?,
                ]
            }
            Table::Revisions => {
                let revisions = &tables.revisions;
                let seen = revisions.seen.clone();
                vec![
                    ids(&revisions.event, None)?,
                    texts(&revisions.key)?,
                    texts(&revisions.title)?,
                    Arc::new(TimestampSecondArray::try_new(seen, revisions.seen_valid.clone())?),
                    texts(&revisions.kind)?,
                ]
            }
            Table::Problems => {
                let problems = &tables.problems;
                vec![
                    texts(&problems.code)?,
                    texts(&problems.severity)?,
                    texts(&problems.page)?,
                    ids(&problems.line, None)?,
                    texts(&problems.message)?,
                ]
            }
            Table::Adjacency => {
                vec![ids(&tables.adjacency.out_start, None)?, lists(&tables.adjacency.in_links)?]
            }
        })
    }
}

fn ids(values: &ScalarBuffer<u32>, valid: Option<NullBuffer>) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(PrimitiveArray::<UInt32Type>::try_new(values.clone(), valid)?))
}

fn texts(column: &Texts) -> Result<ArrayRef, ArrowError> {
    let offsets = checked(column.offsets(), column.buffer().len())?;
    let bytes = column.buffer().clone();
    Ok(Arc::new(StringArray::try_new(offsets, bytes, column.valid().cloned())?))
}

fn lists(column: &Lists) -> Result<ArrayRef, ArrowError> {
    let offsets = checked(column.offsets(), column.values().len())?;
    let values = Arc::new(UInt32Array::try_new(column.values().clone(), None)?);
    Ok(Arc::new(ListArray::try_new(item(), offsets, values, None)?))
}

/// Arrow's own constructor panics where offsets make no sense.
fn checked(offsets: &ScalarBuffer<i32>, most: usize) -> Result<OffsetBuffer<i32>, ArrowError> {
    let starts_well = offsets.first().is_some_and(|&first| first >= 0);
    let rises = offsets.windows(2).all(|pair| pair[0] <= pair[1]);
    let ends_well = offsets.last().is_some_and(|&last| last as usize <= most);
    if starts_well && rises && ends_well {
        Ok(OffsetBuffer::new(offsets.clone()))
    } else {
        Err(ArrowError::InvalidArgumentError("offsets that make no sense".into()))
    }
}
