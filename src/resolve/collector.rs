//! Keeps of each page what the graph needs, while pages come in.

use crate::model::{
    Code, Date, DraftRevisions, DraftSources, HashedStrings, Hasher, Interner, NONE, Problem,
    Strings, clean,
};
use crate::resolve::part::Part;

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
    hasher: Hasher,
    /// Keys of event pages; a row is a page, and later an event.
    pub(super) keys: Interner,
    /// Whether the keys came in ascending, as they do from a folder.
    ascending: bool,
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
    /// The text of the first link to it that says anything (by key of the page, then
    /// line), and where that stands; [`NONE`] if there is none.
    pub(super) text: u32,
    pub(super) page: u32,
    pub(super) line: u32,
}

/// Strings with the number of times that each was seen.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) names: Interner,
    pub(super) count: Vec<u32>,
}

impl Counted {
    fn new(hasher: &Hasher) -> Self {
        Self { names: Interner::new(hasher.clone()), count: Vec::new() }
    }

    /// Counts a name of a part once more; [`NONE`] is none.
    fn add(&mut self, names: &HashedStrings, row: u32) -> u32 {
        if row == NONE {
            return NONE;
        }
        let (name, hash) = names.get(row);
        let row = self.names.intern_hashed(name, hash);
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
        let hasher = Hasher::default();
        Self {
            options,
            keys: Interner::new(hasher.clone()),
            ascending: true,
            addresses: Interner::new(hasher.clone()),
            leads: Counted::new(&hasher),
            contexts: Counted::new(&hasher),
            hasher,
            ..Self::default()
        }
    }

    /// What makes empty parts for this collector.
    pub fn hasher(&self) -> &Hasher {
        &self.hasher
    }

    /// Takes in the pages of a part, made with this collector's hasher. The
    /// order of the parts, and of the pages in a part, decides nothing but
    /// which of two pages with the same key counts (the first).
    ///
    /// The part is empty afterwards. To fill it again costs less than to make
    /// a new one, as its memory is there already.
    pub fn take(&mut self, part: &mut Part) {
        let pages = self.take_events(part);
        self.take_sources(part, &pages);
        self.take_revisions(part, &pages);
        self.take_links(part, &pages);
        self.take_days(part);
        self.day_pages += part.day_pages;
        self.other_pages += part.other_pages;
        self.problems.append(&mut part.problems);
        part.clear();
    }

    /// Takes in the problems of reading the archive.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// Pages so far.
    pub fn pages(&self) -> usize {
        self.event_pages() + self.day_pages + self.other_pages
    }

    /// Event pages so far.
    pub fn event_pages(&self) -> usize {
        self.date.len()
    }

    /// The row of each event page of a part; [`NONE`] for one that is left
    /// out.
    fn take_events(&mut self, part: &Part) -> Vec<u32> {
        let mut pages = Vec::with_capacity(part.date.len());
        for event in 0..part.date.len() {
            let row = event as u32;
            let (key, hash) = part.key.get(row);
            let last = self.event_pages().checked_sub(1);
            self.ascending &= last.is_none_or(|last| self.keys.get(last as u32) < key);
            let page = self.keys.intern_hashed(key, hash);
            if (page as usize) < self.event_pages() {
                let message = format!("there is another page for `{key}`; this one was left out");
                let path = format!("{key}.md");
                self.problems.push(Problem::new(Code::DuplicatePage, path, 0, message));
                pages.push(NONE);
                continue;
            }
            self.date.push(part.date[event]);
            self.title.push(part.title.get(row));
            self.summary.push(part.summary.get(row));
            self.lead_topic.push(self.leads.add(&part.leads, part.lead[event]));
            if let Some(dialect) = part.dialect[event] {
                if self.dialects.len() <= dialect {
                    self.dialects.resize(dialect + 1, 0);
                }
                self.dialects[dialect] += 1;
            }
            pages.push(page);
        }
        pages
    }

    fn take_sources(&mut self, part: &Part, pages: &[u32]) {
        for (row, page) in kept(&part.sources.event, pages) {
            self.sources.event.push(page);
            self.sources.name.push(part.sources.name.get(row));
            self.sources.url.push(part.sources.url.get(row));
            self.sources.kind.push(part.sources.kind[row as usize]);
        }
    }

    fn take_revisions(&mut self, part: &Part, pages: &[u32]) {
        for (row, page) in kept(&part.revisions.event, pages) {
            self.revisions.event.push(page);
            self.revisions.key.push(part.revisions.key.get(row));
            self.revisions.title.push(part.revisions.title.get(row));
            self.revisions.seen.push(part.revisions.seen[row as usize]);
            self.revisions.kind.push(part.revisions.kind[row as usize]);
        }
    }

    fn take_links(&mut self, part: &Part, pages: &[u32]) {
        for (row, page) in kept(&part.links.page, pages) {
            let link = row as usize;
            let address = self.address(part, part.links.address[link]);
            self.uses[address as usize].links += 1;
            let line = part.links.line[link];
            self.offer_text(address, (page, line), part.link_text.get(row));
            self.links.page.push(page);
            self.links.rank.push(part.links.rank[link]);
            self.links.address.push(address);
            self.links.context.push(self.contexts.add(&part.contexts, part.links.context[link]));
            self.links.line.push(line);
        }
    }

    /// Keeps a link's text if its page comes before the one that gave the
    /// text so far: the same choice whatever the order of the pages.
    fn offer_text(&mut self, address: u32, (page, line): (u32, u32), text: &str) {
        let uses = &mut self.uses[address as usize];
        let earlier = || !self.ascending && self.keys.get(page) < self.keys.get(uses.page);
        if (uses.text == NONE || earlier()) && !clean(text).is_empty() {
            (uses.page, uses.line) = (page, line);
            uses.text = self.texts.push(text);
        }
    }

    fn take_days(&mut self, part: &Part) {
        for entry in 0..part.days.address.len() {
            let address = self.address(part, part.days.address[entry]);
            self.days.address.push(address);
            self.days.lead.push(self.leads.add(&part.leads, part.days.lead[entry]));
            self.days.context.push(self.contexts.add(&part.contexts, part.days.context[entry]));
            self.days.text.push(self.texts.push(part.day_text.get(part.days.text[entry])));
            self.days.summary.push(part.days.summary.get(entry as u32));
        }
    }

    fn address(&mut self, part: &Part, row: u32) -> u32 {
        let (address, hash) = part.addresses.get(row);
        let row = self.addresses.intern_hashed(address, hash);
        if row as usize == self.uses.len() {
            self.uses.push(Uses { links: 0, text: NONE, page: NONE, line: 0 });
        }
        row
    }
}

/// Rows of a part's column of events with the page that each belongs to, but
/// for those of pages that are left out.
fn kept<'p>(events: &'p [u32], pages: &'p [u32]) -> impl Iterator<Item = (u32, u32)> + use<'p> {
    let page = |event: u32| pages[event as usize];
    (0..).zip(events.iter().map(move |&event| page(event))).filter(|&(_, page)| page != NONE)
}
