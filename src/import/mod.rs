//! Graphs from other tools: frames, tables, GraphML, GEXF and node-link JSON become an
//! event graph; and where an exported picture has its events.
//!
//! Reads files and makes a draft; `graph` does the rest, as for pages.

mod arrow;
mod csv;
mod gexf;
mod graphml;
mod node_link;
mod pairs;
mod places;
mod rows;
mod xml;

use std::path::Path;

pub use self::arrow::read_batches;
pub use self::csv::{is_csv_folder, read_folder};
pub use self::gexf::read_gexf;
pub use self::graphml::read_graphml;
pub use self::node_link::read_node_link;
pub use self::pairs::{TableOfPairs, pairs_in, read_pairs};
pub use self::places::read_places;

use crate::error::Result;
use crate::graph::EventGraph;

/// Reads a graph of another tool, by what the path is: a folder with CSV
/// tables, or a file whose name ends with `.graphml`, `.gexf` or `.json`.
///
/// # Returns
/// `None` if it is none of these.
///
/// # Errors
/// If it cannot be read; what is odd in a row is a problem of the graph.
pub fn read(path: &Path) -> Option<Result<EventGraph>> {
    if is_csv_folder(path) {
        return Some(read_folder(path));
    }
    if !path.is_file() {
        return None;
    }
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    let read = match extension.as_str() {
        "graphml" => read_graphml,
        "gexf" => read_gexf,
        "json" => read_node_link,
        _ => return None,
    };
    Some(read(path))
}
