//! Rows of events and links → a draft, whatever they were written in.
//!
//! Each reader of this room takes its format apart and hands on rows of text;
//! what a date, a key or a list of topics is, and what is wrong with one, is
//! decided here alone. Nothing here reads a file.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{About, EventGraph, build};
use crate::model::{
    Code, Date, Draft, Interner, NONE, Problem, RevisionKind, SourceKind, date_in_path, seconds_of,
    split_names,
};
use crate::resolve::Nearest;

/// Where a row stands: the file's name as problems show it, and the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    /// From 1; 0 if it is not known.
    pub(super) line: u32,
}

/// An event as it is written; what is missing is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EventRow<'a> {
    pub(super) key: &'a str,
    /// `1969-07-20`.
    pub(super) date: &'a str,
    /// `None` if there is no place for a title: the key stands in for it.
    pub(super) title: Option<&'a str>,
    pub(super) summary: &'a str,
    pub(super) lead_topic: &'a str,
    /// Joined by `|` ([`crate::model::join_names`]).
    pub(super) topics: &'a str,
    /// `true`, `false` or empty, which is true.
    pub(super) present: &'a str,
    pub(super) page: &'a str,
}

/// A link as it is written; what is missing is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinkRow<'a> {
    pub(super) source: &'a str,
    pub(super) target: &'a str,
    pub(super) rank: &'a str,
    /// Joined by `|` ([`crate::model::join_names`]).
    pub(super) topics: &'a str,
    pub(super) line: &'a str,
}

/// A draft that grows row by row.
#[derive(Default)]
pub(super) struct Rows {
    keys: Interner,
    topics: Interner,
    /// Texts of topics as written → rows of the draft's contexts.
    contexts: Interner,
    /// The last rank of each event's links: where ranks are missing, links
    /// are ranked as they stand.
    ranks: Vec<u16>,
    /// How many events rows told of; those behind them are ends of links.
    told: usize,
    /// Ends of links that no row told of: file, line and event.
    untold: Vec<(Arc<str>, u32, u32)>,
    draft: Draft,
}

impl Rows {
    /// Takes in an event; false if it was left out. All events come before the first
    /// link.
    pub(super) fn event(&mut self, row: EventRow<'_>, place: Place<'_>) -> bool {
        // The address `/` in a page names an absent event without a key.
        if row.key.is_empty() && !is_false(row.present) {
            self.bad_row(place, "the event has no key; it was left out");
            return false;
        }
        let id = self.keys.intern(row.key);
        if (id as usize) < self.draft.events.date.len() {
            let message = format!("the key `{}` stands twice; this row was left out", row.key);
            self.problem(Code::DuplicatePage, place, message);
            return false;
        }
        let date = day_of(row.date);
        if date.is_none() && !row.date.trim().is_empty() {
            let message = format!(
                "there is no day `{}` (dates are written 1969-07-20); the event has no date",
                row.date
            );
            self.problem(Code::BadDate, place, message);
        }
        let present = match row.present.trim() {
            "" | "true" | "True" | "TRUE" | "1" => true,
            text if is_false(text) => false,
            other => {
                let message = format!("`{other}` in `present` is neither true nor false");
                self.bad_row(place, message);
                true
            }
        };
        let lead =
            if row.lead_topic.is_empty() { NONE } else { self.topics.intern(row.lead_topic) };
        for topic in split_names(row.topics) {
            let topic = self.topics.intern(&topic);
            self.draft.event_topics.push((id, topic));
        }
        let events = &mut self.draft.events;
        events.date.push(date);
        events.title.push(row.title.unwrap_or(row.key));
        events.summary.push(row.summary);
        events.lead_topic.push(lead);
        events.present.push(present);
        events.page.push(row.page);
        self.told = events.date.len();
        true
    }

    /// Takes in a link. An end that no row told of becomes an absent event, and
    /// a problem if there are rows of events at all, as with a link in a page.
    pub(super) fn link(&mut self, row: LinkRow<'_>, place: Place<'_>) {
        let keyless = self.keys.find("").is_some();
        if row.source.is_empty() || (row.target.is_empty() && !keyless) {
            self.bad_row(place, "the link has no source or no target; left out");
            return;
        }
        let source = self.known_or_absent(row.source, place);
        let target = self.known_or_absent(row.target, place);
        self.ranks.resize(self.draft.events.date.len(), 0);
        let next = self.ranks[source as usize].saturating_add(1);
        let rank = self.number(row.rank, place, next);
        self.ranks[source as usize] = rank;
        let line = self.number(row.line, place, 0);
        let context = self.context(row.topics);
        let links = &mut self.draft.links;
        links.source.push(source);
        links.target.push(target);
        links.rank.push(rank);
        links.context.push(context);
        links.line.push(line);
    }

    /// Takes in a source of an event that a row told of.
    pub(super) fn source(&mut self, event: &str, name: &str, url: &str, kind: &str, at: Place<'_>) {
        let Some(event) = self.known(event, at) else {
            return;
        };
        let kind = self.one_of("kind", kind, SourceKind::ALL, at, SourceKind::Article);
        let sources = &mut self.draft.sources;
        sources.event.push(event);
        sources.name.push(name);
        sources.url.push(url);
        sources.kind.push(kind);
    }

