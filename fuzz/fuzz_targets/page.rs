//! The text of a page: parsing never fails, and what it finds is in the page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadline::model::{PageKind, SourceFile};
use threadline::parse::{Dialects, parse_page};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data).into_owned();
    for path in ["news/1969/07/20/x.md", "news/1969/07/20/index.md", "x.md"] {
        let file = SourceFile { path: path.into(), text: text.as_str().into(), lossy: false };
        let (page, problems) = parse_page(&file, &Dialects::built_in());
        let lines = text.matches(['\n', '\r']).count() as u32 + 1;
        assert!(problems.iter().all(|problem| problem.line <= lines));
        if let PageKind::Day(day) = &page.kind {
            assert!(day.entries.iter().all(|entry| !entry.address.is_empty()));
            assert!(day.entries.is_sorted_by(|one, next| one.line < next.line));
        }
        if let PageKind::Event(event) = page.kind {
            let ranks = event.related.iter().map(|item| item.rank);
            assert!(ranks.clone().zip(1..).all(|(rank, at)| rank == at));
            assert!(event.related.iter().all(|item| item.line >= 1 && item.line <= lines));
            assert_eq!(event.title.trim(), event.title);
        }
    }
});
