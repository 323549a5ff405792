//! Graphology JSON: what `Graph.from` of graphology takes, and with it sigma.js
//! and the metrics and layouts written for it.
//!
//! Follows graphology.github.io/serialization: a directed graph with parallel
//! links. A node's key is the event's key, an edge's key its row.

use crate::export::attributes::Attributes;
use crate::export::json_graph::{JsonGraph, push_ends, push_event, push_link};
use crate::export::json_rows::push_text;
use crate::export::rows::push_number;
use crate::export::words::label;
use crate::graph::Link;
use crate::model::EventId;

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
        push_text(row, "{\"key\":", known.key(event));
        // What sigma.js writes beside a node.
        push_text(row, ",\"attributes\":{\"label\":", &label(known.graph(), event));
        row.push(b',');
        push_event(row, known, event);
        row.extend(b"}}");
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        // A text, as graphology keeps keys.
        push_number(row, "{\"key\":\"", link.id.0);
        push_ends(row, "\",\"source\":", known, link);
        row.extend(b",\"attributes\":{");
        push_link(row, known, link);
        row.extend(b"}}");
    }
}
