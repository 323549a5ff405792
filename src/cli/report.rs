//! What is in a graph, on one screen: after `build`, and as `info`.

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::analysis::{InnerArchive, Summary, find_event, inner_archives};
use crate::cli::chart::spark;
use crate::cli::lines::{date, quoted, title, topic_name, topic_names};
use crate::cli::screen::{
    COUNT, FAINT, STRONG, WARN, counted, cut, cut_middle, number, safe, styled, width,
};
use crate::graph::{About, EventGraph};
use crate::model::{EventId, Severity, plain_text};

/// Columns before the values.
const LEFT: usize = 13;

/// Problems of each kind that a report shows.
const SHOWN: usize = 2;

/// Writes the report's tables.
pub(super) fn write(out: &mut dyn Write, graph: &EventGraph, summary: &Summary) -> io::Result<()> {
    let about = graph.about();
    let absent = summary.events - summary.present;
    let what = format!(
        "{} with a page, {} known only from links and day pages",
        number(summary.present),
        number(absent)
    );
    line(out, "events", &format!("{:>9}  {what}", number(summary.events)))?;
    line(out, "links", &format!("{:>9}", number(summary.links)))?;
    let topics = summary.most_borne.iter().map(|&(topic, _)| graph.topic_name(topic));
    let topics = topic_names(topics);
    let topics = fitted(&topics, LEFT + 18);
    let mostly = if topics.is_empty() { "" } else { "mostly " };
    line(out, "topics", &format!("{:>9}  {mostly}{topics}", number(summary.topics)))?;
    if let Some((first, last)) = summary.span {
        let timeline = &summary.timeline;
        let (spark, steps) = spark(timeline);
        line(out, "time", &format!("  {first} to {last}, {steps}"))?;
        writeln!(out, "{:LEFT$}  {}", "", styled(COUNT, spark))?;
    }
    if summary.undated > 0 {
        line(out, "", &format!("{:>9}  without a date", number(summary.undated)))?;
    }
    if summary.components > 0 {
        let alone = if summary.alone > 0 {
            format!("; {} linked to no other", counted(summary.alone, "event", "events"))
        } else {
            String::new()
        };
        let text = counted(summary.components, "component", "components");
        line(out, "together", &format!("  {text}{alone};"))?;
        writeln!(out, "{:LEFT$}  the largest, with their most linked event:", "")?;
        for &(size, event) in summary.largest.iter().filter(|(size, _)| *size > 1) {
            event_row(out, graph, size, event)?;
        }
    }
    if !summary.most_linked.is_empty() {
        line(out, "most linked", "  events by their links, in and out, of which each counts:")?;
        for &(event, degree) in &summary.most_linked {
            event_row(out, graph, degree, event)?;
        }
    }
    if let Some(prefix) = &about.prefix {
        let text = format!("links begin with `/{}`; keys go without it", safe(prefix));
        line(out, "addresses", &format!("  {text}"))?;
    }
    if about.dialects.len() > 1 || about.dialects.keys().any(|name| name != "English") {
        let names: Vec<String> = about
            .dialects
            .iter()
            .map(|(name, n)| format!("{} {}", number(*n as usize), safe(name)))
            .collect();
        line(out, "headings", &format!("  {}", names.join(", ")))?;
    }
    write_inner_archives(out, graph)?;
    write_skipped(out, about)?;
    write_problems(out, graph)
}

fn event_row(
    out: &mut dyn Write,
    graph: &EventGraph,
    count: usize,
    event: EventId,
) -> io::Result<()> {
    let title = title(graph, event);
    let title = fitted(&title, LEFT + 23);
    writeln!(
        out,
        "{:LEFT$}{:>9}  {}  {title}",
        "",
        number(count),
        styled(COUNT, date(graph, event))
    )
}

/// A text cut to the rest of a line, in a pipe too: a report is an overview.
fn fitted(text: &str, used: usize) -> std::borrow::Cow<'_, str> {
    cut(text, width().unwrap_or(100).saturating_sub(used).max(20))
}

fn line(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "{}{value}", styled(STRONG, format_args!("{name:LEFT$}")))
}

/// Folders that should be read alone: links between their pages lead nowhere here.
fn write_inner_archives(out: &mut dyn Write, graph: &EventGraph) -> io::Result<()> {
    for InnerArchive { folder, pages } in inner_archives(graph) {
        let text = format!(
            "{} of `{}/` linked without that name: build the folder alone",
            counted(pages, "page", "pages"),
            safe(&folder)
        );
        line(out, "archives", &format!("  {}", styled(WARN, text)))?;
    }
    Ok(())
}

fn write_skipped(out: &mut dyn Write, about: &About) -> io::Result<()> {
    let mut skipped: Vec<String> = about
        .skipped
        .iter()
        .map(|(name, &count)| format!("{} {}", number(count as usize), safe(name)))
        .collect();
    if about.other_pages > 0 {
        let count = about.other_pages as usize;
        skipped.insert(0, counted(count, "page with no event", "pages with no event"));
    }
    if skipped.is_empty() {
        return Ok(());
    }
    let text = skipped.join(", ");
    line(out, "skipped", &format!("  {}", fitted(&text, LEFT + 2)))
}

