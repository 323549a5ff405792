//! Text as pages write it → text as people read it.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// Entities decoded as a browser does, and trimmed.
///
/// `"Men &amp; machines "` gives `Men & machines`.
pub fn clean(text: &str) -> Cow<'_, str> {
    match decode(text.trim()) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => match text.trim() {
            trimmed if trimmed.len() == text.len() => Cow::Owned(text),
            trimmed => Cow::Owned(trimmed.to_owned()),
        },
    }
}

/// Entities decoded as a browser does: `&quot;`, `&#39;`, `&#x27;`, `&nbsp`.
pub fn decode(text: &str) -> Cow<'_, str> {
    // Most texts hold no entity at all.
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    htmlize::unescape(text)
}

/// Control characters move a terminal's cursor, colour it or set the clipboard;
/// marks of direction make text read differently than it is.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text in one line, with one space between words, and U+FFFD for what is
/// [harmful](is_harmful).
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }));
    }
    out
}

/// A text cut to a number of columns, with an ellipsis if it was longer.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    Cow::Owned(out.trim_end().to_owned() + "…")
}

/// `1234567` → `1,234,567`.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 link`, `2 links`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// Several names in one text: joined by `|`; a `|` or `\` in one is written
/// `\|`, `\\`, so that [`split_names`] can tell them apart again.
pub fn join_names<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for (at, name) in names.enumerate() {
        if at > 0 {
            out.push('|');
        }
        // Nearly all names: all bytes are looked at, so several at once.
        if !name.bytes().fold(false, |any, b| any | (b == b'|') | (b == b'\\')) {
            out.push_str(name);
            continue;
        }
        for c in name.chars() {
            if matches!(c, '|' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// The names in a text that [`join_names`] wrote: `A|B\|C` → `A`, `B|C`. Empty
/// ones are none.
pub fn split_names(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut names = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '|' => {
                names.push(String::new());
                continue;
            }
            '\\' => chars.next().unwrap_or('\\'),
            c => c,
        };
        if let Some(name) = names.last_mut() {
            name.push(c);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let cases = [
            (" a  b\n c ", "a b c"),
            ("a\u{1b}[31mb", "a\u{fffd}[31mb"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("\u{2028}\t", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn names_that_were_joined() {
        let cases: [&[&str]; 5] = [&[], &["A"], &["A", "B"], &["A|B", "C\\"], &["\\|", "||"]];
        for names in cases {
            let joined = join_names(names.iter().copied());
            assert_eq!(split_names(&joined), names, "as {joined:?}");
        }
    }

    #[test]
    fn names_in_a_text() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("A", &["A"]),
            ("A|B", &["A", "B"]),
            ("A\\|B|C\\\\", &["A|B", "C\\"]),
            ("A||B", &["A", "B"]),
            ("A\\", &["A\\"]),
        ];
        for (text, expected) in cases {
            assert_eq!(split_names(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn entities() {
        let cases = [
            ("&quot;Men&quot; &amp; machines ", "\"Men\" & machines"),
            ("&#39;&#x27;&#8217;&rsquo;", "''’’"),
            ("a&nbsp;b&nbsp;", "a\u{a0}b"),
            ("AT&T", "AT&T"),
            ("&#0;", "\u{fffd}"),
            ("&#xd800;", "\u{fffd}"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected, "input {text:?}");
        }
    }
}
