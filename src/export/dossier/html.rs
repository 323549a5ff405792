//! A dossier as one HTML file: for the screen, light or dark, and for paper.
//! It loads nothing and runs no script; what a page says is text.
//!
//! Footnotes follow DPUB-ARIA 1.1 (`doc-noteref`, `doc-endnotes`,
//! `doc-backlink`), so that screen readers lead there and back. Written with an
//! escaping `Display` rather than by templates: the page is a dozen elements.

use std::io::{self, Write};

use crate::export::dossier::{Body, Dossier, Entry, Notes, day, listed, place};
use crate::export::records;
use crate::export::target::Buffer;
use crate::export::text::{html, one_line, web_address};
use crate::export::words::{loose_tie, paragraphs, title, topic};
use crate::graph::{EventGraph, Link, Walk};
use crate::model::EventId;

const STYLE: &str = "\
:root{color-scheme:light dark;--faint:light-dark(#555,#aaa);--rule:light-dark(#ddd,#444)}
body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.55 Georgia,\"Noto Serif\",\"Noto Serif CJK SC\",serif;overflow-wrap:anywhere;background:light-dark(#fff,#16181c);color:light-dark(#1b1b1b,#e4e4e4)}
h1,h2,h3{line-height:1.25}
h1,h2{text-wrap:balance}
h2{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--rule)}
h3{font-size:1.0625rem;margin:1.75rem 0 .25rem}
time,.place,.endnotes,code{font-family:system-ui,sans-serif}
time{color:var(--faint);font-weight:400;margin-inline-end:.35em;white-space:nowrap}
p{margin:.35rem 0}
.place{color:var(--faint);font-size:.8125rem}
code{font-size:.95em}
sup{line-height:0;font-size:.75rem;margin-inline-start:.35em}
a{color:light-dark(#0b57a4,#8ab8f0)}
.endnotes{font-size:.875rem}
.endnotes li{margin:.3rem 0}
:target{background:light-dark(#fff3bf,#4a4117)}
@media print{body{max-width:none;margin:0;font-size:10.5pt;background:none;color:#000}article{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit;text-decoration:none}[role=doc-backlink]{display:none}}
";

pub(super) fn write(dossier: &Dossier<'_>, walk: Walk<'_>, out: &mut Buffer<'_>) -> io::Result<()> {
    let graph = dossier.graph;
    let told = Told(language(graph));
    let name = one_line(&dossier.title);
    let name = if name.is_empty() { "Dossier" } else { &name };
    let mut notes = Notes::default();
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"threadline {}\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1{told}>{}</h1>\n",
        env!("CARGO_PKG_VERSION"),
        html(name),
        html(name),
    )?;
    if !dossier.lead.is_empty() {
        writeln!(out, "<p>{}</p>", html(&dossier.lead))?;
    }
    for section in dossier.sections.iter().filter(|section| !section.is_empty()) {
        writeln!(out, "<section>\n<h2>{}</h2>", section.heading)?;
        if !section.lead.is_empty() {
            writeln!(out, "<p>{}</p>", html(&section.lead))?;
        }
        match &section.body {
            Body::List(items) => {
                writeln!(out, "<ul>")?;
                for item in items {
                    write!(out, "<li{told}>{}", html(&item.text))?;
                    if let Some(link) = &item.link {
                        write!(out, " <span class=\"place\">")?;
                        write_evidence(out, graph, link)?;
                        write!(out, "</span>")?;
                    }
                    writeln!(out, "</li>")?;
                }
                writeln!(out, "</ul>")?;
            }
            Body::Entries(entries) => {
                for entry in entries {
                    write_entry(out, walk, told, entry, &mut notes)?;
                }
            }
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "<p class=\"place\">{}</p>", html(&dossier.provenance()))?;
    writeln!(out, "</main>")?;
    write_notes(out, &notes)?;
    writeln!(out, "</body>\n</html>")
}

/// One event: its day, title, footnotes and summary, and where it stands.
fn write_entry<'g>(
    out: &mut Buffer<'_>,
    walk: Walk<'g>,
    told: Told,
    entry: &Entry,
    notes: &mut Notes<'g>,
) -> io::Result<()> {
    let (graph, event) = (walk.graph(), entry.event);
    let date = day(graph, event);
    write!(out, "<article>\n<h3>")?;
    match graph.date(event) {
        Some(_) => write!(out, "<time datetime=\"{date}\">{date}</time> ")?,
        None => write!(out, "{date} ")?,
    }
    write!(out, "<span{told}>{}</span>", html(&title(graph, event)))?;
    for source in records::articles(graph, event) {
        let (number, time) = notes.mark(source.name, source.url);
        write!(
            out,
            "<sup><a id=\"ref-{number}-{time}\" href=\"#note-{number}\" role=\"doc-noteref\" \
             aria-label=\"Source {number}\">{number}</a></sup>"
        )?;
    }
    writeln!(out, "</h3>")?;
    for paragraph in paragraphs(graph, event) {
        writeln!(out, "<p{told}>{}</p>", html(&paragraph))?;
    }
    write!(out, "<p class=\"place\">{}", if entry.asked { "Asked for; " } else { "" })?;
    match graph.page(event) {
        Some(page) => write!(out, "<code>{}</code>", html(&one_line(page)))?,
        None => write_without_page(out, walk, event)?,
    }
    for (at, tie) in entry.ties.iter().enumerate() {
        let (before, behind) = tie.words(graph);
        let before = if at == 0 { format!("{before} by ") } else { String::new() };
        write!(out, "; {}", html(&before))?;
        write_evidence(out, graph, &tie.link)?;
        write!(out, "{behind}")?;
    }
    if let Some(tie) = &entry.loose {
        write!(out, "; tied not by a link but {}", html(&loose_tie(graph, tie)))?;
    }
    writeln!(out, "</p>\n</article>")
}

/// Of an event without a page who lists it.
fn write_without_page(out: &mut Buffer<'_>, walk: Walk<'_>, event: EventId) -> io::Result<()> {
    write!(out, "No page of its own")?;
    let (places, more) = listed(walk, event);
    for (at, place) in places.iter().enumerate() {
        let before = if at == 0 { "; listed in" } else { "," };
        write!(out, "{before} <code>{}</code>", html(place))?;
    }
    if more > 0 { write!(out, " and {more} more") } else { Ok(()) }
}

/// The sources, each with ways back to where it is named.
fn write_notes(out: &mut Buffer<'_>, notes: &Notes<'_>) -> io::Result<()> {
    let notes = notes.in_order();
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"endnotes\" role=\"doc-endnotes\">\n<h2>Sources</h2>\n<ol>")?;
    for (number, (name, url, times)) in (1..).zip(notes) {
        write!(out, "<li id=\"note-{number}\"><span dir=\"auto\">{}</span>", html(&name))?;
        let shown = one_line(url);
        match web_address(url) {
            Some(address) => {
                write!(out, " <a href=\"{}\">{}</a>", html(&address), html(&shown))?;
            }
            None if !shown.is_empty() && shown != name => write!(out, " {}", html(&shown))?,
            None => {}
        }
        for time in 1..=times {
            write!(
                out,
                " <a href=\"#ref-{number}-{time}\" role=\"doc-backlink\" aria-label=\"Back to \
                 mention {time} of source {number}\">↩</a>"
            )?;
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ol>\n</section>")
}

/// `topics in page:line`.
fn write_evidence(out: &mut Buffer<'_>, graph: &EventGraph, link: &Link) -> io::Result<()> {
    let place = place(graph, link);
    let mut topics = graph.link_topics(link.id).map(|id| topic(graph, id));
    if let Some(first) = topics.next() {
        write!(out, "<span dir=\"auto\">{}", html(&first))?;
        topics.try_for_each(|topic| write!(out, ", {}", html(&topic)))?;
        write!(out, "</span> in ")?;
    }
    write!(out, "<code>{}</code>", html(&place))
}

/// Of an element with text from the archive: its direction, which the text
/// itself tells, and its language where that is known.
#[derive(Clone, Copy)]
struct Told(Option<&'static str>);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(" dir=\"auto\"")?;
        self.0.map_or(Ok(()), |language| write!(f, " lang=\"{language}\""))
    }
}

/// The language of most pages, if it is not the one of the dossier's own words.
fn language(graph: &EventGraph) -> Option<&'static str> {
    let most = graph.about().dialects.iter().max_by_key(|&(_, count)| count)?.0;
    (most == "Chinese").then_some("zh")
}