/// Problems by code, with the first few of each.
fn write_problems(out: &mut dyn Write, graph: &EventGraph) -> io::Result<()> {
    let counts = graph.problem_counts();
    if counts.is_empty() {
        return line(out, "problems", "  none");
    }
    let total = |severity| {
        counts.iter().filter(|((s, _), _)| *s == severity).map(|(_, n)| n).sum::<usize>()
    };
    let mut parts = Vec::new();
    for &severity in Severity::ALL {
        if total(severity) > 0 {
            parts.push(counted(total(severity), severity.name(), &format!("{severity}s")));
        }
    }
    line(out, "problems", &format!("  {}", parts.join(", ")))?;
    for ((severity, code), count) in &counts {
        let style = if *severity == Severity::Note { FAINT } else { WARN };
        writeln!(out, "{:LEFT$}{:>9}  {}", "", number(*count), styled(style, safe(code)))?;
        if *severity == Severity::Note {
            continue;
        }
        for problem in graph.problems().filter(|problem| problem.code == code).take(SHOWN) {
            let place = safe(&problem.place().to_string()).into_owned();
            let room = width().unwrap_or(100).saturating_sub(LEFT + 11);
            let place = cut_middle(&place, room.max(20)).into_owned();
            writeln!(out, "{:LEFT$}{:11}{}", "", "", styled(FAINT, place))?;
        }
    }
    Ok(())
}

/// What to try next, with real events of this graph.
pub(super) fn write_hints(
    out: &mut dyn Write,
    graph: &EventGraph,
    summary: &Summary,
    path: &Path,
) -> io::Result<()> {
    let Some(&(event, _)) = summary.most_linked.first() else {
        return Ok(());
    };
    let path = quoted(&path.to_string_lossy());
    writeln!(out, "\n{}", styled(STRONG, "Try next"))?;
    let name = handle(graph, event);
    writeln!(out, "  threadline stories {path}")?;
    writeln!(out, "  threadline show {path} {name}")?;
    if let Some((first, last)) = far_ends(graph, event) {
        writeln!(
            out,
            "  threadline chain {path} {} {}",
            handle(graph, first),
            handle(graph, last)
        )?;
    }
    if let Some(&(topic, _)) = summary.most_borne.last() {
        let topic = quoted(&topic_name(graph, topic));
        writeln!(out, "  threadline timeline {path} --topic {topic}")?;
    }
    writeln!(out, "  threadline export {path} --to json -o graph.json")
}

/// The first and the last present event of an event's component.
fn far_ends(graph: &EventGraph, event: EventId) -> Option<(EventId, EventId)> {
    use crate::analysis::components;
    use crate::graph::Selection;
    let parts = components(graph, &Selection::all(graph)).ok()?;
    let part = parts.of(event)?;
    let mut events = parts.events(part).filter(|&e| graph.present(e) && graph.date(e).is_some());
    let first = events.next()?;
    Some((first, events.last()?))
}

/// What a person types to name an event: its day, or a word of its title and its day; else
/// an end of its key.
fn handle(graph: &EventGraph, event: EventId) -> String {
    let of_day = names_with_day(graph, event);
    let is_name = |name: &String| find_event(graph, name).is_ok_and(|found| found == event);
    let name = of_day.into_iter().find(is_name).unwrap_or_else(|| key_end(graph, event));
    quoted(&safe(&name))
}

/// To look for a name by words takes as long as there are titles.
const SEARCHED: usize = 20_000;

/// The day of an event, alone and with a word; the words of topics first, as they tell most.
fn names_with_day(graph: &EventGraph, event: EventId) -> Vec<String> {
    let Some(day) = graph.date(event).filter(|_| graph.event_count() <= SEARCHED) else {
        return Vec::new();
    };
    let title = plain_text(graph.title(event));
    let topics = graph.topics(event).map(|topic| graph.topic_name(topic));
    let topics = topics.filter(|name| title.contains(name));
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= LONG);
    let words = topics.chain(words).take(TRIED).filter(|word| word.width() <= WIDE);
    std::iter::once(day.to_string()).chain(words.map(|word| format!("{day} {word}"))).collect()
}

/// Shorter words tell little.
const LONG: usize = 5;
/// Wider ones are a sentence, where words have no spaces between them.
const WIDE: usize = 30;
/// So many are tried.
const TRIED: usize = 6;

/// The shortest end of a key that begins with a word, is that of no other key,
/// and is long enough for a person to recognise the event.
fn key_end(graph: &EventGraph, event: EventId) -> String {
    let key = graph.key(event);
    let shared = graph
        .events()
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter(|&other| other != event)
        .map(|other| common_suffix(key, graph.key(other)))
        .max()
        .unwrap_or(0);
    let slug = key.rsplit('/').next().unwrap_or(key);
    let end = slug
        .match_indices('-')
        .rev()
        .map(|(at, _)| &slug[at + 1..])
        .find(|end| end.len() > shared && end.chars().count() >= 20);
    end.unwrap_or(key).to_owned()
}

fn common_suffix(a: &str, b: &str) -> usize {
    a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count()
}
