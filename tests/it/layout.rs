//! Layouts: linked events are near, none flies away, and nothing depends on
//! the number of threads.

use threadline::EventGraph;
use threadline::analysis::{
    Layout, LayoutOptions, Places, StoryOptions, Weight, lane_order, layout, stories, time_layout,
};
use threadline::graph::{SelectOptions, Selection, build};
use threadline::model::{Date, Draft, EventId, NONE};

use crate::fixture::{built, data};
use crate::random::{Random, random_graph};
use crate::torture::graphs;

/// A graph of events with these links, a day after the other.
fn linked(events: usize, links: &[(usize, usize)]) -> EventGraph {
    let mut draft = Draft::default();
    for n in 0..events {
        draft.events.key.push(&format!("e{n:06}"));
        draft.events.date.push(Date::from_days(n as i32));
        draft.events.title.push(&format!("Event {n}"));
        draft.events.summary.push("");
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push("");
    }
    draft.contexts.push(0..0);
    for &(source, target) in links {
        draft.links.source.push(source as u32);
        draft.links.target.push(target as u32);
        draft.links.rank.push(1);
        draft.links.context.push(0);
        draft.links.line.push(0);
    }
    build(draft).unwrap()
}

/// Communities of 25 events, with many links inside and few between.
fn planted(communities: usize, seed: u64) -> EventGraph {
    let mut random = Random(seed);
    let events = communities * 25;
    let mut links = Vec::new();
    for n in 0..events {
        let home = n / 25 * 25;
        links.extend((0..4).map(|_| (n, home + random.below(25))));
        if random.chance(20) {
            links.push((n, random.below(events)));
        }
    }
    linked(events, &links)
}

fn placed(graph: &EventGraph) -> Layout {
    layout(graph, &Selection::all(graph), LayoutOptions::default()).unwrap()
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

/// All events have a place, and no two the same.
#[track_caller]
fn sound(graph: &EventGraph, places: &Layout) {
    let mut all: Vec<[u64; 2]> =
        places.all().map(|(_, [x, y])| [x.to_bits(), y.to_bits()]).collect();
    assert_eq!(all.len(), graph.event_count(), "events without a place");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), graph.event_count(), "events one upon the other");
}

#[test]
fn communities_are_nearer_inside_than_between() {
    for seed in [1, 2, 3] {
        let graph = planted(12, seed);
        let places = placed(&graph);
        sound(&graph, &places);
        let at = |n: usize| places.of(EventId(n as u32)).unwrap();
        let (mut inside, mut between) = ((0.0, 0), (0.0, 0));
        for a in 0..graph.event_count() {
            for b in 0..a {
                let sum = if a / 25 == b / 25 { &mut inside } else { &mut between };
                sum.0 += distance(at(a), at(b));
                sum.1 += 1;
            }
        }
        let (inside, between) = (inside.0 / f64::from(inside.1), between.0 / f64::from(between.1));
        assert!(inside * 2.0 < between, "seed {seed}: {inside} inside, {between} between");
    }
}

#[test]
fn the_same_with_any_number_of_threads() {
    let graph = random_graph(1_500, 4_000, 5);
    let all = Selection::all(&graph);
    let stories = stories(&graph, StoryOptions::default()).unwrap();
    let by_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let options = LayoutOptions { steps: Some(12), ..LayoutOptions::default() };
        let force = pool.install(|| layout(&graph, &all, options).unwrap());
        let time = pool.install(|| time_layout(&graph, &all, &|e| stories.of(e)).unwrap());
        (force, time)
    };
    let one = by_threads(1);
    assert_eq!(one.0.all().count(), 1_500);
    for threads in [2, 5] {
        assert!(by_threads(threads) == one, "{threads} threads");
    }
}

