//! A dossier in CommonMark with footnotes, as GitHub, Pandoc and Obsidian read
//! them. Whatever a title holds, it is text here, never markup.

use std::io::{self, Write};

use crate::export::commonmark::{Code, Text, address};
use crate::export::dossier::{Body, Dossier, Entry, Notes, day, listed, place};
use crate::export::records;
use crate::export::target::Buffer;
use crate::export::text::{host, one_line};
use crate::export::words::{loose_tie, paragraphs, title, topic};
use crate::graph::{EventGraph, Link, Walk};
use crate::model::EventId;

pub(super) fn write(dossier: &Dossier<'_>, walk: Walk<'_>, out: &mut Buffer<'_>) -> io::Result<()> {
    let graph = dossier.graph;
    let mut notes = Notes::default();
    writeln!(out, "# {}", Text(&dossier.title))?;
    if !dossier.lead.is_empty() {
        writeln!(out, "\n{}", Text(&dossier.lead))?;
    }
    for section in dossier.sections.iter().filter(|section| !section.is_empty()) {
        writeln!(out, "\n## {}", section.heading)?;
        if !section.lead.is_empty() {
            writeln!(out, "\n{}", Text(&section.lead))?;
        }
        match &section.body {
            Body::List(items) => {
                writeln!(out)?;
                for item in items {
                    write!(out, "- {}", Text(&item.text))?;
                    if let Some(link) = &item.link {
                        write!(out, " (")?;
                        write_evidence(out, graph, link)?;
                        write!(out, ")")?;
                    }
                    writeln!(out)?;
                }
            }
            Body::Entries(entries) => {
                for entry in entries {
                    write_entry(out, walk, entry, &mut notes)?;
                }
            }
        }
    }
    writeln!(out, "\n{}", Text(&dossier.provenance()))?;
    let notes = notes.in_order();
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for (number, (name, url, _)) in (1..).zip(notes) {
        // Between `<` and `>`, what is no address would be a tag.
        match host(url) {
            Some(_) => writeln!(out, "[^{number}]: {} <{}>", Text(&name), address(url))?,
            None if one_line(url) == name => writeln!(out, "[^{number}]: {}", Text(&name))?,
            None => writeln!(out, "[^{number}]: {} {}", Text(&name), Text(url))?,
        }
    }
    Ok(())
}

/// One event: its day, title and summary, footnotes, and where it stands.
fn write_entry<'g>(
    out: &mut Buffer<'_>,
    walk: Walk<'g>,
    entry: &Entry,
    notes: &mut Notes<'g>,
) -> io::Result<()> {
    let (graph, event) = (walk.graph(), entry.event);
    write!(out, "\n**{}** {}", day(graph, event), Text(&title(graph, event)))?;
    for source in records::articles(graph, event) {
        write!(out, "[^{}]", notes.mark(source.name, source.url).0)?;
    }
    for paragraph in paragraphs(graph, event) {
        write!(out, "\n\n{}", Text(&paragraph))?;
    }
    write!(out, "\n\n{}", if entry.asked { "Asked for; " } else { "" })?;
    match graph.page(event) {
        Some(page) => write!(out, "{}", Code(page))?,
        None => write_without_page(out, walk, event)?,
    }
    for (at, tie) in entry.ties.iter().enumerate() {
        let (before, behind) = tie.words(graph);
        match at {
            0 => write!(out, "; {} by ", Text(&before))?,
            _ => write!(out, "; ")?,
        }
        write_evidence(out, graph, &tie.link)?;
        write!(out, "{behind}")?;
    }
    if let Some(tie) = &entry.loose {
        write!(out, "; tied not by a link but {}", Text(&loose_tie(graph, tie)))?;
    }
    writeln!(out)
}

/// Of an event without a page who lists it.
fn write_without_page(out: &mut Buffer<'_>, walk: Walk<'_>, event: EventId) -> io::Result<()> {
    write!(out, "No page of its own")?;
    let (places, more) = listed(walk, event);
    for (at, place) in places.iter().enumerate() {
        let before = if at == 0 { "; listed in" } else { "," };
        write!(out, "{before} {}", Code(place))?;
    }
    if more > 0 { write!(out, " and {more} more") } else { Ok(()) }
}

/// `topics in page:line`.
fn write_evidence(out: &mut Buffer<'_>, graph: &EventGraph, link: &Link) -> io::Result<()> {
    for (at, id) in graph.link_topics(link.id).enumerate() {
        write!(out, "{}{}", if at > 0 { ", " } else { "" }, Text(&topic(graph, id)))?;
    }
    let between = if graph.link_topics(link.id).next().is_some() { " in " } else { "" };
    write!(out, "{between}{}", Code(&place(graph, link)))
}
