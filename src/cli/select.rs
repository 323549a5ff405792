//! The selection options: the same words in every command that lists.

use clap::Args;

use crate::answers::Select;
use crate::answers::parse_from;
use crate::answers::parse_until;
use crate::cli::screen::note;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::Date;

/// Which events to look at; everything given must hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selection")]
pub(super) struct SelectArgs {
    /// Events with this topic; several times: with all of them
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,

    /// Events from this day, month or year on (1969-07-20, 1969-07, 1969)
    #[arg(long, value_name = "DATE", value_parser = parse_from)]
    from: Option<Date>,

    /// Events until this day, or the end of this month or year
    #[arg(long, value_name = "DATE", value_parser = parse_until)]
    until: Option<Date>,

    /// Events around this one, see --hops
    #[arg(long, value_name = "EVENT")]
    around: Option<String>,

    /// How many links around it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    hops: u32,

    /// Events of one cluster, by its number in `threadline clusters`
    #[arg(long, value_name = "N")]
    cluster: Option<usize>,

    /// Events of one story, by its number in `threadline stories`
    #[arg(long, value_name = "N", conflicts_with = "cluster")]
    story: Option<usize>,

    /// Events of the stories of one saga: its number in `threadline stories
    /// --sagas`, or a part of its name
    #[arg(long, value_name = "NUMBER|NAME", conflicts_with_all = ["cluster", "story"])]
    saga: Option<String>,

    /// Events that have a page of their own
    #[arg(long)]
    present_only: bool,
}

impl SelectArgs {
    /// What is asked for of a graph, as every face asks; a span that misses the
    /// graph's is remarked on.
    pub(super) fn select(&self, graph: &EventGraph) -> Select {
        note_if_missed(graph, self.from, self.until);
        self.asked()
    }

    fn asked(&self) -> Select {
        Select {
            topic: self.topic.clone(),
            from: self.from,
            until: self.until,
            around: self.around.clone(),
            hops: self.around.is_some().then_some(self.hops),
            cluster: self.cluster,
            story: self.story,
            saga: self.saga.clone(),
            present_only: self.present_only,
        }
    }

    /// The selected events of a graph.
    pub(super) fn selection(&self, graph: &EventGraph) -> Result<Selection> {
        self.select(graph).selection(graph)
    }
}

/// Tells the span of the archive, if a span was asked for that misses it.
pub(super) fn note_if_missed(graph: &EventGraph, from: Option<Date>, until: Option<Date>) {
    if from.is_some() || until.is_some() {
        let Some((first, last)) = graph.span(graph.events()) else { return };
        let after = from.is_some_and(|from| from > last);
        let before = until.is_some_and(|until| until < first);
        if after || before {
            note(&format!("the events of this archive are from {first} to {last}"));
        }
    }
}
