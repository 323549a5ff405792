//! The graph for other tools: one format, one file.
//!
//! What is written has types of its own ([`records`]), so that renaming a
//! field of the model never changes a file that somebody's notebook reads.
//! Every format is written as it goes, in a stable order: same graph, same
//! bytes.

mod attributes;
mod bibtex;
mod cited;
mod commonmark;
mod csl;
mod csv;
mod cytoscape;
mod derived;
mod dossier;
mod dot;
mod format;
mod gexf;
mod graphml;
mod graphology;
mod icalendar;
mod jgf;
mod json;
mod json_graph;
mod json_rows;
mod map;
mod neo4j;
mod obsidian;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "rdf")]
mod rdf;
pub mod records;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod target;
mod text;
mod timelinejs;
mod words;
mod xml;

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

pub use self::derived::Derived;
pub use self::dossier::Dossier;
pub use self::dot::{DotGroups, TOO_MANY_FOR_DOT};
pub use self::format::Format;
#[cfg(feature = "rdf")]
pub use self::rdf::{DEFAULT_BASE, check_base};
pub use self::target::Target;
pub use self::words::{loose_tie, narrow_tie, weak_end};

use self::format::To;

use crate::analysis::Layout;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, ProblemRow, Selection};
use crate::model::{EventId, TopicId};
use crate::picture::PictureOptions;
use crate::store::check_folder;

/// How to write; what a format has no place for is passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExportOptions<'a> {
    /// DOT: boxes around groups of events.
    pub groups: DotGroups<'a>,
    /// JSON of all kinds, GEXF, SQLite, Neo4j: whether to leave out the stories.
    /// Finding them takes longer than writing the rest, and memory that grows
    /// with the graph.
    pub no_stories: bool,
    /// CSV: such that a spreadsheet opens it as it is and runs no cell.
    pub for_spreadsheet: bool,
    /// RDF: what the names of all resources begin with; by default
    /// `urn:threadline:`.
    pub base: Option<&'a str>,
    /// Where events are drawn: JSON, GEXF, GraphML, DOT.
    pub places: Option<&'a Layout>,
    /// SVG, PNG: how the map looks; dossiers: what they were made from.
    pub picture: PictureOptions<'a>,
}

impl ExportOptions<'_> {
    /// The place of an event, to hundredths: less cannot be seen.
    fn place(&self, event: EventId) -> Option<[f64; 2]> {
        let hundredths = |at: f64| (at * 100.0).round() / 100.0;
        self.places?.of(event).map(|place| place.map(hundredths))
    }
}

/// Writes the selected events and the links between them to `out`.
///
/// # Errors
/// If `out` does not take it, the graph's links are damaged, or the format is
/// a folder of files ([`Format::is_folder`], see [`write_folder`]).
///
/// # Complexity
/// Time linear in the size of what is written, and that of finding the stories
/// where a format holds them. Memory for them, and otherwise for some thousands
/// of rows, however many are written.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::export::{self, ExportOptions, Format};
/// use threadline::{EventGraph, graph::Selection};
///
/// let graph = EventGraph::empty();
/// let mut out = Vec::new();
/// let all = Selection::all(&graph);
/// export::write(&graph, &all, Format::Json, &ExportOptions::default(), &mut out)?;
/// assert!(out.starts_with(b"{\"directed\":true,\"multigraph\":true,"));
/// # Ok(())
/// # }
/// ```
pub fn write(
    graph: &EventGraph,
    selection: &Selection,
    format: Format,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    match format.to() {
        To::Stream(write) => write(graph, selection, options, out),
        To::Folder(_) => {
            let message = format!("{format} is a folder of files, not a stream");
            Err(Error::new(ErrorKind::Input, message))
        }
    }
}

/// Writes the selected events and the links between them into a folder, which
/// is made if need be.
///
/// # Errors
/// If the folder or a file cannot be written, or the format is one file
/// (see [`write()`]). No file is ever half written.
pub fn write_folder(
    graph: &EventGraph,
    selection: &Selection,
    format: Format,
    options: &ExportOptions<'_>,
    folder: &Path,
) -> Result<()> {
    match format.to() {
        To::Folder(write) => write(graph, selection, options, folder),
        To::Stream(_) => {
            let message = format!("{format} is one file, not a folder");
            Err(Error::new(ErrorKind::Input, message).at(folder))
        }
    }
}

/// Makes a folder that is not there yet, in one that is: a mistyped path makes no
/// folders.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    check_folder(folder)?;
    std::fs::create_dir(folder).map_err(|cause| Error::io(folder, "cannot make the folder", cause))
}

/// The topics that selected events bear, in order; all of them if all events
/// are selected.
fn topics_of(graph: &EventGraph, selection: &Selection) -> impl Iterator<Item = TopicId> {
    let mut borne = vec![selection.is_all(); graph.topic_count()];
    if !selection.is_all() {
        for event in selection.events(graph) {
            graph.topics(event).for_each(|topic| borne[topic.index()] = true);
        }
    }
    (0..).zip(borne).filter(|(_, borne)| *borne).map(|(id, _)| TopicId(id))
}

/// What is wrong with the pages of selected events, in order; with all of the
/// archive if all events are selected.
fn problems_of<'g>(
    graph: &'g EventGraph,
    selection: &Selection,
) -> impl Iterator<Item = ProblemRow<'g>> {
    let all = selection.is_all();
    let pages: HashSet<&str> = match all {
        true => HashSet::new(),
        false => selection.events(graph).filter_map(|event| graph.page(event)).collect(),
    };
    graph.problems().filter(move |problem| all || pages.contains(problem.page))
}

/// An error of writing, without a path: the target knows it.
fn write_error(cause: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot write the export").because(cause)
}
