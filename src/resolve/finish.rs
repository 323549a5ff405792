//! All pages are known: addresses become events, contexts become topics.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::model::{
    Code, Draft, DraftEvents, DraftLinks, Interner, NONE, Problem, Strings, clean, date_in_path,
};
use crate::resolve::address::{Outer, first_part, key_of};
use crate::resolve::collector::{Collector, Counted, Days, Links, Uses};
use crate::resolve::contexts::{self, Topics};
use crate::resolve::nearest::Nearest;

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
        let top_folder = self.strip_top_folder();
        let prefix = self.find_prefix();
        let mut report = ResolveReport {
            top_folder,
            event_pages: self.event_pages(),
            day_pages: self.day_pages,
            other_pages: self.other_pages,
            dialects: std::mem::take(&mut self.dialects),
            prefix: None,
        };
        let pages = self.event_pages();
        let mut problems = std::mem::take(&mut self.problems);
        let top = report.top_folder.as_deref();
        let outer = Outer { prefix: &prefix, top };
        let aliases = self.aliases(outer, &mut problems);
        let (contexts, leads) =
            (std::mem::take(&mut self.contexts), std::mem::take(&mut self.leads));
        let (targets, split) = rayon::join(
            || self.targets(outer, &aliases),
            || contexts::split_all(&contexts, &leads),
        );
        let ids = Ids { targets, pages };

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
        let absent =
            AbsentTitles { ids: &ids, keys: &self.keys, uses: &self.uses, texts: &self.texts };
        absent.add_to(&mut events, &self.days);
        name_untitled(&mut events, &self.keys, &ids, &self.uses, &self.texts);
        drop((self.texts, self.addresses));

        let event_topics = apply_days(&mut events, &self.days, &ids, &split);
        drop(self.days);
        for key in self.keys.strings().iter().take(pages) {
            events.page.push(&page_of(key, top));
        }
        for _ in pages..self.keys.len() {
            events.page.push("");
        }
        events.key = self.keys.into_strings();
        let links = resolve_links(self.links, &ids);
        check_links(&links, &events, &split, &contexts, &mut problems);

        let mut revisions = self.revisions;
        revisions.key = {
            let mut keys = Strings::default();
            for address in revisions.key.iter() {
                keys.push(&key_of(address, outer));
            }
            keys
        };
        report.prefix = (!prefix.is_empty()).then_some(prefix);
        problems.par_sort_unstable();
        let draft = Draft {
            events,
            links,
            topics: split.topics.into_strings(),
            contexts: split.contexts,
            context_topics: split.context_topics,
            event_topics,
            sources: self.sources,
            revisions,
            problems,
        };
        Resolved { draft, report }
    }

    /// Leaves the folder that all pages lie in out of the keys, as a tar file
    /// of `zh/` has it, but not the `news` of `news/2017/06/16/x`.
    fn strip_top_folder(&mut self) -> Option<String> {
        if !self.options.strip_top_folder {
            return None;
        }
        let keys = self.keys.strings();
        let top = keys.iter().next()?.split_once('/')?.0.to_owned();
        let inside = |key: &str| {
            let rest = key.strip_prefix(top.as_str()).and_then(|rest| rest.strip_prefix('/'));
            rest.is_some_and(|rest| {
                date_in_path(rest) == date_in_path(key) && !starts_with_year(rest)
            })
        };
        if !keys.iter().all(inside) {
            return None;
        }
        let mut bare = Interner::default();
        for key in keys.iter() {
            bare.intern(&key[top.len() + 1..]);
        }
        self.keys = bare;
        Some(top)
    }

    /// The first part of nearly all addresses, if no page lies in a folder of
    /// that name: `zh` where links say `/zh/news/…` and pages lie in `news/…`.
    fn find_prefix(&self) -> String {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for (address, uses) in self.addresses.strings().iter().zip(&self.uses) {
            if let Some(part) = first_part(address).filter(|_| uses.links > 0) {
                *counts.entry(part).or_default() += u64::from(uses.links);
            }
        }
        let total: u64 = counts.values().sum();
        let most = counts.into_iter().max_by_key(|&(_, count)| count);
        let Some((part, count)) = most.filter(|(part, _)| !part.is_empty()) else {
            return String::new();
        };
        let folder = format!("{part}/");
        let is_folder = self.keys.strings().iter().any(|key| key.starts_with(&folder));
        if count * 10 > total * 9 && !is_folder { part.to_owned() } else { String::new() }
    }

    /// Keys of older wordings → the page that lists them. Of several pages
    /// that list one, the first by key counts, and the others are reported.
    fn aliases(&self, outer: Outer<'_>, problems: &mut Vec<Problem>) -> HashMap<String, u32> {
        let mut claims: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (address, &page) in self.revisions.key.iter().zip(&self.revisions.event) {
            let key = key_of(address, outer);
            if self.keys.find(&key).is_none() {
                claims.entry(key.into_owned()).or_default().push(page);
            }
        }
        let mut aliases = HashMap::with_capacity(claims.len());
        for (alias, mut pages) in claims {
            pages.sort_unstable_by_key(|&page| self.keys.get(page));
            pages.dedup();
            for &page in &pages[1..] {
                let first = self.keys.get(pages[0]);
                let message = format!(
                    "`{alias}` is listed as an older wording here and in `{first}`, which counts"
                );
                let page = page_of(self.keys.get(page), outer.top);
                problems.push(Problem::new(Code::AmbiguousAlias, page, 0, message));
            }
            aliases.insert(alias, pages[0]);
        }
        aliases
    }

    /// The event of each address; keys without a page are added as absent
    /// events, in the order of their first appearance.
    fn targets(&mut self, outer: Outer<'_>, aliases: &HashMap<String, u32>) -> Vec<u32> {
        let addresses: Vec<&str> = self.addresses.strings().iter().collect();
        let found: Vec<Option<u32>> = addresses
            .par_iter()
            .map(|address| {
                let key = key_of(address, outer);
                self.keys.find(&key).or_else(|| aliases.get(key.as_ref()).copied())
            })
            .collect();
        let mut targets = Vec::with_capacity(found.len());
        for (address, found) in addresses.iter().zip(found) {
            targets.push(match found {
                Some(event) => event,
                None => self.keys.intern(&key_of(address, outer)),
            });
        }
        targets
    }
}

