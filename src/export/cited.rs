//! The sources of a selection, each once, for the formats of bibliographies.
//! Pictures that pages show are none.

use std::borrow::Cow;

use crate::export::records::is_article;
use crate::export::text::{host, one_line, path_of};
use crate::export::words::title;
use crate::graph::{EventGraph, Selection, SourceRow};
use crate::model::{Date, EventId, date_in_path};

/// A source and the events that name it.
pub(super) struct Cited<'g> {
    /// Its address; without one, its name.
    id: &'g str,
    pub(super) url: &'g str,
    /// As the first of the events names it.
    pub(super) name: &'g str,
    /// In order of (date, key), each once; never empty.
    pub(super) events: Vec<EventId>,
}

/// Events that a note names; of more it tells how many.
const NAMED: usize = 10;

/// The sources, in the order in which the events first name them. Two are the
/// same if their addresses are, or, without an address, their names.
///
/// # Complexity
/// Time O(n log n), memory O(n) for n mentions: each source is written once,
/// with all events that name it.
pub(super) fn cited<'g>(graph: &'g EventGraph, selection: &Selection) -> Vec<Cited<'g>> {
    let id = |source: &SourceRow<'g>| match source.url.trim().is_empty() {
        true => source.name,
        false => source.url,
    };
    // Only what they are sorted by: there may be millions.
    let mut mentions: Vec<(&str, EventId, usize)> = selection
        .events(graph)
        .flat_map(|event| graph.sources_of(event))
        .filter(|source| is_article(source.kind))
        .map(|source| (id(&source), source.event, source.row))
        .collect();
    mentions.sort_unstable();
    let table = &graph.tables().sources;
    let mut all: Vec<(usize, Cited<'g>)> = mentions
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let (id, _, row) = same[0];
            let mut events: Vec<EventId> = same.iter().map(|mention| mention.1).collect();
            events.dedup();
            let (url, name) = (table.url.text(row), table.name.text(row));
            (row, Cited { id, url, name, events })
        })
        .collect();
    all.sort_unstable_by_key(|&(row, ref source)| (source.events[0], row));
    all.into_iter().map(|(_, source)| source).collect()
}

impl<'g> Cited<'g> {
    /// The key to cite it by: the site and a hash of the address, so that it is
    /// the same in every selection.
    pub(super) fn key(&self) -> String {
        let site: String = host(self.url)
            .unwrap_or_default()
            .chars()
            .map(|c| if c == '.' { '-' } else { c.to_ascii_lowercase() })
            .filter(|&c| c.is_ascii_alphanumeric() || c == '-')
            .take(40)
            .collect();
        let site = if site.is_empty() { "source" } else { &site };
        format!("{site}-{:016x}", xxhash_rust::xxh3::xxh3_64(self.id.as_bytes()))
    }

    /// Its name in one line; without one, its address.
    pub(super) fn title(&self) -> Cow<'g, str> {
        named(self.name, self.url)
    }

    /// The day that its address tells, as `…/2008/09/16/…` does. An archive
    /// tells no other: an event's day is not that of what was written on it.
    pub(super) fn day(&self) -> Option<Date> {
        date_in_path(&format!("{}/", path_of(self.url)?))
    }

    /// Which events name it: `On the event of 1969-07-20: The landing; …`
    pub(super) fn note(&self, graph: &EventGraph) -> String {
        let mut note = String::from("On ");
        for (at, &event) in self.events.iter().take(NAMED).enumerate() {
            note.push_str(if at > 0 { "; the event" } else { "the event" });
            if let Some(date) = graph.date(event) {
                note.push_str(" of ");
                note.push_str(&date.to_string());
            }
            note.push_str(": ");
            note.push_str(&title(graph, event));
        }
        if self.events.len() > NAMED {
            note.push_str(&format!("; and {} more", self.events.len() - NAMED));
        }
        note
    }
}

/// The name of a source in one line; without one, its address.
pub(super) fn named<'t>(name: &'t str, url: &'t str) -> Cow<'t, str> {
    let name = one_line(name);
    if name.is_empty() { one_line(url) } else { name }
}
