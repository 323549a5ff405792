//! What led to an event, and what followed: the most telling chains in time.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::analysis::chain::{Chain, ChainOptions, ChainSearch, Order};
use crate::analysis::strength::{Strengths, WEAK};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Link, Selection, Walk};
use crate::model::{Date, EventId, LinkId, TopicId};

/// How far and how wide to look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThreadOptions {
    /// The most links from the event, each way.
    pub steps: u32,
    /// The most chains each way.
    pub branches: usize,
    /// Links weaker than this are not followed; see [`WEAK`]. Where no link of
    /// the graph has topics, all are.
    pub min_strength: f64,
}

impl Default for ThreadOptions {
    fn default() -> Self {
        Self { steps: 5, branches: 2, min_strength: WEAK }
    }
}

/// An event between what led to it and what followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// The event.
    pub event: EventId,
    /// Chains that end in it, the best first.
    pub before: Vec<Chain>,
    /// Chains that begin with it, the best first.
    pub after: Vec<Chain>,
    /// Where the way back ended because only weak links lead on: at the first
    /// events of chains, or at the event itself if there is no chain.
    pub weak_before: Vec<WeakEnd>,
    /// The same of the way on.
    pub weak_after: Vec<WeakEnd>,
}

/// An event at which a thread ends because all links that lead on are weaker
/// than was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakEnd {
    /// The event.
    pub event: EventId,
    /// How many events those links lead to.
    pub events: usize,
    /// The strongest of them.
    pub strongest: Link,
    /// Its strength.
    pub strength: f64,
}

/// A chain is tied by few topics to an event if it is by one in so many.
const NARROW: usize = 5;

/// By which topics a chain is tied to the event at one of its ends, if they are few of
/// those that the event bears: a chain by a place that its page mentions is not what led
/// to it.
///
/// # Panics
/// If the chain is of another graph.
pub fn narrow_tie(graph: &EventGraph, chain: &Chain, event: EventId) -> Option<Vec<TopicId>> {
    let events = &chain.events;
    let ends_here = events.last() == Some(&event);
    let next = *if ends_here { events.iter().nth_back(1) } else { events.get(1) }?;
    let other: BTreeSet<TopicId> = graph.topics(next).collect();
    let own: Vec<TopicId> = graph.topics(event).collect();
    let shared: Vec<TopicId> = own.iter().copied().filter(|topic| other.contains(topic)).collect();
    (!shared.is_empty() && shared.len() * NARROW <= own.len()).then_some(shared)
}

/// What chains that end in an event are to be called. That they led to it is said if one of
/// them is tied to it by more than a few topics: no cause is claimed where a place has the
/// same name.
///
/// # Panics
/// If a chain is of another graph.
pub fn before_it<'c>(
    graph: &EventGraph,
    chains: impl Iterator<Item = &'c Chain>,
    event: EventId,
) -> &'static str {
    let mut chains = chains.peekable();
    match chains.peek().is_none() || chains.any(|it| narrow_tie(graph, it, event).is_none()) {
        true => "What led to it",
        false => "What came before it, tied to it by few topics",
    }
}

/// More steps than this are refused.
const MOST_STEPS: u32 = 50;

/// What a further link has to be worth more than. Chosen by eye, see
/// `docs/analysis.md`.
const WORTH: f64 = 0.15;

/// How fast events become less relevant with time: to a twentieth over the span of an
/// archive. Chosen by eye, too.
const DECAY: f64 = 3.0;

/// Values are counted in millionths: sums of whole numbers are the same in any
/// order.
const UNIT: f64 = 1e6;

