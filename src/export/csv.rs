//! A folder with one CSV file a table; `threadline build` reads it again.
//!
//! Ids are written as keys and topics as names, joined by `|`; a `|` or `\` in
//! a name is written `\|`, `\\`. Null and empty are both an empty cell.

use std::io::Write;
use std::path::Path;

use csv::Writer;

use crate::error::{Error, Result};
use crate::export::records;
use crate::export::target::Target;
use crate::export::{links_between, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::{TopicId, join_names};

/// Writes a file for each table into a folder, which is made if need be: the
/// selected events, the links between them, and what belongs to them. The
/// problems of the archive are written whole.
///
/// # Errors
/// If the folder or a file cannot be written. No file is ever half written.
pub(super) fn write_folder(graph: &EventGraph, selection: &Selection, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .map_err(|cause| Error::io(folder, "cannot make the folder", cause))?;
    type Table = fn(&EventGraph, &Selection, &mut Writer<&mut dyn Write>) -> csv::Result<()>;
    let tables: [(&str, Table); 6] = [
        ("events.csv", events),
        ("links.csv", links),
        ("topics.csv", topics),
        ("sources.csv", sources),
        ("revisions.csv", revisions),
        ("problems.csv", problems),
    ];
    for (name, write) in tables {
        let mut target = Target::open(&folder.join(name))?;
        let out: &mut dyn Write = &mut target;
        let mut writer = Writer::from_writer(out);
        let fail = |cause: csv::Error| write_error(cause.into()).at(folder.join(name));
        write(graph, selection, &mut writer).map_err(fail)?;
        writer.flush().map_err(write_error)?;
        drop(writer);
        target.finish()?;
    }
    Ok(())
}

type Out<'o> = Writer<&'o mut dyn Write>;

fn events(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    let names = ["key", "date", "title", "summary", "lead_topic", "topics", "present", "page"];
    out.write_record(names)?;
    for event in selection.events(graph) {
        let date = graph.date(event).map(|date| date.to_string());
        let lead = graph.lead_topic(event).map(|topic| graph.topic_name(topic));
        out.write_record([
            graph.key(event),
            date.as_deref().unwrap_or_default(),
            graph.title(event),
            graph.summary(event).unwrap_or_default(),
            lead.unwrap_or_default(),
            &join_names(graph.topics(event).map(|topic| graph.topic_name(topic))),
            if graph.present(event) { "true" } else { "false" },
            graph.page(event).unwrap_or_default(),
        ])?;
    }
    Ok(())
}

fn links(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["source", "target", "rank", "topics", "line"])?;
    for link in links_between(graph, selection) {
        out.write_record([
            graph.key(link.source),
            graph.key(link.target),
            &link.rank.to_string(),
            &join_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic))),
            &link.line.to_string(),
        ])?;
    }
    Ok(())
}

fn topics(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["name"])?;
    let mut borne = vec![selection.is_all(); graph.topic_count()];
    if !selection.is_all() {
        for event in selection.events(graph) {
            graph.topics(event).for_each(|topic| borne[topic.index()] = true);
        }
    }
    for (id, _) in (0..).zip(borne).filter(|(_, borne)| *borne) {
        out.write_record([graph.topic_name(TopicId(id))])?;
    }
    Ok(())
}

fn sources(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["event", "name", "url", "kind"])?;
    for event in selection.events(graph) {
        for source in records::sources(graph, event) {
            out.write_record([graph.key(event), source.name, source.url, source.kind])?;
        }
    }
    Ok(())
}

fn revisions(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["event", "key", "title", "seen", "kind"])?;
    for event in selection.events(graph) {
        for revision in records::revisions(graph, event) {
            out.write_record([
                graph.key(event),
                revision.key,
                revision.title,
                revision.seen.as_deref().unwrap_or_default(),
                revision.kind,
            ])?;
        }
    }
    Ok(())
}

fn problems(graph: &EventGraph, _: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["code", "severity", "page", "line", "message"])?;
    let problems = &graph.tables().problems;
    for row in 0..problems.code.len() {
        out.write_record([
            problems.code.text(row),
            problems.severity.text(row),
            problems.page.text(row),
            &problems.line.get(row).copied().unwrap_or(0).to_string(),
            problems.message.text(row),
        ])?;
    }
    Ok(())
}
