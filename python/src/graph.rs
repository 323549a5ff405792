//! A graph: opened, built, made of frames; asked, drawn, exported.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use arrow_array::RecordBatch;
use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::PyArrowType;
use pyo3::prelude::*;
use threadline::EventGraph;
use threadline::answers::{Question, Select, ask, draw, map};
use threadline::export::{ExportOptions, Format, Target};
use threadline::import::read_batches;
use threadline::parse::Dialects;
use threadline::picture::{PictureOptions, Theme};
use threadline::pipeline::{BuildOptions, open_any};
use threadline::{export, graph, store};

use crate::errors::{exception, wrong};
use crate::table::Table;

/// The tables of an event graph.
#[pyclass(frozen, module = "threadline._threadline")]
pub(crate) struct Graph {
    graph: EventGraph,
}

/// Opens a graph file, or reads an archive or another tool's graph.
///
/// `progress` is called now and then with the pages read and the pages that
/// there are (or None).
#[pyfunction]
#[pyo3(signature = (path, dialect=None, progress=None))]
pub(crate) fn open(
    py: Python<'_>,
    path: PathBuf,
    dialect: Option<PathBuf>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Graph> {
    let mut dialects = Dialects::built_in();
    if let Some(path) = dialect {
        let text = fs::read_to_string(&path).map_err(|cause| {
            exception(threadline::Error::io(&path, "cannot read the dialect", cause))
        })?;
        dialects = dialects.with_toml(&text).map_err(|error| exception(error.at(path)))?;
    }
    let options = BuildOptions { dialects };
    // What a signal or the callback raised; it stops the reading.
    let mut raised = None;
    let opened = py.detach(|| {
        open_any(&path, &options, |now| {
            let told = Python::attach(|py| {
                py.check_signals()?;
                match &progress {
                    Some(callback) => callback.call1(py, (now.pages, now.expected)).map(drop),
                    None => Ok(()),
                }
            });
            match told {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    raised = Some(error);
                    ControlFlow::Break(())
                }
            }
        })
    });
    match (raised, opened.map_err(exception)?) {
        (Some(error), _) => Err(error),
        (None, Some((graph, _))) => Ok(Graph { graph }),
        (None, None) => Err(wrong("the reading was stopped")),
    }
}

/// Makes a graph of two frames that speak the Arrow C stream.
#[pyfunction]
pub(crate) fn from_tables(
    py: Python<'_>,
    events: Bound<'_, PyAny>,
    links: Bound<'_, PyAny>,
) -> PyResult<Graph> {
    // One after the other: a DuckDB connection has one open result at most.
    let (events, links) = (batches(&events)?, batches(&links)?);
    let graph = py.detach(|| read_batches(&events, &links)).map_err(exception)?;
    Ok(Graph { graph })
}

/// All rows of a frame; of one without rows, its columns.
fn batches(frame: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    let PyArrowType(stream) = frame.extract::<PyArrowType<RecordBatchStreamReader>>()?;
    let schema = stream.schema();
    let read: Result<Vec<_>, _> = stream.collect();
    let mut batches = read.map_err(|error| wrong(format!("the frame cannot be read: {error}")))?;
    if batches.is_empty() {
        batches.push(RecordBatch::new_empty(schema));
    }
    Ok(batches)
}

/// The names of all export formats, and what each is for.
#[pyfunction]
pub(crate) fn formats() -> Vec<(&'static str, &'static str)> {
    Format::all().map(|format| (format.name(), format.about())).collect()
}

#[pymethods]
impl Graph {
    /// Events, links and topics.
    fn counts(&self) -> (usize, usize, usize) {
        (self.graph.event_count(), self.graph.link_count(), self.graph.topic_count())
    }

    /// Answers a question; selection, options and answer are JSON.
    fn ask(&self, py: Python<'_>, name: &str, select: &str, options: &str) -> PyResult<String> {
        let question = question(name)?;
        py.detach(|| ask(&self.graph, question, select, options)).map_err(exception)
    }

    /// Draws the answer to a question as SVG.
    fn draw(
        &self,
        py: Python<'_>,
        name: &str,
        select: &str,
        options: &str,
        theme: &str,
        width: u32,
    ) -> PyResult<String> {
        let question = question(name)?;
        let theme = match theme {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            "auto" => Theme::Auto,
            _ => return Err(wrong(format!("`{theme}` is no theme; there are light, dark, auto"))),
        };
        let how = PictureOptions { width, theme, ..PictureOptions::default() };
        let drawn = py.detach(|| draw(&self.graph, question, select, options, &how));
        Ok(drawn.map_err(exception)?.svg().to_owned())
    }

    /// The map of the selected events; selection, options and answer are JSON.
    fn map(&self, py: Python<'_>, select: &str, options: &str) -> PyResult<String> {
        py.detach(|| map(&self.graph, select, options)).map_err(exception)
    }

    /// The row numbers of the selected events.
    fn selected(&self, py: Python<'_>, select: &str) -> PyResult<Vec<u32>> {
        let select = Select::from_json(select).map_err(exception)?;
        let selected = py.detach(|| {
            let selection = select.selection(&self.graph)?;
            Ok(selection.events(&self.graph).map(|event| event.0).collect())
        });
        selected.map_err(exception)
    }

    /// A whole table, sharing the graph's memory.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let known = graph::Table::ALL.iter().find(|table| table.name() == name);
        let table = *known.ok_or_else(|| wrong(format!("there is no table `{name}`")))?;
        let batch = py.detach(|| self.graph.table(table)).map_err(exception)?;
        Ok(Table::new(batch))
    }

    /// Writes the graph file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| store::write(&self.graph, &path)).map_err(exception)
    }

    /// Writes the selected events for another tool.
    fn export(
        &self,
        py: Python<'_>,
        path: PathBuf,
        format: Option<&str>,
        select: &str,
    ) -> PyResult<()> {
        let known = match format {
            Some(name) => Format::from_name(name),
            None => Format::from_path(&path),
        };
        let format = known.ok_or_else(|| {
            let names: Vec<&str> = Format::all().map(Format::name).collect();
            wrong(format!("which format? `to` takes {}", names.join(", ")))
        })?;
        let select = Select::from_json(select).map_err(exception)?;
        let written = py.detach(|| {
            let selection = select.selection(&self.graph)?;
            let options = ExportOptions::default();
            if format.is_folder() {
                return export::write_folder(&self.graph, &selection, format, &options, &path);
            }
            let mut target = Target::open(&path)?;
            export::write(&self.graph, &selection, format, &options, &mut target)?;
            target.finish()
        });
        written.map_err(exception)
    }
}

fn question(name: &str) -> PyResult<Question> {
    Question::from_name(name).ok_or_else(|| wrong(format!("there is no question `{name}`")))
}
