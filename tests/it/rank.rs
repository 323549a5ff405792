//! Ranks, held against dense power iteration and against counting every
//! shortest chain.

use threadline::EventGraph;
use threadline::analysis::{
    BetweennessOptions, PageRankOptions, Ranks, Ties, Weight, betweenness, degrees,
    most_linked_within, pagerank, pagerank_within,
};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::EventId;

use crate::fixture::{built, data};
use crate::random::{Random, linked, random_graph};

/// A whole matrix of weights between selected events; both ways or as listed.
fn matrix(graph: &EventGraph, events: &[EventId], directed: bool, weight: Weight) -> Vec<Vec<f64>> {
    let strengths = graph.strengths().unwrap();
    let mut matrix = vec![vec![0.0_f64; events.len()]; events.len()];
    for id in graph.links() {
        let link = graph.link(id).unwrap();
        let place = |event| events.iter().position(|&other| other == event);
        let (Some(from), Some(to)) = (place(link.source), place(link.target)) else {
            continue;
        };
        let value = if weight == Weight::None { 1.0 } else { f64::from(strengths.of(id) as f32) };
        if from != to {
            matrix[from][to] = matrix[from][to].max(value);
            if !directed {
                matrix[to][from] = matrix[to][from].max(value);
            }
        }
    }
    matrix
}

/// The reader's chances after very many steps.
fn slow_pagerank(matrix: &[Vec<f64>], damping: f64) -> Vec<f64> {
    let n = matrix.len();
    let mut ranks = vec![1.0 / n as f64; n];
    for _ in 0..700 {
        let mut next = vec![(1.0 - damping) / n as f64; n];
        for (row, rank) in matrix.iter().zip(&ranks) {
            let out: f64 = row.iter().sum();
            for (next, weight) in next.iter_mut().zip(row) {
                *next += damping * rank * if out > 0.0 { weight / out } else { 1.0 / n as f64 };
            }
        }
        ranks = next;
    }
    ranks
}

#[track_caller]
fn near(found: &Ranks, expected: &[f64], most: f64, place: &str) {
    assert_eq!(found.values().len(), expected.len(), "{place}");
    for (at, (a, b)) in found.values().iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= most, "{place}, row {at}: {a}, not {b}");
    }
}

fn some(graph: &EventGraph, random: &mut Random) -> Selection {
    let only = graph.events().filter(|_| random.chance(70)).collect();
    Selection::new(graph, &SelectOptions { only: Some(only), ..SelectOptions::default() }).unwrap()
}

#[test]
fn pagerank_is_that_of_the_power_method_1_to_40() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let graph = random_graph(1 + random.below(40), random.below(120), seed);
        let selection = match random.chance(50) {
            true => Selection::all(&graph),
            false => some(&graph, &mut random),
        };
        let events: Vec<EventId> = selection.events(&graph).collect();
        let damping = [0.5, 0.85, 0.95][random.below(3)];
        for (directed, weight) in
            [(false, Weight::None), (true, Weight::None), (false, Weight::Strength)]
        {
            let place = format!("seed {seed}, directed {directed}, {weight:?}, {damping}");
            let options =
                PageRankOptions { damping, directed, weight, ..PageRankOptions::default() };
            let found = pagerank(&graph, &selection, options).unwrap();
            assert_eq!(found.events(), events);
            let expected = slow_pagerank(&matrix(&graph, &events, directed, weight), damping);
            near(&found, &expected, 1e-10, &place);
            let off: f64 = found.values().iter().zip(&expected).map(|(a, b)| (a - b).abs()).sum();
            assert!(off < 1.1e-10, "{place}: off by {off}");
        }
    }
}

#[test]
fn pagerank_within_a_set_is_that_of_its_ties() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let graph = random_graph(50, 150, seed);
        let strengths = graph.strengths().unwrap();
        let all = Selection::all(&graph);
        let ties = Ties::of_links(&strengths, &all, Weight::Strength);
        let selection = some(&graph, &mut random);
        let mut events: Vec<EventId> = selection.events(&graph).collect();
        let expected = slow_pagerank(&matrix(&graph, &events, false, Weight::Strength), 0.85);
        // In any order, some twice.
        events.reverse();
        events.push(events[0]);
        let found = pagerank_within(&ties, &events, PageRankOptions::default()).unwrap();
        near(&found, &expected, 1e-10, &format!("seed {seed}"));
    }
}

