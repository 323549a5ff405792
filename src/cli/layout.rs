//! Where events are drawn: the options of exports that have places.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::analysis::{Layout, LayoutOptions, Places, StoryOptions, layout, stories, time_layout};
use crate::cli::load::LoadArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::export::Format;
use crate::graph::{EventGraph, Selection};
use crate::import;
use crate::store;

/// Where events are drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Places")]
pub(super) struct LayoutArgs {
    /// Write a place for each event: linked events near one another (force), or
    /// the date from left to right and a lane for each story (time)
    #[arg(long, value_name = "WHAT")]
    layout: Option<LayoutKind>,

    /// Keep events where they are in OLD: an earlier export with places (.json,
    /// .gexf), or a graph; only new events are placed
    #[arg(long, value_name = "OLD")]
    layout_from: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LayoutKind {
    Force,
    Time,
}

impl LayoutArgs {
    /// Refuses what makes no sense, before any work.
    pub(super) fn check(&self, format: Format) -> Result<()> {
        let refuse = |message: String| Err(Error::new(ErrorKind::Input, message));
        if self.layout_from.is_some() && self.layout == Some(LayoutKind::Time) {
            let message = "dates say where events stand in a layout by time; leave out \
                           `--layout-from`";
            return refuse(message.to_owned());
        }
        if self.layout == Some(LayoutKind::Time) && format.is_picture() {
            let message = "a map has no axis of time; `threadline story GRAPH NUMBER -o` draws \
                           lanes in time, and gexf, dot, graphml or json take such places along";
            return refuse(message.to_owned());
        }
        if (self.layout.is_some() || self.layout_from.is_some()) && !format.has_places() {
            let names: Vec<&str> =
                Format::all().filter(|f| f.has_places()).map(Format::name).collect();
            let message =
                format!("{} has no place for events; {} have", format.name(), names.join(", "));
            return refuse(message);
        }
        Ok(())
    }

    /// The places, if they are asked for or if the format has to have some.
    pub(super) fn places(
        &self,
        graph: &EventGraph,
        selection: &Selection,
        format: Format,
        load: &LoadArgs,
    ) -> Result<Option<Layout>> {
        let from = match &self.layout_from {
            Some(path) => Some(old_places(path, load)?),
            None => None,
        };
        Ok(match self.layout {
            Some(LayoutKind::Time) => {
                let found = stories(graph, StoryOptions::default())?;
                Some(time_layout(graph, selection, &|event| found.of(event))?.layout)
            }
            None if from.is_none() && !format.is_picture() => None,
            _ => {
                let options = LayoutOptions { from: from.as_ref(), ..LayoutOptions::default() };
                Some(layout(graph, selection, &options)?)
            }
        })
    }
}

/// The places in an exported file, or those that a graph's events get.
fn old_places(path: &Path, load: &LoadArgs) -> Result<Places> {
    if !(path.is_dir() || store::is_graph_file(path)) {
        return import::read_places(path);
    }
    let graph = load.load_other(path)?;
    let placed = layout(&graph, &Selection::all(&graph), &LayoutOptions::default())?;
    Ok(placed.by_key(&graph))
}
