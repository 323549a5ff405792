//! CSV tables: import → export → import → export gives the same bytes.
#![no_main]

use std::fs;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use threadline::graph::Selection;
use threadline::{export, import};

const TABLES: [&str; 3] = ["events.csv", "links.csv", "topics.csv"];

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let at = data.windows(5).position(|part| part == b"\n---\n");
    let (events, links) = match at {
        Some(at) => (&data[..at], &data[at + 5..]),
        None => (data, &b"source,target\n"[..]),
    };
    fs::write(folder.path().join("events.csv"), events).expect("a temporary file");
    fs::write(folder.path().join("links.csv"), links).expect("a temporary file");
    let Some(first) = again(folder.path(), &folder.path().join("a")) else { return };
    let second = again(&folder.path().join("a"), &folder.path().join("b")).expect("ours");
    assert_eq!(first, second);
});

/// Imports a folder and exports it into another.
fn again(from: &Path, to: &Path) -> Option<Vec<Vec<u8>>> {
    let graph = import::read_folder(from).ok()?;
    graph.walk().expect("an imported graph is sound");
    export::write_folder(
        &graph,
        &Selection::all(&graph),
        export::Format::Csv,
        &export::ExportOptions::default(),
        to,
    )
    .expect("a temporary folder");
    Some(TABLES.iter().map(|name| fs::read(to.join(name)).expect("written")).collect())
}
