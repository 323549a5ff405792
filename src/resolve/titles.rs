//! Titles of events whose own pages give none: what links and days call them.

use hashbrown::HashMap;

use crate::model::{DraftEvents, NONE, Strings, clean, date_in_path};
use crate::resolve::collector::{Days, Uses};
use crate::resolve::targets::Ids;

/// What links and day pages say of events.
pub(super) struct Titles<'c> {
    pub(super) ids: &'c Ids,
    pub(super) keys: &'c Strings,
    /// How each address is used.
    pub(super) uses: &'c [Uses],
    /// Link texts and day titles.
    pub(super) texts: &'c Strings,
}

impl Titles<'_> {
    /// Adds the events without a page: titles from links, else from day pages;
    /// dates from their keys.
    pub(super) fn add_absent(&self, events: &mut DraftEvents, days: &Days) {
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
        let keys = self.keys.iter().skip(self.ids.pages);
        for ((key, best), of_day) in keys.zip(best).zip(of_day) {
            let text = best.map(|uses| self.texts.get(uses.text)).or(of_day).unwrap_or_default();
            events.title.push(&clean(text));
            events.date.push(date_in_path(key));
            events.summary.push("");
            events.lead_topic.push(NONE);
            events.present.push(false);
        }
    }

    /// A page without a title takes the text of the first link to it, or words
    /// from its file's name.
    pub(super) fn name_untitled(&self, events: &mut DraftEvents) {
        let mut names: HashMap<u32, String> = (0..)
            .zip(events.title.iter().take(self.ids.pages))
            .filter(|(_, title)| title.is_empty())
            .map(|(row, _)| (row, words_of(self.keys.get(row))))
            .collect();
        if names.is_empty() {
            return;
        }
        // Several addresses may name one event; the first page's text counts.
        let mut best: HashMap<u32, u32> = HashMap::new();
        for (uses, event) in self.uses.iter().zip(&self.ids.targets) {
            let Some(name) = names.get_mut(event).filter(|_| uses.text != NONE) else { continue };
            let text = clean(self.texts.get(uses.text));
            let first = |other: &u32| self.keys.get(uses.page) < self.keys.get(*other);
            if !text.is_empty() && best.get(event).is_none_or(first) {
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
}

/// The words in a file's name.
fn words_of(key: &str) -> String {
    key.rsplit('/').next().unwrap_or_default().replace('-', " ")
}
