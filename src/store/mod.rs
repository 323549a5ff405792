//! A graph in one file: `NAME.threadline`.
//!
//! The file is a plain ZIP with one Arrow IPC file a table and a
//! `manifest.json`; `docs/formats.md` describes it. It is written beside its
//! target and renamed over it, so that whoever reads sees the old file or the
//! new one. It is opened by mapping it into memory: nothing is read before it
//! is asked for, and nothing is believed before it is checked.

mod ipc;
mod manifest;
mod map;
mod open;
mod replace;
mod schema;
mod verify;
mod write;

pub use manifest::{Counts, FORMAT_VERSION, Manifest};
pub use open::{is_graph_file, is_own_file, open};
pub(crate) use replace::{Replacement, check_folder};
pub use verify::{Check, verify};
pub use write::write;
