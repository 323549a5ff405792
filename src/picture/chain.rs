//! How two events connect, as cards in a row.

use crate::graph::EventGraph;
use crate::picture::cards::{Strand, WeighedChain, apart, draw_rows, legend};
use crate::picture::frame::Frame;
use crate::picture::svg::{Anchor, Svg};
use crate::picture::text::{self, Type, counted};
use crate::picture::{Picture, PictureOptions};

/// Between two chains.
const BETWEEN: f64 = 34.0;

/// Draws chains between two events, one below the other: each event a dated
/// card, between two cards the time that passed, the topics of the link and,
/// by the weight of the line, its strength. Cards that do not fit beside each
/// other go on in the next row.
///
/// # Complexity
/// Linear in the texts that are shown.
pub fn chain(
    graph: &EventGraph,
    chains: &[WeighedChain<'_>],
    options: &PictureOptions<'_>,
) -> Picture {
    let room = Frame::room(options);
    let mut drawing = Svg::default();
    let mut y = 0.0;
    for (at, weighed) in chains.iter().enumerate() {
        if at > 0 {
            y += BETWEEN;
        }
        if chains.len() > 1 {
            y += Type::Heading.leading();
            let text = format!("{}. {}", at + 1, length(graph, weighed));
            drawing.text((0.0, y - 3.0), Type::Heading, Anchor::Start, &text);
            y += 8.0;
        }
        let strand = Strand::new(graph, weighed, (0, usize::MAX), None);
        let mut part = Svg::default();
        let height = draw_rows(&mut part, room, &strand);
        drawing.moved(0.0, y, &part);
        y += height;
    }
    let ends = chains.first().map(|weighed| &weighed.chain.events);
    let name = |event: Option<&_>| event.map_or_else(String::new, |&e| text::title(graph, e));
    let title = match ends {
        Some(events) => {
            format!(
                "From “{}” to “{}”",
                short(&name(events.first()), room),
                short(&name(events.last()), room)
            )
        }
        None => "No chain".to_owned(),
    };
    let lead = match chains {
        [one] => length(graph, one),
        [] => "No links lead from one event to the other.".to_owned(),
        _ => format!("{} that differ", counted(chains.len(), "chain", "chains")),
    };
    let span = graph.span(chains.iter().flat_map(|weighed| &weighed.chain.events).copied());
    let legend = if chains.is_empty() { Vec::new() } else { legend() };
    Frame { options, title, lead, legend, span }.around(&drawing, y)
}

/// An end of the chain in the picture's title: the cards have the whole.
fn short(title: &str, room: f64) -> String {
    text::cut(title, Type::Title, room * 1.2)
}

/// `4 links over 18 years`.
fn length(graph: &EventGraph, weighed: &WeighedChain<'_>) -> String {
    let events = &weighed.chain.events;
    let links = counted(weighed.chain.hops.len(), "link", "links");
    match graph.span(events.iter().copied()) {
        Some((first, last)) if first != last => {
            let days = apart(last.days() - first.days());
            format!("{links} over {}", days.trim_end_matches(" later"))
        }
        _ => links,
    }
}