/// The most telling chains in time that lead to an event, and on from it.
///
/// Each chain goes from earlier to later events by (date, key), along links in
/// either direction. A link that leads away from the event is worth its
/// strength times the relevance of the event that it leads to: how far it is about the
/// same, and how near in time; the value of a
/// chain is the sum of what its links are worth beyond 0.15: it goes on as long
/// as that pays. The chains of one way differ in
/// the event next to the event asked for; for each such event there is the
/// chain of greatest value (dynamic programming over the number of links left),
/// of several the one that stays nearest in time.
///
/// # Errors
/// If `steps` or `branches` is 0, `steps` is above 50, `min_strength` is not
/// between 0 and 1, the event has no date or is not selected, or the graph's
/// links are damaged.
///
/// # Complexity
/// Time O(steps · |E|), less where the archive around the event is small;
/// memory O(steps · |V|).
///
/// # Panics
/// If the id comes from another graph.
pub fn thread(
    graph: &EventGraph,
    event: EventId,
    selection: &Selection,
    options: ThreadOptions,
) -> Result<Thread> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Input, message));
    if options.steps == 0 || options.steps > MOST_STEPS {
        return refuse(format!("{} steps: ask for 1 to {MOST_STEPS}", options.steps));
    }
    if options.branches == 0 {
        return refuse("0 branches: ask for at least 1".to_owned());
    }
    if !(0.0..=1.0).contains(&options.min_strength) {
        let least = options.min_strength;
        return refuse(format!("a least strength of {least}: strengths are from 0 to 1"));
    }
    if graph.date(event).is_none() {
        let key = graph.key(event);
        return refuse(format!("`{key}` has no date, so nothing is before or after it"));
    }
    if !selection.contains(event) {
        return refuse(format!("`{}` is not among the selected events", graph.key(event)));
    }
    let in_time = ChainOptions { order: Order::Forward, ..ChainOptions::default() };
    let mut search = ChainSearch::new(graph, selection, in_time)?;
    let weights = search.weighed();
    let relevance = Relevance::new(weights.strengths(), event);
    let gain = |link, other| {
        let worth = weights.of(link) * relevance.of(other);
        ((worth - WORTH) * UNIT) as i64
    };
    let mut link_topics = graph.links().flat_map(|link| graph.link_topics(link));
    let floor = if link_topics.next().is_some() { options.min_strength } else { 0.0 };
    let strong = |link| weights.of(link) >= floor;
    let way = |back| {
        let way = Way { walk: weights.walk(), selection, back, strong: &strong };
        let strands = way.strands(event, options, &gain);
        let ends = way.weak_ends(event, &strands, options.steps, &|link| weights.of(link));
        (strands, ends)
    };
    let ((mut before, weak_before), (after, weak_after)) = (way(true), way(false));
    before.iter_mut().for_each(|events| events.reverse());
    let tell = |strands: Vec<Vec<EventId>>| -> Result<Vec<Chain>> {
        strands.into_iter().map(|events| search.evidence(events)).collect()
    };
    Ok(Thread { event, before: tell(before)?, after: tell(after)?, weak_before, weak_after })
}

/// How far events are about the same as the one asked for, and of its time.
struct Relevance<'s, 'g> {
    strengths: &'s Strengths<'g>,
    event: EventId,
    /// The days in which nearly all events of the archive happened.
    span: f64,
    own: BTreeSet<TopicId>,
    /// The information of all its topics.
    total: f64,
    known: RefCell<HashMap<EventId, f64>>,
}

impl<'s, 'g> Relevance<'s, 'g> {
    fn new(strengths: &'s Strengths<'g>, event: EventId) -> Self {
        let graph = strengths.walk().graph();
        let own: BTreeSet<TopicId> = graph.topics(event).collect();
        let total = own.iter().map(|&topic| strengths.information(topic)).sum();
        let span = usual_span(graph);
        Self { strengths, event, span, own, total, known: RefCell::default() }
    }

    /// Likeness times nearness.
    fn of(&self, event: EventId) -> f64 {
        let found = || self.likeness(event) * self.nearness(event);
        *self.known.borrow_mut().entry(event).or_insert_with(found)
    }