    /// Takes in a wording of an event that a row told of.
    pub(super) fn revision(
        &mut self,
        event: &str,
        (key, title): (&str, &str),
        seen: &str,
        kind: &str,
        place: Place<'_>,
    ) {
        let Some(event) = self.known(event, place) else {
            return;
        };
        let kind = self.one_of("kind", kind, RevisionKind::ALL, place, RevisionKind::Update);
        let seen_at = seconds_of(seen);
        if seen_at.is_none() && !seen.trim().is_empty() {
            let message = format!(
                "there is no time `{seen}` (times are written 1969-07-20T20:17:40); the wording \
                 has no time"
            );
            self.bad_row(place, message);
        }
        let revisions = &mut self.draft.revisions;
        revisions.event.push(event);
        revisions.key.push(key);
        revisions.title.push(title);
        revisions.seen.push(seen_at);
        revisions.kind.push(kind);
    }

    /// Takes in a problem as it is.
    pub(super) fn push_problem(&mut self, problem: Problem) {
        self.draft.problems.push(problem);
    }

    /// Something about a row that could not be read.
    pub(super) fn bad_row(&mut self, place: Place<'_>, message: impl Into<Arc<str>>) {
        self.problem(Code::BadRow, place, message);
    }

    /// The number in a text; `otherwise` if it is empty or none.
    pub(super) fn number<N: std::str::FromStr>(
        &mut self,
        text: &str,
        place: Place<'_>,
        otherwise: N,
    ) -> N {
        let text = text.trim();
        if text.is_empty() {
            return otherwise;
        }
        text.parse().unwrap_or_else(|_| {
            self.bad_row(place, format!("`{text}` is no number that can stand here"));
            otherwise
        })
    }

    /// What the word in a column stands for; `otherwise` if it is empty or none
    /// of those `known`.
    pub(super) fn one_of<T: Copy + Display + Into<&'static str>>(
        &mut self,
        column: &str,
        word: &str,
        known: &[T],
        place: Place<'_>,
        otherwise: T,
    ) -> T {
        let word = word.trim();
        if let Some(&value) = known.iter().find(|&&value| value.into() == word) {
            return value;
        }
        if !word.is_empty() {
            let names: Vec<_> = known.iter().map(|value| format!("`{value}`")).collect();
            let names = names.join(", ");
            let message =
                format!("`{word}` in `{column}` is none of {names}; it was read as `{otherwise}`");
            self.bad_row(place, message);
        }
        otherwise
    }

    /// The graph of all rows. `about` is what the rows' file says of the
    /// archive they come from; without it, present events count as pages.
    ///
    /// # Errors
    /// If there are more rows than a graph can hold.
    pub(super) fn finish(mut self, about: Option<About>) -> Result<EventGraph> {
        self.report_untold();
        let Self { keys, topics, mut draft, .. } = self;
        draft.events.key = keys.into_strings();
        draft.topics = topics.into_strings();
        draft.problems.sort();
        let present = draft.events.present.iter().filter(|present| **present).count();
        let about =
            about.unwrap_or_else(|| About { event_pages: present as u64, ..About::default() });
        Ok(build(draft)?.with_about(about))
    }

    /// The event of a key; an absent one if no row told of it.
    fn known_or_absent(&mut self, key: &str, place: Place<'_>) -> u32 {
        let row = self.keys.intern(key);
        if self.told > 0 && row as usize >= self.told {
            let file = match self.untold.last() {
                Some((file, ..)) if **file == *place.file => file.clone(),
                _ => place.file.into(),
            };
            self.untold.push((file, place.line, row));
        }
        let events = &mut self.draft.events;
        if row as usize == events.date.len() {
            events.date.push(date_in_path(key));
            events.title.push(key);
            events.summary.push("");
            events.lead_topic.push(NONE);
            events.present.push(false);
            events.page.push("");
        }
        row
    }

    fn report_untold(&mut self) {
        let keys = self.keys.strings();
        let mut untold: Vec<u32> = self.untold.iter().map(|(.., event)| *event).collect();
        untold.sort_unstable();
        untold.dedup();
        let missing: Vec<&str> = untold.iter().map(|&event| keys.get(event)).collect();
        let nearest = Nearest::new(keys, self.told, &missing);
        // Once for an event, however many links lead to it.
        let hints: Vec<Arc<str>> =
            missing.par_iter().map(|key| nearest.message("event", key).into()).collect();
        let hints: HashMap<u32, Arc<str>> = untold.into_iter().zip(hints).collect();
        for (file, line, event) in self.untold.drain(..) {
            let problem = Problem::new(Code::MissingTarget, file, line, hints[&event].clone());
            self.draft.problems.push(problem);
        }
    }

    fn known(&mut self, key: &str, place: Place<'_>) -> Option<u32> {
        let found = self.keys.find(key);
        if found.is_none() {
            self.bad_row(place, format!("there is no event `{key}`; the row was left out"));
        }
        found
    }

    fn context(&mut self, topics: &str) -> u32 {
        if topics.is_empty() {
            return NONE;
        }
        let row = self.contexts.intern(topics);
        if row as usize == self.draft.contexts.len() {
            let start = self.draft.context_topics.len() as u32;
            for topic in split_names(topics) {
                self.draft.context_topics.push(self.topics.intern(&topic));
            }
            self.draft.contexts.push(start..self.draft.context_topics.len() as u32);
        }
        row
    }

    fn problem(&mut self, code: Code, place: Place<'_>, message: impl Into<Arc<str>>) {
        self.draft.problems.push(Problem::new(code, place.file, place.line, message));
    }
}

/// The day of a date or of a time: `1969-07-20`, `1969-07-20T20:17:40`.
pub(super) fn day_of(text: &str) -> Option<Date> {
    let text = text.trim();
    let of_time = || {
        let (day, time) = text.split_once(['T', ' '])?;
        Date::parse(day).filter(|_| time.starts_with(|c: char| c.is_ascii_digit()))
    };
    Date::parse(text).or_else(of_time)
}

fn is_false(text: &str) -> bool {
    matches!(text.trim(), "false" | "False" | "FALSE" | "0")
}
