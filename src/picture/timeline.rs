//! Events over time as bars, with their bursts.

use crate::analysis::Bin;
use crate::analysis::Burst;
use crate::analysis::BurstTeller;
use crate::analysis::Timeline;
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::Date;
use crate::model::Period;
use crate::picture::frame::{Frame, Sign};
use crate::picture::scale::{Scale, round_steps};
use crate::picture::svg::{Anchor, Num, Svg};
use crate::picture::text::{self, Type, counted, width, wrapped};
use crate::picture::{Picture, PictureOptions};

/// How high the chart is, without bursts' numbers and the axis' names.
const HIGH: f64 = 240.0;

/// Bursts that are marked and told: the heaviest.
const MOST_BURSTS: usize = 8;

/// The badge with a burst's number.
const BADGE: f64 = 9.0;

/// Draws a timeline: a bar a step, and the bursts in another colour, numbered,
/// with what each was about in a list below.
///
/// # Arguments
/// `name`: what the events are, for the title. `bursts`: of these events, in any
/// order; of more than eight the heaviest are told.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// Linear in the steps, and in the topics that the graph's events bear.
pub fn timeline(
    graph: &EventGraph,
    name: &str,
    timeline: &Timeline,
    bursts: &[Burst],
    options: &PictureOptions<'_>,
) -> Result<Picture> {
    let room = Frame::room(options);
    let mut shown: Vec<&Burst> = bursts.iter().collect();
    shown.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)));
    shown.truncate(MOST_BURSTS);
    shown.sort_by_key(|burst| (burst.start, burst.end));
    let mut svg = Svg::default();
    let span = span(timeline);
    let mut height = 0.0;
    if let Some(span) = span {
        height = draw_chart(&mut svg, room, timeline, span, &shown);
        height += draw_list(&mut svg, room, height, graph, &shown)?;
    }
    let events: usize = timeline.bins.iter().map(|bin| bin.count as usize).sum();
    let step = timeline.period;
    let mut lead = format!("{} by {step}", counted(events, "event", "events"));
    if timeline.undated > 0 {
        let undated = text::number(timeline.undated);
        lead += &format!("; {undated} without a date are not shown");
    }
    if shown.len() < bursts.len() {
        lead += &format!("; the {} heaviest of {} bursts", shown.len(), bursts.len());
    }
    let mut legend = Vec::new();
    if !shown.is_empty() {
        legend.push((Sign::Bar("tl-bar"), format!("events a {step}")));
        let words = format!("a {step} with events of a burst, numbered above and told below");
        legend.push((Sign::Bar("tl-accent"), words));
    }
    let title = crate::model::one_line(name);
    // The axis ends with a step, the picture with its last event.
    let span = graph.span(timeline.bins.iter().flat_map(|bin| &bin.events).copied());
    Ok(Frame { options, title, lead, legend, span }.around(&svg, height))
}

/// The last day of a period that begins on a day.
pub(crate) fn last_day(start: Date, period: Period) -> Date {
    let next = start.next_period(period);
    next.and_then(|next| Date::from_days(next.days() - 1)).unwrap_or(start)
}

/// The first day of the first step and the last day of the last one.
fn span(timeline: &Timeline) -> Option<(Date, Date)> {
    let (first, last) = (timeline.bins.first()?, timeline.bins.last()?);
    Some((first.start, last_day(last.start, timeline.period)))
}

/// The bars, their axes and the bursts' numbers; how high that is.
fn draw_chart(
    svg: &mut Svg,
    room: f64,
    timeline: &Timeline,
    span: (Date, Date),
    bursts: &[&Burst],
) -> f64 {
    let most = timeline.bins.iter().map(|bin| bin.count).max().unwrap_or(0);
    let steps = round_steps(most);
    let label = |count: u32| text::number(count as usize);
    let widest = steps.iter().map(|&step| width(&label(step), Type::Note)).fold(0.0, f64::max);
    let left = widest + 8.0;
    let scale = Scale::new(span, left, room - left);
    let top = draw_badges(svg, &scale, bursts) + Type::Note.leading() + 4.0;
    let bottom = top + HIGH;
    let full = f64::from(steps.last().copied().unwrap_or(1).max(1));
    let y = |count: u32| bottom - f64::from(count) / full * HIGH;
    for &step in &steps {
        svg.line("tl-rule", (left, y(step)), (room, y(step)));
        svg.text((left - 6.0, y(step) + 4.0), Type::Note, Anchor::End, &label(step));
    }
    let name = format!("events a {}", timeline.period);
    svg.text((0.0, top - 10.0), Type::Note, Anchor::Start, &name);
    scale.draw(svg, bottom, bottom);
    for bin in timeline.bins.iter().filter(|bin| bin.count > 0) {
        let (from, to) = (scale.x(bin.start), end(&scale, bin, timeline.period));
        let gap = if to - from > 4.0 { 1.0 } else { 0.0 };
        let class =
            if bursts.iter().any(|burst| burst.meets(bin)) { "tl-accent" } else { "tl-bar" };
        let tip = format!(
            "{}: {}",
            bin.start.period_label(timeline.period),
            counted(bin.count as usize, "event", "events")
        );
        let size = ((to - from - gap).max(0.75), bottom - y(bin.count));
        svg.mark(&tip, |svg| svg.rect(class, (from, y(bin.count)), size, 0.0));
    }
    bottom + Scale::LABELS
}

