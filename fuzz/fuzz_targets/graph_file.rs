//! A graph file that may be damaged: an error or an answer, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadline::analysis::{ChainOptions, PageRankOptions, StoryOptions, TimelineOptions};
use threadline::graph::{Selection, Table};
use threadline::model::EventId;
use threadline::{analysis, export, store};

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join("x.threadline");
    std::fs::write(&path, data).expect("a temporary file");
    let _ = store::verify(&path);
    let Ok(graph) = store::open(&path) else { return };
    // A file of some bytes may claim millions of rows; it has not got them.
    assert!(graph.event_count() <= data.len() && graph.link_count() <= data.len());
    let all = Selection::all(&graph);
    let mut sink = std::io::sink();
    for &format in export::Format::ALL.iter().filter(|format| !format.is_folder()) {
        let _ = export::write(&graph, &all, format, &export::ExportOptions::default(), &mut sink);
    }
    let _ = analysis::summarise(&graph, &all);
    let _ = analysis::timeline(&graph, &all, TimelineOptions { period: None });
    let _ = analysis::pagerank(&graph, &all, PageRankOptions::default());
    if let Ok(stories) = analysis::stories(&graph, StoryOptions::default()) {
        let _ = stories.tell(0);
    }
    let rows = analysis::topic_rows(&graph, &all);
    let _ = analysis::bursts(&graph, &rows, &all, analysis::BurstOptions::default());
    let _ = analysis::search(&graph, "moon", &all, usize::MAX);
    let _ = analysis::find_event(&graph, "moon");
    if graph.event_count() > 1 {
        let last = EventId(graph.event_count() as u32 - 1);
        let options = ChainOptions::default();
        let _ = analysis::fewest_links(&graph, EventId(0), last, &all, options);
    }
    for &table in Table::ALL {
        let _ = graph.table(table);
    }
});
