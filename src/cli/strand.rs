//! How a chain looks, for people and for programs: what `chain` and `thread`
//! show alike.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::analysis::{Chain, ChainSearch, Hop};
use crate::cli::answers::{date, title, topic_names};
use crate::cli::screen::{
    COUNT, FAINT, STRONG, WARN, counted, cut, cut_middle, number, safe, styled, width, wrapped,
};
use crate::export::records::{self, EventRecord, LinkRecord};
use crate::graph::{EventGraph, Link};
use crate::model::EventId;
use crate::picture::WeighedChain;

/// Lines that a title may take on a terminal.
const TITLE_LINES: usize = 3;

/// A chain for programs.
#[derive(Serialize)]
pub(super) struct ChainRecord<'g> {
    events: Vec<EventRecord<'g>>,
    /// One a hop: the link that ties the two events.
    links: Vec<WeighedLink<'g>>,
    /// One list a hop: further links between the same two events.
    further_links: Vec<Vec<WeighedLink<'g>>>,
    length: usize,
    span: Option<Span>,
    /// One a hop: that of the strongest of its links.
    strengths: Vec<f64>,
    /// The number of the weakest hop, from 0.
    weakest: Option<usize>,
    coherence: Option<Coherence>,
    /// One an event: whether the links before and behind it share no topic.
    subject_changes: Vec<bool>,
}

#[derive(Serialize)]
struct WeighedLink<'g> {
    #[serde(flatten)]
    link: LinkRecord<'g>,
    strength: f64,
}

#[derive(Serialize)]
struct Span {
    first: String,
    last: String,
    days: i32,
}

/// Of the strengths of a chain's hops: the least, and the geometric mean.
#[derive(Serialize)]
struct Coherence {
    min: f64,
    mean: f64,
}

/// A chain, and what its hops weigh.
pub(super) struct Strand<'c> {
    chain: &'c Chain,
    strengths: Vec<f64>,
    /// Of each hop the strengths of its links.
    by_link: Vec<Vec<f64>>,
}

impl<'c> Strand<'c> {
    pub(super) fn new(search: &mut ChainSearch<'_>, chain: &'c Chain) -> Self {
        let of_hop = |hop: &Hop| hop.links.iter().map(|l| search.strength(l.id)).collect();
        let by_link: Vec<Vec<f64>> = chain.hops.iter().map(of_hop).collect();
        let strengths = by_link.iter().map(|links| links.iter().copied().fold(0.0, f64::max));
        Self { chain, strengths: strengths.collect(), by_link }
    }

    /// For a picture.
    pub(super) fn weighed(&self) -> WeighedChain<'c> {
        WeighedChain { chain: self.chain, strengths: self.strengths.clone() }
    }

    /// The first of the weakest hops.
    fn weakest(&self) -> Option<usize> {
        let least = self.strengths.iter().copied().fold(f64::INFINITY, f64::min);
        self.strengths.iter().position(|&strength| strength <= least)
    }

    fn coherence(&self) -> Option<Coherence> {
        let min = self.strengths[self.weakest()?];
        let sum: f64 = self.strengths.iter().map(|&strength| libm::log(strength)).sum();
        Some(Coherence { min, mean: libm::exp(sum / self.strengths.len() as f64) })
    }

    pub(super) fn record<'g>(&self, graph: &'g EventGraph) -> ChainRecord<'g> {
        let weighed = |hop: usize, range: std::ops::RangeFrom<usize>| {
            let links = self.chain.hops[hop].links[range.clone()].iter();
            links.zip(&self.by_link[hop][range]).map(|(&link, &strength)| WeighedLink {
                link: records::link(graph, link),
                strength: rounded(strength),
            })
        };
        let hops = 0..self.chain.hops.len();
        let rounded_coherence =
            |c: Coherence| Coherence { min: rounded(c.min), mean: rounded(c.mean) };
        let days = span(graph, self.chain);
        ChainRecord {
            events: self.chain.events.iter().map(|&event| records::event(graph, event)).collect(),
            links: hops.clone().filter_map(|hop| weighed(hop, 0..).next()).collect(),
            further_links: hops.map(|hop| weighed(hop, 1..).collect()).collect(),
            length: self.chain.hops.len(),
            span: days.map(|(first, last)| Span {
                first: first.to_string(),
                last: last.to_string(),
                days: last.days() - first.days(),
            }),
            strengths: self.strengths.iter().map(|&strength| rounded(strength)).collect(),
            weakest: self.weakest(),
            coherence: self.coherence().map(rounded_coherence),
            subject_changes: self.chain.subject_changes(graph),
        }
    }

    /// `4 links, 1957-10-04 to 1975-07-17 · strength 0.41, at least 0.22`
    pub(super) fn heading(&self, graph: &EventGraph) -> String {
        let length = counted(self.chain.hops.len(), "link", "links");
        let span = match span(graph, self.chain) {
            Some((first, last)) if first != last => format!(", {first} to {last}"),
            Some((day, _)) => format!(", {day}"),
            None => String::new(),
        };
        let strength = self.coherence().map_or(String::new(), |coherence| {
            format!(" · strength {:.2}, at least {:.2}", coherence.mean, coherence.min)
        });
        format!("{}{}", styled(STRONG, format_args!("{length}{span}")), styled(FAINT, strength))
    }

    /// The events, and the hops between them.
    pub(super) fn write(&self, out: &mut dyn Write, graph: &EventGraph) -> io::Result<()> {
        let none = vec![false; self.chain.events.len()];
        self.write_part(out, graph, 0..=self.chain.hops.len(), None, &none)
    }

    /// Some of them, with one event to stand out, and the places marked where
    /// the subject changes.
    pub(super) fn write_thread(
        &self,
        out: &mut dyn Write,
        graph: &EventGraph,
        events: RangeInclusive<usize>,
        strong: EventId,
    ) -> io::Result<()> {
        self.write_part(out, graph, events, Some(strong), &self.chain.subject_changes(graph))
    }

    fn write_part(
        &self,
        out: &mut dyn Write,
        graph: &EventGraph,
        events: RangeInclusive<usize>,
        strong: Option<EventId>,
        changes: &[bool],
    ) -> io::Result<()> {
        let (first, last) = (*events.start(), *events.end());
        for at in events {
            let Some(&event) = self.chain.events.get(at) else { break };
            if changes[at] && at > first && at < last {
                writeln!(out, "    {}", styled(FAINT, "· · · another subject from here on"))?;
            }
            write_event(out, graph, event, strong == Some(event))?;
            if at < last
                && let Some(hop) = self.chain.hops.get(at)
            {
                let weakest = self.strengths.len() > 1 && self.weakest() == Some(at);
                write_hop(out, graph, event, hop, (&self.by_link[at], weakest))?;
            }
        }
        Ok(())
    }
}

fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

fn span(graph: &EventGraph, chain: &Chain) -> Option<(crate::model::Date, crate::model::Date)> {
    let dates = || chain.events.iter().filter_map(|&event| graph.date(event));
    dates().min().zip(dates().max())
}

/// The date and the title: on a terminal a few lines of it, else all.
fn write_event(
    out: &mut dyn Write,
    graph: &EventGraph,
    event: EventId,
    strong: bool,
) -> io::Result<()> {
    let indent = " ".repeat(12);
    let missing = if graph.present(event) { "" } else { " (no page)" };
    let title = title(graph, event);
    let mut lines: Vec<String> = match width() {
        None => vec![title],
        Some(width) => {
            let broken = wrapped(&title, "", width.min(100).saturating_sub(12));
            broken.lines().map(str::to_owned).collect()
        }
    };
    if lines.len() > TITLE_LINES {
        lines.truncate(TITLE_LINES);
        if let Some(last) = lines.last_mut() {
            let columns = wrap_columns().saturating_sub(13 + missing.len());
            *last = format!("{}…", cut(last, columns).trim_end_matches('…'));
        }
    }
    let shown = |line: &str| if strong { styled(STRONG, line) } else { line.to_owned() };
    let first = lines.first().map(|line| shown(line)).unwrap_or_default();
    write!(out, "{}  {first}", styled(COUNT, date(graph, event)))?;
    for line in lines.iter().skip(1) {
        write!(out, "\n{indent}{}", shown(line))?;
    }
    writeln!(out, "{}", styled(FAINT, missing))
}

fn wrap_columns() -> usize {
    width().map_or(usize::MAX, |width| width.min(100))
}

/// `  ↓ 0.41  Soviet Union, Sergei Korolev` and where that stands.
fn write_hop(
    out: &mut dyn Write,
    graph: &EventGraph,
    from: EventId,
    hop: &Hop,
    (strengths, weakest): (&[f64], bool),
) -> io::Result<()> {
    let topics_of = |link: &Link| -> String {
        topic_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)))
    };
    // Two pages that list each other mostly do so for the same reason.
    let mutual = match hop.links.as_slice() {
        [a, b] => a.source != b.source && topics_of(a) == topics_of(b),
        _ => false,
    };
    for (at, (link, strength)) in hop.links.iter().zip(strengths).enumerate() {
        let arrow = match (mutual, link.source == from) {
            (true, _) => "↕",
            (false, true) => "↓",
            (false, false) => "↑",
        };
        if at == 0 || !mutual {
            let style = if weakest { WARN } else { FAINT };
            let room = wrap_columns().saturating_sub(12);
            let topics = topics_of(link);
            let topics = cut(&topics, room);
            writeln!(
                out,
                "    {} {}  {topics}",
                styled(COUNT, arrow),
                styled(style, format_args!("{strength:.2}"))
            )?;
        }
        let place = match graph.page(link.source) {
            Some(page) => safe(page).into_owned(),
            None => safe(graph.key(link.source)).into_owned(),
        };
        let line = match (graph.page(link.source), link.line) {
            (Some(_), line) if line > 0 => format!(":{line}"),
            _ => String::new(),
        };
        let room = wrap_columns().saturating_sub(12 + line.len());
        let place = format!("{}{line}", cut_middle(&place, room));
        writeln!(out, "            {}", styled(FAINT, place))?;
    }
    Ok(())
}

/// `one other event`, `1,234 other events`.
pub(super) fn others(size: usize) -> String {
    match size.saturating_sub(1) {
        0 => "no other event".to_owned(),
        1 => "one other event".to_owned(),
        n => format!("{} other events", number(n)),
    }
}
