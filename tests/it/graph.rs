//! The tables' order and invariants, and petgraph's algorithms on a walk.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::algo::{
    connected_components, dijkstra, is_cyclic_directed, kosaraju_scc, page_rank, tarjan_scc,
    toposort,
};
use petgraph::graph::DiGraph;
use petgraph::visit::{Bfs, Dfs, EdgeRef, IntoEdges, IntoEdgesDirected, Reversed};
use threadline::analysis::{ChainOptions, fewest_links};
use threadline::graph::{Selection, build};
use threadline::model::{Date, Draft, EventId, LinkId, NONE};
use threadline::{ErrorKind, EventGraph};

use crate::fixture::{built, data, topics};
use crate::random::{random_draft, random_graph};

/// Graphs of several shapes, and our own archive.
fn graphs() -> Vec<(String, EventGraph)> {
    let mut graphs =
        vec![("empty".to_owned(), EventGraph::empty()), ("data/".to_owned(), built(&data()).0)];
    for seed in 0..10 {
        for links in [0, 20, 60, 200] {
            graphs.push((format!("seed {seed}, {links} links"), random_graph(40, links, seed)));
        }
    }
    graphs
}

/// The same graph as petgraph keeps one.
fn copy(graph: &EventGraph) -> DiGraph<EventId, LinkId> {
    let mut copy = DiGraph::new();
    let nodes: Vec<_> = graph.events().map(|event| copy.add_node(event)).collect();
    for id in graph.links() {
        let link = graph.link(id).unwrap();
        copy.add_edge(nodes[link.source.index()], nodes[link.target.index()], id);
    }
    copy
}

#[test]
fn rows_are_in_their_order() {
    for (name, graph) in graphs() {
        let order =
            |event: EventId| (graph.date(event).is_none(), graph.date(event), graph.key(event));
        assert!(graph.events().map(order).is_sorted(), "{name}: events");
        let links: Vec<_> = graph.links().map(|id| graph.link(id).unwrap()).collect();
        assert!(links.iter().map(|link| (link.source, link.rank)).is_sorted(), "{name}: links");
        assert!(topics(&graph).is_sorted_by(|a, b| a < b), "{name}: topics");
        for event in graph.events() {
            assert!(graph.topics(event).is_sorted_by(|a, b| a < b), "{name}: topics of {event:?}");
        }
        for table in [&graph.tables().sources.event, &graph.tables().revisions.event] {
            assert!(table.is_sorted(), "{name}: what belongs to events");
        }
    }
}

#[test]
fn a_topic_is_one_that_something_bears() {
    for (name, graph) in graphs() {
        let borne: BTreeSet<_> = graph.events().flat_map(|event| graph.topics(event)).collect();
        assert_eq!(borne.len(), graph.topic_count(), "{name}");
    }
}

#[test]
fn an_event_bears_the_topics_of_its_day_its_lead_and_its_links() {
    for seed in 0..20 {
        let draft = random_draft(40, 80, seed);
        let mut expected: Vec<BTreeSet<String>> = vec![BTreeSet::new(); 40];
        let name = |topic: u32| draft.topics.get(topic).to_owned();
        for &(event, topic) in &draft.event_topics {
            expected[event as usize].insert(name(topic));
        }
        for (event, &lead) in draft.events.lead_topic.iter().enumerate() {
            expected[event].extend((lead != NONE).then(|| name(lead)));
        }
        let links = &draft.links;
        for link in (0..links.source.len()).filter(|&link| links.context[link] != NONE) {
            let range = draft.contexts[links.context[link] as usize].clone();
            let context = &draft.context_topics[range.start as usize..range.end as usize];
            for end in [links.source[link], links.target[link]] {
                expected[end as usize].extend(context.iter().map(|&topic| name(topic)));
            }
        }
        let keys: Vec<_> = draft.events.key.iter().map(str::to_owned).collect();
        let graph = build(draft).unwrap();
        for event in graph.events() {
            let row = keys.iter().position(|key| key == graph.key(event)).unwrap();
            let found: BTreeSet<_> =
                graph.topics(event).map(|topic| graph.topic_name(topic).to_owned()).collect();
            assert_eq!(found, expected[row], "seed {seed}, {}", graph.key(event));
        }
    }
}

