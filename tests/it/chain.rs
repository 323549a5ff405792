//! Chains of fewest links, held against slow searches that are obviously
//! right.

use threadline::EventGraph;
use threadline::analysis::{By, ChainOptions, ChainSearch, fewest_links};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::EventId;

use crate::fixture::{archive, link_line, named, slug};
use crate::random::{Random, linked, random_graph};

/// Distances between all selected events: relaxed until nothing changes.
fn distances(graph: &EventGraph, selection: &Selection, directed: bool) -> Vec<Vec<Option<u32>>> {
    let events = graph.event_count();
    let mut distance = vec![vec![None; events]; events];
    for event in selection.events(graph) {
        distance[event.index()][event.index()] = Some(0);
    }
    let mut changed = true;
    while changed {
        changed = false;
        for (a, b) in steps(graph, selection, directed) {
            for row in &mut distance {
                let Some(there) = row[a].map(|d| d + 1) else { continue };
                if row[b].is_none_or(|d| d > there) {
                    row[b] = Some(there);
                    changed = true;
                }
            }
        }
    }
    distance
}

/// The steps that a chain may take, one a link and direction.
fn steps(graph: &EventGraph, selection: &Selection, directed: bool) -> Vec<(usize, usize)> {
    let mut steps = Vec::new();
    for id in graph.links() {
        let link = graph.link(id).unwrap();
        if selection.contains(link.source) && selection.contains(link.target) {
            steps.push((link.source.index(), link.target.index()));
            if !directed {
                steps.push((link.target.index(), link.source.index()));
            }
        }
    }
    steps
}

/// Every shortest chain between two events, by brute force.
fn shortest_chains(
    steps: &[(usize, usize)],
    to_end: &dyn Fn(usize) -> Option<u32>,
    from: usize,
) -> Vec<Vec<usize>> {
    match to_end(from) {
        None => Vec::new(),
        Some(0) => vec![vec![from]],
        Some(left) => {
            let mut next: Vec<usize> = steps
                .iter()
                .filter(|&&(a, b)| a == from && to_end(b) == Some(left - 1))
                .map(|&(_, b)| b)
                .collect();
            next.sort_unstable();
            next.dedup();
            let rest = next.into_iter().flat_map(|b| shortest_chains(steps, to_end, b));
            rest.map(|chain| [vec![from], chain].concat()).collect()
        }
    }
}

/// Compares all pairs of events of a graph with the oracles.
fn compare(graph: &EventGraph, selection: &Selection, directed: bool, max_links: u32, seed: u64) {
    let distance = distances(graph, selection, directed);
    let steps = steps(graph, selection, directed);
    let options = ChainOptions { max_links: Some(max_links), directed, ..ChainOptions::default() };
    let by_fewest = ChainOptions { by: By::Fewest, ..options };
    let mut search = ChainSearch::new(graph, selection, by_fewest).unwrap();
    for from in graph.events() {
        for to in graph.events() {
            let place = format!("seed {seed}, {from:?} to {to:?}, {options:?}");
            let expected = distance[from.index()][to.index()].filter(|&d| d <= max_links);
            let found = fewest_links(graph, from, to, selection, options).unwrap();
            let length = found.as_ref().map(|chain| chain.hops.len() as u32);
            assert_eq!(length, expected, "{place}");
            let again = search.way(from, to);
            assert_eq!(again.as_ref(), found.as_ref().map(|chain| &chain.events), "{place}");
            let Some(chain) = found else { continue };
            let to_end = |event: usize| distance[event][to.index()];
            let best = shortest_chains(&steps, &to_end, from.index()).into_iter().min();
            let ids: Vec<usize> = chain.events.iter().map(|event| event.index()).collect();
            assert_eq!(Some(ids), best, "{place}");
            evidence_holds(graph, &chain, directed);
        }
    }
}

/// Every hop names exactly the links between its two events, the first one's
/// first.
fn evidence_holds(graph: &EventGraph, chain: &threadline::analysis::Chain, directed: bool) {
    assert_eq!(chain.hops.len() + 1, chain.events.len());
    for (hop, pair) in chain.hops.iter().zip(chain.events.windows(2)) {
        let all = || graph.links().map(|id| graph.link(id).unwrap());
        let between =
            |a: EventId, b: EventId| all().filter(move |l| l.source == a && l.target == b);
        let mut expected: Vec<_> = between(pair[0], pair[1]).collect();
        if !directed {
            expected.extend(between(pair[1], pair[0]));
        }
        assert!(!hop.links.is_empty());
        assert_eq!(hop.links, expected);
    }
}

#[test]
fn chains_are_shortest_and_first_40_60() {
    for seed in 0..20 {
        let graph = random_graph(40, 60, seed);
        for directed in [false, true] {
            compare(&graph, &Selection::all(&graph), directed, u32::MAX, seed);
        }
    }
}

#[test]
fn chains_are_shortest_and_first_40_160() {
    for seed in 0..20 {
        let graph = random_graph(40, 160, seed);
        compare(&graph, &Selection::all(&graph), seed % 2 == 0, u32::MAX, seed);
    }
}

#[test]
fn no_chain_is_longer_than_asked_for() {
    for max_links in 0..6 {
        let graph = random_graph(40, 60, 100 + u64::from(max_links));
        compare(&graph, &Selection::all(&graph), false, max_links, 0);
        compare(&graph, &Selection::all(&graph), true, max_links, 0);
    }
}

