//! GraphML, as yEd, Cytoscape, igraph, NetworkX and Gephi read it.
//!
//! Follows the GraphML specification (graphml.graphdrawing.org): ids are
//! tokens (`n12`, `e7`: rows of the tables), so keys are attributes; lists are
//! texts joined by `|` as in CSV.

use std::io::{self, Write};

use crate::export::records::link_topics;
use crate::export::rows::{push_number, write_rows};
use crate::export::xml::{Value, each_attribute};
use crate::export::{ExportOptions, write_error};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

/// The attributes: for what, its name, its type.
const KEYS: [(&str, &str, &str); 15] = [
    ("node", "key", "string"),
    ("node", "date", "string"),
    ("node", "title", "string"),
    ("node", "summary", "string"),
    ("node", "lead_topic", "string"),
    ("node", "topics", "string"),
    ("node", "present", "boolean"),
    ("node", "page", "string"),
    ("node", "sources", "string"),
    ("node", "x", "double"),
    ("node", "y", "double"),
    ("edge", "rank", "int"),
    ("edge", "topics", "string"),
    ("edge", "line", "int"),
    ("edge", "strength", "double"),
];

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> crate::Result<()> {
    let strengths = graph.strengths()?;
    let mut work = || -> io::Result<()> {
        out.write_all(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
              <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
              xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
              xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
              http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
        )?;
        for (kind, name, of_type) in KEYS {
            if options.places.is_none() && matches!(name, "x" | "y") {
                continue;
            }
            let id = &kind[..1];
            writeln!(
                out,
                "<key id=\"{id}_{name}\" for=\"{kind}\" attr.name=\"{name}\" \
                 attr.type=\"{of_type}\"/>"
            )?;
        }
        out.write_all(b"<graph id=\"threadline\" edgedefault=\"directed\">\n")?;
        write_rows(out, selection.events(graph), |row, event| {
            node(row, graph, event, options.place(event));
        })?;
        write_rows(out, selection.links(graph), |row, link| {
            edge(row, graph, link, strengths.of(link.id));
        })?;
        out.write_all(b"</graph>\n</graphml>\n")
    };
    work().map_err(write_error)
}

fn node(row: &mut Vec<u8>, graph: &EventGraph, event: EventId, place: Option<[f64; 2]>) {
    push_number(row, "<node id=\"n", event.0);
    row.extend(b"\">");
    data(row, "n_", "key", Value::Text(graph.key(event)));
    if let Some(date) = graph.date(event) {
        data(row, "n_", "date", Value::Date(date));
    }
    data(row, "n_", "title", Value::Text(graph.title(event)));
    each_attribute(graph, event, |name, value| data(row, "n_", name, value));
    if let Some([x, y]) = place {
        data(row, "n_", "x", Value::Real(x));
        data(row, "n_", "y", Value::Real(y));
    }
    row.extend(b"</node>\n");
}

fn edge(row: &mut Vec<u8>, graph: &EventGraph, link: Link, strength: f64) {
    push_number(row, "<edge id=\"e", link.id.0);
    push_number(row, "\" source=\"n", link.source.0);
    push_number(row, "\" target=\"n", link.target.0);
    row.extend(b"\">");
    data(row, "e_", "rank", Value::Whole(link.rank.into()));
    let topics = link_topics(graph, link.id);
    if !topics.is_empty() {
        data(row, "e_", "topics", Value::Names(topics));
    }
    data(row, "e_", "line", Value::Whole(link.line.into()));
    data(row, "e_", "strength", Value::Real(strength));
    row.extend(b"</edge>\n");
}

/// An attribute of a node or an edge; the prefix tells which.
fn data(row: &mut Vec<u8>, prefix: &str, name: &str, value: Value<'_>) {
    row.extend(b"<data key=\"");
    row.extend(prefix.as_bytes());
    row.extend(name.as_bytes());
    row.extend(b"\">");
    value.push(row);
    row.extend(b"</data>");
}
