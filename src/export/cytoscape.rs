//! Cytoscape.js JSON (`.cyjs`): what `cytoscape({elements})` takes, and what
//! NetworkX's `cytoscape_graph` reads.
//!
//! Follows the elements JSON of js.cytoscape.org. Ids are rows (`n12`, `e7`):
//! there, nodes and edges share one space of ids, and none may be empty, while
//! a key may be.

use std::io::Write;

use serde::{Serialize, Serializer};

use crate::error::Result;
use crate::export::attributes::{
    Attributes, EventAttributes, GENERATOR, GraphAttributes, LinkAttributes,
};
use crate::export::json_rows::{object, raw, rows};
use crate::export::{ExportOptions, links_between};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;

const VERSION: u32 = 1;

/// An element: all that it says stands in its `data`, but for its place.
#[derive(Serialize)]
struct Element<D> {
    data: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

/// Where a node is drawn.
#[derive(Serialize)]
struct Position {
    x: f64,
    y: f64,
}

/// An id: a letter and a row.
#[derive(Clone, Copy)]
struct Id(char, u32);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1))
    }
}

#[derive(Serialize)]
struct Node<'a> {
    id: Id,
    /// What NetworkX calls the id.
    value: Id,
    /// A label, as Cytoscape calls it.
    name: &'a str,
    key: &'a str,
    #[serde(flatten)]
    attributes: EventAttributes<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    id: Id,
    source: Id,
    target: Id,
    /// Tells parallel edges apart in NetworkX.
    key: u32,
    #[serde(flatten)]
    attributes: LinkAttributes<'a>,
}

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    raw(out, "{\"format_version\":\"1.0\",\"generated_by\":")?;
    object(out, &GENERATOR)?;
    raw(out, ",\"directed\":true,\"multigraph\":true,\"data\":")?;
    object(out, &GraphAttributes::new(graph, "threadline-cytoscape", VERSION))?;
    raw(out, ",\n\"elements\":{\"nodes\":[")?;
    let node = |event: EventId| Element {
        data: Node {
            id: Id('n', event.0),
            value: Id('n', event.0),
            name: graph.title(event),
            key: graph.key(event),
            attributes: known.event(event),
        },
        position: options.place(event).map(|[x, y]| Position { x, y }),
    };
    rows(out, selection.events(graph), node)?;
    raw(out, "],\n\"edges\":[")?;
    let edge = |link: Link| Element {
        data: Edge {
            id: Id('e', link.id.0),
            source: Id('n', link.source.0),
            target: Id('n', link.target.0),
            key: link.id.0,
            attributes: known.link(link),
        },
        position: None,
    };
    rows(out, links_between(graph, selection), edge)?;
    raw(out, "]}}\n")
}
