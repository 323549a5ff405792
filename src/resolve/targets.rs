//! Addresses → events: pages by their keys and by their older wordings, absent
//! events for the rest.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::model::{Code, DraftRevisions, Interner, Problem, Strings};
use crate::resolve::address::{Outer, key_of};
use crate::resolve::outer::page_of;

/// Rows of addresses → rows of events.
pub(super) struct Ids {
    pub(super) targets: Vec<u32>,
    /// Events below this row have a page.
    pub(super) pages: usize,
}

impl Ids {
    pub(super) fn event(&self, address: u32) -> u32 {
        self.targets[address as usize]
    }

    /// The row among the absent events.
    pub(super) fn absent(&self, event: u32) -> Option<usize> {
        (event as usize).checked_sub(self.pages)
    }
}

/// Keys of older wordings → the page that lists them. Of several pages that
/// list one, the first by key counts, and the others are reported.
pub(super) fn aliases(
    revisions: &DraftRevisions,
    keys: &Interner,
    outer: Outer<'_>,
    problems: &mut Vec<Problem>,
) -> HashMap<String, u32> {
    let mut claims: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (address, &page) in revisions.key.iter().zip(&revisions.event) {
        let key = key_of(address, outer);
        if keys.find(&key).is_none() {
            claims.entry(key.into_owned()).or_default().push(page);
        }
    }
    let mut aliases = HashMap::with_capacity(claims.len());
    for (alias, mut pages) in claims {
        pages.sort_unstable_by_key(|&page| keys.get(page));
        pages.dedup();
        for &page in &pages[1..] {
            let first = keys.get(pages[0]);
            let message = format!(
                "`{alias}` is listed as an older wording here and in `{first}`, which counts"
            );
            let page = page_of(keys.get(page), outer.top);
            problems.push(Problem::new(Code::AmbiguousAlias, page, 0, message));
        }
        aliases.insert(alias, pages[0]);
    }
    aliases
}

/// The event of each address; keys without a page are added as absent events,
/// in the order of their first appearance.
pub(super) fn targets(
    addresses: &Strings,
    keys: &mut Interner,
    outer: Outer<'_>,
    aliases: &HashMap<String, u32>,
) -> Vec<u32> {
    let addresses: Vec<&str> = addresses.iter().collect();
    let found: Vec<Option<u32>> = addresses
        .par_iter()
        .map(|address| {
            let key = key_of(address, outer);
            keys.find(&key).or_else(|| aliases.get(key.as_ref()).copied())
        })
        .collect();
    let mut targets = Vec::with_capacity(found.len());
    for (address, found) in addresses.iter().zip(found) {
        targets.push(match found {
            Some(event) => event,
            None => keys.intern(&key_of(address, outer)),
        });
    }
    targets
}
