//! An archive in a string, and what its graph looks like in a few lines.

use std::path::Path;

use tempfile::TempDir;
use threadline::EventGraph;
use threadline::graph::{Link, build};
use threadline::model::{EventId, SourceFile, TopicId};
use threadline::parse::{Dialects, parse_page};
use threadline::pipeline::{BuildOptions, BuildReport, build_archive};
use threadline::resolve::{Collector, Options, Part};

/// The graph of an archive in a string: each page begins below a line
/// `//- path`.
pub(crate) fn archive(fixture: &str) -> EventGraph {
    let pages: Vec<_> = split(fixture);
    pages_of(&pages)
}

/// The graph of pages whose every byte counts.
pub(crate) fn pages_of(pages: &[(&str, String)]) -> EventGraph {
    with_dialects(pages, &Dialects::built_in())
}

/// The same, with the words of other languages.
pub(crate) fn with_dialects(pages: &[(&str, String)], dialects: &Dialects) -> EventGraph {
    let mut collector = Collector::new(Options::default());
    let mut part = Part::new(collector.hasher());
    for (path, text) in pages {
        let file = SourceFile { path: (*path).into(), text: text.into(), lossy: false };
        let (page, problems) = parse_page(&file, dialects);
        part.add(&file.path, &page, problems);
    }
    collector.take(&mut part);
    build(collector.finish().draft).unwrap()
}

/// The pages of a fixture: path and text.
pub(crate) fn split(fixture: &str) -> Vec<(&str, String)> {
    let mut pages: Vec<(&str, String)> = Vec::new();
    for line in fixture.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("//- ") {
            pages.push((path.trim(), String::new()));
        } else if let Some((_, text)) = pages.last_mut() {
            text.push_str(line);
        } else {
            assert!(line.trim().is_empty(), "before the first `//- path`: {line}");
        }
    }
    pages
}

/// The same archive as a folder on the disk.
pub(crate) fn folder(fixture: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in split(fixture) {
        put(folder.path(), path, text.as_bytes());
    }
    folder
}

/// Writes a file, and the folders that it lies in.
pub(crate) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The graph of an archive on the disk, by the whole way in.
pub(crate) fn built(path: &Path) -> (EventGraph, BuildReport) {
    build_archive(path, &BuildOptions::default(), |_| {}).unwrap()
}

/// A tar file's bytes. Names are taken as they are, `../x` too.
pub(crate) fn tar<'t>(entries: impl IntoIterator<Item = (&'t str, &'t [u8])>) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(tar::EntryType::Regular);
        if name.contains("..") || name.starts_with('/') {
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, bytes).unwrap();
        } else {
            tar.append_data(&mut header, name, bytes).unwrap();
        }
    }
    tar.into_inner().unwrap()
}

/// The project's own archive.
pub(crate) fn data() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Compares the links of an archive in a string.
#[track_caller]
pub(crate) fn check(fixture: &str, expected: &str) {
    same(&links(&archive(fixture)), expected);
}

/// Compares the events of an archive in a string.
#[track_caller]
pub(crate) fn check_events(fixture: &str, expected: &str) {
    same(&events(&archive(fixture)), expected);
}

/// Compares the problems of an archive in a string.
#[track_caller]
pub(crate) fn check_problems(fixture: &str, expected: &str) {
    same(&problems(&archive(fixture)), expected);
}

/// Compares line by line; what stands before and behind a line is no matter.
#[track_caller]
pub(crate) fn same(found: &str, expected: &str) {
    let bare = |text: &str| -> Vec<String> {
        let lines = text.trim().lines();
        lines.map(|line| line.trim().to_owned()).collect()
    };
    let (found, expected) = (bare(found), bare(expected));
    assert!(
        found == expected,
        "found:\n{}\n\nexpected:\n{}\n",
        found.join("\n"),
        expected.join("\n")
    );
}

/// `a -[Hong Kong | Malta]-> b (absent), line 6`
pub(crate) fn links(graph: &EventGraph) -> String {
    let links = graph.links().map(|id| graph.link(id).unwrap());
    lines(links.map(|link| link_line(graph, link)))
}

/// One link in one line.
pub(crate) fn link_line(graph: &EventGraph, link: Link) -> String {
    let topics: Vec<_> = graph.link_topics(link.id).map(|topic| graph.topic_name(topic)).collect();
    let arrow =
        if topics.is_empty() { "-->".to_owned() } else { format!("-[{}]->", topics.join(" | ")) };
    format!(
        "{} {arrow} {}{}, line {}",
        slug(graph, link.source),
        slug(graph, link.target),
        absent(graph, link.target),
        link.line
    )
}

/// `2006-01-26 a "A" (absent) under Malta, about Malta | Russia: Summary`
pub(crate) fn events(graph: &EventGraph) -> String {
    lines(graph.events().map(|event| {
        let date = graph.date(event).map_or("?".into(), |date| date.to_string());
        let mut line = format!(
            "{date} {} {:?}{}",
            slug(graph, event),
            graph.title(event),
            absent(graph, event)
        );
        if let Some(lead) = graph.lead_topic(event) {
            line.push_str(&format!(" under {}", graph.topic_name(lead)));
        }
        let topics: Vec<_> = graph.topics(event).map(|t| graph.topic_name(t)).collect();
        if !topics.is_empty() {
            line.push_str(&format!(", about {}", topics.join(" | ")));
        }
        if let Some(summary) = graph.summary(event) {
            line.push_str(&format!(": {summary:?}"));
        }
        line
    }))
}

/// As `threadline check` prints them.
pub(crate) fn problems(graph: &EventGraph) -> String {
    lines(graph.problems().map(|problem| problem.to_string()))
}

/// `a: BBC <https://…> (image)`
pub(crate) fn sources(graph: &EventGraph) -> String {
    lines(graph.events().flat_map(|event| graph.sources_of(event)).map(|source| {
        let kind = match source.kind {
            "article" => "",
            "image" => " (image)",
            other => panic!("a source of the kind {other:?}"),
        };
        format!("{}: {} <{}>{kind}", slug(graph, source.event), source.name, source.url)
    }))
}

/// `a: update newer-slug "Newer wording" 2018-02-06T13:49:28`
pub(crate) fn revisions(graph: &EventGraph) -> String {
    lines(graph.events().flat_map(|event| {
        let records = threadline::export::records::revisions(graph, event);
        let of = slug(graph, event).to_owned();
        records.into_iter().map(move |revision| {
            format!(
                "{of}: {} {} {:?} {}",
                revision.kind,
                revision.key.rsplit('/').next().unwrap(),
                revision.title,
                revision.seen.as_deref().unwrap_or("?")
            )
        })
    }))
}

/// All topics, by id.
pub(crate) fn topics(graph: &EventGraph) -> Vec<&str> {
    (0..graph.topic_count() as u32).map(|id| graph.topic_name(TopicId(id))).collect()
}

/// The last part of an event's key.
pub(crate) fn slug(graph: &EventGraph, event: EventId) -> &str {
    graph.key(event).rsplit('/').next().unwrap()
}

/// The event with this slug.
#[track_caller]
pub(crate) fn named(graph: &EventGraph, name: &str) -> EventId {
    let found = graph.events().find(|&event| slug(graph, event) == name);
    found.unwrap_or_else(|| panic!("no event `{name}`"))
}

fn absent(graph: &EventGraph, event: EventId) -> &'static str {
    if graph.present(event) { "" } else { " (absent)" }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}