fn end(scale: &Scale, bin: &Bin, period: Period) -> f64 {
    scale.x(last_day(bin.start, period)) + scale.day()
}

/// The bursts' numbers above the chart, none upon another, each over a line as
/// long as the burst; how high that is.
fn draw_badges(svg: &mut Svg, scale: &Scale, bursts: &[&Burst]) -> f64 {
    // Of each row of badges the end of its last one.
    let mut rows: Vec<f64> = Vec::new();
    let mut places = Vec::new();
    for burst in bursts {
        let (from, to) = (scale.x(burst.start), scale.x(burst.end) + scale.day());
        let middle = ((from + to) / 2.0).max(BADGE);
        let left = from.min(middle - BADGE);
        let row = rows.iter().position(|&end| end + 3.0 <= left).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(0.0);
        }
        rows[row] = to.max(middle + BADGE);
        places.push((row, from, to, middle));
    }
    let high = 2.0 * BADGE + 8.0;
    for (at, (row, from, to, middle)) in places.into_iter().enumerate() {
        let y = row as f64 * high + BADGE;
        svg.rect("tl-accent", (from, y + BADGE + 2.0), ((to - from).max(1.5), 3.0), 0.0);
        draw_badge(svg, (middle, y), at + 1);
    }
    rows.len() as f64 * high
}

fn draw_badge(svg: &mut Svg, (x, y): (f64, f64), number: usize) {
    svg.circle("tl-accent", (x, y), BADGE);
    let (x, y) = (Num(x), Num(y + 4.0));
    let attributes: [(&str, &dyn std::fmt::Display); 4] =
        [("x", &x), ("y", &y), ("class", &"tl-strong tl-on-accent"), ("text-anchor", &"middle")];
    svg.element("text", &attributes, |svg| svg.raw(&number.to_string()));
}

/// What each burst was about: its days, topics, and its most linked event; how
/// high that is.
fn draw_list(
    svg: &mut Svg,
    room: f64,
    top: f64,
    graph: &EventGraph,
    bursts: &[&Burst],
) -> Result<f64> {
    if bursts.is_empty() {
        return Ok(0.0);
    }
    let teller = BurstTeller::new(graph)?;
    let columns = if room < 700.0 { 1 } else { 2 };
    let gutter = 28.0;
    let column = (room + gutter) / columns as f64 - gutter;
    let text_left = 2.0 * BADGE + 10.0;
    let rows = bursts.len().div_ceil(columns);
    let mut deepest: f64 = 0.0;
    for (n, part) in bursts.chunks(rows).enumerate() {
        let x = n as f64 * (column + gutter);
        let mut y = top + 16.0;
        for (at, burst) in part.iter().enumerate() {
            draw_badge(svg, (x + BADGE, y + BADGE), n * rows + at + 1);
            let mut lines = |of: Type, text: &str, most: usize| {
                for line in wrapped(text, of, column - text_left, most) {
                    y += of.leading();
                    svg.text((x + text_left, y - 3.0), of, Anchor::Start, &line);
                }
            };
            let days = match burst.start == burst.end {
                true => burst.start.to_string(),
                false => format!("{} to {}", burst.start, burst.end),
            };
            let count = counted(burst.events.len(), "event", "events");
            lines(Type::Strong, &format!("{days}: {count}"), 1);
            let topics: Vec<String> =
                teller.topics(burst).into_iter().map(|t| text::topic(graph, t)).collect();
            lines(Type::Body, &topics.join(", "), 2);
            if let Some(event) = teller.key_event(burst) {
                lines(Type::Note, &text::title(graph, event), 2);
            }
            y += 10.0;
        }
        deepest = deepest.max(y - top);
    }
    Ok(deepest)
}
