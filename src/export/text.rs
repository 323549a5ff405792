//! Texts and addresses in the shapes that several formats want. What a page
//! says is never believed to be harmless.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::model::escape::{Escape, Shown, shown};

/// A text in one line: runs of white space are one space, other control
/// characters are U+FFFD. Marks of direction stay, which the model's function
/// of this name takes away for screens: right-to-left text needs them.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }));
    }
    Cow::Owned(out)
}

/// The same of a text that is one already, or of one that was made.
pub(super) fn in_one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => one_line(text),
        Cow::Owned(text) if is_one_line(&text) => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(one_line(&text).into_owned()),
    }
}

/// Whether a text is in one line already, as nearly all are. Exports ask this of
/// much that they hold: many bytes are looked at together.
fn is_one_line(text: &str) -> bool {
    let breaks = |c: char| c.is_whitespace() || c.is_control();
    // What begins in the last two bytes has no two behind it.
    let mut last = text.chars().rev();
    if last.next().is_some_and(breaks) || last.next().is_some_and(|c| breaks(c) && c != ' ') {
        return false;
    }
    let bytes = text.as_bytes();
    let behind = |n: usize| bytes.get(n..).unwrap_or_default();
    let three = bytes.iter().zip(behind(1)).zip(behind(2));
    let broken = three.fold(false, |any, ((&a, &b), &c)| any | breaks_line(a, b, c));
    !broken && !text.starts_with(breaks)
}

/// Whether three bytes begin with a character that is no part of a line: white
/// space but for a single space, or a control character.
#[inline(always)]
fn breaks_line(a: u8, b: u8, c: u8) -> bool {
    (a < 0x20)
        | (a == 0x7f)
        | ((a == b' ') & (b == b' '))
        // U+0080 to U+00A0.
        | ((a == 0xc2) & (b <= 0xa0))
        // U+1680.
        | ((a == 0xe1) & (b == 0x9a) & (c == 0x80))
        // U+2000 to U+200A, U+2028, U+2029, U+202F and U+205F.
        | ((a == 0xe2) & (b == 0x80) & ((c <= 0x8a) | (c == 0xa8) | (c == 0xa9) | (c == 0xaf)))
        | ((a == 0xe2) & (b == 0x81) & (c == 0x9f))
        // U+3000.
        | ((a == 0xe3) & (b == 0x80) & (c == 0x80))
}

/// What may not stand in a URI (RFC 3986) as it is; a `%` is left alone.
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address of the web that programs may follow, with what no URI holds
/// percent-encoded; `None` for anything but `http:` and `https:`.
pub(super) fn web_address(url: &str) -> Option<Cow<'_, str>> {
    host(url)?;
    Some(utf8_percent_encode(url, NOT_IN_URI).into())
}

/// The name of the site of an address of the web: `nasa.gov`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = behind_scheme(url)?;
    let authority = before(rest, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = before(host, |byte| byte == b':');
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// The path of an address of the web: `/2008/09/16/x` of
/// `https://nasa.gov/2008/09/16/x?from=1999/01/01/`.
pub(super) fn path_of(url: &str) -> Option<&str> {
    host(url)?;
    let rest = before(behind_scheme(url)?, |byte| matches!(byte, b'?' | b'#'));
    Some(rest.find('/').map_or("", |at| &rest[at..]))
}

/// A text up to the first of some ASCII characters.
fn before(text: &str, end: impl Fn(u8) -> bool) -> &str {
    &text[..text.bytes().position(end).unwrap_or(text.len())]
}

/// What follows `http://` or `https://`.
fn behind_scheme(url: &str) -> Option<&str> {
    let scheme = |name: &str| url.get(..name.len()).is_some_and(|s| s.eq_ignore_ascii_case(name));
    let name = ["http://", "https://"].into_iter().find(|name| scheme(name))?;
    Some(&url[name.len()..])
}

/// 32 hexadecimal digits that stand for a text, the same wherever it is
/// written: programs take them as a name that lasts.
pub(super) fn stable_id(text: &str) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()))
}

/// Texts that may stand between tags or between quotes in HTML. What HTML
/// forbids (control characters, code points that are no characters) becomes
/// U+FFFD.
pub(super) struct Html;

/// A text that may stand between tags or between quotes in HTML.
pub(super) fn html(text: &str) -> Shown<'_, Html> {
    shown(text)
}

impl Escape for Html {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        (byte < 0x20)
            | (byte == b'&')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            | (byte == b'\'')
            | (byte == 0x7f)
            // Control characters from U+0080 on, and noncharacters.
            | (byte == 0xc2)
            | (byte == 0xef)
            | (byte >= 0xf0)
    }

    fn escape(_: &str, c: char) -> Option<&'static str> {
        Some(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            // A browser takes it for a line break.
            '\r' => "\n",
            '\t' | '\n' => return None,
            c if c.is_control() || is_noncharacter(c) => "\u{fffd}",
            _ => return None,
        })
    }
}

/// Unicode's noncharacters: U+FDD0 to U+FDEF and the last two of each plane.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::escape::check_escapes;

    #[test]
    fn addresses() {
        let cases = [
            (
                "https://www.nasa.gov/a b?c={d}",
                Some("nasa.gov"),
                "https://www.nasa.gov/a%20b?c=%7Bd%7D",
            ),
            ("HTTP://me@x.org:80#%41", Some("x.org"), "HTTP://me@x.org:80#%41"),
            (
                "http://月球.cn/探测",
                Some("月球.cn"),
                "http://%E6%9C%88%E7%90%83.cn/%E6%8E%A2%E6%B5%8B",
            ),
            ("javascript:alert(1)", None, ""),
            ("http://", None, ""),
            ("http:///x", None, ""),
            ("httpx", None, ""),
            ("月球月球月球", None, ""),
            ("", None, ""),
        ];
        for (url, name, address) in cases {
            assert_eq!(host(url), name, "input {url:?}");
            assert_eq!(web_address(url).unwrap_or_default(), address, "input {url:?}");
        }
    }

    #[test]
    fn texts() {
        let cases = [
            (" a\r\nb\u{0}\u{2028}c ", "a b\u{fffd} c"),
            ("a  b", "a b"),
            ("a ", "a"),
            (" a", "a"),
            (" ", ""),
            ("", ""),
            ("a b c", "a b c"),
            ("月球\u{3000}探测", "月球 探测"),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected, "input {text:?}");
        }
        let shown = html("<b a='1'>\"&amp;\u{1b}\u{10ffff}\r</b>").to_string();
        assert_eq!(shown, "&lt;b a=&#39;1&#39;&gt;&quot;&amp;amp;\u{fffd}\u{fffd}\n&lt;/b&gt;");
    }
    #[test]
    fn every_character_in_html() {
        check_escapes::<Html>();
    }

    #[test]
    fn every_character_in_one_line() {
        let expected = |text: &str| {
            let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
            let words = text.split_whitespace().map(|word| word.chars().map(shown).collect());
            words.collect::<Vec<String>>().join(" ")
        };
        for c in '\0'..=char::MAX {
            for text in
                [format!("{c}"), format!("a{c}"), format!("{c}b"), format!("a{c} 月{c}{c}b")]
            {
                assert_eq!(one_line(&text), expected(&text), "input {text:?}");
            }
        }
    }
}
