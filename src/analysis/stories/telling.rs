//! One story, told: key events, parts, pace, and what it is tied to.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::bursts::{Burst, BurstBase, BurstOptions, bursts_of};
use crate::analysis::communities::{LeidenOptions, Quality, leiden};
use crate::analysis::rows::{Row, RowLabel};
use crate::analysis::stories::names::naming_topics;
use crate::analysis::stories::{FINER, LEAST_SUB_STORY, Stories, Story, resolution};
use crate::analysis::timeline::{Timeline, TimelineOptions, timeline};
use crate::error::Result;
use crate::graph::{Link, SelectOptions, Selection};
use crate::model::{Date, EventId, LinkId, Period, TopicId};

/// Topics that say what two events share.
const SHARED: usize = 3;

/// A story with all that can be said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryTold {
    /// All its events by falling rank, equal ones by id; see [`Stories::ranked`].
    pub ranked: Vec<(EventId, f64)>,
    /// Of its events that no link ties to the others what does, in order.
    pub loose: Vec<LooseTie>,
    /// Its parts by their first event; none if it does not fall apart.
    pub sub_stories: Vec<SubStory>,
    /// The other stories that links lead to or come from, the most strongly
    /// tied first.
    pub related: Vec<RelatedStory>,
    /// Its events over time, in a period that fits.
    pub timeline: Timeline,
    /// When they came thick and fast, by the days between them; in order of
    /// time.
    pub bursts: Vec<Burst>,
}

impl StoryTold {
    /// What ties an event of it to the others, if no link does.
    pub fn loose_tie(&self, event: EventId) -> Option<&LooseTie> {
        let at = self.loose.binary_search_by_key(&event, |tie| tie.event).ok()?;
        Some(&self.loose[at])
    }
}

/// A part of a story: a community at a finer level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubStory {
    /// Its events, in order of (date, key).
    pub events: Vec<EventId>,
    /// What sets it apart from the other parts.
    pub topics: Vec<TopicId>,
    /// The first and the last day.
    pub span: Option<(Date, Date)>,
}

/// What ties an event to its story that no link ties to the others of it: the
/// topics that it shares with one of them, and the time between the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseTie {
    /// The event.
    pub event: EventId,
    /// The one of its story to which it is tied most.
    pub other: EventId,
    /// The topics that both bear, at most three, those that tell most first.
    pub topics: Vec<TopicId>,
    /// So many days after the other; before it if below 0.
    pub days: i32,
}

/// A story that another one is tied to.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedStory {
    /// Its place in [`Stories::all`].
    pub story: usize,
    /// How many links there are between the two.
    pub links: usize,
    /// The sum of their strengths.
    pub strength: f64,
    /// The strongest of them.
    pub strongest: Link,
}

