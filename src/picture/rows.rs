//! Topics or stories over time: a small chart each, over one axis.

use std::ops::RangeInclusive;

use crate::analysis::Burst;
use crate::analysis::Row;
use crate::analysis::RowLabel;
use crate::analysis::Timelines;
use crate::graph::EventGraph;
use crate::model::Date;
use crate::model::one_line;
use crate::picture::frame::{Frame, Sign};
use crate::picture::scale::Scale;
use crate::picture::svg::{Anchor, Path, Svg};
use crate::picture::text::{self, Type, counted, cut, width, wrapped};
use crate::picture::timeline::last_day;
use crate::picture::{Picture, PictureOptions};

/// How high a row's chart is, and how far from the next.
const HIGH: f64 = 34.0;
const GAP: f64 = 14.0;

/// Names stand left of the charts if there is as much room, else above.
const BESIDE: f64 = 700.0;
const NAMES: f64 = 190.0;

/// Draws rows over time: a name, how many events it has, and their number in
/// each step, each row as high as its own largest count, which is told.
///
/// # Arguments
/// `name`: what the events are, for the title. `all`: how many rows there were
/// to choose from. `bursts`: spans that stand out, by the rows they are of.
///
/// # Complexity
/// Rows times steps.
pub fn rows(
    graph: &EventGraph,
    name: &str,
    (rows, all): (&[Row], usize),
    timelines: &Timelines,
    bursts: &[Burst],
    options: &PictureOptions<'_>,
) -> Picture {
    let room = Frame::room(options);
    let starts = timelines.starts.first().copied().zip(timelines.starts.last().copied());
    let span = starts.map(|(first, last)| (first, last_day(last, timelines.period)));
    let mut svg = Svg::default();
    let mut y = 0.0;
    if let Some(span) = span {
        let beside = room >= BESIDE;
        let left = if beside { NAMES + 16.0 } else { 0.0 };
        // The number of a row's peak may stand right of it.
        let scale = Scale::new(span, left, room - left - 4.0);
        let high = HIGH + if beside { 0.0 } else { Type::Heading.leading() } + GAP;
        let bottom = high * rows.len() as f64;
        scale.draw(&mut svg, 0.0, bottom);
        for (number, (row, counts)) in rows.iter().zip(&timelines.rows).enumerate() {
            let bursts: Vec<&Burst> = bursts.iter().filter(|burst| burst.row == number).collect();
            let place = Place { scale: &scale, y, beside, bursts: &bursts };
            draw_row(&mut svg, graph, row, &counts.counts, timelines, &place);
            y += high;
        }
        y = bottom + Scale::LABELS;
    }
    let (one, many) = match rows.first().map(|row| &row.label) {
        Some(RowLabel::Story(..)) => ("story", "stories"),
        _ => ("topic", "topics"),
    };
    let shown = match rows.len() < all {
        true => format!("{} of {}", text::number(rows.len()), counted(all, one, many)),
        false => counted(all, one, many),
    };
    let lead = format!(
        "{shown}: events a {}, each row as high as its own largest number",
        timelines.period
    );
    let mut legend = Vec::new();
    if bursts.iter().any(|burst| burst.row < rows.len()) {
        let step = timelines.period;
        legend.push((Sign::Bar("tl-bar"), format!("events a {step}")));
        legend.push((Sign::Bar("tl-accent"), format!("a {step} with events of a burst")));
    }
    Frame { options, title: one_line(name), lead, legend, span }.around(&svg, y)
}

/// Where a row stands.
struct Place<'s> {
    scale: &'s Scale,
    y: f64,
    /// Whether its name stands left of it.
    beside: bool,
    bursts: &'s [&'s Burst],
}

fn draw_row(
    svg: &mut Svg,
    graph: &EventGraph,
    row: &Row,
    counts: &[u32],
    timelines: &Timelines,
    place: &Place<'_>,
) {
    let name = match &row.label {
        RowLabel::Topic(topic) => text::topic(graph, *topic),
        RowLabel::Story(number, name) => format!("{}: {}", number + 1, one_line(name)),
        RowLabel::Selection => String::new(),
    };
    let events = counted(row.events.len(), "event", "events");
    let first = Type::Heading.leading();
    let top = if place.beside { place.y + GAP } else { place.y + GAP + first - 4.0 };
    draw_name(svg, &name, &events, top, place);
    let most = counts.iter().copied().max().unwrap_or(0);
    let bars = Bars { counts, most, timelines, place, bottom: top + HIGH };
    svg.mark(&format!("{name}: {events}"), |svg| bars.draw(svg, graph));
    let rule = (place.scale.x(timelines.starts[0]), bars.bottom);
    svg.line("tl-rule", rule, (place.scale.end(), bars.bottom));
    if let Some((x, anchor, label)) = bars.peak_label().filter(|_| most > 1) {
        svg.halo_text((x, top + 10.0), Type::Note, anchor, &label);
    }
}

