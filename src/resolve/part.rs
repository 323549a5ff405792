//! Some pages, taken apart into columns: what one thread prepares.

use crate::model::{
    Date, DayPage, DraftRevisions, DraftSources, EventPage, HashedStrings, Hasher, NONE, PageKind,
    ParsedPage, Problem, Strings,
};
use crate::resolve::address;
use crate::resolve::collector::{Days, Links};

/// Pages of an archive that one thread has taken apart, for a
/// [`Collector`](crate::resolve::Collector) to take in.
///
/// Nothing is known here of other pages, so parts are made on all threads;
/// what repeats is hashed already, and stored once by the collector.
#[derive(Debug, Default)]
pub struct Part {
    /// The columns of the event pages.
    pub(super) key: HashedStrings,
    pub(super) date: Vec<Option<Date>>,
    pub(super) title: Strings,
    pub(super) summary: Strings,
    pub(super) lead: Vec<u32>,
    pub(super) dialect: Vec<Option<usize>>,
    /// What belongs to the event pages; an event is a row of this part.
    pub(super) sources: DraftSources,
    pub(super) revisions: DraftRevisions,
    pub(super) links: Links,
    pub(super) link_text: Strings,

    pub(super) days: Days,
    /// What the day pages' entries have as their text.
    pub(super) day_text: Strings,

    /// Addresses, contexts and lead topics as often as they stand there.
    pub(super) addresses: HashedStrings,
    pub(super) contexts: HashedStrings,
    pub(super) leads: HashedStrings,

    pub(super) day_pages: usize,
    pub(super) other_pages: usize,
    pub(super) problems: Vec<Problem>,
}

impl Part {
    /// An empty part for the collector that has this hasher.
    pub fn new(hasher: &Hasher) -> Self {
        let hashed = || HashedStrings::new(hasher.clone());
        Self {
            key: hashed(),
            addresses: hashed(),
            contexts: hashed(),
            leads: hashed(),
            ..Self::default()
        }
    }

    /// Takes one page apart.
    pub fn add(&mut self, path: &str, page: &ParsedPage<'_>, problems: Vec<Problem>) {
        match &page.kind {
            PageKind::Event(event) => self.add_event(path, event, page.dialect),
            PageKind::Day(day) => self.add_day(path, day),
            PageKind::Other => self.other_pages += 1,
        }
        self.problems.extend(problems);
    }

    /// Takes everything out and keeps the memory for other pages.
    pub(super) fn clear(&mut self) {
        self.key.clear();
        self.date.clear();
        self.title.clear();
        self.summary.clear();
        self.lead.clear();
        self.dialect.clear();
        self.link_text.clear();
        self.day_text.clear();
        self.addresses.clear();
        self.contexts.clear();
        self.leads.clear();
        self.problems.clear();
        (self.day_pages, self.other_pages) = (0, 0);
        self.sources.event.clear();
        self.sources.name.clear();
        self.sources.url.clear();
        self.sources.kind.clear();
        self.revisions.event.clear();
        self.revisions.key.clear();
        self.revisions.title.clear();
        self.revisions.seen.clear();
        self.revisions.kind.clear();
        self.links.page.clear();
        self.links.rank.clear();
        self.links.address.clear();
        self.links.context.clear();
        self.links.line.clear();
        self.days.address.clear();
        self.days.lead.clear();
        self.days.context.clear();
        self.days.text.clear();
        self.days.summary.clear();
    }

    fn add_event(&mut self, path: &str, event: &EventPage<'_>, dialect: Option<usize>) {
        let row = self.key.push(path.strip_suffix(".md").unwrap_or(path));
        self.date.push(event.date);
        self.title.push(&event.title);
        self.summary.push(event.summary.as_deref().unwrap_or_default());
        self.lead.push(push_if_some(&mut self.leads, event.lead_topic.as_deref()));
        self.dialect.push(dialect);
        for source in &event.sources {
            self.sources.event.push(row);
            self.sources.name.push(&source.name);
            self.sources.url.push(&source.url);
            self.sources.kind.push(source.kind);
        }
        for revision in &event.revisions {
            self.revisions.event.push(row);
            self.revisions.key.push(&address::absolute(&revision.address, path));
            self.revisions.title.push(&revision.title);
            self.revisions.seen.push(revision.seen);
            self.revisions.kind.push(revision.kind);
        }
        for item in &event.related {
            self.links.page.push(row);
            self.links.rank.push(item.rank);
            let address = address::absolute(&item.address, path);
            self.links.address.push(self.addresses.push(&address));
            self.link_text.push(&item.text);
            let context = push_if_some(&mut self.contexts, item.context.as_deref());
            self.links.context.push(context);
            self.links.line.push(item.line);
        }
    }

    fn add_day(&mut self, path: &str, day: &DayPage<'_>) {
        self.day_pages += 1;
        for entry in &day.entries {
            let address = address::absolute(&entry.address, path);
            self.days.address.push(self.addresses.push(&address));
            self.days.lead.push(push_if_some(&mut self.leads, entry.lead_topic.as_deref()));
            self.days.context.push(push_if_some(&mut self.contexts, entry.context.as_deref()));
            self.days.text.push(self.day_text.push(&entry.text));
            self.days.summary.push(entry.summary.as_deref().unwrap_or_default());
        }
    }
}

fn push_if_some(column: &mut HashedStrings, text: Option<&str>) -> u32 {
    text.map_or(NONE, |text| column.push(text))
}
