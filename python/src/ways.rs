//! Chains that were found, and are told when somebody looks at them.

use pyo3::prelude::*;
use threadline::answers;

use crate::errors::exception;
use crate::graph::Graph;

/// Chains between two events of a graph: through which events they run.
#[pyclass(frozen, module = "threadline._threadline")]
pub(crate) struct Ways {
    pub(crate) graph: Py<Graph>,
    pub(crate) found: answers::Ways,
}

#[pymethods]
impl Ways {
    /// The keys of the two events.
    #[getter]
    fn ends(&self) -> (&str, &str) {
        let graph = &self.graph.get().graph;
        (graph.key(self.found.ends.0), graph.key(self.found.ends.1))
    }

    /// How many links each chain has, the best chain first.
    #[getter]
    fn lengths(&self) -> Vec<usize> {
        self.found.ways.iter().map(|way| way.len() - 1).collect()
    }

    /// The keys of a chain's events.
    fn keys(&self, chain: usize) -> Vec<&str> {
        let way = self.found.ways.get(chain).map_or(&[][..], |way| way);
        way.iter().map(|&event| self.graph.get().graph.key(event)).collect()
    }
    /// The whole answer with its evidence, as JSON.
    fn told(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.found.to_json(&self.graph.get().graph)).map_err(exception)
    }
}
