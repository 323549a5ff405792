//! The map of an archive: its events by layout, its stories by colour, the
//! largest of them named.

use crate::analysis::{Layout, Stories};
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;
use crate::model::one_line;
use crate::picture::backbone::MapLinks;
use crate::picture::frame::{Frame, Sign};
use crate::picture::labels::{Label, MARK, Point, place};
use crate::picture::map_stories::{MapStories, NAMED};
use crate::picture::svg::{Anchor, Num, Path, Svg};
use crate::picture::text::{Type, counted, day, number, title, width, wrapped};
use crate::picture::theme::{IN_PICTURES, fill_class, line_class};
use crate::picture::{Picture, PictureOptions};

/// How high a map is at most, as a part of its width.
const HIGHEST: f64 = 0.8;

/// Draws the selected events where a layout has them.
///
/// A dot is an event, the larger the more links it has. Stories (of very many,
/// the largest) are coloured so that those that are near one another differ, and
/// the largest are named where there is room; all other events are grey. Of many links only the
/// strongest of each event are drawn.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// O(|V| + |E| log |E|), and the square of the events of each story, up to a
/// thousand.
pub fn map(
    stories: &Stories<'_>,
    selection: &Selection,
    layout: &Layout,
    options: &PictureOptions<'_>,
) -> Result<Picture> {
    let graph = stories.graph();
    let dots = Dots::of(stories, selection, layout, Frame::room(options))?;
    let named = MapStories::of(stories, dots.all.iter().map(|dot| (dot.event, dot.at)));
    let mut svg = Svg::default();
    let links = draw_links(&mut svg, graph, &dots, &named)?;
    draw_dots(&mut svg, graph, &dots, &named);
    draw_names(&mut svg, &dots, &named);
    let count = format!(
        "{}, {}",
        counted(dots.all.len(), "event", "events"),
        counted(named.count, "story", "stories")
    );
    let lead = "Events that are linked stand near one another; a story is events that belong \
                together in matter and in time.";
    let (title, lead) = match options.subject {
        "" => (count, lead.to_owned()),
        subject => (one_line(subject), format!("{count}. {lead}")),
    };
    let frame = Frame {
        options,
        title,
        lead,
        legend: legend(graph, &dots, &named, links),
        span: graph.span(dots.all.iter().map(|dot| dot.event)),
    };
    Ok(frame.around(&svg, dots.height))
}

/// What the signs mean; only those that are there.
fn legend(
    graph: &EventGraph,
    dots: &Dots,
    named: &MapStories,
    links: Links,
) -> Vec<(Sign, String)> {
    let mut legend = Vec::new();
    let all_coloured = named.all.len() == named.count;
    if let Some(first) = named.all.first() {
        let words = match all_coloured {
            true => "event of a story; neighbouring stories differ in colour".to_owned(),
            false => format!("event of one of the {} main stories", named.all.len()),
        };
        legend.push((Sign::Dot(fill_class(first.colour)), words));
    }
    if dots.all.iter().any(|dot| named.get(dot.story).is_none()) {
        let words = if all_coloured { "of no story" } else { "of another story, or of none" };
        legend.push((Sign::Dot("tl-none".to_owned()), words.to_owned()));
    }
    if dots.all.iter().any(|dot| !graph.present(dot.event)) {
        legend.push((Sign::Ring("tl-axis".to_owned()), "known only from links to it".to_owned()));
    }
    legend.push((Sign::None, "the larger, the more links".to_owned()));
    if links.drawn > 0 {
        let words = match links.drawn == links.all {
            true => "link".to_owned(),
            false => {
                format!("link; the {} strongest of {}", number(links.drawn), number(links.all))
            }
        };
        legend.push((Sign::Line("tl-link", 1.5), words));
    }
    legend
}

/// An event on the map.
struct Dot {
    event: EventId,
    at: Point,
    radius: f64,
    story: Option<usize>,
}

