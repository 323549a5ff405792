//! Text in XML 1.0, for every format that is XML.
//!
//! XML cannot hold most control characters, not even escaped (section 2.2 of
//! the recommendation): they become U+FFFD.

#[cfg(feature = "rdf")]
use std::borrow::Cow;
use std::fmt;

/// A text that may stand between tags or between double quotes.
pub(crate) struct Xml<'t>(pub(crate) &'t str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut plain, mut rest) = split_plain(self.0);
        f.write_str(plain)?;
        while let Some(c) = rest.chars().next() {
            f.write_str(escape(c))?;
            (plain, rest) = split_plain(&rest[c.len_utf8()..]);
            f.write_str(plain)?;
        }
        Ok(())
    }
}

/// Appends a text that may stand between tags or between double quotes: what
/// [`Xml`] shows, without the detour over a formatter.
pub(crate) fn push_xml(out: &mut Vec<u8>, text: &str) {
    let (mut plain, mut rest) = split_plain(text);
    out.extend(plain.as_bytes());
    while let Some(c) = rest.chars().next() {
        out.extend(escape(c).as_bytes());
        (plain, rest) = split_plain(&rest[c.len_utf8()..]);
        out.extend(plain.as_bytes());
    }
}

/// What stands for a character that cannot stand as it is.
fn escape(c: char) -> &'static str {
    match c {
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
        _ => "\u{fffd}",
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

#[cfg(feature = "rdf")]
fn is_not_xml(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// Bytes that are looked at together: as many as a processor compares at once.
const STRIDE: usize = 32;

/// What may stand as it is up to the first character that may not, and all from
/// that one on. Bytes are looked at, not characters, and strides of them where
/// none is suspect: this is where an export spends its time.
fn split_plain(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let strides = bytes[at..].chunks_exact(STRIDE);
        let is_plain = |stride: &&[u8]| !stride.iter().fold(false, |any, &b| any | is_suspect(b));
        at += STRIDE * strides.take_while(is_plain).count();
        let end = bytes.len().min(at + STRIDE);
        if let Some(found) = (at..end).find(|&at| must_change(bytes, at)) {
            return text.split_at(found);
        }
        at = end;
    }
    (text, "")
}

/// Whether a character that cannot stand as it is begins at a byte.
fn must_change(bytes: &[u8], at: usize) -> bool {
    is_suspect(bytes[at])
        && match bytes[at] {
            // U+0085, U+2028, U+FFFE and U+FFFF.
            0xc2 => bytes.get(at + 1) == Some(&0x85),
            0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8])),
            0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])),
            _ => true,
        }
}

/// Whether a character that cannot stand as it is may begin with a byte.
/// Computed rather than looked up, so that a stride is one comparison of each
/// kind.
#[inline(always)]
fn is_suspect(byte: u8) -> bool {
    (byte < 0x20)
        | (byte == b'&')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'"')
        | (byte == 0xc2)
        | (byte == 0xe2)
        | (byte == 0xef)
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
            ("\u{85}\u{2028}\u{2029}é…", "&#133;&#8232;\u{2029}é…"),
            ("月球\u{202e}👩‍🚀\u{7f}", "月球\u{202e}👩‍🚀\u{7f}"),
        ];
        for (text, expected) in cases {
            assert_eq!(Xml(text).to_string(), expected, "input {text:?}");
            let mut pushed = Vec::new();
            push_xml(&mut pushed, text);
            assert_eq!(pushed, expected.as_bytes(), "input {text:?}");
        }
    }

    #[test]
    fn wherever_in_a_text_it_stands() {
        let plain = "月球，“moon”…".repeat(9);
        for (suspect, escaped) in [("<", "&lt;"), ("\u{2028}", "&#8232;"), ("\u{ffff}", "\u{fffd}")]
        {
            for (at, _) in plain.char_indices() {
                let (before, behind) = plain.split_at(at);
                let shown = Xml(&format!("{before}{suspect}{behind}")).to_string();
                assert_eq!(shown, format!("{before}{escaped}{behind}"));
            }
        }
    }
}
