//! The graph for other tools: one format, one file.
//!
//! What is written has types of its own ([`records`]), so that renaming a
//! field of the model never changes a file that somebody's notebook reads.
//! Every format is written as it goes, in a stable order: same graph, same
//! bytes.

mod csv;
mod dossier;
mod dot;
mod format;
mod gexf;
mod graphml;
mod json;
pub mod records;
mod target;
mod xml;

use std::io::Write;
use std::path::Path;

pub use self::dossier::write_story_dossier;
pub use self::dot::{DotGroups, TOO_MANY_FOR_DOT};
pub use self::format::Format;
pub use self::target::Target;

use crate::analysis::{Layout, LayoutOptions, StoryOptions, layout, stories};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;
use crate::picture::{self, Picture, PictureOptions};

/// How to write; what a format has no place for is passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ExportOptions<'a> {
    /// DOT: boxes around groups of events.
    pub groups: DotGroups<'a>,
    /// Where events are drawn: JSON, GEXF, GraphML, DOT.
    pub places: Option<&'a Layout>,
    /// SVG, PNG: how the map looks.
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
/// Time linear in the size of what is written; memory does not grow with it.
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
    match format {
        Format::Json => json::write(graph, selection, options, out),
        Format::Dot => dot::write(graph, selection, options, out),
        Format::Gexf => gexf::write(graph, selection, options, out),
        Format::GraphMl => graphml::write(graph, selection, options, out),
        Format::Svg => map(graph, selection, options)
            .and_then(|picture| out.write_all(picture.svg().as_bytes()).map_err(write_error)),
        #[cfg(feature = "png")]
        Format::Png => map(graph, selection, options)
            .and_then(|picture| out.write_all(&picture.png(PNG_SCALE)?).map_err(write_error)),
        Format::Csv => {
            let message = format!("{} is a folder of files, not a stream", format.name());
            Err(Error::new(ErrorKind::Input, message))
        }
    }
}

/// Pixels of a PNG to one of the picture: sharp on good screens and on paper.
#[cfg(feature = "png")]
const PNG_SCALE: f32 = 2.0;

/// The map of the selected events; without places, by force.
fn map(graph: &EventGraph, selection: &Selection, options: &ExportOptions<'_>) -> Result<Picture> {
    let stories = stories(graph, StoryOptions::default())?;
    if let Some(places) = options.places {
        return picture::map(&stories, selection, places, &options.picture);
    }
    let places = layout(graph, selection, &LayoutOptions::default())?;
    picture::map(&stories, selection, &places, &options.picture)
}

/// Writes the selected events and the links between them into a folder, which
/// is made if need be.
///
/// # Errors
/// If the folder or a file cannot be written, or the format is one file
/// (see [`write`]). No file is ever half written.
pub fn write_folder(
    graph: &EventGraph,
    selection: &Selection,
    format: Format,
    folder: &Path,
) -> Result<()> {
    match format {
        Format::Csv => csv::write_folder(graph, selection, folder),
        _ => {
            let message = format!("{} is one file, not a folder", format.name());
            Err(Error::new(ErrorKind::Input, message).at(folder))
        }
    }
}

/// The links between selected events, in order.
fn links_between<'g>(
    graph: &'g EventGraph,
    selection: &'g Selection,
) -> impl Iterator<Item = Link> + 'g {
    graph
        .links()
        .filter_map(|link| graph.link(link))
        .filter(|link| selection.contains(link.source) && selection.contains(link.target))
}

/// An error of writing, without a path: the target knows it.
fn write_error(cause: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot write the export").because(cause)
}
