//! The event that a person means: a key, one end of it, or words.

mod by_key;
mod by_words;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::analysis::suggest::near_words;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::model::{EventId, cut, from_to, number, one_line, plain_text};

use by_key::{as_key, beginning_with, ending_with, on_its_day};
use by_words::{by_words, day_among};

/// Candidates that a message lists.
const LISTED: usize = 10;

/// Columns of their titles: with the date before it a title fits a terminal.
const COLUMNS: usize = 66;

/// The one event that a name means: the event with this key; else the one
/// whose key ends with it (one word does not count: `apollo` is no end of a key
/// that ends with `…-except-apollo`); else the one whose title holds all its
/// words (of several, the one that holds them as they stand), or whose title
/// and summary do; else the one whose key holds it. Where nothing holds all words,
/// a day, a month or a year among them is when it happened: `2011-03-11 tsunami`.
/// A name that was cut, with `…` at its end, is the beginning of a key or of words.
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
    let mut meant = match end.strip_suffix('…') {
        Some(beginning) => beginning_with(graph, beginning),
        None => ending_with(graph, end),
    };
    let words = name.trim_end_matches('…');
    if meant.is_empty() && !words.is_empty() {
        meant = by_words(graph, words, as_key(words))?;
    }
    match meant.as_slice() {
        [] => Err(none(graph, name)),
        &[event] => Ok(event),
        several_meant => Err(several(graph, name, several_meant)),
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

/// That nothing has this name, and what may be meant.
fn none(graph: &EventGraph, name: &str) -> Error {
    let like_a_date = name.contains('-') && name.chars().all(|c| c.is_ascii_digit() || c == '-');
    let meant = match day_among(name) {
        None if like_a_date => "and it is no date such as 1969-07-20, 1969-07, 1969".to_owned(),
        Some((span, words)) if words.is_empty() => format!("and none is of {}", from_to(span)),
        _ => match near_words(graph, name) {
            Some(words) => format!("did you mean `{words}`?"),
            None => "`search` finds events by words".to_owned(),
        },
    };
    let message =
        format!("no event is called `{name}`, by its key, its end or words of its title; {meant}");
    Error::new(ErrorKind::NotFound, message)
}

/// That several have it: which, and how to go on.
fn several(graph: &EventGraph, name: &str, events: &[EventId]) -> Error {
    let mut message = format!("`{name}` could be any of {} events:", number(events.len()));
    for &event in events.iter().take(LISTED) {
        let date = graph.date(event).map_or_else(|| "no date".to_owned(), |day| day.to_string());
        let title = one_line(&plain_text(graph.title(event)));
        let (title, key) = (title.as_str(), graph.key(event));
        if title.is_empty() || title == key {
            message.push_str(&format!("\n  {date:10}  {key}"));
        } else {
            message
                .push_str(&format!("\n  {date:10}  {}\n              {key}", cut(title, COLUMNS)));
        }
    }
    if events.len() > LISTED {
        message.push_str(&format!("\n  … and {} more", number(events.len() - LISTED)));
    }
    message.push_str("\nname it by its key, by more words of its title, or by a word and its day");
    let keys = events.iter().map(|&event| graph.key(event).to_owned());
    Error::ambiguous(message, keys.collect())
}
