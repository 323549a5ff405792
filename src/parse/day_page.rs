//! A day page: the day's events with their topics. It makes no edges.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    Code, Date, DayEntry, DayPage, PageKind, ParsedPage, Problem, clean, date_in_path, decode,
};
use crate::parse::dialect::Dialects;
use crate::parse::event_page::{broken_context, has_date_shape};
use crate::parse::lines::{Line, lines};
use crate::parse::{item, markdown};

pub(super) fn parse<'t>(
    text: &'t str,
    path: &str,
    dialects: &Dialects,
    problems: &mut Vec<Problem>,
) -> ParsedPage<'t> {
    let mut reader = Reader {
        text,
        path,
        dialects,
        problems,
        page: DayPage::default(),
        in_day: false,
        lead_topic: None,
        open: None,
    };
    for line in lines(text) {
        match line.heading() {
            Some((level, heading)) => reader.heading(level, heading, line.number),
            None => reader.line(line),
        }
    }
    reader.close();
    let page = reader.page;
    let kind = if page.entries.is_empty() { PageKind::Other } else { PageKind::Day(page) };
    ParsedPage { kind, dialect: None }
}

struct Reader<'t, 'a> {
    text: &'t str,
    path: &'a str,
    dialects: &'a Dialects,
    problems: &'a mut Vec<Problem>,
    page: DayPage<'t>,
    /// Whether what follows are the events of a day.
    in_day: bool,
    /// For the next event.
    lead_topic: Option<Cow<'t, str>>,
    open: Option<Open<'t>>,
}

/// An entry that may still grow.
struct Open<'t> {
    entry: DayEntry<'t>,
    summary: Option<std::ops::Range<usize>>,
}

impl<'t> Reader<'t, '_> {
    fn heading(&mut self, level: usize, heading: &'t str, number: u32) {
        self.close();
        let heading = heading.trim();
        match level {
            2 => {
                // `## Opinion` ends the events; `## [Previous Day...]` is
                // dated, and nothing follows it.
                self.in_day = self.names_a_day(heading, number);
                self.lead_topic = None;
            }
            5 => self.lead_topic = Some(clean(heading)).filter(|topic| !topic.is_empty()),
            3 if self.in_day && looks_like_a_link(heading) => self.event(heading, number),
            _ => {}
        }
    }

    /// `[2005-07-7](/news/2005/07/7/index.md)`, `[News](/news/2017/06/19/index.md)`
    /// or a bare date; also one that does not exist, because events stand below it.
    fn names_a_day(&mut self, heading: &str, line: u32) -> bool {
        let link = item::plain(heading);
        let day = link.map_or(heading, |link| link.text.trim());
        if Date::parse(day).is_some() {
            return true;
        }
        if has_date_shape(day) {
            let message = format!("there is no day `{day}`; its events were read");
            self.problem(Code::BadDate, line, message);
            return true;
        }
        link.is_some_and(|link| date_in_path(link.address).is_some())
    }

    /// Begins an entry.
    fn event(&mut self, heading: &'t str, line: u32) {
        // It is the topic of this heading, whether it can be read or not.
        let lead_topic = self.lead_topic.take();
        let Some((text, address)) = self.link(heading, line) else {
            return;
        };
        let text = text.into();
        let entry = DayEntry { lead_topic, text, address, context: None, summary: None, line };
        self.open = Some(Open { entry, summary: None });
    }

    /// Text and address of the event that a heading names: by its shape, else by
    /// the rules of Markdown, else by force.
    fn link(&mut self, heading: &'t str, line: u32) -> Option<(&'t str, Cow<'t, str>)> {
        if let Some(item) = item::plain(heading) {
            return Some((item.text, item.address.into()));
        }
        let links = markdown::links(heading);
        if let Some(link) = links.into_iter().find(|link| !link.address.is_empty()) {
            return Some((link.text, link.address));
        }
        if let Some(item) = item::by_force(heading) {
            let message = "Markdown does not read this heading as a link; it was read by its shape";
            self.problem(Code::BrokenLinkSyntax, line, message);
            return Some((item.text, item.address.into()));
        }
        let message = "this cannot be read as an event of the day, `### [title](address)`";
        self.problem(Code::UnreadableItem, line, message);
        None
    }

    /// A line below an event: its context, or a part of its summary.
    fn line(&mut self, line: Line<'t>) {
        let content = line.text.trim();
        let Some(open) = self.open.as_mut().filter(|_| !content.is_empty()) else {
            return;
        };
        let whole = self.dialects.context(content);
        if let Some(context) = whole.or_else(|| self.dialects.broken_context(content)) {
            open.entry.context.get_or_insert(decode(context));
            if whole.is_none() {
                self.problem(Code::BrokenContext, line.number, broken_context(context));
            }
        } else if content != "---" {
            let start = open.summary.as_ref().map_or(line.start, |range| range.start);
            open.summary = Some(start..line.end());
        }
    }

    fn close(&mut self) {
        if let Some(Open { mut entry, summary }) = self.open.take() {
            entry.summary = summary.map(|range| clean(&self.text[range]));
            self.page.entries.push(entry);
        }
    }

    fn problem(&mut self, code: Code, line: u32, message: impl Into<Arc<str>>) {
        self.problems.push(Problem::new(code, self.path, line, message));
    }
}

/// Whether a heading is meant as an event, and is not the name of a section.
fn looks_like_a_link(heading: &str) -> bool {
    heading.starts_with('[') || heading.contains("](")
}