#[test]
fn in_links_are_the_links_that_lead_there() {
    for (name, graph) in graphs() {
        let walk = graph.walk().unwrap();
        for event in graph.events() {
            let all = || graph.links().map(|id| graph.link(id).unwrap());
            let into: Vec<_> = all().filter(|l| l.target == event).map(|l| l.id).collect();
            let out: Vec<_> = all().filter(|l| l.source == event).map(|l| l.id).collect();
            assert_eq!(walk.in_links(event).collect::<Vec<_>>(), into, "{name}");
            assert_eq!(walk.out_links(event).collect::<Vec<_>>(), out, "{name}");
            assert_eq!(walk.degree(event), into.len() + out.len(), "{name}");
            let near: Vec<_> = walk.neighbours(event).collect();
            let mut expected: Vec<_> = out.iter().map(|&link| walk.target(link)).collect();
            expected.extend(into.iter().map(|&link| walk.source(link)));
            assert_eq!(near, expected, "{name}");
        }
    }
}

#[test]
fn topics_are_found_by_name() {
    let (graph, _) = built(&data());
    for id in 0..graph.topic_count() as u32 {
        let topic = threadline::model::TopicId(id);
        assert_eq!(graph.find_topic(graph.topic_name(topic)), Some(topic));
    }
    for name in ["", "no such topic", "\u{10ffff}"] {
        assert_eq!(graph.find_topic(name), None);
    }
}

#[test]
fn a_draft_whose_tables_do_not_fit_together_is_refused() {
    /// Something wrong with a draft.
    type Spoil = fn(&mut Draft);
    const FAR: u32 = 1_000_000;
    let lengths: [Spoil; 8] = [
        |draft| _ = draft.events.key.push("one more"),
        |draft| _ = draft.events.page.push("one more"),
        |draft| draft.events.lead_topic.clear(),
        |draft| draft.links.target.push(0),
        |draft| draft.links.rank.clear(),
        |draft| draft.links.context.clear(),
        |draft| draft.sources.event.push(0),
        |draft| draft.revisions.event.push(0),
    ];
    let rows: [Spoil; 9] = [
        |draft| draft.links.source[0] = FAR,
        |draft| draft.links.target[0] = NONE,
        |draft| draft.links.context[0] = FAR,
        |draft| draft.events.lead_topic[0] = FAR,
        |draft| draft.contexts.push(0..FAR),
        #[expect(clippy::reversed_empty_ranges, reason = "what makes no sense is refused")]
        |draft| draft.contexts.push(1..0),
        |draft| draft.context_topics[0] = NONE,
        |draft| draft.event_topics.push((FAR, 0)),
        |draft| draft.event_topics.push((0, FAR)),
    ];
    let told = |spoil: Spoil| {
        let mut draft = random_draft(10, 20, 1);
        spoil(&mut draft);
        let error = build(draft).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        error.to_string()
    };
    for (n, spoil) in lengths.into_iter().enumerate() {
        let message = told(spoil);
        assert!(message.ends_with(" are not of one length"), "{n}: {message}");
    }
    for (n, spoil) in rows.into_iter().enumerate() {
        let message = told(spoil);
        assert!(message.ends_with(" that is not there"), "{n}: {message}");
    }
}

#[test]
fn equal_dates_are_in_order_of_their_keys_and_unknown_ones_last() {
    let mut draft = Draft::default();
    for (key, date) in [
        ("b", Some((9999, 12, 31))),
        ("z", None),
        ("c", Some((1, 1, 1))),
        ("a", Some((9999, 12, 31))),
    ] {
        draft.events.key.push(key);
        draft.events.date.push(date.and_then(|(y, m, d)| Date::new(y, m, d)));
        draft.events.title.push("");
        draft.events.summary.push("");
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push("");
    }
    let graph = build(draft).unwrap();
    let keys: Vec<_> = graph.events().map(|event| graph.key(event)).collect();
    assert_eq!(keys, ["c", "a", "b", "z"]);
}

#[test]
fn petgraphs_components_and_cycles() {
    for (name, graph) in graphs() {
        let (walk, copy) = (graph.walk().unwrap(), copy(&graph));
        assert_eq!(connected_components(walk), connected_components(&copy), "{name}");
        assert_eq!(is_cyclic_directed(walk), is_cyclic_directed(&copy), "{name}");
        let sorted = |groups: Vec<Vec<EventId>>| -> BTreeSet<BTreeSet<EventId>> {
            groups.into_iter().map(|group| group.into_iter().collect()).collect()
        };
        let theirs = kosaraju_scc(&copy).into_iter();
        let theirs = theirs.map(|group| group.into_iter().map(|node| copy[node]).collect());
        let theirs = sorted(theirs.collect());
        assert_eq!(sorted(kosaraju_scc(walk)), theirs, "{name}");
        assert_eq!(sorted(tarjan_scc(walk)), theirs, "{name}");
    }
}