struct Dots {
    /// In order of their ids.
    all: Vec<Dot>,
    /// The row of each event of the graph in `all`.
    row: Vec<Option<u32>>,
    width: f64,
    height: f64,
}

/// All dots together cover about this part of a map that is half as high as
/// wide …
const COVERED: f64 = 0.06;

/// … but none is smaller or larger than this.
const LEAST_DOT: f64 = 1.2;
const LARGEST_DOT: f64 = 11.0;

/// Free space at the sides.
const MARGIN: f64 = 14.0;

impl Dots {
    fn of(
        stories: &Stories<'_>,
        selection: &Selection,
        layout: &Layout,
        width: f64,
    ) -> Result<Self> {
        let graph = stories.graph();
        let walk = graph.walk()?;
        let placed: Vec<(EventId, [f64; 2])> =
            layout.all().filter(|&(event, _)| selection.contains(event)).collect();
        let low = |n: usize| placed.iter().map(|(_, at)| at[n]).fold(f64::INFINITY, f64::min);
        let high = |n: usize| placed.iter().map(|(_, at)| at[n]).fold(f64::NEG_INFINITY, f64::max);
        let (left, top) = (low(0), high(1));
        let (wide, tall) = (high(0) - left, top - low(1));
        let room = width - 2.0 * MARGIN;
        let highest = width * HIGHEST - 2.0 * MARGIN;
        // A map of one event has no size.
        let scale = if placed.len() > 1 { (room / wide).min(highest / tall).min(6.0) } else { 1.0 };
        let (wide, tall) = if placed.is_empty() { (0.0, 0.0) } else { (wide, tall) };
        let aside = (room - wide * scale) / 2.0;
        let height = tall * scale + 2.0 * MARGIN;
        let degrees: f64 = placed.iter().map(|&(event, _)| 1.0 + walk.degree(event) as f64).sum();
        let unit = (COVERED * width * width * 0.5 / degrees.max(1.0) / std::f64::consts::PI).sqrt();
        let mut row = vec![None; graph.event_count()];
        let mut all = Vec::with_capacity(placed.len());
        for (n, (event, [x, y])) in (0..).zip(placed) {
            row[event.index()] = Some(n);
            let at = (MARGIN + aside + (x - left) * scale, MARGIN + (top - y) * scale);
            let radius = unit * (1.0 + walk.degree(event) as f64).sqrt();
            let radius = radius.clamp(LEAST_DOT, LARGEST_DOT);
            all.push(Dot { event, at, radius, story: stories.of(event) });
        }
        Ok(Self { all, row, width, height })
    }

    fn get(&self, event: EventId) -> Option<&Dot> {
        self.row[event.index()].map(|row| &self.all[row as usize])
    }
}

/// How many links there are between events on the map, and are drawn.
#[derive(Clone, Copy)]
struct Links {
    drawn: usize,
    all: usize,
}

/// Draws links below the dots: those inside of a named story in its colour.
fn draw_links(svg: &mut Svg, graph: &EventGraph, dots: &Dots, named: &MapStories) -> Result<Links> {
    let known = MapLinks::of(graph, &|event| dots.get(event).is_some())?;
    let (links, all) = (&known.backbone, known.len());
    let mut paths: Vec<Path> = (0..=IN_PICTURES).map(|_| Path::default()).collect();
    for &(source, target) in links {
        let (Some(a), Some(b)) = (dots.get(source), dots.get(target)) else {
            continue;
        };
        let same = if a.story == b.story { named.get(a.story) } else { None };
        let path = &mut paths[same.map_or(IN_PICTURES, |story| story.colour)];
        *path = std::mem::take(path).jump(a.at).line(b.at);
    }
    let others = paths.pop().unwrap_or_default();
    // The more there are, the fainter is each.
    let opacity = (600.0 / links.len().max(1) as f64).sqrt().clamp(0.25, 0.8);
    svg.element("g", &[("opacity", &Num(opacity)), ("stroke-width", &"0.7")], |svg| {
        svg.raw("\n");
        svg.path("tl-link", &others);
    });
    let (inner, thick) = if links.len() < all { ("0.5", "0.9") } else { ("0.7", "1.4") };
    svg.element("g", &[("opacity", &inner), ("stroke-width", &thick)], |svg| {
        svg.raw("\n");
        for (colour, path) in paths.iter().enumerate() {
            if !path.is_empty() {
                svg.path(&line_class(colour), path);
            }
        }
    });
    Ok(Links { drawn: links.len(), all })
}

