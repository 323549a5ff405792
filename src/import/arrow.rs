//! Arrow record batches: the frames of pandas, Polars, DuckDB and others.
//!
//! The columns are those of the CSV tables. A column may have any type that
//! means the same: text of every kind, dictionaries of it, dates and times,
//! numbers for keys. Nothing here reads a file.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::rows::{EventRow, LinkRow, Place, Rows};
use crate::model::{Date, join_names};

/// Builds the graph of two frames: events with a column `key`, links with
/// `source` and `target`, which name events by key.
///
/// Further columns, where they are there: of events `date` (a date, a time, or
/// text as `1969-07-20`), `title`, `summary`, `lead_topic`, `topics` (a list of
/// texts, or a text with `|` between names), `present`, `page`; of links `rank`,
/// `topics`, `line`. Other columns are passed over. A row that cannot be read
/// becomes a problem with its number; a link to an unknown key makes an absent
/// event, as a link in a page does.
///
/// # Errors
/// If a needed column is missing, a column has a type that makes no sense for
/// it, or links name events by numbers where keys are texts.
///
/// # Complexity
/// Time linear in the size of the frames, and O(n log n) in the number of rows.
pub fn read_batches(events: &[RecordBatch], links: &[RecordBatch]) -> Result<EventGraph> {
    names_agree(events, links)?;
    let mut rows = Rows::default();
    let mut line = 0;
    for batch in events {
        let frame = Frame { name: "events", batch };
        let columns = EventColumns::new(&frame)?;
        for row in 0..batch.num_rows() {
            line += 1;
            columns.read(row, &mut rows, Place { file: "events", line });
        }
    }
    let mut line = 0;
    for batch in links {
        let frame = Frame { name: "links", batch };
        let columns = LinkColumns::new(&frame)?;
        for row in 0..batch.num_rows() {
            line += 1;
            columns.read(row, &mut rows, Place { file: "links", line });
        }
    }
    rows.finish(None)
}

/// Refuses links that name events by row numbers: each would be a new event.
fn names_agree(events: &[RecordBatch], links: &[RecordBatch]) -> Result<()> {
    let is_number = |batch: &RecordBatch, name: &str| {
        batch.column_by_name(name).map(|column| column.data_type().is_numeric())
    };
    let keys = events.first().and_then(|batch| is_number(batch, "key"));
    let sources = links.first().and_then(|batch| is_number(batch, "source"));
    if let (Some(false), Some(true)) = (keys, sources) {
        let message = "`source` in links holds numbers, and `key` in events texts; links name \
                       events by their key";
        return Err(Error::new(ErrorKind::Input, message));
    }
    Ok(())
}

pub(super) struct Frame<'a> {
    pub(super) name: &'static str,
    pub(super) batch: &'a RecordBatch,
}

impl<'a> Frame<'a> {
    fn column(&self, name: &str) -> Result<Option<Column<'a>>> {
        let Some(column) = self.batch.column_by_name(name) else {
            return Ok(None);
        };
        let column = Column::new(column).ok_or_else(|| {
            let message = format!(
                "the column `{name}` of {} is of type {}, which makes no sense there",
                self.name,
                column.data_type()
            );
            Error::new(ErrorKind::Input, message)
        })?;
        Ok(Some(column))
    }

    pub(super) fn needed(&self, name: &str) -> Result<Column<'a>> {
        self.column(name)?.ok_or_else(|| {
            let schema = self.batch.schema();
            let names: Vec<String> =
                schema.fields().iter().map(|field| format!("`{}`", field.name())).collect();
            let message = format!(
                "the column `{name}` is missing in {}; there are {}",
                self.name,
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            );
            Error::new(ErrorKind::Input, message)
        })
    }
}

struct EventColumns<'a> {
    key: Column<'a>,
    /// date, title, summary, lead_topic, topics, present, page
    further: [Option<Column<'a>>; 7],
}