/// All shortest chains between all pairs, counted by trying every event as an
/// inner one (Floyd and Warshall).
fn slow_betweenness(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let far = usize::MAX / 4;
    let mut length = vec![vec![far; n]; n];
    for a in 0..n {
        for b in 0..n {
            length[a][b] = if a == b {
                0
            } else if matrix[a][b] > 0.0 {
                1
            } else {
                far
            };
        }
    }
    for via in 0..n {
        for a in 0..n {
            for b in 0..n {
                length[a][b] = length[a][b].min(length[a][via] + length[via][b]);
            }
        }
    }
    // How many shortest chains: those to the last event but one, by length.
    let mut chains = vec![vec![0.0; n]; n];
    for a in 0..n {
        chains[a][a] = 1.0;
        for steps in 1..n {
            for b in (0..n).filter(|&b| length[a][b] == steps) {
                chains[a][b] = (0..n)
                    .filter(|&c| matrix[c][b] > 0.0 && length[a][c] + 1 == steps)
                    .map(|c| chains[a][c])
                    .sum();
            }
        }
    }
    let pairs = (n.max(3) - 1) * (n.max(3) - 2);
    let share = |at: usize| -> f64 {
        let mut sum = 0.0;
        for a in (0..n).filter(|&a| a != at) {
            for b in (0..n).filter(|&b| b != at && b != a && length[a][b] < far) {
                if length[a][at] + length[at][b] == length[a][b] {
                    sum += chains[a][at] * chains[at][b] / chains[a][b];
                }
            }
        }
        sum / pairs as f64
    };
    (0..n).map(share).collect()
}

#[test]
fn betweenness_counts_every_shortest_chain_1_to_40() {
    for seed in 0..40 {
        let mut random = Random(seed);
        let graph = random_graph(1 + random.below(40), random.below(90), seed);
        let selection = match random.chance(50) {
            true => Selection::all(&graph),
            false => some(&graph, &mut random),
        };
        let events: Vec<EventId> = selection.events(&graph).collect();
        for directed in [false, true] {
            let options = BetweennessOptions { directed, ..BetweennessOptions::default() };
            let found = betweenness(&graph, &selection, options).unwrap();
            assert_eq!(found.sample, None);
            let expected = slow_betweenness(&matrix(&graph, &events, directed, Weight::None));
            near(&found.ranks, &expected, 1e-12, &format!("seed {seed}, directed {directed}"));
        }
    }
}

#[test]
fn sampled_betweenness_is_as_near_as_it_says() {
    for seed in 0..6 {
        let graph = random_graph(300, 450, seed);
        let all = Selection::all(&graph);
        for directed in [false, true] {
            let exact = BetweennessOptions { directed, ..BetweennessOptions::default() };
            let sampled = BetweennessOptions { exact_up_to: 0, error: 0.02, ..exact };
            let expected = betweenness(&graph, &all, exact).unwrap();
            let found = betweenness(&graph, &all, sampled).unwrap();
            let sample = found.sample.unwrap();
            assert_eq!((sample.error, sample.failure), (0.02, 0.1));
            assert!(sample.chains >= 5_000 && sample.chains < 20_000, "{}", sample.chains);
            let place = format!("seed {seed}, directed {directed}");
            near(&found.ranks, expected.ranks.values(), 0.02, &place);
            assert!(found.ranks.values().iter().any(|&value| value > 0.01), "{place}");
        }
    }
}

