//! The native part of the Python package: converts, releases the interpreter's
//! lock around work, delegates, and maps errors. It decides nothing.

mod errors;
mod graph;
mod handover;
mod pairs;
mod rows;
mod selected;
mod table;
mod ways;

use pyo3::prelude::*;

/// The native part of `threadline`.
#[pymodule]
mod _threadline {
    #[pymodule_export]
    use crate::graph::{Graph, build, formats, from_tables, open};
    #[pymodule_export]
    use crate::table::{Table, table};
    #[pymodule_export]
    use crate::ways::Ways;
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python expects")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
