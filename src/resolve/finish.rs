//! All pages are known: addresses become events, contexts become topics.

use rayon::prelude::*;

use crate::model::{Draft, DraftEvents, DraftLinks, NONE, Strings};
use crate::resolve::address::{Outer, key_of};
use crate::resolve::check::check_links;
use crate::resolve::collector::{Collector, Links};
use crate::resolve::contexts::split_all;
use crate::resolve::days::apply_days;
use crate::resolve::outer::{find_prefix, push_page_of, strip_top_folder};
use crate::resolve::targets::{Ids, aliases, targets};
use crate::resolve::titles::Titles;

/// What a whole archive resolves to.
#[derive(Debug)]
pub struct Resolved {
    /// The graph to be.
    pub draft: Draft,
    /// What was found out about the archive.
    pub report: ResolveReport,
}

/// What resolving found out about an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResolveReport {
    /// The part that all addresses begin with although no folder has its name.
    pub prefix: Option<String>,
    /// The folder that all pages lie in, left out of the keys.
    pub top_folder: Option<String>,
    /// Event pages.
    pub event_pages: usize,
    /// Day pages.
    pub day_pages: usize,
    /// Pages that are neither.
    pub other_pages: usize,
    /// Event pages by dialect.
    pub dialects: Vec<usize>,
}

impl Collector {
    /// Resolves everything that came in.
    ///
    /// # Complexity
    /// Time linear in the number of links and in the length of all keys, and
    /// O(n log n) in the number of pages if a link leads nowhere.
    pub fn finish(mut self) -> Resolved {
        let pages = self.event_pages();
        let Self { options, keys, revisions, addresses, uses, problems, contexts, leads, .. } =
            &mut self;
        // What a context says is asked of no address.
        let ((top_folder, prefix, targets), split) = rayon::join(
            || {
                let top = if options.strip_top_folder { strip_top_folder(keys) } else { None };
                let prefix = find_prefix(addresses.strings(), uses, keys.strings());
                let outer = Outer { prefix: &prefix, top: top.as_deref() };
                let aliases = aliases(revisions, keys, outer, problems);
                let targets = targets(addresses.strings(), keys, outer, &aliases);
                (top, prefix, targets)
            },
            || split_all(contexts, leads),
        );
        let outer = Outer { prefix: &prefix, top: top_folder.as_deref() };
        let ids = Ids { targets, pages };
        let links = resolve_links(self.links, &ids);

        let mut events = DraftEvents {
            key: Strings::default(),
            date: self.date,
            title: self.title,
            summary: self.summary,
            lead_topic: self
                .lead_topic
                .into_iter()
                .map(|lead| if lead == NONE { NONE } else { split.lead_topics[lead as usize] })
                .collect(),
            present: vec![true; pages],
            page: Strings::default(),
        };
        // What is wrong with links is told while events are completed.
        let complete = || {
            let keys = self.keys.strings();
            let titles = Titles { ids: &ids, keys, uses: &self.uses, texts: &self.texts };
            titles.add_absent(&mut events, &self.days);
            titles.name_untitled(&mut events, &self.days);
            events.page = page_files(keys, pages, outer.top);
            apply_days(&mut events, &self.days, &ids, &split)
        };
        let keys = self.keys.strings();
        let contexts = self.contexts.names.strings();
        let (event_topics, found) = rayon::join(complete, || {
            check_links(&links, keys, pages, outer.top, contexts, &split.with_gaps)
        });
        self.problems.extend(found);
        self.problems.par_sort_unstable();

        events.key = self.keys.into_strings();
        self.revisions.key = keys_of(&self.revisions.key, outer);
        let draft = Draft {
            events,
            links,
            topics: split.topics.into_strings(),
            contexts: split.contexts,
            context_topics: split.context_topics,
            event_topics,
            sources: self.sources,
            revisions: self.revisions,
            problems: self.problems,
        };
        let report = ResolveReport {
            prefix: (!prefix.is_empty()).then_some(prefix),
            top_folder,
            event_pages: pages,
            day_pages: self.day_pages,
            other_pages: self.other_pages,
            dialects: self.dialects,
        };
        Resolved { draft, report }
    }
}

fn resolve_links(links: Links, ids: &Ids) -> DraftLinks {
    let Links { page, rank, address, context, line } = links;
    let target = address.into_iter().map(|address| ids.event(address)).collect();
    DraftLinks { source: page, target, rank, context, line }
}

/// The file of each event; empty for those that have none.
fn page_files(keys: &Strings, pages: usize, top: Option<&str>) -> Strings {
    let mut files = Strings::default();
    let mut file = String::new();
    for key in keys.iter().take(pages) {
        file.clear();
        push_page_of(&mut file, key, top);
        files.push(&file);
    }
    for _ in pages..keys.len() {
        files.push("");
    }
    files
}

fn keys_of(addresses: &Strings, outer: Outer<'_>) -> Strings {
    let mut keys = Strings::default();
    for address in addresses.iter() {
        keys.push(&key_of(address, outer));
    }
    keys
}