#[test]
fn whatever_the_graph_is_every_event_has_a_place() {
    let cases = [
        ("empty", linked(0, &[])),
        ("one", linked(1, &[])),
        ("linked to itself", linked(2, &[(0, 0), (1, 1)])),
        ("two", linked(2, &[(0, 1), (1, 0)])),
        ("lone events", linked(10_000, &[])),
        ("a star", linked(300, &(1..300).map(|n| (0, n)).collect::<Vec<_>>())),
        ("a long chain", linked(500, &(1..500).map(|n| (n - 1, n)).collect::<Vec<_>>())),
        ("pairs", linked(600, &(0..300).map(|n| (2 * n, 2 * n + 1)).collect::<Vec<_>>())),
    ];
    let torture = graphs().into_iter().filter(|(name, _)| *name != "random");
    for (_, graph) in cases.into_iter().chain(torture) {
        let places = placed(&graph);
        sound(&graph, &places);
        for (lin_log, weight) in [(true, Weight::Strength), (false, Weight::None)] {
            let options = LayoutOptions { lin_log, weight, ..LayoutOptions::default() };
            sound(&graph, &layout(&graph, &Selection::all(&graph), options).unwrap());
        }
    }
}

/// The box around them is not much larger than they need.
#[test]
fn lone_events_do_not_fly_away() {
    let links: Vec<_> = (1..400).map(|n| (n, n / 3)).collect();
    let (alone, together) = (placed(&linked(400, &links)), placed(&linked(2_400, &links)));
    let size = |places: &Layout| {
        let (low, high) = places.bounds().unwrap();
        (high[0] - low[0]) * (high[1] - low[1])
    };
    // 2,000 cells of 30 by 30, and corners that are empty.
    let most = size(&alone) + 2.0 * 2_000.0 * 900.0;
    assert!(size(&together) < most, "{} of {}", size(&together), size(&alone));
}

#[test]
fn old_events_stay_and_new_ones_come_near() {
    let graph = planted(8, 4);
    let old = Selection::new(
        &graph,
        &SelectOptions {
            only: Some((0..200).filter(|n| n % 10 > 0).map(EventId).collect()),
            ..SelectOptions::default()
        },
    )
    .unwrap();
    let first = layout(&graph, &old, LayoutOptions::default()).unwrap();
    let from = first.by_key(&graph);
    let options = LayoutOptions { from: Some(&from), ..LayoutOptions::default() };
    let second = layout(&graph, &Selection::all(&graph), options).unwrap();
    sound(&graph, &second);
    for (event, place) in first.all() {
        assert_eq!(second.of(event), Some(place));
    }
    let (low, high) = first.bounds().unwrap();
    let wide = high[0] - low[0];
    for event in graph.events().filter(|event| event.0 % 10 == 0) {
        let home = event.index() / 25 * 25;
        let mates = (home..home + 25).map(|n| EventId(n as u32)).filter(|&mate| mate != event);
        let near = mates.map(|mate| distance(second.of(event).unwrap(), second.of(mate).unwrap()));
        let nearest = near.fold(f64::INFINITY, f64::min);
        assert!(nearest < wide / 5.0, "{event:?}: {nearest} of {wide}");
    }
}

/// Places as a file may hold them.
#[test]
fn strange_old_places_do_no_harm() {
    let graph = planted(4, 1);
    let key = |n: u32| graph.key(EventId(n)).to_owned();
    let mut from = Places::new();
    from.extend((0..60).map(|n| (key(n), [3.0, 4.0])));
    from.insert(key(60), [f64::NAN, 0.0]);
    from.insert(key(61), [1e300, -1e300]);
    from.insert(key(62), [f64::INFINITY, 0.0]);
    from.insert("no such event".to_owned(), [1.0, 1.0]);
    let options = LayoutOptions { from: Some(&from), ..LayoutOptions::default() };
    let places = layout(&graph, &Selection::all(&graph), options).unwrap();
    assert_eq!(places.all().count(), graph.event_count());
    assert_eq!(places.of(EventId(0)), Some([3.0, 4.0]));
    let far = places.all().map(|(_, [x, y])| x.abs().max(y.abs())).fold(0.0, f64::max);
    assert!(far < 1e5, "{far}");
}