#[test]
fn petgraphs_order_of_events_without_circles() {
    // Links that lead back in time only: no circles.
    for seed in 0..10 {
        let graph = random_graph(40, 80, seed);
        let mut draft = random_draft(40, 80, seed);
        let date = |row: u32| {
            let key = draft.events.key.get(row);
            graph.events().find(|&event| graph.key(event) == key).unwrap()
        };
        for link in 0..draft.links.source.len() {
            let (source, target) = (draft.links.source[link], draft.links.target[link]);
            if date(source) < date(target) {
                draft.links.source[link] = target;
                draft.links.target[link] = source;
            } else if source == target {
                draft.links.target[link] = (source + 1) % 40;
                if date(source) < date((source + 1) % 40) {
                    draft.links.source[link] = (source + 1) % 40;
                    draft.links.target[link] = source;
                }
            }
        }
        let graph = build(draft).unwrap();
        let walk = graph.walk().unwrap();
        let order = toposort(walk, None).unwrap();
        let place = |event: EventId| order.iter().position(|&other| other == event).unwrap();
        assert_eq!(order.len(), 40);
        for id in graph.links() {
            let link = graph.link(id).unwrap();
            assert!(place(link.source) < place(link.target), "seed {seed}, {link:?}");
        }
    }
}

#[test]
fn petgraphs_distances_are_the_chains_lengths() {
    let directed = ChainOptions { directed: true, ..ChainOptions::default() };
    for (name, graph) in graphs() {
        let walk = graph.walk().unwrap();
        let all = Selection::all(&graph);
        for from in graph.events().step_by(7) {
            let distance = dijkstra(walk, from, None, |_| 1_usize);
            for to in graph.events() {
                let chain = fewest_links(&graph, from, to, &all, directed).unwrap();
                let length = chain.map(|chain| chain.hops.len());
                assert_eq!(length, distance.get(&to).copied(), "{name}, {from:?} to {to:?}");
            }
        }
    }
}

#[test]
fn petgraphs_traversals_and_ranks() {
    for (name, graph) in graphs() {
        let (walk, copy) = (graph.walk().unwrap(), copy(&graph));
        for from in graph.events().step_by(5) {
            let node = petgraph::graph::NodeIndex::new(from.index());
            let mut theirs = BTreeSet::new();
            let mut search = Bfs::new(&copy, node);
            while let Some(node) = search.next(&copy) {
                theirs.insert(copy[node]);
            }
            let (mut broad, mut deep) = (BTreeSet::new(), BTreeSet::new());
            let mut search = Bfs::new(walk, from);
            while let Some(event) = search.next(walk) {
                assert!(broad.insert(event), "{name}: {event:?} comes twice");
            }
            let mut search = Dfs::new(walk, from);
            while let Some(event) = search.next(walk) {
                deep.insert(event);
            }
            assert_eq!(broad, theirs, "{name}");
            assert_eq!(deep, theirs, "{name}");
            // Against the links, those that reach `from`.
            let mut back = Bfs::new(Reversed(walk), from);
            while let Some(event) = back.next(Reversed(walk)) {
                let all = Selection::all(&graph);
                let options = ChainOptions { directed: true, ..ChainOptions::default() };
                let chain = fewest_links(&graph, event, from, &all, options).unwrap();
                assert!(chain.is_some(), "{name}");
            }
        }
    }
    let graph = random_graph(40, 120, 3);
    let ours = page_rank(graph.walk().unwrap(), 0.85_f64, 20);
    let theirs = page_rank(&copy(&graph), 0.85_f64, 20);
    assert_eq!(ours, theirs);
}

#[test]
fn edges_both_ways_have_their_ends_and_ranks() {
    for (name, graph) in graphs() {
        let walk = graph.walk().unwrap();
        for event in graph.events() {
            for edge in walk.edges(event) {
                let link = graph.link(edge.id()).unwrap();
                assert_eq!((edge.source(), edge.target()), (event, link.target), "{name}");
                assert_eq!(*edge.weight(), link.rank, "{name}");
            }
            for edge in walk.edges_directed(event, Direction::Incoming) {
                assert_eq!(edge.target(), event, "{name}");
            }
        }
    }
}
