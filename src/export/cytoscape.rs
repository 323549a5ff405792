//! Cytoscape.js JSON (`.cyjs`): what `cytoscape({elements})` takes, and what
//! NetworkX's `cytoscape_graph` reads.
//!
//! Follows the elements JSON of js.cytoscape.org. Ids are rows (`n12`, `e7`):
//! there, nodes and edges share one space of ids, and none may be empty, while
//! a key may be.

use crate::export::attributes::Attributes;
use crate::export::json_graph::{JsonGraph, push_event, push_link};
use crate::export::json_rows::{push_json_number, push_text};
use crate::export::rows::push_number;
use crate::export::words::label;
use crate::graph::Link;
use crate::model::EventId;

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
        push_number(row, "{\"data\":{\"id\":\"n", event.0);
        // What NetworkX calls the id.
        push_number(row, "\",\"value\":\"n", event.0);
        // A label, as Cytoscape calls it.
        push_text(row, "\",\"name\":", &label(known.graph(), event));
        push_text(row, ",\"key\":", known.key(event));
        row.push(b',');
        push_event(row, known, event);
        row.push(b'}');
        if let Some([x, y]) = known.place(event) {
            push_json_number(row, ",\"position\":{\"x\":", x);
            push_json_number(row, ",\"y\":", y);
            row.push(b'}');
        }
        row.push(b'}');
    }

    fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
        push_number(row, "{\"data\":{\"id\":\"e", link.id.0);
        push_number(row, "\",\"source\":\"n", link.source.0);
        push_number(row, "\",\"target\":\"n", link.target.0);
        // Tells parallel edges apart in NetworkX.
        push_number(row, "\",\"key\":", link.id.0);
        row.push(b',');
        push_link(row, known, link);
        row.extend(b"}}");
    }
}
