//! GEXF 1.3, dynamic: for Gephi, Gephi Lite, sigma.js and NetworkX.
//!
//! Follows gexf.net/schema.html. An event exists from its day on, a link from
//! the day on which both its ends exist; without a date, always. Colour is the
//! event's story, size grows with its links.

use std::io::{self, Write};

use crate::export::attributes::{Attributes, GENERATOR};
use crate::export::rows::{push, write_rows};
use crate::export::words::label;
use crate::export::xml::{Value, each_attribute};
use crate::export::{ExportOptions, write_error};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::EventId;
use crate::picture::{COLOURS, Colour};

/// The attributes of events: name and type.
const NODE: [(&str, &str); 10] = [
    ("title", "string"),
    ("date", "string"),
    ("summary", "string"),
    ("lead_topic", "string"),
    ("topics", "string"),
    ("present", "boolean"),
    ("page", "string"),
    ("sources", "string"),
    ("story", "integer"),
    ("story_name", "string"),
];

/// The attributes of links.
const EDGE: [(&str, &str); 3] = [("rank", "integer"), ("topics", "string"), ("line", "integer")];

/// Of events in no story.
const GREY: Colour = Colour(160, 160, 160);

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> crate::Result<()> {
    let known = Attributes::of(graph, options)?;
    let mut work = || -> io::Result<()> {
        head(out)?;
        out.write_all(b"<nodes>\n")?;
        write_rows(out, selection.events(graph), |row, event| {
            node(row, &known, event, options.place(event));
        })?;
        out.write_all(b"</nodes>\n<edges>\n")?;
        write_rows(out, selection.links(graph), |row, link| edge(row, &known, link))?;
        out.write_all(b"</edges>\n</graph>\n</gexf>\n")
    };
    work().map_err(write_error)
}

fn node(row: &mut Vec<u8>, known: &Attributes<'_>, event: EventId, place: Option<[f64; 2]>) {
    let graph = known.graph();
    row.extend(b"<node");
    attribute(row, "id", Value::Text(known.key(event)));
    attribute(row, "label", Value::Text(&label(graph, event)));
    if let Some(date) = graph.date(event) {
        attribute(row, "start", Value::Date(date));
    }
    row.extend(b"><attvalues>");
    attvalue(row, "title", Value::Text(graph.title(event)));
    if let Some(date) = graph.date(event) {
        attvalue(row, "date", Value::Date(date));
    }
    each_attribute(graph, event, |name, value| attvalue(row, name, value));
    let story = known.story(event);
    if let Some((number, name)) = story {
        attvalue(row, "story", Value::Whole(number as u64));
        attvalue(row, "story_name", Value::Text(name));
    }
    row.extend(b"</attvalues>");
    let Colour(r, g, b) = story.map_or(GREY, |(number, _)| COLOURS[(number - 1) % COLOURS.len()]);
    // The area of the dot grows with the number of links.
    let size = 4.0 + 2.0 * (known.degree(event) as f64).sqrt();
    push(row, format_args!("<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>"));
    if let Some([x, y]) = place {
        push(row, format_args!("<viz:position x=\"{x}\" y=\"{y}\" z=\"0\"/>"));
    }
    push(row, format_args!("<viz:size value=\"{size:.1}\"/></node>\n"));
}

fn edge(row: &mut Vec<u8>, known: &Attributes<'_>, link: Link) {
    let graph = known.graph();
    row.extend(b"<edge");
    attribute(row, "id", Value::Whole(link.id.0.into()));
    attribute(row, "source", Value::Text(known.key(link.source)));
    attribute(row, "target", Value::Text(known.key(link.target)));
    attribute(row, "weight", Value::Real(known.strength(link)));
    // Both ends exist from the later one's day on.
    if let Some(date) = graph.date(link.source).max(graph.date(link.target)) {
        attribute(row, "start", Value::Date(date));
    }
    row.extend(b"><attvalues>");
    attvalue(row, "rank", Value::Whole(link.rank.into()));
    attvalue(row, "topics", Value::Names(known.link_topics(link).collect()));
    attvalue(row, "line", Value::Whole(link.line.into()));
    row.extend(b"</attvalues></edge>\n");
}

/// ` name="value"`, within a tag.
fn attribute(row: &mut Vec<u8>, name: &str, value: Value<'_>) {
    row.push(b' ');
    row.extend(name.as_bytes());
    row.extend(b"=\"");
    value.push(row);
    row.push(b'"');
}

/// An attribute of the graph's own.
fn attvalue(row: &mut Vec<u8>, name: &str, value: Value<'_>) {
    row.extend(b"<attvalue for=\"");
    row.extend(name.as_bytes());
    row.extend(b"\" value=\"");
    value.push(row);
    row.extend(b"\"/>");
}

fn head(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" \
         version=\"1.3\">\n\
         <meta><creator>{GENERATOR}</creator></meta>\n\
         <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" \
         timerepresentation=\"interval\">"
    )?;
    for (class, names) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
        for (name, of_type) in names {
            writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{of_type}\"/>")?;
        }
        out.write_all(b"</attributes>\n")?;
    }
    Ok(())
}
