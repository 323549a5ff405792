//! Communities: connected, as good as they can be on small graphs, the same
//! with any number of threads.

use threadline::analysis::{
    LeidenOptions, Partition, Quality, Ties, Weight, agreement, components, leiden, modularity,
    stability, sweep,
};
use threadline::graph::Selection;
use threadline::model::EventId;
use threadline::{ErrorKind, EventGraph};

use crate::random::{Random, random_graph};

/// Ties between random events, most of them within blocks.
fn random_ties(events: usize, ties: usize, block: usize, weighted: bool, seed: u64) -> Ties {
    let mut random = Random(seed);
    let mut rows: Vec<Vec<(u32, f32)>> = vec![Vec::new(); events];
    for _ in 0..ties {
        let a = random.below(events);
        let start = a / block * block;
        let near = start + random.below(block.min(events - start));
        let b = if random.chance(70) { near } else { random.below(events) };
        let weight = if weighted { (1 + random.below(1000)) as f32 / 1000.0 } else { 1.0 };
        if a != b {
            rows[a].push((b as u32, weight));
            rows[b].push((a as u32, weight));
        }
    }
    Ties::collect(events, |id, row| row.extend_from_slice(&rows[id as usize]))
}

fn all(events: usize) -> Selection {
    Selection::all(&random_graph(events, 0, 1))
}

fn assert_connected(ties: &Ties, found: &Partition, place: &str) {
    for group in found.groups(found.len()) {
        let number = found.of(group[0]);
        let mut reached = vec![group[0]];
        let mut seen = std::collections::BTreeSet::from([group[0]]);
        while let Some(event) = reached.pop() {
            for (other, _) in ties.of(event) {
                if found.of(other) == number && seen.insert(other) {
                    reached.push(other);
                }
            }
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), group, "{place}: in pieces");
    }
}

/// The definition, over all pairs: chance expects ties in proportion to an
/// event's strength to a power, which for modularity is 1.
fn slow_modularity(ties: &Ties, found: &Partition, resolution: f64, power: f64) -> f64 {
    let events: Vec<EventId> = (0..ties.event_count() as u32).map(EventId).collect();
    let strength = |a: EventId| ties.of(a).map(|tie| f64::from(tie.1)).sum::<f64>();
    let total: f64 = events.iter().map(|&a| strength(a)).sum();
    let powers: f64 = events.iter().map(|&a| strength(a).powf(power)).sum();
    let strength = |a: EventId| strength(a).powf(power) * total / powers;
    let mut sum = 0.0;
    for &a in &events {
        for &b in &events {
            if found.of(a) == found.of(b) {
                let tie = ties.between(a, b).map_or(0.0, f64::from);
                sum += tie - resolution * strength(a) * strength(b) / total;
            }
        }
    }
    sum / total
}

#[test]
fn every_community_is_connected() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let events = 2 + random.below(600);
        let count = random.below(3 * events);
        let ties = random_ties(events, count, 1 + random.below(50), seed % 2 == 0, seed);
        let selection = all(events);
        for quality in [Quality::Modularity, Quality::Cpm, Quality::Tempered] {
            for resolution in [0.02, 0.3, 1.0, 4.0] {
                let options = LeidenOptions { quality, resolution, seed, ..Default::default() };
                let found = leiden(&ties, &selection, options).unwrap().partition;
                let place = format!("seed {seed}, {options:?}");
                assert_connected(&ties, &found, &place);
                let sizes: usize = (0..found.len()).map(|number| found.size(number)).sum();
                assert_eq!(sizes, events, "{place}");
            }
        }
    }
}

#[test]
fn modularity_is_what_its_definition_says() {
    for seed in 0..10 {
        let ties = random_ties(80, 150, 10, seed % 2 == 0, seed);
        let found = leiden(&ties, &all(80), LeidenOptions::default()).unwrap().partition;
        for resolution in [0.5, 1.0, 2.0] {
            let fast = modularity(&ties, &found, resolution);
            let slow = slow_modularity(&ties, &found, resolution, 1.0);
            assert!((fast - slow).abs() < 1e-9, "seed {seed}: {fast} and {slow}");
        }
    }
}

#[test]
fn tempered_modularity_is_what_its_definition_says() {
    for seed in 0..10 {
        let ties = random_ties(80, 150, 10, seed % 2 == 0, seed);
        for resolution in [0.5, 1.0, 2.0] {
            let quality = Quality::Tempered;
            let options = LeidenOptions { quality, resolution, ..Default::default() };
            let found = leiden(&ties, &all(80), options).unwrap();
            let slow = slow_modularity(&ties, &found.partition, resolution, 0.7);
            assert!((found.quality - slow).abs() < 1e-9, "{seed}: {} {slow}", found.quality);
            // No event would rather be alone.
            assert!(slow >= 0.0 || resolution > 1.0, "{seed}: {slow}");
        }
    }
}

