//! How many links lie between two events, held against petgraph's Dijkstra.

use std::fs::File;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use serde_json::Value;
use threadline::EventGraph;
use threadline::analysis::{DistanceOptions, Standing, Untied, distances, standing, why_untied};
use threadline::analysis::{find_event, find_events};
use threadline::graph::{SelectOptions, Selection};
use threadline::model::EventId;

use crate::cli::{self, answer, json, refusal};
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
    let whole = Selection::all(graph);
    let linked = Oracle::new(graph, &whole, false);
    let linked: Vec<_> = pairs.iter().map(|&pair| linked.between(pair).is_some()).collect();
    for directed in [false, true] {
        let oracle = Oracle::new(graph, selection, directed);
        let far: Vec<_> =
            pairs.iter().map(|&pair| oracle.between(pair).filter(|_| selected(pair))).collect();
        let anywhere = Oracle::new(graph, &whole, directed);
        let why = |at: usize| match () {
            _ if !linked[at] => Untied::Unlinked,
            _ if !selected(pairs[at]) => Untied::NotSelected,
            _ if far[at].is_some() => Untied::MaxLinks,
            _ if anywhere.between(pairs[at]).is_some() => Untied::Selection,
            _ => Untied::Directed,
        };
        let reasons: Vec<_> = (0..pairs.len()).map(why).collect();
        for max_links in [None, Some(0), Some(1), Some(3)] {
            let options = DistanceOptions { directed, max_links };
            let found = distances(graph, &pairs, selection, options).unwrap();
            let within = |far: u32| max_links.is_none_or(|most| far <= most);
            let expected: Vec<_> = far.iter().map(|far| far.filter(|&far| within(far))).collect();
            assert_eq!(found, expected, "seed {seed}, {options:?}");
            let none = |at: &usize| found[*at].is_none();
            let untied: Vec<usize> = (0..pairs.len()).filter(none).collect();
            let asked: Vec<_> = untied.iter().map(|&at| pairs[at]).collect();
            let expected: Vec<_> = untied.iter().map(|&at| reasons[at]).collect();
            let why = why_untied(graph, &asked, selection, options).unwrap();
            assert_eq!(why, expected, "seed {seed}, {options:?}");
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

/// A graph is asked for a few pairs by its tables, for more by rows of neighbours:
/// one fresh graph after the other, from the first pair on.
#[test]
fn the_first_pairs_are_answered_as_the_later_ones() {
    for seed in 0..8 {
        let graph = random_graph(600, 900, seed);
        let all = Selection::all(&graph);
        let oracle = Oracle::new(&graph, &all, false);
        let mut random = Random(seed);
        let mut event = || EventId(random.below(600) as u32);
        for n in 0..40 {
            let pair = (event(), event());
            let found = distances(&graph, &[pair], &all, DistanceOptions::default()).unwrap();
            assert_eq!(found, [oracle.between(pair)], "seed {seed}, pair {n}: {pair:?}");
        }
    }
}

#[test]
fn rows_of_neighbours_are_those_of_the_walk() {
    for seed in 0..4 {
        let graph = random_graph(50, 80, seed);
        let walk = graph.walk().unwrap();
        for event in graph.events() {
            let walked: Vec<u32> = walk.neighbours(event).map(|other| other.0).collect();
            assert_eq!(walk.neighbours_in_rows().of(event), walked, "seed {seed}, {event:?}");
        }
    }
    let none = EventGraph::empty();
    let rows = none.walk().unwrap().neighbours_in_rows();
    assert!(none.events().all(|event| rows.of(event).is_empty()));
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
        pool.install(|| distances(&graph, &pairs, &all, options).unwrap())
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

const SPUTNIK: &str = "sputnik-1-the-first";
const ARMSTRONG: &str = "neil-armstrong-steps";

#[test]
fn a_table_of_pairs_is_asked_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("pairs.csv");
    // As a spreadsheet writes it: a mark before the first name, other columns.
    let text = format!(
        "\u{feff}To,why,From\r\n{ARMSTRONG},\"begin, end\",{SPUTNIK}\r\n{SPUTNIK},,{ARMSTRONG}\r\n\
         Michael Adams,,Sputnik 1\r\nluna-9-lands-softly,,luna-9-lands-softly\r\n"
    );
    std::fs::write(&table, text).unwrap();
    let found = json(&["distances", "data", "--pairs", cli::text(&table)]);
    assert_eq!(found["directed"], false);
    assert_eq!(links_of(&found), serde_json::json!([2, 2, null, 0]));
    let first = &found["distances"][0];
    assert!(first["from_event"].as_str().unwrap().starts_with("news/1957/10/4/"), "{first}");
    assert!(first["to_event"].as_str().unwrap().starts_with("news/1969/07/21/"), "{first}");

    let written = folder.path().join("found.csv");
    let answer = answer(&["distances", "data", "--pairs", cli::text(&table), "--csv"]);
    assert!(answer.starts_with("from_event,to_event,links,reason\r\n"), "{answer}");
    std::fs::write(&written, answer).unwrap();
    let again = json(&["distances", "data", "--pairs", cli::text(&written)]);
    assert_eq!(again, found, "an answer is a table of pairs, too");

    let mut command = cli::threadline();
    command.args(["distances", "data", "--pairs", "-", "--json"]).stdin(File::open(table).unwrap());
    let piped: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    assert_eq!(piped, found);
}

fn links_of(found: &Value) -> Value {
    found["distances"].as_array().unwrap().iter().map(|row| row["links"].clone()).collect()
}

#[test]
fn distances_are_the_lengths_of_chains_of_fewest_links() {
    let named = [SPUTNIK, ARMSTRONG, "Sputnik 1", "shake hands"];
    for options in [&[][..], &["--directed"], &["--until", "1969"], &["--max-links", "2"]] {
        let found = json(&[&["distances", "data"], &named[..], options].concat());
        let lengths: Value = named
            .chunks(2)
            .map(|pair| {
                let args = [&["chain", "data"], pair, &["--by", "fewest"], options].concat();
                json(&args)["chains"][0]["length"].clone()
            })
            .collect();
        assert_eq!(links_of(&found), lengths, "{options:?}");
    }
    let told = answer(&["distances", "data", SPUTNIK, ARMSTRONG, "Sputnik 1", "Michael Adams"]);
    let expected = "\
links  from, to
    2  1957-10-04  The Soviet Union launches Sputnik 1, the first artificial satellite, from the steppe of Kazakhstan.
       1969-07-21  Neil Armstrong steps on the Moon, and he and Buzz Aldrin leave medals of Gagarin and Komarov in the dust.
 none  1957-10-04  The Soviet Union launches Sputnik 1, the first artificial satellite, from the steppe of Kazakhstan.
       1967-11-15  Michael Adams dies when his X-15 spins at five times the speed of sound and breaks up.
       no links lead from one to the other

1 of 2 pairs tied by links
";
    assert_eq!(told, expected);
}

#[test]
fn a_pair_that_makes_no_sense_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let table = |text: &[u8]| {
        let path = folder.path().join("pairs.csv");
        std::fs::write(&path, text).unwrap();
        refusal(&["distances", "data", "--pairs", cli::text(&path)])
    };
    let row =
        |to: &str| table(format!("from,to\n{SPUTNIK},{ARMSTRONG}\n{SPUTNIK}{to}\n").as_bytes());
    let cases = [
        (row(",xyzzyq"), "pairs.csv:3: no event is called `xyzzyq`"),
        (
            row(",news/1957/10/4/not-there"),
            "pairs.csv:3: no event is called `news/1957/10/4/not-there`",
        ),
        (row(",neil"), "pairs.csv:3: `neil` could be any of"),
        (row(","), "pairs.csv:3: an event's name is empty"),
        (row(""), "pairs.csv:3: an event's name is empty"),
        (table(b"a,b\nx,y\n"), "pairs.csv: the pairs need the columns `from` and `to`"),
        (table(b""), "the pairs need the columns `from` and `to`"),
        (
            table(b"from,to\nlaika,michael-adams\nLaika,the dog,shake hands\n"),
            "pairs.csv:3: 3 cells, and the first line names 2; a name that holds a comma has to \
             stand in quotes",
        ),
        (table(b"from,to\nx,\xff\xfe\n"), "pairs.csv:2: the line is not UTF-8"),
        (refusal(&["distances", "data", "laika", "laika", "laika", "xyzzyq"]), "pair 2: no event"),
        (refusal(&["distances", "data", "x"]), "`x` has no event to be paired with"),
        (refusal(&["distances", "data", "--pairs", "not-there.csv"]), "cannot open it"),
        (refusal(&["distances", "data"]), "FROM TO"),
        (refusal(&["distances", "data", "x", "y", "--pairs", "-"]), "cannot be used with"),
    ];
    for ((code, said), expected) in cases {
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let none = folder.path().join("none.csv");
    std::fs::write(&none, "from,to\n").unwrap();
    let found = json(&["distances", "data", "--pairs", cli::text(&none)]);
    assert_eq!(found["distances"], serde_json::json!([]));
    assert_eq!(answer(&["distances", "data", "--pairs", cli::text(&none)]), "no pairs\n");
}

#[test]
fn a_pair_that_nothing_ties_says_why() {
    let far = ["Sputnik 1", "shake hands"];
    let cases: [(&[&str], [&str; 2], &str, &str); 6] = [
        (&[], ["Sputnik 1", "Michael Adams"], "unlinked", "no links lead"),
        (&["--max-links", "2"], ["Sputnik 1", "Michael Adams"], "unlinked", "no links lead"),
        (&["--from", "1960"], far, "not_selected", "not both"),
        (
            &["--topic", "Baikonur Cosmodrome"],
            ["Sputnik 1", "gagarin-circles"],
            "selection",
            "only",
        ),
        (&["--max-links", "2"], far, "max_links", "than --max-links"),
        (&["--directed"], ["Vanguard 1, a", "laika"], "directed", "followed backwards"),
    ];
    for (options, pair, reason, words) in cases {
        let args = [&["distances", "data"], &pair[..], options].concat();
        assert_eq!(json(&args)["distances"][0]["reason"], reason, "{args:?}");
        assert!(answer(&args).contains(words), "{args:?}");
        let sheet = answer(&[&args[..], &["--csv"]].concat());
        assert!(sheet.ends_with(&format!(",,{reason}\r\n")), "{sheet}");
    }
}

#[test]
fn an_event_is_named_as_everywhere_one_by_one_or_many_at_once() {
    let graph = random_graph(50, 40, 3);
    let key = |n: u32| graph.key(EventId(n)).to_owned();
    // Whole keys, which here are not those of their day; a key's end; words.
    let mut names: Vec<String> = (0..50).map(key).collect();
    names.push(format!(" /{}.md ", key(7)));
    names.extend(["Event 12", "Event 12", "Event 49"].map(str::to_owned));
    names.push(key(9).rsplit('/').next().unwrap().to_owned());
    let one_by_one: Vec<EventId> =
        names.iter().map(|name| find_event(&graph, name).unwrap()).collect();
    assert_eq!(find_events(&graph, &names).unwrap(), one_by_one);
    // From some time on keys are looked up, and what is found is the same.
    for (name, &event) in names.iter().zip(&one_by_one).chain(names.iter().zip(&one_by_one)) {
        assert_eq!(find_event(&graph, name).unwrap(), event, "{name}");
    }
    for wrong in ["", " ", "/", "Event", "nothing of the sort"] {
        let (at, error) = find_events(&graph, &["Event 12", wrong, "another"]).unwrap_err();
        assert_eq!(at, 1, "{wrong:?}");
        assert_eq!(error.to_string(), find_event(&graph, wrong).unwrap_err().to_string());
    }
}
