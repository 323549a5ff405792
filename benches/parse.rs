//! Pages held in memory: text → `Page`, and what pulldown-cmark takes of it.

#[expect(dead_code, reason = "this bench uses some of it")]
#[path = "shared/made.rs"]
mod made;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rayon::prelude::*;
use threadline::model::SourceFile;
use threadline::parse::{Dialects, parse_page};

fn main() {
    divan::main();
}

/// On one thread.
#[divan::bench(max_time = 2)]
fn parse_pages(bencher: Bencher<'_, '_>) {
    let (pages, dialects) = (made::sample(), Dialects::built_in());
    bencher.counter(bytes(&pages)).bench(|| {
        for page in &pages {
            black_box(parse_page(page, &dialects));
        }
    });
}

/// On all threads.
#[divan::bench(max_time = 2)]
fn parse_pages_in_parallel(bencher: Bencher<'_, '_>) {
    let (pages, dialects) = (made::sample(), Dialects::built_in());
    bencher.counter(bytes(&pages)).bench(|| {
        pages.par_iter().for_each(|page| {
            black_box(parse_page(page, &dialects));
        });
    });
}

/// Markdown alone, on one thread: every event counted, nothing kept.
#[divan::bench(max_time = 2)]
fn pulldown_cmark_alone(bencher: Bencher<'_, '_>) {
    let pages = made::sample();
    bencher.counter(bytes(&pages)).bench(|| {
        let events = |page: &SourceFile<'_>| pulldown_cmark::Parser::new(&page.text).count();
        pages.iter().map(events).sum::<usize>()
    });
}

fn bytes(pages: &[SourceFile<'_>]) -> BytesCount {
    BytesCount::new(pages.iter().map(|page| page.text.len()).sum::<usize>())
}
