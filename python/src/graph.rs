//! A graph: opened, built, made of frames; asked, drawn, exported.

use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::PyArrowType;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use threadline::EventGraph;
use threadline::answers::{
    ChainQuestion, DistancesQuestion, ExportQuestion, Question, Select, ask, check_graph_file,
    distances, dossier, draw, export_format, export_remarks, format_named, ways, ways_between,
};
use threadline::export::{Derived, ExportOptions, Format, Target};
use threadline::import::{pairs_in, read_batches};
use threadline::parse::Dialects;
use threadline::picture::{PictureOptions, Theme};
use threadline::pipeline::{BuildOptions, open_any, places_in};
use threadline::{Error, ErrorKind, export, graph, store};

use crate::errors::{exception, wrong};
use crate::handover::{self, Ends, Topics};
use crate::pairs::{event_name, listed_pairs};
use crate::selected::{self, event_columns};
use crate::table::Table;
use crate::ways::Ways;

/// The tables of an event graph.
#[pyclass(frozen, module = "threadline._threadline")]
pub(crate) struct Graph {
    pub(crate) graph: EventGraph,
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
        let text = fs::read_to_string(&path)
            .map_err(|cause| exception(Error::io(&path, "cannot read the dialect", cause)))?;
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
            told.map_err(|error| {
                raised = Some(error);
                Error::new(ErrorKind::Input, "the reading was stopped")
            })
        })
    });
    match raised {
        Some(error) => Err(error),
        None => Ok(Graph { graph: opened.map_err(exception)?.graph }),
    }
}

