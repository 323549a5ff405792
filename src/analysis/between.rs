//! What ties two topics to each other: the events and the links.
//!
//! `docs/analysis.md` has the definition with an example.

use crate::analysis::cooccurrence::log_likelihood;
use crate::analysis::strength::Strengths;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::{EventId, TopicId};

/// How two topics are tied.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicTies {
    /// How many selected events bear the one topic.
    pub with_one: usize,
    /// How many bear the other.
    pub with_other: usize,
    /// How many events are selected.
    pub selected: usize,
    /// How many would bear both if chance had its way.
    pub expected: f64,
    /// See [`log_likelihood`].
    pub log_likelihood: f64,
    /// The events that bear both, those that tie them most first.
    pub events: Vec<TiesEvent>,
    /// The links that tie them, the strongest first.
    pub links: Vec<TiesLink>,
}

/// An event that bears two topics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiesEvent {
    /// The event.
    pub event: EventId,
    /// How much of what it is tied to is about both: √(a · b / n), of n links a
    /// labelled with the one topic and b with the other, at least 1 each.
    pub score: f64,
    /// Its links, by what they are labelled with.
    pub links: LinksLabelled,
}

/// How many links of an event are labelled with two topics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinksLabelled {
    /// With the one topic, whether or not with the other.
    pub one: u32,
    /// With the other.
    pub other: u32,
    /// With both.
    pub both: u32,
    /// With these topics or without.
    pub all: u32,
}

impl LinksLabelled {
    fn count(&mut self, (one, other): Side) {
        self.one += u32::from(one);
        self.other += u32::from(other);
        self.both += u32::from(one && other);
        self.all += 1;
    }

    /// See [`TiesEvent::score`].
    fn score(self) -> f64 {
        let product = f64::from(self.one.max(1)) * f64::from(self.other.max(1));
        (product / f64::from(self.all.max(1))).sqrt()
    }
}

/// A link that ties two topics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TiesLink {
    /// The link.
    pub link: Link,
    /// Whether its context names both; else it joins an event that bears one of
    /// them only with an event that bears the other only.
    pub names_both: bool,
    /// Its strength.
    pub strength: f64,
}

/// What ties two topics among the selected events.
///
/// Two kinds of links do: those whose context names both topics, which come
/// first, and those that join an event of the one topic alone with one of the
/// other alone, under some third topic.
///
/// # Arguments
/// The topics of each of two names, see [`find_topics`](crate::graph::find_topics).
///
/// # Returns
/// Events by falling score, links by kind, then falling strength, equal ones by
/// id. Links to events that are not selected are left out.
///
/// # Errors
/// If both names mean the same topic, or if the graph's links are damaged.
///
/// # Complexity
/// O(|V| + |E|) times the topics that events and links bear.
pub fn topic_ties(
    graph: &EventGraph,
    selection: &Selection,
    one: &[TopicId],
    other: &[TopicId],
) -> Result<TopicTies> {
    if one.iter().any(|topic| other.contains(topic)) {
        let message = "both names mean the same topic; name two that differ";
        return Err(Error::new(ErrorKind::Input, message));
    }
    let sides = Sides::of(graph, one, other);
    let (links, labelled) = sides.links(&Strengths::new(graph.walk()?), selection);
    let events = sides.events(selection, &labelled);
    let count = |bears: fn(&Side) -> bool| {
        selection.events(graph).filter(|event| bears(&sides.borne[event.index()])).count()
    };
    let (with_one, with_other) = (count(|side| side.0), count(|side| side.1));
    let selected = selection.len();
    Ok(TopicTies {
        with_one,
        with_other,
        selected,
        expected: with_one as f64 * with_other as f64 / selected.max(1) as f64,
        log_likelihood: log_likelihood(events.len(), with_one, with_other, selected),
        events,
        links,
    })
}

/// Whether the one topic is borne, and whether the other is.
type Side = (bool, bool);

/// Two topics, by all the names of each, and who bears which.
struct Sides<'a> {
    graph: &'a EventGraph,
    one: &'a [TopicId],
    other: &'a [TopicId],
    /// Of each event.
    borne: Vec<Side>,
}

impl<'a> Sides<'a> {
    fn of(graph: &'a EventGraph, one: &'a [TopicId], other: &'a [TopicId]) -> Self {
        let mut sides = Self { graph, one, other, borne: Vec::new() };
        sides.borne = graph.events().map(|event| sides.among(graph.topics(event))).collect();
        sides
    }

    fn among(&self, topics: impl Iterator<Item = TopicId>) -> Side {
        topics.fold((false, false), |(a, b), topic| {
            (a || self.one.contains(&topic), b || self.other.contains(&topic))
        })
    }

    /// The links that tie the topics, in the order of [`TopicTies::links`], and of each
    /// event how many of its links are labelled with what.
    fn links(
        &self,
        strengths: &Strengths<'_>,
        selection: &Selection,
    ) -> (Vec<TiesLink>, Vec<LinksLabelled>) {
        let walk = strengths.walk();
        let mut links = Vec::new();
        let mut labelled = vec![LinksLabelled::default(); self.graph.event_count()];
        for id in self.graph.links() {
            let (source, target) = (walk.source(id), walk.target(id));
            if source == target || !selection.contains(source) || !selection.contains(target) {
                continue;
            }
            let label = self.among(self.graph.link_topics(id));
            labelled[source.index()].count(label);
            labelled[target.index()].count(label);
            let names_both = label == (true, true);
            let ends = (self.borne[source.index()], self.borne[target.index()]);
            let joins =
                matches!(ends, ((true, false), (false, true)) | ((false, true), (true, false)));
            if let Some(link) = self.graph.link(id).filter(|_| names_both || joins) {
                links.push(TiesLink { link, names_both, strength: strengths.of(id) });
            }
        }
        links.sort_by(|x, y| {
            let strongest = y.strength.total_cmp(&x.strength);
            y.names_both.cmp(&x.names_both).then(strongest).then(x.link.id.cmp(&y.link.id))
        });
        (links, labelled)
    }

    /// The events that bear both, in the order of [`TopicTies::events`].
    fn events(&self, selection: &Selection, labelled: &[LinksLabelled]) -> Vec<TiesEvent> {
        let told = |event: EventId| {
            let links = labelled[event.index()];
            TiesEvent { event, score: links.score(), links }
        };
        let bears_both = |event: &EventId| self.borne[event.index()] == (true, true);
        let mut events: Vec<TiesEvent> =
            selection.events(self.graph).filter(bears_both).map(told).collect();
        events.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.event.cmp(&y.event)));
        events
    }
}

/// The selected events that bear every one of some topics, each of which may
/// have several names; ascending.
pub fn events_with(
    graph: &EventGraph,
    selection: &Selection,
    topics: &[Vec<TopicId>],
) -> Vec<EventId> {
    let bears = |event: EventId, topics: &Vec<TopicId>| {
        graph.topics(event).any(|topic| topics.contains(&topic))
    };
    selection.events(graph).filter(|&event| topics.iter().all(|t| bears(event, t))).collect()
}
