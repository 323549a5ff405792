//! Titles of events whose own pages give none: what links and days call them.

use std::borrow::Cow;

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
        let first =
            self.first_texts(self.keys.len() - self.ids.pages, |event| self.ids.absent(event));
        let of_day = self.day_texts(days, first.len(), |event| self.ids.absent(event));
        let keys = self.keys.iter().skip(self.ids.pages);
        for ((key, first), of_day) in keys.zip(first).zip(of_day) {
            events.title.push(&first.or(of_day).unwrap_or_default());
            events.date.push(date_in_path(key));
            events.summary.push("");
            events.lead_topic.push(NONE);
            events.present.push(false);
        }
    }

    /// A page without a title takes the text of the first link to it, else its title on
    /// a day page, else words from its file's name.
    pub(super) fn name_untitled(&self, events: &mut DraftEvents, days: &Days) {
        let untitled: HashMap<u32, usize> = (0..)
            .zip(events.title.iter().take(self.ids.pages))
            .filter(|(_, title)| title.is_empty())
            .zip(0..)
            .map(|((page, _), row)| (page, row))
            .collect();
        if untitled.is_empty() {
            return;
        }
        let row_of = |event| untitled.get(&event).copied();
        let first = self.first_texts(untitled.len(), row_of);
        let of_day = self.day_texts(days, untitled.len(), row_of);
        let mut titles = Strings::default();
        for (page, title) in (0..).zip(events.title.iter()) {
            match row_of(page).map(|row| first[row].as_deref().or(of_day[row].as_deref())) {
                None => titles.push(title),
                Some(Some(text)) => titles.push(text),
                Some(None) => titles.push(&words_of(self.keys.get(page))),
            };
        }
        events.title = titles;
    }

    /// For each of `count` rows: what the first link to its event says (by key of the
    /// page, then line), of those that [say anything](Uses::text).
    fn first_texts(
        &self,
        count: usize,
        row_of: impl Fn(u32) -> Option<usize>,
    ) -> Vec<Option<Cow<'_, str>>> {
        let mut first: Vec<Option<&Uses>> = vec![None; count];
        let place = |uses: &Uses| (self.keys.get(uses.page), uses.line);
        // Several addresses may name one event.
        for (uses, &event) in self.uses.iter().zip(&self.ids.targets) {
            let Some(row) = row_of(event).filter(|_| uses.text != NONE) else { continue };
            if first[row].is_none_or(|other| place(uses) < place(other)) {
                first[row] = Some(uses);
            }
        }
        let said = |uses: &Uses| clean(self.texts.get(uses.text));
        first.into_iter().map(|first| first.map(said)).collect()
    }

    /// For each of `count` rows: what day pages call its event, of those that say
    /// anything the least text, so that the order of the pages is no matter.
    fn day_texts(
        &self,
        days: &Days,
        count: usize,
        row_of: impl Fn(u32) -> Option<usize>,
    ) -> Vec<Option<Cow<'_, str>>> {
        let mut least: Vec<Option<Cow<'_, str>>> = vec![None; count];
        for (&address, &text) in days.address.iter().zip(&days.text) {
            let Some(row) = row_of(self.ids.event(address)) else { continue };
            let text = clean(self.texts.get(text));
            if !text.is_empty() && least[row].as_ref().is_none_or(|other| text < *other) {
                least[row] = Some(text);
            }
        }
        least
    }
}

/// The words in a file's name.
fn words_of(key: &str) -> String {
    key.rsplit('/').next().unwrap_or_default().replace('-', " ")
}
