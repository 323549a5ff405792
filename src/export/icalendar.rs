//! iCalendar (RFC 5545): each dated event as a day in a calendar.
//!
//! An event without a date has no day to stand on and is left out; the command
//! line says how many. Written by hand rather than by a crate: those build the
//! whole calendar in memory first, and stamp it with the time of the run.

use std::io::{self, Write};

use crate::error::Result;
use crate::export::records;
use crate::export::text::{stable_id, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, plain_name, plain_text};

/// The longest line, in bytes, without its end (section 3.1).
const LINE: usize = 75;

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    let product = concat!("PRODID:-//Threadline//threadline ", env!("CARGO_PKG_VERSION"), "//EN");
    let mut work = || -> io::Result<()> {
        for text in ["BEGIN:VCALENDAR", "VERSION:2.0", product, "CALSCALE:GREGORIAN"] {
            line(out, text)?;
        }
        for event in selection.events(graph) {
            if let Some(date) = graph.date(event) {
                day(graph, event, date, out)?;
            }
        }
        line(out, "END:VCALENDAR")
    };
    work().map_err(write_error)
}

fn day(graph: &EventGraph, event: EventId, date: Date, out: &mut dyn Write) -> io::Result<()> {
    let (year, month, day) = date.ymd();
    let sources = records::sources(graph, event);
    line(out, "BEGIN:VEVENT")?;
    line(out, &format!("UID:{}@threadline", stable_id(graph.key(event))))?;
    // The time of the run would change the bytes; the day itself does not.
    line(out, &format!("DTSTAMP:{year:04}{month:02}{day:02}T000000Z"))?;
    line(out, &format!("DTSTART;VALUE=DATE:{year:04}{month:02}{day:02}"))?;
    line(out, &format!("SUMMARY:{}", escaped(&plain_text(graph.title(event)))))?;
    let mut description = plain_text(graph.summary(event).unwrap_or_default()).into_owned();
    for (at, source) in sources.iter().enumerate() {
        let apart = match (at, description.is_empty()) {
            (0, false) => "\n\n",
            (0, true) => "",
            _ => "\n",
        };
        description.push_str(apart);
        description.push_str(&format!("{}: {}", source.name, source.url));
    }
    if !description.is_empty() {
        line(out, &format!("DESCRIPTION:{}", escaped(&description)))?;
    }
    let topics: Vec<String> =
        graph.topics(event).map(|topic| escaped(&plain_name(graph.topic_name(topic)))).collect();
    if !topics.is_empty() {
        line(out, &format!("CATEGORIES:{}", topics.join(",")))?;
    }
    let article = sources.iter().find(|source| source.kind == "article");
    if let Some(address) = article.and_then(|source| web_address(source.url)) {
        line(out, &format!("URL:{address}"))?;
    }
    // Nobody is busy because of it.
    line(out, "TRANSP:TRANSPARENT")?;
    line(out, "END:VEVENT")
}

/// A value of type TEXT (section 3.3.11). Control characters, which it cannot
/// hold, become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push_str("\\n");
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A line, folded where it is too long, never within a character.
fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut rest = text;
    let mut room = LINE;
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        write!(out, "{}\r\n ", &rest[..cut])?;
        rest = &rest[cut..];
        // The space at its beginning counts.
        room = LINE - 1;
    }
    write!(out, "{rest}\r\n")
}
