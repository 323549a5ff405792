//! Where events are drawn: the options of exports that have places.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::analysis::Places;
use crate::answers::LayoutKind;
use crate::cli::choice::one_of;
use crate::cli::load::LoadArgs;
use crate::error::Result;
use crate::pipeline::places_in;

/// Where events are drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Places")]
pub(super) struct LayoutArgs {
    /// Write a place for each event: linked events near one another (force), or
    /// the date from left to right and a lane for each story (time)
    #[arg(long, value_name = "WHAT", value_parser = one_of(LayoutKind::ALL))]
    layout: Option<LayoutKind>,

    /// Keep events where they are in OLD: an earlier export with places (.json,
    /// .gexf), or a graph; only new events are placed
    #[arg(long, value_name = "OLD")]
    layout_from: Option<PathBuf>,
}

impl LayoutArgs {
    /// How events are to be placed, if that is asked for.
    pub(super) fn kind(&self) -> Option<LayoutKind> {
        self.layout
    }

    /// Whether events are to stay where they were.
    pub(super) fn keeps_places(&self) -> bool {
        self.layout_from.is_some()
    }

    /// The file that says where they were.
    pub(super) fn file(&self) -> Option<&Path> {
        self.layout_from.as_deref()
    }

    /// Where they were.
    pub(super) fn old_places(&self, load: &LoadArgs) -> Result<Option<Places>> {
        self.layout_from
            .as_deref()
            .map(|path| places_in(path, |path| load.load_other(path)))
            .transpose()
    }
}
