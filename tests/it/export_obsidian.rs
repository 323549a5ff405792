//! An Obsidian vault: names that every system takes, front matter that is
//! YAML, and links that lead to a note.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::export::{ExportOptions, Format, write_folder};
use threadline::graph::{SelectOptions, Selection};

use crate::fixture::{archive, built, data, named};
use crate::readers::{python, read_by};
use crate::torture::graphs;

/// The notes of a vault: path without `.md`, and text.
fn vault(graph: &EventGraph, selection: &Selection) -> BTreeMap<String, String> {
    let folder = TempDir::new().unwrap();
    let options = ExportOptions::default();
    write_folder(graph, selection, Format::Obsidian, &options, folder.path()).unwrap();
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            found.insert(name.strip_suffix(".md").unwrap().to_owned(), text);
        }
    }
    found
}

fn whole(graph: &EventGraph) -> BTreeMap<String, String> {
    vault(graph, &Selection::all(graph))
}

/// The targets of the wiki links of a note.
fn targets(text: &str) -> Vec<&str> {
    let inside = text.split("[[").skip(1).map(|rest| rest.split_once("]]").unwrap().0);
    inside.map(|link| link.split('|').next().unwrap()).collect()
}

#[test]
fn every_link_leads_to_a_note_and_every_name_is_safe() {
    for (place, graph) in graphs() {
        let notes = whole(&graph);
        let topics = notes.keys().filter(|path| path.starts_with("topics/")).count();
        assert_eq!(notes.len() - topics, graph.event_count(), "{place}");
        let mut folded: Vec<String> = notes.keys().map(|path| path.to_lowercase()).collect();
        folded.sort();
        folded.dedup();
        assert_eq!(folded.len(), notes.len(), "{place}: two names are one but for case");
        for (path, text) in &notes {
            let name = Path::new(path).file_name().unwrap().to_str().unwrap();
            assert!(!name.is_empty() && name.len() <= 200, "{place}: {name}");
            let bad = |c: char| c.is_control() || "\\/:*?\"<>|#^[]".contains(c);
            assert!(!name.contains(bad), "{place}: {name}");
            assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{place}: {name}");
            for target in targets(text) {
                assert!(notes.contains_key(target), "{place}: {path} links to {target}");
            }
        }
        let ways: usize = notes.values().map(|text| targets(text).len()).sum();
        assert!(ways >= 2 * graph.link_count(), "{place}: links stand at both ends");
    }
}

const YAML: &str = r#"
import json, sys, yaml
found = []
for text in json.load(sys.stdin):
    _, front, _ = text.split('---\n', 2)
    found.append({k: str(v) if k == 'date' else v for k, v in yaml.safe_load(front).items()})
json.dump(found, sys.stdout)
"#;

#[test]
fn front_matter_is_yaml_that_says_the_same() {
    let Some(python) = python("yaml") else { return };
    for (place, graph) in graphs() {
        let notes = whole(&graph);
        let events: Vec<&String> = notes
            .iter()
            .filter(|(path, _)| path.starts_with("events/"))
            .map(|(_, text)| text)
            .collect();
        let read = read_by(&python, YAML, &serde_json::to_vec(&events).unwrap()).unwrap();
        let by_key: BTreeMap<&str, &serde_json::Value> = read
            .as_array()
            .unwrap()
            .iter()
            .map(|front| (front["key"].as_str().unwrap(), front))
            .collect();
        assert_eq!(by_key.len(), graph.event_count(), "{place}");
        for event in graph.events() {
            let front = by_key[graph.key(event)];
            assert_eq!(front["page"], json!(graph.page(event)), "{place}");
            let date = graph.date(event).map(|date| date.to_string());
            assert_eq!(front.get("date").and_then(|d| d.as_str()), date.as_deref(), "{place}");
            let sources = front["sources"].as_array().unwrap().len();
            assert_eq!(sources, graph.sources_of(event).len(), "{place}");
            for tag in front["tags"].as_array().unwrap() {
                let tag = tag.as_str().unwrap();
                assert!(!tag.contains(char::is_whitespace) && !tag.contains('#'), "{tag:?}");
                assert!(tag.chars().any(|c| !c.is_numeric()), "{tag:?}");
            }
        }
    }
}

#[test]
fn names_that_are_one_but_for_case_are_told_apart() {
    let graph = archive(
        "
//- news/2006/01/26/a.md
### [2006-01-26](/x)
# Con
### Related:
1. [b](/news/2006/01/26/b.md) _Context: CON, Aux.x, moon [x], a|b#c^d_
//- news/2006/01/26/b.md
### [2006-01-26](/x)
# con
",
    );
    let notes = whole(&graph);
    let names: Vec<&str> = notes.keys().map(String::as_str).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    events/2006/2006-01-26 Con ac8c9272
    events/2006/2006-01-26 con c6dda116
    topics/_Aux.x
    topics/_CON
    topics/a-b c d
    topics/moon (x)
    ");
    let text =
        notes.iter().find(|(path, _)| path.starts_with("events/2006/2006-01-26 Con ")).unwrap().1;
    insta::assert_snapshot!(text, @r#"
    ---
    title: "Con"
    aliases: ["Con"]
    date: 2006-01-26
    key: "news/2006/01/26/a"
    page: "news/2006/01/26/a.md"
    tags: ["Aux-x", "CON", "a-b-c-d", "moon-x"]
    sources: []
    ---

    # Con

    Topics: [[topics/_Aux.x|Aux.x]], [[topics/_CON|CON]], [[topics/a-b c d|a-b c d]], [[topics/moon (x)|moon (x)]]

    ## Related

    - [[events/2006/2006-01-26 con c6dda116|2006-01-26 con]] ([[topics/_CON|CON]], [[topics/_Aux.x|Aux.x]], [[topics/moon (x)|moon (x)]], [[topics/a-b c d|a-b c d]])
    "#);
    // What a note is called depends on nothing else in the vault but its
    // namesakes.
    let options =
        SelectOptions { only: Some(vec![named(&graph, "a")]), ..SelectOptions::default() };
    let alone = vault(&graph, &Selection::new(&graph, &options).unwrap());
    assert!(alone.contains_key("events/2006/2006-01-26 Con"));
}

#[test]
fn the_same_bytes_again() {
    let graph = built(&data()).0;
    assert!(whole(&graph) == whole(&graph));
}

#[test]
fn a_source_without_a_name_or_an_address_of_the_web_stands_there_once() {
    let graph = archive(
        "
//- news/1969/07/20/a.md
### [1969-07-20](/x)
# The landing
### Sources:
1. [](archive-box-7)
2. [Box 8](archive-box-8)
3. [](https://nasa.gov/a)
",
    );
    let notes = whole(&graph);
    let note =
        notes.values().find(|note| note.contains("## Sources")).expect("a note of the event");
    let sources = note.split("## Sources").nth(1).expect("its sources").trim();
    let expected = "- archive-box-7\n- Box 8 archive-box-8\n\
                    - [https://nasa.gov/a](<https://nasa.gov/a>)";
    assert_eq!(sources, expected);
}
