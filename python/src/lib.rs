//! The native part of the Python package: converts and delegates.

use pyo3::prelude::*;

#[pymodule]
mod _threadline {}