    /// The information of the topics that both bear, over the geometric mean
    /// of what each bears in all (Ochiai 1957, weighted); 1 in a graph without
    /// topics.
    fn likeness(&self, event: EventId) -> f64 {
        if self.strengths.is_uniform() {
            return 1.0;
        }
        let (mut both, mut total) = (0.0, 0.0);
        for topic in self.strengths.walk().graph().topics(event) {
            let information = self.strengths.information(topic);
            total += information;
            if self.own.contains(&topic) {
                both += information;
            }
        }
        let mean = (total * self.total).sqrt();
        if mean > 0.0 { both / mean } else { 0.0 }
    }

    /// e^(−3·d/T) for events that are d days apart in an archive of T days (the time
    /// decay of Nallapati et al. 2004).
    fn nearness(&self, event: EventId) -> f64 {
        let graph = self.strengths.walk().graph();
        let days = |event| graph.date(event).map(|date| f64::from(date.days()));
        match days(event).zip(days(self.event)) {
            Some((a, b)) if self.span > 0.0 => libm::exp(-DECAY * (a - b).abs() / self.span),
            _ => 1.0,
        }
    }
}

/// The days between the first and the last event, but for one in a hundred at either
/// end: one date that is wrong must not make all others near.
fn usual_span(graph: &EventGraph) -> f64 {
    let dated = graph.dated_count();
    let day = |row: usize| graph.date(EventId(row as u32)).map_or(0, Date::days);
    match dated.checked_sub(1) {
        Some(last) => f64::from(day(last - dated / 100) - day(dated / 100)),
        None => 0.0,
    }
}

/// One way in time.
struct Way<'a> {
    walk: Walk<'a>,
    selection: &'a Selection,
    back: bool,
    /// Whether a link is strong enough to be followed.
    strong: &'a dyn Fn(LinkId) -> bool,
}

/// The best that can be had from an event on: the value, and the next event.
type Best = (i64, Option<EventId>);

/// The events that are a number of links away, ascending, and the best from
/// each on.
type Layer = Vec<(EventId, Best)>;

