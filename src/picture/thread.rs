//! What led to an event and what followed: time runs from top to bottom.

use std::collections::BTreeSet;

use crate::analysis::{WeakEnd, before_it};
use crate::graph::EventGraph;
use crate::model::EventId;
use crate::picture::cards::{Card, Strand, WeighedChain, column_height, draw_column, legend};
use crate::picture::frame::Frame;
use crate::picture::svg::Svg;
use crate::picture::text::{self, Type};
use crate::picture::{Picture, PictureOptions};

/// A column of cards is no narrower than this, and so far from the next.
const LEAST_COLUMN: f64 = 200.0;
const GUTTER: f64 = 28.0;

/// Draws what led to an event, the event, and what followed. Each chain is a
/// column of cards; the first is the best. Where a chain runs through events of
/// one that stands further left, it is said so and they are not repeated.
///
/// # Arguments
/// `before`: chains that end in the event; `after`: chains that begin with it.
/// Those for which there is no column are left out, and the picture says so.
/// `weak`: where the ways back and on ended because only weak links lead on.
///
/// # Complexity
/// Linear in the texts that are shown, and O(k log k) in their events.
pub fn thread(
    graph: &EventGraph,
    event: EventId,
    (before, after): (&[WeighedChain<'_>], &[WeighedChain<'_>]),
    weak: (&[WeakEnd], &[WeakEnd]),
    options: &PictureOptions<'_>,
) -> Picture {
    let room = Frame::room(options);
    let most = (((room + GUTTER) / (LEAST_COLUMN + GUTTER)) as usize).max(1);
    let columns = before.len().max(after.len()).clamp(1, most);
    let shown = |chains: &'_ [WeighedChain<'_>], is_before| {
        strands(graph, event, &chains[..chains.len().min(columns)], is_before)
    };
    let width = (room + GUTTER) / columns as f64 - GUTTER;
    let mut svg = Svg::default();
    let mut y = draw_before(&mut svg, width, &shown(before, true));
    let card = Card::new(graph, event, true);
    let height = card.height(room);
    card.draw(&mut svg, (0.0, y), (room, height));
    y += height;
    y += draw_after(&mut svg, y, width, &shown(after, false));

    let mut lead = lead(graph, event, (before, after), weak);
    let left_out = before.len().saturating_sub(columns) + after.len().saturating_sub(columns);
    if left_out > 0 {
        lead += &format!(" {} more are not shown.", text::number(left_out));
    }
    let chains = before.iter().chain(after);
    let events = chains.flat_map(|weighed| &weighed.chain.events).chain([&event]);
    let span = graph.span(events.copied());
    let legend = if before.is_empty() && after.is_empty() { Vec::new() } else { legend() };
    Frame { options, title: text::title(graph, event), lead, legend, span }.around(&svg, y)
}

/// Draws the columns that end at the event, side by side; their height.
fn draw_before(svg: &mut Svg, width: f64, strands: &[Strand]) -> f64 {
    let heights: Vec<f64> = strands.iter().map(|strand| column_height(width, strand)).collect();
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    for (at, (strand, height)) in strands.iter().zip(heights).enumerate() {
        let x = at as f64 * (width + GUTTER);
        draw_column(svg, (x, tallest - height), width, strand, false);
    }
    tallest
}

/// Draws the columns that begin at the event, from `y` on; their height.
fn draw_after(svg: &mut Svg, y: f64, width: f64, strands: &[Strand]) -> f64 {
    let draw = |tallest: f64, (at, strand): (usize, &Strand)| {
        let x = at as f64 * (width + GUTTER);
        tallest.max(draw_column(svg, (x, y), width, strand, true))
    };
    strands.iter().enumerate().fold(0.0, draw)
}

/// What the picture shows, and why there is nothing on a side.
fn lead(
    graph: &EventGraph,
    event: EventId,
    (before, after): (&[WeighedChain<'_>], &[WeighedChain<'_>]),
    weak: (&[WeakEnd], &[WeakEnd]),
) -> String {
    let before_it = before_it(graph, before.iter().map(|weighed| weighed.chain), event);
    let mut lead = match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("{before_it}, and what followed: time runs downwards."),
        (false, true) => format!("{before_it}: time runs downwards."),
        (true, false) => "What followed: time runs downwards.".to_owned(),
        (true, true) => String::new(),
    };
    let at_event = |ends: &[WeakEnd]| ends.iter().any(|end| end.event == event);
    for (chains, ends, when) in [(before, weak.0, "before"), (after, weak.1, "after")] {
        lead += &match (chains.is_empty(), at_event(ends)) {
            (true, true) => {
                format!(" Only links too weak to be followed tie it to what came {when}.")
            }
            (true, false) => format!(" Nothing that it is linked to came {when}."),
            (false, _) => String::new(),
        };
    }
    if weak.0.iter().chain(weak.1).any(|end| end.event != event) {
        lead += " It ends early where only links too weak to be followed lead on.";
    }
    lead.trim_start().to_owned()
}

/// The chains of one side without the event itself and without what stands in
/// a column further left.
fn strands(
    graph: &EventGraph,
    event: EventId,
    chains: &[WeighedChain<'_>],
    before: bool,
) -> Vec<Strand> {
    let mut shown = BTreeSet::from([event]);
    let mut strands = Vec::new();
    for weighed in chains {
        let events = &weighed.chain.events;
        let last = events.len().saturating_sub(1);
        let known = |event: &&EventId| shown.contains(event);
        let strand = if before {
            let known = events[..last].iter().take_while(known).count();
            let mut strand = Strand::of_thread(graph, weighed, (known, last));
            strand.cards.pop();
            if known > 0 {
                lead_in(graph, weighed, &mut strand, known);
            }
            strand
        } else {
            let known = events[1..].iter().rev().take_while(known).count();
            let mut strand = Strand::of_thread(graph, weighed, (0, last - known));
            if !strand.cards.is_empty() {
                strand.cards.remove(0);
            }
            if known > 0 {
                let next = Strand::of_thread(graph, weighed, (last - known, last - known + 1));
                strand.joins.extend(next.joins);
                let title = text::title(graph, events[last - known + 1]);
                strand.cards.push(Card::note(elsewhere(&title)));
            }
            strand
        };
        shown.extend(events);
        strands.push(strand);
    }
    strands
}

/// Begins a column with a word on the events that stand further left.
fn lead_in(graph: &EventGraph, weighed: &WeighedChain<'_>, strand: &mut Strand, known: usize) {
    let from = Strand::of_thread(graph, weighed, (known - 1, known));
    let title = text::title(graph, weighed.chain.events[known - 1]);
    strand.cards.insert(0, Card::note(elsewhere(&title)));
    let joins = std::mem::take(&mut strand.joins);
    strand.joins = from.joins.into_iter().chain(joins).collect();
}

fn elsewhere(title: &str) -> String {
    format!("← {}", text::cut(title, Type::Body, 300.0))
}
