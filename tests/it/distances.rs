//! How many links lie between two events, held against petgraph's Dijkstra.

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use threadline::EventGraph;
use threadline::analysis::{DistanceOptions, Standing, distances, standing};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::EventId;

use crate::random::{Random, random_graph};

/// The fewest links between two events, by a search from one of them.
struct Oracle(DiGraph<(), ()>);

impl Oracle {
    fn new(graph: &EventGraph, selection: &Selection, directed: bool) -> Self {
        let mut steps = DiGraph::new();
        (0..graph.event_count()).for_each(|_| {
            steps.add_node(());
        });
        for link in graph.links().filter_map(|id| graph.link(id)) {
            let (a, b) = (NodeIndex::new(link.source.index()), NodeIndex::new(link.target.index()));
            if selection.contains(link.source) && selection.contains(link.target) {
                steps.add_edge(a, b, ());
                if !directed {
                    steps.add_edge(b, a, ());
                }
            }
        }
        Self(steps)
    }

    fn between(&self, (from, to): (EventId, EventId)) -> Option<u32> {
        let (from, to) = (NodeIndex::new(from.index()), NodeIndex::new(to.index()));
        dijkstra(&self.0, from, Some(to), |_| 1).get(&to).copied()
    }
}

fn compare(graph: &EventGraph, selection: &Selection, seed: u64) {
    let selected = |(a, b): (EventId, EventId)| selection.contains(a) && selection.contains(b);
    let all = || graph.events();
    let pairs: Vec<_> = all().flat_map(|from| all().map(move |to| (from, to))).collect();
    for directed in [false, true] {
        let oracle = Oracle::new(graph, selection, directed);
        let far: Vec<_> =
            pairs.iter().map(|&pair| oracle.between(pair).filter(|_| selected(pair))).collect();
        for max_links in [None, Some(0), Some(1), Some(3)] {
            let options = DistanceOptions { directed, max_links };
            let found = distances(graph, &pairs, options, selection).unwrap();
            let within = |far: u32| max_links.is_none_or(|most| far <= most);
            let expected: Vec<_> = far.iter().map(|far| far.filter(|&far| within(far))).collect();
            assert_eq!(found, expected, "seed {seed}, {options:?}");
        }
    }
}

#[test]
fn distances_are_those_of_a_plain_search() {
    for (events, links) in [(40, 30), (40, 60), (40, 200), (60, 90)] {
        for seed in 0..6 {
            let graph = random_graph(events, links, seed);
            compare(&graph, &Selection::all(&graph), seed);
            let mut random = Random(seed);
            let only = graph.events().filter(|_| random.chance(70)).collect();
            let options = SelectOptions { only: Some(only), ..SelectOptions::default() };
            compare(&graph, &Selection::new(&graph, &options).unwrap(), seed);
        }
    }
}

#[test]
fn the_same_with_any_number_of_threads() {
    let graph = random_graph(2000, 3000, 4);
    let mut random = Random(4);
    let mut event = || EventId(random.below(2000) as u32);
    let pairs: Vec<_> = (0..1000).map(|_| (event(), event())).collect();
    let asked = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (options, all) = (DistanceOptions::default(), Selection::all(&graph));
        pool.install(|| distances(&graph, &pairs, options, &all).unwrap())
    };
    let one = asked(1);
    assert!(one.iter().any(Option::is_some) && one.iter().any(Option::is_none));
    assert_eq!(one, asked(3));
}

/// Where the fewest links stand among a thousand random pairs, pair by pair.
fn slow_standing(graph: &EventGraph, from: EventId, to: EventId) -> Option<Standing> {
    let oracle = Oracle::new(graph, &Selection::all(graph), false);
    let fewest = oracle.between((from, to))?;
    let events = graph.event_count() as u64;
    let mut random = Random(1967);
    let mut standing = Standing { fewest, pairs: 1000, ..Standing::default() };
    for _ in 0..standing.pairs {
        let a = random.next() % events;
        let b = (a + 1 + random.next() % (events - 1)) % events;
        match oracle.between((EventId(a as u32), EventId(b as u32))) {
            Some(far) if far < fewest => {}
            Some(far) if far == fewest => standing.as_far += 1,
            _ => standing.farther += 1,
        }
    }
    Some(standing)
}

#[test]
fn random_pairs_are_asked_once_a_graph_and_every_chain_is_held_against_them() {
    let graph = random_graph(60, 70, 2);
    let clone = graph.clone();
    for n in 0..12 {
        let (from, to) = (EventId(n), EventId(59 - n));
        let expected = slow_standing(&graph, from, to);
        // The graph that was asked before, its clone, and one that was not.
        for graph in [&graph, &clone, &random_graph(60, 70, 2)] {
            assert_eq!(standing(graph, from, to).unwrap(), expected, "event {n}");
        }
    }
}
