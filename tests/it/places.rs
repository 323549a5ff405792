//! Places in exports, places kept from an earlier one, and the map.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use threadline::EventGraph;
use threadline::analysis::{Layout, LayoutOptions, Places, StoryOptions, layout, stories};
use threadline::export::{ExportOptions, Format, write};
use threadline::graph::Selection;
use threadline::import::read_places;
use threadline::picture::{self, PictureOptions};

use crate::fixture::{built, data};
use crate::readers::read_by;
use crate::skip::lacking;
use crate::torture::graphs;

fn placed(graph: &EventGraph) -> Layout {
    layout(graph, &Selection::all(graph), LayoutOptions::default()).unwrap()
}

fn written(graph: &EventGraph, format: Format, places: Option<&Layout>) -> Vec<u8> {
    let options = ExportOptions { places, ..ExportOptions::default() };
    let mut out = Vec::new();
    write(graph, &Selection::all(graph), format, &options, &mut out).unwrap();
    out
}

fn threadline(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_threadline")).args(arguments).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// To hundredths, which is what is written.
fn rounded(places: &Places) -> BTreeMap<&str, [i64; 2]> {
    let hundredths = |at: f64| (at * 100.0).round() as i64;
    places.iter().map(|(key, at)| (key.as_str(), at.map(hundredths))).collect()
}

#[test]
fn places_come_back_from_json_and_gexf() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("old");
    for (name, graph) in graphs() {
        let layout = placed(&graph);
        let places = layout.by_key(&graph);
        for format in [Format::Json, Format::Gexf] {
            std::fs::write(&path, written(&graph, format, Some(&layout))).unwrap();
            if graph.event_count() == 0 {
                assert!(read_places(&path).is_err(), "{name} has no places");
                continue;
            }
            let found = read_places(&path).unwrap();
            // XML cannot hold every key.
            if name != "torture" || format == Format::Json {
                assert_eq!(rounded(&found), rounded(&places), "{name}, {format:?}");
            }
        }
    }
}

#[test]
fn without_places_nothing_is_written_of_them() {
    let graph = built(&data()).0;
    let layout = placed(&graph);
    for format in [Format::Json, Format::Gexf, Format::GraphMl, Format::Dot] {
        let (with, without) =
            (written(&graph, format, Some(&layout)), written(&graph, format, None));
        assert!(with.len() > without.len(), "{format:?}");
        let text = String::from_utf8(without).unwrap();
        for sign in ["\"x\":", "viz:position", "\"n_x\"", "pos="] {
            assert!(!text.contains(sign), "{format:?}: {sign}");
        }
    }
}

/// The schema takes places, and not one coordinate alone.
#[test]
fn json_with_places_is_what_its_schema_says() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.schema.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let graph = built(&data()).0;
    let json = written(&graph, Format::Json, Some(&placed(&graph)));
    let mut value: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(validator.is_valid(&value));
    value["nodes"][0].as_object_mut().unwrap().remove("y");
    assert!(!validator.is_valid(&value));
}

#[test]
fn neato_leaves_events_where_they_are() {
    let found = Command::new("neato").arg("-V").stderr(Stdio::null()).status();
    if !found.is_ok_and(|status| status.success()) {
        return lacking("GraphViz with neato");
    }
    let graph = built(&data()).0;
    let layout = placed(&graph);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("moon.dot");
    std::fs::write(&path, written(&graph, Format::Dot, Some(&layout))).unwrap();
    // As the manual says, and as people do.
    for (program, options) in [("neato", &["-n", "-Tplain"][..]), ("dot", &["-Tplain"][..])] {
        let output = Command::new(program).args(options).arg(&path).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let mut drawn = Vec::new();
        for line in text.lines().filter_map(|line| line.strip_prefix("node ")) {
            let (key, rest) = line.split_once(' ').unwrap();
            let rest: Vec<f64> = rest.split(' ').take(2).map(|at| at.parse().unwrap()).collect();
            drawn.push((key.trim_matches('"').to_owned(), rest));
        }
        assert_eq!(drawn.len(), graph.event_count());
        // Moved as a whole, in inches; 8 points to a unit.
        let places = layout.by_key(&graph);
        let (first, at) = (&places[&drawn[0].0], drawn[0].1.clone());
        for (key, drawn) in &drawn {
            for n in 0..2 {
                let expected = (places[key][n] - first[n]) * 8.0 / 72.0;
                let found = drawn[n] - at[n];
                assert!((expected - found).abs() < 0.05, "{program}, {key}: {found}, {expected}");
            }
        }
    }
}

#[test]
fn events_stay_where_an_earlier_file_has_them() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = data();
    let data = data.to_str().unwrap();
    let (old, new, map) = (path("old.json"), path("new.gexf"), path("map.svg"));
    let until = ["export", data, "--until", "1969", "--layout", "force", "-o", &old];
    assert_eq!(threadline(&until), (true, String::new()));
    let all = ["export", data, "--layout-from", &old, "-o", &new];
    assert_eq!(threadline(&all), (true, String::new()));
    let (before, after) = (read_places(old.as_ref()).unwrap(), read_places(new.as_ref()).unwrap());
    assert!(before.len() > 50 && before.len() < after.len());
    for (key, place) in &before {
        assert_eq!(after.get(key), Some(place), "{key}");
    }
    // A graph will do, too, and so will a map.
    let from_graph = ["export", data, "--layout-from", data, "-o", &map];
    assert_eq!(threadline(&from_graph), (true, String::new()));
    let cases = [
        (vec!["export", data, "--to", "csv", "--layout", "force"], "csv has no place for events"),
        (
            vec!["export", data, "--to", "json", "--layout", "time", "--layout-from", &old],
            "leave out the old places",
        ),
        (vec!["export", data, "--to", "json", "--layout-from", &map], "no event has a place"),
        (
            vec!["export", data, "--to", "json", "--layout-from", "Cargo.toml"],
            "neither JSON nor GEXF",
        ),
    ];
    for (arguments, expected) in cases {
        let (done, said) = threadline(&arguments);
        assert!(!done && said.contains(expected), "{arguments:?}: {said}");
    }
}

/// Reads a picture by an XML parser that is not ours: its dots, and all titles.
const READ_SVG: &str = r#"
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
name = lambda element: element.tag.rsplit('}', 1)[-1]
dots = sum(1 for g in root.iter() if name(g) == 'g'
           and [name(child) for child in g] == ['title', 'circle'])
far = [c.get('cx') for c in root.iter() if name(c) == 'circle'
       and not 0 <= float(c.get('cx')) <= float(root.get('width'))]
json.dump([dots, far], sys.stdout)
"#;

#[test]
fn a_map_of_every_graph() {
    for (name, graph) in graphs() {
        let all = Selection::all(&graph);
        let found = stories(&graph, StoryOptions::default()).unwrap();
        let places = placed(&graph);
        for width in [320, 1200] {
            let options = PictureOptions { width, source: name, ..PictureOptions::default() };
            let map = picture::map(&found, &all, &places, &options).unwrap();
            let Some(read) = read_by("python3", READ_SVG, map.svg().as_bytes()) else {
                return lacking("python3");
            };
            assert_eq!(read[0], graph.event_count(), "{name}");
            assert_eq!(read[1], serde_json::json!([]), "{name}");
        }
    }
}
