//! How stories are found: the same options wherever stories are.

use clap::Args;

use crate::answers::StoryFinding;

/// How stories are found.
#[derive(Debug, Args)]
#[command(next_help_heading = "Stories")]
pub(super) struct StoryArgs {
    /// Days after which a tie between two events has faded (to 1/e)
    #[arg(long, value_name = "DAYS", default_value_t = StoryFinding::default().scale)]
    scale: f64,

    /// How fine stories are: 2 for smaller ones, 0.5 for larger ones
    #[arg(long, value_name = "N", default_value_t = StoryFinding::default().level)]
    level: f64,

    /// Events that a story has at least
    #[arg(long, value_name = "N", default_value_t = StoryFinding::default().min_size)]
    min_size: usize,
}

impl StoryArgs {
    pub(super) fn finding(&self) -> StoryFinding {
        let Self { scale, level, min_size } = *self;
        StoryFinding { scale, level, min_size }
    }
}
