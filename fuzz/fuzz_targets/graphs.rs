//! GraphML, GEXF and node-link JSON: import → export → import → export gives
//! the same bytes.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use threadline::export::{ExportOptions, Format, write};
use threadline::graph::Selection;
use threadline::import::read;

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    for (format, name) in
        [(Format::GraphMl, "x.graphml"), (Format::Gexf, "x.gexf"), (Format::Json, "x.json")]
    {
        let path = folder.path().join(name);
        let Some(first) = again(&path, data, format) else { continue };
        let second = again(&path, &first, format).expect("ours");
        let third = again(&path, &second, format).expect("ours");
        assert_eq!(second, third);
    }
});

/// What is written of the graph that these bytes are.
fn again(path: &Path, bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    std::fs::write(path, bytes).expect("a temporary file");
    let graph = read(path).expect("a known name").ok()?;
    graph.walk().expect("an imported graph is sound");
    let mut out = Vec::new();
    let all = Selection::all(&graph);
    write(&graph, &all, format, &ExportOptions::default(), &mut out).expect("memory");
    Some(out)
}
