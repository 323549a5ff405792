//! What formats for people show of an event, and sentences that dossiers and the
//! command line say alike. What stands in them from a page is in one line, without
//! marks of variants, and no more.

use std::borrow::Cow;

use crate::analysis::{self, Chain, LooseTie, WeakEnd};
use crate::export::text::{in_one_line, one_line};
use crate::graph::{EventGraph, Link};
use crate::model::{EventId, TopicId, counted, plain_name, plain_text};

/// Characters of a title that only says which event is meant.
const TITLE: usize = 60;

/// Why a thread does not go on at an event, which is called `it`: `3 earlier
/// events are tied to it, none more strongly than 0.15 (美国)`.
pub fn weak_end(graph: &EventGraph, end: &WeakEnd, it: &str, back: bool) -> String {
    let when = if back { "earlier" } else { "later" };
    let topics = topic_names(graph, &end.strongest);
    let topics = if topics.is_empty() { "without a topic".to_owned() } else { topics };
    let strength = end.strength;
    match end.events {
        1 => format!("1 {when} event is tied to {it}, with a strength of {strength:.2} ({topics})"),
        n => format!(
            "{n} {when} events are tied to {it}, none more strongly than {strength:.2} ({topics})"
        ),
    }
}

/// By how few of its topics a chain is tied to an event, if they are few:
/// `by 海啸 alone, of the 5 topics that it bears`.
pub fn narrow_tie(graph: &EventGraph, chain: &Chain, event: EventId) -> Option<String> {
    let shared = analysis::narrow_tie(graph, chain, event)?;
    let of = graph.topics(event).count();
    Some(format!("by {} alone, of the {of} topics that it bears", names(graph, shared.into_iter())))
}

/// What ties an event to its story if no link does: `by Space law, 23 days
/// after 1967-01-27 “The Outer Space Treaty is …”`.
pub fn loose_tie(graph: &EventGraph, tie: &LooseTie) -> String {
    let when = match tie.days {
        0 => "on the same day as".to_owned(),
        days => {
            let count = counted(days.unsigned_abs() as usize, "day", "days");
            format!("{count} {}", if days > 0 { "after" } else { "before" })
        }
    };
    format!("by {}, {when} {}", names(graph, tie.topics.iter().copied()), meant(graph, tie.other))
}

/// Which event is meant: its day and the beginning of its title.
pub(super) fn meant(graph: &EventGraph, event: EventId) -> String {
    let label = begin_of(title(graph, event));
    match graph.date(event) {
        Some(date) => format!("{date} “{label}”"),
        None => format!("“{label}”"),
    }
}

/// The beginning of an event's title, as people read it: what can stand beside a dot.
/// Empty without a title, as programs that read it take it for one.
pub(super) fn label(graph: &EventGraph, event: EventId) -> Cow<'_, str> {
    begin_of(in_one_line(plain_text(graph.title(event))))
}

/// As many characters as say which event is meant.
fn begin_of(title: Cow<'_, str>) -> Cow<'_, str> {
    let Some((end, _)) = title.char_indices().nth(TITLE) else { return title };
    // Where words have spaces between them, whole words.
    let space = title[..end].rfind(' ').filter(|&space| space > end / 2);
    Cow::Owned(format!("{}…", &title[..space.unwrap_or(end)]))
}

/// The topics of a link.
pub(super) fn topic_names(graph: &EventGraph, link: &Link) -> String {
    names(graph, graph.link_topics(link.id))
}

fn names(graph: &EventGraph, topics: impl Iterator<Item = TopicId>) -> String {
    let names: Vec<Cow<'_, str>> = topics.map(|id| topic(graph, id)).collect();
    names.join(", ")
}

/// The title; without one, the key.
pub(super) fn title(graph: &EventGraph, event: EventId) -> Cow<'_, str> {
    let title = in_one_line(plain_text(graph.title(event)));
    if title.is_empty() { one_line(graph.key(event)) } else { title }
}

/// The paragraphs of an event's summary, each in one line.
pub(super) fn paragraphs(graph: &EventGraph, event: EventId) -> Vec<Cow<'_, str>> {
    let mut paragraphs: Vec<Cow<'_, str>> =
        match plain_text(graph.summary(event).unwrap_or_default()) {
            Cow::Borrowed(text) => text.split("\n\n").map(one_line).collect(),
            Cow::Owned(text) => {
                text.split("\n\n").map(|text| one_line(text).into_owned().into()).collect()
            }
        };
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// The name of a topic.
pub(super) fn topic(graph: &EventGraph, topic: TopicId) -> Cow<'_, str> {
    in_one_line(plain_name(graph.topic_name(topic)))
}
