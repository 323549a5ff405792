//! Graphology JSON: what `Graph.from` of graphology takes, and with it sigma.js
//! and the metrics and layouts written for it.
//!
//! Follows graphology.github.io/serialization: a directed graph with parallel
//! links. A node's key is the event's key, an edge's key its row.

use serde::Serialize;

use crate::export::attributes::{Attributes, EventAttributes, LinkAttributes};
use crate::export::json_graph::{JsonGraph, value};
use crate::graph::Link;
use crate::model::EventId;

#[derive(Serialize)]
struct Node<'a> {
    key: &'a str,
    attributes: Labelled<'a>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    /// What sigma.js writes beside a node.
    label: &'a str,
    #[serde(flatten)]
    attributes: EventAttributes<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    /// A text, as graphology keeps keys.
    key: String,
    source: &'a str,
    target: &'a str,
    attributes: LinkAttributes<'a>,
}

pub(super) struct Graphology;

impl JsonGraph for Graphology {
    const FORMAT: (&'static str, u32) = ("threadline-graphology", 1);
    const HEAD: &'static str = concat!(
        r#"{"options":{"type":"directed","multi":true,"allowSelfLoops":true},"#,
        "\n",
        r#""attributes":"#
    );
    const NODES: &'static str = ",\n\"nodes\":[";
    const EDGES: &'static str = "],\n\"edges\":[";
    const TAIL: &'static str = "]}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        let graph = known.graph();
        let attributes = Labelled { label: graph.title(event), attributes: known.event(event) };
        value(row, &Node { key: known.key(event), attributes });
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        let edge = Edge {
            key: link.id.0.to_string(),
            source: known.key(link.source),
            target: known.key(link.target),
            attributes: known.link(link),
        };
        value(row, &edge);
    }
}
