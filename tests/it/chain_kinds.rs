//! The best chains by each meaning, held against all simple paths of small
//! random graphs.

use std::collections::BTreeSet;

use threadline::EventGraph;
use threadline::analysis::{By, Chain, ChainOptions, ChainSearch, Order, chain};
use threadline::answers::{ChainQuestion, Select, Ways, ways_between};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::{EventId, LinkId, TopicId};

use crate::random::{Random, random_graph};

/// What an option set allows from one event to the next: the links.
fn links(graph: &EventGraph, options: ChainOptions<'_>, a: EventId, b: EventId) -> Vec<LinkId> {
    let dates = (graph.date(a), graph.date(b));
    let in_order = match options.order {
        Order::Any => true,
        Order::Forward => dates.0.is_some() && dates.1.is_some() && dates.0 <= dates.1,
        Order::Backward => dates.0.is_some() && dates.1.is_some() && dates.0 >= dates.1,
    };
    let without = options.without.contains(&a) || options.without.contains(&b);
    if !in_order || without || a == b {
        return Vec::new();
    }
    let ties = |id: &LinkId| {
        let link = graph.link(*id).unwrap();
        let ends = (link.source, link.target);
        (ends == (a, b) || (!options.directed && ends == (b, a)))
            && !graph.link_topics(*id).any(|topic| options.avoid.contains(&topic))
    };
    graph.links().filter(ties).collect()
}

/// All simple paths between two events of at most so many links.
fn paths(
    next: &dyn Fn(EventId) -> Vec<EventId>,
    path: &mut Vec<EventId>,
    to: EventId,
    most: usize,
    found: &mut Vec<Vec<EventId>>,
) {
    let here = path[path.len() - 1];
    if here == to {
        found.push(path.clone());
        return;
    }
    if path.len() > most {
        return;
    }
    for event in next(here) {
        if !path.contains(&event) {
            path.push(event);
            paths(next, path, to, most, found);
            path.pop();
        }
    }
}

/// A graph's hops, worked out once.
struct Hops(Vec<Vec<Option<f64>>>);

/// What a link is worth: its strength, by coherent with what its events share.
fn worth(graph: &EventGraph, by: By, link: LinkId) -> f64 {
    let strengths = graph.strengths().unwrap();
    let strength = strengths.of(link);
    if by != By::Coherent || strengths.is_uniform() {
        return strength;
    }
    let ends = graph.link(link).unwrap();
    let topics = |event| graph.topics(event).collect::<BTreeSet<TopicId>>();
    let (a, b) = (topics(ends.source), topics(ends.target));
    let sum = |topics: &mut dyn Iterator<Item = &TopicId>| {
        topics.map(|&topic| strengths.information(topic)).fold(0.0, |a, b| a + b)
    };
    let (both, either) = (sum(&mut a.intersection(&b)), sum(&mut a.union(&b)));
    let share = if either > 0.0 { both / either } else { 0.0 };
    (strength * share).sqrt().max(1e-9)
}

impl Hops {
    fn new(graph: &EventGraph, options: ChainOptions<'_>, selection: &Selection) -> Self {
        let strength = |a: EventId, b: EventId| {
            let allowed = selection.contains(a) && selection.contains(b);
            let links = if allowed { links(graph, options, a, b) } else { Vec::new() };
            links.into_iter().map(|link| worth(graph, options.by, link)).reduce(f64::max)
        };
        Self(graph.events().map(|a| graph.events().map(|b| strength(a, b)).collect()).collect())
    }

    fn of(&self, a: EventId, b: EventId) -> Option<f64> {
        self.0[a.index()][b.index()]
    }

    /// All simple paths, with their strengths.
    fn paths(&self, from: EventId, to: EventId, most: usize) -> Vec<(Vec<EventId>, Vec<f64>)> {
        let next = |a: EventId| {
            let all = (0..self.0.len() as u32).map(EventId);
            all.filter(|&b| self.of(a, b).is_some()).collect()
        };
        let mut found = Vec::new();
        paths(&next, &mut vec![from], to, most, &mut found);
        let strengths = |path: &Vec<EventId>| {
            path.windows(2).map(|pair| self.of(pair[0], pair[1]).unwrap()).collect()
        };
        found.into_iter().map(|path| (strengths(&path), path)).map(|(s, path)| (path, s)).collect()
    }
}

/// What docs/analysis.md says a link costs, in millionths.
fn cost(strengths: &[f64]) -> u64 {
    strengths.iter().map(|&s| ((0.5 - libm::log(s)) * 1e6) as u64).sum()
}

fn weakest(strengths: &[f64]) -> f64 {
    strengths.iter().copied().fold(1.0, f64::min)
}