/// Draws the dots, the largest first: a small one upon it can be seen.
fn draw_dots(svg: &mut Svg, graph: &EventGraph, dots: &Dots, named: &MapStories) {
    let mut order: Vec<&Dot> = dots.all.iter().collect();
    order.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    let draw = |svg: &mut Svg, dot: &Dot| {
        let story = named.get(dot.story);
        let colour = story.map_or(IN_PICTURES, |story| story.colour);
        let mut words = format!("{} {}", day(graph, dot.event), title(graph, dot.event));
        if let Some(story) = story {
            words += &format!(" ({})", story.name);
        }
        let class = match (graph.present(dot.event), story) {
            (true, Some(_)) => fill_class(colour),
            (true, None) => "tl-none".to_owned(),
            (false, Some(_)) => format!("{} tl-absent", line_class(colour)),
            (false, None) => "tl-axis tl-absent".to_owned(),
        };
        svg.mark(&words, |svg| svg.circle(&class, dot.at, dot.radius));
    };
    let (named, others): (Vec<&Dot>, Vec<&Dot>) =
        order.into_iter().partition(|dot| named.get(dot.story).is_some());
    // So that those in colours stand out, the more of the others there are.
    let opacity = (named.len() as f64 / others.len().max(1) as f64).sqrt().clamp(0.35, 0.8);
    svg.element("g", &[("opacity", &Num(opacity))], |svg| {
        svg.raw("\n");
        others.into_iter().for_each(|dot| draw(svg, dot));
    });
    named.into_iter().for_each(|dot| draw(svg, dot));
}

/// Draws the names of stories, as many as have room, each with a mark in the colour of
/// its events: another story's may be as near.
fn draw_names(svg: &mut Svg, dots: &Dots, named: &MapStories) {
    let labels: Vec<Label> = named
        .all
        .iter()
        .take(NAMED)
        .enumerate()
        .map(|(rank, story)| {
            let of = if rank < LARGE { Type::Heading } else { Type::Strong };
            Label {
                lines: wrapped(&story.name, of, NAME, 2),
                of,
                at: story.centre,
                reach: story.reach,
            }
        })
        .collect();
    let points: Vec<Point> = dots.all.iter().map(|dot| dot.at).collect();
    let places = place(&labels, &points, (dots.width, dots.height));
    for ((label, story), at) in labels.iter().zip(&named.all).zip(places) {
        let Some((x, y)) = at else { continue };
        let leading = label.of.leading();
        let (x, top) = (x + MARK / 2.0, y - leading * label.lines.len() as f64 / 2.0);
        if let Some(line) = label.lines.first() {
            // Square: it is no event.
            let side = 0.6 * MARK;
            let left = x - width(line, label.of) / 2.0 - MARK;
            let corner = (left, top + (leading - side) / 2.0);
            svg.rect(&fill_class(story.colour), corner, (side, side), 1.0);
        }
        for (n, line) in label.lines.iter().enumerate() {
            let at = (x, top + leading * (n as f64 + 0.75));
            svg.halo_text(at, label.of, Anchor::Middle, line);
        }
    }
}

/// How wide a line of a name is, and how many names are larger than others.
const NAME: f64 = 170.0;
const LARGE: usize = 8;