#[test]
fn chains_stay_in_the_selection() {
    for seed in 0..10 {
        let graph = random_graph(40, 120, seed);
        let mut random = Random(seed);
        let options = SelectOptions {
            only: Some(graph.events().filter(|_| random.chance(60)).collect()),
            ..SelectOptions::default()
        };
        let selection = Selection::new(&graph, &options).unwrap();
        assert!(selection.len() < 40 && !selection.is_empty());
        compare(&graph, &selection, seed % 2 == 0, u32::MAX, seed);
    }
}

/// A graph of so many levels, each of so many events, whose links lead on to the next level
/// and back by 254: where marks come again, that is the mark of the level before.
fn levels(count: usize, wide: usize, seed: u64) -> EventGraph {
    let mut random = Random(seed);
    let mut links = Vec::new();
    for source in 0..count * wide {
        let level = source / wide;
        let ahead = Some(level + 1).filter(|&level| level < count);
        let back = level.checked_sub(254);
        for level in [ahead, ahead, back].into_iter().flatten() {
            links.push((source as u32, (level * wide + random.below(wide)) as u32));
        }
    }
    linked(count * wide, links)
}

/// The first of all shortest chains: always on to the first event that is a link nearer.
fn first_chain(graph: &EventGraph, from: usize, to: usize, directed: bool) -> Option<Vec<usize>> {
    let mut after = vec![Vec::new(); graph.event_count()];
    let mut before = after.clone();
    for (a, b) in steps(graph, &Selection::all(graph), directed) {
        after[a].push(b);
        before[b].push(a);
    }
    let mut left = vec![None; graph.event_count()];
    left[to] = Some(0);
    let mut seen = vec![to];
    let mut at = 0;
    while let Some(&event) = seen.get(at) {
        at += 1;
        for &other in &before[event] {
            if left[other].is_none() {
                left[other] = left[event].map(|links: u32| links + 1);
                seen.push(other);
            }
        }
    }
    let mut chain = vec![from];
    for links in (0..left[from]?).rev() {
        let next = after[chain[chain.len() - 1]].iter().filter(|&&b| left[b] == Some(links)).min();
        chain.extend(next);
    }
    Some(chain)
}

#[test]
fn chains_of_many_hundred_links() {
    for (wide, seed) in [(1, 1), (3, 2), (8, 3)] {
        let graph = levels(1200, wide, seed);
        let all = Selection::all(&graph);
        let mut random = Random(seed);
        for directed in [true, false] {
            let options = ChainOptions { by: By::Fewest, directed, ..ChainOptions::default() };
            let mut search = ChainSearch::new(&graph, &all, options).unwrap();
            let mut longest = 0;
            for _ in 0..30 {
                let (from, to) = (random.below(1200 * wide), random.below(1200 * wide));
                let found = search.way(EventId(from as u32), EventId(to as u32));
                let found = found.map(|way| way.iter().map(|event| event.index()).collect());
                let expected = first_chain(&graph, from, to, directed);
                assert_eq!(found, expected, "{wide} wide, {from} to {to}, directed {directed}");
                longest = longest.max(expected.map_or(0, |chain| chain.len()));
            }
            assert!(!directed || longest > 700, "{wide} wide: {longest}");
        }
    }
}

const TWO_WAYS: &str = "
//- news/2006/01/1/a.md
### [2006-01-1](/x)
# A
### Related:
1. [C](/news/2006/01/3/c.md) _Context: Y_
2. [B](/news/2006/01/2/b.md) _Context: X_
//- news/2006/01/2/b.md
### [2006-01-2](/x)
# B
### Related:
1. [A](/news/2006/01/1/a.md) _Context: Z_
//- news/2006/01/4/d.md
### [2006-01-4](/x)
# D
### Related:
1. [B](/news/2006/01/2/b.md) _Context: X_
2. [C](/news/2006/01/3/c.md) _Context: Y_
3. [B](/news/2006/01/2/b.md) _Context: W_
//- news/2006/01/5/alone.md
### [2006-01-5](/x)
# Alone
";

/// A chain as `a: link; link | b: link`.
fn told(from: &str, to: &str, options: ChainOptions<'_>) -> Option<String> {
    let graph = archive(TWO_WAYS);
    let (from, to) = (named(&graph, from), named(&graph, to));
    let chain = fewest_links(&graph, from, to, &Selection::all(&graph), options).unwrap()?;
    let mut told = slug(&graph, chain.events[0]).to_owned();
    for (hop, event) in chain.hops.iter().zip(&chain.events[1..]) {
        let links: Vec<_> = hop.links.iter().map(|&link| link_line(&graph, link)).collect();
        told.push_str(&format!(" ({}) {}", links.join("; "), slug(&graph, *event)));
    }
    Some(told)
}

#[test]
fn a_chain_names_its_evidence() {
    assert_eq!(
        told("a", "d", ChainOptions::default()).unwrap(),
        "a (a -[X]-> b, line 5; b -[Z]-> a, line 4) \
         b (d -[X]-> b, line 4; d -[W]-> b, line 6) d"
    );
}

#[test]
fn a_directed_chain_follows_the_lists() {
    let directed = ChainOptions { directed: true, ..ChainOptions::default() };
    assert_eq!(told("a", "d", directed), None);
    assert_eq!(
        told("d", "a", directed).unwrap(),
        "d (d -[X]-> b, line 4; d -[W]-> b, line 6) b (b -[Z]-> a, line 4) a"
    );
}

#[test]
fn ends_that_are_one_or_apart() {
    assert_eq!(told("a", "a", ChainOptions::default()).unwrap(), "a");
    assert_eq!(told("a", "alone", ChainOptions::default()), None);
    assert_eq!(told("alone", "a", ChainOptions::default()), None);
}