/// The best of all simple paths by the words of docs/analysis.md.
fn best(
    hops: &Hops,
    from: EventId,
    to: EventId,
    options: ChainOptions<'_>,
) -> Option<Vec<EventId>> {
    let most = options.max_links.map_or(usize::MAX, |most| most as usize);
    let all = hops.paths(from, to, most.min(9));
    let fewest = all.iter().map(|path| path.1.len()).min()?;
    let found = match options.by {
        By::Fewest => all.into_iter().min_by_key(|(path, s)| (s.len(), path.clone())),
        By::Closest => all.into_iter().min_by_key(|(path, s)| (cost(s), path.clone())),
        By::Strongest | By::Coherent => {
            let budget = options.max_links.map_or(fewest + 3, |most| most as usize);
            let fits = all.into_iter().filter(|(_, s)| s.len() <= budget);
            fits.min_by(|(a, s), (b, t)| {
                weakest(t)
                    .total_cmp(&weakest(s))
                    .then_with(|| match options.by {
                        By::Coherent => std::cmp::Ordering::Equal,
                        _ => s.len().cmp(&t.len()),
                    })
                    .then(cost(s).cmp(&cost(t)))
                    .then(a.cmp(b))
            })
        }
    };
    found.map(|(path, _)| path)
}

fn compare(graph: &EventGraph, selection: &Selection, options: ChainOptions<'_>, place: &str) {
    let hops = Hops::new(graph, options, selection);
    let mut search = ChainSearch::new(graph, selection, options).unwrap();
    for from in graph.events() {
        for to in graph.events().filter(|&to| to != from) {
            let found = search.chain(from, to).unwrap();
            let events = found.as_ref().map(|chain| chain.events.clone());
            let expected = best(&hops, from, to, options);
            assert_eq!(events, expected, "{place}, {from:?} to {to:?}, {options:?}");
            if let Some(chain) = found {
                evidence_holds(graph, &chain, options);
            }
        }
    }
}

fn evidence_holds(graph: &EventGraph, chain: &Chain, options: ChainOptions<'_>) {
    for (hop, pair) in chain.hops.iter().zip(chain.events.windows(2)) {
        let mut named: Vec<LinkId> = hop.links.iter().map(|link| link.id).collect();
        named.sort_unstable();
        assert_eq!(named, links(graph, options, pair[0], pair[1]));
    }
}

#[test]
fn the_best_of_all_paths_12_18() {
    for seed in 0..12 {
        let graph = random_graph(12, 18, seed);
        for &by in By::ALL {
            for directed in [false, true] {
                let options = ChainOptions { by, directed, ..ChainOptions::default() };
                compare(&graph, &Selection::all(&graph), options, &format!("seed {seed}"));
            }
        }
    }
}

#[test]
fn the_best_within_a_budget_10_22() {
    for seed in 0..8 {
        let graph = random_graph(10, 22, seed);
        for &by in By::ALL {
            for max_links in 0..6 {
                let max_links = Some(max_links);
                let options = ChainOptions { by, max_links, ..ChainOptions::default() };
                compare(&graph, &Selection::all(&graph), options, &format!("seed {seed}"));
            }
        }
    }
}

#[test]
fn the_best_in_time_and_around_what_is_avoided_12_24() {
    for seed in 0..8 {
        let graph = random_graph(12, 24, seed);
        let mut random = Random(seed);
        let avoid = [TopicId(random.below(9) as u32)];
        let without = [EventId(random.below(12) as u32)];
        let only = graph.events().filter(|_| random.chance(80)).collect();
        let some = SelectOptions { only: Some(only), ..SelectOptions::default() };
        let some = Selection::new(&graph, &some).unwrap();
        for &by in By::ALL {
            for order in [Order::Forward, Order::Backward] {
                let options = ChainOptions { by, order, ..ChainOptions::default() };
                compare(&graph, &Selection::all(&graph), options, &format!("seed {seed}"));
            }
            let options = ChainOptions { by, avoid: &avoid, ..ChainOptions::default() };
            compare(&graph, &some, options, &format!("seed {seed}"));
            let options = ChainOptions { by, without: &without, ..ChainOptions::default() };
            compare(&graph, &some, options, &format!("seed {seed}"));
        }
    }
}

#[test]
fn an_event_and_itself() {
    let graph = random_graph(12, 24, 1);
    for &by in By::ALL {
        let options = ChainOptions { by, ..ChainOptions::default() };
        let one = chain(&graph, EventId(3), EventId(3), &Selection::all(&graph), options).unwrap();
        assert_eq!(one.unwrap().events, [EventId(3)]);
    }
}

