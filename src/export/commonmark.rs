//! Texts in CommonMark, for dossiers and notes. Whatever a title holds, it is
//! text there, never markup.

use std::fmt::{self, Display, Formatter, Write};

use crate::export::text::one_line;
use crate::model::escape::{Escape, Shown, shown};

/// Text in one line, with all that Markdown or HTML would read escaped; also
/// what Pandoc and Obsidian add to it: `^a^`, `{.class}`, `==a==`, `%%a%%`.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = one_line(self.0);
        // At the start of a line these begin a list or a definition.
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = text.split_at(digits);
        f.write_str(number)?;
        let begins_list = match number {
            "" => rest.starts_with(['-', '+', ':']),
            _ => rest.starts_with(['.', ')']),
        };
        if begins_list {
            f.write_char('\\')?;
        }
        shown::<Markup>(rest).fmt(f)
    }
}

/// Characters that are markup wherever in a line they stand.
struct Markup;

impl Escape for Markup {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        matches!(byte, b'#'..=b'&' | b'*' | b'<'..=b'>' | b'['..=b'`' | b'{'..=b'~')
    }

    fn escape(before: &str, c: char) -> Option<&'static str> {
        Some(match c {
            '\\' => "\\\\",
            '`' => "\\`",
            '*' => "\\*",
            '_' => "\\_",
            '[' => "\\[",
            ']' => "\\]",
            '<' => "\\<",
            '>' => "\\>",
            '&' => "\\&",
            '#' => "\\#",
            '|' => "\\|",
            '~' => "\\~",
            '$' => "\\$",
            '^' => "\\^",
            '{' => "\\{",
            '}' => "\\}",
            '=' if before.ends_with('=') => "\\=",
            '%' if before.ends_with('%') => "\\%",
            _ => return None,
        })
    }
}

/// A path as code, whatever backquotes it holds.
pub(super) struct Code<'t>(pub(super) &'t str);

impl Display for Code<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = self.0;
        let longest = match path.contains('`') {
            true => path.split(|c| c != '`').map(str::len).max().unwrap_or(0),
            false => 0,
        };
        let fence = "`".repeat(longest + 1);
        let pad = if path.starts_with('`') || path.ends_with('`') { " " } else { "" };
        write!(f, "{fence}{pad}{}{pad}{fence}", shown::<Controls>(path))
    }
}

/// Control characters, which show nothing.
struct Controls;

impl Escape for Controls {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        (byte < 0x20) | (byte == 0x7f) | (byte == 0xc2)
    }

    fn escape(_: &str, c: char) -> Option<&'static str> {
        c.is_control().then_some("\u{fffd}")
    }
}

/// An address between `<` and `>`.
pub(super) fn address(url: &str) -> Shown<'_, Address> {
    shown(url)
}

/// What ends an address between `<` and `>`, or may not stand in one.
pub(super) struct Address;

impl Escape for Address {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        // 0xc2 begins further control characters.
        (byte <= b' ') | matches!(byte, b'<' | b'>' | 0x7f | 0xc2)
    }

    fn escape(_: &str, c: char) -> Option<&'static str> {
        match c {
            '<' => Some("%3C"),
            '>' => Some("%3E"),
            c if c == ' ' || c.is_control() => Some("%20"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::escape::check_escapes;

    #[test]
    fn whatever_a_title_holds() {
        let cases = [
            ("1969. A *landing*", "1969\\. A \\*landing\\*"),
            ("1969 [x](y)", "1969 \\[x\\](y)"),
            ("1) a", "1\\) a"),
            ("- a", "\\- a"),
            ("-", "\\-"),
            ("a - b: 1. c", "a - b: 1. c"),
            ("== a === 5 %%", "=\\= a =\\=\\= 5 %\\%"),
            ("12", "12"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(Text(text).to_string(), expected, "input {text:?}");
        }
        check_escapes::<Markup>();
        check_escapes::<Address>();
    }

    #[test]
    fn whatever_a_path_holds() {
        let cases = [
            ("a/b  c.md", "`a/b  c.md`"),
            ("a`b\n", "``a`b\u{fffd}``"),
            ("``", "``` `` ```"),
            ("", "``"),
        ];
        for (path, expected) in cases {
            assert_eq!(Code(path).to_string(), expected, "input {path:?}");
        }
        check_escapes::<Controls>();
    }
}