#[test]
fn a_theta_that_makes_no_sense_is_refused() {
    let graph = linked(2, &[(0, 1)]);
    for theta in [-1.0, 2.5, f64::NAN] {
        let options = LayoutOptions { theta, ..LayoutOptions::default() };
        assert!(layout(&graph, &Selection::all(&graph), options).is_err());
    }
}

#[test]
fn the_widest_is_from_left_to_right_and_late_is_right() {
    let graph = linked(200, &(1..200).map(|n| (n - 1, n)).collect::<Vec<_>>());
    let places = placed(&graph);
    let spread = |n: usize| places.all().map(|(_, at)| at[n] * at[n]).sum::<f64>();
    assert!(spread(0) > spread(1), "{} and {}", spread(0), spread(1));
    assert!(places.of(EventId(0)).unwrap()[0] < places.of(EventId(199)).unwrap()[0]);
}

/// How many pairs of links between lanes cross as straight lines.
fn crossings(links: &[([f64; 2], [f64; 2])]) -> usize {
    let side = |a: [f64; 2], b: [f64; 2], c: [f64; 2]| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let cross = |&(a, b): &([f64; 2], [f64; 2]), &(c, d): &([f64; 2], [f64; 2])| {
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    };
    (0..links.len())
        .map(|n| links[..n].iter().filter(|other| cross(&links[n], other)).count())
        .sum()
}

/// The links between events of different groups, with lanes in an order.
fn lines(
    graph: &EventGraph,
    order: &[usize],
    group: impl Fn(EventId) -> Option<usize>,
) -> Vec<([f64; 2], [f64; 2])> {
    let at = |event: EventId| {
        let lane = order.iter().position(|&lane| Some(lane) == group(event))?;
        Some([f64::from(graph.date(event)?.days()), lane as f64])
    };
    let ends = graph.links().filter_map(|link| graph.link(link));
    let ends = ends.filter_map(|link| Some((at(link.source)?, at(link.target)?)));
    ends.filter(|(a, b)| a[1] != b[1]).collect()
}

#[test]
fn lanes_are_ordered_so_that_few_links_cross() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let all = Selection::all(&graph);
    let time = time_layout(&graph, &all, &|event| found.of(event)).unwrap();
    sound(&graph, &time.layout);
    let order: Vec<usize> = time.lanes.iter().filter_map(|lane| lane.group).collect();
    let naive: Vec<usize> = (0..found.len()).collect();
    assert_eq!(order.len(), naive.len());
    let count = |order: &[usize]| crossings(&lines(&graph, order, |event| found.of(event)));
    let (better, before) = (count(&order), count(&naive));
    assert!(better * 10 < before * 9, "{better} crossings, {before} in the order of the numbers");
}

#[test]
fn groups_in_a_row_are_lanes_in_a_row() {
    // Each group is linked to the next one; their numbers are shuffled.
    let shuffled = [3, 7, 0, 5, 1, 6, 2, 4];
    let links: Vec<_> = shuffled.windows(2).map(|pair| (pair[0], pair[1], 2.0)).collect();
    let mut order = lane_order(8, &links);
    if order[0] != 3 {
        order.reverse();
    }
    assert_eq!(order, shuffled);
}

#[test]
fn events_of_a_day_stand_side_by_side() {
    let graph = built(&data()).0;
    let time = time_layout(&graph, &Selection::all(&graph), &|_| None).unwrap();
    sound(&graph, &time.layout);
    assert_eq!(time.lanes.len(), 1);
    let mut rows: Vec<_> = time.layout.all().map(|(_, [x, y])| (y as i64, x)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    for pair in rows.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        assert!(pair[0].1 + 20.0 <= pair[1].1, "{pair:?}");
    }
}
