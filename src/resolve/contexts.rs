//! Contexts → topics: which commas separate, and which belong to a name?
//!
//! `March 11, 2004 Madrid attacks, Spain` is two topics and three pieces. The
//! archive's other topics decide: a name with a comma that stands as a lead
//! topic somewhere is one topic, unless all of its pieces stand on their own
//! more often. A tie keeps the pieces apart. Whatever is decided, `", "`
//! between the topics gives back the page's text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::model::Interner;
use crate::resolve::collector::Counted;
use crate::resolve::names::Names;

/// The topics of each context, as ranges of one list of rows of `topics`.
#[derive(Debug, Default)]
pub(super) struct Topics {
    pub(super) topics: Interner,
    pub(super) contexts: Vec<Range<u32>>,
    pub(super) context_topics: Vec<u32>,
    /// The topic of each lead line.
    pub(super) lead_topics: Vec<u32>,
    /// Contexts with an empty place between two commas.
    pub(super) with_gaps: HashSet<u32>,
}

/// Splits all contexts of an archive.
pub(super) fn split_all(contexts: &Counted, leads: &Counted) -> Topics {
    let names = names_with_commas(contexts, leads);
    let mut out = Topics::default();
    for (row, text) in (0..).zip(contexts.names.strings().iter()) {
        let start = out.context_topics.len();
        let parts = pieces(text);
        if parts.iter().any(|piece| text[piece.clone()].trim().is_empty()) {
            out.with_gaps.insert(row);
        }
        for topic in join(text, &parts, &names) {
            out.context_topics.push(out.topics.intern(topic));
        }
        let range = row_number(start)..row_number(out.context_topics.len());
        out.contexts.push(range);
    }
    for lead in leads.names.strings().iter() {
        out.lead_topics.push(out.topics.intern(lead));
    }
    out
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("fewer than 2^32 topics in all contexts together")
}

/// The places between commas, except for those inside of a variant mark
/// `-{…}-`. An empty context has none.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if text.is_empty() {
        return found;
    }
    let last_close = text.rfind("}-").unwrap_or(0);
    let (mut start, mut seen, mut open) = (0, 0, false);
    for (at, _) in text.match_indices(", ") {
        let part = &text[seen..at];
        open = match (part.rfind("-{"), part.rfind("}-")) {
            (Some(opening), closing) => closing.is_none_or(|closing| closing < opening),
            (None, Some(_)) => false,
            (None, None) => open,
        };
        seen = at + 2;
        // A mark that is never closed is no mark.
        if open && at < last_close {
            continue;
        }
        open = false;
        found.push(start..at);
        start = seen;
    }
    found.push(start..text.len());
    found
}

/// Puts the pieces of a name with commas together again, longest name first;
/// an empty piece goes to its neighbour.
fn join<'t>(text: &'t str, pieces: &[Range<usize>], names: &Names<'_>) -> Vec<&'t str> {
    let lengths = names.lengths(text, pieces);
    let is_empty = |at: usize| text[pieces[at].clone()].trim().is_empty();
    let mut topics: Vec<&str> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        let mut end = at + lengths.get(at).map_or(1, |&length| length as usize);
        while end < pieces.len() && is_empty(end) {
            end += 1;
        }
        if end == at + 1 && end < pieces.len() && is_empty(at) {
            end += 1;
        }
        topics.push(&text[pieces[at].start..pieces[end - 1].end]);
        at = end;
    }
    topics
}

/// Which names with commas are one topic, by the archive's lead topics.
fn names_with_commas<'t>(contexts: &'t Counted, leads: &'t Counted) -> Names<'t> {
    let candidates: Vec<(&str, u32)> = leads
        .names
        .strings()
        .iter()
        .zip(&leads.count)
        .filter(|(name, _)| pieces(name).len() > 1)
        .map(|(name, &count)| (name, count))
        .collect();
    if candidates.is_empty() {
        return Names::default();
    }
    let alone = alone_counts(&candidates, contexts, leads);
    let is_one = |&(name, count): &(&str, u32)| {
        let rarest = pieces(name).into_iter().map(|piece| alone[&name[piece]]).min();
        rarest.is_none_or(|rarest| count > rarest)
    };
    Names::new(candidates.into_iter().filter(is_one).map(|(name, _)| name))
}

