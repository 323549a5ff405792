//! Selections: by topic, span, neighbourhood and presence.

use threadline::EventGraph;
use threadline::graph::{SelectOptions, Selection};
use threadline::model::Date;

use crate::fixture::{archive, named, slug};
use crate::random::random_graph;

const ARCHIVE: &str = "
//- news/2006/01/1/a.md
### [2006-01-1](/x)
##### Moon
# A
### Related:
1. [B](/news/2006/01/2/b.md) _Context: Apollo program, Moon_
//- news/2006/01/2/b.md
### [2006-01-2](/x)
# B
### Related:
1. [C](/news/2006/01/3/c.md) _Context: apollo program_
//- news/2006/01/4/d.md
### [2006-01-4](/x)
# D
### Related:
1. [C](/news/2006/01/3/c.md) _Context: -{zh-tw:莫三比克; zh-cn:莫桑比克;}-_
2. [Z](/z.md) _Context: Mars, 中國_
";

fn date(text: &str) -> Option<Date> {
    Some(Date::parse(text).unwrap())
}

fn topics(names: &[&str]) -> SelectOptions {
    SelectOptions {
        topics: names.iter().map(|&name| name.to_owned()).collect(),
        ..SelectOptions::default()
    }
}

fn around(graph: &EventGraph, name: &str, hops: u32) -> SelectOptions {
    SelectOptions { around: Some((named(graph, name), hops)), ..SelectOptions::default() }
}

/// The slugs of what is selected.
fn told(graph: &EventGraph, options: &SelectOptions) -> String {
    let selection = Selection::new(graph, options).unwrap();
    let names: Vec<_> = selection.events(graph).map(|event| slug(graph, event)).collect();
    assert_eq!(selection.len(), names.len());
    assert_eq!(selection.is_empty(), names.is_empty());
    assert!(graph.events().all(|e| selection.contains(e) == names.contains(&slug(graph, e))));
    names.join(" ")
}

#[test]
fn each_option() {
    let graph = archive(ARCHIVE);
    let none = SelectOptions::default();
    let cases = [
        (none.clone(), "a b c d z"),
        (topics(&["Moon"]), "a b"),
        (topics(&["moon"]), "a b"),
        // Exactly so first; but for capital letters only if there is none.
        (topics(&["Apollo program"]), "a b"),
        (topics(&["apollo program"]), "b c"),
        (topics(&["APOLLO program"]), "a b c"),
        (topics(&["Moon", "apollo program"]), "b"),
        (topics(&["莫桑比克"]), "c d"),
        (topics(&["中国"]), "d z"),
        (topics(&["中國"]), "d z"),
        (topics(&["-{zh-tw:莫三比克; zh-cn:莫桑比克;}-"]), "c d"),
        (SelectOptions { from: date("2006-01-2"), ..none.clone() }, "b c d"),
        (SelectOptions { until: date("2006-01-2"), ..none.clone() }, "a b"),
        (SelectOptions { from: date("2006-01-2"), until: date("2006-01-2"), ..none.clone() }, "b"),
        (SelectOptions { present_only: true, ..none.clone() }, "a b d"),
        (
            SelectOptions {
                only: Some(vec![named(&graph, "d"), named(&graph, "a")]),
                ..none.clone()
            },
            "a d",
        ),
        (SelectOptions { only: Some(vec![]), ..none.clone() }, ""),
        (around(&graph, "a", 0), "a"),
        (around(&graph, "a", 1), "a b"),
        (around(&graph, "a", 2), "a b c"),
        (around(&graph, "a", 3), "a b c d"),
        (around(&graph, "a", 9), "a b c d z"),
        (around(&graph, "c", 1), "b c d"),
        (SelectOptions { present_only: true, ..around(&graph, "c", 1) }, "b d"),
        (SelectOptions { until: date("2006-01-3"), ..topics(&["mars"]) }, ""),
    ];
    for (options, expected) in cases {
        assert_eq!(told(&graph, &options), expected, "{options:?}");
    }
}

#[test]
fn all_is_told_from_each() {
    let graph = archive(ARCHIVE);
    assert!(Selection::new(&graph, &SelectOptions::default()).unwrap().is_all());
    assert!(Selection::all(&graph).is_all());
    let every = around(&graph, "a", 9);
    assert!(!Selection::new(&graph, &every).unwrap().is_all());
}

#[test]
fn what_makes_no_sense_is_an_error() {
    let graph = archive(ARCHIVE);
    let backwards = SelectOptions {
        from: date("2006-01-3"),
        until: date("2006-01-2"),
        ..SelectOptions::default()
    };
    let cases = [
        (topics(&["Venus"]), "there is no topic `Venus`; `topics` lists them"),
        (
            topics(&["apollo"]),
            "there is no topic `apollo`; did you mean `Apollo program`, `apollo program`?",
        ),
        (
            topics(&["Apolo program"]),
            "there is no topic `Apolo program`; did you mean `Apollo program`, `apollo program`?",
        ),
        (topics(&[""]), "there is no topic ``; `topics` lists them"),
        (backwards, "the span ends (2006-01-02) before it begins (2006-01-03)"),
    ];
    for (options, expected) in cases {
        let error = Selection::new(&graph, &options).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

/// Neighbourhoods, one hop after the other, as someone would draw them.
#[test]
fn neighbourhoods_of_random_graphs_40_50() {
    for seed in 0..10 {
        let graph = random_graph(40, 50, seed);
        for start in graph.events().step_by(9) {
            let mut near = vec![start];
            for hops in 0..5 {
                let options =
                    SelectOptions { around: Some((start, hops)), ..SelectOptions::default() };
                let selection = Selection::new(&graph, &options).unwrap();
                let found: Vec<_> = selection.events(&graph).collect();
                near.sort_unstable();
                assert_eq!(found, near, "seed {seed}, {start:?}, {hops} hops");
                for id in graph.links() {
                    let link = graph.link(id).unwrap();
                    for (a, b) in [(link.source, link.target), (link.target, link.source)] {
                        if found.contains(&a) && !near.contains(&b) {
                            near.push(b);
                        }
                    }
                }
            }
        }
    }
}
