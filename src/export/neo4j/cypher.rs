//! One Cypher script that makes the whole graph, for `cypher-shell -f`.
//!
//! Follows the Cypher manual, *Expressions: String*. Rows go in by hundreds, so
//! that a statement is parsed in bounded memory. Neo4j has replaced `\u0041`
//! before or after it reads the escapes of a string, depending on its version;
//! so that a text with a backslash before a `u` means the same in all, the two
//! never stand together.

use std::fmt::{self, Display, Write as _};
use std::io::{self, Write};

use crate::error::Result;
use crate::export::attributes::{Attributes, GENERATOR};
use crate::export::records;
use crate::export::{ExportOptions, links_between, topics_of, write_error};
use crate::graph::{EventGraph, Selection};

/// Rows that go into one statement.
const BATCH: usize = 200;

pub(in crate::export) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    let known = Attributes::of(graph, options)?;
    let mut work = || -> io::Result<()> {
        writeln!(out, "// An event graph, written by {GENERATOR}, for an empty database:")?;
        writeln!(out, "// cypher-shell -f NAME.cypher")?;
        out.write_all(include_bytes!("indexes.cypher"))?;
        nodes(graph, selection, &known, out)?;
        relationships(graph, selection, &known, out)
    };
    work().map_err(write_error)
}

fn nodes(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let events = selection.events(graph).map(|event| {
        let date = graph.date(event).map(|date| format!("date('{date}')"));
        let lead = graph.lead_topic(event).map(|topic| graph.topic_name(topic));
        format!(
            "{{key: {}, date: {}, title: {}, summary: {}, lead_topic: {}, present: {}, page: {}}}",
            Text(graph.key(event)),
            date.as_deref().unwrap_or("null"),
            Text(graph.title(event)),
            Maybe(graph.summary(event)),
            Maybe(lead),
            graph.present(event),
            Maybe(graph.page(event)),
        )
    });
    unwind(out, events, "CREATE (event:Event) SET event = row")?;
    let topics = topics_of(graph, selection).map(|topic| Text(graph.topic_name(topic)));
    unwind(out, topics, "CREATE (topic:Topic {name: row})")?;
    let stories = known.stories_of(selection);
    let stories =
        stories.map(|(number, name)| format!("{{number: {number}, name: {}}}", Text(name)));
    unwind(out, stories, "CREATE (story:Story) SET story = row")
}

fn relationships(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let events = || selection.events(graph).map(|event| (event, Text(graph.key(event))));
    let about = events().map(|(event, key)| {
        format!("{{event: {key}, topics: {}}}", List(&records::topics(graph, event)))
    });
    let then = "MATCH (event:Event {key: row.event}) UNWIND row.topics AS name\n\
                MATCH (topic:Topic {name: name}) CREATE (event)-[:ABOUT]->(topic)";
    unwind(out, about, then)?;
    let part_of = events().filter_map(|(event, key)| {
        let (number, _) = known.story(event)?;
        Some(format!("{{event: {key}, story: {number}}}"))
    });
    let then = "MATCH (event:Event {key: row.event}) MATCH (story:Story {number: row.story})\n\
                CREATE (event)-[:PART_OF]->(story)";
    unwind(out, part_of, then)?;
    let cites = events().flat_map(|(event, key)| {
        graph.sources_of(event).map(move |row| {
            let it = records::source(graph, row);
            let (name, url, kind) = (Text(it.name), Text(it.url), Text(it.kind));
            format!("{{event: {key}, source: {{name: {name}, url: {url}, kind: {kind}}}}}")
        })
    });
    let then = "MATCH (event:Event {key: row.event})\n\
                CREATE (event)-[:CITES]->(source:Source) SET source = row.source";
    unwind(out, cites, then)?;
    let worded = events().flat_map(|(event, event_key)| {
        graph.revisions_of(event).map(move |row| {
            let it = records::revision(graph, row);
            let seen = it.seen.map(|seen| format!("localdatetime('{seen}')"));
            format!(
                "{{event: {event_key}, revision: {{key: {}, title: {}, seen: {}, kind: {}}}}}",
                Text(it.key),
                Text(it.title),
                seen.as_deref().unwrap_or("null"),
                Text(it.kind),
            )
        })
    });
    let then = "MATCH (event:Event {key: row.event})\n\
                CREATE (event)-[:WORDED]->(revision:Revision) SET revision = row.revision";
    unwind(out, worded, then)?;
    let links = links_between(graph, selection).map(|link| {
        format!(
            "{{source: {}, target: {}, link: {{rank: {}, line: {}, strength: {:?}, topics: {}}}}}",
            Text(graph.key(link.source)),
            Text(graph.key(link.target)),
            link.rank,
            link.line,
            known.strength(link),
            List(&records::link_topics(graph, link.id)),
        )
    });
    let then = "MATCH (source:Event {key: row.source}) MATCH (target:Event {key: row.target})\n\
                CREATE (source)-[link:RELATED]->(target) SET link = row.link";
    unwind(out, links, then)
}

/// Statements that do something with every row, so many rows at a time.
fn unwind(
    out: &mut dyn Write,
    rows: impl Iterator<Item = impl Display>,
    then: &str,
) -> io::Result<()> {
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        out.write_all(b"UNWIND [")?;
        for (at, row) in rows.by_ref().take(BATCH).enumerate() {
            write!(out, "{}\n{row}", if at > 0 { "," } else { "" })?;
        }
        writeln!(out, "\n] AS row {then};")?;
    }
    Ok(())
}

/// A text as a string of Cypher.
#[derive(Clone, Copy)]
struct Text<'t>(&'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if chars.peek() == Some(&'u') => f.write_str("\\\\' + '")?,
                '\\' => f.write_str("\\\\")?,
                '\'' => f.write_str("\\'")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('\'')
    }
}

/// A text or null.
struct Maybe<'t>(Option<&'t str>);

impl Display for Maybe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(text) => Text(text).fmt(f),
            None => f.write_str("null"),
        }
    }
}

/// A list of texts.
struct List<'l>(&'l [&'l str]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('[')?;
        for (at, text) in self.0.iter().enumerate() {
            write!(f, "{}{}", if at > 0 { ", " } else { "" }, Text(text))?;
        }
        f.write_char(']')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds() {
        let cases = [
            ("", "''"),
            ("it's \"so\"", "'it\\'s \"so\"'"),
            ("a\\", "'a\\\\'"),
            ("\\u0027", "'\\\\' + 'u0027'"),
            ("\\\\u", "'\\\\\\\\' + 'u'"),
            ("a\r\n\tb", "'a\\r\\n\\tb'"),
            ("\0\u{7f}\u{85}", "'\\u0000\\u007F\\u0085'"),
            ("月$x{y};//", "'月$x{y};//'"),
        ];
        for (text, expected) in cases {
            assert_eq!(Text(text).to_string(), expected, "input {text:?}");
        }
    }
}
