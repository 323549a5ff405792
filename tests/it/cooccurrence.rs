//! What comes with a topic, and what ties two: held against plain counting.

use threadline::EventGraph;
use threadline::analysis::{
    LinksLabelled, TopicBase, distinctive_topics, events_with, log_likelihood, topic_ties,
};
use threadline::graph::{SelectOptions, Selection, find_topics};
use threadline::model::{EventId, TopicId};

use crate::fixture::{archive, built, data, slug};
use crate::random::{Random, random_graph};

/// G² as Dunning writes it: how likely the table is with two rates or with one.
fn slow(together: usize, one: usize, other: usize, all: usize) -> f64 {
    let of = |p: f64, k: usize, n: usize| {
        let term = |count: usize, p: f64| if count == 0 { 0.0 } else { count as f64 * p.ln() };
        term(k, p) + term(n - k, 1.0 - p)
    };
    let share = |k: usize, n: usize| if n == 0 { 0.0 } else { k as f64 / n as f64 };
    let rest = (other - together, all - one);
    let (inside, outside) = (share(together, one), share(rest.0, rest.1));
    let both = share(other, all);
    let apart = of(inside, together, one) + of(outside, rest.0, rest.1);
    let size = 2.0 * (apart - of(both, together, one) - of(both, rest.0, rest.1));
    if inside >= both { size } else { -size }
}

#[test]
fn the_likelihood_of_every_small_table() {
    for all in 1..=12 {
        for one in 0..=all {
            for other in 0..=all {
                for together in 0..=all {
                    let found = log_likelihood(together, one, other, all);
                    let possible = together <= one.min(other) && one + other - together <= all;
                    let expected = if possible { slow(together, one, other, all) } else { 0.0 };
                    let place = format!("{together} {one} {other} {all}");
                    assert!((found - expected).abs() < 1e-9, "{place}: {found}, {expected}");
                }
            }
        }
    }
    assert!(log_likelihood(usize::MAX, 1, 2, 3) == 0.0);
}

#[test]
fn topics_that_come_with_others_are_counted() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let graph = random_graph(60, 90, seed);
        let only = graph.events().filter(|_| random.chance(70)).collect();
        let options = SelectOptions { only: Some(only), ..SelectOptions::default() };
        let selection = Selection::new(&graph, &options).unwrap();
        // Not every one of these graphs has it.
        let Ok(topics) = find_topics(&graph, "topic 3") else { continue };
        let named = vec![topics];
        let events = events_with(&graph, &selection, &named);
        let bears = |event: EventId, topic: TopicId| graph.topics(event).any(|t| t == topic);
        let expected: Vec<EventId> =
            selection.events(&graph).filter(|&event| bears(event, named[0][0])).collect();
        assert_eq!(events, expected, "seed {seed}");
        let base = TopicBase::new(&graph, &selection);
        let found = distinctive_topics(&graph, &events, &base);
        assert!(found.is_sorted_by(|a, b| {
            a.log_likelihood > b.log_likelihood
                || (a.log_likelihood == b.log_likelihood && a.topic < b.topic)
        }));
        for id in 0..graph.topic_count() as u32 {
            let topic = TopicId(id);
            let together: Vec<EventId> =
                events.iter().copied().filter(|&event| bears(event, topic)).collect();
            let row = found.iter().find(|row| row.topic == topic);
            assert_eq!(row.is_some(), !together.is_empty(), "seed {seed}");
            let Some(row) = row else { continue };
            let all = selection.events(&graph).filter(|&event| bears(event, topic)).count();
            assert_eq!((&row.together, row.events), (&together, all), "seed {seed}");
            let expected = slow(together.len(), events.len(), all, selection.len());
            assert!((row.log_likelihood - expected).abs() < 1e-9, "seed {seed}");
        }
    }
}

const BRIDGE: &str = "
//- news/1960/01/01/a.md
### [1960-01-01](/x)
# A

### Related:

1. [B](/news/1960/01/02/b.md) _Context: Rockets_
2. [M](/news/1960/01/03/m.md) _Context: Rockets_
//- news/1960/01/02/b.md
### [1960-01-02](/x)
# B

### Related:

1. [D](/news/1960/01/04/d.md) _Context: Money_
//- news/1960/01/03/m.md
### [1960-01-03](/x)
# M

### Related:

1. [N](/news/1960/01/05/n.md) _Context: Dogs, Rockets_
2. [D](/news/1960/01/04/d.md) _Context: Dogs_
//- news/1960/01/04/d.md
### [1960-01-04](/x)
# D
//- news/1960/01/05/n.md
### [1960-01-05](/x)
# N
";

#[test]
fn events_and_links_tie_two_topics() {
    let graph = archive(BRIDGE);
    let all = Selection::all(&graph);
    let [dogs, rockets] = ["Dogs", "rockets"].map(|name| find_topics(&graph, name).unwrap());
    let ties = topic_ties(&graph, &all, &dogs, &rockets).unwrap();
    assert_eq!((ties.with_one, ties.with_other, ties.selected), (3, 4, 5));
    // M has three links, two of dogs and two of rockets; N has the one of both.
    let events: Vec<_> =
        ties.events.iter().map(|tie| (slug(&graph, tie.event), tie.links)).collect();
    let labelled = |one, other, both, all| LinksLabelled { one, other, both, all };
    assert_eq!(events, [("m", labelled(2, 2, 1, 3)), ("n", labelled(1, 1, 1, 1))]);
    assert!((ties.events[0].score - (4.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    let links: Vec<_> = ties
        .links
        .iter()
        .map(|tie| {
            let (source, target) = (slug(&graph, tie.link.source), slug(&graph, tie.link.target));
            (source, target, tie.names_both)
        })
        .collect();
    assert_eq!(links, [("m", "n", true), ("b", "d", false)]);
    assert!(ties.log_likelihood < 0.0 && (ties.expected - 2.4).abs() < 1e-12);
    let error = topic_ties(&graph, &all, &dogs, &dogs).unwrap_err().to_string();
    assert!(error.contains("the same topic"), "{error}");
}

#[test]
fn nothing_ties_topics_of_nothing() {
    let graph = EventGraph::empty();
    let all = Selection::all(&graph);
    let ties = topic_ties(&graph, &all, &[TopicId(0)], &[TopicId(1)]).unwrap();
    assert!(ties.events.is_empty() && ties.links.is_empty());
    assert_eq!((ties.expected, ties.log_likelihood), (0.0, 0.0));
    assert!(distinctive_topics(&graph, &[], &TopicBase::new(&graph, &all)).is_empty());
}

#[test]
fn our_own_archive_knows_what_goes_with_what() {
    let (graph, _) = built(&data());
    let all = Selection::all(&graph);
    let named = vec![find_topics(&graph, "Soviet lunar program").unwrap()];
    let events = events_with(&graph, &all, &named);
    let found = distinctive_topics(&graph, &events, &TopicBase::new(&graph, &all));
    let names: Vec<_> = found.iter().take(5).map(|row| graph.topic_name(row.topic)).collect();
    assert!(names.contains(&"N1 (rocket)"), "{names:?}");
}
