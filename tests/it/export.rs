//! What other tools get: JSON by its schema, CSV that comes back as it went,
//! DOT that GraphViz accepts, whatever the titles hold.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::analysis::components;
use threadline::export::{DotGroups, ExportOptions, Format, Target, write, write_folder};
use threadline::graph::{SelectOptions, Selection};
use threadline::import::read_folder;

use crate::fixture::{archive, named};
use crate::readers::read_by;
use crate::skip::lacking;
use crate::torture::{exported, graphs, in_xml, torture_graph};

fn json(graph: &EventGraph, selection: &Selection) -> String {
    String::from_utf8(exported(graph, selection, Format::Json)).unwrap()
}

fn dot(graph: &EventGraph, groups: DotGroups<'_>) -> String {
    let mut out = Vec::new();
    let options = ExportOptions { groups, ..ExportOptions::default() };
    write(graph, &Selection::all(graph), Format::Dot, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The files of a folder of tables: name and bytes.
fn tables(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), String::from_utf8(bytes).unwrap())
        })
        .collect();
    files.sort();
    files
}

const TINY: &str = "
//- news/1969/07/16/apollo-11.md
### [1969-07-16](/news/1969/07/16/index.md)
##### Moon
# Apollo 11 &quot;rises&quot;
One.

Two.
### Source:
1. [NASA](https://nasa.gov/11?a=1&amp;b=2)
### Changes:
1. [Apollo 11 flies](/news/1969/07/16/flies.md) _1969-07-16 13:32:00 (First version)_
### Related:
1. [The landing](/news/1969/07/20/landing.md) _Context: Apollo program, a|b_
2. [Undated](/undated.md)
//- news/1969/07/20/landing.md
### [1969-07-20](/news/1969/07/20/index.md)
# The landing
### Related:
1. [Apollo 11](/news/1969/07/16/apollo-11.md) _Context: Apollo program_
";

#[test]
fn json_of_a_tiny_graph() {
    let graph = archive(TINY);
    let text = json(&graph, &Selection::all(&graph));
    let generator = concat!("threadline ", env!("CARGO_PKG_VERSION"));
    assert_snapshot!(text.replace(generator, "threadline VERSION"), @r#"
    {"directed":true,"multigraph":true,"graph":{"format":"threadline-json","version":1,"generator":"threadline VERSION","archive":{"hash":"","event_pages":0,"day_pages":0,"other_pages":0,"dialects":{},"skipped":{},"prefix":null,"top_folder":null}},
    "nodes":[
    {"id":"news/1969/07/16/apollo-11","date":"1969-07-16","title":"Apollo 11 \"rises\"","summary":"One.\n\nTwo.","lead_topic":"Moon","topics":["Apollo program","Moon","a|b"],"present":true,"page":"news/1969/07/16/apollo-11.md","sources":[{"name":"NASA","url":"https://nasa.gov/11?a=1&b=2","kind":"article"}],"revisions":[{"key":"news/1969/07/16/flies","title":"Apollo 11 flies","seen":"1969-07-16T13:32:00","kind":"first"}],"story":null,"story_name":null},
    {"id":"news/1969/07/20/landing","date":"1969-07-20","title":"The landing","summary":null,"lead_topic":null,"topics":["Apollo program","a|b"],"present":true,"page":"news/1969/07/20/landing.md","sources":[],"revisions":[],"story":null,"story_name":null},
    {"id":"undated","date":null,"title":"Undated","summary":null,"lead_topic":null,"topics":[],"present":false,"page":null,"sources":[],"revisions":[],"story":null,"story_name":null}
    ],
    "edges":[
    {"source":"news/1969/07/16/apollo-11","target":"news/1969/07/20/landing","key":0,"rank":1,"topics":["Apollo program","a|b"],"line":12,"strength":0.7981237287144956},
    {"source":"news/1969/07/16/apollo-11","target":"undated","key":1,"rank":2,"topics":[],"line":13,"strength":0.05486038704723262},
    {"source":"news/1969/07/20/landing","target":"news/1969/07/16/apollo-11","key":2,"rank":1,"topics":["Apollo program"],"line":4,"strength":0.5709638546750173}
    ]}
    "#);
}

#[test]
fn dot_of_a_tiny_graph() {
    let graph = archive(TINY);
    // How it is drawn is another matter; these lines are what is drawn.
    let text = dot(&graph, DotGroups::None);
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with('"')).collect();
    assert_snapshot!(lines.join("\n"), @r##"
    "news/1969/07/16/apollo-11" [label="Apollo 11 \"rises\"\n1969-07-16", tooltip="Apollo 11 \"rises\"", URL="https://nasa.gov/11?a=1&amp;b=2"];
    "news/1969/07/20/landing" [label="The landing\n1969-07-20", tooltip="The landing"];
    "undated" [label="Undated", tooltip="Undated", style="rounded,dashed"];
    "news/1969/07/16/apollo-11" -> "news/1969/07/20/landing" [label="Apollo program, a|b", tooltip="Apollo program, a|b"];
    "news/1969/07/16/apollo-11" -> "undated" [label="", tooltip=""];
    "news/1969/07/20/landing" -> "news/1969/07/16/apollo-11" [label="Apollo program", tooltip="Apollo program"];
    "##);
}

#[test]
fn boxes_in_dot_bear_days_and_numbers_as_they_are() {
    let graph = archive(
        "
        //- a.md
        ### [0900-01-01](/x)
        # A
        //- b.md
        ### [0900-01-01](/x)
        # B
        //- c.md
        ### [1969-07-20](/x)
        # C
        //- d.md
        ### [1969-07-20](/x)
        # D
        "
        .replace("        ", "")
        .as_str(),
    );
    let labels = |groups: DotGroups<'_>| {
        let text = dot(&graph, groups);
        let labels = text.lines().filter_map(|line| line.strip_prefix("label="));
        labels.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels(DotGroups::Day), ["0900-01-01", "1969-07-20"]);
    let many = [Some(1_999_999), Some(1_999_999), Some(8), Some(8)];
    assert_eq!(labels(DotGroups::Numbers(&many)), ["9", "2000000"]);
}

#[test]
fn csv_of_a_tiny_graph() {
    let graph = archive(TINY);
    let folder = TempDir::new().unwrap();
    write_folder(
        &graph,
        &Selection::all(&graph),
        Format::Csv,
        &ExportOptions::default(),
        folder.path(),
    )
    .unwrap();
    let text: String = tables(folder.path())
        .into_iter()
        .map(|(name, text)| format!("-- {name}\n{text}"))
        .collect();
    assert_snapshot!(text, @r#"
    -- events.csv
    key,date,title,summary,lead_topic,topics,present,page
    news/1969/07/16/apollo-11,1969-07-16,"Apollo 11 ""rises""","One.

    Two.",Moon,Apollo program|Moon|a\|b,true,news/1969/07/16/apollo-11.md
    news/1969/07/20/landing,1969-07-20,The landing,,,Apollo program|a\|b,true,news/1969/07/20/landing.md
    undated,,Undated,,,,false,
    -- links.csv
    source,target,rank,topics,line
    news/1969/07/16/apollo-11,news/1969/07/20/landing,1,Apollo program|a\|b,12
    news/1969/07/16/apollo-11,undated,2,,13
    news/1969/07/20/landing,news/1969/07/16/apollo-11,1,Apollo program,4
    -- problems.csv
    code,severity,page,line,message
    missing-target,warning,news/1969/07/16/apollo-11.md,13,no page for `undated`
    -- revisions.csv
    event,key,title,seen,kind
    news/1969/07/16/apollo-11,news/1969/07/16/flies,Apollo 11 flies,1969-07-16T13:32:00,first
    -- sources.csv
    event,name,url,kind
    news/1969/07/16/apollo-11,NASA,https://nasa.gov/11?a=1&b=2,article
    -- topics.csv
    name
    Apollo program
    Moon
    a|b
    "#);
}

#[test]
fn json_is_what_its_schema_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.schema.json");
    let schema = std::fs::read_to_string(path).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, graph) in graphs() {
        let value = serde_json::from_str(&json(&graph, &Selection::all(&graph))).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {}", errors[0]);
    }
    // And it refuses what is something else.
    let graph = archive(TINY);
    let good = json(&graph, &Selection::all(&graph));
    let cases = [
        ("\"present\":true", "\"present\":1"),
        ("\"1969-07-16\"", "\"16 July\""),
        ("\"edges\"", "\"links\""),
        ("\"title\":\"The landing\",", ""),
        ("\"kind\":\"article\"", "\"kind\":\"film\""),
    ];
    for (from, to) in cases {
        assert!(good.contains(from), "{from}");
        let value = serde_json::from_str(&good.replace(from, to)).unwrap();
        assert!(!validator.is_valid(&value), "{from} → {to}");
    }
}

