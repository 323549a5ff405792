//! BibTeX: the sources of a selection, each once.
//!
//! Read by BibTeX, biblatex, Zotero and JabRef. Every character that LaTeX
//! would read as a command is escaped.

use std::fmt::Display;
use std::io::Write;

use crate::error::Result;
use crate::export::cited::{Cited, cited};
use crate::export::rows::{push, write_rows};
use crate::export::text::{host, one_line, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};
use crate::model::escape::{Escape, Shown, shown};

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    let sources = cited(graph, selection);
    write_rows(out, sources.iter(), |row, source| entry(row, graph, source)).map_err(write_error)
}

fn entry(row: &mut Vec<u8>, graph: &EventGraph, source: &Cited<'_>) {
    push(row, format_args!("@misc{{{},\n", source.key()));
    // The inner braces keep capital letters.
    field(row, "title", format_args!("{{{}}}", latex(&source.title())));
    if let Some(site) = host(source.url) {
        field(row, "publisher", latex(&one_line(site)));
    }
    if let Some(date) = source.day() {
        let (year, month, day) = date.ymd();
        field(row, "year", format_args!("{year:04}"));
        field(row, "month", month);
        field(row, "day", day);
    }
    match web_address(source.url) {
        Some(address) => field(row, "url", address),
        None if !source.url.trim().is_empty() => {
            field(row, "howpublished", latex(&one_line(source.url)));
        }
        None => {}
    }
    push(row, format_args!("  note = {{{}}}\n}}\n\n", latex(&source.note(graph))));
}

/// One of the fields that others follow.
fn field(row: &mut Vec<u8>, name: &str, value: impl Display) {
    push(row, format_args!("  {name} = {{{value}}},\n"));
}

/// Texts as LaTeX shows them. Braces become commands: BibTeX counts them even
/// behind a backslash.
struct Latex;

/// A text as LaTeX shows it.
fn latex(text: &str) -> Shown<'_, Latex> {
    shown(text)
}

impl Escape for Latex {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        matches!(byte, b'#'..=b'\'' | b'-' | b'<' | b'>' | b'\\' | b'^'..=b'`' | b'{'..=b'~')
    }

    fn escape(before: &str, c: char) -> Option<&'static str> {
        Some(match c {
            '\\' => "\\textbackslash{}",
            '{' => "\\textbraceleft{}",
            '}' => "\\textbraceright{}",
            '^' => "\\textasciicircum{}",
            '~' => "\\textasciitilde{}",
            '`' => "\\textasciigrave{}",
            '<' => "\\textless{}",
            '>' => "\\textgreater{}",
            '|' => "\\textbar{}",
            '#' => "\\#",
            '$' => "\\$",
            '%' => "\\%",
            '&' => "\\&",
            '_' => "\\_",
            // LaTeX would draw `--` and `''` together.
            '-' if before.ends_with('-') => "{}-",
            '\'' if before.ends_with('\'') => "{}'",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Latex, latex};
    use crate::model::escape::check_escapes;

    #[test]
    fn whatever_a_name_holds() {
        let cases = [
            ("AT&T 100 %", "AT\\&T 100 \\%"),
            ("{a}\\b", "\\textbraceleft{}a\\textbraceright{}\\textbackslash{}b"),
            ("--- ''", "-{}-{}- '{}'"),
            ("月球", "月球"),
        ];
        for (text, expected) in cases {
            assert_eq!(latex(text).to_string(), expected, "input {text:?}");
        }
        check_escapes::<Latex>();
    }
}
