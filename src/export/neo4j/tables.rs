//! The folder that `neo4j-admin database import full` takes: tables whose
//! headers have types, and the script to run afterwards.
//!
//! Follows the operations manual of Neo4j, *Import*. There, an empty cell is
//! null and a quoted empty cell an empty text, and nothing escapes the mark
//! between the items of a list: it is U+001F, which becomes U+FFFD in a name.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};
use std::path::Path;

use crate::error::Result;
use crate::export::attributes::Attributes;
use crate::export::records;
use crate::export::target::Target;
use crate::export::{ExportOptions, make_folder, topics_of, write_error};
use crate::graph::{EventGraph, RevisionRow, Selection, SourceRow};
use crate::model::EventId;

/// What stands between the items of a list.
const BETWEEN: char = '\u{1f}';

/// Writes the tables and `load.cypher` into a folder, which is made if need be.
///
/// # Errors
/// If the folder or a file cannot be written, or the graph's links are damaged.
/// No file is ever half written.
pub(in crate::export) fn write_folder(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    folder: &Path,
) -> Result<()> {
    make_folder(folder)?;
    let known = Attributes::of(graph, options)?;
    let files: [(&str, File<'_>); 10] = [
        ("events.csv", &|out| events(graph, selection, out)),
        ("topics.csv", &|out| topics(graph, selection, out)),
        ("stories.csv", &|out| stories(selection, &known, out)),
        ("sources.csv", &|out| sources(graph, selection, out)),
        ("revisions.csv", &|out| revisions(graph, selection, out)),
        ("links.csv", &|out| links(graph, selection, &known, out)),
        ("about.csv", &|out| about(graph, selection, out)),
        ("part_of.csv", &|out| part_of(graph, selection, &known, out)),
        ("cites.csv", &|out| {
            owned(sources_of(graph, selection).map(|it| (it.event, it.row)), "Source", "CITES", out)
        }),
        ("worded.csv", &|out| {
            let rows = revisions_of(graph, selection).map(|it| (it.event, it.row));
            owned(rows, "Revision", "WORDED", out)
        }),
    ];
    for (name, write) in files {
        file(&folder.join(name), write)?;
    }
    file(&folder.join("load.cypher"), &|out| {
        out.write_all(include_bytes!("import.cypher"))?;
        out.write_all(include_bytes!("indexes.cypher"))
    })
}

type File<'f> = &'f dyn Fn(&mut dyn Write) -> io::Result<()>;

fn file(path: &Path, write: File<'_>) -> Result<()> {
    let mut target = Target::open(path)?;
    write(&mut target).map_err(|cause| write_error(cause).at(path))?;
    target.finish()
}

/// A row that is being put together.
#[derive(Default)]
struct Row(String);

impl Row {
    /// A text; it is always quoted, because an empty cell is null.
    fn text(&mut self, text: &str) -> &mut Self {
        self.comma();
        self.0.push('"');
        self.0.push_str(&text.replace('"', "\"\""));
        self.0.push('"');
        self
    }

    /// A text, or null.
    fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.plain(""),
        }
    }

    /// A number, a date, a word of the format.
    fn plain(&mut self, value: impl Display) -> &mut Self {
        self.comma();
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{value}");
        self
    }

    /// A list of texts; an empty one is null, as Neo4j has no empty cell for it.
    fn list<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> &mut Self {
        let items: Vec<String> = texts.map(|text| text.replace(BETWEEN, "\u{fffd}")).collect();
        if items.is_empty() { self.plain("") } else { self.text(&items.join("\u{1f}")) }
    }

    fn comma(&mut self) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
    }

    /// Writes the row and begins the next.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.0.push('\n');
        let written = out.write_all(self.0.as_bytes());
        self.0.clear();
        written
    }
}

fn events(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b":ID(Event),key,date:date,title,summary,lead_topic,present:boolean,page,:LABEL\n",
    )?;
    let mut row = Row::default();
    for event in selection.events(graph) {
        let date = graph.date(event).map(|date| date.to_string());
        row.plain(event.0).text(graph.key(event)).plain(date.unwrap_or_default());
        row.text(graph.title(event)).maybe(graph.summary(event));
        row.maybe(graph.lead_topic(event).map(|topic| graph.topic_name(topic)));
        row.plain(graph.present(event)).maybe(graph.page(event)).plain("Event").end(out)?;
    }
    Ok(())
}

fn topics(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b":ID(Topic),name,:LABEL\n")?;
    let mut row = Row::default();
    for topic in topics_of(graph, selection) {
        row.plain(topic.0).text(graph.topic_name(topic)).plain("Topic").end(out)?;
    }
    Ok(())
}

fn stories(selection: &Selection, known: &Attributes<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b":ID(Story),number:int,name,:LABEL\n")?;
    let mut row = Row::default();
    for (number, name) in known.stories_of(selection) {
        row.plain(number).plain(number).text(name).plain("Story").end(out)?;
    }
    Ok(())
}

fn sources_of<'g>(
    graph: &'g EventGraph,
    selection: &Selection,
) -> impl Iterator<Item = SourceRow<'g>> {
    selection.events(graph).flat_map(|event| graph.sources_of(event))
}

fn revisions_of<'g>(
    graph: &'g EventGraph,
    selection: &Selection,
) -> impl Iterator<Item = RevisionRow<'g>> {
    selection.events(graph).flat_map(|event| graph.revisions_of(event))
}

fn sources(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b":ID(Source),name,url,kind,:LABEL\n")?;
    let mut row = Row::default();
    for source in sources_of(graph, selection) {
        row.plain(source.row).text(source.name).text(source.url).text(source.kind);
        row.plain("Source").end(out)?;
    }
    Ok(())
}

fn revisions(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b":ID(Revision),key,title,seen:localdatetime,kind,:LABEL\n")?;
    let mut row = Row::default();
    for revision in revisions_of(graph, selection) {
        row.plain(revision.row).text(revision.key).text(revision.title);
        row.plain(revision.seen.and_then(records::time).unwrap_or_default()).text(revision.kind);
        row.plain("Revision").end(out)?;
    }
    Ok(())
}

fn links(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(
        b":START_ID(Event),:END_ID(Event),rank:int,line:long,strength:double,topics:string[],\
          :TYPE\n",
    )?;
    let mut row = Row::default();
    for link in selection.links(graph) {
        row.plain(link.source.0).plain(link.target.0).plain(link.rank).plain(link.line);
        row.plain(known.strength(link));
        row.list(records::link_topics(graph, link.id).into_iter()).plain("RELATED").end(out)?;
    }
    Ok(())
}

fn about(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b":START_ID(Event),:END_ID(Topic),:TYPE\n")?;
    let mut row = Row::default();
    for event in selection.events(graph) {
        for topic in graph.topics(event) {
            row.plain(event.0).plain(topic.0).plain("ABOUT").end(out)?;
        }
    }
    Ok(())
}

fn part_of(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b":START_ID(Event),:END_ID(Story),:TYPE\n")?;
    let mut row = Row::default();
    for event in selection.events(graph) {
        if let Some((number, _)) = known.story(event) {
            row.plain(event.0).plain(number).plain("PART_OF").end(out)?;
        }
    }
    Ok(())
}

/// The relationships from events to the rows that belong to them.
fn owned(
    rows: impl Iterator<Item = (EventId, usize)>,
    label: &str,
    name: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, ":START_ID(Event),:END_ID({label}),:TYPE")?;
    let mut row = Row::default();
    for (event, id) in rows {
        row.plain(event.0).plain(id).plain(name).end(out)?;
    }
    Ok(())
}