/// Rows of addresses → rows of events.
struct Ids {
    targets: Vec<u32>,
    /// Events below this row have a page.
    pages: usize,
}

impl Ids {
    fn event(&self, address: u32) -> u32 {
        self.targets[address as usize]
    }

    /// The row among the absent events.
    fn absent(&self, event: u32) -> Option<usize> {
        (event as usize).checked_sub(self.pages)
    }
}

fn starts_with_year(path: &str) -> bool {
    let year = path.split('/').next().unwrap_or_default();
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

fn page_of(key: &str, top: Option<&str>) -> String {
    match top {
        Some(top) => format!("{top}/{key}.md"),
        None => format!("{key}.md"),
    }
}

/// What links and day pages say of events without a page.
struct AbsentTitles<'c> {
    ids: &'c Ids,
    keys: &'c Interner,
    uses: &'c [Uses],
    texts: &'c Strings,
}

impl AbsentTitles<'_> {
    fn add_to(&self, events: &mut DraftEvents, days: &Days) {
        // Several addresses may name one event; the first page's text counts.
        let mut best: Vec<Option<Uses>> = vec![None; self.keys.len() - self.ids.pages];
        for (uses, &event) in self.uses.iter().zip(&self.ids.targets) {
            let Some(row) = self.ids.absent(event).filter(|_| uses.text != NONE) else {
                continue;
            };
            let page = |uses: &Uses| self.keys.get(uses.page);
            if best[row].is_none_or(|other| page(uses) < page(&other)) {
                best[row] = Some(*uses);
            }
        }
        let mut of_day: Vec<Option<&str>> = vec![None; best.len()];
        for (&address, &text) in days.address.iter().zip(&days.text) {
            if let Some(row) = self.ids.absent(self.ids.event(address)) {
                let text = self.texts.get(text);
                // The least text, so that the order of the pages is no matter.
                if of_day[row].is_none_or(|other| text < other) {
                    of_day[row] = Some(text);
                }
            }
        }
        let keys = self.keys.strings().iter().skip(self.ids.pages);
        for ((key, best), of_day) in keys.zip(best).zip(of_day) {
            let text = best.map(|uses| self.texts.get(uses.text)).or(of_day).unwrap_or_default();
            events.title.push(&clean(text));
            events.date.push(date_in_path(key));
            events.summary.push("");
            events.lead_topic.push(NONE);
            events.present.push(false);
        }
    }
}

/// A page without a title takes the text of the first link to it, or words
/// from its file's name.
fn name_untitled(
    events: &mut DraftEvents,
    keys: &Interner,
    ids: &Ids,
    uses: &[Uses],
    texts: &Strings,
) {
    let untitled: Vec<u32> = (0..)
        .zip(events.title.iter().take(ids.pages))
        .filter(|(_, title)| title.is_empty())
        .map(|(row, _)| row)
        .collect();
    if untitled.is_empty() {
        return;
    }
    let mut names: HashMap<u32, String> = untitled
        .iter()
        .map(|&row| (row, keys.get(row).rsplit('/').next().unwrap_or_default().replace('-', " ")))
        .collect();
    // Several addresses may name one event; the first page's text counts.
    let mut best: HashMap<u32, u32> = HashMap::new();
    for (uses, event) in uses.iter().zip(&ids.targets) {
        let Some(name) = names.get_mut(event).filter(|_| uses.text != NONE) else { continue };
        let text = clean(texts.get(uses.text));
        let other = best.get(event).copied();
        if !text.is_empty() && other.is_none_or(|other| keys.get(uses.page) < keys.get(other)) {
            best.insert(*event, uses.page);
            *name = text.into_owned();
        }
    }
    let mut titles = Strings::default();
    for (row, title) in (0..).zip(events.title.iter()) {
        titles.push(names.get(&row).map_or(title, |name| name));
    }
    events.title = titles;
}

