//! Tables that any frame library reads by the Arrow C stream, without copying.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch};
use arrow_array::{RecordBatchIterator, StringArray};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use threadline::model::Date;

use crate::errors::wrong;
use crate::rows::Rows;

/// A table: hand it to a library that speaks the Arrow C stream.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)`
/// (before pandas 3 `pyarrow.table(table).to_pandas()`); DuckDB reads it by the name of
/// the variable: `duckdb.sql("select * from table_of_mine")`. `pandas.DataFrame(table)`
/// works, too, row by row; so does a loop, in which a row is a dict.
#[pyclass(frozen, module = "threadline._threadline")]
pub(crate) struct Table {
    batch: RecordBatch,
}

impl Table {
    pub(crate) fn new(batch: RecordBatch) -> Self {
        Self { batch }
    }
}

#[pymethods]
impl Table {
    /// The rows as an Arrow C stream; a requested schema is passed over, as the
    /// interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let rows = [Ok(self.batch.clone())];
        let reader = RecordBatchIterator::new(rows, self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The rows, each a dict by the names of the columns.
    fn __iter__(&self) -> Rows {
        Rows::new(self.batch.clone())
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    /// The names of the columns, in order.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        let names = self.column_names().join(", ");
        format!("<threadline.Table: {} rows of {names}>", self.batch.num_rows())
    }
}

/// Makes a table of columns: each a name, a kind and the values.
#[pyfunction]
pub(crate) fn table(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Table> {
    let made: PyResult<Vec<(String, ArrayRef)>> = columns
        .into_iter()
        .map(|(name, kind, values)| Ok((name, array(&kind, &values)?)))
        .collect();
    let batch = RecordBatch::try_from_iter_with_nullable(
        made?.into_iter().map(|(name, array)| (name, array, true)),
    );
    Ok(Table { batch: batch.map_err(|error| wrong(error.to_string()))? })
}

fn array(kind: &str, values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    Ok(match kind {
        "text" => Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)),
        "int" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
        "float" => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        "bool" => Arc::new(BooleanArray::from(values.extract::<Vec<Option<bool>>>()?)),
        "date" => {
            let mut dates = Date32Builder::new();
            for text in values.extract::<Vec<Option<String>>>()? {
                dates.append_option(text.and_then(|text| Date::parse(&text)).map(Date::days));
            }
            Arc::new(dates.finish())
        }
        "texts" => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for texts in values.extract::<Vec<Option<Vec<String>>>>()? {
                lists.append_option(texts.map(|texts| texts.into_iter().map(Some)));
            }
            Arc::new(lists.finish())
        }
        _ => return Err(wrong(format!("there is no kind of column `{kind}`"))),
    })
}
