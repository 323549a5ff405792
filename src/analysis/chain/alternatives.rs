//! Several chains between two events that really differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::chain::{By, Chain, ChainSearch, strongest};
use crate::error::{Error, ErrorKind, Result};
use crate::model::EventId;

/// More alternatives than this are refused.
const MOST: usize = 100;

/// Chains that are looked at for each one asked for, before the search turns
/// to what shares nothing with those found.
const LOOKED_AT: usize = 12;

/// Of a longer chain, alternatives branch off at its first events only.
const BRANCHES: usize = 64;

/// What a chain is ranked by, least first: two numbers or three by the
/// meaning, then the ids.
type Rank = ([u64; 3], Vec<EventId>);

impl ChainSearch<'_> {
    /// The best `k` chains between two events that differ: of the inner events
    /// of the shorter of any two, at most half are in the other.
    ///
    /// Chains are taken by rank (Yen 1971, with what Lawler 1972 saves), and
    /// those kept that differ from all kept before. When 12 have been looked at
    /// for each one asked for, and there are not enough yet, the rest are the
    /// best that share no inner event with any kept.
    ///
    /// # Returns
    /// The events of at most `k` chains, best first; the first is that of
    /// [`ChainSearch::way`].
    ///
    /// # Errors
    /// If `k` is 0 or above 100.
    ///
    /// # Complexity
    /// 12 k times the links of a chain, times one search.
    pub fn ways(&mut self, from: EventId, to: EventId, k: usize) -> Result<Vec<Vec<EventId>>> {
        if k == 0 || k > MOST {
            let message = format!("{k} chains: ask for 1 to {MOST}");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let budget = self.budget(from, to);
        let Some(first) = self.search(from, to, budget, 1.0) else { return Ok(Vec::new()) };
        if k == 1 || from == to {
            return Ok(vec![first]);
        }
        let mut kept = vec![first.clone()];
        self.by_rank(first, budget, k, &mut kept);
        while kept.len() < k {
            let inner: Vec<EventId> = kept.iter().flat_map(|kept| inner(kept)).copied().collect();
            let direct = kept.iter().any(|kept| kept.len() == 2);
            let banned = if direct { vec![to] } else { Vec::new() };
            let Some(apart) = self.around(&[from], to, &inner, &banned, budget) else { break };
            kept.push(apart);
        }
        Ok(kept)
    }

    /// The chains of [`ChainSearch::ways`], with the links of each step.
    ///
    /// # Errors
    /// As there, or if the graph's links contradict each other.
    pub fn chains(&mut self, from: EventId, to: EventId, k: usize) -> Result<Vec<Chain>> {
        self.ways(from, to, k)?.into_iter().map(|events| self.evidence(events)).collect()
    }

    /// Takes chains by rank and keeps those that differ.
    fn by_rank(
        &mut self,
        first: Vec<EventId>,
        budget: Option<u32>,
        k: usize,
        kept: &mut Vec<Vec<EventId>>,
    ) {
        let to = first[first.len() - 1];
        // Of each beginning that was taken: the events it went on to.
        let mut taken: BTreeMap<Vec<EventId>, Vec<EventId>> = BTreeMap::new();
        let mut waiting: BTreeSet<(Rank, usize)> = BTreeSet::new();
        waiting.insert((self.rank(first), 0));
        for _ in 0..LOOKED_AT * k {
            let Some(((_, chain), branched)) = waiting.pop_first() else { return };
            if kept.iter().all(|kept| differ(kept, &chain)) {
                kept.push(chain.clone());
            }
            if kept.len() == k {
                return;
            }
            for at in 0..(chain.len() - 1).min(BRANCHES) {
                let next = taken.entry(chain[..=at].to_vec()).or_default();
                next.push(chain[at + 1]);
                next.sort_unstable();
                next.dedup();
                if at < branched {
                    continue;
                }
                let banned = next.clone();
                let before = &chain[..at];
                if let Some(other) = self.around(&chain[..=at], to, before, &banned, budget) {
                    waiting.insert((self.rank(other), at));
                }
            }
        }
    }

    /// The best chain that begins with some events, goes on to none of the
    /// banned ones, and runs through none of those left out.
    fn around(
        &mut self,
        beginning: &[EventId],
        to: EventId,
        left_out: &[EventId],
        banned: &[EventId],
        budget: Option<u32>,
    ) -> Option<Vec<EventId>> {
        let start = *beginning.last()?;
        let gone = beginning.len() as u32 - 1;
        let budget = match budget {
            Some(budget) => Some(budget.checked_sub(gone).filter(|left| *left > 0)?),
            None => None,
        };
        let ceiling = match &self.weights {
            Some(weights) => strongest::weakest(&self.rules, weights, beginning),
            None => 1.0,
        };
        self.rules.leave_out(left_out, start, banned);
        let rest = self.search(start, to, budget, ceiling);
        self.rules.let_in(left_out);
        Some([&beginning[..beginning.len() - 1], &rest?].concat())
    }

    fn rank(&self, chain: Vec<EventId>) -> Rank {
        let links = chain.len() as u64 - 1;
        let Some(weights) = &self.weights else { return ([links, 0, 0], chain) };
        let cost = || strongest::total_cost(&self.rules, weights, &chain);
        // Of positive numbers the greater has the greater bits.
        let weakness = || u64::MAX - strongest::weakest(&self.rules, weights, &chain).to_bits();
        let numbers = match self.rules.options.by {
            By::Fewest => [links, 0, 0],
            _ if weights.are_uniform() => [links, 0, 0],
            By::Closest => [cost(), 0, 0],
            By::Strongest => [weakness(), links, cost()],
            By::Coherent => [weakness(), cost(), 0],
        };
        (numbers, chain)
    }
}

fn inner(chain: &[EventId]) -> &[EventId] {
    chain.get(1..chain.len() - 1).unwrap_or_default()
}

/// Whether, of the inner events of the shorter chain, at most half are in the
/// other. A single link differs from all that is longer.
fn differ(a: &[EventId], b: &[EventId]) -> bool {
    let shared = inner(a).iter().filter(|event| inner(b).contains(event)).count();
    let fewest = inner(a).len().min(inner(b).len());
    a != b && 2 * shared <= fewest
}
