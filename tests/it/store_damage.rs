//! Files that are cut or have a byte altered: a clear error or a wrong answer,
//! never a panic; and `verify` names the table.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::analysis::{
    BetweennessOptions, BurstOptions, By, ChainOptions, ChainSearch, LeidenOptions,
    PageRankOptions, StoryOptions, ThreadOptions, Ties, TimelineOptions, Weight, betweenness,
    bursts, components, fewest_links, find_event, gap, leiden, pagerank, search, stories,
    summarise, thread, timeline, topic_counts, topic_rows,
};
use threadline::export::{self, DotGroups, ExportOptions, Format, records};
use threadline::graph::{SelectOptions, Selection, Table};
use threadline::model::{EventId, LinkId, TopicId};
use threadline::store::{open, verify, write};

use crate::fixture::archive;

/// A small graph in which no table is empty.
const SMALL: &str = "
//- news/2006/01/26/a.md
### [2006-01-26](/x)
##### Moon
# Ä
Words.
### Source:
1. [BBC](http://bbc)
### Changes:
1. [Old](/old.md) _2006-01-26 10:00:00 (First version)_
2. [A](/news/2006/01/26/a.md) _(Current version)_
### Related:
1. [B](/news/2006/01/25/b.md) _Context: X, Y_
2. [Undated](/u.md) _Context: X_
//- news/2006/01/25/b.md
### [2006-01-25](/x)
# B
### Related:
1. [A](/old.md)
";

fn small_file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("x");
        write(&archive(SMALL), &path).unwrap();
        std::fs::read(path).unwrap()
    })
}

static TURN: AtomicUsize = AtomicUsize::new(0);

/// Asks a graph everything. Answers may be wrong, errors are fine.
fn ask_everything(graph: &EventGraph) {
    // Rows that are there, and rows that are not.
    for id in (0..graph.event_count().min(9) as u32 + 2).chain([u32::MAX]) {
        let event = EventId(id);
        let _ = (graph.key(event), graph.date(event), graph.title(event), graph.summary(event));
        let _ = (graph.lead_topic(event).map(|t| graph.topic_name(t)), graph.present(event));
        let _ = (graph.page(event), graph.topics(event).count());
        let _ = (records::sources(graph, event).len(), records::revisions(graph, event).len());
        let _ = (records::event(graph, event), records::topics(graph, event).len());
        let link = LinkId(id);
        let _ = graph.link(link).map(|link| records::link(graph, link));
        let _ = (graph.link_topics(link).count(), graph.topic_name(TopicId(id)));
    }
    for name in ["", "Moon", "X", "\u{10ffff}"] {
        let _ = graph.find_topic(name);
    }
    let _ = graph.problem_counts();
    for &table in Table::ALL {
        let _ = graph.table(table);
    }
    let all = Selection::all(graph);
    let days = ExportOptions { groups: DotGroups::Day, ..ExportOptions::default() };
    // One of the formats each time, in turn: some tens of thousands of damaged
    // files are asked, so each format meets every table.
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let formats: Vec<Format> =
        Format::ALL.iter().copied().filter(|format| !format.is_folder()).collect();
    let format = formats[turn % formats.len()];
    let _ = export::write(graph, &all, format, &days, &mut io::sink());
    let _ = search(graph, "a", &all, usize::MAX).map(|hits| hits.len());
    let _ = find_event(graph, "b").map(|event| graph.title(event).len());
    let _ = timeline(graph, &all, TimelineOptions { period: None }).map(|found| found.undated);
    let _ = (topic_counts(graph, &all).len(), summarise(graph, &all).map(|found| found.links));
    let _ = components(graph, &all).map(|found| found.groups(3).len());
    if let Ok(strengths) = graph.strengths() {
        let ties = Ties::of_links(&strengths, &all, Weight::Strength);
        let _ = leiden(&ties, &all, LeidenOptions::default()).map(|found| found.partition.len());
    }
    let options = StoryOptions { min_size: 1, ..StoryOptions::default() };
    if let Ok(found) = stories(graph, options) {
        let _ = (found.tell(0).map(|told| told.ranked.len()), found.heat().len());
    }
    for directed in [false, true] {
        let options = PageRankOptions { directed, ..PageRankOptions::default() };
        let _ = pagerank(graph, &all, options).map(|ranks| ranks.leading(3).len());
    }
    let _ = betweenness(graph, &all, BetweennessOptions::default());
    let _ = bursts(graph, &topic_rows(graph, &all), &all, BurstOptions::default());
    let options = SelectOptions {
        topics: vec!["x".into()],
        around: Some((EventId(0), 2)),
        ..SelectOptions::default()
    };
    let _ = Selection::new(graph, &options).map(|selection| selection.len());
    if graph.walk().is_ok() {
        for (from, to) in graph.events().zip(graph.events().skip(1)) {
            let options = ChainOptions::default();
            let _ = fewest_links(graph, from, to, &all, options).map(|chain| chain.is_some());
            for &by in By::ALL {
                let options = ChainOptions { by, ..options };
                let search = ChainSearch::new(graph, &all, options);
                let _ = search.map(|mut search| search.chains(from, to, 2).is_ok());
            }
            let _ = thread(graph, from, &all, ThreadOptions::default()).is_ok();
            let _ = gap(graph, from, to).is_ok();
        }
    }
}

