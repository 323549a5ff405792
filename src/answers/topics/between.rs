//! What ties two topics?

use serde::Serialize;

use crate::analysis::{TiesEvent, TiesLink, TopicTies, topic_ties};
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::{EventGraph, Selection, find_topics};

/// The events and links that tie two topics.
#[derive(Debug)]
pub struct TopicsBetween {
    /// The two names as they were asked for.
    pub names: [String; 2],
    /// What ties them.
    pub ties: TopicTies,
}

/// What ties two topics, for programs.
#[derive(Debug, Serialize)]
pub(super) struct BetweenAnswer<'g> {
    between: &'g [String],
    /// Selected events that bear each, and selected events.
    events_with: [usize; 2],
    of: usize,
    together: usize,
    expected: f64,
    log_likelihood: f64,
    events: Vec<TiesEventRecord<'g>>,
    links: Vec<TiesLinkRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct TiesEventRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    score: f64,
    /// Links labelled with the first topic, with the second, with both.
    links: [u32; 2],
    links_with_both: u32,
}

#[derive(Debug, Serialize)]
struct TiesLinkRecord<'g> {
    #[serde(flatten)]
    link: LinkRecord<'g>,
    names_both: bool,
    strength: f64,
}

impl TopicsBetween {
    /// What ties the topics of two names.
    pub(super) fn find(
        graph: &EventGraph,
        selection: &Selection,
        names: &[String],
    ) -> Result<Self> {
        let Ok([one, other]) = <[String; 2]>::try_from(names.to_vec()) else {
            let message = Sentence::default().option("between");
            let message = message.text(" takes two topics, such as `Apollo` and `Soyuz`");
            return Err(Error::new(ErrorKind::Input, message));
        };
        let (a, b) = (find_topics(graph, &one)?, find_topics(graph, &other)?);
        Ok(Self { ties: topic_ties(graph, selection, &a, &b)?, names: [one, other] })
    }

    /// The same, for programs.
    pub(super) fn record<'g>(&'g self, graph: &'g EventGraph) -> BetweenAnswer<'g> {
        let Self { names, ties } = self;
        BetweenAnswer {
            between: names,
            events_with: [ties.with_one, ties.with_other],
            of: ties.selected,
            together: ties.events.len(),
            expected: ties.expected,
            log_likelihood: ties.log_likelihood,
            events: ties.events.iter().map(|tie| event(graph, tie)).collect(),
            links: ties.links.iter().map(|tie| link(graph, tie)).collect(),
        }
    }
}

fn event<'g>(graph: &'g EventGraph, tie: &TiesEvent) -> TiesEventRecord<'g> {
    TiesEventRecord {
        event: records::event(graph, tie.event),
        score: tie.score,
        links: [tie.links.one, tie.links.other],
        links_with_both: tie.links.both,
    }
}

fn link<'g>(graph: &'g EventGraph, tie: &TiesLink) -> TiesLinkRecord<'g> {
    TiesLinkRecord {
        link: records::link(graph, tie.link),
        names_both: tie.names_both,
        strength: tie.strength,
    }
}
