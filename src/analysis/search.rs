//! Find events by words: a scan of all titles and summaries, without an index.

use std::ops::Range;

use rayon::prelude::*;
use regex::bytes::{Regex, RegexBuilder};

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection, Texts, Walk};
use crate::model::{EventId, same_characters, variant_names};

/// An event that holds all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The event.
    pub event: EventId,
    /// Whether its title holds all words; otherwise title and summary do
    /// together.
    pub in_title: bool,
    /// Links at its two ends, by which hits are ranked.
    pub links: u32,
}

impl Hit {
    /// Where the hit stands among others, in one number: sorting a million of
    /// them is a good part of a search.
    fn place(&self) -> u128 {
        let (links, id) = (u128::from(u32::MAX - self.links), u128::from(self.event.0));
        u128::from(!self.in_title) << 64 | links << 32 | id
    }
}

/// Rows that one thread scans at a time.
const ROWS: usize = 4096;

/// The selected events whose title, or title and summary, hold all words.
///
/// Capital letters do not matter, in any script, nor does it whether Chinese is
/// in traditional or simplified characters; a word may be part of a
/// longer one, so that Chinese titles, which have no spaces, can be searched.
/// A title with variant marks is searched as it stands and as people read it.
///
/// # Returns
/// Hits in the title first, then by falling number of links, then by id. Only
/// the best `ordered` of them are sure to stand in that order, in front of the
/// others: putting a million in order takes a fifth of a search.
///
/// # Errors
/// If there is no word, or the graph's links are damaged.
///
/// # Complexity
/// Linear in the length of all titles and summaries, O(n log n) in `ordered`.
pub fn search(
    graph: &EventGraph,
    words: &str,
    selection: &Selection,
    ordered: usize,
) -> Result<Vec<Hit>> {
    let words = Words { patterns: patterns(words)?, mark: pattern("-{")? };
    let walk = graph.walk()?;
    let parts = graph.event_count().div_ceil(ROWS);
    let mut hits: Vec<Hit> = (0..parts)
        .into_par_iter()
        // A pattern's working memory is its thread's own.
        .map_init(
            || words.clone(),
            |words, part| {
                let rows = part * ROWS..graph.event_count().min((part + 1) * ROWS);
                let stand = words.hits_as_they_stand(walk, selection, rows.clone());
                let read = words.hits_as_read(walk, selection, rows, &stand);
                [stand, read].concat()
            },
        )
        .flatten_iter()
        .collect();
    if ordered < hits.len() {
        let (best, ..) = hits.select_nth_unstable_by_key(ordered, Hit::place);
        best.sort_unstable_by_key(Hit::place);
    } else {
        hits.par_sort_unstable_by_key(Hit::place);
    }
    Ok(hits)
}

/// What is searched for.
#[derive(Clone)]
struct Words {
    /// One a word, the longest first: it is the rarest.
    patterns: Vec<Regex>,
    /// What a mark of variants begins with, see [`variant_names`].
    mark: Regex,
}

impl Words {
    /// The hits among some rows, by row: texts are searched as they stand.
    fn hits_as_they_stand(
        &self,
        walk: Walk<'_>,
        selection: &Selection,
        rows: Range<usize>,
    ) -> Vec<Hit> {
        let graph = walk.graph();
        let events = &graph.tables().events;
        let (first, others) = self.patterns.split_first().expect("there is a word");
        let in_titles = rows_with(first, &events.title, rows.clone());
        let in_summaries = if in_titles.len() * 2 > rows.len() {
            // A word that is nearly everywhere: only the rest is worth a look.
            let in_summary =
                |row: &usize| events.summary.bytes(*row).is_some_and(|text| first.is_match(text));
            without(rows, &in_titles).filter(in_summary).collect()
        } else {
            rows_with(first, &events.summary, rows)
        };
        let hit = |(row, in_title): (usize, bool)| {
            let event = EventId(row as u32);
            if !selection.contains(event) {
                return None;
            }
            let title = graph.title(event).as_bytes();
            let summary = || graph.summary(event).unwrap_or_default().as_bytes();
            let others_in_title = place(others, title, summary)?;
            let in_title = in_title && others_in_title;
            Some(Hit { event, in_title, links: walk.degree(event) as u32 })
        };
        union(&in_titles, &in_summaries).filter_map(hit).collect()
    }

