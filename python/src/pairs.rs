//! Names of events that a caller gives, one by one or in pairs.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyString;

use crate::errors::wrong;

/// From which event to which, by name.
pub(crate) type Pair = (PyBackedStr, PyBackedStr);

/// The name of one event, given as an argument.
pub(crate) fn event_name(argument: &str, given: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    given.extract().or_else(|_| {
        let given = shown(given)?;
        Err(wrong(format!("`{argument}` makes no sense: invalid type: {given}, expected a string")))
    })
}

/// What pairs are.
const PAIRS: &str = "pairs are tuples of two names, or a frame with the columns `from` and `to`";

/// Tuples of two names, or whatever else holds two, from a list or whatever else
/// can be gone through.
pub(crate) fn listed_pairs(listed: &Bound<'_, PyAny>) -> PyResult<Vec<Pair>> {
    let mut pairs = Vec::new();
    let items = match listed.try_iter() {
        Ok(items) => items,
        Err(_) => return Err(wrong(format!("`pairs` is {}; {PAIRS}", shown(listed)?))),
    };
    for item in items {
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
    Ok(wrong(format!("pair {number} is {}; {PAIRS}", shown(item)?)))
}

/// What a message shows of an object.
fn shown(object: &Bound<'_, PyAny>) -> PyResult<String> {
    let short = object.py().import("threadline._html")?.getattr("short")?;
    short.call1((object.repr()?,))?.extract()
}
