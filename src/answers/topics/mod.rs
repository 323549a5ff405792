//! Which topics are there, what comes with one, what ties two?

mod between;
mod over_time;
mod with;

pub use self::between::TopicsBetween;
pub use self::over_time::topics_over_time;
pub use self::with::TopicsWith;

use self::between::BetweenAnswer;
use self::with::WithAnswer;

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
    /// A picture shows so many topics, 0 for all; an answer has all of them.
    pub most_rows: Option<usize>,
}

/// Topics: all, or what was asked of some.
#[derive(Debug)]
pub enum TopicsFound {
    /// Those of the selected events, the most frequent first.
    All(Vec<TopicCount>),
    /// What comes with some.
    With(TopicsWith),
    /// What ties two.
    Between(TopicsBetween),
}

/// The topics of the selected events, or what comes with some, or what ties two.
///
/// # Errors
/// If both are asked at once, there are not two topics to tie, there is no topic
/// of a name, the selection makes no sense, or the graph's links are damaged.
///
/// # Complexity
/// Linear in the number of events and links.
pub fn topics(graph: &EventGraph, select: &Select, asked: &TopicsQuestion) -> Result<TopicsFound> {
    let selection = select.selection(graph)?;
    Ok(match (&asked.with, &asked.between) {
        (Some(_), Some(_)) => {
            let message = Sentence::default().option("with").text(" and ").option("between");
            let message = message.text(" are two questions; ask one");
            return Err(Error::new(ErrorKind::Input, message));
        }
        (Some(names), None) => TopicsFound::With(TopicsWith::find(graph, &selection, names)?),
        (None, Some(names)) => TopicsFound::Between(TopicsBetween::find(graph, &selection, names)?),
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
    /// What comes with some.
    With(WithAnswer<'g>),
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
            Self::With(found) => TopicsAnswer::With(found.record(graph)),
            Self::Between(found) => TopicsAnswer::Between(found.record(graph)),
        }
    }
}
