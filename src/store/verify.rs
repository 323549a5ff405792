//! Reads all of a graph file and says what is damaged.

use std::path::Path;

use rayon::prelude::*;

use crate::error::Result;
use crate::graph::{EventGraph, Lists, Table, Tables};
use crate::store::map::map;
use crate::store::open::{open, zip_of};

/// What verifying one part of a file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The entry's name in the file, or `how the tables fit together`.
    pub part: String,
    /// Why it is damaged; `None` if it is whole.
    pub fault: Option<String>,
}

/// Compares every entry with its checksum, and checks that the tables make
/// sense: offsets and text, that every id is that of an event, a topic or a
/// link, and that sources and wordings stand in the order of their events.
///
/// # Errors
/// If the file cannot be read at all, or is no graph file.
///
/// # Complexity
/// Linear in the size of the file.
pub fn verify(path: &Path) -> Result<Vec<Check>> {
    let file = map(path)?;
    let mut zip = zip_of(&file).map_err(|error| error.at(path))?;
    let mut checks = Vec::new();
    for index in 0..zip.len() {
        let name = zip.name_for_index(index).and_then(|name| name.ok());
        let part = name.map_or_else(|| format!("entry {index}"), |name| name.into_owned());
        // Reading to the end compares the checksum.
        let result =
            zip.by_index(index).map_err(|cause| cause.to_string()).and_then(|mut entry| {
                std::io::copy(&mut entry, &mut std::io::sink()).map_err(|cause| cause.to_string())
            });
        let fault = result.err().map(|cause| format!("its bytes are not those written ({cause})"));
        checks.push(Check { part, fault });
    }
    match open(path) {
        Ok(graph) => {
            checks.push(Check { part: "how the tables fit together".into(), fault: fit(&graph) })
        }
        // The damaged entry is named already; without one, the error is news.
        Err(error) if checks.iter().all(|check| check.fault.is_none()) => return Err(error),
        Err(_) => {}
    }
    Ok(checks)
}

/// Whether the tables fit together, and if not, why.
fn fit(graph: &EventGraph) -> Option<String> {
    let tables = Table::ALL.iter().find_map(|&table| graph.table(table).err());
    let error = tables.or_else(|| graph.walk().err()).map(|error| format!("{error:#}"));
    error.or_else(|| ids(graph).err())
}

/// Whether all ids but those of a walk name rows.
fn ids(graph: &EventGraph) -> Result<(), String> {
    let Tables { events, links, sources, revisions, .. } = graph.tables();
    let topics = graph.topic_count();
    let is_topic = |&id: &u32| (id as usize) < topics;
    let are_topics = |lists: &Lists| {
        (0..lists.len()).into_par_iter().all(|row| lists.get(row).iter().all(is_topic))
    };
    let has_lead = |row: usize| events.lead_topic_valid.as_ref().is_none_or(|v| v.is_valid(row));
    let mut leads = (0..).zip(events.lead_topic.iter()).filter(|&(row, _)| has_lead(row));
    let unknown = |table: Table| {
        Err(format!("the table `{table}` is damaged: it names a topic that is not there"))
    };
    if !are_topics(&events.topics) || !leads.all(|(_, topic)| is_topic(topic)) {
        return unknown(Table::Events);
    }
    if !are_topics(&links.topics) {
        return unknown(Table::Links);
    }
    for (table, ids) in [(Table::Sources, &sources.event), (Table::Revisions, &revisions.event)] {
        // The last one is the largest, so it tells of all.
        if !ids.is_sorted() {
            return Err(format!("the table `{table}` is damaged: it is out of order"));
        }
        if ids.last().is_some_and(|&id| id as usize >= graph.event_count()) {
            let what = "it names an event that is not there";
            return Err(format!("the table `{table}` is damaged: {what}"));
        }
    }
    Ok(())
}