#[test]
fn two_cliques_are_two_communities() {
    let clique = |id: u32| if id < 5 { 0..5 } else { 5..10 };
    let ties = Ties::collect(10, |id, row| {
        row.extend(clique(id).filter(|&other| other != id).map(|other| (other, 1.0)));
        match id {
            0 => row.push((9, 1.0)),
            9 => row.push((0, 1.0)),
            _ => {}
        }
    });
    let found = leiden(&ties, &all(10), LeidenOptions::default()).unwrap().partition;
    assert_eq!((found.len(), found.size(0), found.size(1)), (2, 5, 5));
    assert_eq!(found.of(EventId(4)), Some(0));
    assert_eq!(found.of(EventId(5)), Some(1));
}

#[test]
fn any_number_of_threads_finds_the_same() {
    for seed in 0..4 {
        let ties = random_ties(30_000, 90_000, 40, seed % 2 == 0, seed);
        let selection = all(30_000);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| leiden(&ties, &selection, LeidenOptions::default()).unwrap())
        };
        let one = run(1);
        assert_connected(&ties, &one.partition, "30,000 events");
        assert!(one == run(2) && one == run(3), "seed {seed}");
    }
}

#[test]
fn selected_events_only() {
    let graph = random_graph(200, 500, 3);
    let options = threadline::graph::SelectOptions { present_only: true, ..Default::default() };
    let selection = Selection::new(&graph, &options).unwrap();
    let strengths = graph.strengths().unwrap();
    let ties = Ties::of_links(&strengths, &selection, Weight::Strength);
    let found = leiden(&ties, &selection, LeidenOptions::default()).unwrap().partition;
    for event in graph.events() {
        assert_eq!(found.of(event).is_some(), selection.contains(event));
    }
    let parts = components(&graph, &selection).unwrap();
    for (a, b) in graph.events().zip(graph.events().skip(1)) {
        if found.of(a).is_some() && found.of(a) == found.of(b) {
            assert_eq!(parts.of(a), parts.of(b));
        }
    }
}

#[test]
fn nothing_at_all() {
    let graph = EventGraph::empty();
    let found = leiden(&Ties::default(), &Selection::all(&graph), LeidenOptions::default());
    assert!(found.unwrap().partition.is_empty());
    let found = leiden(&random_ties(5, 0, 1, false, 1), &all(5), LeidenOptions::default()).unwrap();
    assert_eq!((found.partition.len(), found.quality), (5, 0.0));
}

#[test]
fn bad_input() {
    let ties = random_ties(5, 5, 5, false, 1);
    for resolution in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let options = LeidenOptions { resolution, ..Default::default() };
        let error = leiden(&ties, &all(5), options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains("the resolution is"), "{error}");
    }
    let options = LeidenOptions { iterations: 0, ..Default::default() };
    assert!(leiden(&ties, &all(5), options).is_err());
    for weight in [f32::NAN, 0.0, -1.0, f32::INFINITY] {
        let ties = Ties::collect(2, |id, row| row.push((1 - id, weight)));
        assert!(leiden(&ties, &all(2), LeidenOptions::default()).is_err());
    }
    let ties = Ties::collect(2, |_, row| row.push((7, 1.0)));
    assert!(leiden(&ties, &all(2), LeidenOptions::default()).is_err());
}

/// Ties that only one of the two ends has, as a damaged file may give.
#[test]
fn contradictory_ties() {
    let mut random = Random(9);
    let rows: Vec<Vec<(u32, f32)>> = (0..300)
        .map(|_| (0..random.below(6)).map(|_| (random.below(300) as u32, 0.5)).collect())
        .collect();
    let ties = Ties::collect(300, |id, row| row.extend_from_slice(&rows[id as usize]));
    leiden(&ties, &all(300), LeidenOptions::default()).unwrap();
}

#[test]
fn the_same_agrees_and_two_ways_of_cutting_do_not() {
    let found = leiden(&random_ties(60, 200, 10, false, 1), &all(60), LeidenOptions::default());
    let found = found.unwrap().partition;
    let same = agreement(&found, &found);
    assert!((same.nmi - 1.0).abs() < 1e-12 && (same.ari - 1.0).abs() < 1e-12, "{same:?}");
    // Four events, paired one way and the other: nothing in common.
    let pairs = |other: fn(u32) -> u32| {
        let ties = Ties::collect(4, |id, row| row.push((other(id), 1.0)));
        leiden(&ties, &all(4), LeidenOptions::default()).unwrap().partition
    };
    let (a, b) = (pairs(|id| id ^ 1), pairs(|id| id ^ 2));
    let none = agreement(&a, &b);
    assert!(none.nmi.abs() < 1e-12 && (none.ari + 0.5).abs() < 1e-12, "{none:?}");
}

#[test]
fn cliques_are_stable() {
    let ties = Ties::collect(20, |id, row| {
        let start = id / 5 * 5;
        row.extend((start..start + 5).filter(|&other| other != id).map(|other| (other, 1.0)));
    });
    let (selection, options) = (all(20), LeidenOptions::default());
    let found = leiden(&ties, &selection, options).unwrap().partition;
    let shares = stability(&ties, &selection, options, &found, 4).unwrap();
    assert_eq!(shares, vec![Some(1.0); 20]);
    assert!(stability(&ties, &selection, options, &found, 0).is_err());
    let levels = sweep(&ties, &selection, options, &[0.5, 1.0], 2).unwrap();
    assert!(
        levels
            .iter()
            .all(|level| level.communities.partition.len() == 4 && level.agreement.ari > 0.999)
    );
}