/// Of the inner events of the shorter chain at most half are in the other.
fn differ(a: &[EventId], b: &[EventId]) -> bool {
    let inner = |chain: &[EventId]| chain[1..chain.len() - 1].to_vec();
    let (a, b) = (inner(a), inner(b));
    2 * a.iter().filter(|event| b.contains(event)).count() <= a.len().min(b.len())
}

/// All simple paths by rank, and of these those that differ from all kept.
#[test]
fn alternatives_are_the_best_that_differ_9_15() {
    for seed in 0..10 {
        let graph = random_graph(9, 15, seed);
        let all = Selection::all(&graph);
        for &by in By::ALL {
            let options = ChainOptions { by, ..ChainOptions::default() };
            let hops = Hops::new(&graph, options, &all);
            let mut search = ChainSearch::new(&graph, &all, options).unwrap();
            for from in graph.events() {
                for to in graph.events().filter(|&to| to != from) {
                    let expected = slow_alternatives(&hops, from, to, by, 4);
                    let found = search.chains(from, to, 4).unwrap();
                    let found: Vec<_> = found.into_iter().map(|chain| chain.events).collect();
                    assert_eq!(found, expected, "seed {seed}, {by:?}, {from:?} to {to:?}");
                }
            }
        }
    }
}

fn slow_alternatives(
    hops: &Hops,
    from: EventId,
    to: EventId,
    by: By,
    k: usize,
) -> Vec<Vec<EventId>> {
    let mut all = hops.paths(from, to, 9);
    let fewest = all.iter().map(|path| path.1.len()).min().unwrap_or(0);
    if matches!(by, By::Strongest | By::Coherent) {
        all.retain(|path| path.1.len() <= fewest + 3);
    }
    let weak = |s: &[f64]| u64::MAX - weakest(s).to_bits();
    all.sort_by_key(|(path, s)| {
        let numbers = match by {
            By::Fewest => (0, s.len() as u64, 0),
            By::Closest => (0, 0, cost(s)),
            By::Strongest => (weak(s), s.len() as u64, cost(s)),
            By::Coherent => (weak(s), 0, cost(s)),
        };
        (numbers, path.clone())
    });
    let mut kept: Vec<Vec<EventId>> = Vec::new();
    for (path, _) in all {
        if kept.len() < k && kept.iter().all(|kept| differ(kept, &path)) {
            kept.push(path);
        }
    }
    kept
}

/// What one question answers is what many at once answer, on any number of threads.
#[test]
fn many_pairs_are_answered_like_each_alone() {
    let graph = random_graph(60, 150, 11);
    let key = |event: EventId| graph.key(event).to_owned();
    let ends = graph.events().zip(graph.events().skip(1));
    let pairs: Vec<(String, String)> = ends.map(|(a, b)| (key(a), key(b))).collect();
    let told = |ways: Ways| ways.to_json(&graph).unwrap();
    for &by in By::ALL {
        let asked = ChainQuestion { by, chains: 2, ..ChainQuestion::default() };
        let alone: Vec<String> = pairs
            .iter()
            .map(|(from, to)| {
                let asked = asked.clone().between(from, to);
                let answer =
                    threadline::answers::chain(&graph, &Select::default(), &asked).unwrap();
                serde_json::to_string(&answer.record(&graph)).unwrap()
            })
            .collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let found = pool.install(|| ways_between(&graph, &Select::default(), &pairs, &asked));
            let found: Vec<String> = found.unwrap().into_iter().map(told).collect();
            assert_eq!(found, alone, "by {}, {threads} threads", by.name());
        }
    }
    let twice = [(key(EventId(0)), key(EventId(1))), (key(EventId(2)), key(EventId(2)))];
    let asked = ChainQuestion { avoid: vec![key(EventId(7))], ..ChainQuestion::default() };
    let found = ways_between(&graph, &Select::default(), &twice, &asked).unwrap();
    assert_eq!(found[1].ways, [[EventId(2)]]);
    let itself: serde_json::Value =
        serde_json::from_str(&found[1].to_json(&graph).unwrap()).unwrap();
    assert_eq!((&itself["chains"][0]["length"], &itself["reason"]), (&0.into(), &().into()));
    let asked = ChainQuestion { avoid: vec![key(EventId(2))], ..asked };
    let error = ways_between(&graph, &Select::default(), &twice, &asked).unwrap_err().to_string();
    assert!(error.starts_with("pair 2: ") && error.contains("an end of the chain"), "{error}");
}

#[test]
fn no_chains_or_too_many_are_refused() {
    let graph = random_graph(9, 15, 1);
    let all = Selection::all(&graph);
    let mut search = ChainSearch::new(&graph, &all, ChainOptions::default()).unwrap();
    for k in [0, 101, usize::MAX] {
        assert!(search.chains(EventId(0), EventId(1), k).is_err());
    }
}
