//! Node-link JSON: what NetworkX's `node_link_graph` reads as it is.
//!
//! `docs/formats.md` documents every field, `docs/export.schema.json` is its
//! JSON Schema.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::records::{self, RevisionRecord, SourceRecord};
use crate::export::{ExportOptions, links_between, write_error};
use crate::graph::{About, EventGraph, Selection};

#[derive(Serialize)]
struct Node<'g> {
    id: &'g str,
    date: Option<String>,
    title: &'g str,
    summary: Option<&'g str>,
    lead_topic: Option<&'g str>,
    topics: Vec<&'g str>,
    present: bool,
    page: Option<&'g str>,
    /// Where it is drawn, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<f64>,
    sources: Vec<SourceRecord<'g>>,
    revisions: Vec<RevisionRecord<'g>>,
}

#[derive(Serialize)]
struct Edge<'g> {
    source: &'g str,
    target: &'g str,
    /// Tells parallel edges apart, as NetworkX's multigraphs need it.
    key: u32,
    rank: u16,
    topics: Vec<&'g str>,
    line: u32,
}

#[derive(Serialize)]
struct GraphAttributes<'g> {
    format: &'static str,
    version: u32,
    generator: &'static str,
    archive: &'g About,
}

const VERSION: u32 = 1;

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let attributes = GraphAttributes {
        format: "threadline-json",
        version: VERSION,
        generator: concat!("threadline ", env!("CARGO_PKG_VERSION")),
        archive: graph.about(),
    };
    out.write_all(b"{\"directed\":true,\"multigraph\":true,\"graph\":").map_err(write_error)?;
    row(out, &attributes)?;
    out.write_all(b",\n\"nodes\":[").map_err(write_error)?;
    let mut first = true;
    for event in selection.events(graph) {
        separate(out, &mut first)?;
        let place = options.place(event);
        row(
            out,
            &Node {
                id: graph.key(event),
                date: graph.date(event).map(|date| date.to_string()),
                title: graph.title(event),
                summary: graph.summary(event),
                lead_topic: graph.lead_topic(event).map(|topic| graph.topic_name(topic)),
                topics: records::topics(graph, event),
                present: graph.present(event),
                page: graph.page(event),
                x: place.map(|[x, _]| x),
                y: place.map(|[_, y]| y),
                sources: records::sources(graph, event),
                revisions: records::revisions(graph, event),
            },
        )?;
    }
    out.write_all(b"\n],\n\"edges\":[").map_err(write_error)?;
    first = true;
    for link in links_between(graph, selection) {
        separate(out, &mut first)?;
        row(
            out,
            &Edge {
                source: graph.key(link.source),
                target: graph.key(link.target),
                key: link.id.0,
                rank: link.rank,
                topics: graph.link_topics(link.id).map(|topic| graph.topic_name(topic)).collect(),
                line: link.line,
            },
        )?;
    }
    out.write_all(b"\n]}\n").map_err(write_error)
}

/// One row a line, so that exports can be compared line by line.
fn separate(out: &mut dyn Write, first: &mut bool) -> Result<()> {
    let separator: &[u8] = if std::mem::take(first) { b"\n" } else { b",\n" };
    out.write_all(separator).map_err(write_error)
}

fn row(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|cause| write_error(cause.into()))
}
