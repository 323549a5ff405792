//! The one place where an error becomes an exception.

use std::io;

use pyo3::PyErr;
use pyo3::import_exception;
use threadline::{Error, ErrorKind};

import_exception!(threadline._errors, AmbiguousError);
import_exception!(threadline._errors, DamagedError);
import_exception!(threadline._errors, FileError);
import_exception!(threadline._errors, FileMissingError);
import_exception!(threadline._errors, InputError);
import_exception!(threadline._errors, NotFoundError);

/// The exception for an error of the library.
pub(crate) fn exception(error: Error) -> PyErr {
    let text = error.worded_in_full(&argument);
    match error.kind() {
        ErrorKind::NotFound => NotFoundError::new_err(text),
        ErrorKind::Ambiguous => AmbiguousError::new_err((text, error.candidates().to_vec())),
        ErrorKind::Input | ErrorKind::TooLarge => InputError::new_err(text),
        ErrorKind::Io if is_missing(&error) => FileMissingError::new_err(text),
        ErrorKind::Io => FileError::new_err(text),
        _ => DamagedError::new_err(text),
    }
}

/// An exception for what a caller handed over.
pub(crate) fn wrong(text: impl Into<String>) -> PyErr {
    InputError::new_err(text.into())
}

fn is_missing(error: &Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref());
    cause.is_some_and(|cause: &io::Error| cause.kind() == io::ErrorKind::NotFound)
}

/// An option of a question's type, as Python's methods call it.
fn argument(name: &str, value: Option<&str>) -> String {
    let argument = match name {
        "from" => "start",
        "until" => "end",
        "with" => "with_",
        "most_rows" => "rows",
        name => name,
    };
    match value {
        Some(value) => format!("`{argument}={value}`"),
        None => format!("`{argument}`"),
    }
}
