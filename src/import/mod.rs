//! Graphs from other tools: tables that become an event graph; and where an
//! exported picture has its events.
//!
//! Reads files and makes a draft; `graph` does the rest, as for pages.

mod csv;
mod places;

pub use self::csv::{is_csv_folder, read_folder};
pub use self::places::read_places;
