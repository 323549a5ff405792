//! Which events hold these words?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{self, Hit};
use crate::answers::select::Select;
use crate::error::Result;
use crate::export::records::{self, EventRecord};
use crate::graph::EventGraph;

/// Words to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SearchQuestion {
    /// Words that title or summary hold; none to list what is selected.
    pub words: String,
    /// How many of the best have to stand in order, in front of the others; all
    /// of them if this is not said.
    pub ordered: Option<usize>,
}

/// Events that hold all words, the best first; without words the selected
/// events by date.
///
/// # Errors
/// If the selection makes no sense or the graph's links are damaged.
pub fn search(graph: &EventGraph, select: &Select, asked: &SearchQuestion) -> Result<Vec<Hit>> {
    let selection = select.selection(graph)?;
    if !asked.words.trim().is_empty() {
        let ordered = asked.ordered.unwrap_or(usize::MAX);
        return analysis::search(graph, &asked.words, &selection, ordered);
    }
    let walk = graph.walk()?;
    let hit = |event| Hit { event, in_title: true, links: walk.degree(event) as u32 };
    Ok(selection.events(graph).map(hit).collect())
}

/// The hits for programs.
#[derive(Debug, Serialize)]
pub struct SearchAnswer<'g> {
    events: Vec<HitRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct HitRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    links: u32,
    in_title: bool,
}

impl<'g> SearchAnswer<'g> {
    /// The record of hits.
    pub fn new(graph: &'g EventGraph, hits: &[Hit]) -> Self {
        let record = |hit: &Hit| HitRecord {
            event: records::event(graph, hit.event),
            links: hit.links,
            in_title: hit.in_title,
        };
        Self { events: hits.iter().map(record).collect() }
    }
}
