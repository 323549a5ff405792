//! A dossier in CommonMark with footnotes, as GitHub, Pandoc and Obsidian read
//! them. Whatever a title holds, it is text here, never markup.

use std::io::{self, Write};

use crate::export::dossier::{Body, Dossier, Entry, Notes, day, listed, paragraphs, place, title};
use crate::export::records;
use crate::export::text::{host, one_line};
use crate::export::words::loose_tie;
use crate::graph::{EventGraph, Link, Walk};
use crate::model::EventId;

pub(super) fn write(dossier: &Dossier<'_>, walk: Walk<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = dossier.graph;
    let mut notes = Notes::default();
    writeln!(out, "# {}", text(&dossier.title))?;
    if !dossier.lead.is_empty() {
        writeln!(out, "\n{}", text(&dossier.lead))?;
    }
    for section in dossier.sections.iter().filter(|section| !section.is_empty()) {
        writeln!(out, "\n## {}", section.heading)?;
        if !section.lead.is_empty() {
            writeln!(out, "\n{}", text(&section.lead))?;
        }
        match &section.body {
            Body::List(items) => {
                writeln!(out)?;
                for item in items {
                    let place = item.link.map(|link| format!(" ({})", evidence(graph, &link)));
                    writeln!(out, "- {}{}", text(&item.text), place.unwrap_or_default())?;
                }
            }
            Body::Entries(entries) => {
                for entry in entries {
                    write_entry(out, walk, entry, &mut notes)?;
                }
            }
        }
    }
    writeln!(out, "\n{}", text(&dossier.provenance()))?;
    let notes = notes.in_order();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for (number, (name, url, _)) in (1..).zip(notes) {
        // Between `<` and `>`, what is no address would be a tag.
        match host(url) {
            Some(_) => writeln!(out, "[^{number}]: {} <{}>", text(&name), address(url))?,
            None if one_line(url) == name => writeln!(out, "[^{number}]: {}", text(&name))?,
            None => writeln!(out, "[^{number}]: {} {}", text(&name), text(url))?,
        }
    }
    Ok(())
}

/// One event: its day, title and summary, footnotes, and where it stands.
fn write_entry<'g>(
    out: &mut dyn Write,
    walk: Walk<'g>,
    entry: &Entry,
    notes: &mut Notes<'g>,
) -> io::Result<()> {
    let (graph, event) = (walk.graph(), entry.event);
    let sources = records::articles(graph, event);
    let marks: String =
        sources.iter().map(|s| format!("[^{}]", notes.mark(s.name, s.url).0)).collect();
    writeln!(out, "\n**{}** {}{marks}", day(graph, event), text(&title(graph, event)))?;
    for paragraph in paragraphs(graph, event) {
        writeln!(out, "\n{}", text(&paragraph))?;
    }
    let mut page = match graph.page(event) {
        Some(page) => code(page),
        None => without_page(walk, event),
    };
    if entry.asked {
        page = format!("Asked for; {page}");
    }
    for (at, tie) in entry.ties.iter().enumerate() {
        let (before, behind) = tie.words(graph);
        let before = if at == 0 { format!("{} by ", text(&before)) } else { String::new() };
        page += &format!("; {before}{}{behind}", evidence(graph, &tie.link));
    }
    if let Some(tie) = &entry.loose {
        page += &format!("; tied not by a link but {}", text(&loose_tie(graph, tie)));
    }
    writeln!(out, "\n{page}")
}

/// Of an event without a page who lists it.
fn without_page(walk: Walk<'_>, event: EventId) -> String {
    let (places, more) = listed(walk, event);
    let places: Vec<String> = places.iter().map(|place| code(place)).collect();
    match (places.is_empty(), more) {
        (true, _) => "No page of its own".to_owned(),
        (false, 0) => format!("No page of its own; listed in {}", places.join(", ")),
        (false, more) => {
            format!("No page of its own; listed in {} and {more} more", places.join(", "))
        }
    }
}

/// `topics in page:line`.
fn evidence(graph: &EventGraph, link: &Link) -> String {
    let (topics, place) = place(graph, link);
    let topics: Vec<String> = topics.iter().map(|topic| text(topic)).collect();
    let place = code(&place);
    if topics.is_empty() { place } else { format!("{} in {place}", topics.join(", ")) }
}

/// Text in one line, with all that Markdown or HTML would read escaped; also
/// what Pandoc and Obsidian add to it: `^a^`, `{.class}`, `==a==`, `%%a%%`.
pub(in crate::export) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in one_line(text).chars() {
        let escaped = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' | '^'
            | '{' | '}' => true,
            '=' | '%' => before == Some(c),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    // At the start of a line these begin a list or a definition.
    match out.chars().next() {
        Some('-' | '+' | ':') => out.insert(0, '\\'),
        Some(c) if c.is_ascii_digit() => {
            let end = out.find(|c: char| !c.is_ascii_digit()).unwrap_or(out.len());
            if out[end..].starts_with(['.', ')']) {
                out.insert(end, '\\');
            }
        }
        _ => {}
    }
    out
}

/// A path as code, whatever backquotes it holds.
fn code(path: &str) -> String {
    let path: String = path.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let longest = path.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if path.starts_with('`') || path.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{path}{pad}{fence}")
}

/// An address between `<` and `>`.
fn address(url: &str) -> String {
    let harmless = |c: char| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
        c => c.to_string(),
    };
    url.chars().map(harmless).collect()
}
