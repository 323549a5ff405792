//! What led to an event, and what followed?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{self, Chain, Strand, Thread, ThreadOptions, WeakEnd, find_event};
use crate::answers::select::Select;
use crate::answers::strand::ChainRecord;
use crate::answers::strand::{rounded, weighed};
use crate::error::Result;
use crate::export::Dossier;
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;
use crate::model::EventId;
use crate::picture::{self, Picture, PictureOptions};

/// Whose thread, how far and how wide.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThreadQuestion {
    /// The event's key, an unambiguous end of it, or words of its title.
    pub event: String,
    /// The most links each way.
    pub steps: u32,
    /// The most chains each way.
    pub branches: usize,
    /// Links weaker than this are not followed.
    pub min_strength: f64,
}

impl Default for ThreadQuestion {
    fn default() -> Self {
        let ThreadOptions { steps, branches, min_strength } = ThreadOptions::default();
        Self { event: String::new(), steps, branches, min_strength }
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
    /// Where the way back ended because only weak links lead on.
    pub weak_before: Vec<WeakEnd>,
    /// The same of the way on.
    pub weak_after: Vec<WeakEnd>,
}

/// The most telling chains in time that lead to an event, and on from it.
///
/// # Errors
/// If the name means no event or several, the event has no date, or options or
/// selection make no sense.
pub fn thread(graph: &EventGraph, select: &Select, asked: &ThreadQuestion) -> Result<ThreadFound> {
    let event = find_event(graph, &asked.event)?;
    let selection = select.selection(graph)?;
    let ThreadQuestion { steps, branches, min_strength, .. } = *asked;
    let options = ThreadOptions { steps, branches, min_strength };
    let found = analysis::thread(graph, event, &selection, options)?;
    let strengths = graph.strengths()?;
    let weighed = |chains: Vec<Chain>| -> Vec<Strand> {
        chains.into_iter().map(|chain| Strand::new(&strengths, chain)).collect()
    };
    Ok(ThreadFound {
        event,
        before: weighed(found.before),
        after: weighed(found.after),
        weak_before: found.weak_before,
        weak_after: found.weak_after,
    })
}

/// A thread for programs.
#[derive(Debug, Serialize)]
pub struct ThreadAnswer<'g> {
    event: EventRecord<'g>,
    /// Chains that end in the event, the best first, each in order of time.
    before: Vec<ChainRecord<'g>>,
    /// Chains that begin with the event, the best first.
    after: Vec<ChainRecord<'g>>,
    /// The first events of chains, or the event itself if there is no chain,
    /// from which only weak links lead further back.
    weak_before: Vec<WeakEndRecord<'g>>,
    /// The same of the way on.
    weak_after: Vec<WeakEndRecord<'g>>,
}

/// An event from which only weak links lead on.
#[derive(Debug, Serialize)]
struct WeakEndRecord<'g> {
    event: &'g str,
    /// How many events they lead to.
    events: usize,
    /// Of the strongest of them.
    strength: f64,
    topics: Vec<&'g str>,
}

impl ThreadFound {
    /// The thread as a picture.
    pub fn picture(&self, graph: &EventGraph, how: &PictureOptions<'_>) -> Picture {
        let (before, after) = (weighed(&self.before), weighed(&self.after));
        let weak = (&self.weak_before[..], &self.weak_after[..]);
        picture::thread(graph, self.event, (&before, &after), weak, how)
    }

    /// The thread as a dossier.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn dossier<'g>(&self, graph: &'g EventGraph) -> Result<Dossier<'g>> {
        let chains =
            |strands: &[Strand]| strands.iter().map(|strand| strand.chain.clone()).collect();
        let thread = Thread {
            event: self.event,
            before: chains(&self.before),
            after: chains(&self.after),
            weak_before: self.weak_before.clone(),
            weak_after: self.weak_after.clone(),
        };
        Dossier::of_thread(graph, &thread)
    }

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ThreadAnswer<'g> {
        let records = |strands: &[Strand]| {
            strands.iter().map(|strand| ChainRecord::new(graph, strand)).collect()
        };
        let weak = |ends: &[WeakEnd]| {
            let record = |end: &WeakEnd| WeakEndRecord {
                event: graph.key(end.event),
                events: end.events,
                strength: rounded(end.strength),
                topics: graph.link_topics(end.strongest.id).map(|t| graph.topic_name(t)).collect(),
            };
            ends.iter().map(record).collect()
        };
        ThreadAnswer {
            event: records::event(graph, self.event),
            before: records(&self.before),
            after: records(&self.after),
            weak_before: weak(&self.weak_before),
            weak_after: weak(&self.weak_after),
        }
    }
}
