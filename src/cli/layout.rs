//! Where events are drawn: the options of exports that have places.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::analysis::Places;
use crate::answers::LayoutKind;
use crate::cli::load::LoadArgs;
use crate::error::Result;
use crate::pipeline::places_in;

/// Where events are drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Places")]
pub(super) struct LayoutArgs {
    /// Write a place for each event: linked events near one another (force), or
    /// the date from left to right and a lane for each story (time)
    #[arg(long, value_name = "WHAT")]
    layout: Option<LayoutArg>,

    /// Keep events where they are in OLD: an earlier export with places (.json,
    /// .gexf), or a graph; only new events are placed
    #[arg(long, value_name = "OLD")]
    layout_from: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LayoutArg {
    Force,
    Time,
}

impl LayoutArgs {
    /// How events are to be placed, if that is asked for.
    pub(super) fn kind(&self) -> Option<LayoutKind> {
        self.layout.map(|kind| match kind {
            LayoutArg::Force => LayoutKind::Force,
            LayoutArg::Time => LayoutKind::Time,
        })
    }

    /// Whether events are to stay where they were.
    pub(super) fn keeps_places(&self) -> bool {
        self.layout_from.is_some()
    }

    /// Where they were.
    pub(super) fn old_places(&self, load: &LoadArgs) -> Result<Option<Places>> {
        self.layout_from
            .as_deref()
            .map(|path| places_in(path, |path| load.load_other(path)))
            .transpose()
    }
}
