//! The graph file: written, opened, and opened to walk it, for a graph of
//! 100,000 events and 400,000 links.

#[expect(dead_code, reason = "this bench uses some of it")]
#[path = "shared/made.rs"]
mod made;

use divan::Bencher;
use divan::counter::BytesCount;
use tempfile::TempDir;
use threadline::store;

fn main() {
    divan::main();
}

#[divan::bench(max_time = 3)]
fn write(bencher: Bencher<'_, '_>) {
    let (folder, bytes) = written();
    let graph = made::graph(EVENTS, LINKS, 1);
    bencher.counter(bytes).bench(|| store::write(&graph, &folder.path().join("again.threadline")));
}

#[divan::bench(max_time = 2)]
fn open(bencher: Bencher<'_, '_>) {
    let (folder, _) = written();
    bencher.bench(|| store::open(&folder.path().join(NAME)));
}

/// The first walk checks the ids of all links.
#[divan::bench(max_time = 2)]
fn open_and_first_walk(bencher: Bencher<'_, '_>) {
    let (folder, _) = written();
    bencher.bench(|| store::open(&folder.path().join(NAME))?.walk().map(|walk| walk.link_count()));
}

const EVENTS: u64 = 100_000;
const LINKS: u64 = 400_000;
const NAME: &str = "made.threadline";

fn written() -> (TempDir, BytesCount) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = folder.path().join(NAME);
    store::write(&made::graph(EVENTS, LINKS, 1), &path).expect("a graph can be written");
    let size = std::fs::metadata(&path).expect("the file is there").len();
    (folder, BytesCount::new(size))
}
