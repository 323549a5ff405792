//! The event that a person means: a key, the end of one, or words.

use crate::analysis::search::search;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Candidates that a message lists.
const LISTED: usize = 10;

/// The one event that a name means: the event with this key; else the one
/// whose key ends with it; else the one whose title holds all its words, or
/// whose title and summary do.
///
/// # Errors
/// If there is none, or if there are several; the error then lists their keys.
///
/// # Complexity
/// Linear in the length of all keys, and of all titles and summaries if words
/// are needed.
pub fn find_event(graph: &EventGraph, name: &str) -> Result<EventId> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::new(ErrorKind::Input, "an event's name is empty"));
    }
    let end = name.trim_start_matches('/');
    let end = end.strip_suffix(".md").unwrap_or(end);
    let by_key: Vec<EventId> = graph
        .events()
        .filter(|&event| {
            let bytes = graph
                .tables()
                .events
                .key
                .bytes(event.index())
                .unwrap_or_default();
            !end.is_empty() && bytes.ends_with(end.as_bytes())
        })
        .collect();
    if let Some(&exact) = by_key.iter().find(|&&event| graph.key(event) == end) {
        return Ok(exact);
    }
    // `…/sputnik` is meant before `…/the-sputnik`.
    let whole: Vec<EventId> = by_key
        .iter()
        .copied()
        .filter(|&event| {
            graph
                .key(event)
                .strip_suffix(end)
                .is_some_and(|rest| rest.ends_with('/'))
        })
        .collect();
    match (whole.as_slice(), by_key.as_slice()) {
        (&[event], _) | (_, &[event]) => return Ok(event),
        ([_, _, ..], _) => return Err(several(graph, name, &whole)),
        (_, [_, _, ..]) => return Err(several(graph, name, &by_key)),
        _ => {}
    }
    let hits = search(graph, name, &Selection::all(graph))?;
    let titles = hits.iter().filter(|hit| hit.in_title).count();
    let candidates: Vec<EventId> = hits
        .iter()
        .take(if titles > 0 { titles } else { hits.len() })
        .map(|hit| hit.event)
        .collect();
    match candidates.as_slice() {
        [] => {
            let message = format!(
                "no event is called `{name}`, by its key, its end or words of its title; \
                 `threadline search` finds events by words"
            );
            Err(Error::new(ErrorKind::NotFound, message))
        }
        &[event] => Ok(event),
        several_hits => Err(several(graph, name, several_hits)),
    }
}

fn several(graph: &EventGraph, name: &str, events: &[EventId]) -> Error {
    let mut message = format!("`{name}` could be any of {} events:", events.len());
    for &event in events.iter().take(LISTED) {
        message.push_str("\n  ");
        message.push_str(graph.key(event));
    }
    if events.len() > LISTED {
        message.push_str(&format!("\n  … and {} more", events.len() - LISTED));
    }
    Error::new(ErrorKind::NotFound, message)
}
