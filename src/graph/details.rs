//! What an event has beside its links: its sources and its wordings, row by row.

use std::ops::Range;

use crate::graph::tables::EventGraph;
use crate::model::EventId;

/// A row of the table of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRow<'g> {
    /// Its place in the table, from 0.
    pub row: usize,
    /// The event that names it.
    pub event: EventId,
    /// The name.
    pub name: &'g str,
    /// The address.
    pub url: &'g str,
    /// `article` or `image`.
    pub kind: &'g str,
}

/// A row of the table of wordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionRow<'g> {
    /// Its place in the table, from 0.
    pub row: usize,
    /// The event that has or had it.
    pub event: EventId,
    /// The key of that wording.
    pub key: &'g str,
    /// The title then.
    pub title: &'g str,
    /// When it was seen, in seconds since 1970-01-01 00:00.
    pub seen: Option<i64>,
    /// `first`, `update` or `current`.
    pub kind: &'g str,
}

impl EventGraph {
    /// The sources of an event, in the page's order.
    ///
    /// # Complexity
    /// O(log n) in the number of all sources, and each row when it comes.
    pub fn sources_of(
        &self,
        event: EventId,
    ) -> impl ExactSizeIterator<Item = SourceRow<'_>> + Clone {
        let sources = &self.tables.sources;
        rows_of(&sources.event, event).map(move |row| SourceRow {
            row,
            event,
            name: sources.name.text(row),
            url: sources.url.text(row),
            kind: sources.kind.text(row),
        })
    }

    /// The wordings of an event, in the page's order.
    ///
    /// # Complexity
    /// O(log n) in the number of all wordings, and each row when it comes.
    pub fn revisions_of(
        &self,
        event: EventId,
    ) -> impl ExactSizeIterator<Item = RevisionRow<'_>> + Clone {
        let revisions = &self.tables.revisions;
        let is_null = |row: usize| {
            let valid = revisions.seen_valid.as_ref();
            valid.is_some_and(|valid| row < valid.len() && valid.is_null(row))
        };
        rows_of(&revisions.event, event).map(move |row| RevisionRow {
            row,
            event,
            key: revisions.key.text(row),
            title: revisions.title.text(row),
            seen: revisions.seen.get(row).copied().filter(|_| !is_null(row)),
            kind: revisions.kind.text(row),
        })
    }
}

/// The rows with this event, in a column that is sorted by event.
fn rows_of(column: &[u32], event: EventId) -> Range<usize> {
    let start = column.partition_point(|&row| row < event.0);
    let end = start + column[start..].partition_point(|&row| row == event.0);
    start..end
}
