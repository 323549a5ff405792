//! An archive from the disk: bare reading, building, building and writing.
//!
//! `scripts/bench` does the same with whole programs on large archives.

#[path = "shared/bare.rs"]
mod bare;
#[expect(dead_code, reason = "this bench uses some of it")]
#[path = "shared/made.rs"]
mod made;

use divan::Bencher;
use divan::counter::BytesCount;
use threadline::pipeline::{BuildOptions, build_archive};
use threadline::store;

fn main() {
    divan::main();
}

#[divan::bench(max_time = 2)]
fn bare_reader(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| bare::bare_read(made::SAMPLE.as_ref()));
}

#[divan::bench(max_time = 2)]
fn build_in_memory(bencher: Bencher<'_, '_>) {
    bencher
        .counter(bytes())
        .bench(|| build_archive(made::SAMPLE.as_ref(), &BuildOptions::default(), |_| {}));
}

#[divan::bench(max_time = 2)]
fn build_and_write(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let file = folder.path().join("moon.threadline");
    bencher.counter(bytes()).bench(|| {
        let (graph, _) = build_archive(made::SAMPLE.as_ref(), &BuildOptions::default(), |_| {})?;
        store::write(&graph, &file)
    });
}

fn bytes() -> BytesCount {
    BytesCount::new(bare::bare_read(made::SAMPLE.as_ref()).expect("data/ can be read"))
}
