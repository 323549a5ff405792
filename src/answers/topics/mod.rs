//! Which topics are there, which are distinctive, what comes with one, what ties two?

mod between;
mod distinctive;
mod over_time;

pub use self::between::TopicsBetween;
pub use self::distinctive::DistinctiveTopics;
pub use self::over_time::topics_over_time;

use self::between::BetweenAnswer;
use self::distinctive::DistinctiveAnswer;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{TopicCount, topic_counts};
use crate::answers::select::Select;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::EventGraph;

/// What to tell of topics: of all, or of some.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TopicsQuestion {
    /// Topics that come with all of these.
    pub with: Option<Vec<String>>,
    /// The events and links that tie these two.
    pub between: Option<Vec<String>>,
    /// Topics that tell the selected events from all others.
    pub distinctive: bool,
    /// A picture shows so many topics, 0 for all; an answer has all of them.
    pub most_rows: Option<usize>,
}

/// Topics: all, or what was asked of some.
#[derive(Debug)]
pub enum TopicsFound {
    /// Those of the selected events, the most frequent first.
    All(Vec<TopicCount>),
    /// Those that tell some events from the others.
    Distinctive(DistinctiveTopics),
    /// What ties two.
    Between(TopicsBetween),
}

impl TopicsQuestion {
    /// The options that ask for something else than all topics.
    fn asked_else(&self) -> Vec<&'static str> {
        let asked = [
            ("with", self.with.is_some()),
            ("between", self.between.is_some()),
            ("distinctive", self.distinctive),
        ];
        asked.into_iter().filter(|(_, is_asked)| *is_asked).map(|(option, _)| option).collect()
    }
}

/// The topics of the selected events; or those that tell them from all others, or
/// what comes with some, or what ties two.
///
/// # Errors
/// If several are asked at once, there are not two topics to tie, there is no topic
/// of a name, the selection makes no sense or tells no events from others, or the
/// graph's links are damaged.
///
/// # Complexity
/// Linear in the number of events and links.
pub fn topics(graph: &EventGraph, select: &Select, asked: &TopicsQuestion) -> Result<TopicsFound> {
    if let [one, other, ..] = asked.asked_else()[..] {
        let message = Sentence::default().option(one).text(" and ").option(other);
        return Err(Error::new(ErrorKind::Input, message.text(" are two questions; ask one")));
    }
    if asked.distinctive {
        return Ok(TopicsFound::Distinctive(DistinctiveTopics::of_selection(graph, select)?));
    }
    let selection = select.selection(graph)?;
    Ok(match (&asked.with, &asked.between) {
        (Some(names), _) => {
            TopicsFound::Distinctive(DistinctiveTopics::with(graph, &selection, names)?)
        }
        (_, Some(names)) => TopicsFound::Between(TopicsBetween::find(graph, &selection, names)?),
        (None, None) => TopicsFound::All(topic_counts(graph, &selection)),
    })
}

/// Topics for programs.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[expect(private_interfaces, reason = "a record is for serialising only")]
pub enum TopicsAnswer<'g> {
    /// All of them.
    All(AllAnswer<'g>),
    /// Those that tell some events from the others.
    Distinctive(DistinctiveAnswer<'g>),
    /// What ties two.
    Between(BetweenAnswer<'g>),
}

#[derive(Debug, Serialize)]
struct AllAnswer<'g> {
    topics: Vec<TopicRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct TopicRecord<'g> {
    name: &'g str,
    events: u32,
    links: u32,
    first: Option<String>,
    last: Option<String>,
}

impl TopicsFound {
    /// The same, for programs.
    pub fn record<'g>(&'g self, graph: &'g EventGraph) -> TopicsAnswer<'g> {
        let topic = |count: &TopicCount| TopicRecord {
            name: graph.topic_name(count.topic),
            events: count.events,
            links: count.links,
            first: count.first.map(|date| date.to_string()),
            last: count.last.map(|date| date.to_string()),
        };
        match self {
            Self::All(counts) => {
                TopicsAnswer::All(AllAnswer { topics: counts.iter().map(topic).collect() })
            }
            Self::Distinctive(found) => TopicsAnswer::Distinctive(found.record(graph)),
            Self::Between(found) => TopicsAnswer::Between(found.record(graph)),
        }
    }
}
