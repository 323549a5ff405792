//! Text in XML 1.0, for every format that is XML.
//!
//! XML cannot hold most control characters, not even escaped (section 2.2 of
//! the recommendation): they become U+FFFD.

#[cfg(feature = "rdf")]
use std::borrow::Cow;

use crate::model::escape::{Escape, Shown, shown};

/// Texts that may stand between tags or between double quotes.
pub(crate) struct Xml;

/// A text that may stand between tags or between double quotes.
pub(crate) fn xml(text: &str) -> Shown<'_, Xml> {
    shown(text)
}

impl Escape for Xml {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        (byte < 0x20)
            | (byte == b'&')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            // U+0085, U+2028, U+FFFE and U+FFFF.
            | (byte == 0xc2)
            | (byte == 0xe2)
            | (byte == 0xef)
    }

    fn escape(_: &str, c: char) -> Option<&'static str> {
        Some(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            // Readers turn them into spaces or drop them unless escaped.
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            // Line ends of XML 1.1, which some readers of 1.0 turn into spaces as
            // well.
            '\u{85}' => "&#133;",
            '\u{2028}' => "&#8232;",
            c if is_not_xml(c) => "\u{fffd}",
            _ => return None,
        })
    }
}

/// What a reader of XML gets to see of a text: XML Schema's strings, and with
/// them RDF's, hold what XML holds.
#[cfg(feature = "rdf")]
pub(crate) fn in_xml(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_not_xml) {
        text.chars().map(|c| if is_not_xml(c) { '\u{fffd}' } else { c }).collect()
    } else {
        text.into()
    }
}

fn is_not_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::escape::check_escapes;

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
            ("\u{85}\u{2028}\u{2029}é…", "&#133;&#8232;\u{2029}é…"),
            ("月球\u{202e}👩‍🚀\u{7f}", "月球\u{202e}👩‍🚀\u{7f}"),
        ];
        for (text, expected) in cases {
            assert_eq!(xml(text).to_string(), expected, "input {text:?}");
        }
        check_escapes::<Xml>();
    }
}
