//! Text in XML 1.0, for every format that is XML.
//!
//! XML cannot hold most control characters, not even escaped (section 2.2 of
//! the recommendation): they become U+FFFD.

use std::borrow::Cow;
use std::{fmt, io};

use crate::export::records::{self, joined};
use crate::graph::EventGraph;
use crate::model::EventId;

/// A text that may stand between tags or between double quotes.
pub(super) struct Xml<'t>(pub(super) &'t str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| needs_escape(*c)) {
            f.write_str(&rest[..at])?;
            f.write_str(match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                // Readers turn them into spaces or drop them unless escaped.
                '\t' => "&#9;",
                '\n' => "&#10;",
                '\r' => "&#13;",
                _ => "\u{fffd}",
            })?;
            rest = &rest[at + c.len_utf8()..];
        }
        f.write_str(rest)
    }
}

fn needs_escape(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}')
}

/// What a reader of XML gets to see of a text: XML Schema's strings, and with
/// them RDF's, hold what XML holds.
pub(super) fn in_xml(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_not_xml) {
        text.chars().map(|c| if is_not_xml(c) { '\u{fffd}' } else { c }).collect()
    } else {
        text.into()
    }
}

fn is_not_xml(c: char) -> bool {
    needs_escape(c) && !matches!(c, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r')
}

/// Calls `write` with the name and the value of what is known of an event
/// besides its key, date and title; lists are joined as in CSV.
pub(super) fn each_attribute(
    graph: &EventGraph,
    event: EventId,
    mut write: impl FnMut(&str, &dyn fmt::Display) -> io::Result<()>,
) -> io::Result<()> {
    if let Some(summary) = graph.summary(event) {
        write("summary", &Xml(summary))?;
    }
    if let Some(topic) = graph.lead_topic(event) {
        write("lead_topic", &Xml(graph.topic_name(topic)))?;
    }
    let topics = joined(graph.topics(event).map(|topic| graph.topic_name(topic)));
    if !topics.is_empty() {
        write("topics", &Xml(&topics))?;
    }
    write("present", &graph.present(event))?;
    if let Some(page) = graph.page(event) {
        write("page", &Xml(page))?;
    }
    let sources = joined(records::sources(graph, event).iter().map(|source| source.url));
    if !sources.is_empty() {
        write("sources", &Xml(&sources))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_title_holds() {
        let cases = [
            ("plain", "plain"),
            ("a<b> & \"c\"", "a&lt;b&gt; &amp; &quot;c&quot;"),
            ("]]>", "]]&gt;"),
            (
                "\0\u{1}\u{b}\u{1f}\u{fffe}\u{ffff}",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("a\tb\r\n", "a&#9;b&#13;&#10;"),
            ("月球\u{202e}👩‍🚀\u{7f}", "月球\u{202e}👩‍🚀\u{7f}"),
        ];
        for (text, expected) in cases {
            assert_eq!(Xml(text).to_string(), expected, "input {text:?}");
        }
    }
}
