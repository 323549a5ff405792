//! Parsed pages or tables → a graph.

#[path = "shared/made.rs"]
mod made;

use divan::Bencher;
use divan::counter::ItemsCount;
use threadline::export;
use threadline::graph::{Selection, build};
use threadline::import;
use threadline::model::SourceFile;
use threadline::parse::{Dialects, parse_page};
use threadline::resolve::{Collector, Options, Part};

fn main() {
    divan::main();
}

#[divan::bench(max_time = 2)]
fn resolve_and_build_sample(bencher: Bencher<'_, '_>) {
    resolve_and_build(bencher, &made::sample());
}

#[divan::bench(max_time = 3)]
fn resolve_and_build_10_000(bencher: Bencher<'_, '_>) {
    resolve_and_build(bencher, &made::pages(10_000, 1));
}

#[divan::bench(max_time = 3)]
fn import_csv_10_000(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let graph = made::graph(10_000, 40_000, 1);
    export::write_folder(
        &graph,
        &Selection::all(&graph),
        export::Format::Csv,
        &export::ExportOptions::default(),
        folder.path(),
    )
    .expect("tables can be written");
    bencher.counter(ItemsCount::new(10_000_u32)).bench(|| import::read_folder(folder.path()));
}

fn resolve_and_build(bencher: Bencher<'_, '_>, files: &[SourceFile<'_>]) {
    let dialects = Dialects::built_in();
    let parsed: Vec<_> = files.iter().map(|file| parse_page(file, &dialects)).collect();
    bencher.counter(ItemsCount::new(files.len())).bench(|| {
        let mut collector = Collector::new(Options::default());
        let mut part = Part::new(collector.hasher());
        for (file, (page, problems)) in files.iter().zip(&parsed) {
            part.add(&file.path, page, problems.clone());
        }
        collector.take(&mut part);
        build(collector.finish().draft)
    });
}