impl<'a> EventColumns<'a> {
    fn new(frame: &Frame<'a>) -> Result<Self> {
        let further = [
            frame.column("date")?,
            frame.column("title")?,
            frame.column("summary")?,
            frame.column("lead_topic")?,
            frame.column("topics")?,
            frame.column("present")?,
            frame.column("page")?,
        ];
        Ok(Self { key: frame.needed("key")?, further })
    }

    fn read(&self, row: usize, rows: &mut Rows, place: Place<'_>) {
        let key = self.key.text(row);
        let [date, title, summary, lead_topic, topics, present, page] =
            self.further.each_ref().map(|column| column.as_ref().map(|column| column.text(row)));
        let event = EventRow {
            key: &key,
            date: date.as_deref().unwrap_or_default(),
            title: title.as_deref(),
            summary: summary.as_deref().unwrap_or_default(),
            lead_topic: lead_topic.as_deref().unwrap_or_default(),
            topics: topics.as_deref().unwrap_or_default(),
            present: present.as_deref().unwrap_or_default(),
            page: page.as_deref().unwrap_or_default(),
        };
        rows.event(event, place);
    }
}

struct LinkColumns<'a> {
    source: Column<'a>,
    target: Column<'a>,
    /// rank, topics, line
    further: [Option<Column<'a>>; 3],
}

impl<'a> LinkColumns<'a> {
    fn new(frame: &Frame<'a>) -> Result<Self> {
        let further = [frame.column("rank")?, frame.column("topics")?, frame.column("line")?];
        Ok(Self { source: frame.needed("source")?, target: frame.needed("target")?, further })
    }

    fn read(&self, row: usize, rows: &mut Rows, place: Place<'_>) {
        let (source, target) = (self.source.text(row), self.target.text(row));
        let [rank, topics, line] =
            self.further.each_ref().map(|column| column.as_ref().map(|column| column.text(row)));
        let link = LinkRow {
            source: &source,
            target: &target,
            rank: rank.as_deref().unwrap_or_default(),
            topics: topics.as_deref().unwrap_or_default(),
            line: line.as_deref().unwrap_or_default(),
        };
        rows.link(link, place);
    }
}

/// A column of one of the types that can be read.
pub(super) enum Column<'a> {
    /// Whatever is written as itself.
    Plain(&'a ArrayRef),
    /// A row of the dictionary for each row.
    Dictionary(&'a dyn Array, Vec<usize>, Box<Column<'a>>),
    /// Names.
    List(&'a ArrayRef),
    /// Times in a zone, if anybody knows it.
    Zoned(&'a ArrayRef, Option<TimeZone>),
}

impl<'a> Column<'a> {
    /// `None` if nothing can be read from its type.
    fn new(array: &'a ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary_opt()?;
                let values = Self::new(dictionary.values())?;
                // Arrow's own function panics where there are no values.
                let keys = match dictionary.values().is_empty() {
                    true => vec![0; array.len()],
                    false => dictionary.normalized_keys(),
                };
                Self::Dictionary(array.as_ref(), keys, Box::new(values))
            }
            DataType::List(item) | DataType::LargeList(item) if is_text(item.data_type()) => {
                Self::List(array)
            }
            DataType::Boolean | DataType::Null | DataType::Date32 | DataType::Date64 => {
                Self::Plain(array)
            }
            DataType::Timestamp(_, Some(zone)) => {
                Self::Zoned(array, DateTimeParser::new().parse_time_zone(zone.as_bytes()).ok())
            }
            DataType::Timestamp(_, None) => Self::Plain(array),
            DataType::Float16 | DataType::Decimal128(..) | DataType::Decimal256(..) => return None,
            kind if is_text(kind) || kind.is_integer() || kind.is_floating() => Self::Plain(array),
            _ => return None,
        })
    }

    /// A cell as it would be written; empty for null.
    pub(super) fn text(&self, row: usize) -> Cow<'a, str> {
        match self {
            Self::Plain(array) if array.is_null(row) => Cow::Borrowed(""),
            Self::Plain(array) => plain(array, row),
            Self::Dictionary(array, ..) if array.is_null(row) => Cow::Borrowed(""),
            Self::Dictionary(_, keys, values) => values.text(keys[row]),
            Self::List(array) => Cow::Owned(names(array, row)),
            Self::Zoned(array, _) if array.is_null(row) => Cow::Borrowed(""),
            Self::Zoned(array, zone) => day_in_zone(array, row, zone.as_ref()),
        }
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// The names in a cell, joined as in a table.
fn names(array: &ArrayRef, row: usize) -> String {
    if array.is_null(row) {
        return String::new();
    }
    let items = match array.data_type() {
        DataType::LargeList(_) => array.as_list::<i64>().value(row),
        _ => array.as_list::<i32>().value(row),
    };
    let names: Vec<Cow<'_, str>> =
        (0..items.len()).filter(|&at| items.is_valid(at)).map(|at| plain(&items, at)).collect();
    join_names(names.iter().map(AsRef::as_ref))
}

