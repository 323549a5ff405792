//! `threadline topics --distinctive`, `--with` and `--between`: how topics are related to
//! events and to each other.

use std::io::Write;

use crate::analysis::{CoTopic, TiesLink};
use crate::answers::{DistinctiveTopics, TopicsBetween};
use crate::cli::limit::{shown, write_more};
use crate::cli::lines::{event_line, link_place, topic_name, topic_names};
use crate::cli::screen::{
    COUNT, FAINT, STRONG, columns, counted, cut_to_line, number, padded, safe, sparkline, styled,
    width, wrap_width, wrapped,
};
use crate::graph::EventGraph;
use crate::model::Date;

/// What tells some events from the others, more than chance would have it.
pub(super) fn write_distinctive(
    out: &mut dyn Write,
    graph: &EventGraph,
    found: &DistinctiveTopics,
    limit: usize,
) -> std::io::Result<()> {
    let shown = shown(limit, found.more);
    Table { graph, found }.write(out, &found.topics[..shown])
}

struct Table<'g> {
    graph: &'g EventGraph,
    found: &'g DistinctiveTopics,
}

impl Table<'_> {
    fn write(&self, out: &mut dyn Write, topics: &[CoTopic]) -> std::io::Result<()> {
        let DistinctiveTopics { names, named, events, of, more, timelines, .. } = self.found;
        let ids = named.iter().flatten().map(|&topic| self.graph.topic_name(topic));
        let (which, none, column) = match names.is_empty() {
            true => ("are selected".to_owned(), "no topic tells them from the others", "events"),
            false => (
                format!("with {}", topic_names(ids)),
                "no topic comes with it more often than by chance",
                "together",
            ),
        };
        let (events, of) = (number(events.len()), counted(*of, "event", "events"));
        let said = format!("{events} of {of} {which}");
        writeln!(out, "{}", styled(STRONG, cut_to_line(&said, 0)))?;
        if topics.is_empty() {
            return writeln!(out, "{none}");
        }
        let period = timelines.period;
        let (together, columns) = columns(timelines.starts.len(), width().unwrap_or(100) / 3);
        let head = format!("{column:>8}  {:>8}  {:>8}  ", "expected", "G²");
        let span = padded("", columns);
        writeln!(out, "\n{}", styled(STRONG, format_args!("{head}{span}  topic")))?;
        for (topic, counts) in topics.iter().zip(&timelines.rows[1..]) {
            let sums = counts.counts.chunks(together).map(|part| part.iter().sum());
            let name = topic_name(self.graph, topic.topic);
            writeln!(
                out,
                "{}  {:>8.1}  {:>8.1}  {}  {}",
                styled(COUNT, format_args!("{:>8}", number(topic.together.len()))),
                topic.expected,
                topic.log_likelihood,
                styled(COUNT, padded(&sparkline(sums), columns)),
                cut_to_line(&name, 8 + 2 + 8 + 2 + 8 + 2 + columns + 2),
            )?;
        }
        if *more > topics.len() {
            let more = number(more - topics.len());
            writeln!(out, "… and {more} more than chance has it (--limit 0 shows all)")?;
        }
        let label = |start: Option<&Date>| {
            start.map(|start| start.period_label(period)).unwrap_or_default()
        };
        let (first, last) = (label(timelines.starts.first()), label(timelines.starts.last()));
        let step = match together {
            1 => format!("a {period}"),
            n => format!("{n} {period}s"),
        };
        let said = format!(
            "{first} to {last}, {step} a column; a G² of 3.84 comes by chance once in 20 cases"
        );
        write!(out, "{}", styled(FAINT, wrapped(&said, "", wrap_width())))
    }
}

/// The events and links that tie two topics.
pub(super) fn write_between(
    out: &mut dyn Write,
    graph: &EventGraph,
    found: &TopicsBetween,
    limit: usize,
) -> std::io::Result<()> {
    let TopicsBetween { names, ties } = found;
    let counts = [ties.with_one, ties.with_other];
    let names = names.iter().zip(counts).map(|(name, n)| format!("{} ({})", safe(name), number(n)));
    let head = names.collect::<Vec<_>>().join(" and ");
    writeln!(out, "{}", styled(STRONG, cut_to_line(&head, 0)))?;
    writeln!(
        out,
        "{} of {} bear both; by chance {:.1} would (G² {:.1})",
        number(ties.events.len()),
        counted(ties.selected, "event", "events"),
        ties.expected,
        ties.log_likelihood
    )?;
    if !ties.events.is_empty() {
        let head = format!("{:>6} {:>6}  event", "score", "links");
        writeln!(out, "\n{}", styled(STRONG, head))?;
    }
    let listed = shown(limit, ties.events.len());
    for tie in &ties.events[..listed] {
        let (score, both) = (tie.score, tie.links.both);
        writeln!(out, "{score:>6.2} {both:>6}  {}", event_line(graph, tie.event, 15))?;
    }
    write_more(out, ties.events.len() - listed)?;
    if !ties.events.is_empty() {
        let text = "score: the more of an event's links name the two, the higher; links: those that \
                    name both. An event bears the topics of its links, its lead and its day \
                    page, whatever its title names.";
        write!(out, "{}", wrapped(text, "", wrap_width()))?;
    }
    for (names_both, one, several) in [
        (true, "link that names both", "links that name both"),
        (false, "link from the one to the other", "links from the one to the other"),
    ] {
        let links: Vec<&TiesLink> =
            ties.links.iter().filter(|tie| tie.names_both == names_both).collect();
        if links.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", styled(STRONG, counted(links.len(), one, several)))?;
        let listed = shown(limit, links.len());
        for tie in &links[..listed] {
            writeln!(out, "{}", event_line(graph, tie.link.source, 0))?;
            let topics = graph.link_topics(tie.link.id).map(|topic| graph.topic_name(topic));
            let topics = topic_names(topics);
            writeln!(out, "    {} {}", styled(COUNT, "↓"), cut_to_line(&topics, 6))?;
            writeln!(out, "      {}", link_place(graph, &tie.link, 6))?;
            writeln!(out, "{}", event_line(graph, tie.link.target, 0))?;
        }
        write_more(out, links.len() - listed)?;
    }
    if ties.events.is_empty() && ties.links.is_empty() {
        writeln!(out, "nothing ties them: no event bears both, no link joins them")?;
    }
    Ok(())
}
