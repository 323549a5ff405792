//! Cytoscape.js JSON (`.cyjs`): what `cytoscape({elements})` takes, and what
//! NetworkX's `cytoscape_graph` reads.
//!
//! Follows the elements JSON of js.cytoscape.org. Ids are rows (`n12`, `e7`):
//! there, nodes and edges share one space of ids, and none may be empty, while
//! a key may be.

use serde::{Serialize, Serializer};

use crate::export::attributes::{Attributes, EventAttributes, LinkAttributes};
use crate::export::json_graph::{JsonGraph, value};
use crate::graph::Link;
use crate::model::EventId;

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
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
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

pub(super) struct Cytoscape;

impl JsonGraph for Cytoscape {
    const FORMAT: (&'static str, u32) = ("threadline-cytoscape", 1);
    const HEAD: &'static str = concat!(
        r#"{"format_version":"1.0","generated_by":"threadline "#,
        env!("CARGO_PKG_VERSION"),
        r#"","directed":true,"multigraph":true,"data":"#
    );
    const NODES: &'static str = ",\n\"elements\":{\"nodes\":[";
    const EDGES: &'static str = "],\n\"edges\":[";
    const TAIL: &'static str = "]}}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        let graph = known.graph();
        let attributes = known.event(event);
        let position = attributes.x.zip(attributes.y).map(|(x, y)| Position { x, y });
        let id = Id('n', event.0);
        let data =
            Node { id, value: id, name: graph.title(event), key: graph.key(event), attributes };
        value(row, &Element { data, position });
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        let data = Edge {
            id: Id('e', link.id.0),
            source: Id('n', link.source.0),
            target: Id('n', link.target.0),
            key: link.id.0,
            attributes: known.link(link),
        };
        value(row, &Element { data, position: None });
    }
}
