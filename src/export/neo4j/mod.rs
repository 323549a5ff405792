//! Neo4j: a folder of tables for `neo4j-admin database import full`, or one
//! self-contained Cypher script.
//!
//! Both make the same graph: nodes `Event`, `Topic`, `Story`, `Source` and
//! `Revision`; relationships `RELATED` (the links), `ABOUT`, `PART_OF`, `CITES`
//! and `WORDED`.

mod cypher;
mod tables;

pub(super) use self::cypher::write;
pub(super) use self::tables::write_folder;
