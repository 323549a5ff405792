//! An event page: heading by heading, item by item.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    Code, Date, EventPage, PageKind, ParsedPage, Problem, RelatedItem, Revision, RevisionKind,
    Source, SourceKind, clean, date_in_path, decode, seconds_of,
};
use crate::parse::dialect::{Dialects, Section};
use crate::parse::item::{self, after_marker};
use crate::parse::lines::{Line, lines};
use crate::parse::markdown;

pub(super) fn parse<'t>(
    text: &'t str,
    path: &str,
    dialects: &Dialects,
    problems: &mut Vec<Problem>,
) -> ParsedPage<'t> {
    let mut reader = Reader {
        text,
        path,
        in_path: date_in_path(path),
        dialects,
        problems,
        page: EventPage { related: Vec::with_capacity(10), ..EventPage::default() },
        place: Place::Head,
        dated: false,
        dialect: None,
        summary: None,
        pending: None,
    };
    for line in lines(text) {
        reader.line(line);
    }
    reader.finish()
}

/// What the lines below the last heading belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the title.
    Head,
    /// Below the title.
    Summary,
    List(Section),
    /// Below a heading that no dialect knows.
    Unknown {
        reported: bool,
    },
}

struct Reader<'t, 'a> {
    text: &'t str,
    path: &'a str,
    /// The date that the path says.
    in_path: Option<Date>,
    dialects: &'a Dialects,
    problems: &'a mut Vec<Problem>,
    page: EventPage<'t>,
    place: Place,
    /// Whether a heading gave a date, or what was meant to be one.
    dated: bool,
    dialect: Option<usize>,
    summary: Option<std::ops::Range<usize>>,
    /// Lines of an item that does not end with its first line.
    pending: Option<(Line<'t>, usize)>,
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, line: Line<'t>) {
        if let Some((level, heading)) = line.heading()
            && self.heading(level, heading, line.number)
        {
            return;
        }
        match self.place {
            Place::Head | Place::Unknown { reported: true } => {}
            Place::Unknown { reported: false } => {
                if after_marker(line.text).is_some() && line.text.contains("](") {
                    self.place = Place::Unknown { reported: true };
                    let message = "no dialect knows the heading above this list, so it was not \
                                   read; a dialect of your own can";
                    self.problem(Code::UnknownSection, line.number, message);
                }
            }
            Place::Summary => {
                if !line.is_blank() {
                    let start = self.summary.as_ref().map_or(line.start, |range| range.start);
                    self.summary = Some(start..line.end());
                }
            }
            Place::List(section) => self.list_line(section, line),
        }
    }

