//! Which topics tell what went on, and when?

use crate::analysis::{
    Row, RowLabel, TimelineOptions, TopicBase, distinctive_topics, timelines, topic_rows,
};
use crate::answers::select::Select;
use crate::answers::timeline::{Rows, RowsFound};
use crate::answers::topics::TopicsQuestion;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::{EventGraph, Selection};

/// The topics that tell most of the selected events, each over time: of all
/// events the most frequent, of some those that tell them from the rest. What a
/// picture of topics shows.
///
/// They are at most `asked.most_rows`; 0 or none is all.
///
/// # Errors
/// If something else is asked of topics, which has no such rows, or if the
/// selection makes no sense.
///
/// # Complexity
/// Linear in the number of topics that events bear, and rows times steps.
pub fn topics_over_time(
    graph: &EventGraph,
    select: &Select,
    asked: &TopicsQuestion,
) -> Result<RowsFound> {
    // Of a selection a picture shows the distinctive topics as it is.
    if let Some(&option) = asked.asked_else().iter().find(|&&option| option != "distinctive") {
        let message = Sentence::from("there are pictures of all topics, not of ").option(option);
        return Err(Error::new(ErrorKind::Input, message));
    }
    let selection = select.selection(graph)?;
    let mut rows = telling_rows(graph, &selection);
    let all = rows.len();
    rows.truncate(asked.most_rows.filter(|&most| most > 0).unwrap_or(all));
    let timelines = timelines(graph, &rows, TimelineOptions { period: None })?;
    Ok(RowsFound { of: Rows::Topic, rows, all, timelines, bursts: None })
}

/// The topics of all events by their number; those of a selection by how much
/// they tell it from the rest, without those that all of it bears.
fn telling_rows(graph: &EventGraph, selection: &Selection) -> Vec<Row> {
    let mut rows = topic_rows(graph, selection);
    if selection.is_all() {
        return rows;
    }
    let base = TopicBase::new(graph, &Selection::all(graph));
    let events: Vec<_> = selection.events(graph).collect();
    let mut place = vec![usize::MAX; graph.topic_count()];
    for (at, topic) in distinctive_topics(graph, &events, &base).iter().enumerate() {
        place[topic.topic.index()] = at;
    }
    rows.retain(|row| row.events.len() < events.len());
    rows.sort_by_key(|row| match row.label {
        RowLabel::Topic(topic) => place[topic.index()],
        _ => usize::MAX,
    });
    rows
}