/// A row's name and how many events it has: left of it, or above it.
fn draw_name(svg: &mut Svg, name: &str, events: &str, top: f64, place: &Place<'_>) {
    let of = Type::Heading;
    if place.beside {
        let lines = wrapped(name, of, NAMES, 2);
        let mut y = top + HIGH - (lines.len() as f64) * of.leading() - 3.0;
        for line in &lines {
            y += of.leading();
            svg.text((NAMES, y - of.leading() + 6.0), of, Anchor::End, line);
        }
        svg.text((NAMES, top + HIGH), Type::Note, Anchor::End, events);
    } else {
        let after = width(events, Type::Note) + 12.0;
        let name = cut(name, of, place.scale.room() - after);
        svg.text((0.0, top - 5.0), of, Anchor::Start, &name);
        let x = width(&name, of) + 8.0;
        svg.text((x, top - 5.0), Type::Note, Anchor::Start, events);
    }
}

/// The bars of a row, as high as its own largest count.
struct Bars<'s> {
    counts: &'s [u32],
    most: u32,
    timelines: &'s Timelines,
    place: &'s Place<'s>,
    bottom: f64,
}

/// How high the largest bar is; its label needs some of a row's height.
const FULL: f64 = HIGH - 2.0;

impl Bars<'_> {
    /// The first days of the steps, with their counts.
    fn steps(&self) -> impl Iterator<Item = (Date, u32)> {
        self.timelines.starts.iter().copied().zip(self.counts.iter().copied())
    }

    fn high(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.most.max(1)) * FULL
    }

    fn end(&self, start: Date) -> f64 {
        let scale = self.place.scale;
        scale.x(last_day(start, self.timelines.period)) + scale.day()
    }

    /// Two shapes: usual steps, and those that a burst reaches into.
    fn draw(&self, svg: &mut Svg, graph: &EventGraph) {
        let mut paths: [Option<Path>; 2] = [None, None];
        for (start, count) in self.steps().filter(|&(_, count)| count > 0) {
            let y = self.bottom - self.high(count);
            let (x, to) = (self.place.scale.x(start), self.end(start));
            let gap = if to - x > 4.0 { 0.75 } else { 0.0 };
            let to = (to - gap).max(x + 1.0);
            let days = start..=last_day(start, self.timelines.period);
            let inside = self.place.bursts.iter().any(|burst| reaches(graph, burst, &days));
            let path = &mut paths[usize::from(inside)];
            let path_so_far = match path.take() {
                Some(path) => path.jump((x, self.bottom)),
                None => Path::from((x, self.bottom)),
            };
            *path = Some(path_so_far.line((x, y)).line((to, y)).line((to, self.bottom)).closed());
        }
        for (class, path) in ["tl-bar", "tl-accent"].into_iter().zip(&paths) {
            if let Some(path) = path {
                svg.path(class, path);
            }
        }
    }

    /// What the first of the largest counts is called that has room for it beside it.
    fn peak_label(&self) -> Option<(f64, Anchor, String)> {
        let scale = self.place.scale;
        let first = scale.x(*self.timelines.starts.first()?);
        let is_free = |from: f64, to: f64| {
            from >= first
                && to <= scale.end()
                && self.steps().all(|(start, count)| {
                    let low = self.high(count) < FULL - 14.0;
                    low || self.end(start) < from || scale.x(start) > to
                })
        };
        let mut peaks = self.steps().filter(|&(_, count)| count == self.most);
        peaks.find_map(|(start, _)| {
            let step = start.period_label(self.timelines.period);
            let label = format!("{} in {step}", text::number(self.most as usize));
            let wide = width(&label, Type::Note);
            let (after, before) = (self.end(start) + 5.0, scale.x(start) - 5.0);
            if is_free(after, after + wide) {
                return Some((after, Anchor::Start, label));
            }
            is_free(before - wide, before).then_some((before, Anchor::End, label))
        })
    }
}

/// Whether a burst has events on these days; its events are in order of their dates,
/// those without one last.
fn reaches(graph: &EventGraph, burst: &Burst, days: &RangeInclusive<Date>) -> bool {
    let next = burst
        .events
        .partition_point(|&event| graph.date(event).is_some_and(|date| date < *days.start()));
    let date = burst.events.get(next).and_then(|&event| graph.date(event));
    date.is_some_and(|date| days.contains(&date))
}
