//! What happened in one story?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{Stories, StoryTold, find_event};
use crate::answers::stories::StoryFinding;
use crate::answers::stories::StoryRecord;
use crate::answers::words::{others, quoted_title};
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::export::Dossier;
use crate::export::records::{self, LinkRecord};
use crate::graph::EventGraph;
use crate::model::{EventId, Period};
use crate::picture::{self, Picture, PictureOptions};

/// The story to tell.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoryQuestion {
    /// Its number in the answer of `stories`, or the name of one of its events.
    pub story: String,
    /// Find the stories so many times more with other seeds.
    pub stability: Option<u32>,
    /// See [`StoryFinding`].
    pub scale: f64,
    /// See [`StoryFinding`].
    pub level: f64,
    /// See [`StoryFinding`].
    pub min_size: usize,
}

impl Default for StoryQuestion {
    fn default() -> Self {
        let StoryFinding { scale, level, min_size } = StoryFinding::default();
        Self { story: String::new(), stability: None, scale, level, min_size }
    }
}

/// A story, told.
pub struct StoryFound<'g> {
    /// The stories that it is one of.
    pub stories: Stories<'g>,
    /// Its place in [`Stories::all`].
    pub place: usize,
    /// The event that the name meant; none if it was asked for by its number.
    pub asked: Option<EventId>,
    /// Its parts, its pace, what it is tied to.
    pub told: StoryTold,
    /// Of each event the share of runs in which it stays; empty if nobody
    /// asked.
    pub stays: Vec<Option<f64>>,
}

/// Tells the story that a number or an event's name means.
///
/// # Errors
/// If it means none, options are out of range, or the graph's links are
/// damaged.
pub fn story<'g>(graph: &'g EventGraph, asked: &StoryQuestion) -> Result<StoryFound<'g>> {
    let StoryQuestion { scale, level, min_size, .. } = *asked;
    let stories = StoryFinding { scale, level, min_size }.stories(graph)?;
    let (place, event) = meant(graph, &stories, asked)?;
    let told = stories.tell(place)?;
    let stays = asked.stability.map(|runs| stories.stability(runs)).transpose()?;
    Ok(StoryFound { stories, place, asked: event, told, stays: stays.unwrap_or_default() })
}

/// The place of the story that a number or an event's name means, and that event.
fn meant(
    graph: &EventGraph,
    stories: &Stories<'_>,
    asked: &StoryQuestion,
) -> Result<(usize, Option<EventId>)> {
    if let Ok(number) = asked.story.trim().parse::<usize>() {
        return Ok((stories.place_of(number)?, None));
    }
    let event = find_event(graph, &asked.story)?;
    match stories.of(event) {
        Some(place) => Ok((place, Some(event))),
        None => Err(Error::new(ErrorKind::NotFound, no_story(graph, event, asked)?)),
    }
}

/// Smaller stories than this are single events.
const SMALLEST: usize = 2;

/// A level at which stories are larger than usual.
const LARGER: f64 = 0.3;

/// Why an event is in no story, and with which options it is in one: tried, not
/// guessed.
fn no_story(graph: &EventGraph, event: EventId, asked: &StoryQuestion) -> Result<Sentence> {
    let StoryQuestion { scale, level, min_size, .. } = *asked;
    let size_with = |level: f64, min_size: usize| -> Result<Option<usize>> {
        let stories = StoryFinding { scale, level, min_size }.stories(graph)?;
        Ok(stories.of(event).map(|place| stories.all()[place].events.len()))
    };
    let said = Sentence::from(format!("{} is in no story: ", quoted_title(graph, event, 60)));
    if let Some(size) = size_with(level, SMALLEST)? {
        let said = said.text(format!("it belongs together with {} only; ", others(size)));
        return Ok(said.option_of("min_size", size).text(" makes a story of them"));
    }
    let said = said.text("too little ties it to what happened around then");
    Ok(match level > LARGER && size_with(LARGER, min_size)?.is_some() {
        true => said.text("; larger stories hold it: ").option_of("level", LARGER),
        false => said.text(", even in larger or smaller stories"),
    })
}

/// A story for programs.
#[derive(Debug, Serialize)]
pub struct StoryAnswer<'g> {
    stories: [Told<'g>; 1],
}

