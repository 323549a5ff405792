//! JSON Graph Format, version 2.
//!
//! Follows jsongraphformat.info and its schema: nodes are the members of an
//! object, by key; what the format has no name for is `metadata`.

use crate::export::attributes::Attributes;
use crate::export::json_graph::{JsonGraph, push_ends, push_event, push_link};
use crate::export::json_rows::push_text;
use crate::export::rows::push_number;
use crate::export::words::label;
use crate::graph::Link;
use crate::model::EventId;

pub(super) struct Jgf;

impl JsonGraph for Jgf {
    const FORMAT: (&'static str, u32) = ("threadline-jgf", 1);
    const HEAD: &'static str = r#"{"graph":{"directed":true,"type":"event graph","metadata":"#;
    const NODES: &'static str = ",\n\"nodes\":{";
    const EDGES: &'static str = "},\n\"edges\":[";
    const TAIL: &'static str = "]}}\n";

    fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId) {
        push_text(row, "", known.key(event));
        push_text(row, ":{\"label\":", &label(known.graph(), event));
        row.extend(b",\"metadata\":{");
        push_event(row, known, event);
        row.extend(b"}}");
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        push_number(row, "{\"id\":\"", link.id.0);
        push_ends(row, "\",\"source\":", known, link);
        row.extend(b",\"relation\":\"related\",\"metadata\":{");
        push_link(row, known, link);
        row.extend(b"}}");
    }
}
