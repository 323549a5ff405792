//! GraphML and GEXF, read by the programs they are for: whatever a title holds,
//! they find every event with its title, every link, every date.

use std::path::Path;

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
        assert_eq!(found["links"], expected(&graph)["links"], "{name}, {format}");
        let (found, expected) = (found["events"].as_array().unwrap().clone(), expected(&graph));
        let expected = expected["events"].as_array().unwrap().clone();
        assert_eq!(found.len(), expected.len(), "{name}, {format}");
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}, {format}");
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
events = [[node.get('title') or '', node.get('start')] for _, node in graph.nodes(data=True)]
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
            events: graph.mapNodes((key, node) => [node.title || '', node.date || null]),
            links: graph.size,
        });";
    finds_all(Format::Gexf, |bytes| read_by_node(script, bytes));
}

/// What the specifications say, written out as RELAX NG in `tests/readers/`;
/// ids that are used twice or lead nowhere, and values that are not of their
/// type, are looked for here.
const BY_SPECIFICATION: &str = "
import io, json, os, sys
from lxml import etree
schema, language = etree.RelaxNG(etree.parse(os.environ['SCHEMA'])), os.environ['FORMAT']
tree = etree.parse(io.BytesIO(sys.stdin.buffer.read()), etree.XMLParser(huge_tree=True))
name = lambda tag: './/{%s}%s' % (tree.getroot().nsmap[None], tag)
wrong = [] if schema.validate(tree) else [str(schema.error_log[0])]
once = lambda kind, ids: wrong.extend([kind] if len(ids) != len(set(ids)) else [])
nodes = [node.get('id') for node in tree.iterfind(name('node'))]
once('node', nodes)
once('edge', [edge.get('id') for edge in tree.iterfind(name('edge'))])
known = set(nodes)
wrong += [e.get('id') for e in tree.iterfind(name('edge')) if not {e.get('source'), e.get('target')} <= known]
checks = {'int': int, 'integer': int, 'double': float, 'string': str, 'boolean': ('true', 'false').index}
if language == 'graphml':
    types = {key.get('id'): key.get('attr.type') for key in tree.iterfind(name('key'))}
    values = [(data.get('key'), data.text or '') for data in tree.iterfind(name('data'))]
    places = [(item, data.get('key')) for item in tree.iterfind(name('node')) for data in item]
else:
    types = {}
    for group in tree.iterfind(name('attributes')):
        types.update({(group.get('class'), a.get('id')): a.get('type') for a in group})
    of = lambda kind: [(item, value) for item in tree.iterfind(name(kind)) for value in item.iterfind(name('attvalue'))]
    found = [((kind, value.get('for')), value.get('value')) for kind in ('node', 'edge') for _, value in of(kind)]
    values, places = found, [(item, value.get('for')) for item, value in of('node')]
once('value', places)
for key, value in values:
    try:
        checks[types[key]](value)
    except (KeyError, ValueError) as error:
        wrong.append(f'{key}: {error!r}')
json.dump(wrong, sys.stdout)
";

#[test]
fn graphml_and_gexf_are_what_their_specifications_say() {
    let Some(python) = python("lxml") else { return };
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers");
    let cases = [
        (Format::GraphMl, "graphml.rng", "<key id=\"n_key\"", "<key ident=\"n_key\""),
        (Format::GraphMl, "graphml.rng", "source=\"n", "source=\"x"),
        (Format::GraphMl, "graphml.rng", "<data key=\"e_rank\">", "<data key=\"e_rank\">x"),
        (Format::Gexf, "gexf-1.3.rng", "<viz:color r=\"", "<viz:color r=\"9999"),
        (Format::Gexf, "gexf-1.3.rng", " start=\"19", " start=\"MCM"),
        (Format::Gexf, "gexf-1.3.rng", "for=\"rank\"", "for=\"rang\""),
    ];
    for (format, schema, right, altered) in cases {
        let script = format!(
            "import os; os.environ['SCHEMA'] = {:?}; os.environ['FORMAT'] = {:?}\n{BY_SPECIFICATION}",
            schemas.join(schema).display().to_string(),
            format.name()
        );
        let wrong = |bytes: &[u8]| read_by(&python, &script, bytes).expect("Python is there");
        for (name, graph) in graphs() {
            let bytes = exported(&graph, &Selection::all(&graph), format);
            assert_eq!(wrong(&bytes), json!([]), "{name}, {format}");
            if name == "data/" {
                let text = String::from_utf8(bytes).expect("XML is UTF-8");
                assert_ne!(wrong(text.replace(right, altered).as_bytes()), json!([]), "{altered}");
            }
        }
    }
}