#[derive(Debug, Serialize)]
struct Told<'g> {
    /// The key of the event that the name meant; null for a number.
    asked: Option<&'g str>,
    #[serde(flatten)]
    story: StoryRecord<'g>,
    /// By falling rank.
    ranks: Vec<Ranked<'g>>,
    /// The events that no link ties to others of the story, in order.
    loose: Vec<LooseRecord<'g>>,
    sub_stories: Vec<SubStoryRecord<'g>>,
    related: Vec<RelatedRecord<'g>>,
    period: Period,
    timeline: Vec<BinRecord>,
    bursts: Vec<BurstRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct Ranked<'g> {
    event: &'g str,
    rank: f64,
    /// The share of runs in which it stays with the story; if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<f64>,
}

/// What ties an event to the story that no link ties to it.
#[derive(Debug, Serialize)]
struct LooseRecord<'g> {
    event: &'g str,
    /// The event to which it is tied most.
    other: &'g str,
    /// What both are about.
    topics: Vec<&'g str>,
    /// So many days after the other one; before it if below 0.
    days: i32,
}

#[derive(Debug, Serialize)]
struct SubStoryRecord<'g> {
    name: String,
    first: Option<String>,
    last: Option<String>,
    topics: Vec<&'g str>,
    events: Vec<&'g str>,
}

#[derive(Debug, Serialize)]
struct RelatedRecord<'g> {
    story: usize,
    name: String,
    links: usize,
    strength: f64,
    strongest: LinkRecord<'g>,
}

#[derive(Debug, Serialize)]
struct BinRecord {
    start: String,
    count: u32,
}

#[derive(Debug, Serialize)]
struct BurstRecord<'g> {
    start: String,
    end: String,
    weight: f64,
    events: Vec<&'g str>,
}

impl<'g> StoryFound<'g> {
    /// The story as a picture.
    pub fn picture(&self, how: &PictureOptions<'_>) -> Picture {
        picture::story(&self.stories, self.place, &self.told, self.asked, how)
    }

    /// The story as a dossier.
    pub fn dossier(&self) -> Dossier<'g> {
        Dossier::of_story(&self.stories, self.place, &self.told, self.asked)
    }

    /// In which share of the runs an event stays with the story.
    pub fn stability_of(&self, event: EventId) -> Option<f64> {
        self.stays.get(event.index()).copied().flatten()
    }

    /// The same, for programs.
    pub fn record(&self) -> StoryAnswer<'g> {
        StoryAnswer { stories: [self.told_record()] }
    }

    fn told_record(&self) -> Told<'g> {
        let (stories, told) = (&self.stories, &self.told);
        let graph = stories.graph();
        let keys =
            |events: &[EventId]| -> Vec<&'g str> { events.iter().map(|&e| graph.key(e)).collect() };
        let ranks = told.ranked.iter().map(|&(event, rank)| Ranked {
            event: graph.key(event),
            rank,
            stability: self.stability_of(event),
        });
        let loose = told.loose.iter().map(|tie| LooseRecord {
            event: graph.key(tie.event),
            other: graph.key(tie.other),
            topics: tie.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            days: tie.days,
        });
        let sub_stories = told.sub_stories.iter().map(|part| SubStoryRecord {
            name: stories.name_of(&part.topics, &part.events),
            first: part.span.map(|span| span.0.to_string()),
            last: part.span.map(|span| span.1.to_string()),
            topics: part.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
            events: keys(&part.events),
        });
        let related = told.related.iter().map(|other| RelatedRecord {
            story: other.story + 1,
            name: stories.name(&stories.all()[other.story]),
            links: other.links,
            strength: other.strength,
            strongest: records::link(graph, other.strongest),
        });
        let bins = told.timeline.bins.iter();
        let bursts = told.bursts.iter().map(|burst| BurstRecord {
            start: burst.start.to_string(),
            end: burst.end.to_string(),
            weight: burst.weight,
            events: keys(&burst.events),
        });
        Told {
            asked: self.asked.map(|event| graph.key(event)),
            story: StoryRecord::new(stories, self.place),
            ranks: ranks.collect(),
            loose: loose.collect(),
            sub_stories: sub_stories.collect(),
            related: related.collect(),
            period: told.timeline.period,
            timeline: bins
                .map(|bin| BinRecord { start: bin.start.to_string(), count: bin.count })
                .collect(),
            bursts: bursts.collect(),
        }
    }
}
