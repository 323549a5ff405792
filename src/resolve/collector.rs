//! Keeps of each page what the graph needs, while pages come in.

use crate::model::{
    Code, Date, DayPage, DraftRevisions, DraftSources, EventPage, Interner, NONE, PageKind,
    ParsedPage, Problem, Strings,
};
use crate::resolve::address;

/// How to read the archive as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Leave out a folder that all pages lie in, as tar files have it
    /// (`zh/news/…`), unless it is the `news` of `news/2017/06/16`.
    pub strip_top_folder: bool,
}

/// Pages that have come in, taken apart into columns.
///
/// Texts that repeat (addresses, contexts) are kept once, so a page costs
/// little more memory than it costs in the graph.
#[derive(Debug, Default)]
pub struct Collector {
    pub(super) options: Options,
    /// Keys of event pages; a row is a page, and later an event.
    pub(super) keys: Interner,
    pub(super) date: Vec<Option<Date>>,
    pub(super) title: Strings,
    pub(super) summary: Strings,
    pub(super) lead_topic: Vec<u32>,
    pub(super) sources: DraftSources,
    pub(super) revisions: DraftRevisions,

    /// Addresses of related items, day entries and earlier wordings.
    pub(super) addresses: Interner,
    pub(super) uses: Vec<Uses>,
    /// Link texts and day titles, as written.
    pub(super) texts: Strings,

    /// Lines above titles, and how often each stands there.
    pub(super) leads: Counted,
    /// Contexts, and how often each is used.
    pub(super) contexts: Counted,

    pub(super) links: Links,
    pub(super) days: Days,
    /// Pages that are neither events nor days.
    pub(super) other_pages: usize,
    pub(super) day_pages: usize,
    /// Pages by dialect.
    pub(super) dialects: Vec<usize>,
    pub(super) problems: Vec<Problem>,
}

/// How an address is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uses {
    /// Related items that have it.
    pub(super) links: u32,
    /// The text of the first link to it (by key of the page, then line), and
    /// that page; [`NONE`] if there is none.
    pub(super) text: u32,
    pub(super) page: u32,
}

/// Strings with the number of times that each was seen.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) names: Interner,
    pub(super) count: Vec<u32>,
}

impl Counted {
    fn add(&mut self, name: &str) -> u32 {
        let row = self.names.intern(name);
        if row as usize == self.count.len() {
            self.count.push(0);
        }
        self.count[row as usize] += 1;
        row
    }
}

/// The columns of the links.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) page: Vec<u32>,
    pub(super) rank: Vec<u16>,
    pub(super) address: Vec<u32>,
    pub(super) context: Vec<u32>,
    pub(super) line: Vec<u32>,
}

/// The columns of the day pages' entries.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) address: Vec<u32>,
    pub(super) lead: Vec<u32>,
    pub(super) context: Vec<u32>,
    pub(super) text: Vec<u32>,
    pub(super) summary: Strings,
}

impl Collector {
    /// With these options, and nothing in it.
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Takes in one page. The order of the pages decides nothing but which of
    /// two with the same key counts (the first).
    pub fn add(&mut self, path: &str, page: &ParsedPage<'_>) {
        match &page.kind {
            PageKind::Event(event) => self.add_event(path, event, page.dialect),
            PageKind::Day(day) => self.add_day(path, day),
            PageKind::Other => self.other_pages += 1,
        }
    }

    /// Takes in the problems of a page, or of reading the archive.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// Event pages so far.
    pub fn event_pages(&self) -> usize {
        self.date.len()
    }

    fn add_event(&mut self, path: &str, event: &EventPage<'_>, dialect: Option<usize>) {
        let key = path.strip_suffix(".md").unwrap_or(path);
        let page = self.keys.intern(key);
        if (page as usize) < self.date.len() {
            let message = format!("there is another page for `{key}`; this one was left out");
            self.problems.push(Problem::new(Code::DuplicatePage, path, 0, message));
            return;
        }
        self.date.push(event.date);
        self.title.push(&event.title);
        self.summary.push(event.summary.as_deref().unwrap_or_default());
        let lead = event.lead_topic.as_deref().map_or(NONE, |topic| self.leads.add(topic));
        self.lead_topic.push(lead);
        if let Some(dialect) = dialect {
            if self.dialects.len() <= dialect {
                self.dialects.resize(dialect + 1, 0);
            }
            self.dialects[dialect] += 1;
        }
        for source in &event.sources {
            self.sources.event.push(page);
            self.sources.name.push(&source.name);
            self.sources.url.push(&source.url);
            self.sources.kind.push(source.kind);
        }
        for revision in &event.revisions {
            self.revisions.event.push(page);
            self.revisions.key.push(&address::absolute(&revision.address, path));
            self.revisions.title.push(&revision.title);
            self.revisions.seen.push(revision.seen);
            self.revisions.kind.push(revision.kind);
        }
        for item in &event.related {
            let address = self.address(&address::absolute(&item.address, path));
            self.uses[address as usize].links += 1;
            self.offer_text(address, page, &item.text);
            self.links.page.push(page);
            self.links.rank.push(item.rank);
            self.links.address.push(address);
            let context = item.context.as_deref().map_or(NONE, |text| self.contexts.add(text));
            self.links.context.push(context);
            self.links.line.push(item.line);
        }
    }

    /// Keeps a link's text if its page comes before the one that gave the
    /// text so far: the same choice whatever the order of the pages.
    fn offer_text(&mut self, address: u32, page: u32, text: &str) {
        let uses = &mut self.uses[address as usize];
        if uses.text == NONE || self.keys.get(page) < self.keys.get(uses.page) {
            uses.page = page;
            uses.text = self.texts.push(text);
        }
    }

    fn add_day(&mut self, path: &str, day: &DayPage<'_>) {
        self.day_pages += 1;
        for entry in &day.entries {
            let address = self.address(&address::absolute(&entry.address, path));
            self.days.address.push(address);
            let lead = entry.lead_topic.as_deref().map_or(NONE, |topic| self.leads.add(topic));
            self.days.lead.push(lead);
            let context = entry.context.as_deref().map_or(NONE, |text| self.contexts.add(text));
            self.days.context.push(context);
            self.days.text.push(self.texts.push(&entry.text));
            self.days.summary.push(entry.summary.as_deref().unwrap_or_default());
        }
    }

    fn address(&mut self, address: &str) -> u32 {
        let row = self.addresses.intern(address);
        if row as usize == self.uses.len() {
            self.uses.push(Uses { links: 0, text: NONE, page: NONE });
        }
        row
    }
}
