//! Text in XML 1.0, for every format that is XML.
//!
//! XML cannot hold most control characters, not even escaped (section 2.2 of
//! the recommendation): they become U+FFFD.

use std::fmt;

/// A text that may stand between tags or between double quotes.
pub(crate) struct Xml<'t>(pub(crate) &'t str);

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
