//! How near are two events, beside random pairs of the archive?

use rayon::prelude::*;

use crate::analysis::chain::fewest::{Scratch, fewest_links_with};
use crate::analysis::chain::{By, ChainOptions};
use crate::analysis::random::nth;
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Where a number of links stands among random pairs of events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The fewest links between the two events, in either direction.
    pub fewest: u32,
    /// How many pairs were asked.
    pub pairs: u32,
    /// Of these, farther apart, or not tied at all.
    pub farther: u32,
    /// Of these, as far apart.
    pub as_far: u32,
}

const PAIRS: u32 = 1000;
const SEED: u64 = 1967;

/// How near two events are to each other by fewest links, in either direction
/// and through all events, beside 1,000 random pairs of different events of the
/// archive (fixed seed).
///
/// # Returns
/// `None` if no chain ties the two, or if there are fewer than two events.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// A thousand searches for fewest links, in parallel, none deeper than the one
/// between the two events.
pub fn standing(graph: &EventGraph, from: EventId, to: EventId) -> Result<Option<Standing>> {
    let walk = graph.walk()?;
    let all = Selection::all(graph);
    let any = ChainOptions { by: By::Fewest, ..ChainOptions::default() };
    let found = fewest_links_with(walk, from, to, any, &all, &mut Scratch::default());
    let Some(fewest) = found.map(|events| events.len() as u32 - 1) else { return Ok(None) };
    let events = graph.event_count() as u64;
    if events < 2 {
        return Ok(None);
    }
    let options = ChainOptions { max_links: Some(fewest), ..any };
    let compare = |scratch: &mut Scratch, n: u32| {
        let (a, b) = pair(u64::from(n), events);
        match fewest_links_with(walk, a, b, options, &all, scratch) {
            None => (1, 0),
            Some(chain) => (0, u32::from(chain.len() as u32 - 1 == fewest)),
        }
    };
    let (farther, as_far) = (0..PAIRS)
        .into_par_iter()
        .with_min_len(PAIRS as usize / 16)
        .map_init(Scratch::default, compare)
        .reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    Ok(Some(Standing { fewest, pairs: PAIRS, farther, as_far }))
}

/// The n-th random pair of different events.
fn pair(n: u64, events: u64) -> (EventId, EventId) {
    let a = nth(SEED, 2 * n) % events;
    let b = (a + 1 + nth(SEED, 2 * n + 1) % (events - 1)) % events;
    (EventId(a as u32), EventId(b as u32))
}
