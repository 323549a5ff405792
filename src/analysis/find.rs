//! The event that a person means: a key, the end of one, or words.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::analysis::search::search;
use crate::analysis::suggest::near_words;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, date_in_path, one_line, plain_name, simplified};

/// Candidates that a message lists.
const LISTED: usize = 10;

/// The one event that a name means: the event with this key; else the one
/// whose key ends with it (one word does not count: `apollo` is no end of a key
/// that ends with `…-except-apollo`); else the one whose title holds all its
/// words (of several, the one that holds them as they stand), or whose title
/// and summary do; else the one whose key holds it.
///
/// # Errors
/// If there is none, or if there are several: the error is then
/// [`ErrorKind::Ambiguous`], lists their dates and titles, and has their keys as
/// candidates.
///
/// # Complexity
/// O(log n) keys are compared for a whole key with the event's date in it, and
/// one for any whole key once several names were asked for; else linear in the
/// length of all keys, and of all titles and summaries if words are needed.
pub fn find_event(graph: &EventGraph, name: &str) -> Result<EventId> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::new(ErrorKind::Input, "an event's name is empty"));
    }
    let end = as_key(name);
    if let Some(event) = on_its_day(graph, end).or_else(|| graph.find_key_if_indexed(end)) {
        return Ok(event);
    }
    let keys = &graph.tables().events.key;
    let is_end = |key: &[u8]| {
        key.strip_suffix(end.as_bytes())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(b"/") || end.contains(['-', '/']))
    };
    let rows = if end.is_empty() { 0 } else { graph.event_count() };
    let by_key: Vec<EventId> = (0..rows)
        .into_par_iter()
        .with_min_len(1 << 14)
        .filter(|&row| is_end(keys.bytes(row).unwrap_or_default()))
        .map(|row| EventId(row as u32))
        .collect();
    if let Some(&exact) = by_key.iter().find(|&&event| graph.key(event) == end) {
        return Ok(exact);
    }
    // `…/sputnik` is meant before `…/the-sputnik`.
    let whole: Vec<EventId> = by_key
        .iter()
        .copied()
        .filter(|&event| graph.key(event).strip_suffix(end).is_some_and(|rest| rest.ends_with('/')))
        .collect();
    match (whole.as_slice(), by_key.as_slice()) {
        (&[event], _) | (_, &[event]) => return Ok(event),
        ([_, _, ..], _) => return Err(several(graph, name, &whole)),
        (_, [_, _, ..]) => return Err(several(graph, name, &by_key)),
        _ => {}
    }
    let hits = search(graph, name, &Selection::all(graph), usize::MAX)?;
    let titles = hits.iter().filter(|hit| hit.in_title).count();
    let best = if titles > 0 { titles } else { hits.len() };
    let mut candidates: Vec<EventId> = hits.iter().take(best).map(|hit| hit.event).collect();
    if candidates.is_empty() && !end.is_empty() {
        candidates = graph.events().filter(|&event| graph.key(event).contains(end)).collect();
    }
    if candidates.len() > 1 {
        let whole = |&event: &EventId| holds_words(graph.title(event), name);
        let as_they_stand: Vec<EventId> = candidates.iter().copied().filter(whole).collect();
        if let &[event] = as_they_stand.as_slice() {
            return Ok(event);
        }
    }
    match candidates.as_slice() {
        [] => {
            let day = Date::parse(name).or_else(|| Date::parse(&format!("{name}-01")));
            let meant = match near_words(graph, name) {
                _ if day.is_some() => {
                    format!(
                        "`search` with no words, from and until `{name}`, lists the events of then"
                    )
                }
                Some(words) => format!("did you mean `{words}`?"),
                None => "`search` finds events by words".to_owned(),
            };
            let message = format!(
                "no event is called `{name}`, by its key, its end or words of its title; {meant}"
            );
            Err(Error::new(ErrorKind::NotFound, message))
        }
        &[event] => Ok(event),
        several_hits => Err(several(graph, name, several_hits)),
    }
}

/// The events that many names mean, each as [`find_event`] finds it; names that
/// are whole keys are looked up without looking at any other key.
///
/// # Errors
/// Of the first name that means none or several: its place among the names, and
/// what [`find_event`] says.
///
/// # Complexity
/// Of a whole key as [`EventGraph::find_key`], if it has not the event's date in
/// it; of any other name, once however often it comes, as [`find_event`].
pub fn find_events(
    graph: &EventGraph,
    names: &[impl AsRef<str> + Sync],
) -> Result<Vec<EventId>, (usize, Error)> {
    let whole = |name: &str| {
        let key = as_key(name.trim());
        on_its_day(graph, key).or_else(|| graph.find_key(key))
    };
    // To call other threads takes longer than to look up a few hundred names.
    let whole: Vec<Option<EventId>> = match names.len() {
        0..1000 => names.iter().map(|name| whole(name.as_ref())).collect(),
        _ => names.par_iter().with_min_len(500).map(|name| whole(name.as_ref())).collect(),
    };
    let mut others: HashMap<&str, EventId> = HashMap::new();
    let mut events = Vec::with_capacity(names.len());
    for (at, (name, whole)) in names.iter().map(AsRef::as_ref).zip(whole).enumerate() {
        events.push(match whole.or_else(|| others.get(name).copied()) {
            Some(event) => event,
            None => {
                let event = find_event(graph, name).map_err(|error| (at, error))?;
                others.insert(name, event);
                event
            }
        });
    }
    Ok(events)
}

/// What a name is if it is the end of a key, or a whole one.
fn as_key(name: &str) -> &str {
    let end = name.trim_start_matches('/');
    end.strip_suffix(".md").unwrap_or(end)
}

/// The event with this key, if it is of the day that the key names, as nearly
/// all are: events are in order of (date, key), so only keys of that day are looked at.
fn on_its_day(graph: &EventGraph, key: &str) -> Option<EventId> {
    let keys = &graph.tables().events.key;
    let Range { start: mut low, end: mut high } = graph.events_of(date_in_path(key)?);
    while low < high {
        let middle = low + (high - low) / 2;
        if keys.bytes(middle) < Some(key.as_bytes()) { low = middle + 1 } else { high = middle }
    }
    let found = keys.bytes(low) == Some(key.as_bytes());
    found.then_some(EventId(low as u32))
}

/// Whether a title holds a phrase that neither begins nor ends inside a word.
fn holds_words(title: &str, phrase: &str) -> bool {
    let [title, phrase] = [title, phrase].map(|text| simplified(text).to_lowercase());
    title.match_indices(&phrase).any(|(at, _)| {
        let before = title[..at].chars().next_back();
        let after = title[at + phrase.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

fn several(graph: &EventGraph, name: &str, events: &[EventId]) -> Error {
    let mut message = format!("`{name}` could be any of {} events:", events.len());
    for &event in events.iter().take(LISTED) {
        let date = graph.date(event).map_or_else(|| "no date".to_owned(), |day| day.to_string());
        let title = one_line(&plain_name(graph.title(event)));
        let (title, key) = (title.as_str(), graph.key(event));
        let first = if title.is_empty() || title == key { key } else { title };
        message.push_str(&format!("\n  {date:10}  {first}"));
        if first != key {
            message.push_str(&format!("\n              {key}"));
        }
    }
    if events.len() > LISTED {
        message.push_str(&format!("\n  … and {} more", events.len() - LISTED));
    }
    let keys = events.iter().map(|&event| graph.key(event).to_owned());
    Error::ambiguous(message, keys.collect())
}
