//! RDF that rdflib and oxigraph read alike, in all three syntaxes, and that
//! holds to our shapes.
#![cfg(feature = "rdf")]

use serde_json::json;
use threadline::EventGraph;
use threadline::analysis::find_event;
use threadline::export::{ExportOptions, Format, check_base, write};
use threadline::graph::{SelectOptions, Selection};

use crate::fixture::{archive, built, data};
use crate::readers::{python, read_by};
use crate::torture::{exported, graphs, in_xml};

const SYNTAXES: [Format; 3] = [Format::Turtle, Format::NTriples, Format::JsonLd];

fn texts(graph: &EventGraph) -> [String; 3] {
    let all = Selection::all(graph);
    SYNTAXES.map(|format| String::from_utf8(exported(graph, &all, format)).unwrap())
}

/// Takes the three texts; prints how many triples each reader got of each, how
/// many of them differ from the first's, and every event's name by its key.
const READ: &str = r#"
import json, sys, io, logging
import rdflib, pyoxigraph as ox
from rdflib.namespace import XSD
logging.disable(logging.CRITICAL)
def by_rdflib(text, syntax):
    def term(t):
        if isinstance(t, rdflib.URIRef): return ('iri', str(t))
        kind = t.datatype or XSD.string
        return (str(t), str(kind), t.language)
    # rdflib would write some values anew, such as dates.
    rdflib.NORMALIZE_LITERALS = False
    g = rdflib.Graph().parse(io.BytesIO(text.encode()), format=syntax)
    return {tuple(map(term, t)) for t in g}
def by_oxigraph(text, syntax):
    def term(t):
        if isinstance(t, ox.NamedNode): return ('iri', t.value)
        return (t.value, t.datatype.value, t.language)
    quads = ox.parse(io.BytesIO(text.encode()), format=syntax)
    return {tuple(term(t) for t in (q.subject, q.predicate, q.object)) for q in quads}
turtle, lines, json_ld = json.load(sys.stdin)
sets = [by_rdflib(turtle, 'turtle'), by_rdflib(lines, 'nt'), by_rdflib(json_ld, 'json-ld'),
        by_oxigraph(turtle, ox.RdfFormat.TURTLE), by_oxigraph(lines, ox.RdfFormat.N_TRIPLES),
        by_oxigraph(json_ld, ox.RdfFormat.JSON_LD)]
schema = 'https://schema.org/'
def values(predicate): return {s[1]: o[0] for s, p, o in sets[0] if p[1] == schema + predicate}
events = {s[1] for s, p, o in sets[0] if o == ('iri', schema + 'Event')}
keys, names = values('identifier'), values('name')
json.dump({'sizes': [len(s) for s in sets], 'differ': [len(s ^ sets[0]) for s in sets],
           'names': {keys[e]: names[e] for e in events}}, sys.stdout)
"#;

#[test]
fn rdflib_and_oxigraph_read_the_same_triples() {
    let Some(python) = python("rdflib, pyoxigraph") else { return };
    for (place, graph) in graphs() {
        let texts = texts(&graph);
        let input = serde_json::to_vec(&texts).unwrap();
        let read = read_by(&python, READ, &input).unwrap();
        let lines: std::collections::BTreeSet<&str> = texts[1].lines().collect();
        assert_eq!(read["sizes"], json!(vec![lines.len(); 6]), "{place}");
        assert_eq!(read["differ"], json!(vec![0; 6]), "{place}");
        let names = read["names"].as_object().unwrap();
        assert_eq!(names.len(), graph.event_count(), "{place}");
        for event in graph.events() {
            let name = names[&in_xml(graph.key(event))].as_str();
            assert_eq!(name, Some(in_xml(graph.title(event)).as_str()), "{place}");
        }
    }
}

const SHAPES: &str = r#"
import json, sys
from pyshacl import validate
text = sys.stdin.buffer.read().decode()
conforms, _, report = validate(text, shacl_graph='docs/threadline.shacl.ttl',
    data_graph_format='turtle', shacl_graph_format='turtle')
json.dump([conforms, report], sys.stdout)
"#;

#[test]
fn what_is_written_holds_to_the_shapes() {
    let Some(python) = python("pyshacl") else { return };
    let good = texts(&built(&data()).0)[0].clone();
    let broken = [
        ("a schema:Event", "a schema:Place"),
        ("tl:rank", "tl:rang"),
        ("\"^^xsd:date", "\""),
        ("skos:prefLabel", "skos:altLabel"),
    ];
    let valid = |text: &str| read_by(&python, SHAPES, text.as_bytes()).unwrap();
    let read = valid(&good);
    assert_eq!(read[0], true, "{}", read[1]);
    for (from, to) in broken {
        let bad = good.replacen(from, to, 1);
        assert!(bad != good, "{from} is not there");
        assert_eq!(valid(&bad)[0], false, "{from} → {to}");
    }
}

