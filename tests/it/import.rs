//! Graphs of other tools: what Threadline wrote comes back as it went, what
//! others wrote is understood, and what is broken is named.

use insta::assert_snapshot;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::export::Format;
use threadline::graph::Selection;
use threadline::import::read;

use crate::fixture::{events, links, problems, same, sources};
use crate::readers::python;
use crate::readers::read_by;
use crate::torture::{exported, graphs};

/// Reads a file of this name and text.
fn import(name: &str, text: impl AsRef<[u8]>) -> threadline::Result<EventGraph> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&path).expect("a name that is known")
}

/// What is said of a file that cannot be read, without its folder.
fn error(name: &str, text: impl AsRef<[u8]>) -> String {
    let error = format!("{:#}", import(name, text).unwrap_err());
    error[error.find(name).unwrap()..].to_owned()
}

fn whole(graph: &EventGraph, format: Format) -> Vec<u8> {
    exported(graph, &Selection::all(graph), format)
}

#[test]
fn json_comes_back_as_it_went() {
    for (name, graph) in graphs() {
        let first = whole(&graph, Format::Json);
        let back = import("graph.json", &first).unwrap();
        assert!(whole(&back, Format::Json) == first, "{name}");
    }
}

/// XML cannot hold every character, and keys that change may change the order
/// of events; what has been through it once stays as it is.
#[test]
fn xml_comes_back_as_it_went() {
    for (name, graph) in graphs() {
        for (format, file) in [(Format::GraphMl, "graph.graphml"), (Format::Gexf, "graph.gexf")] {
            let first = whole(&graph, format);
            let back = import(file, &first).unwrap();
            assert_eq!(back.event_count(), graph.event_count(), "{name}, {file}");
            assert_eq!(back.link_count(), graph.link_count(), "{name}, {file}");
            let second = whole(&back, format);
            assert!(name == "torture" || second == first, "{name}, {file}");
            assert!(whole(&import(file, &second).unwrap(), format) == second, "{name}, {file}");
        }
    }
}

#[test]
fn graphml_of_another_program() {
    let graph = import(
        "yed.graphml",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE graphml [<!ENTITY me "Gagarin">]>
<g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <g:key id="d0" for="node" attr.name="label" attr.type="string"/>
  <g:key id="d1" for="node" attr.name="date"><g:default>1961-04-12</g:default></g:key>
  <g:key id="d2" for="edge" attr.name="label" attr.type="string"/>
  <g:key id="d3" for="node" yfiles.type="nodegraphics"/>
  <g:graph id="G" edgedefault="undirected">
    <g:edge source="n1" target="n0"><g:data key="d2">first | crewed</g:data></g:edge>
    <g:node id="n0"><g:data key="d0">Vostok &amp; &#x53;on</g:data><g:data key="d3"><y:Label>no</y:Label></g:data></g:node>
    <g:node id="n1">
      <g:data key="d0"><![CDATA[<Freedom> 7]]></g:data>
      <g:data key="d1">1961-05-05</g:data>
      <g:graph><g:node id="n1::n0"><g:data key="d0">&me; inside</g:data></g:node></g:graph>
    </g:node>
    <g:edge source="n1" target="nowhere"/>
    <g:hyperedge><g:endpoint node="n0"/></g:hyperedge>
  </g:graph>
</g:graphml>"#,
    )
    .unwrap();
    same(
        &events(&graph),
        r#"
        1961-04-12 n0 "Vostok & Son", about first | crewed
        1961-04-12 n1::n0 "&me; inside"
        1961-05-05 n1 "<Freedom> 7", about first | crewed
        ? nowhere "nowhere" (absent)
        "#,
    );
    same(&links(&graph), "n1 -[first | crewed]-> n0, line 0\nn1 --> nowhere (absent), line 0");
    same(&problems(&graph), "yed.graphml:16: warning[missing-target]: no event for `nowhere`");
}

