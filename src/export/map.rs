//! The map of an archive, as SVG or PNG: events by their places, coloured by
//! story. `picture` draws it; here it meets the stories and the layout.

use std::io::Write;

use crate::analysis::{LayoutOptions, StoryOptions, layout, stories};
use crate::error::Result;
use crate::export::{ExportOptions, write_error};
use crate::graph::{EventGraph, Selection};
use crate::picture::{self, Picture};

pub(super) fn write_svg(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let picture = map(graph, selection, options)?;
    out.write_all(picture.svg().as_bytes()).map_err(write_error)
}

#[cfg(feature = "png")]
pub(super) fn write_png(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    /// Pixels to one of the picture: sharp on good screens and on paper.
    const SCALE: f32 = 2.0;
    let png = map(graph, selection, options)?.png(SCALE)?;
    out.write_all(&png).map_err(write_error)
}

/// The map of the selected events; without places, by force.
fn map(graph: &EventGraph, selection: &Selection, options: &ExportOptions<'_>) -> Result<Picture> {
    options.picture.check()?;
    let stories = stories(graph, StoryOptions::default())?;
    if let Some(places) = options.places {
        return picture::map(&stories, selection, places, &options.picture);
    }
    let places = layout(graph, selection, LayoutOptions::default())?;
    picture::map(&stories, selection, &places, &options.picture)
}
