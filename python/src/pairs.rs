//! Pairs of names that a caller lists.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;

use crate::errors::wrong;

/// From which event to which, by name.
pub(crate) type Pair = (PyBackedStr, PyBackedStr);

/// Tuples of two names, or whatever else holds two, from a list or whatever else
/// can be gone through.
pub(crate) fn listed_pairs(listed: &Bound<'_, PyAny>) -> PyResult<Vec<Pair>> {
    let mut pairs = Vec::new();
    for item in listed.try_iter()? {
        let item = item?;
        let Some(pair) = pair(&item) else { return Err(no_pair(pairs.len() + 1, &item)?) };
        pairs.push(pair);
    }
    Ok(pairs)
}

fn pair(item: &Bound<'_, PyAny>) -> Option<Pair> {
    if let Ok(pair) = item.extract() {
        return Some(pair);
    }
    // Two letters are no pair of names.
    let names = if item.is_instance_of::<PyString>() { None } else { item.try_iter().ok() };
    let names: PyResult<Vec<PyBackedStr>> = names?.map(|name| name?.extract()).collect();
    <[_; 2]>::try_from(names.ok()?).ok().map(Into::into)
}

fn no_pair(number: usize, item: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let short = item.py().import("threadline._html")?.getattr("short")?;
    let shown: String = short.call1((item.repr()?,))?.extract()?;
    Ok(wrong(format!(
        "pair {number} is {shown}; pairs are tuples of two names, or a frame with the columns \
         `from` and `to`"
    )))
}