#[test]
fn gexf_of_another_program() {
    let graph = import(
        "gephi.gexf",
        r#"<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph defaultedgetype="directed" timeformat="date">
    <attributes class="node">
      <attribute id="0" title="topics" type="string"><default>Moon</default></attribute>
      <attribute id="1" title="sources" type="string"/>
    </attributes>
    <nodes>
      <node id="a" label="Luna 2 hits" start="1959-09-12T06:39:42">
        <attvalues><attvalue for="1" value="http://a|http://b"/></attvalues>
        <nodes><node id="b" label="Luna 3 turns" start="3.0"/></nodes>
      </node>
    </nodes>
    <edges><edge id="0" source="a" target="b" label="next"/></edges>
  </graph>
</gexf>"#,
    )
    .unwrap();
    same(
        &events(&graph),
        "1959-09-12 a \"Luna 2 hits\", about Moon | next\n? b \"Luna 3 turns\", about Moon | next",
    );
    same(&links(&graph), "a -[next]-> b, line 0");
    assert_snapshot!(sources(&graph), @"
    a: http://a <http://a>
    a: http://b <http://b>
    ");
}

#[test]
fn node_link_of_another_program() {
    let graph = import(
        "d3.json",
        r#"{"links": [
  {"source": 2, "target": "a", "topics": ["Moon", null], "value": 3},
  {"source": 2, "target": {"no": "id"}}
], "nodes": [
  {"id": 2, "name": "Two", "date": "1959-01-02", "present": true},
  {"id": "a", "label": "A", "title": "The A", "topics": "X|Y"},
  [1, 2],
  {"name": "nobody"}
]}"#,
    )
    .unwrap();
    same(&events(&graph), "1959-01-02 2 \"Two\", about Moon\n? a \"The A\", about Moon | X | Y");
    same(&links(&graph), "2 -[Moon]-> a, line 0");
    assert_snapshot!(problems(&graph), @"
    d3.json:3: error[bad-row]: `target` of a link was left out: invalid type: map, expected a text, a number or nothing
    d3.json:3: error[bad-row]: the link has no source or no target; left out
    d3.json:7: error[bad-row]: a node was left out: an object was expected
    d3.json:8: error[bad-row]: the event has no key; it was left out
    ");
}

#[test]
fn one_odd_attribute_loses_no_event() {
    let graph = import(
        "odd.json",
        r#"{"nodes": [
  {"id": "a", "name": ["x"], "title": null, "topics": [2020, "X"], "date": "1959-01-02T12:00"},
  {"id": "b", "sources": null, "revisions": 7, "topics": "Y", "date": "1959-01-03 23:59:59"},
  {"id": "b", "sources": [{"url": "https://example.org"}]}
], "edges": [{"source": "a", "target": "b", "topics": {"no": "names"}, "line": 4}]}"#,
    )
    .unwrap();
    same(&events(&graph), "1959-01-02 a \"a\", about 2020 | X\n1959-01-03 b \"b\", about Y");
    same(&links(&graph), "a --> b, line 4");
    assert_eq!(graph.sources_of(threadline::model::EventId(1)).count(), 0);
    assert_snapshot!(problems(&graph), @"
    odd.json:2: error[bad-row]: `name` of a node was left out: invalid type: sequence, expected a text, a number or nothing
    odd.json:3: error[bad-row]: `revisions` of a node was left out: invalid type: integer `7`, expected a sequence
    odd.json:4: error[duplicate-page]: the key `b` stands twice; this row was left out
    odd.json:5: error[bad-row]: `topics` of a link was left out: invalid type: map, expected a text, a number or nothing
    ");
}

#[test]
fn what_cannot_be_read_is_named() {
    let cut = "<graphml>\n<graph>\n<node id=\"a\">";
    assert_snapshot!(error("cut.graphml", cut), @"cut.graphml: line 3: no well-formed XML: it ends before its elements do");
    assert_snapshot!(error("tag.gexf", "<gexf>\n<nodes>\n</node>"), @"tag.gexf: line 3: no well-formed XML: ill-formed document: expected `</nodes>`, but `</node>` was found");
    assert_snapshot!(error("empty.gexf", ""), @"empty.gexf: there is no graph in it; is it the kind of file that its name says?");
    assert_snapshot!(error("other.graphml", "<html><body/></html>"), @"other.graphml: there is no graph in it; is it the kind of file that its name says?");
    assert_snapshot!(error("no.json", "{\"nodes\": [\n{\"id\": 1},\n"), @"no.json: this is no JSON in node-link form: EOF while parsing a value at line 3 column 0");
    assert_snapshot!(error("list.json", "[1, 2]"), @"list.json: this is no JSON object; graphs are read in node-link form");
    assert_snapshot!(error("cytoscape.json", "{\"elements\": {\"nodes\": []}}"), @"cytoscape.json: it has no `nodes`: of JSON graphs, those in node-link form are read (`nodes` and `edges`)");
    assert_snapshot!(error("latin1.json", b"{\"nodes\": [\n{\"id\": \"\xe9\"}]}"), @"latin1.json: line 2 is not UTF-8");
}

/// What NetworkX makes of our file and writes again is the same graph.
#[test]
fn networkx_hands_it_back() {
    let Some(python) = python("networkx") else { return };
    let graph = &graphs()[0].1;
    let file = whole(graph, Format::GraphMl);
    let script = "
import io, json, sys, networkx as nx
graph = nx.read_graphml(io.BytesIO(sys.stdin.buffer.read()))
out = io.BytesIO()
nx.write_graphml(graph, out)
json.dump(out.getvalue().decode(), sys.stdout)
";
    let written = read_by(&python, script, &file).unwrap();
    let back = import("networkx.graphml", written.as_str().unwrap()).unwrap();
    assert!(whole(&back, Format::GraphMl) == file);
}
