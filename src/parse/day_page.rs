//! A day page: the day's events with their topics. It makes no edges.

use crate::model::{Date, DayEntry, DayPage, PageKind, ParsedPage, clean, date_in_path, decode};
use crate::parse::dialect::Dialects;
use crate::parse::item;
use crate::parse::lines::lines;

pub(super) fn parse<'t>(text: &'t str, dialects: &Dialects) -> ParsedPage<'t> {
    let mut page = DayPage::default();
    let mut in_day = false;
    let mut lead_topic = None;
    let mut open: Option<Open<'t>> = None;
    for line in lines(text) {
        match line.heading() {
            Some((2, heading)) => {
                // `## Opinion` ends the events; `## [Previous Day...]` is
                // dated, and nothing follows it.
                close(&mut open, &mut page, text);
                in_day = names_a_day(heading);
                lead_topic = None;
            }
            Some((5, heading)) => {
                close(&mut open, &mut page, text);
                lead_topic = Some(clean(heading)).filter(|topic| !topic.is_empty());
            }
            Some((3, heading)) => {
                close(&mut open, &mut page, text);
                let item = item::plain(heading.trim()).filter(|_| in_day);
                open = item.map(|item| Open {
                    entry: DayEntry {
                        lead_topic: lead_topic.take(),
                        text: item.text.into(),
                        address: item.address.into(),
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
/// or a bare date.
fn names_a_day(heading: &str) -> bool {
    let heading = heading.trim();
    match item::plain(heading) {
        Some(link) => Date::parse(link.text).is_some() || date_in_path(link.address).is_some(),
        None => Date::parse(heading).is_some(),
    }
}
