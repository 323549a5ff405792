//! Reads all of a graph file and says what is damaged.

use std::path::Path;

use crate::error::Result;
use crate::graph::{EventGraph, Table};
use crate::store::map::map;
use crate::store::open::{open, zip_of};

/// What verifying one part of a file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The entry's name in the file, or `links` for how tables fit together.
    pub part: String,
    /// Why it is damaged; `None` if it is whole.
    pub fault: Option<String>,
}

/// Compares every entry with its checksum, and checks that the tables make
/// sense: offsets, text, ids.
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
    tables.or_else(|| graph.walk().err()).map(|error| error.to_string())
}
