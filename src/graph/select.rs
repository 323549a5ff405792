//! Some of the events, by topic, span of time, neighbourhood or presence.

use std::collections::VecDeque;
use std::ops::Range;

use arrow_buffer::NullBuffer;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::tables::{EventGraph, Link};
use crate::model::{Date, EventId, TopicId, folded, simplified, variant_names};

/// What to select; everything given must hold. The default selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectOptions {
    /// Events that bear all of these topics. Capital letters do not matter,
    /// and a topic with variant marks has each of its names.
    pub topics: Vec<String>,
    /// Events on this day or later; none without a date.
    pub from: Option<Date>,
    /// Events on this day or earlier; none without a date.
    pub until: Option<Date>,
    /// Events that are at most so many links away from one event, in either
    /// direction; that event too.
    pub around: Option<(EventId, u32)>,
    /// Events of this list only.
    pub only: Option<Vec<EventId>>,
    /// Events that have a page of their own.
    pub present_only: bool,
}

/// Some of a graph's events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// `None` for all events.
    members: Option<Vec<bool>>,
    count: usize,
}

impl Selection {
    /// All events of a graph.
    pub fn all(graph: &EventGraph) -> Self {
        Self { members: None, count: graph.event_count() }
    }

    /// The events that the options select.
    ///
    /// # Errors
    /// If there is no topic of a name that is asked for, if the span ends
    /// before it begins, or if the graph's links are damaged.
    ///
    /// # Complexity
    /// O(|V| + |E|) at most.
    pub fn new(graph: &EventGraph, options: &SelectOptions) -> Result<Self> {
        if *options == SelectOptions::default() {
            return Ok(Self::all(graph));
        }
        let mut members = vec![true; graph.event_count()];
        let mut keep = |test: &dyn Fn(EventId) -> bool| {
            for event in graph.events() {
                let member = &mut members[event.index()];
                *member = *member && test(event);
            }
        };
        for name in &options.topics {
            let topics = find_topics(graph, name)?;
            keep(&|event| graph.topics(event).any(|topic| topics.contains(&topic)));
        }
        if let (Some(from), Some(until)) = (options.from, options.until)
            && from > until
        {
            let message = format!("the span ends ({until}) before it begins ({from})");
            return Err(Error::new(ErrorKind::Input, message));
        }
        if let Some(from) = options.from {
            keep(&|event| graph.date(event).is_some_and(|date| date >= from));
        }
        if let Some(until) = options.until {
            keep(&|event| graph.date(event).is_some_and(|date| date <= until));
        }
        if options.present_only {
            keep(&|event| graph.present(event));
        }
        if let Some(only) = &options.only {
            let mut listed = vec![false; graph.event_count()];
            for event in only {
                if let Some(slot) = listed.get_mut(event.index()) {
                    *slot = true;
                }
            }
            keep(&|event| listed[event.index()]);
        }
        if let Some((event, hops)) = options.around {
            let near = within(graph, event, hops)?;
            keep(&|event| near[event.index()]);
        }
        let count = members.iter().filter(|member| **member).count();
        Ok(Self { members: Some(members), count })
    }

    /// Whether an event is selected.
    pub fn contains(&self, event: EventId) -> bool {
        self.members.as_ref().is_none_or(|members| members.get(event.index()) == Some(&true))
    }

    /// How many events are selected.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no event is selected.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether all events are selected because nothing was asked for.
    pub fn is_all(&self) -> bool {
        self.members.is_none()
    }

    /// Whether a link is between selected events.
    pub fn holds(&self, link: &Link) -> bool {
        self.contains(link.source) && self.contains(link.target)
    }

    /// The links between selected events, in order.
    pub fn links<'s>(&'s self, graph: &'s EventGraph) -> impl Iterator<Item = Link> + 's {
        graph.links().filter_map(|link| graph.link(link)).filter(|link| self.holds(link))
    }

    /// The selected events, in order of (date, key).
    pub fn events<'s>(&'s self, graph: &EventGraph) -> impl Iterator<Item = EventId> + use<'s> {
        graph.events().filter(|&event| self.contains(event))
    }
}

