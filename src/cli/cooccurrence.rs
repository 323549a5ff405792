//! `threadline topics --with` and `--between`: how topics are related.

use std::io::Write;

use serde::Serialize;

use crate::analysis::{
    CoTopic, Row, RowCounts, RowLabel, TiesEvent, TiesLink, TimelineOptions, Timelines, TopicBase,
    TopicTies, distinctive_topics, events_with, timelines, topic_ties,
};
use crate::cli::answers::{event_line, topic_names, write_json};
use crate::cli::output_error;
use crate::cli::report::period_name;
use crate::cli::screen::{
    COUNT, FAINT, STRONG, counted, cut_to_line, number, padded, safe, sparkline, styled, width,
    wrap_width, wrapped,
};
use crate::error::{Error, ErrorKind, Result};
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{Date, EventId, Period, TopicId};

/// χ² with one degree of freedom exceeds this by chance once in 20 cases.
const MORE_THAN_CHANCE: f64 = 3.84;

#[derive(Serialize)]
struct WithAnswer<'g> {
    with: &'g [String],
    /// Selected events that bear them all, and selected events.
    events: usize,
    of: usize,
    period: Period,
    /// The first days of the steps that topics are counted in.
    steps: Vec<String>,
    topics: Vec<WithRecord<'g>>,
}

#[derive(Serialize)]
struct WithRecord<'g> {
    name: &'g str,
    together: usize,
    events: usize,
    expected: f64,
    log_likelihood: f64,
    first: Option<String>,
    last: Option<String>,
    /// Events together, one number a step.
    counts: &'g [u32],
}

/// What occurs with these topics, more than chance would have it.
pub(super) fn write_with(
    out: &mut dyn Write,
    graph: &EventGraph,
    selection: &Selection,
    names: &[String],
    limit: usize,
    json: bool,
) -> Result<()> {
    let named: Vec<Vec<TopicId>> =
        names.iter().map(|name| find_topics(graph, name)).collect::<Result<_>>()?;
    let events = events_with(graph, selection, &named);
    let mut topics = distinctive_topics(graph, &events, &TopicBase::new(graph, selection));
    topics.retain(|topic| !named.iter().any(|ids| ids.contains(&topic.topic)));
    let more = topics.iter().take_while(|topic| topic.log_likelihood >= MORE_THAN_CHANCE).count();
    let shown = if limit == 0 { more } else { more.min(limit) };
    if !json {
        topics.truncate(shown);
    }
    // The axis is that of all events with the topics, not of those shown.
    let mut rows = vec![Row { label: RowLabel::Selection, events: events.clone() }];
    rows.extend(
        topics.iter().map(|topic| Row {
            label: RowLabel::Topic(topic.topic),
            events: topic.together.clone(),
        }),
    );
    let timelines = timelines(graph, &rows, TimelineOptions { period: None })?;
    let counts = &timelines.rows[1..];
    if json {
        let answer = WithAnswer {
            with: names,
            events: events.len(),
            of: selection.len(),
            period: timelines.period,
            steps: timelines.starts.iter().map(ToString::to_string).collect(),
            topics: topics.iter().zip(counts).map(|(t, c)| with_record(graph, t, c)).collect(),
        };
        return write_json(out, &answer);
    }
    let table = Table { graph, named: &named, events: &events, of: selection.len(), more };
    table.write(out, &topics, &timelines).map_err(output_error)
}

fn with_record<'g>(
    graph: &'g EventGraph,
    topic: &CoTopic,
    counts: &'g RowCounts,
) -> WithRecord<'g> {
    let dates = || topic.together.iter().filter_map(|&event| graph.date(event));
    WithRecord {
        name: graph.topic_name(topic.topic),
        together: topic.together.len(),
        events: topic.events,
        expected: topic.expected,
        log_likelihood: topic.log_likelihood,
        first: dates().min().map(|date| date.to_string()),
        last: dates().max().map(|date| date.to_string()),
        counts: &counts.counts,
    }
}

struct Table<'g> {
    graph: &'g EventGraph,
    named: &'g [Vec<TopicId>],
    events: &'g [EventId],
    of: usize,
    /// Topics that there are more of than chance would have it.
    more: usize,
}

/// How many steps share a column, so that all fit into so many columns, and how
/// many columns that makes.
pub(super) fn columns(timelines: &Timelines, room: usize) -> (usize, usize) {
    let steps = timelines.starts.len();
    let together = steps.div_ceil(room.max(10)).max(1);
    (together, steps.div_ceil(together))
}

impl Table<'_> {
    fn write(
        &self,
        out: &mut dyn Write,
        topics: &[CoTopic],
        timelines: &Timelines,
    ) -> std::io::Result<()> {
        let names = self.named.iter().flatten().map(|&topic| self.graph.topic_name(topic));
        let said = format!(
            "{} of {} with {}",
            number(self.events.len()),
            counted(self.of, "event", "events"),
            topic_names(names)
        );
        writeln!(out, "{}", styled(STRONG, cut_to_line(&said, 0)))?;
        if topics.is_empty() {
            return writeln!(out, "no topic comes with it more often than by chance");
        }
        let period = timelines.period;
        let (together, columns) = columns(timelines, width().unwrap_or(100) / 3);
        let head = format!("{:>8}  {:>8}  {:>8}  ", "together", "expected", "G²");
        let span = padded("", columns);
        writeln!(out, "\n{}", styled(STRONG, format_args!("{head}{span}  topic")))?;
        for (topic, counts) in topics.iter().zip(&timelines.rows[1..]) {
            let sums = counts.counts.chunks(together).map(|part| part.iter().sum());
            let name = topic_names(std::iter::once(self.graph.topic_name(topic.topic)));
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
        if self.more > topics.len() {
            let more = number(self.more - topics.len());
            writeln!(out, "… and {more} more than chance has it (--limit 0 shows all)")?;
        }
        let label = |start: Option<&Date>| {
            start.map(|start| start.period_label(period)).unwrap_or_default()
        };
        let (first, last) = (label(timelines.starts.first()), label(timelines.starts.last()));
        let step = match together {
            1 => format!("a {}", period_name(period)),
            n => format!("{n} {}s", period_name(period)),
        };
        let said = format!(
            "{first} to {last}, {step} a column; a G² of 3.84 comes by chance once in 20 cases"
        );
        write!(out, "{}", styled(FAINT, wrapped(&said, "", wrap_width())))
    }
}

