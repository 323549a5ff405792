//! The graph for other tools: one format, one file.
//!
//! What is written has types of its own ([`records`]), so that renaming a
//! field of the model never changes a file that somebody's notebook reads.
//! Every format is written as it goes, in a stable order: same graph, same
//! bytes.

mod csv;
mod dossier;
mod dot;
mod gexf;
mod graphml;
mod json;
pub mod records;
mod target;
mod xml;

use std::io::Write;
use std::path::Path;

pub use self::csv::write_folder as write_csv;
pub use self::dossier::write_story_dossier;
pub use self::dot::{DotGroups, DotOptions, TOO_MANY_FOR_DOT};
pub use target::Target;

use crate::error::Result;
use crate::graph::{EventGraph, Selection};

/// A format to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Node-link JSON, as NetworkX reads it.
    Json,
    /// GraphViz.
    Dot,
    /// A folder with one CSV file a table.
    Csv,
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// GraphML.
    GraphMl,
}

impl Format {
    /// Every format, in the order in which `--help` lists them.
    pub const ALL: &'static [Self] = &[Self::Json, Self::Dot, Self::Csv, Self::Gexf, Self::GraphMl];

    /// The name that `--to` takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Dot => "dot",
            Self::Csv => "csv",
            Self::Gexf => "gexf",
            Self::GraphMl => "graphml",
        }
    }

    /// Whether it is a folder of files.
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Csv)
    }

    /// The format that a file name asks for.
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let name = if extension == "gv" { "dot" } else { extension.as_str() };
        Self::from_name(name)
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// Writes the selected events and the links between them as node-link JSON.
///
/// # Errors
/// If `out` does not take it.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::{EventGraph, export, graph::Selection};
///
/// let graph = EventGraph::empty();
/// let mut out = Vec::new();
/// export::write_json(&graph, &Selection::all(&graph), &mut out)?;
/// assert!(out.starts_with(b"{\"directed\":true,\"multigraph\":true,"));
/// # Ok(())
/// # }
/// ```
pub fn write_json(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    json::write(graph, selection, out)
}

/// Writes the selected events and the links between them for GraphViz.
///
/// # Errors
/// If `out` does not take it, or the graph's links are damaged.
pub fn write_dot(
    graph: &EventGraph,
    selection: &Selection,
    options: DotOptions,
    out: &mut dyn Write,
) -> Result<()> {
    dot::write(graph, selection, options, out)
}

/// Writes the selected events and the links between them as GEXF 1.3, with
/// their time, story, colour and size.
///
/// # Errors
/// If `out` does not take it, or the graph's links are damaged.
pub fn write_gexf(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    gexf::write(graph, selection, out)
}

/// Writes the selected events and the links between them as GraphML.
///
/// # Errors
/// If `out` does not take it, or the graph's links are damaged.
pub fn write_graphml(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    graphml::write(graph, selection, out)
}

/// The links between selected events, in order.
fn links_between<'g>(
    graph: &'g EventGraph,
    selection: &'g Selection,
) -> impl Iterator<Item = crate::graph::Link> + 'g {
    graph
        .links()
        .filter_map(|link| graph.link(link))
        .filter(|link| selection.contains(link.source) && selection.contains(link.target))
}

/// An error of writing, without a path: the target knows it.
fn write_error(cause: std::io::Error) -> crate::Error {
    crate::Error::new(crate::ErrorKind::Io, "cannot write the export").because(cause)
}
