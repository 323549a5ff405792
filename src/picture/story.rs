//! A story as lanes in time: its parts, their events, and how they are linked.

use crate::analysis::{Stories, Story, StoryTold, SubStory};
use crate::graph::EventGraph;
use crate::model::{Date, EventId};
use crate::picture::frame::{Frame, Sign};
use crate::picture::scale::Scale;
use crate::picture::svg::{Anchor, Path, Svg};
use crate::picture::text::{self, Type, counted, cut, width, wrapped};
use crate::picture::theme::{fill_class, line_class, ring_class};
use crate::picture::{Picture, PictureOptions};

/// The radius of an event's dot, and of a key event's.
const DOT: f64 = 4.0;
const KEY_DOT: f64 = 6.5;

/// Dots that stand above each other in a lane at most.
const DEEPEST: usize = 12;

/// More parts than this are one lane.
const MOST_LANES: usize = 10;

/// More links than this are a tangle; the strongest are drawn.
const MOST_LINKS: usize = 160;

/// A key event's label is so wide, and has so many lines of title.
const LABEL: f64 = 190.0;
const NARROW_LABEL: f64 = 134.0;
const LABEL_GAP: f64 = 18.0;
const LABEL_LINES: usize = 4;
const MOST_LABELS: usize = 6;

/// From the labels to the lanes: the lines between need room to turn.
const TURN: f64 = 34.0;

/// Draws the story at a place of [`Stories::all`]: a lane for each of its parts, a dot for
/// each event, arcs for links, and above the lanes the key events with day and
/// title. The event it was asked for by is among them, in a frame, and its dot in
/// a ring.
///
/// # Panics
/// If there is no story at this place.
///
/// # Complexity
/// O(k · d + e) for k events of which d fall on one spot, and e links.
pub fn story(
    stories: &Stories<'_>,
    place: usize,
    told: &StoryTold,
    asked: Option<EventId>,
    options: &PictureOptions<'_>,
) -> Picture {
    let graph = stories.graph();
    let story = &stories.all()[place];
    let room = Frame::room(options);
    let lanes = lanes(stories, &story.events, told);
    let mut svg = Svg::default();
    let mut height = 0.0;
    // Of several parts each has a colour of its own.
    let dot = if lanes.len() == 1 { fill_class(0) } else { "tl-none".to_owned() };
    let mut legend = vec![(Sign::Dot(dot), "an event; a large one is named".to_owned())];
    if story.events.iter().any(|&event| !graph.present(event)) {
        legend.push((Sign::Ring("tl-ring".to_owned()), "known only from links".to_owned()));
    }
    let asked = asked.filter(|&event| graph.date(event).is_some());
    if asked.is_some() {
        legend.push((Sign::Ring("tl-asked".to_owned()), "the event asked for".to_owned()));
    }
    if let Some(span) = story.span {
        let links = stories.links_within(story);
        let shown = &links[..links.len().min(MOST_LINKS)];
        let edge = KEY_DOT + 4.0;
        let scale = Scale::new(span, edge, room - 2.0 * edge);
        let spots = Spots::new(graph, &lanes, &scale);
        let least = if room < 700.0 { NARROW_LABEL } else { LABEL };
        let most = (((room + LABEL_GAP) / (least + LABEL_GAP)) as usize).clamp(1, MOST_LABELS);
        let keys = Keys { events: key_events(graph, told, most, asked), asked };
        let top = labels_height(graph, room, &keys);
        height = draw_lanes(&mut svg, room, top, &spots, &scale, told);
        draw_links(&mut svg, graph, shown, &spots, top);
        draw_labels(&mut svg, graph, room, &keys, &spots, top);
        // What is read lies above what only leads somewhere.
        draw_names(&mut svg, room, top, &lanes, &spots);
        draw_dots(&mut svg, graph, &spots, top, &keys);
        let words = match shown.len() < links.len() {
            true => format!("the strongest {} of {} links", shown.len(), text::number(links.len())),
            false => counted(links.len(), "link", "links"),
        };
        if !links.is_empty() {
            legend.push((Sign::Line("tl-arc", 1.5), words));
        }
        if !told.bursts.is_empty() {
            legend.push((Sign::Bar("tl-burst"), "when most happened at once".to_owned()));
        }
    }
    let title = crate::model::one_line(&stories.name(story));
    let lead = lead(graph, story, lanes.len());
    Frame { options, title, lead, legend, span: story.span }.around(&svg, height)
}

/// `48 events, 1967-01-27 to 1969-07-24, in 3 parts`
fn lead(graph: &EventGraph, story: &Story, lanes: usize) -> String {
    let undated = story.events.iter().filter(|&&event| graph.date(event).is_none()).count();
    let mut lead = counted(story.events.len(), "event", "events");
    if let Some((first, last)) = story.span {
        lead += &format!(", {first} to {last}");
        if lanes > 1 {
            lead += &format!(", in {}", counted(lanes, "part", "parts"));
        }
    }
    if undated > 0 {
        lead += &format!("; {} without a date not shown", text::number(undated));
    }
    lead
}

