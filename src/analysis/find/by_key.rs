//! Events by their key, or one end of it.

use std::ops::Range;

use rayon::prelude::*;

use crate::graph::EventGraph;
use crate::model::{EventId, date_in_path};

/// What a name is if it is the end of a key, or a whole one.
pub(super) fn as_key(name: &str) -> &str {
    let end = name.trim_start_matches('/');
    end.strip_suffix(".md").unwrap_or(end)
}

/// The event with this key, if it is of the day that the key names, as nearly
/// all are: events are in order of (date, key), so only keys of that day are looked at.
pub(super) fn on_its_day(graph: &EventGraph, key: &str) -> Option<EventId> {
    let keys = &graph.tables().events.key;
    let Range { start: mut low, end: mut high } = graph.events_of(date_in_path(key)?);
    while low < high {
        let middle = low + (high - low) / 2;
        if keys.bytes(middle) < Some(key.as_bytes()) { low = middle + 1 } else { high = middle }
    }
    let found = keys.bytes(low) == Some(key.as_bytes());
    found.then_some(EventId(low as u32))
}

/// The event with this key; else those whose key ends with it, a whole part of it
/// before others: `…/sputnik` is meant before `…/the-sputnik`. One word alone is no
/// end of `…-except-apollo`.
///
/// # Complexity
/// Linear in the length of all keys.
pub(super) fn ending_with(graph: &EventGraph, end: &str) -> Vec<EventId> {
    let keys = &graph.tables().events.key;
    let is_end = |key: &[u8]| {
        key.strip_suffix(end.as_bytes())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(b"/") || end.contains(['-', '/']))
    };
    let rows = if end.is_empty() { 0 } else { graph.event_count() };
    let ending: Vec<EventId> = (0..rows)
        .into_par_iter()
        .with_min_len(1 << 14)
        .filter(|&row| is_end(keys.bytes(row).unwrap_or_default()))
        .map(|row| EventId(row as u32))
        .collect();
    if let Some(&exact) = ending.iter().find(|&&event| graph.key(event) == end) {
        return vec![exact];
    }
    let is_part = |event: &EventId| {
        graph.key(*event).strip_suffix(end).is_some_and(|rest| rest.ends_with('/'))
    };
    let parts: Vec<EventId> = ending.iter().copied().filter(is_part).collect();
    if parts.is_empty() { ending } else { parts }
}

/// The events whose key begins so: what a line too short for a key shows of it.
///
/// # Complexity
/// Linear in the number of keys.
pub(super) fn beginning_with(graph: &EventGraph, beginning: &str) -> Vec<EventId> {
    let keys = &graph.tables().events.key;
    let begins = |event: &EventId| {
        let key = keys.bytes(event.index());
        !beginning.is_empty() && key.is_some_and(|key| key.starts_with(beginning.as_bytes()))
    };
    graph.events().filter(begins).collect()
}
