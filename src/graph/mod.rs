//! [`EventGraph`]: the events, links and topics of an archive as tables, and
//! how to walk them.
//!
//! The tables are Arrow's: in memory, in the file and in a notebook they are
//! the same buffers. They may come from a file that is damaged or made to
//! harm, so every offset, every string and every id is checked where it is
//! read; the links' ids are checked once, before the first walk ([`Walk`]).
//! This room reads and writes no files.

mod arrow;
mod build;
mod check;
mod columns;
mod details;
mod dictionary;
mod kept;
mod neighbours;
mod petgraph;
mod problems;
mod select;
mod tables;
mod walk;

pub use self::petgraph::{LinkRef, Visited};
pub use build::build;
pub use columns::{CheckedTexts, Lists, Texts};
pub use details::{RevisionRow, SourceRow};
pub use dictionary::DictionaryTexts;
pub(crate) use kept::once;
pub use neighbours::Neighbours;
pub use problems::ProblemRow;
pub use select::{SelectOptions, Selection, find_topics};
pub use tables::{
    About, Adjacency, EventGraph, Events, Link, Links, Problems, Revisions, Sources, Table, Tables,
};
pub use walk::Walk;
