//! What does a map show: events with their places, stories with their colours,
//! links? For faces that draw it themselves, as something to move around in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::analysis::{Layout, LayoutOptions, Stories, layout, time_layout};
use crate::answers::select::Select;
use crate::answers::stories::StoryFinding;
use crate::error::Result;
use crate::export::records::{self, SourceRecord};
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, plain_text};
use crate::picture::{COLOURS, MapLinks, MapStories};

/// What to say of each event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MapQuestion {
    /// Leave out summaries and sources, which are most of an answer.
    pub without_texts: bool,
}

/// A map of events, in columns: with ten thousand events a name for each field
/// of each would be most of it.
#[derive(Debug, Serialize)]
pub struct MapAnswer<'g> {
    /// What is selected, in a few words; null if all events are.
    name: Option<String>,
    events: Events<'g>,
    /// The names of the events' topics.
    topics: Vec<&'g str>,
    /// The largest first.
    stories: Vec<StoryOnMap>,
    /// Their colours.
    colours: Vec<String>,
    links: Links,
    /// How far the places in time are apart for a day.
    per_day: f64,
}

/// A row an event, by (date, key).
#[derive(Debug, Default, Serialize)]
struct Events<'g> {
    key: Vec<&'g str>,
    date: Vec<Option<String>>,
    /// As people read it.
    title: Vec<Cow<'g, str>>,
    present: Vec<bool>,
    page: Vec<Option<&'g str>>,
    /// Rows of `topics`.
    topics: Vec<Vec<usize>>,
    /// A row of `stories`.
    story: Vec<Option<usize>>,
    /// Links at its two ends, also to events that are not selected.
    links: Vec<usize>,
    x: Vec<f64>,
    y: Vec<f64>,
    /// Its place if x is the date, and stories are lanes.
    time_x: Vec<f64>,
    time_y: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Vec<Option<Cow<'g, str>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<Vec<SourceRecord<'g>>>>,
}

/// A story that has events on the map.
#[derive(Debug, Serialize)]
struct StoryOnMap {
    /// Its number, as `threadline stories` lists it.
    id: usize,
    name: String,
    /// Its events on the map.
    size: usize,
    #[serde(flatten)]
    look: Option<Look>,
}

/// How a story looks that is coloured: one of the largest.
#[derive(Debug, Serialize)]
struct Look {
    /// A row of `colours`.
    colour: usize,
    /// A name that is short enough for a map, and where it belongs.
    label: String,
    x: f64,
    y: f64,
}

/// Rows of events. The strongest first.
#[derive(Debug, Serialize)]
struct Links {
    source: Vec<u32>,
    target: Vec<u32>,
    /// So many of them, the first, are to be drawn if all are too many.
    backbone: usize,
}

/// The map of the selected events; stories are those of the whole graph. x grows
/// to the right, y upwards.
///
/// # Errors
/// If the selection makes no sense, or the graph's links are damaged.
///
/// # Complexity
/// That of [`layout`](crate::analysis::layout) and
/// [`stories`](crate::analysis::stories()).
pub fn map<'g>(
    graph: &'g EventGraph,
    select: &Select,
    asked: &MapQuestion,
) -> Result<MapAnswer<'g>> {
    let selection = select.selection(graph)?;
    let stories = StoryFinding::default().stories(graph)?;
    let places = layout(graph, &selection, LayoutOptions::default())?;
    let times = time_layout(graph, &selection, &|event| stories.of(event))?;
    let on_map = StoriesOnMap::of(&stories, &selection, &places);
    let rows = Rows::of(graph, &selection);
    let links = MapLinks::of(graph, &|event| selection.contains(event))?;
    let (topics, topic_rows) = topics(graph, &selection);
    let place = |places: &Layout, event| places.of(event).unwrap_or_default().map(hundredths);
    let walk = graph.walk()?;
    let mut events = Events::default();
    for event in selection.events(graph) {
        let ([x, y], [time_x, time_y]) = (place(&places, event), place(&times.layout, event));
        events.key.push(graph.key(event));
        events.date.push(graph.date(event).map(|date| date.to_string()));
        events.title.push(plain_text(graph.title(event)));
        events.present.push(graph.present(event));
        events.page.push(graph.page(event));
        events.topics.push(graph.topics(event).map(|topic| topic_rows[topic.index()]).collect());
        events.story.push(on_map.row(stories.of(event)));
        events.links.push(walk.degree(event));
        events.x.push(x);
        events.y.push(y);
        events.time_x.push(time_x);
        events.time_y.push(time_y);
    }
    if !asked.without_texts {
        let all = || selection.events(graph);
        events.summary = Some(all().map(|event| graph.summary(event).map(plain_text)).collect());
        events.sources = Some(all().map(|event| records::sources(graph, event)).collect());
    }
    Ok(MapAnswer {
        name: select.name(graph),
        events,
        topics,
        stories: on_map.stories,
        colours: COLOURS.iter().map(ToString::to_string).collect(),
        links: rows.links(&links),
        per_day: times.per_day,
    })
}