/// How often each piece of the candidates stands on its own: as a lead topic,
/// or in a context outside of any candidate.
fn alone_counts<'t>(
    candidates: &[(&'t str, u32)],
    contexts: &'t Counted,
    leads: &'t Counted,
) -> HashMap<&'t str, u32> {
    let mut alone: HashMap<&str, u32> = HashMap::new();
    for (name, _) in candidates {
        alone.extend(pieces(name).into_iter().map(|piece| (&name[piece], 0)));
    }
    let names = Names::new(candidates.iter().map(|(name, _)| *name));
    for counted in [contexts, leads] {
        for (text, &count) in counted.names.strings().iter().zip(&counted.count) {
            for topic in join(text, &pieces(text), &names) {
                if let Some(seen) = alone.get_mut(topic) {
                    *seen += count;
                }
            }
        }
    }
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(names: &[(&str, u32)]) -> Counted {
        let mut counted = Counted::default();
        for (name, count) in names {
            counted.names.intern(name);
            counted.count.push(*count);
        }
        counted
    }

    fn split(contexts: &[(&str, u32)], leads: &[(&str, u32)]) -> Vec<Vec<String>> {
        let topics = split_all(&counted(contexts), &counted(leads));
        let name = |&row: &u32| topics.topics.get(row).to_owned();
        topics
            .contexts
            .iter()
            .map(|range| {
                let range = range.start as usize..range.end as usize;
                topics.context_topics[range].iter().map(name).collect()
            })
            .collect()
    }

    #[test]
    fn commas_inside_and_between_topics() {
        let madrid = "March 11, 2004 Madrid attacks";
        // (contexts, lead topics, topics of the first context)
        type Case<'a> = (&'a [(&'a str, u32)], &'a [(&'a str, u32)], &'a [&'a str]);
        let cases: &[Case<'_>] = &[
            (&[("Iraq, Egypt", 1)], &[], &["Iraq", "Egypt"]),
            (&[("March 11, 2004 Madrid attacks, Spain", 1)], &[(madrid, 1)], &[madrid, "Spain"]),
            // One piece is never alone, so the name is one.
            (
                &[("La Paz, Baja California Sur", 1), ("La Paz", 9)],
                &[("La Paz, Baja California Sur", 1)],
                &["La Paz, Baja California Sur"],
            ),
            // All pieces are topics of their own: two topics in one lead line.
            (
                &[("Iraq, Iran", 1), ("Iraq", 2), ("Iran", 2)],
                &[("Iraq, Iran", 1)],
                &["Iraq", "Iran"],
            ),
            // A tie keeps them apart.
            (
                &[("Iraq, Iran", 1), ("Iran", 1), ("Iraq", 1)],
                &[("Iraq, Iran", 1)],
                &["Iraq", "Iran"],
            ),
            (&[("A, , B", 1)], &[], &["A, ", "B"]),
            (&[(", B", 1)], &[], &[", B"]),
            (&[(", ", 1)], &[], &[", "]),
            (&[("A, ", 1)], &[], &["A, "]),
            (&[("", 1)], &[], &[]),
            (
                &[("-{zh-tw:甲, 乙; zh-cn:丙;}-, 丁", 1)],
                &[],
                &["-{zh-tw:甲, 乙; zh-cn:丙;}-", "丁"],
            ),
        ];
        for (contexts, leads, expected) in cases {
            assert_eq!(split(contexts, leads)[0], *expected, "input {contexts:?}");
        }
    }

    #[test]
    fn commas_between_the_topics_give_back_the_text() {
        let parts = ["A", "B", "", " ", "-{x", "y}-", "La Paz", "Baja California Sur", ","];
        let leads = [("La Paz, Baja California Sur", 1), ("A, B", 1), ("B, , A", 1)];
        let mut seed = 7_u64;
        for _ in 0..2_000 {
            let mut chosen = Vec::new();
            for _ in 0..seed % 6 + 1 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                chosen.push(parts[(seed >> 33) as usize % parts.len()]);
            }
            let text = chosen.join(", ");
            assert_eq!(split(&[(&text, 1)], &leads)[0].join(", "), text);
        }
    }
}
