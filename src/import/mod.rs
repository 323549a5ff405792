//! Graphs from other tools: tables that become an event graph.
//!
//! Reads files and makes a draft; `graph` does the rest, as for pages.

pub mod cell;
mod csv;

pub use self::csv::{is_csv_folder, read_folder};
