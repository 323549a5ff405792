//! Texts and addresses in the shapes that several formats want. What a page
//! says is never believed to be harmless.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// A text in one line: runs of white space are one space, other control
/// characters are U+FFFD. Marks of direction stay, which the model's function
/// of this name takes away for screens: right-to-left text needs them.
pub(super) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }));
    }
    out
}

/// Whether a text is in one line already, as nearly all are.
fn is_one_line(text: &str) -> bool {
    let mut before = ' ';
    let as_it_is = text.chars().all(|c| {
        let wide = c.is_whitespace() && (c != ' ' || before == ' ');
        before = c;
        !wide && !c.is_control()
    });
    as_it_is && (before != ' ' || text.is_empty())
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
pub(super) fn web_address(url: &str) -> Option<String> {
    host(url)?;
    Some(utf8_percent_encode(url, NOT_IN_URI).to_string())
}

/// The name of the site of an address of the web: `nasa.gov`.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = behind_scheme(url)?;
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// The path of an address of the web: `/2008/09/16/x` of
/// `https://nasa.gov/2008/09/16/x?from=1999/01/01/`.
pub(super) fn path_of(url: &str) -> Option<&str> {
    host(url)?;
    let rest = behind_scheme(url)?;
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    Some(rest.find('/').map_or("", |at| &rest[at..]))
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

/// A text that may stand between tags or between quotes in HTML. What HTML
/// forbids (control characters, code points that are no characters) becomes
/// U+FFFD.
pub(super) struct Html<'t>(pub(super) &'t str);

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut from = 0;
        for (at, c) in self.0.char_indices() {
            let escaped = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                // A browser takes it for a line break.
                '\r' => "\n",
                '\t' | '\n' => continue,
                c if c.is_control() || is_noncharacter(c) => "\u{fffd}",
                _ => continue,
            };
            f.write_str(&self.0[from..at])?;
            f.write_str(escaped)?;
            from = at + c.len_utf8();
        }
        f.write_str(&self.0[from..])
    }
}

/// Unicode's noncharacters: U+FDD0 to U+FDEF and the last two of each plane.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let html = Html("<b a='1'>\"&amp;\u{1b}\u{10ffff}\r</b>").to_string();
        assert_eq!(html, "&lt;b a=&#39;1&#39;&gt;&quot;&amp;amp;\u{fffd}\u{fffd}\n&lt;/b&gt;");
    }
}
