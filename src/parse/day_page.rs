//! A day page: the day's events with their topics. It makes no edges.

use std::borrow::Cow;

use crate::model::{
    Code, Date, DayEntry, DayPage, PageKind, ParsedPage, Problem, clean, date_in_path, decode,
};
use crate::parse::dialect::Dialects;
use crate::parse::event_page::{broken_context, has_date_shape};
use crate::parse::lines::lines;
use crate::parse::{item, markdown};

pub(super) fn parse<'t>(
    text: &'t str,
    path: &str,
    dialects: &Dialects,
    problems: &mut Vec<Problem>,
) -> ParsedPage<'t> {
    let mut page = DayPage::default();
    let mut in_day = false;
    let mut lead_topic = None;
    let mut open: Option<Open<'t>> = None;
    for line in lines(text) {
        let mut report = |code: Code, message: &str| {
            problems.push(Problem::new(code, path, line.number, message));
        };
        match line.heading() {
            Some((2, heading)) => {
                // `## Opinion` ends the events; `## [Previous Day...]` is
                // dated, and nothing follows it.
                close(&mut open, &mut page, text);
                in_day = names_a_day(heading, &mut report);
                lead_topic = None;
            }
            Some((5, heading)) => {
                close(&mut open, &mut page, text);
                lead_topic = Some(clean(heading)).filter(|topic| !topic.is_empty());
            }
            Some((3, heading)) => {
                close(&mut open, &mut page, text);
                let heading = heading.trim();
                if !in_day || !looks_like_a_link(heading) {
                    continue;
                }
                // It is the topic of this heading, whether it can be read or not.
                let lead_topic = lead_topic.take();
                open = link(heading, &mut report).map(|(text, address)| Open {
                    entry: DayEntry {
                        lead_topic,
                        text: text.into(),
                        address,
                        context: None,
                        summary: None,
                        line: line.number,
                    },
                    summary: None,
                });
            }
            Some(_) => close(&mut open, &mut page, text),
            None => {
                let content = line.text.trim();
                let Some(open) = open.as_mut().filter(|_| !content.is_empty()) else {
                    continue;
                };
                if let Some(context) = dialects.context(content) {
                    open.entry.context.get_or_insert(decode(context));
                } else if let Some(context) = dialects.broken_context(content) {
                    report(Code::BrokenContext, &broken_context(context));
                    open.entry.context.get_or_insert(decode(context));
                } else if content != "---" {
                    let start = open.summary.as_ref().map_or(line.start, |range| range.start);
                    open.summary = Some(start..line.end());
                }
            }
        }
    }
    close(&mut open, &mut page, text);
    let kind = if page.entries.is_empty() { PageKind::Other } else { PageKind::Day(page) };
    ParsedPage { kind, dialect: None }
}

/// Whether a heading is meant as an event, and is not the name of a section.
fn looks_like_a_link(heading: &str) -> bool {
    heading.starts_with('[') || heading.contains("](")
}

/// Text and address of the event that a heading names: by its shape, else by
/// the rules of Markdown, else by force.
fn link<'t>(
    heading: &'t str,
    report: &mut impl FnMut(Code, &str),
) -> Option<(&'t str, Cow<'t, str>)> {
    if let Some(item) = item::plain(heading) {
        return Some((item.text, item.address.into()));
    }
    let by_markdown = markdown::links(heading).into_iter().find(|link| !link.address.is_empty());
    if let Some(link) = by_markdown {
        return Some((link.text, link.address));
    }
    if let Some(item) = item::by_force(heading) {
        let message = "Markdown does not read this heading as a link; it was read by its shape";
        report(Code::BrokenLinkSyntax, message);
        return Some((item.text, item.address.into()));
    }
    let message = "this cannot be read as an event of the day, `### [title](address)`";
    report(Code::UnreadableItem, message);
    None
}

/// An entry that may still grow.
struct Open<'t> {
    entry: DayEntry<'t>,
    summary: Option<std::ops::Range<usize>>,
}

fn close<'t>(open: &mut Option<Open<'t>>, page: &mut DayPage<'t>, text: &'t str) {
    if let Some(Open { mut entry, summary }) = open.take() {
        entry.summary = summary.map(|range| clean(&text[range]));
        page.entries.push(entry);
    }
}

/// `[2005-07-7](/news/2005/07/7/index.md)`, `[News](/news/2017/06/19/index.md)`
/// or a bare date; also one that does not exist, because events stand below it.
fn names_a_day(heading: &str, report: &mut impl FnMut(Code, &str)) -> bool {
    let heading = heading.trim();
    let link = item::plain(heading);
    let day = link.map_or(heading, |link| link.text.trim());
    if Date::parse(day).is_some() {
        return true;
    }
    if has_date_shape(day) {
        report(Code::BadDate, &format!("there is no day `{day}`; its events were read"));
        return true;
    }
    link.is_some_and(|link| date_in_path(link.address).is_some())
}
