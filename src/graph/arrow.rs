//! Whole tables as Arrow record batches: checked, and without copying.

use std::sync::{Arc, OnceLock};

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, DictionaryArray, Int32Array, ListArray,
    RecordBatch, StringArray, TimestampSecondArray, UInt16Array, UInt32Array,
};
use arrow_buffer::{BooleanBuffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::columns::{Lists, Texts};
use crate::graph::dictionary::DictionaryTexts;
use crate::graph::tables::{EventGraph, Table};

impl Table {
    /// The columns: names, types, and which may be null.
    pub fn schema(self) -> SchemaRef {
        let utf8 = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
        let dictionary = |name: &str| Field::new(name, dictionary_of(DataType::Utf8), false);
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
                dictionary("code"),
                dictionary("severity"),
                dictionary("page"),
                u32("line", false),
                dictionary("message"),
            ],
            Self::Adjacency => vec![u32("out_start", false), ids("in_links")],
        };
        Arc::new(Schema::new(fields))
    }
}

/// Texts that repeat, each kept once; frame libraries know keys with a sign best.
fn dictionary_of(texts: DataType) -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(texts))
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
    /// The first time linear in the length of the table's texts, which are
    /// checked, a column a thread; from then on O(1).
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
        let known = self.batches.of(table);
        if let Some(batch) = known.get() {
            return Ok(batch.clone());
        }
        let batch = self.batch(table, table.schema(), strings)?;
        Ok(known.get_or_init(|| batch).clone())
    }

    /// A table as it is written to a file: as [`EventGraph::table`] has it, but
    /// with texts as Arrow's `binary`, which lies in memory just as `utf8` does.
    /// They are checked all the same, several times as fast as Arrow checks
    /// them, which for Chinese takes longer than to write them.
    ///
    /// # Errors
    /// As [`EventGraph::table`].
    pub(crate) fn table_to_write(&self, table: Table) -> Result<RecordBatch> {
        let as_bytes = |field: &Arc<Field>| {
            let kind = match field.data_type() {
                DataType::Utf8 => DataType::Binary,
                DataType::Dictionary(..) => dictionary_of(DataType::Binary),
                other => other.clone(),
            };
            field.as_ref().clone().with_data_type(kind)
        };
        let schema = table.schema().fields().iter().map(as_bytes).collect::<Vec<_>>();
        self.batch(table, Arc::new(Schema::new(schema)), bytes)
    }

    fn batch(&self, table: Table, schema: SchemaRef, texts: OfTexts) -> Result<RecordBatch> {
        let columns = self.columns(table);
        // Most of the work is reading the file for the first time.
        let arrays: Vec<_> = columns.into_par_iter().map(|column| column.array(texts)).collect();
        let arrays: Result<Vec<ArrayRef>, ArrowError> = arrays.into_iter().collect();
        arrays.and_then(|arrays| RecordBatch::try_new(schema, arrays)).map_err(|cause| {
            let message = format!("the table `{table}` is damaged; build the graph again");
            Error::new(ErrorKind::Damaged, message).because(cause)
        })
    }

    fn columns(&self, table: Table) -> Vec<Column<'_>> {
        let tables = &self.tables;
        match table {
            Table::Events => {
                let events = &tables.events;
                vec![
                    Column::Texts(&events.key),
                    Column::Days(&events.date, events.date_valid.as_ref()),
                    Column::Texts(&events.title),
                    Column::Texts(&events.summary),
                    Column::Ids(&events.lead_topic, events.lead_topic_valid.as_ref()),
                    Column::Lists(&events.topics),
                    Column::Flags(&events.present),
                    Column::Texts(&events.page),
                ]
            }
            Table::Links => {
                let links = &tables.links;
                vec![
                    Column::Ids(&links.source, None),
                    Column::Ids(&links.target, None),
                    Column::Ranks(&links.rank),
                    Column::Lists(&links.topics),
                    Column::Ids(&links.line, None),
                ]
            }
            Table::Topics => vec![Column::Texts(&tables.topics)],
            Table::Sources => {
                let sources = &tables.sources;
                vec![
                    Column::Ids(&sources.event, None),
                    Column::Texts(&sources.name),
                    Column::Texts(&sources.url),
                    Column::Texts(&sources.kind),
                ]
            }
            Table::Revisions => {
                let revisions = &tables.revisions;
                vec![
                    Column::Ids(&revisions.event, None),
                    Column::Texts(&revisions.key),
                    Column::Texts(&revisions.title),
                    Column::Seconds(&revisions.seen, revisions.seen_valid.as_ref()),
                    Column::Texts(&revisions.kind),
                ]
            }
            Table::Problems => {
                let problems = &tables.problems;
                vec![
                    Column::Dictionary(&problems.code),
                    Column::Dictionary(&problems.severity),
                    Column::Dictionary(&problems.page),
                    Column::Ids(&problems.line, None),
                    Column::Dictionary(&problems.message),
                ]
            }
            Table::Adjacency => {
                let adjacency = &tables.adjacency;
                vec![Column::Ids(&adjacency.out_start, None), Column::Lists(&adjacency.in_links)]
            }
        }
    }
}

