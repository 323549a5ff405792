//! What was meant by words that nothing holds: near words, and topics.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::graph::EventGraph;
use crate::model::{EventId, TopicId, folded, variant_names};

/// Letters that may be wrong, missing, too many or swapped in a short and in a
/// long word; more, and almost any word is near some other.
const WRONG_LETTERS: (usize, usize) = (1, 2);

/// From this length on a word is long.
const LONG: usize = 6;

/// The words with each one that no title holds replaced by the nearest one
/// that some title does: `appolo 13` → `apollo 13`.
///
/// Near is the optimal string alignment distance; of words equally near, the
/// most frequent, then the first in the order of the alphabet.
///
/// # Returns
/// `None` if nothing is near enough, or if nothing had to be replaced.
///
/// # Complexity
/// Linear in the length of all titles.
pub fn near_words(graph: &EventGraph, words: &str) -> Option<String> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut near: Vec<BTreeMap<(usize, String), usize>> = vec![BTreeMap::new(); words.len()];
    let rows: Vec<EventId> = graph.events().collect();
    let parts: Vec<_> = rows.par_chunks(1 << 14).map(|rows| near_in(graph, rows, &words)).collect();
    for part in parts {
        for (all, found) in near.iter_mut().zip(part) {
            for (word, count) in found {
                *all.entry(word).or_default() += count;
            }
        }
    }
    let best: Option<Vec<String>> = near
        .into_iter()
        .map(|found| {
            let nearest = found.keys().next()?.0;
            let equally = found.into_iter().filter(|((distance, _), _)| *distance == nearest);
            equally.max_by_key(|((_, word), count)| (*count, std::cmp::Reverse(word.clone())))
        })
        .map(|found| found.map(|((_, word), _)| word))
        .collect();
    best.filter(|best| *best != words).map(|best| best.join(" "))
}

/// For each wanted word: the near words in some titles, by distance.
fn near_in(
    graph: &EventGraph,
    events: &[EventId],
    wanted: &[String],
) -> Vec<BTreeMap<(usize, String), usize>> {
    let mut near = vec![BTreeMap::new(); wanted.len()];
    for &event in events {
        let title = graph.title(event).to_lowercase();
        for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            for (wanted, near) in wanted.iter().zip(&mut near) {
                let length = wanted.chars().count();
                let most = if length < LONG { WRONG_LETTERS.0 } else { WRONG_LETTERS.1 };
                // A difference in bytes is at least one in letters.
                if word.len().abs_diff(wanted.len()) > 4 * most {
                    continue;
                }
                let distance = strsim::osa_distance(word, wanted);
                // Of two letters, one wrong is half the word.
                if distance == 0 || (distance <= most && length > 2) {
                    *near.entry((distance, word.to_owned())).or_insert(0) += 1;
                }
            }
        }
    }
    near
}

/// The topics whose name holds all words, shortest name first.
///
/// # Complexity
/// Linear in the length of all topics' names.
pub fn topics_named(graph: &EventGraph, words: &str) -> Vec<TopicId> {
    let words: Vec<String> = words.split_whitespace().map(folded).collect();
    let holds_all = |name: &str| {
        let name = folded(name);
        words.iter().all(|word| name.contains(word.as_str()))
    };
    let holds = |topic: &TopicId| {
        let name = graph.topic_name(*topic);
        holds_all(name) || (name.contains("-{") && variant_names(name).iter().any(|n| holds_all(n)))
    };
    let mut topics: Vec<TopicId> = if words.is_empty() {
        Vec::new()
    } else {
        (0..graph.topic_count() as u32).into_par_iter().map(TopicId).filter(holds).collect()
    };
    topics.sort_by_key(|&topic| (graph.topic_name(topic).chars().count(), topic));
    topics
}
