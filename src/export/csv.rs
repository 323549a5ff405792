//! A folder with one CSV file a table; `threadline build` reads it again.
//!
//! Ids are written as keys and topics as names, joined by `|`; a `|` or `\` in
//! a name is written `\|`, `\\`. Null and empty are both an empty cell. For a
//! spreadsheet, no cell is a formula ([`cell`]), every cell is quoted, lines
//! end with CRLF, and a byte order mark tells that it is UTF-8.

use std::io::Write;
use std::path::Path;

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::error::Result;
use crate::export::records;
use crate::export::target::Target;
use crate::export::{make_folder, problems_of, topics_of, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::cell;
use crate::model::join_names;

/// Writes a file for each table into a folder, which is made if need be: the
/// selected events, the links between them, and what belongs to them.
///
/// # Errors
/// If the folder or a file cannot be written. No file is ever half written.
pub(super) fn write_folder(
    graph: &EventGraph,
    selection: &Selection,
    for_spreadsheet: bool,
    folder: &Path,
) -> Result<()> {
    make_folder(folder)?;
    type Table = fn(&EventGraph, &Selection, &mut Out<'_>) -> csv::Result<()>;
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
        let fail = |cause: csv::Error| write_error(cause.into()).at(folder.join(name));
        let mut out = Out::new(&mut target, for_spreadsheet).map_err(fail)?;
        write(graph, selection, &mut out).map_err(fail)?;
        out.writer.flush().map_err(|cause| fail(cause.into()))?;
        drop(out);
        target.finish()?;
    }
    Ok(())
}

/// A table that is being written.
struct Out<'o> {
    writer: Writer<&'o mut dyn Write>,
    for_spreadsheet: bool,
}

impl<'o> Out<'o> {
    fn new(out: &'o mut dyn Write, for_spreadsheet: bool) -> csv::Result<Self> {
        let mut builder = WriterBuilder::new();
        if for_spreadsheet {
            out.write_all("\u{feff}".as_bytes())?;
            // Where numbers have a decimal comma, a spreadsheet also cuts at
            // semicolons, unless they are quoted.
            builder.quote_style(QuoteStyle::Always).terminator(Terminator::CRLF);
        }
        Ok(Self { writer: builder.from_writer(out), for_spreadsheet })
    }

    fn write_record<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> csv::Result<()> {
        for text in cells {
            let cell = cell::written(text, self.for_spreadsheet);
            self.writer.write_field(cell.as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)
    }
}

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
    for link in selection.links(graph) {
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
    for topic in topics_of(graph, selection) {
        out.write_record([graph.topic_name(topic)])?;
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

fn problems(graph: &EventGraph, selection: &Selection, out: &mut Out<'_>) -> csv::Result<()> {
    out.write_record(["code", "severity", "page", "line", "message"])?;
    for problem in problems_of(graph, selection) {
        out.write_record([
            problem.code,
            problem.severity,
            problem.page,
            &problem.line.to_string(),
            problem.message,
        ])?;
    }
    Ok(())
}
