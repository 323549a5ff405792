//! What is wrong with links, once it is known where they lead.

use std::collections::HashSet;
use std::sync::Arc;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use rayon::prelude::*;

use crate::model::{Code, DraftLinks, Problem, Strings};
use crate::resolve::nearest::Nearest;
use crate::resolve::outer::page_of;

/// Reports links that lead nowhere, to their own page, or to one event twice,
/// and contexts with empty places; a page's links stand together, and the
/// events below the row `pages` have one.
pub(super) fn check_links(
    links: &DraftLinks,
    keys: &Strings,
    pages: usize,
    top: Option<&str>,
    contexts: &Strings,
    with_gaps: &HashSet<u32>,
) -> Vec<Problem> {
    let missing: Vec<&str> = keys.iter().skip(pages).collect();
    let nearest = Nearest::new(keys, pages, &missing);
    let no_page: Vec<Arc<str>> =
        missing.par_iter().map(|key| nearest.message("page", key).into()).collect();
    let check = Check { links, keys, pages, top, contexts, with_gaps, no_page };
    let mut starts: Vec<usize> = (0..links.source.len())
        .filter(|&link| link == 0 || links.source[link - 1] != links.source[link])
        .collect();
    starts.push(links.source.len());
    let pages = starts.par_windows(2).fold(Found::default, |mut found, ends| {
        check.page(ends[0]..ends[1], &mut found);
        found
    });
    pages.map(|found| found.problems).reduce(Vec::new, |mut found, mut more| {
        found.append(&mut more);
        found
    })
}

struct Check<'c> {
    links: &'c DraftLinks,
    keys: &'c Strings,
    pages: usize,
    top: Option<&'c str>,
    contexts: &'c Strings,
    /// Contexts with an empty place between two commas.
    with_gaps: &'c HashSet<u32>,
    /// What to say of each event without a page.
    no_page: Vec<Arc<str>>,
}

/// What one thread found.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    /// Of each event that the page at hand lists: the line of its last link.
    line: HashMap<u32, u32>,
}

impl Check<'_> {
    /// Checks the links of one page.
    fn page(&self, links: std::ops::Range<usize>, found: &mut Found) {
        let source = self.links.source[links.start];
        let mut file: Option<Arc<str>> = None;
        let mut report = |code: Code, link: usize, message: Arc<str>| {
            let file = file.get_or_insert_with(|| page_of(self.keys.get(source), self.top).into());
            found.problems.push(Problem::new(code, file.clone(), self.links.line[link], message));
        };
        found.line.clear();
        for link in links {
            let (target, context) = (self.links.target[link], self.links.context[link]);
            if let Some(absent) = (target as usize).checked_sub(self.pages) {
                report(Code::MissingTarget, link, self.no_page[absent].clone());
            }
            if source == target {
                let message = "the page is related to itself; the link is kept";
                report(Code::SelfLink, link, message.into());
            }
            match found.line.entry(target) {
                Entry::Vacant(entry) => {
                    entry.insert(self.links.line[link]);
                }
                Entry::Occupied(entry) => {
                    let (key, first) = (self.keys.get(target), entry.get());
                    let message =
                        format!("`{key}` is listed twice, first in line {first}; both are kept");
                    report(Code::DoubleLink, link, message.into());
                }
            }
            if self.with_gaps.contains(&context) {
                let text = self.contexts.get(context);
                let message = format!("there is an empty place between the commas of `{text}`");
                report(Code::EmptyTopic, link, message.into());
            }
        }
    }
}