/// Two events a level, each tied to both of the next: 2¹¹⁹⁹ shortest chains.
#[test]
fn more_shortest_chains_than_a_number_can_hold() {
    let levels = 1_200_u32;
    let links = (0..levels - 1).flat_map(|level| {
        let pairs = [(0, 2), (0, 3), (1, 2), (1, 3)];
        pairs.map(|(a, b)| (2 * level + a, 2 * level + b))
    });
    let graph = linked(2 * levels as usize, links);
    let all = Selection::all(&graph);
    let exact = betweenness(&graph, &all, BetweennessOptions::default()).unwrap();
    let options =
        BetweennessOptions { exact_up_to: 0, error: 0.05, ..BetweennessOptions::default() };
    let sampled = betweenness(&graph, &all, options).unwrap();
    // In the middle, half of the chains from one half to the other.
    let middle = exact.ranks.values()[1_200];
    assert!((middle - 0.25).abs() < 0.001, "{middle}");
    near(&sampled.ranks, exact.ranks.values(), 0.05, "levels");
}

/// A ring that is a single chain on one side and two events wide on the other: from end to
/// end of it there are 2¹¹⁰⁰ shortest chains on one side, and one on the other.
#[test]
fn one_chain_beside_more_than_a_number_can_hold() {
    let (levels, single) = (1_100_u32, 2_200_u32);
    let wide = (0..levels - 1).flat_map(|level| {
        let pairs = [(0, 2), (0, 3), (1, 2), (1, 3)];
        pairs.map(|(a, b)| (2 * level + a, 2 * level + b))
    });
    let (first, last) = (single, single + levels + 1);
    let narrow = (first..last).map(|at| (at, at + 1));
    let ends = [(first, 0), (first, 1), (single - 2, last), (single - 1, last)];
    let graph = linked(last as usize + 1, wide.chain(narrow).chain(ends));
    let found = betweenness(&graph, &Selection::all(&graph), BetweennessOptions::default());
    // Chains between two events run through as many others as lie between them.
    let place = |at: u32| if at < single { at / 2 + 1 } else { 2 * (levels + 1) - (at - first) };
    let between = |(a, b): (u32, u32)| {
        let apart = place(a).abs_diff(place(b));
        let links = apart.min(2 * (levels + 1) - apart);
        f64::from(if links == 0 && a != b { 1 } else { links.max(1) - 1 })
    };
    let expected: f64 = (0..=last).flat_map(|a| (0..=last).map(move |b| (a, b))).map(between).sum();
    let n = graph.event_count();
    let sum: f64 = found.unwrap().ranks.values().iter().sum();
    let sum = sum * ((n - 1) * (n - 2)) as f64;
    assert!((sum / expected - 1.0).abs() < 1e-9, "{sum}, {expected}");
}

#[test]
fn degrees_count_each_other_event_once() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let graph = random_graph(40, 120, seed);
        let selection = some(&graph, &mut random);
        let events: Vec<EventId> = selection.events(&graph).collect();
        for (directed, weight) in
            [(false, Weight::None), (true, Weight::None), (false, Weight::Strength)]
        {
            let matrix = matrix(&graph, &events, directed, weight);
            let column = |at: usize| matrix.iter().map(|row| row[at]).sum::<f64>();
            let expected: Vec<f64> = (0..events.len()).map(column).collect();
            let found = degrees(&graph, &selection, weight, directed).unwrap();
            near(&found, &expected, 1e-9, &format!("seed {seed}"));
        }
        let walk = graph.walk().unwrap();
        let ties = |event: EventId| {
            let others = walk.neighbours(event);
            others.filter(|other| *other != event && events.contains(other)).count()
        };
        let most = events.iter().map(|&event| ties(event)).max().unwrap();
        let first = events.iter().copied().find(|&event| ties(event) == most);
        assert_eq!(most_linked_within(walk, &events), first, "seed {seed}");
    }
}

#[test]
fn the_leading_events_come_by_value_then_id() {
    let graph = linked(6, [(0, 1), (2, 1), (3, 4), (3, 5)]);
    let all = Selection::all(&graph);
    let ranks = degrees(&graph, &all, Weight::None, false).unwrap();
    let ids = |most| ranks.leading(most).iter().map(|row| row.0.0).collect::<Vec<_>>();
    assert_eq!(ids(usize::MAX), [1, 3, 0, 2, 4, 5]);
    assert_eq!(ids(3), [1, 3, 0]);
    assert_eq!(ids(0), [0; 0]);
    assert_eq!((ranks.of(EventId(1)), ranks.of(EventId(9))), (Some(2.0), None));
}