/// The tables that were checked already. Whoever asks for one again gets the
/// same arrays: a notebook asks for `graph.events` in every cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Batches([OnceLock<RecordBatch>; Table::ALL.len()]);

impl Batches {
    fn of(&self, table: Table) -> &OnceLock<RecordBatch> {
        &self.0[table as usize]
    }
}

/// A column before it is checked.
enum Column<'t> {
    Texts(&'t Texts),
    Dictionary(&'t DictionaryTexts),
    Lists(&'t Lists),
    Ids(&'t ScalarBuffer<u32>, Option<&'t NullBuffer>),
    Ranks(&'t ScalarBuffer<u16>),
    Days(&'t ScalarBuffer<i32>, Option<&'t NullBuffer>),
    Seconds(&'t ScalarBuffer<i64>, Option<&'t NullBuffer>),
    Flags(&'t BooleanBuffer),
}

/// Makes the array of a column of texts.
type OfTexts = fn(&Texts) -> Result<ArrayRef, ArrowError>;

impl Column<'_> {
    fn array(self, texts: OfTexts) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Texts(column) => texts(column)?,
            Self::Dictionary(column) => {
                let keys = Int32Array::try_new(column.keys().clone(), None)?;
                Arc::new(DictionaryArray::try_new(keys, texts(column.dictionary())?)?)
            }
            Self::Lists(column) => lists(column)?,
            Self::Ids(ids, valid) => Arc::new(UInt32Array::try_new(ids.clone(), valid.cloned())?),
            Self::Ranks(ranks) => Arc::new(UInt16Array::try_new(ranks.clone(), None)?),
            Self::Days(days, valid) => {
                Arc::new(Date32Array::try_new(days.clone(), valid.cloned())?)
            }
            Self::Seconds(seconds, valid) => {
                Arc::new(TimestampSecondArray::try_new(seconds.clone(), valid.cloned())?)
            }
            Self::Flags(flags) => Arc::new(BooleanArray::new(flags.clone(), None)),
        })
    }
}

fn strings(column: &Texts) -> Result<ArrayRef, ArrowError> {
    let offsets = checked(column.offsets(), column.buffer().len())?;
    let bytes = column.buffer().clone();
    Ok(Arc::new(StringArray::try_new(offsets, bytes, column.valid().cloned())?))
}

fn bytes(column: &Texts) -> Result<ArrayRef, ArrowError> {
    let offsets = checked(column.offsets(), column.buffer().len())?;
    let (bytes, valid) = (column.buffer().clone(), column.valid().cloned());
    let (first, last) = (offsets[0] as usize, offsets[offsets.len() - 1] as usize);
    let text = simdutf8::basic::from_utf8(&bytes[first..last]);
    let sound = text.is_ok_and(|text| {
        let begins_well = |&offset: &i32| text.is_char_boundary(offset as usize - first);
        offsets.iter().all(begins_well)
    });
    if !sound {
        return Err(ArrowError::InvalidArgumentError("text that is no UTF-8".into()));
    }
    Ok(Arc::new(BinaryArray::try_new(offsets, bytes, valid)?))
}

fn lists(column: &Lists) -> Result<ArrayRef, ArrowError> {
    let offsets = checked(column.offsets(), column.values().len())?;
    let values = Arc::new(UInt32Array::try_new(column.values().clone(), None)?);
    Ok(Arc::new(ListArray::try_new(item(), offsets, values, None)?))
}

/// Arrow's own constructor panics where offsets make no sense.
fn checked(offsets: &ScalarBuffer<i32>, most: usize) -> Result<OffsetBuffer<i32>, ArrowError> {
    let starts_well = offsets.first().is_some_and(|&first| first >= 0);
    // To the end, come what may: so several are compared at once.
    let rises = offsets.windows(2).fold(true, |rises, pair| rises & (pair[0] <= pair[1]));
    let ends_well = offsets.last().is_some_and(|&last| last as usize <= most);
    if starts_well && rises && ends_well {
        Ok(OffsetBuffer::new(offsets.clone()))
    } else {
        Err(ArrowError::InvalidArgumentError("offsets that make no sense".into()))
    }
}