fn plain(array: &ArrayRef, row: usize) -> Cow<'_, str> {
    macro_rules! number {
        ($kind:ty) => {
            Cow::Owned(array.as_primitive::<$kind>().value(row).to_string())
        };
    }
    const DAY: i64 = 24 * 60 * 60;
    match array.data_type() {
        DataType::Utf8 => Cow::Borrowed(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cow::Borrowed(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Cow::Borrowed(array.as_string_view().value(row)),
        DataType::Boolean => {
            Cow::Borrowed(if array.as_boolean().value(row) { "true" } else { "false" })
        }
        DataType::Date32 => day(array.as_primitive::<Date32Type>().value(row).into()),
        DataType::Date64 => {
            day(array.as_primitive::<Date64Type>().value(row).div_euclid(DAY * 1_000))
        }
        DataType::Timestamp(unit, _) => {
            let (time, second) = time_of(array, row, *unit);
            day(time.div_euclid(DAY * second))
        }
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        // pandas makes floats of whole numbers among which one is missing;
        // what is no number is missing too.
        DataType::Float32 => real(array.as_primitive::<Float32Type>().value(row).into()),
        DataType::Float64 => real(array.as_primitive::<Float64Type>().value(row)),
        _ => Cow::Borrowed(""),
    }
}

fn real(x: f64) -> Cow<'static, str> {
    if x.is_nan() { Cow::Borrowed("") } else { Cow::Owned(x.to_string()) }
}

/// A time since 1970 began in UTC, and how many of its units make a second.
fn time_of(array: &ArrayRef, row: usize, unit: TimeUnit) -> (i64, i64) {
    match unit {
        TimeUnit::Second => (array.as_primitive::<TimestampSecondType>().value(row), 1),
        TimeUnit::Millisecond => {
            (array.as_primitive::<TimestampMillisecondType>().value(row), 1_000)
        }
        TimeUnit::Microsecond => {
            (array.as_primitive::<TimestampMicrosecondType>().value(row), 1_000_000)
        }
        TimeUnit::Nanosecond => {
            (array.as_primitive::<TimestampNanosecondType>().value(row), 1_000_000_000)
        }
    }
}

/// The day that it was in the time zone of a column (`Asia/Shanghai`, `+08:00`); the type
/// of the column, which is no date, if nobody knows the zone.
fn day_in_zone(array: &ArrayRef, row: usize, zone: Option<&TimeZone>) -> Cow<'static, str> {
    const NANOSECONDS: i64 = 1_000_000_000;
    let DataType::Timestamp(unit, _) = array.data_type() else { return Cow::Borrowed("") };
    let (time, second) = time_of(array, row, *unit);
    let time = Timestamp::from_nanosecond(i128::from(time) * i128::from(NANOSECONDS / second));
    let day = time.ok().zip(zone).map(|(time, zone)| zone.to_datetime(time).date().to_string());
    Cow::Owned(day.unwrap_or_else(|| array.data_type().to_string()))
}

/// A day by its number from 1970 on; the number itself if no calendar has it.
fn day(days: i64) -> Cow<'static, str> {
    let date = i32::try_from(days).ok().and_then(Date::from_days);
    Cow::Owned(date.map_or_else(|| days.to_string(), |date| date.to_string()))
}
