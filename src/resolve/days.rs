//! What day pages add to the events that they list.

use std::collections::BTreeMap;

use crate::model::{DraftEvents, NONE, Strings};
use crate::resolve::collector::Days;
use crate::resolve::contexts::Topics;
use crate::resolve::targets::Ids;

/// Adds topics, and where an event's own page says nothing, its lead topic and
/// summary. Returns (event, topic).
pub(super) fn apply_days(
    events: &mut DraftEvents,
    days: &Days,
    ids: &Ids,
    split: &Topics,
) -> Vec<(u32, u32)> {
    let mut topics = Vec::new();
    let mut summaries: BTreeMap<u32, &str> = BTreeMap::new();
    let mut leads: BTreeMap<u32, u32> = BTreeMap::new();
    for entry in 0..days.address.len() {
        let event = ids.event(days.address[entry]);
        // Of several days' words the least, so that the order is no matter.
        if days.lead[entry] != NONE {
            let lead = split.lead_topics[days.lead[entry] as usize];
            topics.push((event, lead));
            let slot = leads.entry(event).or_insert(lead);
            if split.topics.get(lead) < split.topics.get(*slot) {
                *slot = lead;
            }
        }
        if days.context[entry] != NONE {
            let range = split.contexts[days.context[entry] as usize].clone();
            let list = &split.context_topics[range.start as usize..range.end as usize];
            topics.extend(list.iter().map(|&topic| (event, topic)));
        }
        let summary = days.summary.get(entry as u32);
        if !summary.is_empty() && events.summary.get(event).is_empty() {
            let slot = summaries.entry(event).or_insert(summary);
            if summary < *slot {
                *slot = summary;
            }
        }
    }
    for (event, lead) in leads {
        let slot = &mut events.lead_topic[event as usize];
        if *slot == NONE {
            *slot = lead;
        }
    }
    if !summaries.is_empty() {
        let mut merged = Strings::default();
        for (event, summary) in (0..).zip(events.summary.iter()) {
            merged.push(summaries.get(&event).copied().unwrap_or(summary));
        }
        events.summary = merged;
    }
    topics
}
