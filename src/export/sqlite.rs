//! The tables as an SQLite database, with keys, indexes and full-text search.
//!
//! SQLite writes to places in a file, so the database is made in a temporary
//! one and then copied to where it is wanted. Rows go in one by one; the cache
//! has a fixed size, so memory does not grow with the graph.

use std::io::Write;
use std::path::Path;

use rusqlite::{Connection, Result as SqlResult, params};

use crate::error::{Error, ErrorKind, Result};
use crate::export::attributes::{Attributes, GENERATOR};
use crate::export::{ExportOptions, problems_of, records, topics_of, write_error};
use crate::graph::{EventGraph, Selection};

/// What is written for `PRAGMA user_version` and `meta.version`.
const VERSION: u32 = 1;

/// `TLIN`: what `file` and SQLite tell databases of several programs apart by.
const APPLICATION: u32 = 0x544c_494e;

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    let folder = tempfile::tempdir().map_err(write_error)?;
    let path = folder.path().join("export.sqlite");
    fill(graph, selection, &known, &path).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot write the database").at(&path).because(cause)
    })?;
    let mut file = std::fs::File::open(&path).map_err(write_error)?;
    std::io::copy(&mut file, out).map_err(write_error)?;
    Ok(())
}

fn fill(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    path: &Path,
) -> SqlResult<()> {
    let mut database = Connection::open(path)?;
    // A temporary file needs no journal: if it is not whole, it is thrown away.
    database.execute_batch(&format!(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384;
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
    ))?;
    let work = database.transaction()?;
    work.execute_batch(include_str!("sqlite.sql"))?;
    meta(graph, &work)?;
    topics_and_stories(graph, selection, known, &work)?;
    events(graph, selection, known, &work)?;
    links(graph, selection, known, &work)?;
    problems(graph, selection, &work)?;
    work.execute_batch(include_str!("sqlite_indexes.sql"))?;
    work.commit()?;
    database.close().map_err(|(_, cause)| cause)
}

fn meta(graph: &EventGraph, database: &Connection) -> SqlResult<()> {
    let about = graph.about();
    let mut insert = database.prepare("INSERT INTO meta VALUES (?, ?)")?;
    insert.execute(params!["format", "threadline-sqlite"])?;
    insert.execute(params!["version", VERSION.to_string()])?;
    insert.execute(params!["generator", GENERATOR])?;
    insert.execute(params!["archive_hash", about.hash])?;
    insert.execute(params!["archive_prefix", about.prefix])?;
    insert.execute(params!["archive_top_folder", about.top_folder])?;
    for (name, count) in [
        ("archive_event_pages", about.event_pages),
        ("archive_day_pages", about.day_pages),
        ("archive_other_pages", about.other_pages),
    ] {
        insert.execute(params![name, count.to_string()])?;
    }
    Ok(())
}

fn topics_and_stories(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    database: &Connection,
) -> SqlResult<()> {
    let mut insert = database.prepare("INSERT INTO topics VALUES (?, ?)")?;
    for topic in topics_of(graph, selection) {
        insert.execute(params![topic.0, graph.topic_name(topic)])?;
    }
    let mut insert = database.prepare("INSERT INTO stories VALUES (?, ?)")?;
    for (number, name) in known.stories_of(selection) {
        insert.execute(params![number as i64, name])?;
    }
    Ok(())
}

fn events(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    database: &Connection,
) -> SqlResult<()> {
    let mut insert = database.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut topic = database.prepare("INSERT INTO event_topics VALUES (?, ?)")?;
    let mut source = database.prepare("INSERT INTO sources VALUES (?, ?, ?, ?, ?)")?;
    let mut revision = database.prepare("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)")?;
    for event in selection.events(graph) {
        insert.execute(params![
            event.0,
            graph.key(event),
            graph.date(event).map(|date| date.to_string()),
            graph.title(event),
            graph.summary(event),
            graph.lead_topic(event).map(|topic| topic.0),
            graph.present(event),
            graph.page(event),
            known.story(event).map(|(number, _)| number as i64),
        ])?;
        for borne in graph.topics(event) {
            topic.execute(params![event.0, borne.0])?;
        }
        for it in graph.sources_of(event) {
            source.execute(params![it.row as i64, event.0, it.name, it.url, it.kind])?;
        }
        for it in graph.revisions_of(event) {
            let seen = it.seen.and_then(records::time);
            revision.execute(params![it.row as i64, event.0, it.key, it.title, seen, it.kind])?;
        }
    }
    Ok(())
}

fn links(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    database: &Connection,
) -> SqlResult<()> {
    let mut insert = database.prepare("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)")?;
    let mut topic = database.prepare("INSERT INTO link_topics VALUES (?, ?, ?)")?;
    for link in selection.links(graph) {
        insert.execute(params![
            link.id.0,
            link.source.0,
            link.target.0,
            link.rank,
            link.line,
            known.strength(link),
        ])?;
        for (place, named) in (1_u32..).zip(graph.link_topics(link.id)) {
            topic.execute(params![link.id.0, place, named.0])?;
        }
    }
    Ok(())
}

fn problems(graph: &EventGraph, selection: &Selection, database: &Connection) -> SqlResult<()> {
    let mut insert = database.prepare("INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)")?;
    for (row, it) in (0_i64..).zip(problems_of(graph, selection)) {
        insert.execute(params![row, it.code, it.severity, it.page, it.line, it.message])?;
    }
    Ok(())
}
