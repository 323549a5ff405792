//! The formats that are JSON, read back by the programs they are for: each says
//! what node-link JSON says, whatever the titles hold.

use std::path::Path;

use serde_json::{Value, json};
use threadline::export::{ExportOptions, Format, write};
use threadline::graph::Selection;

use crate::fixture::archive;
use crate::readers::{python, read_by, read_by_node};
use crate::torture::{exported, graphs};

/// What a node-link JSON says: its nodes and edges. Numbers are compared as
/// they are read, whether or not they are written with a point.
fn told(mut value: Value) -> Value {
    for edge in value["edges"].as_array_mut().unwrap() {
        edge["strength"] = json!(edge["strength"].as_f64().unwrap());
    }
    json!({ "nodes": value["nodes"], "edges": value["edges"] })
}

/// Holds what a reader makes of a format against node-link JSON, graph by
/// graph.
fn says_the_same(format: Format, read: impl Fn(&[u8]) -> Option<Value>) {
    for (name, graph) in graphs() {
        let all = Selection::all(&graph);
        let expected = serde_json::from_slice(&exported(&graph, &all, Format::Json)).unwrap();
        let Some(found) = read(&exported(&graph, &all, format)) else { return };
        let (expected, found): (Value, Value) = (told(expected), told(found));
        for part in ["nodes", "edges"] {
            let (expected, found) = (expected[part].as_array(), found[part].as_array());
            let (expected, found) = (expected.unwrap(), found.unwrap());
            assert_eq!(found.len(), expected.len(), "{name}, {}: {part}", format.name());
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!(found, expected, "{name}, {format}");
            }
        }
    }
}

#[test]
fn cytoscape_js_reads_every_graph() {
    let script = "
        const cy = require('cytoscape')({ headless: true, ...JSON.parse(input) });
        const key = id => cy.getElementById(id).data('key');
        answer({
            nodes: cy.nodes().map(node => {
                const { id, value, name, key, ...rest } = node.data();
                if (value !== id || [...name].length > 61) throw node.data();
                return { id: key, ...rest };
            }),
            edges: cy.edges().map(edge => {
                const { id, source, target, ...rest } = edge.data();
                return { source: key(source), target: key(target), ...rest };
            }),
        });";
    says_the_same(Format::Cytoscape, |bytes| read_by_node(script, bytes));
}

#[test]
fn networkx_reads_the_json_of_cytoscape() {
    let script = "
import json, sys, networkx as nx
graph = nx.cytoscape_graph(json.load(sys.stdin.buffer))
assert type(graph) is nx.MultiDiGraph
key = nx.get_node_attributes(graph, 'key')
def rest(data, *without): return {k: v for k, v in data.items() if k not in without}
json.dump({
    'nodes': [{'id': data['key'], **rest(data, 'id', 'value', 'name', 'key')}
              for _, data in graph.nodes(data=True)],
    'edges': sorted(
        ({'source': key[a], 'target': key[b], **rest(data, 'id', 'source', 'target')}
         for a, b, data in graph.edges(data=True)), key=lambda edge: edge['key']),
}, sys.stdout)";
    let Some(python) = python("networkx") else { return };
    says_the_same(Format::Cytoscape, |bytes| read_by(&python, script, bytes));
}

#[test]
fn graphology_reads_every_graph() {
    let script = "
        const { MultiDirectedGraph } = require('graphology');
        const graph = MultiDirectedGraph.from(JSON.parse(input));
        answer({
            nodes: graph.mapNodes((key, { label, ...rest }) => {
                if ([...label].length > 61) throw key;
                return { id: key, ...rest };
            }),
            edges: graph.mapEdges((key, rest, source, target) =>
                ({ source, target, key: Number(key), ...rest })),
        });";
    says_the_same(Format::Graphology, |bytes| read_by_node(script, bytes));
}

#[test]
fn json_graph_format_says_the_same() {
    let script = "
import json, sys
graph = json.load(sys.stdin.buffer)['graph']
def node(key, node):
    assert len(node['label']) <= 61
    return {'id': key, **node['metadata']}
json.dump({
    'nodes': [node(*item) for item in graph['nodes'].items()],
    'edges': [{'source': e['source'], 'target': e['target'], 'key': int(e['id']), **e['metadata']}
              for e in graph['edges']],
}, sys.stdout)";
    says_the_same(Format::Jgf, |bytes| read_by("python3", script, bytes));
}

#[test]
fn stories_can_be_left_out() {
    for (name, graph) in graphs() {
        let all = Selection::all(&graph);
        let without = |format| {
            let mut out = Vec::new();
            let options = ExportOptions { no_stories: true, ..ExportOptions::default() };
            write(&graph, &all, format, &options, &mut out).unwrap();
            out
        };
        let mut expected: Value =
            serde_json::from_slice(&exported(&graph, &all, Format::Json)).unwrap();
        for node in expected["nodes"].as_array_mut().unwrap() {
            node["story"] = Value::Null;
            node["story_name"] = Value::Null;
        }
        let found: Value = serde_json::from_slice(&without(Format::Json)).unwrap();
        assert_eq!(found, expected, "{name}");
        for &format in Format::ALL.iter().filter(|format| !format.is_folder()) {
            let same = without(format) == exported(&graph, &all, format);
            assert!(same || format.has_stories(), "{name}: {format}");
            assert!(!same || name != "data/" || !format.has_stories(), "{}", format.name());
        }
    }
}

/// The schema of the format, version 2.0, written out from its specification.
#[test]
fn json_graph_format_is_what_its_schema_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/jgf-v2.schema.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, graph) in graphs() {
        let text = exported(&graph, &Selection::all(&graph), Format::Jgf);
        let value: Value = serde_json::from_slice(&text).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {}", errors[0]);
    }
    let wrong = [
        json!({ "graph": { "nodes": [] } }),
        json!({ "graph": { "edges": [{ "source": "a" }] } }),
        json!({ "graph": { "nodes": { "a": { "title": "x" } } } }),
        json!({ "nodes": {} }),
    ];
    for value in wrong {
        assert!(!validator.is_valid(&value), "the schema takes {value}");
    }
}

/// Beside a dot in a picture a whole paragraph cannot stand.
#[test]
fn labels_are_the_beginning_of_titles() {
    let graph = archive(
        "
//- news/2003/04/1/a.md
### [2003-04-1](/x)
# Coalition forces secure a ''bridge'' over the river Euphrates, say officers, and advance
//- news/2003/04/1/b.md
### [2003-04-1](/x)
#  
",
    );
    let all = Selection::all(&graph);
    let label = "Coalition forces secure a bridge over the river Euphrates,…";
    for format in [Format::Gexf, Format::Cytoscape, Format::Graphology, Format::Jgf] {
        let text = String::from_utf8(exported(&graph, &all, format)).unwrap();
        assert!(text.contains(&format!("\"{label}\"")), "{format}: {text}");
        assert!(text.contains("officers, and advance"), "{format}: {text}");
    }
}