#[derive(Serialize)]
struct BetweenAnswer<'g> {
    between: [&'g str; 2],
    /// Selected events that bear each, and selected events.
    events_with: [usize; 2],
    of: usize,
    together: usize,
    expected: f64,
    log_likelihood: f64,
    events: Vec<TiesEventRecord<'g>>,
    links: Vec<TiesLinkRecord<'g>>,
}

#[derive(Serialize)]
struct TiesEventRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    score: f64,
    /// Links labelled with the first topic, with the second, with both.
    links: [u32; 2],
    links_with_both: u32,
}

#[derive(Serialize)]
struct TiesLinkRecord<'g> {
    #[serde(flatten)]
    link: LinkRecord<'g>,
    names_both: bool,
    strength: f64,
}

/// The events and links that tie two topics.
pub(super) fn write_between(
    out: &mut dyn Write,
    graph: &EventGraph,
    selection: &Selection,
    names: &[String],
    limit: usize,
    json: bool,
) -> Result<()> {
    let [one, other] = names else {
        let message = "`--between` takes two topics, as in `--between Apollo Soyuz`";
        return Err(Error::new(ErrorKind::Input, message));
    };
    let ties =
        topic_ties(graph, selection, &find_topics(graph, one)?, &find_topics(graph, other)?)?;
    if json {
        let answer = BetweenAnswer {
            between: [one, other],
            events_with: [ties.counts.0, ties.counts.1],
            of: ties.counts.2,
            together: ties.events.len(),
            expected: ties.expected,
            log_likelihood: ties.log_likelihood,
            events: ties.events.iter().map(|tie| event_record(graph, tie)).collect(),
            links: ties.links.iter().map(|tie| link_record(graph, tie)).collect(),
        };
        return write_json(out, &answer);
    }
    write_ties(out, graph, [one, other], &ties, limit).map_err(output_error)
}

fn event_record<'g>(graph: &'g EventGraph, tie: &TiesEvent) -> TiesEventRecord<'g> {
    TiesEventRecord {
        event: records::event(graph, tie.event),
        score: tie.score,
        links: [tie.links.0, tie.links.1],
        links_with_both: tie.links.2,
    }
}

fn link_record<'g>(graph: &'g EventGraph, tie: &TiesLink) -> TiesLinkRecord<'g> {
    TiesLinkRecord {
        link: records::link(graph, tie.link),
        names_both: tie.names_both,
        strength: tie.strength,
    }
}

fn write_ties(
    out: &mut dyn Write,
    graph: &EventGraph,
    names: [&str; 2],
    ties: &TopicTies,
    limit: usize,
) -> std::io::Result<()> {
    let (a, b, all) = ties.counts;
    let [one, other] = names.map(|name| safe(name).into_owned());
    let head = format!("{one} ({}) and {other} ({})", number(a), number(b));
    writeln!(out, "{}", styled(STRONG, cut_to_line(&head, 0)))?;
    writeln!(
        out,
        "{} of {} bear both; by chance {:.1} would (G² {:.1})",
        number(ties.events.len()),
        counted(all, "event", "events"),
        ties.expected,
        ties.log_likelihood
    )?;
    let shown = |all: usize| if limit == 0 { all } else { all.min(limit) };
    if !ties.events.is_empty() {
        let head = format!("{:>6} {:>6}  event", "score", "links");
        writeln!(out, "\n{}", styled(STRONG, head))?;
    }
    for tie in &ties.events[..shown(ties.events.len())] {
        let (score, both) = (tie.score, tie.links.2);
        writeln!(out, "{score:>6.2} {both:>6}  {}", event_line(graph, tie.event, 15))?;
    }
    more(out, ties.events.len() - shown(ties.events.len()))?;
    for (names_both, head) in
        [(true, "links that name both"), (false, "links from the one to the other")]
    {
        let links: Vec<&TiesLink> =
            ties.links.iter().filter(|tie| tie.names_both == names_both).collect();
        if links.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", styled(STRONG, format_args!("{} {head}", number(links.len()))))?;
        for tie in &links[..shown(links.len())] {
            writeln!(out, "{}", event_line(graph, tie.link.source, 0))?;
            let topics = graph.link_topics(tie.link.id).map(|topic| graph.topic_name(topic));
            let topics = topic_names(topics);
            writeln!(out, "    {} {}", styled(COUNT, "↓"), cut_to_line(&topics, 6))?;
            writeln!(out, "{}", event_line(graph, tie.link.target, 0))?;
        }
        more(out, links.len() - shown(links.len()))?;
    }
    if ties.events.is_empty() && ties.links.is_empty() {
        writeln!(out, "nothing ties them: no event bears both, no link joins them")?;
    }
    Ok(())
}

fn more(out: &mut dyn Write, more: usize) -> std::io::Result<()> {
    match more {
        0 => Ok(()),
        more => writeln!(out, "… and {} more (--limit 0 shows all)", number(more)),
    }
}
