//! The event that a person means: a key, the end of one, or words.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::analysis::search::search;
use crate::analysis::suggest::near_words;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, SelectOptions, Selection};
use crate::model::{
    Date, EventId, cut, date_in_path, from_to, number, one_line, plain_text, simplified,
};

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
    let mut candidates = with_words(graph, name, &Selection::all(graph))?;
    if candidates.is_empty() && !end.is_empty() {
        candidates = graph.events().filter(|&event| graph.key(event).contains(end)).collect();
    }
    let day = day_among(name);
    if let (true, Some((span, words))) = (candidates.is_empty(), &day) {
        candidates = on_days(graph, *span, words)?;
    }
    if candidates.len() > 1 {
        let whole = |&event: &EventId| {
            let title = graph.title(event);
            holds_words(title, name) || holds_words(&plain_text(title), name)
        };
        let as_they_stand: Vec<EventId> = candidates.iter().copied().filter(whole).collect();
        if let &[event] = as_they_stand.as_slice() {
            return Ok(event);
        }
    }
    match candidates.as_slice() {
        [] => {
            let meant = match (day, near_words(graph, name)) {
                (Some((span, words)), _) if words.is_empty() => {
                    format!("and none is of {}", from_to(span))
                }
                (_, Some(words)) => format!("did you mean `{words}`?"),
                (_, None) => "`search` finds events by words".to_owned(),
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

/// The selected events whose title holds all words, the best first; if none does,
/// those whose title and summary do.
fn with_words(graph: &EventGraph, words: &str, selection: &Selection) -> Result<Vec<EventId>> {
    let hits = search(graph, words, selection, usize::MAX)?;
    let titles = hits.iter().filter(|hit| hit.in_title).count();
    let best = if titles > 0 { titles } else { hits.len() };
    Ok(hits.iter().take(best).map(|hit| hit.event).collect())
}

/// The first day, month or year among words, and the other words.
fn day_among(name: &str) -> Option<((Date, Date), String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (at, span) =
        (0..).zip(&words).find_map(|(at, word)| Some((at, Date::parse_span(word)?)))?;
    let others = [&words[..at], &words[at + 1..]].concat();
    Some((span, others.join(" ")))
}

/// The events of some days whose title (or title and summary) holds all words, if
/// there are any words.
fn on_days(graph: &EventGraph, days: (Date, Date), words: &str) -> Result<Vec<EventId>> {
    let options =
        SelectOptions { from: Some(days.0), until: Some(days.1), ..SelectOptions::default() };
    let selection = Selection::new(graph, &options)?;
    match words.is_empty() {
        true => Ok(selection.events(graph).collect()),
        false => with_words(graph, words, &selection),
    }
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
