//! The rows of a table as Python's own objects, for whoever has no library that
//! reads Arrow, or one that looks through rows.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampSecondType, UInt16Type, UInt32Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use pyo3::{IntoPyObjectExt, intern};

use crate::errors::wrong;

/// Goes through the rows of a table, each a dict by the names of the columns.
#[pyclass(module = "threadline._threadline")]
pub(crate) struct Rows {
    batch: RecordBatch,
    next: usize,
}

impl Rows {
    pub(crate) fn new(batch: RecordBatch) -> Self {
        Self { batch, next: 0 }
    }
}

#[pymethods]
impl Rows {
    fn __iter__(rows: PyRef<'_, Self>) -> PyRef<'_, Self> {
        rows
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        if self.next == self.batch.num_rows() {
            return Ok(None);
        }
        let row = PyDict::new(py);
        let schema = self.batch.schema_ref();
        for (field, column) in schema.fields().iter().zip(self.batch.columns()) {
            row.set_item(PyString::intern(py, field.name()), value(py, column, self.next)?)?;
        }
        self.next += 1;
        Ok(Some(row))
    }
}

/// One cell: text, number, truth, `datetime.date`, `datetime.datetime`, a list of
/// these, or None.
fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_bound_py_any(py),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).into_bound_py_any(py),
        DataType::Dictionary(keys, _) if **keys == DataType::Int32 => {
            let column = column.as_dictionary::<Int32Type>();
            // Where the row is null, there is no key; but that was asked above.
            value(py, column.values(), column.key(row).unwrap_or_default())
        }
        DataType::Boolean => column.as_boolean().value(row).into_bound_py_any(py),
        DataType::UInt16 => column.as_primitive::<UInt16Type>().value(row).into_bound_py_any(py),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into_bound_py_any(py),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into_bound_py_any(py),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
        DataType::Date32 => date(py, column.as_primitive::<Date32Type>().value(row)),
        DataType::Timestamp(unit, _) => {
            let micros = match unit {
                TimeUnit::Second => column
                    .as_primitive::<TimestampSecondType>()
                    .value(row)
                    .saturating_mul(1_000_000),
                TimeUnit::Millisecond => column
                    .as_primitive::<TimestampMillisecondType>()
                    .value(row)
                    .saturating_mul(1000),
                TimeUnit::Microsecond => {
                    column.as_primitive::<TimestampMicrosecondType>().value(row)
                }
                TimeUnit::Nanosecond => return Err(no_object(column)),
            };
            time(py, micros)
        }
        DataType::List(_) => {
            let items = column.as_list::<i32>().value(row);
            let items: PyResult<Vec<_>> =
                (0..items.len()).map(|at| value(py, &items, at)).collect();
            PyList::new(py, items?)?.into_bound_py_any(py)
        }
        _ => Err(no_object(column)),
    }
}

fn no_object(column: &ArrayRef) -> PyErr {
    wrong(format!("a column of {} has no values in Python", column.data_type()))
}

/// A day; None if it is beyond what Python's dates reach.
fn date(py: Python<'_>, days: i32) -> PyResult<Bound<'_, PyAny>> {
    // The day 1 of Python is the first of the year 1.
    const BEFORE_1970: i64 = 719_163;
    let class = py.import(intern!(py, "datetime"))?.getattr(intern!(py, "date"))?;
    let day = class.call_method1(intern!(py, "fromordinal"), (i64::from(days) + BEFORE_1970,));
    Ok(day.unwrap_or_else(|_| py.None().into_bound(py)))
}

/// A time without a zone; None if it is beyond what Python's times reach.
fn time(py: Python<'_>, micros: i64) -> PyResult<Bound<'_, PyAny>> {
    let module = py.import(intern!(py, "datetime"))?;
    let first = module.getattr(intern!(py, "datetime"))?.call1((1970, 1, 1))?;
    let since = module.getattr(intern!(py, "timedelta"))?.call1((0, 0, micros));
    let sum = since.and_then(|since| first.add(since));
    Ok(sum.unwrap_or_else(|_| py.None().into_bound(py)))
}
