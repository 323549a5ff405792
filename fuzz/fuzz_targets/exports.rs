//! A graph of any texts: every format takes it, and those that can be read
//! back hold the same titles.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadline::EventGraph;
use threadline::export::{ExportOptions, Format, write, write_folder};
use threadline::graph::{Selection, build};
use threadline::import;
use threadline::model::{Date, Draft, NONE, SourceKind};

fuzz_target!(|data: &[u8]| {
    let graph = graph_of(data);
    let all = Selection::all(&graph);
    let options = ExportOptions::default();
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    for &format in Format::ALL {
        let path = folder.path().join(format.name());
        if format.is_folder() {
            write_folder(&graph, &all, format, &options, &path).expect("a temporary folder");
            if format == Format::Csv {
                assert_eq!(titles(&import::read_folder(&path).expect("ours")), titles(&graph));
            }
            continue;
        }
        let mut out = Vec::new();
        write(&graph, &all, format, &options, &mut out).expect("memory");
        let read = match format {
            Format::Json => import::read_node_link,
            Format::Gexf => import::read_gexf,
            Format::GraphMl => import::read_graphml,
            _ => continue,
        };
        std::fs::write(&path, &out).expect("a temporary file");
        let back = read(&path).expect("ours");
        if format == Format::Json {
            assert_eq!(titles(&back), titles(&graph));
        } else {
            // XML cannot hold every character.
            assert_eq!(back.event_count(), graph.event_count());
            assert_eq!(back.link_count(), graph.link_count());
        }
    }
});

/// Keys and titles, by id.
fn titles(graph: &EventGraph) -> Vec<(&str, &str)> {
    graph.events().map(|event| (graph.key(event), graph.title(event))).collect()
}

/// An event for each stretch of text between line ends, linked in a ring.
fn graph_of(data: &[u8]) -> EventGraph {
    let text = String::from_utf8_lossy(data);
    let texts: Vec<&str> = text.split('\n').take(40).collect();
    let count = texts.len() as u32;
    let mut draft = Draft::default();
    for (n, text) in (0_u32..).zip(&texts) {
        draft.events.key.push(&format!("{n}/{text}"));
        draft.events.date.push(Date::from_days(text.len() as i32 * 37).filter(|_| n % 3 > 0));
        draft.events.title.push(text);
        draft.events.summary.push(text);
        draft.events.present.push(n % 4 > 0);
        draft.events.page.push(if n % 4 > 0 { text } else { "" });
        let topic = draft.topics.push(&format!("{text}{n}"));
        draft.events.lead_topic.push(if n % 2 == 0 { topic } else { NONE });
        draft.contexts.push(n..n + 1);
        draft.context_topics.push(topic);
        draft.links.source.push(n);
        draft.links.target.push((n * 7 + 1) % count);
        draft.links.rank.push(1);
        draft.links.context.push(n);
        draft.links.line.push(n);
        draft.sources.event.push(n);
        draft.sources.name.push(text);
        draft.sources.url.push(text);
        draft.sources.kind.push(if n % 2 == 0 { SourceKind::Image } else { SourceKind::Article });
    }
    build(draft).expect("few rows")
}