const TINY: &str = "
//- news/1969/07/16/apollo-11.md
### [1969-07-16](/news/1969/07/16/index.md)
##### Moon
# Apollo 11 &quot;rises&quot;
### Source:
1. [NASA](https://nasa.gov/11?a=1&amp;b=2)
2. [Broken](https://nasa.gov/a|b)
### Related:
1. [The landing](/news/1969/07/20/the%20landing.md) _Context: -{zh-tw:甲; zh-cn:乙;}-_
//- news/1969/07/20/the landing.md
### [1969-07-20](/news/1969/07/20/index.md)
# The landing
";

#[test]
fn triples_of_a_tiny_graph() {
    let text = texts(&archive(TINY))[0].clone();
    insta::assert_snapshot!(text, @r#"
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix tl: <urn:threadline:vocabulary#> .
    @prefix schema: <https://schema.org/> .
    <urn:threadline:topics> a skos:ConceptScheme .
    <urn:threadline:topic/-%7Bzh-tw%3A甲%3B%20zh-cn%3A乙%3B%7D-> a skos:Concept ;
    	skos:prefLabel "甲" ;
    	skos:altLabel "乙" ;
    	skos:hiddenLabel "-{zh-tw:甲; zh-cn:乙;}-" ;
    	skos:inScheme <urn:threadline:topics> .
    <urn:threadline:topic/Moon> a skos:Concept ;
    	skos:prefLabel "Moon" ;
    	skos:inScheme <urn:threadline:topics> .
    <urn:threadline:event/news/1969/07/16/apollo-11> a schema:Event ;
    	schema:identifier "news/1969/07/16/apollo-11" ;
    	schema:name "Apollo 11 \"rises\"" ;
    	schema:startDate "1969-07-16"^^xsd:date ;
    	schema:about <urn:threadline:topic/-%7Bzh-tw%3A甲%3B%20zh-cn%3A乙%3B%7D-> , <urn:threadline:topic/Moon> ;
    	tl:leadTopic <urn:threadline:topic/Moon> ;
    	schema:url <https://nasa.gov/11?a=1&b=2> ;
    	tl:present true ;
    	prov:wasDerivedFrom <urn:threadline:page/news/1969/07/16/apollo-11.md> ;
    	prov:hadPrimarySource <urn:threadline:source/news/1969/07/16/apollo-11/1> , <urn:threadline:source/news/1969/07/16/apollo-11/2> .
    <urn:threadline:page/news/1969/07/16/apollo-11.md> a tl:Page , prov:Entity ;
    	tl:path "news/1969/07/16/apollo-11.md" .
    <urn:threadline:source/news/1969/07/16/apollo-11/1> a schema:CreativeWork , prov:Entity ;
    	schema:name "NASA" ;
    	schema:url <https://nasa.gov/11?a=1&b=2> ;
    	schema:position 1 .
    <urn:threadline:source/news/1969/07/16/apollo-11/2> a schema:CreativeWork , prov:Entity ;
    	schema:name "Broken" ;
    	schema:url "https://nasa.gov/a|b" ;
    	schema:position 2 .
    <urn:threadline:event/news/1969/07/20/the%20landing> a schema:Event ;
    	schema:identifier "news/1969/07/20/the landing" ;
    	schema:name "The landing" ;
    	schema:startDate "1969-07-20"^^xsd:date ;
    	schema:about <urn:threadline:topic/-%7Bzh-tw%3A甲%3B%20zh-cn%3A乙%3B%7D-> ;
    	tl:present true ;
    	prov:wasDerivedFrom <urn:threadline:page/news/1969/07/20/the%20landing.md> .
    <urn:threadline:page/news/1969/07/20/the%20landing.md> a tl:Page , prov:Entity ;
    	tl:path "news/1969/07/20/the landing.md" .
    <urn:threadline:event/news/1969/07/16/apollo-11> tl:related <urn:threadline:event/news/1969/07/20/the%20landing> .
    <urn:threadline:link/news/1969/07/16/apollo-11/1> a tl:Link ;
    	tl:source <urn:threadline:event/news/1969/07/16/apollo-11> ;
    	tl:target <urn:threadline:event/news/1969/07/20/the%20landing> ;
    	tl:rank 1 ;
    	tl:topic <urn:threadline:topic/-%7Bzh-tw%3A甲%3B%20zh-cn%3A乙%3B%7D-> ;
    	prov:wasDerivedFrom <urn:threadline:page/news/1969/07/16/apollo-11.md> ;
    	tl:line 8 .
    "#);
}

/// What it is called does not depend on what else is written.
#[test]
fn a_selection_keeps_the_names() {
    let graph = built(&data()).0;
    let whole = texts(&graph)[1].clone();
    let whole: std::collections::BTreeSet<&str> = whole.lines().collect();
    let around = Some((find_event(&graph, "laika").unwrap(), 2));
    let selection =
        Selection::new(&graph, &SelectOptions { around, ..SelectOptions::default() }).unwrap();
    let part = String::from_utf8(exported(&graph, &selection, Format::NTriples)).unwrap();
    assert!(part.lines().count() > 50);
    for line in part.lines() {
        assert!(whole.contains(line), "{line}");
    }
}

#[test]
fn a_base_of_ones_own() {
    let graph = archive(TINY);
    let options =
        ExportOptions { base: Some("https://archive.example/#"), ..ExportOptions::default() };
    let mut out = Vec::new();
    write(&graph, &Selection::all(&graph), Format::NTriples, &options, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("<https://archive.example/#event/news/1969/07/20/the%20landing>"));
    for (base, valid) in [
        ("https://archive.example/", true),
        ("urn:x:", true),
        ("https://archive.example", false),
        ("archive/", false),
        ("", false),
        ("https://a b/", false),
    ] {
        assert_eq!(check_base(base).is_ok(), valid, "{base}");
    }
}
