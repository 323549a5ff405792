//! Archives in an archive: folders whose pages are linked without their name.

use std::collections::{BTreeMap, HashMap};

use crate::graph::EventGraph;

/// A folder that looks like an archive of its own: one of several that were put
/// side by side and read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InnerArchive {
    /// Its name, without `/`.
    pub folder: String,
    /// How many of its pages are linked as if it were the archive: such a link leads
    /// to an event without a page.
    pub pages: usize,
}

/// Folders at the top of an archive whose pages are linked without the folder's
/// name, by name.
///
/// # Complexity
/// O(|V|); where all keys begin with the same folder, as in a single archive, only
/// that is looked at.
///
/// # Example
/// ```
/// use threadline::analysis::inner_archives;
///
/// assert!(inner_archives(&threadline::EventGraph::empty()).is_empty());
/// ```
pub fn inner_archives(graph: &EventGraph) -> Vec<InnerArchive> {
    let keys = &graph.tables().events.key;
    let first = keys.bytes(0).and_then(|key| key.split_inclusive(|&b| b == b'/').next());
    let first = first.filter(|folder| folder.ends_with(b"/"));
    // Bytes: to check a million keys for UTF-8 takes as long as the rest of a report.
    let same = |row| keys.bytes(row).zip(first).is_some_and(|(key, first)| key.starts_with(first));
    if (0..keys.len()).all(same) {
        return Vec::new();
    }
    let parted = |event| graph.key(event).split_once('/');
    let present = graph.events().filter(|&event| graph.present(event));
    let pages: HashMap<&str, &str> =
        present.filter_map(parted).map(|(folder, rest)| (rest, folder)).collect();
    let mut missed: BTreeMap<&str, usize> = BTreeMap::new();
    for event in graph.events().filter(|&event| !graph.present(event)) {
        if let Some(folder) = pages.get(graph.key(event)) {
            *missed.entry(folder).or_default() += 1;
        }
    }
    let found = missed.into_iter();
    found.map(|(folder, pages)| InnerArchive { folder: folder.to_owned(), pages }).collect()
}
