//! Connected components, held against a slow oracle and petgraph's.

use threadline::EventGraph;
use threadline::analysis::{Partition, components};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::EventId;

use crate::fixture::{built, data};
use crate::random::{Random, random_graph};

/// Every event takes the smallest id around it until nothing changes.
fn slow(graph: &EventGraph, selection: &Selection) -> Vec<Vec<EventId>> {
    let mut label: Vec<u32> = (0..graph.event_count() as u32).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for id in graph.links() {
            let link = graph.link(id).unwrap();
            if !selection.contains(link.source) || !selection.contains(link.target) {
                continue;
            }
            let least = label[link.source.index()].min(label[link.target.index()]);
            for end in [link.source, link.target] {
                changed |= label[end.index()] != least;
                label[end.index()] = least;
            }
        }
    }
    let mut groups = std::collections::BTreeMap::<u32, Vec<EventId>>::new();
    for event in selection.events(graph) {
        groups.entry(label[event.index()]).or_default().push(event);
    }
    // By falling size, then by the earliest event.
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    groups
}

fn compare(graph: &EventGraph, selection: &Selection, place: &str) -> Partition {
    let found = components(graph, selection).unwrap();
    let expected = slow(graph, selection);
    assert_eq!(found.len(), expected.len(), "{place}");
    assert_eq!(found.groups(usize::MAX), expected, "{place}");
    assert_eq!(found.groups(2), expected[..expected.len().min(2)], "{place}");
    for (number, group) in expected.iter().enumerate() {
        assert_eq!(found.size(number), group.len(), "{place}");
        assert_eq!(found.events(number).collect::<Vec<_>>(), *group, "{place}");
        assert!(group.iter().all(|&event| found.of(event) == Some(number)), "{place}");
    }
    let outside = graph.events().filter(|&event| !selection.contains(event));
    assert!(outside.into_iter().all(|event| found.of(event).is_none()), "{place}");
    found
}

#[test]
fn components_are_those_of_the_oracle_60_30_to_60_90() {
    for seed in 0..20 {
        for links in [0, 30, 60, 90] {
            let graph = random_graph(60, links, seed);
            let all = Selection::all(&graph);
            let found = compare(&graph, &all, &format!("seed {seed}, {links} links"));
            let count = petgraph::algo::connected_components(graph.walk().unwrap());
            assert_eq!(found.len(), count, "seed {seed}, {links} links");
        }
    }
}

#[test]
fn components_of_a_selection_use_no_event_outside_of_it() {
    for seed in 0..20 {
        let graph = random_graph(60, 70, seed);
        let mut random = Random(seed);
        let options = SelectOptions {
            only: Some(graph.events().filter(|_| random.chance(70)).collect()),
            ..SelectOptions::default()
        };
        let selection = Selection::new(&graph, &options).unwrap();
        compare(&graph, &selection, &format!("seed {seed}"));
    }
}

/// Enough events that several threads unite them at the same time.
#[test]
fn components_are_the_same_with_any_number_of_threads_20000_18000() {
    let graph = random_graph(20_000, 18_000, 5);
    let all = Selection::all(&graph);
    let expected = slow(&graph, &all);
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let found = pool.install(|| components(&graph, &all)).unwrap();
        assert!(found.groups(usize::MAX) == expected, "{threads} threads");
    }
}

#[test]
fn nothing_has_no_components() {
    let graph = EventGraph::empty();
    assert!(components(&graph, &Selection::all(&graph)).unwrap().is_empty());
    let graph = random_graph(5, 5, 0);
    let none = SelectOptions { only: Some(Vec::new()), ..SelectOptions::default() };
    let none = Selection::new(&graph, &none).unwrap();
    assert!(components(&graph, &none).unwrap().is_empty());
}

#[test]
fn our_own_archive() {
    let (graph, _) = built(&data());
    compare(&graph, &Selection::all(&graph), "data/");
}
