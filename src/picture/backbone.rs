//! Which links of a map are drawn where there are too many to tell apart.

use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::EventId;

/// Links that are drawn, at most, if each event has one of them.
const LINKS: usize = 8_000;

/// The links between the events of a map, the strongest first, equal ones as
/// they stand in the graph; without those from an event to itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapLinks {
    /// Those to draw: all, or of each event the strongest few, as many as can
    /// be told apart, at least one.
    pub backbone: Vec<(EventId, EventId)>,
    /// All others.
    pub others: Vec<(EventId, EventId)>,
}

impl MapLinks {
    /// The links between events of which `on_map` is true.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    ///
    /// # Complexity
    /// O(|V| + |E| log |E|).
    pub fn of(graph: &EventGraph, on_map: &dyn Fn(EventId) -> bool) -> Result<Self> {
        let strengths = graph.strengths()?;
        let walk = strengths.walk();
        let mut links = Vec::new();
        for event in graph.events().filter(|&event| on_map(event)) {
            for link in walk.out_links(event) {
                let target = walk.target(link);
                if target != event && on_map(target) {
                    links.push((strengths.of(link), event, target));
                }
            }
        }
        links.sort_by(|a, b| b.0.total_cmp(&a.0));
        let links: Vec<(EventId, EventId)> =
            links.into_iter().map(|(_, source, target)| (source, target)).collect();
        let drawn = backbone(&links, graph.event_count());
        let (mut backbone, mut others) = (Vec::new(), Vec::new());
        for (link, drawn) in links.into_iter().zip(drawn) {
            if drawn { backbone.push(link) } else { others.push(link) }
        }
        Ok(Self { backbone, others })
    }

    /// How many links there are.
    pub fn len(&self) -> usize {
        self.backbone.len() + self.others.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether each link is drawn; they come by falling strength.
fn backbone(links: &[(EventId, EventId)], events: usize) -> Vec<bool> {
    let mut kept = Vec::new();
    for most in [u32::MAX, 8, 4, 2, 1] {
        let mut drawn = vec![0_u32; events];
        kept.clear();
        for &(source, target) in links {
            let keep = drawn[source.index()] < most || drawn[target.index()] < most;
            if keep {
                drawn[source.index()] += 1;
                drawn[target.index()] += 1;
            }
            kept.push(keep);
        }
        if kept.iter().filter(|keep| **keep).count() <= LINKS {
            break;
        }
    }
    kept
}