/// Reads an archive or another tool's graph and, if asked to, writes the graph
/// file; see [`open`].
#[pyfunction]
#[pyo3(signature = (path, output=None, dialect=None, progress=None))]
pub(crate) fn build(
    py: Python<'_>,
    path: PathBuf,
    output: Option<PathBuf>,
    dialect: Option<PathBuf>,
    progress: Option<Py<PyAny>>,
) -> PyResult<Graph> {
    output.iter().try_for_each(|output| check_graph_file(output)).map_err(exception)?;
    let built = open(py, path, dialect, progress)?;
    if let Some(output) = output {
        built.save(py, output)?;
    }
    Ok(built)
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

/// Whether an object speaks the Arrow C stream.
fn is_frame(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    object.hasattr(intern!(object.py(), "__arrow_c_stream__"))
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
    Format::ALL.iter().map(|format| (format.name(), format.about())).collect()
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

    /// Chains between two events, through which events they run; selection and
    /// options are JSON.
    fn ways(
        slf: Bound<'_, Self>,
        from_event: &Bound<'_, PyAny>,
        to_event: &Bound<'_, PyAny>,
        select: &str,
        options: &str,
    ) -> PyResult<Ways> {
        let (from, to) = (event_name("from_event", from_event)?, event_name("to_event", to_event)?);
        let graph = &slf.get().graph;
        let found = slf.py().detach(|| {
            let asked = ChainQuestion::from_json(options)?.between(&from, &to);
            ways(graph, &Select::from_json(select)?, &asked)
        });
        Ok(Ways { found: found.map_err(exception)?, graph: slf.unbind() })
    }

    /// The same between the two events of each pair, see [`Graph::distances`].
    fn ways_between(
        slf: Bound<'_, Self>,
        pairs: &Bound<'_, PyAny>,
        select: &str,
        options: &str,
    ) -> PyResult<Vec<Ways>> {
        let py = slf.py();
        let select = Select::from_json(select).map_err(exception)?;
        let asked = ChainQuestion::from_json(options).map_err(exception)?;
        let graph = &slf.get().graph;
        let found = match is_frame(pairs)? {
            true => {
                let frame = batches(pairs)?;
                py.detach(|| ways_between(graph, &select, &pairs_in(&frame, graph)?, &asked))
            }
            false => {
                let pairs = listed_pairs(pairs)?;
                py.detach(|| ways_between(graph, &select, &pairs, &asked))
            }
        };
        let found = found.map_err(exception)?.into_iter();
        let graph = slf.unbind();
        Ok(found.map(|found| Ways { found, graph: graph.clone_ref(py) }).collect())
    }

    /// The fewest links between the events of each pair: a frame that speaks the
    /// Arrow C stream, or tuples of two names. Selection and options
    /// are JSON; the answer is what it would be as JSON.
    fn distances<'py>(
        &self,
        py: Python<'py>,
        pairs: &Bound<'py, PyAny>,
        select: &str,
        options: &str,
    ) -> PyResult<Bound<'py, PyDict>> {
        let select = Select::from_json(select).map_err(exception)?;
        let asked = DistancesQuestion::from_json(options).map_err(exception)?;
        if is_frame(pairs)? {
            let frame = batches(pairs)?;
            let asked = || Ok(asked.about(pairs_in(&frame, &self.graph)?));
            let found = py.detach(|| distances(&self.graph, &select, &asked()?));
            return handover::distances(py, &self.graph, &found.map_err(exception)?, &[]);
        }
        let asked = asked.about(listed_pairs(pairs)?);
        let found = py.detach(|| distances(&self.graph, &select, &asked)).map_err(exception)?;
        handover::distances(py, &self.graph, &found, &asked.pairs)
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
        let theme = known_theme(theme)?;
        let how = PictureOptions { width, theme, ..PictureOptions::default() };
        let drawn = py.detach(|| draw(&self.graph, question, select, options, &how));
        Ok(drawn.map_err(exception)?.svg().to_owned())
    }

    /// Tells the answer to a question as a dossier, in HTML or in Markdown.
    fn dossier(
        &self,
        py: Python<'_>,
        name: &str,
        select: &str,
        options: &str,
        html: bool,
    ) -> PyResult<String> {
        let question = question(name)?;
        let told = py.detach(|| {
            let (dossier, mut text) =
                (dossier(&self.graph, question, select, options)?, Vec::new());
            match html {
                true => dossier.write_html(&mut text)?,
                false => dossier.write_markdown(&mut text)?,
            }
            Ok(text)
        });
        String::from_utf8(told.map_err(exception)?).map_err(|error| wrong(error.to_string()))
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

    /// The ends of the links between selected events, see [`Ends`].
    fn ends(&self, py: Python<'_>, select: &str) -> PyResult<Ends> {
        let select = Select::from_json(select).map_err(exception)?;
        let found = py.detach(|| {
            let selection = select.selection(&self.graph)?;
            let links: Vec<_> = selection.links(&self.graph).collect();
            Ok(handover::ends(&self.graph, &selection, &links))
        });
        found.map_err(exception)
    }

    /// All that is known of the selected events and of the links between them:
    /// lists of dicts, and the ends of the links. Stories, which take longer than
    /// the rest, are found if they are asked for.
    fn attributes<'py>(
        &self,
        py: Python<'py>,
        select: &str,
        stories: bool,
    ) -> PyResult<(Bound<'py, PyList>, Bound<'py, PyList>, Ends)> {
        let select = Select::from_json(select).map_err(exception)?;
        let found = py.detach(|| {
            let selection = select.selection(&self.graph)?;
            let links: Vec<_> = selection.links(&self.graph).collect();
            let ends = handover::ends(&self.graph, &selection, &links);
            Ok((Derived::new(&self.graph, stories)?, selection, links, ends))
        });
        let (derived, selection, links, ends) = found.map_err(exception)?;
        let (graph, topics) = (&self.graph, Topics::new(py, &self.graph));
        let events = handover::events(py, graph, &derived, &topics, &selection)?;
        Ok((events, handover::links(py, graph, &derived, &topics, &links)?, ends))
    }

    /// A whole table, sharing the graph's memory.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Table> {
        let table = known_table(name)?;
        let batch = py.detach(|| self.graph.table(table)).map_err(exception)?;
        Ok(Table::new(batch))
    }

    /// The rows of a table that are about selected events alone. What names an
    /// event there names its row among the selected ones.
    fn selected_table(&self, py: Python<'_>, name: &str, select: &str) -> PyResult<Table> {
        let table = known_table(name)?;
        let select = Select::from_json(select).map_err(exception)?;
        let (whole, selection) = py
            .detach(|| Ok((self.graph.table(table)?, select.selection(&self.graph)?)))
            .map_err(exception)?;
        let part = py.detach(|| match (table, event_columns(table)) {
            (graph::Table::Events, _) => Some(selected::events(&whole, &self.graph, &selection)),
            (_, Some(columns)) => Some(selected::rows(&whole, columns, &self.graph, &selection)),
            _ => None,
        });
        let part = part.ok_or_else(|| wrong(format!("`{name}` is not about events")))?;
        Ok(Table::new(part.map_err(|error| wrong(error.to_string()))?))
    }

    /// Draws the map of the selected events as SVG, as `export --to svg` does.
    fn map(&self, py: Python<'_>, select: &str, theme: &str, width: u32) -> PyResult<String> {
        let select = Select::from_json(select).map_err(exception)?;
        let theme = known_theme(theme)?;
        let drawn = py.detach(|| {
            let selection = select.selection(&self.graph)?;
            let subject = select.name(&self.graph).unwrap_or_default();
            let picture =
                PictureOptions { width, theme, subject: &subject, ..PictureOptions::default() };
            let options = ExportOptions { picture, ..ExportOptions::default() };
            let mut svg = Vec::new();
            export::write(&self.graph, &selection, Format::Svg, &options, &mut svg)?;
            Ok(svg)
        });
        String::from_utf8(drawn.map_err(exception)?).map_err(|error| wrong(error.to_string()))
    }

    /// Writes the graph file.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        let written = py.detach(|| {
            check_graph_file(&path)?;
            store::write(&self.graph, &path)
        });
        written.map_err(exception)
    }

    /// Writes the selected events for another tool; options are JSON. Gives what whoever
    /// exports should know.
    fn export(
        &self,
        py: Python<'_>,
        path: PathBuf,
        to: Option<&str>,
        select: &str,
        options: &str,
        layout_from: Option<PathBuf>,
    ) -> PyResult<Vec<String>> {
        let format = match to {
            Some(name) => format_named(name),
            None => export_format(None, Some(&path)),
        };
        let format = format.map_err(exception)?;
        let select = Select::from_json(select).map_err(exception)?;
        let question = ExportQuestion::from_json(options).map_err(exception)?;
        question.check(format, layout_from.is_some()).map_err(exception)?;
        let written = py.detach(|| {
            // Before the work: a folder that may not be written to is known at once.
            let target = (!format.is_folder()).then(|| Target::open(&path)).transpose()?;
            let selection = select.selection(&self.graph)?;
            let from = layout_from.map(|path| places_in(&path, read_whole)).transpose()?;
            let found = question.find(&self.graph, &selection, format, from.as_ref())?;
            let subject = select.title(&self.graph, format);
            let options = found.options(&subject, "", "");
            match target {
                None => export::write_folder(&self.graph, &selection, format, &options, &path)?,
                Some(mut target) => {
                    export::write(&self.graph, &selection, format, &options, &mut target)?;
                    target.finish()?;
                }
            }
            Ok(export_remarks(&self.graph, &selection, format))
        });
        written.map_err(exception)
    }
}

/// A graph or an archive, read in one go.
fn read_whole(path: &Path) -> threadline::Result<EventGraph> {
    Ok(open_any(path, &BuildOptions::default(), |_| Ok(()))?.graph)
}

fn question(name: &str) -> PyResult<Question> {
    Question::from_name(name).ok_or_else(|| wrong(format!("there is no question `{name}`")))
}

fn known_table(name: &str) -> PyResult<graph::Table> {
    graph::Table::from_name(name).ok_or_else(|| wrong(format!("there is no table `{name}`")))
}

fn known_theme(name: &str) -> PyResult<Theme> {
    Theme::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Theme::ALL.iter().map(|theme| theme.name()).collect();
        wrong(format!("`{name}` is no theme; there are {}", known.join(", ")))
    })
}
