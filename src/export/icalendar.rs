//! iCalendar (RFC 5545): each dated event as a day in a calendar.
//!
//! An event without a date has no day to stand on and is left out; the command
//! line says how many. Written by hand rather than by a crate: those build the
//! whole calendar in memory first, and stamp it with the time of the run.

use std::io::{self, Write};

use crate::error::Result;
use crate::export::records::{self, is_article};
use crate::export::rows::write_rows;
use crate::export::text::{stable_id, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};
use crate::model::escape::{Escape, escaped};
use crate::model::{Date, EventId, plain_name, plain_text};

/// The longest line, in bytes, without its end (section 3.1).
const LINE: usize = 75;

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    let product = concat!("PRODID:-//Threadline//threadline ", env!("CARGO_PKG_VERSION"), "//EN");
    let dated = |event| Some((event, graph.date(event)?));
    let mut work = || -> io::Result<()> {
        let mut head = Vec::new();
        for text in ["BEGIN:VCALENDAR", "VERSION:2.0", product, "CALSCALE:GREGORIAN"] {
            line(&mut head, text);
        }
        out.write_all(&head)?;
        write_rows(out, selection.events(graph).filter_map(dated), |row, (event, date)| {
            day(row, graph, event, date);
        })?;
        out.write_all(b"END:VCALENDAR\r\n")
    };
    work().map_err(write_error)
}

fn day(row: &mut Vec<u8>, graph: &EventGraph, event: EventId, date: Date) {
    let (year, month, day) = date.ymd();
    let sources = records::sources(graph, event);
    line(row, "BEGIN:VEVENT");
    line(row, &format!("UID:{}@threadline", stable_id(graph.key(event))));
    // The time of the run would change the bytes; the day itself does not.
    line(row, &format!("DTSTAMP:{year:04}{month:02}{day:02}T000000Z"));
    line(row, &format!("DTSTART;VALUE=DATE:{year:04}{month:02}{day:02}"));
    line(row, &format!("SUMMARY:{}", escaped::<Text>(&plain_text(graph.title(event)))));
    let mut description = plain_text(graph.summary(event).unwrap_or_default()).into_owned();
    for (at, source) in sources.iter().enumerate() {
        let apart = match (at, description.is_empty()) {
            (0, false) => "\n\n",
            (0, true) => "",
            _ => "\n",
        };
        for part in [apart, source.name, ": ", source.url] {
            description.push_str(part);
        }
    }
    if !description.is_empty() {
        line(row, &format!("DESCRIPTION:{}", escaped::<Text>(&description)));
    }
    let name = |topic| escaped::<Text>(&plain_name(graph.topic_name(topic)));
    let topics: Vec<String> = graph.topics(event).map(name).collect();
    if !topics.is_empty() {
        line(row, &format!("CATEGORIES:{}", topics.join(",")));
    }
    let article = sources.iter().find(|source| is_article(source.kind));
    if let Some(address) = article.and_then(|source| web_address(source.url)) {
        line(row, &format!("URL:{address}"));
    }
    // Nobody is busy because of it.
    line(row, "TRANSP:TRANSPARENT");
    line(row, "END:VEVENT");
}

/// Values of type TEXT (section 3.3.11). Control characters, which they cannot
/// hold, become U+FFFD.
struct Text;

impl Escape for Text {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        // Control characters from U+0080 on begin with 0xc2.
        (byte < 0x20)
            | (byte == b'\\')
            | (byte == b';')
            | (byte == b',')
            | (byte == 0x7f)
            | (byte == 0xc2)
    }

    fn escape(before: &str, c: char) -> Option<&'static str> {
        Some(match c {
            '\\' => "\\\\",
            ';' => "\\;",
            ',' => "\\,",
            '\n' if before.ends_with('\r') => "",
            '\r' | '\n' => "\\n",
            '\t' => return None,
            c if c.is_control() => "\u{fffd}",
            _ => return None,
        })
    }
}

/// A line, folded where it is too long, never within a character.
fn line(row: &mut Vec<u8>, text: &str) {
    let mut rest = text;
    let mut room = LINE;
    while rest.len() > room {
        let mut cut = room;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        row.extend(&rest.as_bytes()[..cut]);
        row.extend(b"\r\n ");
        rest = &rest[cut..];
        // The space at its beginning counts.
        room = LINE - 1;
    }
    row.extend(rest.as_bytes());
    row.extend(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::Text;
    use crate::model::escape::{check_escapes, escaped};

    #[test]
    fn whatever_a_summary_holds() {
        assert_eq!(escaped::<Text>("a\r\nb\rc\n\td;\u{85}月"), "a\\nb\\nc\\n\td\\;\u{fffd}月");
        check_escapes::<Text>();
    }
}