/// What day pages add: topics, and where an event's own page says nothing,
/// its lead topic and summary. Returns (event, topic).
fn apply_days(events: &mut DraftEvents, days: &Days, ids: &Ids, split: &Topics) -> Vec<(u32, u32)> {
    let mut topics = Vec::new();
    let mut summaries: BTreeMap<u32, &str> = BTreeMap::new();
    let mut leads: BTreeMap<u32, u32> = BTreeMap::new();
    for entry in 0..days.address.len() {
        let event = ids.event(days.address[entry]);
        // Of several days' words the least, so that the order is no matter.
        if days.lead[entry] != NONE {
            let lead = split.lead_topics[days.lead[entry] as usize];
            topics.push((event, lead));
            let slot = leads.entry(event).or_insert(lead);
            if split.topics.get(lead) < split.topics.get(*slot) {
                *slot = lead;
            }
        }
        if days.context[entry] != NONE {
            let range = split.contexts[days.context[entry] as usize].clone();
            let list = &split.context_topics[range.start as usize..range.end as usize];
            topics.extend(list.iter().map(|&topic| (event, topic)));
        }
        let summary = days.summary.get(entry as u32);
        if !summary.is_empty() && events.summary.get(event).is_empty() {
            let slot = summaries.entry(event).or_insert(summary);
            if summary < *slot {
                *slot = summary;
            }
        }
    }
    for (event, lead) in leads {
        let slot = &mut events.lead_topic[event as usize];
        if *slot == NONE {
            *slot = lead;
        }
    }
    if !summaries.is_empty() {
        let mut merged = Strings::default();
        for (event, summary) in (0..).zip(events.summary.iter()) {
            merged.push(summaries.get(&event).copied().unwrap_or(summary));
        }
        events.summary = merged;
    }
    topics
}

fn resolve_links(links: Links, ids: &Ids) -> DraftLinks {
    let Links { page, rank, address, context, line } = links;
    let target = address.into_iter().map(|address| ids.event(address)).collect();
    DraftLinks { source: page, target, rank, context, line }
}

/// Reports links that lead nowhere, to their own page, or to one event twice.
fn check_links(
    links: &DraftLinks,
    events: &DraftEvents,
    split: &Topics,
    contexts: &Counted,
    problems: &mut Vec<Problem>,
) {
    let absent: Vec<u32> =
        (0..).zip(&events.present).filter(|(_, present)| !**present).map(|(row, _)| row).collect();
    let missing: Vec<&str> = absent.iter().map(|&row| events.key.get(row)).collect();
    let pages = events.present.len() - absent.len();
    let nearest = Nearest::new(&events.key, pages, &missing);
    // Absent events stand behind the pages, so a row less `pages` is its place.
    let hints: Vec<Arc<str>> =
        missing.par_iter().map(|key| nearest.message("page", key).into()).collect();
    let mut of_page: (u32, Arc<str>) = (NONE, Arc::default());
    let mut report = |code: Code, link: usize, message: Arc<str>| {
        let source = links.source[link];
        if of_page.0 != source {
            of_page = (source, events.page.get(source).into());
        }
        problems.push(Problem::new(code, of_page.1.clone(), links.line[link], message));
    };
    let mut before: HashMap<u32, u32> = HashMap::new();
    for link in 0..links.source.len() {
        let (source, target) = (links.source[link], links.target[link]);
        if link == 0 || links.source[link - 1] != source {
            before.clear();
        }
        if !events.present[target as usize] {
            let hint = &hints[target as usize - pages];
            report(Code::MissingTarget, link, hint.clone());
        }
        if source == target {
            report(Code::SelfLink, link, "the page is related to itself; the link is kept".into());
        }
        if let Some(first) = before.insert(target, links.line[link]) {
            let key = events.key.get(target);
            let message = format!("`{key}` is listed twice, first in line {first}; both are kept");
            report(Code::DoubleLink, link, message.into());
        }
        let context = links.context[link];
        if split.with_gaps.contains(&context) {
            let text = contexts.names.get(context);
            let message = format!("there is an empty place between the commas of `{text}`");
            report(Code::EmptyTopic, link, message.into());
        }
    }
}