/// The events that are named above the lanes, and the one of them that was asked
/// for.
struct Keys {
    events: Vec<EventId>,
    asked: Option<EventId>,
}

/// A part of the story.
struct Lane {
    name: String,
    events: Vec<EventId>,
}

/// The parts as lanes, in order of time; behind them what is in none.
fn lanes(stories: &Stories<'_>, events: &[EventId], told: &StoryTold) -> Vec<Lane> {
    let mut largest: Vec<&SubStory> = told.sub_stories.iter().collect();
    largest.sort_by_key(|part| (std::cmp::Reverse(part.events.len()), part.events.first()));
    largest.truncate(MOST_LANES);
    largest.sort_by_key(|part| part.events.first());
    let mut lanes: Vec<Lane> = largest
        .iter()
        .map(|part| Lane {
            name: crate::model::one_line(&stories.name_of(&part.topics, &part.events)),
            events: part.events.clone(),
        })
        .collect();
    let mut inside: Vec<EventId> = lanes.iter().flat_map(|lane| lane.events.clone()).collect();
    inside.sort_unstable();
    let rest: Vec<EventId> =
        events.iter().copied().filter(|event| inside.binary_search(event).is_err()).collect();
    if !rest.is_empty() {
        let name = if lanes.is_empty() { String::new() } else { "Other events".to_owned() };
        lanes.push(Lane { name, events: rest });
    }
    lanes
}

/// Where each event stands.
struct Spots {
    /// By event: its lane, and its place from the lanes' top.
    of: Vec<(EventId, usize, (f64, f64))>,
    /// Of each lane its top and its height.
    lanes: Vec<(f64, f64)>,
}

/// Above the dots of a lane, for its name and for arcs; around them; and between lanes.
const NAME: f64 = 22.0;
const AROUND: f64 = 12.0;
const BETWEEN: f64 = 6.0;

impl Spots {
    /// Dots of a lane that would stand upon each other move up and down by
    /// turns, the least that is needed.
    fn new(graph: &EventGraph, lanes: &[Lane], scale: &Scale) -> Self {
        let mut spots = Self { of: Vec::new(), lanes: Vec::new() };
        let step = 2.0 * DOT + 1.5;
        let mut top = 0.0;
        for (number, lane) in lanes.iter().enumerate() {
            // Of each level where its last dot stands.
            let mut levels: Vec<f64> = Vec::new();
            let mut placed = Vec::new();
            for &event in &lane.events {
                let Some(date) = graph.date(event) else { continue };
                let x = scale.middle(date);
                let free = levels.iter().position(|&last| (x - last).abs() >= step);
                let level = free.unwrap_or(levels.len()).min(DEEPEST - 1);
                if level == levels.len() {
                    levels.push(x);
                } else {
                    levels[level] = x;
                }
                placed.push((event, x, level));
            }
            let deep = levels.len().max(1) as f64 * step;
            let bottom = top + NAME + AROUND + deep;
            for (event, x, level) in placed {
                spots.of.push((event, number, (x, bottom - (level as f64 + 0.5) * step)));
            }
            let height = NAME + 2.0 * AROUND + deep;
            spots.lanes.push((top, height));
            top += height + BETWEEN;
        }
        spots.of.sort_unstable_by_key(|spot| spot.0);
        spots
    }

    fn of(&self, event: EventId) -> Option<(usize, (f64, f64))> {
        let at = self.of.binary_search_by_key(&event, |spot| spot.0).ok()?;
        Some((self.of[at].1, self.of[at].2))
    }
}

/// The bands and the axis; where all that ends.
fn draw_lanes(
    svg: &mut Svg,
    room: f64,
    top: f64,
    spots: &Spots,
    scale: &Scale,
    told: &StoryTold,
) -> f64 {
    let bottom = spots.lanes.last().map_or(top, |&(y, height)| top + y + height);
    for &(y, height) in &spots.lanes {
        svg.rect("tl-band", (0.0, top + y), (room, height), 4.0);
    }
    let clamp = |date: Date| scale.x(date).clamp(0.0, room);
    for burst in &told.bursts {
        let (from, to) = (clamp(burst.start), clamp(burst.end) + scale.day());
        let size = ((to - from).max(2.0).min(room - from), bottom - top);
        let tip = format!("most at once: {} to {}", burst.start, burst.end);
        svg.mark(&tip, |svg| svg.rect("tl-burst", (from, top), size, 0.0));
    }
    scale.draw(svg, top, bottom + 6.0);
    bottom + 6.0 + Scale::LABELS
}

/// The names of the lanes.
fn draw_names(svg: &mut Svg, room: f64, top: f64, lanes: &[Lane], spots: &Spots) {
    for (number, (lane, &(y, _))) in lanes.iter().zip(&spots.lanes).enumerate() {
        if lane.name.is_empty() {
            continue;
        }
        let baseline = top + y + NAME - 5.0;
        svg.rect(&fill_class(number), (8.0, baseline - 9.5), (10.0, 10.0), 2.0);
        let count = counted(lane.events.len(), "event", "events");
        let after = width(&count, Type::Note) + 16.0;
        let name = cut(&lane.name, Type::Heading, room - 24.0 - after - 8.0);
        svg.halo_text((24.0, baseline), Type::Heading, Anchor::Start, &name);
        let x = 24.0 + width(&name, Type::Heading) + 8.0;
        svg.halo_text((x, baseline), Type::Note, Anchor::Start, &count);
    }
}

