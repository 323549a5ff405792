//! A dossier in Markdown, to be handed to an editor: dated entries, each with
//! its sources as numbered footnotes and the file and line it came from.
//!
//! CommonMark with footnotes (as GitHub, Pandoc and Obsidian read them).
//! Whatever a title holds, it is text here, never markup.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::analysis::{Stories, StoryTold};
use crate::export::records;
use crate::graph::{EventGraph, Link};
use crate::model::EventId;

/// Writes the dossier of a story.
///
/// # Errors
/// If it cannot be written.
///
/// # Panics
/// If there is no story of this number.
pub fn write_story_dossier(
    out: &mut dyn Write,
    stories: &Stories<'_>,
    number: usize,
    told: &StoryTold,
) -> io::Result<()> {
    let graph = stories.graph();
    let story = &stories.all()[number];
    writeln!(out, "# {}\n", text(&stories.name(story)))?;
    let absent = story.events.iter().filter(|&&event| !graph.present(event)).count();
    let span = story.span.map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
    let pages = if absent > 0 { format!("; {absent} of them have no page") } else { String::new() };
    writeln!(out, "{} events{span}{pages}.\n", story.events.len())?;
    writeln!(out, "## Key events\n")?;
    for &(event, _) in told.ranked.iter().take(KEY_EVENTS) {
        writeln!(out, "- {} {}", day(graph, event), title(graph, event))?;
    }
    if !told.sub_stories.is_empty() {
        writeln!(out, "\n## Parts\n")?;
        for part in &told.sub_stories {
            let name = text(&stories.name_of(&part.topics, &part.events));
            let span = part.span.map_or(String::new(), |(a, b)| format!(", {a} to {b}"));
            writeln!(out, "- {name}: {} events{span}", part.events.len())?;
        }
    }
    let mut notes = Notes::default();
    writeln!(out, "\n## What happened")?;
    for &event in &story.events {
        write_entry(out, stories, event, &mut notes)?;
    }
    if !told.related.is_empty() {
        writeln!(out, "\n## Tied to\n")?;
        for other in told.related.iter().take(RELATED) {
            let name = text(&stories.name(&stories.all()[other.story]));
            let link = other.strongest;
            writeln!(out, "- {name} ({} links; {})", other.links, place(graph, &link))?;
        }
    }
    notes.write(out)
}

/// Key events and tied stories that are named.
const KEY_EVENTS: usize = 5;
const RELATED: usize = 10;

/// One event: its day, title and summary, footnotes, and where it stands.
fn write_entry<'g>(
    out: &mut dyn Write,
    stories: &Stories<'g>,
    event: EventId,
    notes: &mut Notes<'g>,
) -> io::Result<()> {
    let graph = stories.graph();
    let marks: String =
        records::sources(graph, event).iter().map(|s| notes.mark(s.name, s.url)).collect();
    writeln!(out, "\n**{}** {}{marks}", day(graph, event), title(graph, event))?;
    for paragraph in graph.summary(event).unwrap_or_default().split("\n\n") {
        if !paragraph.trim().is_empty() {
            writeln!(out, "\n{}", text(paragraph))?;
        }
    }
    let page = match graph.page(event) {
        Some(page) => code(page),
        None => "No page of its own".to_owned(),
    };
    match stories.evidence(event) {
        Some(link) => writeln!(out, "\n{page}; tied by {}", place(graph, &link)),
        None => writeln!(out, "\n{page}"),
    }
}

/// The sources, numbered as they are first named.
#[derive(Default)]
struct Notes<'g> {
    numbers: BTreeMap<(&'g str, &'g str), usize>,
}

impl<'g> Notes<'g> {
    fn mark(&mut self, name: &'g str, url: &'g str) -> String {
        let next = self.numbers.len() + 1;
        format!("[^{}]", self.numbers.entry((name, url)).or_insert(next))
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut notes: Vec<_> = self.numbers.iter().collect();
        notes.sort_by_key(|&(_, number)| number);
        if !notes.is_empty() {
            writeln!(out)?;
        }
        for ((name, url), number) in notes {
            let name = if name.trim().is_empty() { url } else { name };
            writeln!(out, "[^{number}]: {} <{}>", text(name), address(url))?;
        }
        Ok(())
    }
}

fn day(graph: &EventGraph, event: EventId) -> String {
    graph.date(event).map_or_else(|| "(no date)".to_owned(), |date| date.to_string())
}

fn title(graph: &EventGraph, event: EventId) -> String {
    let title = graph.title(event);
    text(if title.trim().is_empty() { graph.key(event) } else { title })
}

/// `topics, in page:line`.
fn place(graph: &EventGraph, link: &Link) -> String {
    let names: Vec<String> =
        graph.link_topics(link.id).map(|topic| text(graph.topic_name(topic))).collect();
    let place = match graph.page(link.source) {
        Some(page) if link.line > 0 => code(&format!("{page}:{}", link.line)),
        Some(page) => code(page),
        None => code(graph.key(link.source)),
    };
    if names.is_empty() { place } else { format!("{} in {place}", names.join(", ")) }
}

/// Text in one line, with all that Markdown or HTML would read escaped.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                c if c.is_control() => out.push('\u{fffd}'),
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' => {
                    out.push('\\');
                    out.push(c);
                }
                c => out.push(c),
            }
        }
    }
    // At the start of a line these begin a list.
    match out.chars().next() {
        Some('-' | '+') => out.insert(0, '\\'),
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