impl Stories<'_> {
    /// Tells a story.
    ///
    /// # Errors
    /// If there is none at this place, or if the graph is damaged.
    ///
    /// # Complexity
    /// O(|V|), and that of the Leiden algorithm over the story's own ties.
    pub fn tell(&self, place: usize) -> Result<StoryTold> {
        let story = self.all().get(place).ok_or_else(|| self.no_story(place.saturating_add(1)))?;
        let graph = self.graph();
        let only = SelectOptions { only: Some(story.events.clone()), ..SelectOptions::default() };
        let selection = Selection::new(graph, &only)?;
        let base = BurstBase::new(graph, &selection, Period::Day);
        let row = Row::of_selection(graph, &selection);
        Ok(StoryTold {
            ranked: self.ranked(story),
            loose: story.events.iter().filter_map(|&event| self.loose_tie(event)).collect(),
            sub_stories: self.sub_stories(&selection)?,
            related: self.related(place, story),
            timeline: timeline(graph, &selection, TimelineOptions { period: None })?,
            bursts: bursts_of(&base, &row, BurstOptions::default())?,
        })
    }

    /// The events of a story by falling rank, equal ones by id. The rank is the
    /// geometric mean of the strengths of all links of an event within the story
    /// and of all that it has in the archive: what began a story is what events far
    /// beyond it come back to, and reports of the same week are not.
    ///
    /// # Complexity
    /// O(links of its events).
    pub fn ranked(&self, story: &Story) -> Vec<(EventId, f64)> {
        let place = story.events.first().and_then(|&event| self.of(event));
        let rank = |&event: &EventId| {
            let (mut inside, mut all) = (0.0, 0.0);
            for (link, other) in self.links_of(event) {
                let strength = self.strengths.of(link);
                all += strength;
                if self.of(other) == place {
                    inside += strength;
                }
            }
            (event, f64::sqrt(inside * all))
        };
        let mut ranked: Vec<(EventId, f64)> = story.events.iter().map(rank).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked
    }

    /// The strongest link that ties an event to others of its story.
    pub fn evidence(&self, event: EventId) -> Option<Link> {
        let place = self.of(event);
        let inside = self.links_of(event).filter(|&(_, other)| self.of(other) == place);
        let strengths = inside.map(|(link, _)| (self.strengths.of(link), link));
        let strongest = strengths.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        self.graph().link(strongest.1)
    }

    /// How many events of a story no link ties to others of it.
    pub fn unlinked(&self, story: &Story) -> usize {
        story.events.iter().filter(|&&event| self.loose_tie(event).is_some()).count()
    }

    /// What ties an event to its story if no link does; `None` if one does, or
    /// if the event is in no story.
    ///
    /// # Complexity
    /// O(ties of the event · topics).
    pub fn loose_tie(&self, event: EventId) -> Option<LooseTie> {
        let place = self.of(event)?;
        if self.evidence(event).is_some() {
            return None;
        }
        let graph = self.graph();
        let inside = self.ties().of(event).filter(|&(other, _)| self.of(other) == Some(place));
        // Of equally close ones the first.
        let (other, _) = inside.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let of_other: Vec<TopicId> = graph.topics(other).collect();
        let mut topics: Vec<TopicId> =
            graph.topics(event).filter(|topic| of_other.binary_search(topic).is_ok()).collect();
        let tells = |topic: &TopicId| self.strengths.information(*topic);
        topics.sort_by(|a, b| tells(b).total_cmp(&tells(a)).then(a.cmp(b)));
        topics.truncate(SHARED);
        let days = graph.date(event)?.days() - graph.date(other)?.days();
        Some(LooseTie { event, other, topics, days })
    }

    /// The links between events of a story, each with its strength: the
    /// strongest first, equal ones in order.
    pub fn links_within(&self, story: &Story) -> Vec<(Link, f64)> {
        let place = story.events.first().and_then(|&event| self.of(event));
        let walk = self.strengths.walk();
        let mut found = Vec::new();
        for &event in &story.events {
            for id in walk.out_links(event) {
                let target = walk.target(id);
                if target != event && self.of(target) == place {
                    found.extend(self.graph().link(id).map(|link| (link, self.strengths.of(id))));
                }
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.id.cmp(&b.0.id)));
        found
    }

    /// The links of an event, each with the event at its other end.
    fn links_of(&self, event: EventId) -> impl Iterator<Item = (LinkId, EventId)> {
        let walk = self.strengths.walk();
        let out = walk.out_links(event).map(move |link| (link, walk.target(link)));
        let back = walk.in_links(event).map(move |link| (link, walk.source(link)));
        out.chain(back).filter(move |&(_, other)| other != event)
    }

    fn sub_stories(&self, selection: &Selection) -> Result<Vec<SubStory>> {
        let graph = self.graph();
        let inside = self.ties.within(selection);
        let options = LeidenOptions {
            quality: Quality::Tempered,
            // As much finer than this archive's stories, whatever the story's
            // own ties weigh.
            resolution: resolution(&self.ties, graph, self.options.level * FINER)
                * (inside.weight() / self.ties.weight().max(f64::MIN_POSITIVE)),
            seed: self.options.seed,
            ..LeidenOptions::default()
        };
        if inside.is_empty() {
            return Ok(Vec::new());
        }
        let parts = leiden(&inside, selection, options)?.partition;
        let mut groups = parts.groups(parts.count_of_size(LEAST_SUB_STORY));
        if groups.len() < 2 {
            return Ok(Vec::new());
        }
        groups.sort_by_key(|events| events.first().copied());
        let topics = naming_topics(graph, &groups);
        let part = |(events, topics): (Vec<EventId>, Vec<TopicId>)| SubStory {
            span: graph.span(events.iter().copied()),
            events,
            topics,
        };
        Ok(groups.into_iter().zip(topics).map(part).collect())
    }

    fn related(&self, place: usize, story: &Story) -> Vec<RelatedStory> {
        let graph = self.graph();
        let mut others: BTreeMap<usize, (usize, f64, f64, LinkId)> = BTreeMap::new();
        for &event in &story.events {
            for (link, other) in self.links_of(event) {
                let Some(other) = self.of(other).filter(|&other| other != place) else {
                    continue;
                };
                let strength = self.strengths.of(link);
                let (count, sum, most, strongest) =
                    others.entry(other).or_insert((0, 0.0, 0.0, link));
                *count += 1;
                *sum += strength;
                if strength > *most {
                    (*most, *strongest) = (strength, link);
                }
            }
        }
        let mut related: Vec<RelatedStory> = others
            .into_iter()
            .filter_map(|(story, (links, strength, _, link))| {
                Some(RelatedStory { story, links, strength, strongest: graph.link(link)? })
            })
            .collect();
        related.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.story.cmp(&b.story)));
        related
    }
}

/// When a story was hottest, compared with all events of the archive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StoryHeat {
    /// The first and the last day of its strongest burst.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// How strong it is, see [`Burst::weight`].
    pub weight: f64,
}

impl Stories<'_> {
    /// The strongest burst of each story among all dated events; `None` for a
    /// story without one.
    ///
    /// # Complexity
    /// O(|V| log |V|).
    pub fn heat(&self) -> Vec<Option<StoryHeat>> {
        let graph = self.graph();
        let base = BurstBase::new(graph, &Selection::all(graph), Period::Day);
        let strongest = |story: &Story| {
            let row = Row { label: RowLabel::Selection, events: story.events.clone() };
            let bursts = bursts_of(&base, &row, BurstOptions::default()).ok()?;
            let most = bursts
                .into_iter()
                .max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.start.cmp(&a.start)))?;
            Some(StoryHeat { start: most.start, end: most.end, weight: most.weight })
        };
        self.all().par_iter().map(strongest).collect()
    }
}
