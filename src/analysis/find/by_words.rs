//! Events by words of their title or summary, and by the day that it was.

use std::cmp::Reverse;

use unicode_width::UnicodeWidthChar;

use crate::analysis::search::search;
use crate::error::Result;
use crate::graph::{EventGraph, SelectOptions, Selection};
use crate::model::{Date, EventId, folded, plain_text};

/// The events whose title holds all words of a name, or whose title and summary do;
/// else those whose key holds it (as it is written in keys: `end`); else those of
/// a day among its words. Of several, the one whose title holds the words as they
/// stand. A name that is only a day means what happened then.
pub(super) fn by_words(graph: &EventGraph, name: &str, end: &str) -> Result<Vec<EventId>> {
    let day = day_among(name);
    if let Some((days, others)) = &day
        && others.is_empty()
    {
        return by_day(graph, *days, name);
    }
    let mut found = with_words(graph, name, &Selection::all(graph))?;
    if found.is_empty() && !end.is_empty() {
        found = graph.events().filter(|&event| graph.key(event).contains(end)).collect();
    }
    if let (true, Some((days, words))) = (found.is_empty(), day) {
        found = with_words(graph, &words, &of_days(graph, days)?)?;
    }
    let mut whole = found.iter().copied().filter(|&event| holds_words(graph, event, name));
    match (whole.next(), whole.next()) {
        (Some(event), None) => Ok(vec![event]),
        _ => Ok(found),
    }
}

/// The events of some days, those with the most links first; if there are none, those
/// whose title holds what may be a year, or a number.
fn by_day(graph: &EventGraph, days: (Date, Date), name: &str) -> Result<Vec<EventId>> {
    let mut then: Vec<EventId> = of_days(graph, days)?.events(graph).collect();
    if !then.is_empty() {
        let walk = graph.walk()?;
        then.sort_by_key(|&event| Reverse(walk.degree(event)));
        return Ok(then);
    }
    let mut found = with_words(graph, name, &Selection::all(graph))?;
    found.retain(|&event| holds_words(graph, event, name));
    Ok(found)
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
pub(super) fn day_among(name: &str) -> Option<((Date, Date), String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (at, span) =
        (0..).zip(&words).find_map(|(at, word)| Some((at, Date::parse_span(word)?)))?;
    let others = [&words[..at], &words[at + 1..]].concat();
    Some((span, others.join(" ")))
}

/// The events of some days.
fn of_days(graph: &EventGraph, (from, until): (Date, Date)) -> Result<Selection> {
    let options =
        SelectOptions { from: Some(from), until: Some(until), ..SelectOptions::default() };
    Selection::new(graph, &options)
}

/// Whether a title, as it stands or as people read it, holds a phrase that neither
/// begins nor ends inside a word. Where a word of wide characters ends, only readers
/// know: 习近平 is no more meant in 、习近平、 than in 习近平访问.
fn holds_words(graph: &EventGraph, event: EventId, phrase: &str) -> bool {
    let title = graph.title(event);
    let phrase = folded(phrase);
    let goes_on = |end: Option<char>, next: Option<char>| {
        end.zip(next).is_some_and(|(end, next)| {
            let wide = end.width() == Some(2) && next.width() == Some(2);
            next.is_alphanumeric() && !wide
        })
    };
    [title, &plain_text(title)].into_iter().any(|title| {
        let title = folded(title);
        title.match_indices(&phrase).any(|(at, _)| {
            let before = title[..at].chars().next_back();
            let after = title[at + phrase.len()..].chars().next();
            !goes_on(phrase.chars().next(), before) && !goes_on(phrase.chars().next_back(), after)
        })
    })
}
