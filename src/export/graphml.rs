//! GraphML, as yEd, Cytoscape, igraph, NetworkX and Gephi read it.
//!
//! Follows the GraphML specification (graphml.graphdrawing.org): ids are
//! tokens (`n12`, `e7`: rows of the tables), so keys are attributes; lists are
//! texts joined by `|` as in CSV.

use std::io::{self, Write};

use crate::export::xml::{Xml, each_attribute};
use crate::export::{ExportOptions, links_between, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, join_names};

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
    let edge = |out: &mut dyn Write, link: crate::graph::Link| -> io::Result<()> {
        let (id, source, target) = (link.id.0, link.source.0, link.target.0);
        write!(out, "<edge id=\"e{id}\" source=\"n{source}\" target=\"n{target}\">")?;
        data(out, "e_rank", link.rank)?;
        let topics = graph.link_topics(link.id).map(|topic| graph.topic_name(topic));
        let topics = join_names(topics);
        if !topics.is_empty() {
            data(out, "e_topics", Xml(&topics))?;
        }
        data(out, "e_line", link.line)?;
        data(out, "e_strength", strengths.of(link.id))?;
        out.write_all(b"</edge>\n")
    };
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
        for event in selection.events(graph) {
            node(out, graph, event, options.place(event))?;
        }
        for link in links_between(graph, selection) {
            edge(out, link)?;
        }
        out.write_all(b"</graph>\n</graphml>\n")
    };
    work().map_err(write_error)
}

fn node(
    out: &mut dyn Write,
    graph: &EventGraph,
    event: EventId,
    place: Option<[f64; 2]>,
) -> io::Result<()> {
    write!(out, "<node id=\"n{}\">", event.0)?;
    data(out, "n_key", Xml(graph.key(event)))?;
    if let Some(date) = graph.date(event) {
        data(out, "n_date", date)?;
    }
    data(out, "n_title", Xml(graph.title(event)))?;
    each_attribute(graph, event, |name, value| data(out, &format!("n_{name}"), value))?;
    if let Some([x, y]) = place {
        data(out, "n_x", x)?;
        data(out, "n_y", y)?;
    }
    out.write_all(b"</node>\n")
}

fn data(out: &mut dyn Write, key: &str, value: impl std::fmt::Display) -> io::Result<()> {
    write!(out, "<data key=\"{key}\">{value}</data>")
}