#[test]
fn the_same_with_any_number_of_threads() {
    let (ours, _) = built(&data());
    for graph in [ours, random_graph(9_000, 20_000, 1)] {
        let all = Selection::all(&graph);
        let sampled =
            BetweennessOptions { exact_up_to: 1_000, error: 0.1, ..BetweennessOptions::default() };
        let of = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let ranks = |directed, weight| {
                    let options =
                        PageRankOptions { directed, weight, ..PageRankOptions::default() };
                    pagerank(&graph, &all, options).unwrap()
                };
                let pageranks = [
                    ranks(false, Weight::None),
                    ranks(true, Weight::None),
                    ranks(false, Weight::Strength),
                ];
                (pageranks, betweenness(&graph, &all, sampled).unwrap())
            })
        };
        let expected = of(1);
        assert!(of(2) == expected && of(5) == expected);
    }
}

#[test]
fn nothing_alone_and_without_links() {
    let none = EventGraph::empty();
    let all = Selection::all(&none);
    let pagerank_of = |graph: &EventGraph, all: &Selection, directed| {
        let options = PageRankOptions { directed, ..PageRankOptions::default() };
        pagerank(graph, all, options).unwrap().values().to_vec()
    };
    for directed in [false, true] {
        assert!(pagerank_of(&none, &all, directed).is_empty());
    }
    let options = BetweennessOptions { exact_up_to: 0, ..BetweennessOptions::default() };
    assert!(betweenness(&none, &all, options).unwrap().ranks.values().is_empty());
    assert_eq!(most_linked_within(none.walk().unwrap(), &[]), None);
    for events in [1, 2, 3, 10_000] {
        let graph = linked(events, [(0, 0)]);
        let all = Selection::all(&graph);
        for directed in [false, true] {
            let ranks = pagerank_of(&graph, &all, directed);
            assert!(ranks.iter().all(|rank| (rank * events as f64 - 1.0).abs() < 1e-12));
            for exact_up_to in [0, 20_000] {
                let options = BetweennessOptions { directed, exact_up_to, ..options };
                let found = betweenness(&graph, &all, options).unwrap();
                assert!(found.ranks.values().iter().all(|&value| value == 0.0));
            }
        }
    }
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let graph = random_graph(5, 9, 0);
    let all = Selection::all(&graph);
    let fine = PageRankOptions::default();
    let cases = [
        (PageRankOptions { damping: 0.0, ..fine }, "`damping` is 0"),
        (PageRankOptions { damping: f64::NAN, ..fine }, "`damping` is NaN"),
        (PageRankOptions { damping: 1.0, ..fine }, "it has to be at most 0.999"),
        (PageRankOptions { tolerance: -1.0, ..fine }, "`tolerance` is -1"),
        (PageRankOptions { tolerance: 1e-14, ..fine }, "it has to be at least 1e-13"),
        (
            PageRankOptions { directed: true, weight: Weight::Strength, ..fine },
            "leave out `directed` or `weight`",
        ),
    ];
    for (options, expected) in cases {
        let error = pagerank(&graph, &all, options).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let fine = BetweennessOptions::default();
    for (options, expected) in [
        (BetweennessOptions { error: 0.0, ..fine }, "`error` is 0"),
        (BetweennessOptions { error: 1.0, ..fine }, "`error` is 1; it has to be below 1"),
        (BetweennessOptions { failure: 2.0, ..fine }, "`failure` is 2; it has to be below 1"),
        (BetweennessOptions { error: 1e-9, exact_up_to: 0, ..fine }, "take a larger one"),
    ] {
        let error = betweenness(&graph, &all, options).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert!(degrees(&graph, &all, Weight::Strength, true).is_err());
}