    /// More hits among the rows that have marks of variants: as people read them.
    fn hits_as_read(
        &self,
        walk: Walk<'_>,
        selection: &Selection,
        rows: Range<usize>,
        known: &[Hit],
    ) -> Vec<Hit> {
        let graph = walk.graph();
        let events = &graph.tables().events;
        let in_titles = rows_with(&self.mark, &events.title, rows.clone());
        let in_summaries = rows_with(&self.mark, &events.summary, rows);
        let hit = |(row, _): (usize, bool)| {
            let event = EventId(row as u32);
            let is_known = known.binary_search_by_key(&event, |hit| hit.event).is_ok();
            if is_known || !selection.contains(event) {
                return None;
            }
            // No word goes on from one line to the next.
            let read = |text: &str| variant_names(text).join("\n").into_bytes();
            let title = read(graph.title(event));
            let summary = read(graph.summary(event).unwrap_or_default());
            let in_title = place(&self.patterns, &title, || &summary)?;
            Some(Hit { event, in_title, links: walk.degree(event) as u32 })
        };
        union(&in_titles, &in_summaries).filter_map(hit).collect()
    }
}

/// Whether a title holds all words, where it does so together with a summary.
fn place<'t>(words: &[Regex], title: &[u8], summary: impl Fn() -> &'t [u8]) -> Option<bool> {
    if words.iter().all(|word| word.is_match(title)) {
        return Some(true);
    }
    let found = |word: &Regex| word.is_match(title) || word.is_match(summary());
    words.iter().all(found).then_some(false)
}

/// Rows, but for those in a sorted list.
fn without(rows: Range<usize>, list: &[usize]) -> impl Iterator<Item = usize> {
    let mut list = list.iter().peekable();
    rows.filter(move |row| list.next_if_eq(&row).is_none())
}

/// The rows of two sorted lists, in order, and whether each is in the first.
fn union(first: &[usize], second: &[usize]) -> impl Iterator<Item = (usize, bool)> {
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    std::iter::from_fn(move || {
        let row = match (first.peek(), second.peek()) {
            (Some(a), Some(b)) => **a.min(b),
            (Some(row), None) | (None, Some(row)) => **row,
            (None, None) => return None,
        };
        second.next_if_eq(&&row);
        Some((row, first.next_if_eq(&&row).is_some()))
    })
}

/// One pattern a word, the longest first: it is the rarest.
fn patterns(words: &str) -> Result<Vec<Regex>> {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() {
        return Err(Error::new(ErrorKind::Input, "there is no word to search for"));
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.into_iter().map(pattern).collect()
}

/// What finds a word, in traditional and in simplified characters.
fn pattern(word: &str) -> Result<Regex> {
    let mut pattern = String::new();
    for c in word.chars() {
        let same: String = same_characters(c).collect();
        match same.chars().count() {
            0 | 1 => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            _ => pattern.extend(["[", &same, "]"]),
        }
    }
    RegexBuilder::new(&pattern).case_insensitive(true).build().map_err(|cause| {
        Error::new(ErrorKind::Input, "a word is too long to search for").because(cause)
    })
}

/// The rows of a column that a pattern is found in. The column's bytes are
/// scanned in one piece: most rows are never looked at one by one.
fn rows_with(pattern: &Regex, column: &Texts, rows: Range<usize>) -> Vec<usize> {
    let bytes = column.span(rows.clone());
    let base = column.start(rows.start);
    let mut found = Vec::new();
    let mut row = rows.start;
    let mut from = 0;
    while let Some(place) = pattern.find_at(bytes, from) {
        let start = base + place.start();
        row += rows_before(column, row..rows.end, start);
        if row >= rows.end {
            break;
        }
        // A match across the border of two rows is none.
        if base + place.end() <= column.start(row + 1) {
            found.push(row);
            row += 1;
            from = column.start(row).saturating_sub(base);
        } else {
            from = place.start() + 1;
        }
        if row >= rows.end || from > bytes.len() {
            break;
        }
    }
    found
}

/// How many of the rows end at or before a place in the column's bytes.
fn rows_before(column: &Texts, rows: Range<usize>, place: usize) -> usize {
    let (mut low, mut high) = (rows.start, rows.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if column.start(middle + 1) <= place { low = middle + 1 } else { high = middle }
    }
    low - rows.start
}
