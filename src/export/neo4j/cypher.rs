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
use crate::export::rows::{push, write_rows};
use crate::export::{ExportOptions, topics_of, write_error};
use crate::graph::{EventGraph, Link, RevisionRow, Selection, SourceRow};
use crate::model::{EventId, TopicId};

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
    let event = |row: &mut Vec<u8>, event: EventId| {
        let lead = graph.lead_topic(event).map(|topic| graph.topic_name(topic));
        let fields = format_args!(
            "{{key: {}, date: {}, title: {}, summary: {}, lead_topic: {}, present: {}, page: {}}}",
            Text(graph.key(event)),
            Maybe(graph.date(event).map(|date| Value("date", date))),
            Text(graph.title(event)),
            Maybe(graph.summary(event).map(Text)),
            Maybe(lead.map(Text)),
            graph.present(event),
            Maybe(graph.page(event).map(Text)),
        );
        push(row, fields);
    };
    unwind(out, selection.events(graph), event, "CREATE (event:Event) SET event = row")?;
    let topic = |row: &mut Vec<u8>, topic: TopicId| {
        push(row, format_args!("{}", Text(graph.topic_name(topic))));
    };
    unwind(out, topics_of(graph, selection), topic, "CREATE (topic:Topic {name: row})")?;
    let story = |row: &mut Vec<u8>, (number, name): (usize, &str)| {
        push(row, format_args!("{{number: {number}, name: {}}}", Text(name)));
    };
    let stories = known.stories_of(selection);
    unwind(out, stories, story, "CREATE (story:Story) SET story = row")
}

fn relationships(
    graph: &EventGraph,
    selection: &Selection,
    known: &Attributes<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let events = || selection.events(graph);
    let about = |row: &mut Vec<u8>, event: EventId| {
        let (key, topics) = (Text(graph.key(event)), records::topics(graph, event));
        push(row, format_args!("{{event: {key}, topics: {}}}", List(&topics)));
    };
    let then = "MATCH (event:Event {key: row.event}) UNWIND row.topics AS name\n\
                MATCH (topic:Topic {name: name}) CREATE (event)-[:ABOUT]->(topic)";
    unwind(out, events(), about, then)?;
    let in_stories = events().filter_map(|event| Some((event, known.story(event)?.0)));
    let part_of = |row: &mut Vec<u8>, (event, story): (EventId, usize)| {
        push(row, format_args!("{{event: {}, story: {story}}}", Text(graph.key(event))));
    };
    let then = "MATCH (event:Event {key: row.event}) MATCH (story:Story {number: row.story})\n\
                CREATE (event)-[:PART_OF]->(story)";
    unwind(out, in_stories, part_of, then)?;
    let cited = events().flat_map(|event| graph.sources_of(event));
    let cites = |out: &mut Vec<u8>, it: SourceRow<'_>| {
        let fields = format_args!(
            "{{event: {}, source: {{name: {}, url: {}, kind: {}}}}}",
            Text(graph.key(it.event)),
            Text(it.name),
            Text(it.url),
            Text(it.kind),
        );
        push(out, fields);
    };
    let then = "MATCH (event:Event {key: row.event})\n\
                CREATE (event)-[:CITES]->(source:Source) SET source = row.source";
    unwind(out, cited, cites, then)?;
    let revised = events().flat_map(|event| graph.revisions_of(event));
    let worded = |out: &mut Vec<u8>, it: RevisionRow<'_>| {
        let fields = format_args!(
            "{{event: {}, revision: {{key: {}, title: {}, seen: {}, kind: {}}}}}",
            Text(graph.key(it.event)),
            Text(it.key),
            Text(it.title),
            Maybe(it.seen.and_then(records::time).map(|seen| Value("localdatetime", seen))),
            Text(it.kind),
        );
        push(out, fields);
    };
    let then = "MATCH (event:Event {key: row.event})\n\
                CREATE (event)-[:WORDED]->(revision:Revision) SET revision = row.revision";
    unwind(out, revised, worded, then)?;
    let related = |row: &mut Vec<u8>, link: Link| {
        let fields = format_args!(
            "{{source: {}, target: {}, link: {{rank: {}, line: {}, strength: {:?}, topics: {}}}}}",
            Text(known.key(link.source)),
            Text(known.key(link.target)),
            link.rank,
            link.line,
            known.strength(link),
            List(&known.link_topics(link).collect::<Vec<_>>()),
        );
        push(row, fields);
    };
    let then = "MATCH (source:Event {key: row.source}) MATCH (target:Event {key: row.target})\n\
                CREATE (source)-[link:RELATED]->(target) SET link = row.link";
    unwind(out, selection.links(graph), related, then)
}

/// Statements that do something with every row, so many rows at a time.
fn unwind<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    row: impl Fn(&mut Vec<u8>, T) + Sync,
    then: &str,
) -> io::Result<()> {
    let mut count = 0;
    let numbered = items.enumerate().inspect(|_| count += 1);
    write_rows(out, numbered, |text, (at, item)| {
        match at % BATCH {
            0 if at == 0 => text.extend(b"UNWIND [\n"),
            0 => push(text, format_args!("\n] AS row {then};\nUNWIND [\n")),
            _ => text.extend(b",\n"),
        }
        row(text, item);
    })?;
    if count > 0 {
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
        let mut rest = self.0;
        while let Some(at) = rest.find(|c: char| matches!(c, '\\' | '\'') || c.is_control()) {
            f.write_str(&rest[..at])?;
            let mut chars = rest[at..].chars();
            match chars.next().unwrap_or_default() {
                '\\' if chars.as_str().starts_with('u') => f.write_str("\\\\' + '")?,
                '\\' => f.write_str("\\\\")?,
                '\'' => f.write_str("\\'")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                c => write!(f, "\\u{:04X}", u32::from(c))?,
            }
            rest = chars.as_str();
        }
        f.write_str(rest)?;
        f.write_char('\'')
    }
}

/// A value of a type that is made of a string: `date('1969-07-20')`.
struct Value<D>(&'static str, D);

impl<D: Display> Display for Value<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}('{}')", self.0, self.1)
    }
}

/// A value or null.
struct Maybe<D>(Option<D>);

impl<D: Display> Display for Maybe<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
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
            f.write_str(if at > 0 { ", " } else { "" })?;
            Text(text).fmt(f)?;
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
