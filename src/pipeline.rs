//! Archive → parse → resolve → graph: the one way in.
//!
//! Each thread reads a page, parses it and takes it apart before it reads the
//! next one; while the pages of one round are being read, those of the round
//! before it are taken in. Nothing waits.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::analysis::{LayoutOptions, Places, layout};
use crate::archive::Archive;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{About, EventGraph, Selection, build};
use crate::import;
use crate::model::counted;
use crate::parse::{Dialects, parse_page};
use crate::resolve::{Collector, Options, Part};
use crate::store;

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

/// A graph, and how it was come by.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The graph.
    pub graph: EventGraph,
    /// What there was to read; `None` if the graph was built before.
    pub read: Option<BuildReport>,
}

/// Opens a built graph, or reads whatever else the path is: a graph of another
/// tool, or an archive.
///
/// # Errors
/// If there is nothing at the path, it is damaged or nothing of the kind, or no
/// event was read: what is there is no archive, or one whose pages are not
/// understood. An empty answer would hide that. What `progress` says, which so
/// stops the reading.
pub fn open_any(
    path: &Path,
    options: &BuildOptions,
    progress: impl FnMut(Progress) -> Result<()>,
) -> Result<Opened> {
    let opened = open_as_it_is(path, options, progress)?;
    if opened.read.is_some() {
        check_events(&opened.graph, path)?;
    }
    Ok(opened)
}

/// The same, also of what holds no event: for who asks what is wrong with it.
///
/// # Errors
/// If there is nothing at the path, or it is damaged or nothing of the kind; what
/// `progress` says.
pub fn open_as_it_is(
    path: &Path,
    options: &BuildOptions,
    progress: impl FnMut(Progress) -> Result<()>,
) -> Result<Opened> {
    check_there(path)?;
    let named_graph = path.extension().is_some_and(|extension| extension == "threadline");
    if store::is_graph_file(path) || (named_graph && path.is_file()) {
        return Ok(Opened { graph: store::open(path)?, read: None });
    }
    let (graph, report) = match import::read(path) {
        Some(graph) => (graph?, BuildReport::default()),
        None => build_archive_while(path, options, progress)?,
    };
    Ok(Opened { graph, read: Some(report) })
}

/// Refuses a path at which nothing can be opened, with what may be meant instead.
fn check_there(path: &Path) -> Result<()> {
    let Err(cause) = fs::metadata(path) else { return Ok(()) };
    let near = format!("{}.threadline", path.display());
    let message = if Path::new(&near).is_file() {
        format!("cannot open it (did you mean `{near}`?)")
    } else if path.extension().is_some_and(|extension| extension == "threadline") {
        "cannot open the graph file (`threadline build` makes one from an archive)".to_owned()
    } else {
        "cannot open the archive".to_owned()
    };
    Err(Error::io(path, &message, cause))
}

/// Refuses what was read if there is no event in it.
///
/// # Errors
/// If so: what there was instead, and the first thing that is wrong with it.
pub fn check_events(graph: &EventGraph, path: &Path) -> Result<()> {
    if graph.event_count() > 0 {
        return Ok(());
    }
    let about = graph.about();
    let first = graph.problems().next().map_or_else(String::new, |problem| {
        format!("; the first problem: {}{}", problem.place().before_a_message(), problem.message)
    });
    let message = if about.hash.is_empty() {
        format!("no events in it: the tables have no rows to read{first}")
    } else {
        let found = match (about.day_pages + about.other_pages, about.skipped.is_empty()) {
            (0, true) => "there is nothing to read".to_owned(),
            (0, false) => "none of its files is Markdown".to_owned(),
            (pages, _) => format!("{} read", counted(pages as usize, "page", "pages")),
        };
        format!(
            "no event pages in it: {found}; an event page is Markdown with a date in a heading \
             and a title (see docs/formats.md){first}"
        )
    };
    Err(Error::new(ErrorKind::Input, message).at(path))
}

/// The places that events have in an earlier export (JSON, GEXF); those that a
/// layout by force gives them, if the path is a graph or an archive, which
/// `open` opens.
///
/// # Errors
/// If the file cannot be read, or no event has a place in it; what `open` says.
pub fn places_in(path: &Path, open: impl FnOnce(&Path) -> Result<EventGraph>) -> Result<Places> {
    let ends = |ending: &&str| path.extension().is_some_and(|of| of.eq_ignore_ascii_case(ending));
    let has_none = path.is_dir()
        || store::is_graph_file(path)
        || ["tar", "tgz", "gz", "graphml"].iter().any(ends);
    if !has_none {
        return import::read_places(path);
    }
    let graph = open(path)?;
    let placed = layout(&graph, &Selection::all(&graph), LayoutOptions::default())?;
    Ok(placed.by_key(&graph))
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
    build_archive_while(path, options, |now| {
        progress(now);
        Ok(())
    })
}

/// Builds the graph of an archive as [`build_archive`] does, as long as
/// `progress` has no error.
///
/// # Errors
/// As [`build_archive`]; what `progress` says.
pub fn build_archive_while(
    path: &Path,
    options: &BuildOptions,
    mut progress: impl FnMut(Progress) -> Result<()>,
) -> Result<(EventGraph, BuildReport)> {
    let mut archive = Archive::open(path)?;
    let expected = archive.expected_pages();
    // A folder's name is the user's choice; a tar file's top folder is not.
    let mut collector = Collector::new(Options { strip_top_folder: expected.is_none() });
    let hasher = collector.hasher().clone();
    // Parts that were taken in, to be filled again.
    let empty = Mutex::new(Vec::new());
    let begin = || {
        let mut empty = empty.lock().unwrap_or_else(PoisonError::into_inner);
        empty.pop().unwrap_or_else(|| Part::new(&hasher))
    };
    let mut next_parts = || {
        archive.next_parts(begin, |part, file| {
            let (page, problems) = parse_page(file, &options.dialects);
            part.add(&file.path, &page, problems);
        })
    };
    let mut parts = next_parts()?;
    while !parts.is_empty() {
        let (next, ()) =
            rayon::join(&mut next_parts, || parts.iter_mut().for_each(|part| collector.take(part)));
        empty.lock().unwrap_or_else(PoisonError::into_inner).append(&mut parts);
        progress(Progress { pages: collector.pages(), expected })?;
        parts = next?;
    }
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
