//! Node-link JSON: what NetworkX's `node_link_graph` reads as it is.
//!
//! `docs/formats.md` documents every field, `docs/export.schema.json` is its
//! JSON Schema.

use crate::export::attributes::Attributes;
use crate::export::json_graph::{JsonGraph, push_ends, push_event, push_link};
use crate::export::json_rows::push_text;
use crate::export::rows::push_number;
use crate::graph::Link;
use crate::model::EventId;

pub(super) struct NodeLink;

impl JsonGraph for NodeLink {
    const FORMAT: (&'static str, u32) = ("threadline-json", 1);
    const HEAD: &'static str = r#"{"directed":true,"multigraph":true,"graph":"#;
    const NODES: &'static str = ",\n\"nodes\":[";
    const EDGES: &'static str = "],\n\"edges\":[";
    const TAIL: &'static str = "]}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        push_text(row, "{\"id\":", known.key(event));
        row.push(b',');
        push_event(row, known, event);
        row.push(b'}');
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        push_ends(row, "{\"source\":", known, link);
        // Tells parallel edges apart, as NetworkX's multigraphs need it.
        push_number(row, ",\"key\":", link.id.0);
        row.push(b',');
        push_link(row, known, link);
        row.push(b'}');
    }
}