/// Every field of every row is in the JSON, as it is in the graph.
#[test]
fn json_loses_nothing() {
    for (name, graph) in graphs() {
        let value: serde_json::Value =
            serde_json::from_str(&json(&graph, &Selection::all(&graph))).unwrap();
        let nodes = value["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), graph.event_count(), "{name}");
        for (event, node) in graph.events().zip(nodes) {
            assert_eq!(node["id"], graph.key(event), "{name}");
            assert_eq!(node["title"], graph.title(event), "{name}");
            assert_eq!(node["summary"].as_str(), graph.summary(event), "{name}");
            assert_eq!(node["page"].as_str(), graph.page(event), "{name}");
            assert_eq!(node["present"], graph.present(event), "{name}");
            assert_eq!(node["sources"].as_array().unwrap().len(), graph.sources_of(event).len());
        }
        let edges = value["edges"].as_array().unwrap();
        assert_eq!(edges.len(), graph.link_count(), "{name}");
        for (link, edge) in graph.links().zip(edges) {
            let link = graph.link(link).unwrap();
            assert_eq!(edge["source"], graph.key(link.source), "{name}");
            assert_eq!(edge["target"], graph.key(link.target), "{name}");
            let topics: Vec<_> =
                graph.link_topics(link.id).map(|topic| graph.topic_name(topic)).collect();
            assert_eq!(edge["topics"], serde_json::json!(topics), "{name}");
        }
    }
}

#[test]
fn csv_comes_back_as_it_went() {
    for (name, graph) in graphs() {
        let (first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        write_folder(
            &graph,
            &Selection::all(&graph),
            Format::Csv,
            &ExportOptions::default(),
            first.path(),
        )
        .unwrap();
        let back = read_folder(first.path()).unwrap();
        write_folder(
            &back,
            &Selection::all(&back),
            Format::Csv,
            &ExportOptions::default(),
            second.path(),
        )
        .unwrap();
        let (first, second) = (tables(first.path()), tables(second.path()));
        assert_eq!(first.len(), 6, "{name}");
        for ((file, one), (_, other)) in first.iter().zip(&second) {
            let differ = one.lines().zip(other.lines()).find(|(one, other)| one != other);
            assert_eq!(differ, None, "{name}, {file}");
            assert!(one == other, "{name}, {file}: {} and {} bytes", one.len(), other.len());
        }
    }
}

/// The key of an address such as `/` is empty, and the event is one all the
/// same.
#[test]
fn csv_keeps_an_event_with_an_empty_key() {
    let graph = archive(
        "
//- news/2006/01/26/a.md
### [2006-01-26](/x)
# A
### Related:
1. [The front page](/) _Context: X_
",
    );
    assert_eq!(graph.event_count(), 2);
    let folder = TempDir::new().unwrap();
    write_folder(
        &graph,
        &Selection::all(&graph),
        Format::Csv,
        &ExportOptions::default(),
        folder.path(),
    )
    .unwrap();
    let back = read_folder(folder.path()).unwrap();
    assert_eq!(crate::fixture::links(&back), crate::fixture::links(&graph));
    assert_eq!(crate::fixture::events(&back), crate::fixture::events(&graph));
}

/// Whether GraphViz is installed.
fn has_dot() -> bool {
    let found = Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        lacking("GraphViz");
    }
    found
}

/// What `dot -Tcanon` makes of a text; it must neither fail nor complain.
fn canon(text: String, options: &[&str], place: &str) -> String {
    let mut child = Command::new("dot")
        .args(options)
        .arg("-Tcanon")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let erred = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && erred.is_empty(), "{place}: {erred}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn graphviz_accepts_every_graph() {
    if !has_dot() {
        return;
    }
    for (name, graph) in graphs() {
        let parts = components(&graph, &Selection::all(&graph)).unwrap();
        let numbers: Vec<_> = graph.events().map(|event| parts.of(event)).collect();
        for groups in [DotGroups::None, DotGroups::Day, DotGroups::Numbers(&numbers)] {
            let place = format!("{name}, {groups:?}");
            // Even with -Tcanon, events are placed, which takes dot long;
            // patchwork reads the same language and places none.
            let text = dot(&graph, groups);
            let canon = if name == "torture" {
                canon(text, &[], &place)
            } else {
                canon(text.replacen("layout=", "comment=", 1), &["-Kpatchwork"], &place)
            };
            let edges = canon.lines().filter(|line| line.contains(" -> ")).count();
            assert!(edges >= graph.link_count(), "{place}: {edges} edges");
        }
    }
}

/// Without GraphViz: quotes are balanced on every line, and nothing that a
/// page says stands outside of them.
#[test]
fn what_a_page_says_stays_inside_of_quotes() {
    let (name, graph) = ("torture", torture_graph());
    for line in dot(&graph, DotGroups::Day).lines() {
        let (mut outside, mut quoted, mut escaped) = (String::new(), false, false);
        for c in line.chars() {
            assert!(!c.is_control(), "{name}: {line}");
            match (quoted, c) {
                (true, _) if escaped => escaped = false,
                (true, '\\') => escaped = true,
                (_, '"') => quoted = !quoted,
                (true, _) => {}
                (false, c) => outside.push(c),
            }
        }
        assert!(!quoted, "{name}: a quote is left open in {line}");
        let known = |c: char| c.is_ascii_alphanumeric() || " [],=;{}->_.".contains(c);
        assert!(outside.chars().all(known), "{name}: {outside}");
    }
}

#[test]
fn a_selection_is_all_that_is_written() {
    let graph = archive(TINY);
    let options = SelectOptions {
        only: Some(vec![named(&graph, "landing"), named(&graph, "undated")]),
        ..SelectOptions::default()
    };
    let selection = Selection::new(&graph, &options).unwrap();
    let value: serde_json::Value = serde_json::from_str(&json(&graph, &selection)).unwrap();
    assert_eq!(value["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(value["edges"].as_array().unwrap().len(), 0);
    let folder = TempDir::new().unwrap();
    write_folder(&graph, &selection, Format::Csv, &ExportOptions::default(), folder.path())
        .unwrap();
    let back = read_folder(folder.path()).unwrap();
    assert_eq!((back.event_count(), back.link_count()), (2, 0));
}

#[test]
fn an_export_is_whole_or_not_there() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.json");
    std::fs::write(&path, "old").unwrap();
    let mut target = Target::open(&path).unwrap();
    target.write_all(b"half").unwrap();
    drop(target);
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let mut target = Target::open(&path).unwrap();
    target.write_all(b"new").unwrap();
    target.finish().unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");

    let missing = folder.path().join("no/x.json");
    let error = Target::open(&missing).err().unwrap().to_string();
    assert!(error.ends_with("there is no such folder to write the file into"), "{error}");
}

/// What takes no more bytes after some.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let graph = archive(TINY);
    let all = Selection::all(&graph);
    let options = ExportOptions::default();
    let whole = json(&graph, &all).len();
    for room in (0..whole).step_by(97) {
        let error = write(&graph, &all, Format::Json, &options, &mut Full(room)).unwrap_err();
        assert_eq!(error.kind(), threadline::ErrorKind::Io, "room for {room}");
    }
    write(&graph, &all, Format::Json, &options, &mut Full(whole)).unwrap();
    write(&graph, &all, Format::Dot, &options, &mut Full(100)).unwrap_err();
}

/// Reads GraphML and GEXF by an XML parser that is not ours (Python's expat):
/// the titles by node, and the pairs of links.
const READ_XML: &str = r#"
import json, sys, xml.etree.ElementTree as tree
def local(element): return element.tag.rsplit('}', 1)[-1]
root = tree.fromstring(sys.stdin.buffer.read())
titles, links = {}, []
for element in root.iter():
    if local(element) == 'node':
        data = {d.get('key'): d.text or '' for d in element if local(d) == 'data'}
        values = {v.get('for'): v.get('value') for v in element.iter() if local(v) == 'attvalue'}
        titles[element.get('id')] = data.get('n_title', values.get('title'))
    if local(element) == 'edge':
        links.append([element.get('source'), element.get('target')])
json.dump([titles, links], sys.stdout)
"#;

fn read_xml(xml: &[u8]) -> Option<(serde_json::Map<String, serde_json::Value>, usize)> {
    let read = read_by("python3", READ_XML, xml)?;
    Some((read[0].as_object().unwrap().clone(), read[1].as_array().unwrap().len()))
}

#[test]
fn an_xml_parser_reads_every_graph() {
    for (place, graph) in graphs() {
        let all = Selection::all(&graph);
        let graphml = exported(&graph, &all, Format::GraphMl);
        let gexf = exported(&graph, &all, Format::Gexf);
        let (Some(graphml), Some(gexf)) = (read_xml(&graphml), read_xml(&gexf)) else {
            return lacking("python3");
        };
        assert_eq!((graphml.0.len(), graphml.1), (graph.event_count(), graph.link_count()));
        assert_eq!(gexf.1, graph.link_count(), "{place}");
        for event in graph.events() {
            let title = in_xml(graph.title(event));
            let by_row = graphml.0[&format!("n{}", event.0)].as_str();
            assert_eq!(by_row, Some(title.as_str()), "{place}, GraphML");
            let by_key = gexf.0[&in_xml(graph.key(event))].as_str();
            assert_eq!(by_key, Some(title.as_str()), "{place}, GEXF");
        }
    }
}
