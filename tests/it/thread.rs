//! Threads, held against all chains in time of small random graphs.

use std::collections::BTreeSet;

use threadline::EventGraph;
use threadline::analysis::{Chain, ThreadOptions, thread};
use threadline::graph::Selection;
use threadline::model::{EventId, TopicId};

use crate::random::random_graph;

/// The best value of a chain from an event on with at most so many links, by
/// trying all.
fn best(graph: &EventGraph, asked: EventId, here: EventId, steps: u32, back: bool) -> i64 {
    let mut best = 0;
    if steps > 0 {
        for (next, gain) in steps_from(graph, asked, here, back) {
            best = best.max(gain + self::best(graph, asked, next, steps - 1, back));
        }
    }
    best
}

/// The cosine of the information of two events' topics, less the farther apart in time
/// they are.
fn relevance(graph: &EventGraph, a: EventId, b: EventId) -> f64 {
    let strengths = graph.strengths().unwrap();
    let topics = |event| graph.topics(event).collect::<BTreeSet<TopicId>>();
    let sum = |topics: &mut dyn Iterator<Item = &TopicId>| {
        topics.map(|&topic| strengths.information(topic)).fold(0.0, |a, b| a + b)
    };
    let dates = [graph.date(a), graph.date(b)];
    let (a, b) = (topics(a), topics(b));
    let (both, of_a, of_b) = (sum(&mut a.intersection(&b)), sum(&mut a.iter()), sum(&mut b.iter()));
    let like = if of_a * of_b > 0.0 { both / (of_a * of_b).sqrt() } else { 0.0 };
    let mut days: Vec<i32> =
        graph.events().filter_map(|event| graph.date(event)).map(|date| date.days()).collect();
    days.sort_unstable();
    let span = days[days.len() - 1 - days.len() / 100] - days[days.len() / 100];
    let [Some(one), Some(other)] = dates else { return like };
    let apart = f64::from((one.days() - other.days()).abs());
    like * if span > 0 { libm::exp(-3.0 * apart / f64::from(span)) } else { 1.0 }
}

/// The events before or after one that links tie to it, and what each is worth.
fn steps_from(
    graph: &EventGraph,
    asked: EventId,
    here: EventId,
    back: bool,
) -> Vec<(EventId, i64)> {
    let strengths = graph.strengths().unwrap();
    let mut steps = Vec::new();
    for id in graph.links() {
        let link = graph.link(id).unwrap();
        for (a, b) in [(link.source, link.target), (link.target, link.source)] {
            let in_time = if back { b < a } else { a < b };
            let dated = graph.date(a).is_some() && graph.date(b).is_some();
            if a == here && in_time && dated {
                steps.push((
                    b,
                    ((strengths.of(id) * relevance(graph, asked, b) - 0.15) * 1e6) as i64,
                ));
            }
        }
    }
    steps
}

fn value(graph: &EventGraph, events: &[EventId], back: bool) -> i64 {
    let hop = |pair: &[EventId]| {
        let steps = steps_from(graph, events[0], pair[0], back).into_iter();
        steps.filter(|step| step.0 == pair[1]).map(|step| step.1).max().unwrap()
    };
    events.windows(2).map(hop).sum()
}

#[test]
fn strands_are_the_best_through_each_first_event_25_60() {
    for seed in 0..15 {
        let graph = random_graph(25, 60, seed);
        let all = Selection::all(&graph);
        for event in graph.events() {
            let options = ThreadOptions { steps: 4, branches: 3, min_strength: 0.0 };
            let found = thread(&graph, event, &all, options);
            if graph.date(event).is_none() {
                assert!(found.is_err());
                continue;
            }
            let found = found.unwrap();
            for (back, chains) in [(true, &found.before), (false, &found.after)] {
                let mut values: Vec<(EventId, i64)> = Vec::new();
                for (next, gain) in steps_from(&graph, event, event, back) {
                    let value = gain + best(&graph, event, next, 3, back);
                    match values.iter_mut().find(|known| known.0 == next) {
                        Some(known) => known.1 = known.1.max(value),
                        None => values.push((next, value)),
                    }
                }
                values.sort_by_key(|&(_, value)| std::cmp::Reverse(value));
                assert_eq!(chains.len(), values.len().min(3), "seed {seed}, {event:?}");
                for (chain, (_, expected)) in chains.iter().zip(&values) {
                    let mut events = chain.events.clone();
                    assert!(events.is_sorted(), "in time");
                    if back {
                        events.reverse();
                    }
                    assert_eq!(events[0], event);
                    assert!(events.len() <= 5);
                    let told = value(&graph, &events, back);
                    assert_eq!(told, *expected, "seed {seed}, {event:?}, {events:?}");
                }
            }
        }
    }
}

#[test]
fn threads_are_the_same_again_and_bounds_are_checked() {
    let graph = random_graph(40, 160, 7);
    let all = Selection::all(&graph);
    let event = graph.events().find(|&event| graph.date(event).is_some()).unwrap();
    let options = ThreadOptions::default();
    let once = thread(&graph, event, &all, options).unwrap();
    assert_eq!(once, thread(&graph, event, &all, options).unwrap());
    for (steps, branches, min_strength) in [
        (0, 1, 0.3),
        (1, 0, 0.3),
        (51, 1, 0.3),
        (u32::MAX, usize::MAX, 0.3),
        (1, 1, -0.1),
        (1, 1, 1.1),
        (1, 1, f64::NAN),
    ] {
        let options = ThreadOptions { steps, branches, min_strength };
        assert!(thread(&graph, event, &all, options).is_err(), "{options:?}");
    }
}

#[test]
fn with_a_floor_no_link_is_weaker_and_every_end_is_told() {
    for seed in 0..20 {
        let graph = random_graph(40, 120, seed);
        let all = Selection::all(&graph);
        let strengths = graph.strengths().unwrap();
        for event in graph.events().filter(|&event| graph.date(event).is_some()) {
            let options = ThreadOptions { min_strength: 0.5, ..ThreadOptions::default() };
            let found = thread(&graph, event, &all, options).unwrap();
            for (back, chains, ends) in [
                (true, &found.before, &found.weak_before),
                (false, &found.after, &found.weak_after),
            ] {
                for hop in chains.iter().flat_map(|chain| &chain.hops) {
                    let most = hop.links.iter().map(|link| strengths.of(link.id));
                    assert!(most.fold(0.0, f64::max) >= 0.5, "seed {seed}, {event:?}");
                }
                for end in ends {
                    let links = graph.links().filter_map(|id| graph.link(id)).filter(|link| {
                        let other =
                            if link.source == end.event { link.target } else { link.source };
                        let at_end = link.source == end.event || link.target == end.event;
                        let on = if back { other < end.event } else { end.event < other };
                        at_end && on && graph.date(other).is_some()
                    });
                    let most = links.map(|link| strengths.of(link.id)).fold(0.0, f64::max);
                    assert!(most < 0.5 && most == end.strength, "seed {seed}, {end:?}");
                    let last = |chain: &Chain| {
                        if back { chain.events.first() } else { chain.events.last() }.copied()
                    };
                    let is_end = chains.iter().any(|chain| last(chain) == Some(end.event));
                    assert!(is_end || (chains.is_empty() && end.event == event));
                }
            }
        }
    }
}