/// Links as arcs, the strong ones wider.
fn draw_links(
    svg: &mut Svg,
    graph: &EventGraph,
    links: &[(crate::graph::Link, f64)],
    spots: &Spots,
    top: f64,
) {
    for (link, strength) in links {
        let Some(((_, a), (_, b))) = spots.of(link.source).zip(spots.of(link.target)) else {
            continue;
        };
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let (a, b) = ((a.0, a.1 + top), (b.0, b.1 + top));
        let path = if (a.1 - b.1).abs() < 30.0 {
            let rise = (b.0 - a.0).abs().mul_add(0.18, 8.0).min(NAME + 6.0);
            let high = a.1.min(b.1) - rise;
            let reach = (b.0 - a.0) * 0.25;
            Path::from(a).curve((a.0 + reach, high), (b.0 - reach, high), b)
        } else {
            let middle = (a.1 + b.1) / 2.0;
            Path::from(a).curve((a.0, middle), (b.0, middle), b)
        };
        let topics: Vec<String> =
            graph.link_topics(link.id).map(|topic| text::topic(graph, topic)).collect();
        let tip = format!("strength {strength:.2}: {}", topics.join(", "));
        svg.mark(&tip, |svg| svg.stroke("tl-arc", &path, 0.5 + 1.5 * strength));
    }
}

fn draw_dots(svg: &mut Svg, graph: &EventGraph, spots: &Spots, top: f64, keys: &Keys) {
    for &(event, lane, (x, y)) in &spots.of {
        let r = if keys.events.contains(&event) { KEY_DOT } else { DOT };
        let class = match graph.present(event) {
            true => format!("{} tl-halo", fill_class(lane)),
            false => ring_class(lane),
        };
        let tip = format!("{} {}", text::day(graph, event), text::title(graph, event));
        svg.mark(&tip, |svg| {
            svg.circle(&class, (x, y + top), r);
            if keys.asked == Some(event) {
                svg.circle("tl-asked", (x, y + top), r + 3.0);
            }
        });
    }
}

/// The event asked for and the dated events of highest rank, in order of time.
fn key_events(
    graph: &EventGraph,
    told: &StoryTold,
    most: usize,
    asked: Option<EventId>,
) -> Vec<EventId> {
    let ranked = told.ranked.iter().map(|&(event, _)| event).filter(|&e| Some(e) != asked);
    let dated = asked.into_iter().chain(ranked).filter(|&event| graph.date(event).is_some());
    let mut keys: Vec<EventId> = dated.take(most).collect();
    keys.sort_unstable_by_key(|&event| (graph.date(event), event));
    keys
}

fn label_width(room: f64, keys: &Keys) -> f64 {
    ((room + LABEL_GAP) / keys.events.len().max(1) as f64 - LABEL_GAP).min(1.5 * LABEL)
}

fn label_lines(graph: &EventGraph, room: f64, event: EventId, keys: &Keys) -> Vec<String> {
    let title = text::title(graph, event);
    wrapped(&title, Type::Body, label_width(room, keys) - 10.0, LABEL_LINES)
}

/// How high the labels are, with the room for lines below them.
fn labels_height(graph: &EventGraph, room: f64, keys: &Keys) -> f64 {
    let lines = keys.events.iter().map(|&event| label_lines(graph, room, event, keys).len()).max();
    let lines = lines.unwrap_or(0) as f64 * Type::Body.leading();
    if keys.events.is_empty() { 0.0 } else { Type::Strong.leading() + lines + TURN }
}

/// The key events side by side above the lanes, in order of time, so that the
/// lines from them to their dots do not cross.
fn draw_labels(svg: &mut Svg, graph: &EventGraph, room: f64, keys: &Keys, spots: &Spots, top: f64) {
    let wide = label_width(room, keys);
    for (at, &event) in keys.events.iter().enumerate() {
        let Some((lane, (x, y))) = spots.of(event) else { continue };
        let left = at as f64 * (wide + LABEL_GAP);
        let below = top - TURN + 4.0;
        let path = Path::from((left + 2.0, 2.0))
            .line((left + 2.0, below))
            .curve((left + 2.0, top - 6.0), (x, below + 4.0), (x, top + 2.0))
            .line((x, y + top - KEY_DOT));
        if keys.asked == Some(event) {
            svg.rect("tl-focus", (left + 2.0, -3.0), (wide + 6.0, below + 3.0), 4.0);
        }
        svg.path(&format!("tl-leader {}", line_class(lane)), &path);
        let mut baseline = Type::Strong.leading() - 3.0;
        let text_left = left + 10.0;
        svg.text((text_left, baseline), Type::Strong, Anchor::Start, &text::day(graph, event));
        for line in label_lines(graph, room, event, keys) {
            baseline += Type::Body.leading();
            svg.text((text_left, baseline), Type::Body, Anchor::Start, &line);
        }
    }
}
