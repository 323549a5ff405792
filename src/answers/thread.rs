//! What led to an event, and what followed?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    self, Chain, ChainOptions, ChainSearch, Strand, Thread, ThreadOptions, find_event,
};
use crate::answers::select::Select;
use crate::answers::strand::ChainRecord;
use crate::error::Result;
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;
use crate::model::EventId;

/// Whose thread, how far and how wide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThreadQuestion {
    /// The event's key, an unambiguous end of it, or words of its title.
    pub event: String,
    /// The most links each way.
    pub steps: u32,
    /// The most chains each way.
    pub branches: usize,
}

impl Default for ThreadQuestion {
    fn default() -> Self {
        let ThreadOptions { steps, branches } = ThreadOptions::default();
        Self { event: String::new(), steps, branches }
    }
}

/// An event between what led to it and what followed.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadFound {
    /// The event.
    pub event: EventId,
    /// Chains that end in it, the best first.
    pub before: Vec<Strand>,
    /// Chains that begin with it, the best first.
    pub after: Vec<Strand>,
}

/// The strongest chains in time that lead to an event, and on from it.
///
/// # Errors
/// If the name means no event or several, the event has no date, or options or
/// selection make no sense.
pub fn thread(graph: &EventGraph, select: &Select, asked: &ThreadQuestion) -> Result<ThreadFound> {
    let event = find_event(graph, &asked.event)?;
    let selection = select.selection(graph)?;
    let options = ThreadOptions { steps: asked.steps, branches: asked.branches };
    let found = analysis::thread(graph, event, options, &selection)?;
    let mut search = ChainSearch::new(graph, ChainOptions::default(), &selection)?;
    let mut weighed = |chains: Vec<Chain>| -> Vec<Strand> {
        chains.into_iter().map(|chain| Strand::new(&mut search, chain)).collect()
    };
    Ok(ThreadFound { event, before: weighed(found.before), after: weighed(found.after) })
}

/// A thread for programs.
#[derive(Debug, Serialize)]
pub struct ThreadAnswer<'g> {
    event: EventRecord<'g>,
    /// Chains that end in the event, the best first, each in order of time.
    before: Vec<ChainRecord<'g>>,
    /// Chains that begin with the event, the best first.
    after: Vec<ChainRecord<'g>>,
}

impl ThreadFound {
    /// The chains alone, without what their hops weigh.
    pub fn thread(&self) -> Thread {
        let chains =
            |strands: &[Strand]| strands.iter().map(|strand| strand.chain.clone()).collect();
        Thread { event: self.event, before: chains(&self.before), after: chains(&self.after) }
    }

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ThreadAnswer<'g> {
        let records = |strands: &[Strand]| {
            strands.iter().map(|strand| ChainRecord::new(graph, strand)).collect()
        };
        ThreadAnswer {
            event: records::event(graph, self.event),
            before: records(&self.before),
            after: records(&self.after),
        }
    }
}