impl Way<'_> {
    /// The best chains through different first events.
    fn strands(
        &self,
        event: EventId,
        options: ThreadOptions,
        gain: &impl Fn(LinkId, EventId) -> i64,
    ) -> Vec<Vec<EventId>> {
        let layers = self.layers(event, options.steps, gain);
        let mut first: Vec<(i64, EventId)> = Vec::new();
        self.each_step(event, |next, link| {
            first.push((gain(link, next) + value(&layers[1], next), next));
        });
        first.sort_unstable_by_key(|&(value, next)| {
            (std::cmp::Reverse(value), next.0.abs_diff(event.0))
        });
        let mut strands: Vec<Vec<EventId>> = Vec::new();
        for (_, next) in first {
            if strands.len() == options.branches {
                break;
            }
            if strands.iter().any(|strand| strand[1] == next) {
                continue;
            }
            let mut strand = vec![event, next];
            for layer in &layers[1..] {
                let here = strand[strand.len() - 1];
                let Some((_, Some(next))) = best(layer, here) else { break };
                strand.push(next);
            }
            strands.push(strand);
        }
        strands
    }

    /// For each number of links from the event: which events are so far, and
    /// the best from there on. There are always two layers at least.
    fn layers(
        &self,
        event: EventId,
        steps: u32,
        gain: &impl Fn(LinkId, EventId) -> i64,
    ) -> Vec<Layer> {
        let mut layers: Vec<Layer> = vec![vec![(event, (0, None))]];
        let mut in_next = vec![false; self.walk.event_count()];
        for _ in 0..steps {
            let mut next = Vec::new();
            for &(here, _) in &layers[layers.len() - 1] {
                self.each_step(here, |other, _| {
                    if !std::mem::replace(&mut in_next[other.index()], true) {
                        next.push((other, (0, None)));
                    }
                });
            }
            if next.is_empty() {
                break;
            }
            next.sort_unstable();
            next.iter().for_each(|(other, _)| in_next[other.index()] = false);
            layers.push(next);
        }
        // From the farthest events towards the one asked for.
        for at in (1..layers.len().saturating_sub(1)).rev() {
            let (near, far) = layers.split_at_mut(at + 1);
            for (here, best) in &mut near[at] {
                self.each_step(*here, |other, link| {
                    let there = gain(link, other) + value(&far[0], other);
                    let nearer =
                        |known: EventId| other.0.abs_diff(here.0) < known.0.abs_diff(here.0);
                    let better = match *best {
                        (known, Some(next)) => there > known || (there == known && nearer(next)),
                        (known, None) => there > known,
                    };
                    if better {
                        *best = (there, Some(other));
                    }
                });
            }
        }
        if layers.len() == 1 {
            layers.push(Vec::new());
        }
        layers
    }

    /// The ends of strands, or the event if there are none, from which only weak
    /// links lead on; each once, by id.
    fn weak_ends(
        &self,
        event: EventId,
        strands: &[Vec<EventId>],
        steps: u32,
        strength: &impl Fn(LinkId) -> f64,
    ) -> Vec<WeakEnd> {
        let mut ends: Vec<EventId> = strands
            .iter()
            .filter(|strand| strand.len() <= steps as usize)
            .filter_map(|strand| strand.last().copied())
            .collect();
        if strands.is_empty() {
            ends.push(event);
        }
        ends.sort_unstable();
        ends.dedup();
        ends.into_iter().filter_map(|end| self.weak_end(end, strength)).collect()
    }

    /// The weak links that lead on from an event, if no strong one does.
    fn weak_end(&self, event: EventId, strength: &impl Fn(LinkId) -> f64) -> Option<WeakEnd> {
        let mut others: BTreeSet<EventId> = BTreeSet::new();
        let mut best: Option<(f64, LinkId)> = None;
        self.each_link(event, |other, link| {
            others.insert(other);
            let here = strength(link);
            // Of equal ones the first.
            if best.is_none_or(|(most, id)| here > most || (here == most && link < id)) {
                best = Some((here, link));
            }
        });
        let (strength, link) = best.filter(|&(_, link)| !(self.strong)(link))?;
        let strongest = self.walk.graph().link(link)?;
        Some(WeakEnd { event, events: others.len(), strongest, strength })
    }

    /// Calls `visit` with each selected event before this one (or after it)
    /// that a link ties to it that is strong enough, and the link.
    fn each_step(&self, here: EventId, mut visit: impl FnMut(EventId, LinkId)) {
        self.each_link(here, |other, link| {
            if (self.strong)(link) {
                visit(other, link);
            }
        });
    }

    /// The same with every link.
    fn each_link(&self, here: EventId, mut visit: impl FnMut(EventId, LinkId)) {
        let graph = self.walk.graph();
        let date = graph.date(here);
        let mut step = |other: EventId, link: LinkId| {
            // A damaged file's ids may not be in order of date.
            let (a, b) = if self.back { (other, here) } else { (here, other) };
            let in_time = a < b && {
                let other_date = graph.date(other);
                let (a, b) = if self.back { (other_date, date) } else { (date, other_date) };
                a.is_some() && b.is_some() && a <= b
            };
            if in_time && self.selection.contains(other) {
                visit(other, link);
            }
        };
        self.walk.out_links(here).for_each(|link| step(self.walk.target(link), link));
        self.walk.in_links(here).for_each(|link| step(self.walk.source(link), link));
    }
}

fn best(layer: &Layer, event: EventId) -> Option<Best> {
    let at = layer.binary_search_by_key(&event, |&(event, _)| event).ok()?;
    Some(layer[at].1)
}

fn value(layer: &Layer, event: EventId) -> i64 {
    best(layer, event).map_or(0, |(value, _)| value)
}