/// A copy of the small file, to be damaged in place: in memory where the
/// system has such a folder, since the tests do it many thousand times.
struct Copy {
    _folder: TempDir,
    path: PathBuf,
    file: File,
}

impl Copy {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = TempDir::new_in(folder).unwrap();
        let path = folder.path().join("x");
        std::fs::write(&path, small_file()).unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        Self { _folder: folder, path, file }
    }

    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.file.seek(SeekFrom::Start(at as u64)).unwrap();
        self.file.write_all(bytes).unwrap();
    }

    /// What a question says while one byte is another one; nothing may be
    /// mapped any more when it returns. `None` for a panic.
    fn altered<T>(&mut self, at: usize, byte: u8, ask: impl FnOnce(&Path) -> T) -> Option<T> {
        self.put(at, &[byte]);
        let answer = catch_unwind(AssertUnwindSafe(|| ask(&self.path))).ok();
        self.put(at, &small_file()[at..=at]);
        answer
    }
}

/// Opens a file and asks it everything; whether it could be opened.
fn opens(path: &Path) -> bool {
    match open(path) {
        Ok(graph) => {
            ask_everything(&graph);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// Every place in these, with three other bytes each.
fn alterations(places: impl Iterator<Item = usize>) -> Vec<(usize, u8)> {
    let file = small_file();
    places.flat_map(|at| [1, 0x80, 0xff].map(|flip| (at, file[at] ^ flip))).collect()
}

/// Which entries of the file hold this place, by the ZIP's own directory.
fn entries(file: &[u8]) -> Vec<(String, std::ops::Range<usize>)> {
    let mut zip = zip::ZipArchive::new(io::Cursor::new(file)).unwrap();
    (0..zip.len())
        .map(|index| {
            let entry = zip.by_index(index).unwrap();
            let start = entry.data_start().unwrap() as usize;
            (entry.name().unwrap().into_owned(), start..start + entry.size() as usize)
        })
        .collect()
}

#[test]
fn the_whole_file_answers() {
    assert!(opens(&Copy::new().path));
}

#[test]
fn a_file_cut_at_any_length_is_an_error() {
    let copy = Copy::new();
    for length in (0..small_file().len()).rev() {
        copy.file.set_len(length as u64).unwrap();
        let found = catch_unwind(|| opens(&copy.path));
        assert!(matches!(found, Ok(false)), "cut to {length}: {found:?}");
    }
}

#[test]
fn a_file_with_any_byte_altered_never_panics() {
    let wrong: Vec<(usize, u8)> = alterations(0..small_file().len())
        .into_par_iter()
        .map_init(Copy::new, |copy, (at, byte)| (at, byte, copy.altered(at, byte, opens)))
        .filter(|(_, _, opened)| opened.is_none())
        .map(|(at, byte, _)| (at, byte))
        .collect();
    assert_eq!(wrong, [(0, 0); 0], "(place, byte) that lead to a panic");
}

#[test]
fn the_damaged_table_is_named() {
    let entries = entries(small_file());
    let names: Vec<_> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    for (name, range) in &entries {
        let wrong: Vec<(usize, Option<Vec<String>>)> = range
            .clone()
            .into_par_iter()
            .map_init(Copy::new, |copy, at| (at, copy.altered(at, small_file()[at] ^ 0x10, faults)))
            .filter(|(_, faults)| faults.as_ref().is_none_or(|all| all.first() != Some(name)))
            .collect();
        assert_eq!(wrong, [], "places in {name} at which another part is blamed");
    }
}

/// The parts that `verify` blames, or what it says if it can say nothing else.
fn faults(path: &Path) -> Vec<String> {
    match verify(path) {
        Ok(checks) => {
            let checks = checks.into_iter().filter(|check| check.fault.is_some());
            checks.map(|check| check.part).collect()
        }
        Err(error) => vec![format!("{error:#}")],
    }
}

/// Bytes outside of any entry: verifying must not panic there either.
#[test]
fn verifying_never_panics() {
    let entries = entries(small_file());
    let inside = |at: &usize| entries.iter().any(|(_, range)| range.contains(at));
    let outside = (0..small_file().len()).filter(|at| !inside(at));
    let wrong: Vec<(usize, u8)> = alterations(outside)
        .into_par_iter()
        .map_init(Copy::new, |copy, (at, byte)| (at, byte, copy.altered(at, byte, faults)))
        .filter(|(_, _, faults)| faults.is_none())
        .map(|(at, byte, _)| (at, byte))
        .collect();
    assert_eq!(wrong, [(0, 0); 0], "(place, byte) that lead to a panic");
}