impl EventGraph {
    /// How many events have a date: those of the first so many rows.
    ///
    /// # Complexity
    /// O(1).
    pub fn dated_count(&self) -> usize {
        let events = &self.tables.events;
        let unknown = events.date_valid.as_ref().map_or(0, NullBuffer::null_count);
        events.date.len().saturating_sub(unknown)
    }

    /// The rows of the events of a day.
    ///
    /// # Complexity
    /// O(log |V|).
    pub fn events_of(&self, day: Date) -> Range<usize> {
        let (dates, day) = (&self.tables.events.date[..self.dated_count()], day.days());
        dates.partition_point(|&date| date < day)..dates.partition_point(|&date| date <= day)
    }
}

/// The topics that a name means: those it names exactly or as a variant, in
/// traditional or simplified characters, else those it names but for capital
/// letters. Ascending, never empty.
///
/// # Errors
/// If there is none; the error names topics that hold the name's words.
pub fn find_topics(graph: &EventGraph, name: &str) -> Result<Vec<TopicId>> {
    let all = || (0..graph.topic_count() as u32).map(TopicId);
    let has_name = |topic: TopicId, same: &dyn Fn(&str) -> bool| {
        let stored = graph.topic_name(topic);
        same(stored) || (stored.contains("-{") && variant_names(stored).iter().any(|n| same(n)))
    };
    let simple = simplified(name);
    let exact: Vec<TopicId> =
        all().filter(|&t| has_name(t, &|n| n == name || simplified(n) == simple)).collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let lower = folded(name);
    let same: Vec<TopicId> = all().filter(|&t| has_name(t, &|n| folded(n) == lower)).collect();
    if !same.is_empty() {
        return Ok(same);
    }
    let held = |stored: &&str| !lower.is_empty() && folded(stored).contains(&lower);
    let mut near: Vec<&str> = all().map(|topic| graph.topic_name(topic)).filter(held).collect();
    if near.is_empty() {
        near = misspelt(graph, &lower);
    }
    let near: Vec<String> = near.iter().take(5).map(|stored| format!("`{stored}`")).collect();
    let message = if near.is_empty() {
        format!("there is no topic `{name}`; `topics` lists them")
    } else {
        format!("there is no topic `{name}`; did you mean {}?", near.join(", "))
    };
    Err(Error::new(ErrorKind::NotFound, message))
}

/// Topics whose names are as good as this one, but for a letter or two (by the
/// optimal string alignment distance; two letters that are exchanged, as in
/// `Sirya`, count as one), the nearest first.
fn misspelt<'g>(graph: &'g EventGraph, lower: &str) -> Vec<&'g str> {
    let length = lower.chars().count();
    // In a word of three letters, every letter tells.
    let wrong = match length {
        0..4 => return Vec::new(),
        4..8 => 1,
        _ => 2,
    };
    let mut near: Vec<(usize, &str)> = (0..graph.topic_count() as u32)
        .map(|id| graph.topic_name(TopicId(id)))
        .filter(|name| name.chars().count().abs_diff(length) <= wrong)
        .map(|name| (letters_wrong(&folded(name), lower), name))
        .filter(|&(distance, _)| distance <= wrong)
        .collect();
    near.sort_unstable();
    near.into_iter().map(|(_, name)| name).collect()
}

fn letters_wrong(name: &str, written: &str) -> usize {
    let differing: Vec<(char, char)> =
        name.chars().zip(written.chars()).filter(|(a, b)| a != b).collect();
    match differing.as_slice() {
        [(a, b), (c, d)] if a == d && b == c && name.len() == written.len() => 1,
        _ => strsim::osa_distance(name, written),
    }
}

/// Breadth-first, in both directions.
fn within(graph: &EventGraph, start: EventId, hops: u32) -> Result<Vec<bool>> {
    let walk = graph.walk()?;
    let mut near = vec![false; graph.event_count()];
    if start.index() >= near.len() {
        return Ok(near);
    }
    near[start.index()] = true;
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((event, distance)) = queue.pop_front() {
        if distance == hops {
            continue;
        }
        for other in walk.neighbours(event) {
            if !std::mem::replace(&mut near[other.index()], true) {
                queue.push_back((other, distance + 1));
            }
        }
    }
    Ok(near)
}