/// Places are told to hundredths, as in exports: less cannot be seen.
fn hundredths(at: f64) -> f64 {
    (at * 100.0).round() / 100.0
}

/// The topics of the selected events, and the row of each topic of the graph
/// among them.
fn topics<'g>(graph: &'g EventGraph, selection: &Selection) -> (Vec<&'g str>, Vec<usize>) {
    const NONE: usize = usize::MAX;
    let mut rows = vec![NONE; graph.topic_count()];
    let mut names = Vec::new();
    for topic in selection.events(graph).flat_map(|event| graph.topics(event)) {
        if rows[topic.index()] == NONE {
            rows[topic.index()] = names.len();
            names.push(graph.topic_name(topic));
        }
    }
    (names, rows)
}

/// The stories on a map, and where each stands among them.
struct StoriesOnMap {
    stories: Vec<StoryOnMap>,
    /// By the story's place in the list of all.
    rows: Vec<Option<usize>>,
}

impl StoriesOnMap {
    fn of(stories: &Stories<'_>, selection: &Selection, places: &Layout) -> Self {
        let coloured = MapStories::of(stories, places.all().map(|(event, [x, y])| (event, (x, y))));
        let sizes = stories
            .all()
            .iter()
            .map(|story| story.events.iter().filter(|&&event| selection.contains(event)).count());
        let mut sizes: Vec<(usize, usize)> =
            sizes.enumerate().filter(|&(_, size)| size > 0).collect();
        // Stable: equal ones stay in the order of their numbers.
        sizes.sort_by_key(|&(_, size)| std::cmp::Reverse(size));
        let mut rows = vec![None; stories.len()];
        let mut on_map = Vec::new();
        for (row, (number, size)) in sizes.into_iter().enumerate() {
            rows[number] = Some(row);
            let look = coloured.row(number).map(|at| &coloured.all[at as usize]);
            let look = look.map(|story| Look {
                colour: story.colour,
                label: story.name.clone(),
                x: hundredths(story.centre.0),
                y: hundredths(story.centre.1),
            });
            let name = stories.name(&stories.all()[number]);
            on_map.push(StoryOnMap { id: number + 1, name, size, look });
        }
        Self { stories: on_map, rows }
    }

    fn row(&self, story: Option<usize>) -> Option<usize> {
        self.rows[story?]
    }
}

/// The row of each event of the graph among the selected ones.
struct Rows(Vec<u32>);

impl Rows {
    fn of(graph: &EventGraph, selection: &Selection) -> Self {
        let mut rows = vec![0; graph.event_count()];
        for (row, event) in (0..).zip(selection.events(graph)) {
            rows[event.index()] = row;
        }
        Self(rows)
    }

    fn links(&self, links: &MapLinks) -> Links {
        let all = || links.backbone.iter().chain(&links.others);
        let row = |event: EventId| self.0[event.index()];
        Links {
            source: all().map(|&(source, _)| row(source)).collect(),
            target: all().map(|&(_, target)| row(target)).collect(),
            backbone: links.backbone.len(),
        }
    }
}
