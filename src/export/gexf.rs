//! GEXF 1.3, dynamic: for Gephi, Gephi Lite, sigma.js and NetworkX.
//!
//! Follows gexf.net/schema.html. An event exists from its day on, a link from
//! the day on which both its ends exist; without a date, always. Colour is the
//! event's story, size grows with its links.

use std::io::{self, Write};

use crate::export::attributes::{Attributes, GENERATOR};
use crate::export::xml::{Xml, each_attribute};
use crate::export::{ExportOptions, links_between, write_error};
use crate::graph::{EventGraph, Link, Selection};
use crate::model::{EventId, join_names};
use crate::picture::COLOURS;
use crate::picture::Colour;

/// The attributes of events: name and type.
const NODE: [(&str, &str); 9] = [
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
    let node = |out: &mut dyn Write, event: EventId| -> io::Result<()> {
        write!(
            out,
            "<node id=\"{}\" label=\"{}\"",
            Xml(graph.key(event)),
            Xml(graph.title(event))
        )?;
        if let Some(date) = graph.date(event) {
            write!(out, " start=\"{date}\"")?;
        }
        out.write_all(b"><attvalues>")?;
        if let Some(date) = graph.date(event) {
            value(out, "date", date)?;
        }
        each_attribute(graph, event, |name, text| value(out, name, text))?;
        let story = known.story(event);
        if let Some((number, name)) = story {
            value(out, "story", number)?;
            value(out, "story_name", Xml(name))?;
        }
        let Colour(r, g, b) =
            story.map_or(GREY, |(number, _)| COLOURS[(number - 1) % COLOURS.len()]);
        // The area of the dot grows with the number of links.
        let size = 4.0 + 2.0 * (known.degree(event) as f64).sqrt();
        write!(out, "</attvalues><viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/>")?;
        if let Some([x, y]) = options.place(event) {
            write!(out, "<viz:position x=\"{x}\" y=\"{y}\" z=\"0\"/>")?;
        }
        writeln!(out, "<viz:size value=\"{size:.1}\"/></node>")
    };
    let edge = |out: &mut dyn Write, link: Link| -> io::Result<()> {
        write!(
            out,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"",
            link.id.0,
            Xml(graph.key(link.source)),
            Xml(graph.key(link.target)),
            known.strength(link),
        )?;
        // Both ends exist from the later one's day on.
        if let Some(date) = graph.date(link.source).max(graph.date(link.target)) {
            write!(out, " start=\"{date}\"")?;
        }
        out.write_all(b"><attvalues>")?;
        value(out, "rank", link.rank)?;
        let topics = join_names(graph.link_topics(link.id).map(|topic| graph.topic_name(topic)));
        value(out, "topics", Xml(&topics))?;
        value(out, "line", link.line)?;
        out.write_all(b"</attvalues></edge>\n")
    };
    let mut work = || -> io::Result<()> {
        head(out)?;
        out.write_all(b"<nodes>\n")?;
        for event in selection.events(graph) {
            node(out, event)?;
        }
        out.write_all(b"</nodes>\n<edges>\n")?;
        for link in links_between(graph, selection) {
            edge(out, link)?;
        }
        out.write_all(b"</edges>\n</graph>\n</gexf>\n")
    };
    work().map_err(write_error)
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

fn value(out: &mut dyn Write, name: &str, value: impl std::fmt::Display) -> io::Result<()> {
    write!(out, "<attvalue for=\"{name}\" value=\"{value}\"/>")
}
