//! GraphML and GEXF, read by the programs they are for: whatever a title holds,
//! they find every event with its title, every link, every date.

use serde_json::{Value, json};
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::export::Format;
use threadline::graph::Selection;

use crate::readers::{path_read_by, python, read_by, read_by_node};
use crate::torture::{exported, graphs, in_xml};

/// What a reader has to find: `[title, date or null]` of all events, and how
/// many links there are.
fn expected(graph: &EventGraph) -> Value {
    let event = |event| {
        let date = graph.date(event).map(|date| date.to_string());
        json!([in_xml(graph.title(event)), date])
    };
    json!({ "events": graph.events().map(event).collect::<Vec<_>>(), "links": graph.link_count() })
}

/// Holds what a reader finds against the graphs.
fn finds_all(format: Format, read: impl Fn(&[u8]) -> Option<Value>) {
    for (name, graph) in graphs() {
        let bytes = exported(&graph, &Selection::all(&graph), format);
        let Some(found) = read(&bytes) else { return };
        assert_eq!(found["links"], expected(&graph)["links"], "{name}, {}", format.name());
        let (found, expected) = (found["events"].as_array().unwrap().clone(), expected(&graph));
        let expected = expected["events"].as_array().unwrap().clone();
        assert_eq!(found.len(), expected.len(), "{name}, {}", format.name());
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}, {}", format.name());
        }
    }
}

#[test]
fn networkx_reads_graphml_and_gexf() {
    let Some(python) = python("networkx") else { return };
    let graphml = "
import io, json, sys, networkx as nx
graph = nx.read_graphml(io.BytesIO(sys.stdin.buffer.read()), force_multigraph=True)
events = [[node.get('title') or '', node.get('date')] for _, node in graph.nodes(data=True)]
json.dump({'events': events, 'links': graph.number_of_edges()}, sys.stdout)
";
    finds_all(Format::GraphMl, |bytes| read_by(&python, graphml, bytes));
    let gexf = "
import io, json, sys, networkx as nx
graph = nx.read_gexf(io.BytesIO(sys.stdin.buffer.read()))
events = [[node['label'], node.get('start')] for _, node in graph.nodes(data=True)]
json.dump({'events': events, 'links': graph.number_of_edges()}, sys.stdout)
";
    finds_all(Format::Gexf, |bytes| read_by(&python, gexf, bytes));
}

#[test]
fn igraph_reads_graphml() {
    let Some(python) = python("igraph") else { return };
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.graphml");
    let script = "
import json, sys, igraph
graph = igraph.Graph.Read_GraphML(sys.argv[1])
names = graph.vs.attributes()
of = lambda name: graph.vs[name] if name in names else [''] * graph.vcount()
events = [[title, date or None] for title, date in zip(of('title'), of('date'))]
json.dump({'events': events, 'links': graph.ecount()}, sys.stdout)
";
    finds_all(Format::GraphMl, |bytes| {
        std::fs::write(&path, bytes).unwrap();
        path_read_by(&python, script, &path)
    });
}

#[test]
fn graphology_reads_gexf() {
    let script = "
        const { parse } = require('graphology-gexf');
        const { MultiGraph } = require('graphology');
        const graph = parse(MultiGraph, input);
        answer({
            events: graph.mapNodes((key, node) => [node.label || '', node.date || null]),
            links: graph.size,
        });";
    finds_all(Format::Gexf, |bytes| read_by_node(script, bytes));
}
