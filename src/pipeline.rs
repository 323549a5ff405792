//! Archive → parse → resolve → graph: the one way in.
//!
//! While the pages of one batch are being parsed on all threads, nothing
//! waits: the batch before it is taken in and the one after it is read at the
//! same time.

use std::path::Path;

use rayon::prelude::*;

use crate::archive::Archive;
use crate::error::Result;
use crate::graph::{About, EventGraph, build};
use crate::model::{ParsedPage, Problem, SourceFile};
use crate::parse::{Dialects, parse_page};
use crate::resolve::{Collector, Options};

/// How to read an archive.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The dialects that its headings may be in.
    pub dialects: Dialects,
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self { dialects: Dialects::built_in() }
    }
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Pages read.
    pub pages: usize,
    /// Pages that there are, where that is known beforehand.
    pub expected: Option<usize>,
}

/// What reading an archive yields, beside the graph.
#[derive(Clone, Debug, Default)]
pub struct BuildReport {
    /// Files read as pages.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files left out because they repeat another of their folder.
    pub twins: usize,
}

/// Builds the graph of an archive: a folder, a `.tar` or a `.tar.gz`.
///
/// `progress` is called now and then, from the calling thread.
///
/// # Errors
/// If the archive cannot be opened, or holds more than a graph can.
/// Whatever is wrong inside of it is in the graph's table of problems.
///
/// # Complexity
/// Time linear in the size of the archive, and O(n log n) in the number of
/// events. Memory for the graph and a few batches of pages.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::pipeline::{BuildOptions, build_archive};
///
/// let (graph, report) = build_archive("data".as_ref(), &BuildOptions::default(), |_| {})?;
/// assert!(graph.event_count() > 100);
/// assert!(report.files > graph.event_count());
/// # Ok(())
/// # }
/// ```
pub fn build_archive(
    path: &Path,
    options: &BuildOptions,
    mut progress: impl FnMut(Progress),
) -> Result<(EventGraph, BuildReport)> {
    let mut archive = Archive::open(path)?;
    let expected = archive.expected_pages();
    // A folder's name is the user's choice; a tar file's top folder is not.
    let mut collector = Collector::new(Options { strip_top_folder: expected.is_none() });
    let mut batch = archive.next_batch()?;
    let mut pages = 0;
    while !batch.is_empty() {
        pages += batch.len();
        let parsed = parse_all(&batch, &options.dialects);
        let (next, ()) = rayon::join(
            || archive.next_batch(),
            || {
                for (file, (page, problems)) in batch.iter().zip(parsed) {
                    collector.add(&file.path, &page);
                    collector.add_problems(problems);
                }
            },
        );
        progress(Progress { pages, expected });
        batch = next?;
    }
    drop(batch);
    let found = archive.into_found();
    collector.add_problems(found.problems);
    let resolved = collector.finish();
    let report = resolved.report;
    let names = (0..).zip(report.dialects).filter(|&(_, count)| count > 0);
    let about = About {
        hash: format!("{:032x}", found.hash),
        event_pages: report.event_pages as u64,
        day_pages: report.day_pages as u64,
        other_pages: report.other_pages as u64,
        dialects: names.map(|(i, n)| (options.dialects.name(i).to_owned(), n as u64)).collect(),
        skipped: found.skipped.into_iter().map(|(name, count)| (name, count as u64)).collect(),
        prefix: report.prefix,
        top_folder: report.top_folder,
    };
    let graph = build(resolved.draft)?.with_about(about);
    let report = BuildReport { files: found.pages, bytes: found.bytes, twins: found.twins };
    Ok((graph, report))
}

/// Parses every page on the current rayon pool. The output is in the order of
/// the input, whatever the number of threads.
pub fn parse_all<'t>(
    files: &'t [SourceFile],
    dialects: &Dialects,
) -> Vec<(ParsedPage<'t>, Vec<Problem>)> {
    files.par_iter().map(|file| parse_page(file, dialects)).collect()
}
