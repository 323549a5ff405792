//! Events by words of their title or summary, and by the day that it was.

use crate::analysis::search::search;
use crate::error::Result;
use crate::graph::{EventGraph, SelectOptions, Selection};
use crate::model::{Date, EventId, plain_text, simplified};

/// The events whose title holds all words of a name, or whose title and summary do;
/// else those whose key holds it (as it is written in keys: `end`); else those of
/// a day among its words. Of several, the one whose title holds the words as they
/// stand.
pub(super) fn by_words(graph: &EventGraph, name: &str, end: &str) -> Result<Vec<EventId>> {
    let mut found = with_words(graph, name, &Selection::all(graph))?;
    if found.is_empty() && !end.is_empty() {
        found = graph.events().filter(|&event| graph.key(event).contains(end)).collect();
    }
    if let (true, Some((span, words))) = (found.is_empty(), day_among(name)) {
        found = on_days(graph, span, &words)?;
    }
    if found.len() > 1 {
        let as_they_stand = |event: &EventId| {
            let title = graph.title(*event);
            holds_words(title, name) || holds_words(&plain_text(title), name)
        };
        let whole: Vec<EventId> = found.iter().copied().filter(as_they_stand).collect();
        if whole.len() == 1 {
            return Ok(whole);
        }
    }
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
