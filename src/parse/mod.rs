//! The text of one page in, [`ParsedPage`] and problems out.
//!
//! Parsing never touches the disk, never looks at another page and never
//! fails: a page that makes no sense still yields a `ParsedPage`, and problems
//! that say what was dropped. That is what lets the pipeline run it on every
//! core without a lock. Addresses and contexts stay as they were written;
//! `resolve` turns them into events and topics once all pages are known.
//!
//! The page is cut into lines and sections here, not by a Markdown parser: a
//! stray `<!--` or a code fence in a summary would hide everything below it,
//! and with it the links. Markdown decides inside an item (`markdown`).

mod day_page;
mod dialect;
mod event_page;
mod item;
mod lines;
mod markdown;

pub use dialect::{Dialect, Dialects, Section};

use crate::model::{Code, PageKind, ParsedPage, Problem, SourceFile};

/// Reads one page.
///
/// # Returns
/// What the page says, and what is wrong with it in the order of its lines.
///
/// # Complexity
/// Time and space linear in the length of the page.
///
/// # Example
/// ```
/// use threadline::model::{PageKind, SourceFile};
/// use threadline::parse::{Dialects, parse_page};
///
/// let file = SourceFile {
///     path: "news/1957/10/4/sputnik.md".into(),
///     text: "### [1957-10-4](/news/1957/10/4/index.md)\n# Sputnik flies\n".into(),
///     lossy: false,
/// };
/// let (page, problems) = parse_page(&file, &Dialects::built_in());
/// let PageKind::Event(event) = page.kind else { panic!("an event page") };
/// assert_eq!(event.title, "Sputnik flies");
/// assert!(problems.is_empty());
/// ```
pub fn parse_page<'t>(
    file: &'t SourceFile<'_>,
    dialects: &Dialects,
) -> (ParsedPage<'t>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let mut report = |code: Code, message: &str| {
        problems.push(Problem::new(code, &*file.path, 0, message));
    };
    if file.lossy {
        report(Code::NotUtf8, "the page is not UTF-8; what could not be read is U+FFFD");
    }
    if memchr::memchr(0, text.as_bytes()).is_some() {
        report(Code::NulCharacter, "the page holds a NUL character; it is kept");
    }
    if text.trim().is_empty() {
        report(Code::EmptyPage, "the page is empty");
        return (ParsedPage { kind: PageKind::Other, dialect: None }, problems);
    }
    let page = if is_day_page(&file.path) {
        day_page::parse(text, &file.path, dialects, &mut problems)
    } else {
        event_page::parse(text, &file.path, dialects, &mut problems)
    };
    (page, problems)
}

/// Day pages and front pages are told by their file's name.
fn is_day_page(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("index.md" | "README.md"))
}