    /// Takes a heading; false if it is none that means anything here.
    fn heading(&mut self, level: usize, heading: &'t str, number: u32) -> bool {
        match level {
            1 if self.page.title.is_empty() => {
                self.page.title = clean(heading);
                if self.place == Place::Head {
                    self.place = Place::Summary;
                }
                true
            }
            5 if self.place == Place::Head => {
                let topic = Some(clean(heading)).filter(|topic| !topic.is_empty());
                self.page.lead_topic = topic;
                true
            }
            3 if !self.dated && self.date(heading, number) => true,
            2..=4 => match self.dialects.section(heading) {
                Some((dialect, section)) => {
                    self.flush();
                    self.dialect.get_or_insert(dialect);
                    self.place = Place::List(section);
                    true
                }
                None if level == 3 => {
                    self.flush();
                    self.place = Place::Unknown { reported: false };
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// Takes `[2017-06-16](/news/…)` or a bare date.
    fn date(&mut self, heading: &str, number: u32) -> bool {
        let heading = heading.trim();
        let linked = heading.strip_prefix('[').and_then(|rest| rest.split_once("]("));
        let date = linked.map_or(heading, |(date, _)| date);
        if !has_date_shape(date) {
            // Above the title a link is where the date stands.
            let Some(other) = self.in_path.filter(|_| self.place == Place::Head) else {
                return false;
            };
            if linked.is_some() {
                let message = format!(
                    "`{date}` is no date (dates are written 1969-07-20); the path says {other}"
                );
                self.problem(Code::BadDate, number, message);
            }
            return linked.is_some();
        }
        self.dated = true;
        self.page.date = Date::parse(date);
        match (self.page.date, self.in_path) {
            (None, Some(other)) => {
                self.page.date = self.in_path;
                let message = format!("there is no day `{date}`; the path says {other}");
                self.problem(Code::BadDate, number, message);
            }
            (None, None) => {
                let message = format!("there is no day `{date}`; the event has no date");
                self.problem(Code::BadDate, number, message);
            }
            (Some(given), Some(other)) if given != other => {
                let message =
                    format!("the heading says {given}, the path {other}; the heading counts");
                self.problem(Code::DateMismatch, number, message);
            }
            _ => {}
        }
        true
    }

    fn list_line(&mut self, section: Section, line: Line<'t>) {
        if line.is_blank() {
            return self.flush();
        }
        if let Some(rest) = after_marker(line.text) {
            self.flush();
            let taken = match section {
                Section::Related => self.related(rest, line),
                Section::Sources => self.source(rest),
                Section::Changes => self.revision(rest),
            };
            if !taken {
                self.pending = Some((line, line.end()));
            }
        } else if let Some((_, end)) = &mut self.pending {
            *end = line.end();
        } else if section != Section::Related || !self.context_below(line) {
            self.pending = Some((line, line.end()));
        }
    }

    fn related(&mut self, rest: &'t str, line: Line<'t>) -> bool {
        let Some(found) = item::related(rest, self.dialects) else {
            return false;
        };
        let context = found.tail.and_then(|tail| self.dialects.context(tail)).map(decode);
        self.push_related(found.text.into(), found.address.into(), context, line.number);
        if !markdown::surely_reads(line.text, rest, found.text, found.address) {
            let seen = markdown::links(line.text);
            if seen.first().is_none_or(|link| link.text != found.text) {
                let message = "Markdown does not read this item as one link (a bracket without \
                               its partner?); it was read by its shape";
                self.problem(Code::BrokenLinkSyntax, line.number, message);
            }
        }
        true
    }

    fn push_related(
        &mut self,
        text: Cow<'t, str>,
        address: Cow<'t, str>,
        context: Option<Cow<'t, str>>,
        line: u32,
    ) {
        let rank = self.page.related.len() + 1;
        if rank == usize::from(u16::MAX) + 1 {
            let message = "the list has more than 65,535 items; the rest share the last rank";
            self.problem(Code::ListTooLong, line, message);
        }
        let rank = u16::try_from(rank).unwrap_or(u16::MAX);
        self.page.related.push(RelatedItem { rank, text, address, context, line });
    }

    /// The context behind a link, whole or broken; other words are reported.
    fn context(&mut self, tail: &'t str, line: u32) -> Option<Cow<'t, str>> {
        let tail = tail.trim();
        if let Some(context) = self.dialects.context(tail) {
            return Some(decode(context));
        }
        if let Some(context) = self.dialects.broken_context(tail) {
            self.problem(Code::BrokenContext, line, broken_context(context));
            return Some(decode(context));
        }
        if !tail.is_empty() {
            let message = "the words behind the link are no context, and were not read";
            self.problem(Code::UnreadWords, line, message);
        }
        None
    }

    /// Takes the context of the item above, on a line of its own; false if it is none.
    fn context_below(&mut self, line: Line<'t>) -> bool {
        let text = line.text.trim();
        let whole = self.dialects.context(text);
        let Some(context) = whole.or_else(|| self.dialects.broken_context(text)) else {
            return false;
        };
        match self.page.related.last_mut() {
            Some(item) if item.context.is_none() => item.context = Some(decode(context)),
            _ => return false,
        }
        if whole.is_none() {
            self.problem(Code::BrokenContext, line.number, broken_context(context));
        }
        true
    }

    fn source(&mut self, rest: &'t str) -> bool {
        // `[BBC](…) [IMG](…)` has two; anything with one is plain.
        let one = memchr::memmem::find_iter(rest.as_bytes(), "](").nth(1).is_none();
        let Some(found) = item::plain(rest).filter(|_| one) else {
            return false;
        };
        self.push_source(found.text, decode_address(found.address));
        true
    }

    fn push_source(&mut self, name: &'t str, url: Cow<'t, str>) {
        let name = clean(name);
        let kind =
            if self.dialects.is_image(&name) { SourceKind::Image } else { SourceKind::Article };
        self.page.sources.push(Source { name, url, kind });
    }

    fn revision(&mut self, rest: &'t str) -> bool {
        let Some(found) = item::revision(rest) else {
            return false;
        };
        self.push_revision(found.text, found.address.into(), found.tail.unwrap_or_default());
        true
    }

    fn push_revision(&mut self, title: &'t str, address: Cow<'t, str>, note: &str) {
        let (seen, kind) = revision_note(note.trim().trim_matches('_'), self.dialects);
        // Where no words tell, the first in the list is the first wording.
        let first = self.page.revisions.is_empty();
        let kind = kind.unwrap_or(if first { RevisionKind::First } else { RevisionKind::Update });
        self.page.revisions.push(Revision { address, title: clean(title), seen, kind });
    }

    /// Reads the item that was not of the usual shape, with Markdown's help.
    fn flush(&mut self) {
        let Some((line, end)) = self.pending.take() else {
            return;
        };
        let Place::List(section) = self.place else {
            return;
        };
        let block = &self.text[line.start..end];
        let links = markdown::links(block);
        let taken = match (section, links.as_slice()) {
            (Section::Sources, []) => {
                after_marker(block).and_then(item::plain).is_some_and(|found| {
                    self.push_source(found.text, decode_address(found.address));
                    true
                })
            }
            (Section::Sources, found) => {
                for link in found {
                    self.push_source(link.text, link.address.clone());
                }
                true
            }
            (Section::Related, [link, ..]) if !link.address.is_empty() => {
                let context = self.context(&block[link.whole.end..], line.number);
                self.push_related(link.text.into(), link.address.clone(), context, line.number);
                true
            }
            (Section::Related, _) => self.related_by_force(block, line.number),
            (Section::Changes, [link, ..]) => {
                self.push_revision(link.text, link.address.clone(), &block[link.whole.end..]);
                true
            }
            (Section::Changes, []) => false,
        };
        if taken {
            return;
        }
        if after_marker(block).is_none() && !block.contains("](") {
            // `---` says nothing.
            if block.contains(char::is_alphanumeric) {
                let message = "these words in the list are no item, and were not read";
                self.problem(Code::UnreadWords, line.number, message);
            }
        } else {
            let message = "this cannot be read as an item `1. [text](address)` of the list";
            self.problem(Code::UnreadableItem, line.number, message);
        }
    }

    /// No link for Markdown, and words behind the address.
    fn related_by_force(&mut self, block: &'t str, number: u32) -> bool {
        let Some(found) = item::by_force(after_marker(block).unwrap_or(block)) else {
            return false;
        };
        let context = found.tail.and_then(|tail| self.context(tail, number));
        self.push_related(found.text.into(), found.address.into(), context, number);
        let message = "Markdown does not read this item as a link; it was read by its shape";
        self.problem(Code::BrokenLinkSyntax, number, message);
        true
    }

    fn problem(&mut self, code: Code, line: u32, message: impl Into<Arc<str>>) {
        self.problems.push(Problem::new(code, self.path, line, message));
    }

    fn finish(mut self) -> ParsedPage<'t> {
        self.flush();
        self.page.summary = self.summary.take().map(|range| paragraphs(&self.text[range]));
        let in_path = self.in_path;
        // Without a date in a heading it takes more to be an event.
        let is_event = self.dated
            || (in_path.is_some() && self.dialect.is_some() && !self.page.title.is_empty());
        if !is_event {
            if in_path.is_some() {
                let message = "the page has no date in a heading and no lists, so it is no event \
                               page; it was skipped";
                self.problem(Code::UnknownPage, 0, message);
            }
            return ParsedPage { kind: PageKind::Other, dialect: None };
        }
        if !self.dated {
            self.page.date = in_path;
        }
        if self.page.title.is_empty() {
            let message = "the page has no title (`# …`); a link's text or the file's name \
                           stands in for it";
            self.problem(Code::MissingTitle, 0, message);
        }
        ParsedPage { kind: PageKind::Event(self.page), dialect: self.dialect }
    }
}

/// That a context was read although it is not whole.
pub(super) fn broken_context(read: &str) -> String {
    format!("the context has no mark at its end, or words around it; it was read as `{read}`")
}

/// Four digits and two numbers with hyphens between: meant as a date.
pub(super) fn has_date_shape(text: &str) -> bool {
    let lengths = [4..=4, 1..=2, 1..=2];
    let parts = || text.split('-');
    parts().count() == 3
        && parts().zip(lengths).all(|(part, length)| {
            length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Paragraphs with one empty line between them, entities decoded.
fn paragraphs(text: &str) -> Cow<'_, str> {
    let plain = !text.contains('\r') && !text.contains("\n\n\n") && !text.contains(" \n");
    if plain {
        return clean(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = "";
    for line in lines(text) {
        let line = line.text.trim_end();
        if line.is_empty() {
            gap = "\n\n";
            continue;
        }
        out.push_str(if out.is_empty() { "" } else { gap });
        out.push_str(line);
        gap = "\n";
    }
    Cow::Owned(clean(&out).into_owned())
}

/// Entities in an address, as in an attribute: `&copy=1` stays as it is.
fn decode_address(address: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', address.as_bytes()).is_none() {
        return Cow::Borrowed(address);
    }
    htmlize::unescape_attribute(address)
}

/// `2018-02-06 13:49:28 (Update)` → the time in seconds, and the kind where
/// the words tell it.
fn revision_note(note: &str, dialects: &Dialects) -> (Option<i64>, Option<RevisionKind>) {
    let (time, words) = match note.split_once('(') {
        Some((time, words)) => (time, words.trim_end_matches(')')),
        None => (note, ""),
    };
    let kind = if dialects.is_first_version(words) {
        Some(RevisionKind::First)
    } else if dialects.is_current_version(words) {
        Some(RevisionKind::Current)
    } else {
        None
    };
    (seconds_of(time), kind)
}
