//! The questions, on a random graph of 100,000 events and 400,000 links.

#[expect(dead_code, reason = "this bench uses some of it")]
#[path = "shared/made.rs"]
mod made;

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use threadline::EventGraph;
use threadline::analysis::{
    BetweennessOptions, BurstOptions, By, ChainOptions, ChainSearch, DistanceOptions,
    LayoutOptions, LeidenOptions, PageRankOptions, StoryOptions, ThreadOptions, Ties,
    TimelineOptions, TopicBase, Weight, betweenness, bursts, components, distances,
    distinctive_topics, find_event, layout, leiden, pagerank, search, stories, summarise, thread,
    timeline, topic_rows, topic_ties,
};
use threadline::graph::Selection;
use threadline::model::{EventId, TopicId};

fn main() {
    divan::main();
}

static GRAPH: LazyLock<EventGraph> = LazyLock::new(|| made::graph(100_000, 400_000, 1));

#[divan::bench(max_time = 2)]
fn connected_components(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.bench(|| components(&GRAPH, &all));
}

#[divan::bench(max_time = 5)]
fn communities(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let strengths = GRAPH.strengths().expect("a graph that was just made is whole");
    let ties = Ties::of_links(&strengths, &all, Weight::None);
    bencher.bench(|| leiden(&ties, &all, LeidenOptions::default()));
}

#[divan::bench(max_time = 3)]
fn chains_of_100_pairs(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let mut random = made::Random(2);
    let mut event = || EventId(random.below(GRAPH.event_count() as u64) as u32);
    let pairs: Vec<_> = (0..100).map(|_| (event(), event())).collect();
    let by_fewest = ChainOptions { by: By::Fewest, ..ChainOptions::default() };
    let mut search =
        ChainSearch::new(&GRAPH, &all, by_fewest).expect("a graph that was just made is whole");
    bencher
        .counter(ItemsCount::new(pairs.len()))
        .bench_local(|| pairs.iter().filter(|&&(from, to)| search.way(from, to).is_some()).count());
}

/// As a notebook asks: the graph was asked before.
#[divan::bench(args = [1, 100, 1000], max_time = 2)]
fn distances_of_pairs(bencher: Bencher<'_, '_>, count: usize) {
    let all = Selection::all(&GRAPH);
    let mut random = made::Random(2);
    let mut event = || EventId(random.below(GRAPH.event_count() as u64) as u32);
    let pairs: Vec<_> = (0..1000).map(|_| (event(), event())).collect();
    let asked = |pairs: &[_]| distances(&GRAPH, pairs, &all, DistanceOptions::default());
    asked(&pairs).expect("a graph that was just made is whole");
    bencher.counter(ItemsCount::new(count)).bench_local(|| asked(&pairs[..count]));
}

/// Ten of the same pairs by each other meaning.
#[divan::bench(args = [By::Closest, By::Strongest, By::Coherent], max_time = 3)]
fn chains_of_10_pairs_by(bencher: Bencher<'_, '_>, by: By) {
    let all = Selection::all(&GRAPH);
    let options = ChainOptions { by, ..ChainOptions::default() };
    let mut search = ChainSearch::new(&GRAPH, &all, options).expect("a whole graph");
    let mut random = made::Random(2);
    let mut event = || EventId(random.below(GRAPH.event_count() as u64) as u32);
    let pairs: Vec<_> = (0..10).map(|_| (event(), event())).collect();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| {
        let chains = pairs.iter().map(|&(from, to)| search.chain(from, to));
        chains.filter(|chain| matches!(chain, Ok(Some(_)))).count()
    });
}

#[divan::bench(max_time = 2)]
fn thread_of_an_event(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let event = GRAPH.events().nth(GRAPH.event_count() / 2).expect("there are events");
    bencher.bench(|| thread(&GRAPH, event, &all, ThreadOptions::default()));
}

/// A word of about half of the titles.
#[divan::bench(max_time = 2)]
fn search_common_word(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.counter(titles()).bench(|| search(&GRAPH, "Orbit", &all, 20));
}

/// A word of one title.
#[divan::bench(max_time = 2)]
fn search_rare_word(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.counter(titles()).bench(|| search(&GRAPH, "98765", &all, 20));
}

#[divan::bench(max_time = 2)]
fn find_event_by_key(bencher: Bencher<'_, '_>) {
    bencher.counter(titles()).bench(|| find_event(&GRAPH, "news/event-000098765"));
}

#[divan::bench(max_time = 2)]
fn timeline_that_fits(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.bench(|| timeline(&GRAPH, &all, TimelineOptions { period: None }));
}

/// Rows of all topics, and the bursts of each.
#[divan::bench(max_time = 3)]
fn bursts_of_all_topics(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let options = BurstOptions { scaling: 1.2, ..BurstOptions::default() };
    bencher.bench(|| bursts(&GRAPH, &topic_rows(&GRAPH, &all), &all, options));
}

#[divan::bench(max_time = 3)]
fn rank_by_pagerank(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.bench(|| pagerank(&GRAPH, &all, PageRankOptions::default()));
}

#[divan::bench(max_time = 5)]
fn rank_by_sampled_betweenness(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let options = BetweennessOptions { error: 0.1, ..BetweennessOptions::default() };
    bencher.bench(|| betweenness(&GRAPH, &all, options));
}

#[divan::bench(max_time = 5)]
fn rank_1000_events_by_exact_betweenness(bencher: Bencher<'_, '_>) {
    let graph = made::graph(1_000, 4_000, 1);
    let all = Selection::all(&graph);
    bencher.bench(|| betweenness(&graph, &all, BetweennessOptions::default()));
}

#[divan::bench(max_time = 2)]
fn topics_of_a_tenth_of_the_events(bencher: Bencher<'_, '_>) {
    let base = TopicBase::new(&GRAPH, &Selection::all(&GRAPH));
    let events: Vec<EventId> = GRAPH.events().step_by(10).collect();
    bencher.bench(|| distinctive_topics(&GRAPH, &events, &base));
}

#[divan::bench(max_time = 2)]
fn what_ties_two_topics(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.bench(|| topic_ties(&GRAPH, &all, &[TopicId(3)], &[TopicId(9)]));
}

/// Ten steps of a layout, with the communities that it begins from.
#[divan::bench(max_time = 5)]
fn layout_of_10_steps(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    let options = LayoutOptions { steps: Some(10), ..LayoutOptions::default() };
    bencher.bench(|| layout(&GRAPH, &all, options));
}

#[divan::bench(max_time = 3)]
fn summary(bencher: Bencher<'_, '_>) {
    let all = Selection::all(&GRAPH);
    bencher.bench(|| summarise(&GRAPH, &all));
}

fn titles() -> ItemsCount {
    ItemsCount::new(GRAPH.event_count())
}

/// The story graph, its communities at two levels, and their names.
#[divan::bench(max_time = 3)]
fn stories_of_all(bencher: Bencher<'_, '_>) {
    bencher.bench(|| stories(&GRAPH, StoryOptions::default()).map(|found| found.len()));
}
