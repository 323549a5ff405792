//! The integration tests, in one binary: one module a subject.
//!
//! `cargo test --test it`. Those that need `../shared`, `python3`, `dot` or
//! another user than root say so in `target/tmp/skipped.txt` and pass where there is
//! none.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod bad_input;
mod bad_tables;
mod bursts;
mod chain;
mod chain_kinds;
mod cli;
mod cli_chain;
mod cli_times;
mod communities;
mod components;
mod cooccurrence;
mod day_pages;
mod dialects;
mod distances;
mod errors;
mod export;
mod export_dossier;
mod export_json;
mod export_lists;
mod export_neo4j;
mod export_obsidian;
mod export_rdf;
mod export_tables;
mod export_xml;
mod find;
mod fixture;
mod graph;
mod house;
mod import;
mod layout;
mod opening;
mod packed_links;
mod pages;
mod pictures;
mod places;
mod random;
mod rank;
mod readers;
mod recipes;
mod same_bytes;
mod search;
mod select;
mod shared;
mod skip;
mod store;
mod store_damage;
mod stories;
mod thread;
mod timeline;
mod torture;
