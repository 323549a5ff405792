//! BibTeX: the sources of a selection, each once.
//!
//! Read by BibTeX, biblatex, Zotero and JabRef. Every character that LaTeX
//! would read as a command is escaped.

use std::io::{self, Write};

use crate::error::Result;
use crate::export::cited::{Cited, cited};
use crate::export::text::{host, one_line, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    for source in cited(graph, selection) {
        entry(graph, &source, out).map_err(write_error)?;
    }
    Ok(())
}

fn entry(graph: &EventGraph, source: &Cited<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "@misc{{{},", source.key())?;
    // The inner braces keep capital letters.
    writeln!(out, "  title = {{{{{}}}}},", latex(&source.title()))?;
    if let Some(site) = host(source.url) {
        writeln!(out, "  publisher = {{{}}},", latex(&one_line(site)))?;
    }
    if let Some(date) = source.day() {
        let (year, month, day) = date.ymd();
        writeln!(out, "  year = {{{year:04}}},\n  month = {{{month}}},\n  day = {{{day}}},")?;
    }
    match web_address(source.url) {
        Some(address) => writeln!(out, "  url = {{{address}}},")?,
        None if !source.url.trim().is_empty() => {
            writeln!(out, "  howpublished = {{{}}},", latex(&one_line(source.url)))?;
        }
        None => {}
    }
    writeln!(out, "  note = {{{}}}\n}}\n", latex(&source.note(graph)))
}

/// A text in one line as LaTeX shows it. Braces become commands: BibTeX counts
/// them even behind a backslash.
fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // LaTeX would draw `--` and `''` together.
            '-' | '\'' if before == Some(c) => {
                out.push_str("{}");
                out.push(c);
            }
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::latex;

    #[test]
    fn whatever_a_name_holds() {
        let cases = [
            ("AT&T 100 %", "AT\\&T 100 \\%"),
            ("{a}\\b", "\\textbraceleft{}a\\textbraceright{}\\textbackslash{}b"),
            ("--- ''", "-{}-{}- '{}'"),
            ("月球", "月球"),
        ];
        for (text, expected) in cases {
            assert_eq!(latex(text), expected, "input {text:?}");
        }
    }
}
