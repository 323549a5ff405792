//! The chain whose weakest link is strongest, within a budget of links.

use crate::analysis::chain::fewest::{Scratch, search, search_cheapest};
use crate::analysis::chain::rules::Rules;
use crate::analysis::chain::weights::{Above, Weights};
use crate::model::EventId;

/// Of the chains of at most `most` links, those whose weakest link is as
/// strong as can be; of these the shortest; of these those of least total cost,
/// as [`closest`](super::closest) counts it; of these the first by ids.
pub(super) fn strongest(
    rules: &Rules<'_>,
    weights: &Weights<'_>,
    from: EventId,
    to: EventId,
    (most, ceiling): (u32, f64),
    scratch: &mut Scratch,
) -> Option<Vec<EventId>> {
    let at_least = bottleneck(rules, weights, from, to, (most, ceiling), scratch)?;
    let steps = Above::new(rules, weights, at_least);
    search_cheapest(&steps, rules.walk.event_count(), from, to, Some(most), scratch)
}

/// The greatest strength that some chain of at most `most` links has in every
/// link; what is stronger than `ceiling` counts as much as `ceiling`.
///
/// Halves the range in which the weakest link's strength lies: is there a
/// chain of at most `most` links that are at least so strong? That is a search
/// breadth-first from both ends. If there is one, its weakest link is the new
/// lower end of the range; if not, the strongest link that the search had to
/// pass over is the new upper end, since every chain needs one of those.
pub(super) fn bottleneck(
    rules: &Rules<'_>,
    weights: &Weights<'_>,
    from: EventId,
    to: EventId,
    (most, ceiling): (u32, f64),
    scratch: &mut Scratch,
) -> Option<f64> {
    if !rules.allows(from) || !rules.allows(to) {
        return None;
    }
    let events = rules.walk.event_count();
    let mut above = |at_least: f64| {
        let steps = Above::new(rules, weights, at_least);
        let found = search(&steps, events, from, to, Some(most), scratch);
        (found, steps.passed_over())
    };
    let (any, _) = above(0.0);
    let mut low = weakest(rules, weights, &any?).min(ceiling);
    let mut high = ceiling;
    // Each turn the range at least halves, down to two neighbouring numbers.
    while low < high {
        let middle = low + (high - low) / 2.0;
        let wanted = if middle > low { middle } else { high };
        match above(wanted) {
            (Some(found), _) => {
                low = weakest(rules, weights, &found).min(ceiling).max(wanted);
            }
            (None, passed_over) => high = passed_over.min(wanted),
        }
    }
    Some(low)
}

/// The strength of the weakest hop.
pub(super) fn weakest(rules: &Rules<'_>, weights: &Weights<'_>, events: &[EventId]) -> f64 {
    let hops = events.windows(2).map(|pair| hop_strength(rules, weights, pair[0], pair[1]));
    hops.fold(1.0, f64::min)
}

/// The strength of the strongest link that a chain may follow from one event
/// to the next; 0 if there is none.
fn hop_strength(rules: &Rules<'_>, weights: &Weights<'_>, a: EventId, b: EventId) -> f64 {
    let mut strength = 0.0_f64;
    rules.each_link(a, true, |other, link| {
        if other == b {
            strength = strength.max(weights.of(link));
        }
    });
    strength
}

/// The sum of what the hops cost.
pub(super) fn total_cost(rules: &Rules<'_>, weights: &Weights<'_>, events: &[EventId]) -> u64 {
    let hop = |pair: &[EventId]| {
        let mut least = u64::MAX;
        rules.each_link(pair[0], true, |other, link| {
            if other == pair[1] {
                least = least.min(weights.cost(link));
            }
        });
        least
    };
    events.windows(2).map(hop).fold(0, u64::saturating_add)
}
